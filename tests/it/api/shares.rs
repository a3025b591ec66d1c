//! Shares over the API: every key side by side, what is settled, who sees it, and the sizes.

use acceptance::{
    on_both_engines,
    town::{Engine, Office},
};
use domain::Rung;
use reqwest::{Method, header};
use serde_json::{Value, json};

use super::door::{Doors, Program, Said};

on_both_engines! {
    a_months_cost_is_shared_by_every_key_and_settled_by_the_chosen_one,
    an_office_sees_its_own_line_and_strangers_nothing,
    sizes_are_said_by_the_board_and_open_the_keys_that_need_them,
    what_cannot_be_shared_is_refused_field_by_field,
    an_office_that_pays_a_price_bears_no_share,
    what_an_hour_counts_is_the_boards_to_say,
}

/// Ana of Riquewihr leads on a Saturday of July at 25 € an hour, Bea of Kaysersberg backs on a Monday
/// for nothing; Riquewihr bought the evenings, and a visitor wrote to it. It is August.
async fn a_july(doors: &Doors) -> (Office, Office) {
    let town = &doors.town;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    // Free of charge: whoever pays a price bears no share.
    town.rows.change("update coverage set monthly_cents = 0").await;
    let kaysersberg = town.office("Kaysersberg").plain().await;
    let ana = town.advisor("Ana").working_at(&riquewihr).on_duty("2026-07-18", "18:00–22:00").await;
    let bea = town.advisor("Bea").working_at(&kaysersberg).off_duty().await;
    bea.has_duty(town, "2026-07-20", "18:00–22:00", Rung::Backup).await;
    riquewihr.receives_chat("Is the castle open?").await;
    town.clock_shows("2026-08-05T09:00+02:00").await;
    let manager = doors.program(&riquewihr.manager, &[]).await;
    for basis in ["work", "standby"] {
        let rate = json!({ "basis": basis, "hourly_cents": 2_500, "rest_minutes": 0, "from": "2026-01-01",
            "source": "Agreement of 3 March 2026" });
        manager.post("/compensation", rate).await;
    }
    assert_eq!(ana.name, "Ana");
    (riquewihr, kaysersberg)
}

fn line<'s>(sharing: &'s Value, office: &Office) -> &'s Value {
    let all = sharing["offices"].as_array().unwrap();
    all.iter().find(|one| one["organisation"] == json!(office.id.0)).unwrap()
}

fn by(line: &Value, key: &str) -> Value {
    line["shares"].as_array().unwrap().iter().find(|one| one["key"] == key).unwrap()["cents"].clone()
}

async fn a_months_cost_is_shared_by_every_key_and_settled_by_the_chosen_one(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (riquewihr, kaysersberg) = a_july(&doors).await;
    let planner = doors.program(&doors.town.board.planner, &["statements:read"]).await;
    let shares = format!("/pools/{}/shares", doors.town.pool);
    let july = planner.get(&format!("{shares}?standing_cents=2000")).await;
    assert_eq!(
        (&july["from"], &july["until"]),
        (&json!("2026-07"), &json!("2026-07")),
        "the month that is over"
    );
    assert_eq!((&july["duties_cents"], &july["total_cents"]), (&json!(10_000), &json!(12_000)));
    let (own, other) = (line(&july, &riquewihr), line(&july, &kaysersberg));
    for (key, bears) in [
        ("equal", [json!(6_000), json!(6_000)]),
        ("usage", [json!(12_000), json!(0)]),
        ("two_part", [json!(11_000), json!(1_000)]),
        ("need", [json!(12_000), json!(0)]),
        ("population", [Value::Null, Value::Null]),
    ] {
        assert_eq!([by(own, key), by(other, key)], bears, "{key}");
    }
    assert_eq!((&own["balance_cents"], &other["balance_cents"]), (&json!(4_000), &json!(-6_000)));
    let pays = |to: Value, cents: i64| json!({ "from": kaysersberg.id.0, "to": to, "cents": cents });
    assert_eq!(july["payments"], json!([pays(json!(riquewihr.id.0), 4_000), pays(Value::Null, 2_000)]));
    // Four hours of Saturday at 1¼, four evening hours of a backup at ½.
    let hours = |given: i64, due: i64, balance: i64, worth: i64| json!({ "given_minutes": given, "due_minutes": due, "balance_minutes": balance, "worth_cents": worth });
    assert_eq!(
        (&own["hours"], &other["hours"]),
        (&hours(300, 210, 90, 2_143), &hours(120, 210, -90, -2_143))
    );

    let used = planner.get(&format!("{shares}?key=usage&from=2026-07&until=2026-08")).await;
    assert_eq!(line(&used, &riquewihr)["balance_cents"], json!(0), "it bears what its own duties cost it");
    let june = planner.get(&format!("{shares}?from=2026-06&key=usage")).await;
    assert_eq!((&june["total_cents"], &june["payments"]), (&json!(0), &json!([])));
}

