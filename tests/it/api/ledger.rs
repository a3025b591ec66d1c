//! The ledger over the API: who sees whose account, the duties behind a figure, and what is carried.

use acceptance::{
    on_both_engines,
    town::{Engine, Person, day},
};
use domain::Rung;
use reqwest::{Method, header};
use serde_json::{Value, json};

use super::door::{Doors, Program, Said};

on_both_engines! {
    every_figure_has_its_duties_behind_it,
    a_planner_sees_everybody_a_manager_their_people_and_an_advisor_themselves,
    a_pool_decides_what_a_backup_weighs_and_how_much_is_carried,
    who_is_exempt_for_long_owes_less_and_nobody_is_told_why,
    whoever_gave_more_last_year_is_owed_it_in_the_next_rota,
}

const JUNE: &str = "from=2026-06-01&until=2026-06-30";

fn items(list: &Value) -> &Vec<Value> {
    list["items"].as_array().unwrap()
}

/// The account of `person` in a ledger.
fn account<'l>(ledger: &'l Value, person: &Person) -> &'l Value {
    let people = ledger["people"].as_array().unwrap();
    let id = json!(person.id.0);
    people.iter().find(|one| one["person"] == id).unwrap_or_else(|| panic!("{} is in {ledger}", person.name))
}

fn category<'l>(account: &'l Value, name: &str) -> &'l Value {
    let all = account["categories"].as_array().unwrap();
    &all.iter().find(|one| one["category"] == name).unwrap()["part"]
}

/// Ana leads on a Saturday evening and on Monday, Bea backs her on Saturday.
async fn a_june(doors: &Doors) -> (Person, Person) {
    let riquewihr = doors.town.office("Riquewihr").covered("18:00–22:00").await;
    let kaysersberg = doors.town.office("Kaysersberg").plain().await;
    let town = &doors.town;
    let ana = town.advisor("Ana").working_at(&riquewihr).on_duty("2026-06-20", "18:00–22:00").await;
    ana.has_duty(town, "2026-06-22", "18:00–20:00", Rung::Lead).await;
    let bea = town.advisor("Bea").working_at(&kaysersberg).off_duty().await;
    for day in ["2026-06-20", "2026-07-20"] {
        bea.has_duty(town, day, "18:00–22:00", Rung::Backup).await;
    }
    (ana, bea)
}

async fn every_figure_has_its_duties_behind_it(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (ana, bea) = a_june(&doors).await;
    let planner = doors.program(&doors.town.board.planner, &["ledger:read"]).await;
    let ledger = planner.get(&format!("/ledger?{JUNE}")).await;
    let (anas, beas) = (account(&ledger, &ana), account(&ledger, &bea));
    assert_eq!(
        (&anas["whole"]["worth_minutes"], &beas["whole"]["worth_minutes"]),
        (&json!(360), &json!(120))
    );
    assert_eq!(anas["whole"]["fair_minutes"], json!(240), "half of all, for both work full time");
    assert_eq!((&anas["balance_minutes"], &beas["balance_minutes"]), (&json!(120), &json!(-120)));
    assert_eq!(category(anas, "saturday")["lead_minutes"], json!(240));
    assert_eq!(category(beas, "saturday")["backup_minutes"], json!(240));

    let of = |filter: String| format!("/ledger/duties?{JUNE}&{filter}");
    let saturdays = planner.get(&of(format!("person={}&category=saturday", ana.id))).await;
    assert_eq!(items(&saturdays).len(), 1);
    assert_eq!(items(&saturdays)[0]["day"], "2026-06-20");
    let all = planner.get(&of(format!("person={}", ana.id))).await;
    let worth: i64 = items(&all).iter().map(|one| one["worth_minutes"].as_i64().unwrap()).sum();
    assert_eq!(json!(worth), anas["whole"]["worth_minutes"]);

    // A page at a time, in either order; what is not over yet does not count.
    let first = planner.get(&of("limit=2".to_owned())).await;
    let next = planner.get(&of(format!("limit=2&cursor={}", first["next"].as_str().unwrap()))).await;
    assert_eq!((items(&first).len(), items(&next).len(), &next["next"]), (2, 1, &Value::Null));
    let last = planner.get(&of("sort=-starts_at&limit=1".to_owned())).await;
    assert_eq!(items(&last), items(&next));
    let year = planner.get("/ledger/duties?from=2026-01-01&until=2026-12-31").await;
    assert_eq!(items(&year).len(), 3, "July's duty is still to come");
    for wrong in ["from=2026-06-02&until=2026-06-01", "from=2025-01-01&until=2026-06-01"] {
        let said = Said::of(planner.ask(Method::GET, &format!("/ledger?{wrong}"))).await;
        assert_eq!(said.is_problem(422), ["until"], "{wrong}");
    }
}

