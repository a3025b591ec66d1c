//! The books on pages: how a pool counts, who owes nothing, what an hour gives, and work on standby said
//! by hand.

use acceptance::{
    doors::{Answer, Asker, Doors},
    on_both_engines,
    town::{Engine, Town},
};
use domain::Rung;

on_both_engines! {
    a_planner_decides_on_the_page_how_duties_are_counted,
    a_manager_exempts_somebody_on_the_page_and_takes_it_back,
    a_manager_says_on_the_page_what_an_hour_gives_and_the_statement_owes_it,
    whoever_worked_on_standby_says_it_on_the_page_and_corrects_it,
    a_manager_says_it_for_somebody_of_their_staff,
}

const MOMENT: &str = "2026-07-04T12:00+02:00";

/// The first address on a page that begins with `start` and ends with `end`.
fn address(page: &str, start: &str, end: &str) -> String {
    let ends = page.match_indices(&format!("{end}\"")).next().unwrap_or_else(|| panic!("{end} on {page}")).0;
    let from = page[..ends].rfind(&format!("\"{start}")).unwrap_or_else(|| panic!("{start} on {page}")) + 1;
    format!("{}{end}", &page[from..ends])
}

async fn sent(doors: &Doors, asker: &Asker, path: &str, fields: &[(&str, &str)]) -> Answer {
    let fields: Vec<(&str, String)> =
        fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    doors.asks(asker, "POST", path, &fields).await
}

async fn page(doors: &Doors, asker: &Asker, path: &str) -> String {
    let answer = doors.asks(asker, "GET", path, &[]).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.body
}

async fn a_planner_decides_on_the_page_how_duties_are_counted(engine: Engine) {
    let town = Town::at(engine, MOMENT).await;
    let doors = Doors::open(&town.app).await;
    let maud = doors.signed_in("planner", &town.board.planner).await;
    let pool = town.pool.to_string();
    let fields = |backup, cap| [("pool", &*pool), ("backup", backup), ("cap", cap)];
    let shown = page(&doors, &maud, "/ledger").await;
    assert!(shown.contains("value=\"50\"") && shown.contains("value=\"16\""), "{shown}");

    let wrong = doors_fields(sent(&doors, &maud, "/ledger/terms", &fields("half", "1500")).await);
    assert!(wrong.contains("This cannot be read") && wrong.contains("value=\"half\""), "{wrong}");
    let wrong = doors_fields(sent(&doors, &maud, "/ledger/terms", &fields("120", "1500")).await);
    assert!(wrong.contains("from 0 to 100.") && wrong.contains("from 0 to 1000."), "{wrong}");
    let decided = sent(&doors, &maud, "/ledger/terms", &fields("33,33", "16:30")).await;
    assert_eq!((decided.status, &*decided.location), (303, "/ledger?done=terms"), "{}", decided.body);
    let shown = page(&doors, &maud, "/ledger?done=terms").await;
    assert!(shown.contains("value=\"33.33\"") && shown.contains("value=\"16:30\""), "{shown}");
    assert!(shown.contains("From now on duties are counted like this"), "{shown}");
}

/// The page of a form that was refused.
fn doors_fields(answer: Answer) -> String {
    assert_eq!(answer.status, 422, "{}", answer.body);
    answer.body
}

async fn a_manager_exempts_somebody_on_the_page_and_takes_it_back(engine: Engine) {
    let town = Town::at(engine, MOMENT).await;
    let office = town.office("Riquewihr").plain().await;
    let ana = town.advisor("Ana").working_at(&office).off_duty().await;
    let doors = Doors::open(&town.app).await;
    let manager = doors.signed_in("manager", &office.manager).await;
    let shown = page(&doors, &manager, "/ledger").await;
    assert!(shown.contains("Nobody is exempt") && !shown.contains("/ledger/terms"), "{shown}");

    let person = ana.id.to_string();
    let fields = |from, until| [("person", &*person), ("from", from), ("until", until)];
    let backwards = sent(&doors, &manager, "/ledger/exemptions", &fields("2026-07-20", "2026-07-06")).await;
    assert!(doors_fields(backwards).contains("This comes before the beginning"));
    let exempt = sent(&doors, &manager, "/ledger/exemptions", &fields("2026-07-06", "2026-07-20")).await;
    assert_eq!((exempt.status, &*exempt.location), (303, "/ledger?done=exempt"), "{}", exempt.body);
    let shown = page(&doors, &manager, "/ledger").await;
    let remove = address(&shown, "/ledger/exemptions/", "/remove");
    assert_eq!(sent(&doors, &manager, &remove, &[]).await.location, "/ledger?done=exempt-no-more");
    assert!(page(&doors, &manager, "/ledger").await.contains("Nobody is exempt"));
}

