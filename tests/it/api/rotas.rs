//! What a planner's program plans, and who reads it: who is on duty.

use acceptance::{on_both_engines, town::Engine};
use reqwest::Method;
use serde_json::{Value, json};

use super::door::{Doors, Said};

on_both_engines! {
    a_program_asks_who_is_on_duty,
    only_the_hours_an_office_bought_are_answered_for,
}

/// Who is on, and until when that holds.
fn watch(said: &Value) -> (Vec<(&str, &str)>, &str) {
    let items = said["items"].as_array().unwrap();
    let on = items.iter().map(|one| (one["given_name"].as_str().unwrap(), one["rung"].as_str().unwrap()));
    (on.collect(), said["good_until"].as_str().unwrap())
}

async fn a_program_asks_who_is_on_duty(engine: Engine) {
    let doors = Doors::open(engine).await;
    let town = &doors.town;
    let ana = town.advisor("Ana").on_duty("2026-07-04", "18:00–22:00").await;
    town.advisor("Bea").as_backup().on_duty("2026-07-04", "18:00–21:00").await;
    let planner = doors.program(&town.board.planner, &["shifts:read"]).await;
    let advisor = doors.program(&ana, &[]).await;

    assert_eq!(watch(&planner.get("/on-duty").await), (vec![], "2026-07-04T16:00:00Z"), "nobody at noon");
    town.clock_shows("20:00").await;
    for program in [&planner, &advisor] {
        let said = program.get("/on-duty").await;
        let both = vec![("Ana", "lead"), ("Bea", "backup")];
        assert_eq!(watch(&said), (both, "2026-07-04T19:00:00Z"));
        assert_eq!(
            (&said["at"], &said["items"][0]["person"]),
            (&json!("2026-07-04T18:00:00Z"), &json!(ana.id.0))
        );
        assert_eq!(said["items"][0]["ends_at"], "2026-07-04T20:00:00Z");
    }
    let later = planner.get("/on-duty?at=2026-07-04T19:00:00Z").await;
    assert_eq!(watch(&later), (vec![("Ana", "lead")], "2026-07-04T20:00:00Z"));
    let own = format!("/on-duty?pool={}", town.pool);
    assert_eq!(planner.get(&own).await["items"].as_array().unwrap().len(), 2);
    let foreign = "/on-duty?pool=00000000-0000-7000-8000-000000000000";
    assert_eq!(planner.get(foreign).await["items"], json!([]), "a stranger's pool is as if it were not");
    let wrong = Said::of(planner.ask(Method::GET, "/on-duty?at=noon&colour=blue&pool=x")).await;
    assert_eq!(wrong.is_problem(400), ["pool", "at", "colour"]);
    let far = Said::of(planner.ask(Method::GET, "/on-duty?at=9999-01-01T00:00:00Z")).await;
    assert_eq!(far.is_problem(400), ["at"]);
    let blind = doors.program(&town.board.planner, &["needs:read"]).await;
    Said::of(blind.ask(Method::GET, "/on-duty")).await.is_problem(403);
}

async fn only_the_hours_an_office_bought_are_answered_for(engine: Engine) {
    let doors = Doors::open(engine).await;
    let town = &doors.town;
    let riquewihr = town.office("Riquewihr").covered("19:00–21:00").await;
    let without = town.office("Kaysersberg").plain().await;
    town.advisor("Ana").on_duty("2026-07-04", "18:00–22:00").await;
    let manager = doors.program(&riquewihr.manager, &[]).await;
    let mine = format!("/on-duty?office={}", riquewihr.id);
    for (time, on, until) in [
        ("18:30", vec![], "2026-07-04T17:00:00Z"),
        ("19:00", vec![("Ana", "lead")], "2026-07-04T19:00:00Z"),
        ("21:00", vec![], "2026-07-04T20:00:00Z"),
    ] {
        town.clock_shows(time).await;
        assert_eq!(watch(&manager.get(&mine).await), (on, until), "{time}");
    }
    let other = format!("/on-duty?office={}&at=2026-07-04T18:00:00Z", without.id);
    assert_eq!(manager.get(&other).await["items"], json!([]));
}