async fn an_office_sees_its_own_line_and_strangers_nothing(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (riquewihr, kaysersberg) = a_july(&doors).await;
    let shares = format!("/pools/{}/shares", doors.town.pool);
    let manager = doors.program(&kaysersberg.manager, &[]).await;
    let seen = manager.get(&format!("{shares}?standing_cents=2000")).await;
    assert_eq!(seen["offices"].as_array().unwrap().len(), 1);
    assert_eq!(line(&seen, &kaysersberg)["balance_cents"], json!(-6_000));
    assert_eq!(seen["payments"].as_array().unwrap().len(), 2);
    let file = manager
        .ask(Method::GET, &format!("{shares}/file?language=fr&standing_cents=2000"))
        .send()
        .await
        .unwrap();
    assert_eq!(file.headers()["content-type"], "text/csv; charset=utf-8");
    let text = file.text().await.unwrap();
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(
        text.contains("Kaysersberg;31;;;0;0;0,00;0,00;60,00;;;0,00;10,00;0,00;-60,00;120;210;-90;-21,43"),
        "{text}"
    );

    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let whole =
        planner.ask(Method::GET, &format!("{shares}/file")).send().await.unwrap().text().await.unwrap();
    assert_eq!(whole.lines().count(), 3, "{whole}");
    let elsewhere = doors.town.stranger().await;
    let foreign = format!("/pools/{}/shares", elsewhere.pool);
    for program in [&manager, &planner] {
        Said::of(program.ask(Method::GET, &foreign)).await.is_problem(404);
    }
    let advisor = doors.town.advisor("Carla").working_at(&riquewihr).off_duty().await;
    let advisor = doors.program(&advisor, &[]).await;
    Said::of(advisor.ask(Method::GET, &shares)).await.is_problem(403);
}

async fn sizes_are_said_by_the_board_and_open_the_keys_that_need_them(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (riquewihr, kaysersberg) = a_july(&doors).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let manager = doors.program(&riquewihr.manager, &[]).await;
    let place = format!("/pools/{}/key-figures", doors.town.pool);
    let size = |office: &Office, population: u32| json!({ "organisation": office.id.0, "population": population, "overnight_stays": null });
    let say = async |program: &Program<'_>, tag: &str, offices: Value| {
        let body = json!({ "offices": offices });
        Said::of(program.ask(Method::PUT, &place).header(header::IF_MATCH, tag).json(&body)).await
    };
    let tag = Said::of(planner.ask(Method::GET, &place)).await.header("etag").to_owned();
    let said = say(&planner, &tag, json!([size(&riquewihr, 1_000), size(&kaysersberg, 3_000)])).await;
    assert_eq!(said.status, 200, "{}", said.body);
    say(&planner, &tag, json!([])).await.is_problem(412);
    say(&manager, "*", json!([])).await.is_problem(403);
    let elsewhere = doors.town.stranger().await.office("Ribeauvillé").plain().await;
    assert_eq!(say(&planner, "*", json!([size(&elsewhere, 1)])).await.is_problem(422), ["/offices"]);
    let shares = format!("/pools/{}/shares?key=population&standing_cents=2000", doors.town.pool);
    let july = planner.get(&shares).await;
    assert_eq!(by(line(&july, &riquewihr), "population"), json!(3_000));
    assert_eq!(by(line(&july, &riquewihr), "overnight_stays"), Value::Null);
    assert_eq!(manager.get(&place).await["offices"].as_array().unwrap().len(), 2, "members may know");
}