async fn a_planner_sees_everybody_a_manager_their_people_and_an_advisor_themselves(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (ana, bea) = a_june(&doors).await;
    let manager = {
        let colmar = doors.town.office("Colmar").plain().await;
        doors.town.advisor("Carla").working_at(&colmar).on_duty("2026-06-21", "09:00–13:00").await;
        colmar.manager.clone()
    };
    let read = ["ledger:read"];
    let seen = async |program: &Program<'_>| {
        let ledger = program.get(&format!("/ledger?{JUNE}")).await;
        let names = ledger["people"].as_array().unwrap().iter().map(|one| one["given_name"].to_string());
        let duties = items(&program.get(&format!("/ledger/duties?{JUNE}")).await).len();
        (names.collect::<Vec<_>>().join(" "), duties, ledger["offices"].as_array().unwrap().len())
    };
    let planner = doors.program(&doors.town.board.planner, &read).await;
    assert_eq!(seen(&planner).await, (r#""Ana" "Bea" "Carla""#.to_owned(), 4, 3));
    let manager = doors.program(&manager, &read).await;
    assert_eq!(seen(&manager).await, (r#""Carla""#.to_owned(), 1, 3), "of other offices totals alone");
    let advisor = doors.program(&ana, &read).await;
    assert_eq!(seen(&advisor).await, (r#""Ana""#.to_owned(), 2, 0));
    let others = advisor.get(&format!("/ledger?{JUNE}&person={}", bea.id)).await;
    assert_eq!(others["people"], json!([]));

    // Riquewihr bought the evenings from July on: Bea watched for it one evening, as a backup.
    doors.town.clock_shows("2026-07-21T09:00+02:00").await;
    let july = planner.get("/ledger?from=2026-07-01&until=2026-07-31").await;
    let sum = |field: &str| -> i64 {
        july["offices"].as_array().unwrap().iter().map(|one| one[field].as_i64().unwrap()).sum()
    };
    assert_eq!((sum("given_minutes"), sum("received_minutes"), sum("balance_minutes")), (120, 120, 0));
}

async fn a_pool_decides_what_a_backup_weighs_and_how_much_is_carried(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (ana, bea) = a_june(&doors).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let terms = format!("/pools/{}/ledger-terms", doors.town.pool);
    let read = Said::of(planner.ask(Method::GET, &terms)).await;
    assert_eq!(read.body, json!({ "backup_bp": 5_000, "cap_minutes": 960 }));
    let decide = |tag: String, backup_bp: u32, cap: u32| {
        let body = json!({ "backup_bp": backup_bp, "cap_minutes": cap });
        planner.ask(Method::PUT, &terms).header(header::IF_MATCH, tag).json(&body)
    };
    let tag = read.header("etag").to_owned();
    assert_eq!(Said::of(decide(tag.clone(), 10_000, 60)).await.status, 200);
    Said::of(decide(tag, 0, 0)).await.is_problem(412);
    assert_eq!(Said::of(decide("*".to_owned(), 10_001, 60_001)).await.is_problem(422).len(), 2);

    let ledger = planner.get(&format!("/ledger?{JUNE}")).await;
    assert_eq!(account(&ledger, &bea)["whole"]["worth_minutes"], json!(240));
    let july = planner.get("/ledger?from=2026-07-01&until=2026-07-31").await;
    let carried = |person| account(&july, person)["carried_minutes"].clone();
    assert_eq!((carried(&ana), carried(&bea)), (json!(60), json!(-60)), "an hour is the cap");
    let manager = doors.program(&ana, &[]).await;
    assert_eq!(manager.get(&terms).await["cap_minutes"], json!(60), "whoever is in the pool may know");
}

async fn who_is_exempt_for_long_owes_less_and_nobody_is_told_why(engine: Engine) {
    let doors = Doors::open(engine).await;
    let riquewihr = doors.town.office("Riquewihr").plain().await;
    let ana = doors.town.advisor("Ana").working_at(&riquewihr).on_duty("2026-06-22", "18:00–22:00").await;
    let bea = doors.town.advisor("Bea").working_at(&riquewihr).off_duty().await;
    let (planner, manager) =
        (doors.program(&doors.town.board.planner, &[]).await, doors.program(&riquewihr.manager, &[]).await);
    let fair = async || {
        let ledger = planner.get(&format!("/ledger?{JUNE}")).await;
        let fair = |person| account(&ledger, person)["whole"]["fair_minutes"].as_i64().unwrap();
        (fair(&ana), fair(&bea))
    };
    assert_eq!(fair().await, (120, 120));
    let exempt = json!({ "person": bea.id.0, "from": "2026-06-08", "until": "2026-06-30" });
    let made = manager.post("/exemptions", exempt.clone()).await;
    assert_eq!(fair().await, (240, 0), "22 June is the fifteenth day");
    let advisor = doors.program(&bea, &[]).await;
    assert_eq!(items(&advisor.get("/exemptions").await).len(), 1, "she may know");
    assert_eq!(items(&planner.get("/exemptions").await).len(), 0, "a planner has staff of the board alone");
    Said::of(planner.ask(Method::POST, "/exemptions").json(&exempt)).await.is_problem(404);
    let place = made.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    let gone = manager.ask(Method::DELETE, &place).header(header::IF_MATCH, "*");
    assert_eq!(Said::of(gone).await.status, 204);
    assert_eq!(fair().await, (120, 120));
}

async fn whoever_gave_more_last_year_is_owed_it_in_the_next_rota(engine: Engine) {
    let doors = Doors::open(engine).await;
    let ana = doors.town.advisor("Ana").off_duty().await;
    for day in ["2026-06-22", "2026-06-24", "2026-06-26"] {
        ana.has_duty(&doors.town, day, "18:00–22:00", Rung::Lead).await;
    }
    let bea = doors.town.advisor("Bea").off_duty().await;
    let draft = doors.town.board.drafts(day("2026-08-03"), day("2026-08-08")).await;
    let places = draft.shown().await.places;
    let held = |person: &Person| places.iter().filter(|place| place.person == Some(person.id)).count();
    // Nine evenings in all: Ana has had three of them.
    assert!(held(&ana) < held(&bea), "{} and {}", held(&ana), held(&bea));
    assert_eq!(held(&ana) + held(&bea), 6);
}
