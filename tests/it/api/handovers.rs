//! Handovers by programs: an advisor's offers a duty, a colleague's takes it, a planner's has the last word.

use acceptance::{
    on_both_engines,
    town::{Engine, Person},
};
use reqwest::{Method, header};
use serde_json::{Value, json};

use super::door::{Doors, Program, Said};

on_both_engines! {
    a_duty_is_offered_taken_and_given_back_by_programs,
    a_pools_approval_is_a_setting_and_the_planners_program_decides,
    what_is_wrong_with_a_handover_is_said,
}

/// Ana leads on Wednesday; Bea is free.
async fn two(doors: &Doors) -> (Person, Person, String) {
    doors.town.clock_shows("2026-07-01T10:00+02:00").await;
    let ana = doors.town.advisor("Ana").off_duty().await;
    let bea = doors.town.advisor("Bea").off_duty().await;
    let shift = ana.has_duty(&doors.town, "2026-07-08", "18:00–22:00", domain::Rung::Lead).await;
    (ana, bea, shift.to_string())
}

async fn step(program: &Program<'_>, path: &str, tag: &str, body: Option<Value>) -> Said {
    let request = program.ask(Method::POST, path).header(header::IF_MATCH, tag);
    Said::of(if let Some(body) = body { request.json(&body) } else { request }).await
}

async fn tag_of(program: &Program<'_>, path: &str) -> String {
    Said::of(program.ask(Method::GET, path)).await.header("etag").to_owned()
}

fn place(said: &Said) -> String {
    said.header("location").strip_prefix("/api/v1").unwrap().to_owned()
}

async fn a_duty_is_offered_taken_and_given_back_by_programs(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (ana, bea, shift) = two(&doors).await;
    let hers = doors.program(&ana, &["handovers:read", "handovers:write", "shifts:read"]).await;
    let theirs = doors.program(&bea, &["handovers:read", "handovers:write", "shifts:read"]).await;
    let list = hers.get(&format!("/shifts/{shift}/eligible")).await;
    let of = |person: &Person| {
        let items = list["items"].as_array().unwrap();
        items.iter().find(|one| one["person"] == json!(person.id.0)).unwrap().clone()
    };
    assert_eq!((&of(&bea)["eligible"], &of(&ana)["reasons"][0]["why"]), (&json!(true), &json!("holds")));

    assert_eq!(hers.get(&format!("/shifts/{shift}/swaps")).await["items"], json!([]), "Bea has no duty yet");
    bea.has_duty(&doors.town, "2026-07-10", "18:00–22:00", domain::Rung::Lead).await;
    let swaps = hers.get(&format!("/shifts/{shift}/swaps")).await;
    assert_eq!(swaps["items"][0]["person"], json!(bea.id.0), "{swaps}");
    Said::of(theirs.ask(Method::GET, &format!("/shifts/{shift}/swaps"))).await.is_problem(404);

    let offer = json!({ "shift": shift, "kind": "give_away", "note": "Thank you!" });
    let offer = hers.post("/handovers", offer).await;
    assert_eq!((offer.status, &offer.body["status"]), (201, &json!("open")), "{offer:?}");
    let at = place(&offer);
    let open = theirs.get("/handovers?status=open").await;
    assert_eq!(open["items"][0]["id"], offer.body["id"]);
    let seen = tag_of(&theirs, &at).await;
    let taken = step(&theirs, &format!("{at}/accept"), &seen, None).await;
    assert_eq!((taken.status, &taken.body["taken_by"]), (200, &json!(bea.id.0)), "{taken:?}");
    assert_eq!(taken.body["shifts"].as_array().unwrap().len(), 2);
    step(&hers, &format!("{at}/withdraw"), &seen, None).await.is_problem(412);
    step(&hers, &format!("{at}/withdraw"), "*", None).await.is_problem(409);
    let own = theirs.get(&format!("/shifts?person={}", bea.id)).await;
    assert_eq!(own["items"].as_array().unwrap().len(), 2);

    let back = Said::of(theirs.ask(Method::POST, &format!("{at}/give-back"))).await;
    assert_eq!((back.status, &back.body["gives_back"]), (201, &offer.body["id"]), "{back:?}");
    let done = step(&hers, &format!("{}/accept", place(&back)), "*", None).await;
    assert_eq!(done.body["status"], "done", "{done:?}");
    assert_eq!(hers.get(&format!("/shifts/{shift}")).await["cancelled_at"], Value::Null);
}