async fn what_cannot_be_shared_is_refused_field_by_field(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    for (query, status, field) in [
        ("from=2026-07&until=2026-06", 422, "until"),
        ("from=2025-01&until=2026-01", 422, "until"),
        ("standing_cents=-1", 422, "standing_cents"),
        ("key=weight", 400, "key"),
        ("from=July", 400, "from"),
    ] {
        let path = format!("/pools/{}/shares?{query}", doors.town.pool);
        assert_eq!(Said::of(planner.ask(Method::GET, &path)).await.is_problem(status), [field], "{query}");
    }
}

async fn an_office_that_pays_a_price_bears_no_share(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (riquewihr, kaysersberg) = a_july(&doors).await;
    doors.town.rows.change("update coverage set monthly_cents = 9000").await;
    let planner = doors.program(&doors.town.board.planner, &["statements:read"]).await;
    let shares = format!("/pools/{}/shares", doors.town.pool);
    // It ordered on the fourth of July: 28 of 31 days.
    let july = planner.get(&format!("{shares}?standing_cents=2000")).await;
    let (own, other) = (line(&july, &riquewihr), line(&july, &kaysersberg));
    assert_eq!((&own["days"], &own["charged_cents"]), (&json!(3), &json!(8_129)));
    assert_eq!((&july["charged_cents"], &july["total_cents"]), (&json!(8_129), &json!(12_000 - 8_129)));
    assert_eq!(
        (by(own, "usage"), by(own, "need")),
        (Value::Null, Value::Null),
        "its visitor wrote on a day it pays for"
    );
    assert_eq!((by(own, "equal"), by(other, "equal")), (json!(342), json!(3_529)), "3 days beside 31");
    assert_eq!(own["balance_cents"], json!(10_000 - 8_129 - 342));
}

async fn what_an_hour_counts_is_the_boards_to_say(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (riquewihr, _) = a_july(&doors).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let manager = doors.program(&riquewihr.manager, &[]).await;
    let place = format!("/pools/{}/share-weights", doors.town.pool);
    let usual =
        json!({ "evening_bp": 10_000, "saturday_bp": 12_500, "sunday_bp": 15_000, "holiday_bp": 20_000 });
    assert_eq!(manager.get(&place).await, usual);
    let tag = Said::of(planner.ask(Method::GET, &place)).await.header("etag").to_owned();
    let say = async |program: &Program<'_>, tag: &str, body: Value| {
        Said::of(program.ask(Method::PUT, &place).header(header::IF_MATCH, tag).json(&body)).await
    };
    let said =
        json!({ "evening_bp": 10_000, "saturday_bp": 20_000, "sunday_bp": 15_000, "holiday_bp": 20_000 });
    say(&manager, "*", said.clone()).await.is_problem(403);
    assert_eq!(say(&planner, &tag, said.clone()).await.body, said);
    say(&planner, &tag, said.clone()).await.is_problem(412);
    let much = json!({ "evening_bp": 100_001, "saturday_bp": 0, "sunday_bp": 0, "holiday_bp": 0 });
    assert_eq!(say(&planner, "*", much).await.is_problem(422), ["/evening_bp"]);
    // Four hours of a Saturday, twice.
    let july = planner.get(&format!("/pools/{}/shares", doors.town.pool)).await;
    assert_eq!(line(&july, &riquewihr)["hours"]["given_minutes"], json!(480));
}
