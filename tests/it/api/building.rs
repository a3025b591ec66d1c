//! How a rota is built, as a program sees it: whose turn it is, how good it is; and how a draft is mended.

use acceptance::{
    on_both_engines,
    town::{Engine, span},
};
use app::jobs::{builds, claims};
use chrono::Duration;
use reqwest::Method;
use serde_json::{Value, json};

use super::{
    door::{Doors, Said},
    rotas::{a_week, items, step, tag_of},
};

on_both_engines! {
    a_rota_says_whose_turn_it_is_that_it_began_again_and_how_good_it_is,
    a_draft_is_mended_as_it_was_shown_and_undone_at_once,
}

async fn a_rota_says_whose_turn_it_is_that_it_began_again_and_how_good_it_is(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (town, planner) = (&doors.town, doors.program(&doors.town.board.planner, &[]).await);
    let (_, _, first) = a_week(&doors, &planner).await;
    let built = planner.get(&first).await;
    assert_eq!((&built["building"], &built["built"]["proved"]), (&Value::Null, &json!(true)), "{built}");
    let levels = built["built"]["levels"].as_array().unwrap();
    let said: Vec<(&str, &str)> =
        levels.iter().map(|one| (one["aim"].as_str().unwrap(), one["known"].as_str().unwrap())).collect();
    assert_eq!(said, [("cover", "best"), ("fairness", "best"), ("wishes", "best"), ("moves", "best")]);
    assert!(levels.iter().all(|one| one["cost"] == one["at_least"]), "{built}");

    let ask = async |from: &str, until: &str| {
        let week = json!({ "pool": town.pool.0, "from": from, "until": until });
        let asked = planner.post("/rotas", week).await;
        asked.header("location").strip_prefix("/api/v1").unwrap().to_owned()
    };
    let second = ask("2026-07-13", "2026-07-19").await;
    let third = ask("2026-07-20", "2026-07-26").await;
    // A node takes the second in hand, begins, and is gone.
    let gone =
        claims::claim_of_kinds(&town.app, "gone", &[builds::KIND], 1, Duration::seconds(-1)).await.unwrap();
    assert_eq!(gone.len(), 1);
    let id = second.strip_prefix("/rotas/").unwrap().parse().unwrap();
    app::rota::build::begin(&town.app, town.pool, id, 1).await.unwrap();
    let waits = planner.get(&third).await;
    assert_eq!((&waits["status"], &waits["building"]["before"]), (&json!("building"), &json!(1)));
    assert_eq!((&waits["building"]["began_at"], &waits["built"]), (&Value::Null, &Value::Null));
    let listed = planner.get("/rotas?status=building&sort=number").await;
    assert_eq!(items(&listed).iter().map(|one| &one["building"]["before"]).collect::<Vec<_>>(), [0, 1]);

    town.clock_shows("18:04").await;
    let stopped = Said::of(planner.ask(Method::POST, &format!("{third}/stop"))).await;
    assert_eq!((stopped.status, &stopped.body["status"]), (200, &json!("draft")), "{stopped:?}");
    assert_eq!(stopped.body["built"]["stopped"], true);
    assert_eq!(stopped.body["built"]["levels"], json!([]));
    town.work_until_idle().await;
    let again = planner.get(&second).await;
    assert_eq!(
        (&again["status"], &again["built"]["begun_again_at"]),
        (&json!("draft"), &json!("2026-07-04T16:04:00Z"))
    );
    assert_eq!(again["built"]["open_places"], 0);
}

async fn a_draft_is_mended_as_it_was_shown_and_undone_at_once(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let (ana, bea, rota) = a_week(&doors, &planner).await;
    let repair = format!("{rota}/repair");
    let nothing = planner.get(&repair).await;
    assert_eq!((&nothing["steps"], &nothing["open"]), (&json!([]), &json!([])));

    ana.is_on_leave(span("2026-07-06T00:00+02:00", "2026-07-13T00:00+02:00")).await;
    let hers = planner.get(&format!("{rota}/assignments?person={}", ana.id)).await;
    let hers: Vec<Value> = items(&hers).iter().map(|one| one["id"].clone()).collect();
    assert!(hers.len() > 1, "{hers:?}");
    let shown = planner.get(&repair).await;
    let steps = shown["steps"].as_array().unwrap();
    assert_eq!(steps.iter().map(|one| one["assignment"].clone()).collect::<Vec<_>>(), hers);
    assert!(steps.iter().all(|one| one["from"] == json!(ana.id.0) && one["to"] == json!(bea.id.0)));
    assert_eq!((&shown["touched"], &shown["excused"]), (&json!([bea.id.0]), &json!([ana.id.0])));
    assert_eq!((&shown["refused"], &shown["complete"]), (&json!(false), &json!(true)));

    let silent = Said::of(planner.ask(Method::POST, &repair)).await;
    silent.is_problem(428);
    let tag = tag_of(&planner, &repair).await;
    let rota_tag = tag_of(&planner, &rota).await;
    let late = step(&planner, Method::POST, &repair, &rota_tag, None).await;
    late.is_problem(412);
    assert_eq!(late.body["current"], shown, "what would be done now is shown");
    let done = step(&planner, Method::POST, &repair, &tag, None).await;
    assert_eq!((done.status, &done.body["status"]), (200, &json!("draft")), "{done:?}");
    assert_eq!(items(&planner.get(&format!("{rota}/assignments?person={}", ana.id)).await).len(), 0);
    assert_eq!(items(&planner.get(&format!("{rota}/assignments?person={}", bea.id)).await).len(), 5);
    step(&planner, Method::POST, &repair, &tag, None).await.is_problem(412);

    let undone = step(&planner, Method::POST, &format!("{rota}/undo"), "*", None).await;
    assert_eq!(undone.status, 200, "{undone:?}");
    let back = planner.get(&format!("{rota}/assignments?person={}", ana.id)).await;
    assert_eq!(items(&back).iter().map(|one| one["id"].clone()).collect::<Vec<_>>(), hers);
    step(&planner, Method::POST, &format!("{rota}/undo"), "*", None).await.is_problem(409);

    let published = step(&planner, Method::DELETE, &rota, "*", None).await;
    assert_eq!(published.status, 204);
    Said::of(planner.ask(Method::GET, &repair)).await.is_problem(409);
}
