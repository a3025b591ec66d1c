//! What visitors wrote proposes needs, and one press makes one of it.

use acceptance::{
    doors::Doors,
    on_both_engines,
    town::{Engine, Town, day},
};
use domain::time;
use serde_json::{Value, json};

on_both_engines! {
    late_messages_propose_a_late_watch_and_one_press_asks_for_it,
    a_few_messages_propose_nothing_and_the_page_says_from_how_many_on,
}

/// A visitor writes at `clock` on each of `days` days, the last of them the third of July.
async fn writes(town: &Town, office: &acceptance::town::Office, days: u64, clock: &str) {
    for back in (0..days).rev() {
        let on = day("2026-07-03") - chrono::Days::new(back);
        let at = on.and_time(format!("{clock}:00").parse().unwrap());
        town.put_clock_to(time::to_utc(at, town.zone)).await;
        office.receives_chat("Is anybody there?").await;
    }
    town.clock_shows("2026-07-04T09:00+02:00").await;
}

async fn late_messages_propose_a_late_watch_and_one_press_asks_for_it(engine: Engine) {
    let town = Town::at(engine, "2026-05-01T09:00+02:00").await;
    let riquewihr = town.office("Riquewihr").plain().await;
    town.board.needs("18:00–22:00", 1, 0).await;
    writes(&town, &riquewihr, 40, "22:20").await;
    let doors = Doors::open(&town.app).await;
    let planner = doors.signed_in("planner", &town.board.planner).await;
    let page = doors.asks(&planner, "GET", "/pool", &[]).await;
    for said in [
        "40 messages (100\u{a0}%) came in hours that nobody watches.",
        "every day 22:00–23:00",
        "One person would answer 90\u{a0}% within 5\u{a0}min. Nobody does today.",
        "A planning aid. It rests on 40 messages",
        "Need one person",
    ] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }

    let address = format!("/api/v1/pools/{}/proposals", town.pool);
    let asked = async |query: &str| {
        let answer = doors.asks_as_program(&planner, "GET", &format!("{address}{query}"), "").await;
        (answer.status, serde_json::from_str::<Value>(&answer.body).unwrap())
    };
    let (_, found) = asked("").await;
    assert_eq!(
        (&found["messages"], &found["missed"], &found["founded"]),
        (&json!(40), &json!(40), &json!(true))
    );
    assert_eq!((&found["from"], &found["until"]), (&json!("2026-05-25"), &json!("2026-07-03")));
    assert_eq!(found["proposals"][0]["hours"]["from"], json!("22:00"));
    let (_, slower) = asked("?handling_minutes=60&percent=90").await;
    let people = |found: &Value| found["proposals"][0]["people"].as_i64().unwrap();
    assert!(people(&found) < people(&slower), "{slower}");
    assert_eq!(asked("?percent=100").await.0, 422);
    assert_eq!(asked("?percent=many").await.0, 400);
    let manager = doors.signed_in("manager", &riquewihr.manager).await;
    assert_eq!(doors.asks_as_program(&manager, "GET", &address, "").await.status, 403);
    let elsewhere = town.stranger().await;
    let foreign = format!("/api/v1/pools/{}/proposals", elsewhere.pool);
    assert_eq!(doors.asks_as_program(&planner, "GET", &foreign, "").await.status, 404);

    // The button's own form.
    let press = [("pool", town.pool.to_string()), ("days", "255".to_owned()), ("from", "22:00".to_owned())];
    let rest =
        [("until", "23:00"), ("leads", "1"), ("backups", "0")].map(|(name, value)| (name, value.to_owned()));
    for (name, value) in press.iter().chain(&rest) {
        assert!(page.body.contains(&format!("name=\"{name}\" value=\"{value}\"")), "{name}: {}", page.body);
    }
    let made = doors.asks(&planner, "POST", "/pool/needs", &[&press[..], &rest[..]].concat()).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let (_, after) = asked("").await;
    assert_eq!((&after["missed"], &after["proposals"]), (&json!(0), &json!([])));
    let page = doors.asks(&planner, "GET", "/pool", &[]).await;
    assert!(page.body.contains("Nothing to propose"), "{}", page.body);
}

async fn a_few_messages_propose_nothing_and_the_page_says_from_how_many_on(engine: Engine) {
    let town = Town::at(engine, "2026-05-01T09:00+02:00").await;
    let riquewihr = town.office("Riquewihr").plain().await;
    writes(&town, &riquewihr, 3, "22:20").await;
    let doors = Doors::open(&town.app).await;
    let planner = doors.signed_in("planner", &town.board.planner).await;
    let page = doors.asks(&planner, "GET", "/pool", &[]).await;
    assert!(page.body.contains("3 messages so far. From 30 in eight weeks on"), "{}", page.body);
    assert!(!page.body.contains("Need one person"), "{}", page.body);
}
