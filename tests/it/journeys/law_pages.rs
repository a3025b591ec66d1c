//! The law on pages: an agreement that is entered and ended, a reason that is given before publication,
//! hours for another employer.

use acceptance::{
    doors::{Answer, Asker, Doors},
    on_both_engines,
    town::{Engine, Town, day, hours},
};
use app::{
    Planner,
    pool::needs::{self, Asked},
};
use domain::{DutyKind, Rung};

on_both_engines! {
    a_manager_enters_an_agreement_and_ends_it_on_the_page,
    a_planner_gives_a_reason_on_the_page_and_the_board_shows_it,
    an_advisor_says_on_my_shifts_when_they_work_elsewhere,
}

const MOMENT: &str = "2026-07-04T12:00+02:00";

fn form<'f>(fields: &[(&'f str, &str)]) -> Vec<(&'f str, String)> {
    fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

/// The first address on a page that begins with `start` and ends with `end`.
fn address(page: &str, start: &str, end: &str) -> String {
    let from = page.find(&format!("\"{start}")).unwrap_or_else(|| panic!("{start}… stands on {page}")) + 1;
    let length = page[from..].find('"').unwrap();
    let found = &page[from..from + length];
    assert!(found.ends_with(end), "{found}");
    found.to_owned()
}

async fn sent(doors: &Doors, asker: &Asker, path: &str, fields: &[(&str, &str)]) -> Answer {
    doors.asks(asker, "POST", path, &form(fields)).await
}

async fn a_manager_enters_an_agreement_and_ends_it_on_the_page(engine: Engine) {
    let town = Town::at(engine, MOMENT).await;
    let office = town.office("Riquewihr").plain().await;
    town.advisor("Ana").working_at(&office).off_duty().await;
    let doors = Doors::open(&town.app).await;
    let manager = doors.signed_in("manager", &office.manager).await;
    let read = async || doors.asks(&manager, "GET", "/agreements", &[]).await.body;
    let empty = read().await;
    assert!(empty.contains("the law alone holds") && empty.contains("L3131\u{2011}1"), "{empty}");

    let fields = |amount| {
        [
            ("term", "daily_rest"),
            ("amount", amount),
            ("document", "Accord du 20 mai 2021"),
            ("from", "2026-07-01"),
            ("until", ""),
        ]
    };
    let further = sent(&doors, &manager, "/agreements", &fields("8")).await;
    assert_eq!(further.status, 422);
    assert!(further.body.contains("by agreement as far as 9\u{a0}h (D3131\u{2011}6)"), "{}", further.body);
    assert!(further.body.contains("value=\"Accord du 20 mai 2021\""), "what was typed is not lost");
    let unread = sent(&doors, &manager, "/agreements", &fields("nine")).await;
    assert_eq!(unread.status, 422);
    let entered = sent(&doors, &manager, "/agreements", &fields("9:30")).await;
    assert_eq!((entered.status, &*entered.location), (303, "/agreements?done=agreed"), "{}", entered.body);
    let page = read().await;
    assert!(
        page.contains("9\u{a0}h 30\u{a0}min") && page.contains("Entered by Riquewihr’s manager"),
        "{page}"
    );

    let end = address(&page, "/agreements/", "/end");
    assert_eq!(sent(&doors, &manager, &end, &[]).await.status, 303);
    town.clock_shows("2026-07-05T12:00+02:00").await;
    let manager = doors.signed_in("manager", &office.manager).await;
    let page = doors.asks(&manager, "GET", "/agreements", &[]).await.body;
    assert!(page.contains("Over") && !page.contains("/end\""), "{page}");
}

async fn a_planner_gives_a_reason_on_the_page_and_the_board_shows_it(engine: Engine) {
    let town = Town::at(engine, MOMENT).await;
    let ana = town.advisor("Ana").off_duty().await;
    let planner = town.board.planner.caller::<Planner>().await;
    let standby = Asked {
        window: hours("18:00–22:00"),
        leads: 1,
        backups: 0,
        languages: Vec::new(),
        skills: domain::Skills::default(),
        kind: DutyKind::Standby,
        from: day("2026-01-01"),
        until: None,
        season: domain::Season::default(),
    };
    needs::define(&town.app, &planner, town.pool, standby).await.unwrap();
    let draft = town.board.drafts(day("2026-07-06"), day("2026-07-12")).await;
    draft.gives(day("2026-07-08"), Rung::Lead, Some(ana.id)).await.unwrap();
    let doors = Doors::open(&town.app).await;
    let maud = doors.signed_in("planner", &town.board.planner).await;
    let compare = format!("/rota/{}/compare", draft.rota);
    let page = doors.asks(&maud, "GET", &compare, &[]).await.body;
    assert!(page.contains("1 thing needs your reason") && page.contains("L3121\u{2011}12"), "{page}");

    let version = draft.shown().await.version.to_string();
    let publish = format!("/rota/{}/publish", draft.rota);
    let silent = [("version", &*version), ("message", "Sorry for the haste"), ("reason", " ")];
    let silent = sent(&doors, &maud, &publish, &silent).await;
    assert_eq!(silent.status, 422);
    assert!(silent.body.contains("Sorry for the haste</textarea>"), "{}", silent.body);
    let why = [("version", &*version), ("message", ""), ("reason", "Berta is ill")];
    assert_eq!(sent(&doors, &maud, &publish, &why).await.status, 303);
    let board = doors.asks(&maud, "GET", &format!("/rota/{}", draft.rota), &[]).await.body;
    assert!(board.contains("Accepted by Maud Martin") && board.contains("Berta is ill"), "{board}");
}

async fn an_advisor_says_on_my_shifts_when_they_work_elsewhere(engine: Engine) {
    let town = Town::at(engine, MOMENT).await;
    let ana = town.advisor("Ana").off_duty().await;
    let doors = Doors::open(&town.app).await;
    let asker = doors.signed_in("advisor", &ana).await;
    let fields = |days: &'static [&'static str]| {
        let boxes = days.iter().map(|day| (*day, "true"));
        let rest = [("from_time", "08:00"), ("until_time", "12:00"), ("from", "2026-07-01"), ("until", "")];
        boxes.chain(rest).collect::<Vec<_>>()
    };
    let never = sent(&doors, &asker, "/shifts/outside", &fields(&[])).await;
    assert_eq!(never.status, 422);
    assert!(never.body.contains("Tick at least one"), "{}", never.body);
    let said = sent(&doors, &asker, "/shifts/outside", &fields(&["tue", "sat"])).await;
    assert_eq!((said.status, &*said.location), (303, "/shifts?done=outside"), "{}", said.body);
    let page = doors.asks(&asker, "GET", "/shifts", &[]).await.body;
    assert!(page.contains("Tuesday, Saturday"), "{page}");
    let remove = address(&page, "/shifts/outside/", "/remove");
    assert_eq!(sent(&doors, &asker, &remove, &[]).await.status, 303);
    let page = doors.asks(&asker, "GET", "/shifts", &[]).await.body;
    assert!(!page.contains("Tuesday, Saturday"), "{page}");
}