async fn a_pools_approval_is_a_setting_and_the_planners_program_decides(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (ana, bea, shift) = two(&doors).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let pool = format!("/pools/{}", doors.town.pool);
    let was = planner.get(&pool).await;
    assert_eq!(was["approval"], false);
    let said =
        json!({ "name": was["name"], "zone": was["zone"], "calendar": was["calendar"], "approval": true });
    let request = planner.ask(Method::PUT, &pool).header(header::IF_MATCH, "*").json(&said);
    assert_eq!(Said::of(request).await.body["approval"], true);

    let hers = doors.program(&ana, &["handovers:read", "handovers:write"]).await;
    let theirs = doors.program(&bea, &["handovers:read", "handovers:write"]).await;
    let at = place(&hers.post("/handovers", json!({ "shift": shift, "kind": "give_away" })).await);
    let waits = step(&theirs, &format!("{at}/accept"), "*", None).await;
    assert_eq!(waits.body["status"], "awaiting_approval", "{waits:?}");
    step(&theirs, &format!("{at}/approve"), "*", None).await.is_problem(403);
    let yes = step(&planner, &format!("{at}/approve"), "*", None).await;
    assert_eq!((yes.status, &yes.body["status"]), (200, &json!("done")), "{yes:?}");
    // On behalf of whoever has it now, straight to somebody.
    let held = yes.body["shifts"].as_array().unwrap()[0].clone();
    let absent = planner.post("/handovers", json!({ "shift": held, "kind": "absence" })).await;
    assert_eq!(absent.body["asked_by"], json!(doors.town.board.planner.id.0), "{absent:?}");
    let assign = format!("{}/assign", place(&absent));
    let given = step(&planner, &assign, "*", Some(json!({ "person": ana.id.0 }))).await;
    assert_eq!(given.body["taken_by"], json!(ana.id.0), "{given:?}");
}

async fn what_is_wrong_with_a_handover_is_said(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (ana, bea, shift) = two(&doors).await;
    let hers = doors.program(&ana, &["handovers:read", "handovers:write"]).await;
    let theirs = doors.program(&bea, &["handovers:read", "handovers:write"]).await;
    let asked = async |program: &Program<'_>, body: Value| {
        Said::of(program.ask(Method::POST, "/handovers").json(&body)).await
    };
    asked(&hers, json!({ "shift": shift, "kind": "swap" })).await.is_problem(422);
    asked(&hers, json!({ "shift": shift, "kind": "give_back" })).await.is_problem(422);
    asked(&theirs, json!({ "shift": shift, "kind": "absence" })).await.is_problem(404);
    let outside = json!({ "shift": shift, "kind": "give_away", "starts_at": "2026-07-08T10:00:00Z" });
    asked(&hers, outside).await.is_problem(422);
    let swap = json!({ "shift": shift, "kind": "swap", "with": bea.id.0, "counter": shift });
    asked(&hers, swap).await.is_problem(422);
    bea.has_duty(&doors.town, "2026-07-08", "18:00–20:00", domain::Rung::Lead).await;
    let at = place(&asked(&hers, json!({ "shift": shift, "kind": "give_away" })).await);
    let refused = step(&theirs, &format!("{at}/accept"), "*", None).await;
    assert_eq!(refused.status, 409, "{refused:?}");
    assert!(refused.body["errors"][0]["detail"].as_str().unwrap().contains("on duty"), "{refused:?}");
    asked(&hers, json!({ "shift": shift, "kind": "absence" })).await.is_problem(409);
}