async fn a_manager_says_on_the_page_what_an_hour_gives_and_the_statement_owes_it(engine: Engine) {
    let town = Town::at(engine, MOMENT).await;
    let office = town.office("Riquewihr").plain().await;
    let ana = town.advisor("Ana").working_at(&office).off_duty().await;
    ana.has_duty(&town, "2026-07-05", "18:00–22:00", Rung::Lead).await;
    let doors = Doors::open(&town.app).await;
    let manager = doors.signed_in("manager", &office.manager).await;
    let fields = |hourly, source| {
        [
            ("basis", "work"),
            ("category", "sunday"),
            ("hourly", hourly),
            ("rest", "15"),
            ("from", "2026-07-01"),
            ("source", source),
        ]
    };
    let wrong = doors_fields(sent(&doors, &manager, "/ledger/rates", &fields("10 €/h", "")).await);
    assert!(wrong.contains("This cannot be read") && wrong.contains("value=\"10 €/h\""), "{wrong}");
    let wrong = doors_fields(sent(&doors, &manager, "/ledger/rates", &fields("10,50", " ")).await);
    assert!(wrong.contains("This must not be empty"), "{wrong}");
    let kept = sent(&doors, &manager, "/ledger/rates", &fields("10,50", "Accord du 3 mars 2026")).await;
    assert_eq!((kept.status, &*kept.location), (303, "/ledger?done=rate"), "{}", kept.body);
    town.clock_shows("2026-08-01T09:00+02:00").await;
    let manager = doors.signed_in("manager", &office.manager).await;
    let owed = page(&doors, &manager, "/statements?month=2026-07").await;
    assert!(owed.contains("€42, 1\u{a0}h of rest") && !owed.contains("Nothing is said yet"), "{owed}");
    let shown = page(&doors, &manager, "/ledger").await;
    assert!(shown.contains("Accord du 3 mars 2026"), "{shown}");
    let remove = address(&shown, "/ledger/rates/", "/remove");
    assert_eq!(sent(&doors, &manager, &remove, &[]).await.location, "/ledger?done=rate-gone");
    assert!(page(&doors, &manager, "/statements?month=2026-07").await.contains("Nothing is said yet"));
}

async fn whoever_worked_on_standby_says_it_on_the_page_and_corrects_it(engine: Engine) {
    let town = Town::at(engine, MOMENT).await;
    let ana = town.advisor("Ana").off_duty().await;
    ana.stands_by(&town, "2026-07-03", "20:00–02:00").await;
    let doors = Doors::open(&town.app).await;
    let asker = doors.signed_in("advisor", &ana).await;
    let fields = |day, from, until| [("day", day), ("from_time", from), ("until_time", until)];
    let send =
        async |day, from, until| sent(&doors, &asker, "/interventions", &fields(day, from, until)).await;
    let wrong = doors_fields(send("2026-07-03", "", "22:00").await);
    assert!(wrong.contains("This cannot be read") && wrong.contains("value=\"22:00\""), "{wrong}");
    assert!(doors_fields(send("2026-07-04", "11:30", "12:30").await).contains("This is not over yet"));
    let same = doors_fields(send("2026-07-03", "22:00", "22:00").await);
    assert!(same.contains("does not come after the beginning"), "{same}");
    // Past midnight.
    let said = send("2026-07-03", "23:45", "00:10").await;
    let here = "/interventions?month=2026-07";
    assert_eq!((said.status, &*said.location), (303, &*format!("{here}&done=intervention")), "{}", said.body);
    let twice = doors_fields(send("2026-07-04", "00:05", "00:20").await);
    assert!(twice.contains("recorded already. Correct that one"), "{twice}");

    let shown = page(&doors, &asker, &format!("{here}&done=intervention")).await;
    assert!(shown.contains("23:45–00:10") && shown.contains("by hand"), "{shown}");
    let remove = address(&shown, "/interventions/", "/remove");
    let id = remove.split('/').nth(2).unwrap().to_owned();
    let mut corrected = fields("2026-07-03", "23:30", "00:10").to_vec();
    corrected.push(("intervention", &id));
    let answer = sent(&doors, &asker, "/interventions/correct", &corrected).await;
    assert_eq!(answer.location, format!("{here}&done=intervention-corrected"), "{}", answer.body);
    corrected[1] = ("from_time", "x");
    let wrong = doors_fields(sent(&doors, &asker, "/interventions/correct", &corrected).await);
    assert!(wrong.contains("This cannot be read"), "{wrong}");
    assert!(page(&doors, &asker, here).await.contains("23:30–00:10"));
    let gone = sent(&doors, &asker, &remove, &[]).await;
    assert_eq!(gone.location, format!("{here}&done=intervention-gone"));
    assert!(page(&doors, &asker, here).await.contains("Nothing was worked on standby"));
}

async fn a_manager_says_it_for_somebody_of_their_staff(engine: Engine) {
    let town = Town::at(engine, MOMENT).await;
    let office = town.office("Riquewihr").plain().await;
    let ana = town.advisor("Ana").working_at(&office).off_duty().await;
    let stranger = town.advisor("Bea").off_duty().await;
    let doors = Doors::open(&town.app).await;
    let manager = doors.signed_in("manager", &office.manager).await;
    let (of_ours, other) = (ana.id.to_string(), stranger.id.to_string());
    let fields =
        |person| [("person", person), ("day", "2026-07-03"), ("from_time", "19:00"), ("until_time", "19:20")];
    assert_eq!(sent(&doors, &manager, "/interventions", &fields(&*other)).await.status, 404);
    assert_eq!(sent(&doors, &manager, "/interventions", &fields(&*of_ours)).await.status, 303);
    let shown = page(&doors, &manager, "/interventions?month=2026-07").await;
    assert!(shown.contains("19:00–19:20"), "{shown}");
}
