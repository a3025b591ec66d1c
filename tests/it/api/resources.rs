//! What the API shows and changes, resource by resource: for whoever may, and nobody else.

use acceptance::{
    on_both_engines,
    town::{Engine, Person},
};
use app::pool::provision;
use domain::{Law, Minutes};
use reqwest::{Method, header};
use serde_json::{Value, json};

use super::door::{Doors, Program, Said};

on_both_engines! {
    a_board_founds_a_pool_and_adds_an_office_to_it,
    a_manager_keeps_their_office_its_people_and_hours,
    an_advisor_says_when_they_are_away_and_what_they_wish,
    neighbours_are_seen_and_not_changed,
    nobody_is_employed_unasked_who_works_elsewhere,
    nobody_has_two_contracts_at_a_time,
}

/// Changes what stands at `path`, having read it.
async fn put(program: &Program<'_>, path: &str, body: &Value) -> Said {
    let read = Said::of(program.ask(Method::GET, path)).await;
    assert_eq!(read.status, 200, "{path}: {}", read.body);
    Said::of(program.ask(Method::PUT, path).header(header::IF_MATCH, read.header("etag")).json(body)).await
}

async fn delete(program: &Program<'_>, path: &str) -> u16 {
    Said::of(program.ask(Method::DELETE, path).header(header::IF_MATCH, "*")).await.status
}

fn place(said: &Said) -> String {
    said.header("location").strip_prefix("/api/v1").unwrap().to_owned()
}

fn count(list: &Value) -> usize {
    list["items"].as_array().unwrap().len()
}

fn office(pool: &Value, slug: &str) -> Value {
    json!({
        "pool": pool, "member_from": "2026-01-01", "slug": slug, "name": "Eguisheim",
        "zone": "Europe/Paris", "calendar": "france", "language": "fr", "colour": 3,
        "promise_minutes": 5, "emergency": "112",
    })
}

async fn a_board_founds_a_pool_and_adds_an_office_to_it(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let said = json!({ "name": " Vineyards ", "zone": "Europe/Paris", "calendar": "france" });
    let pool = planner.post("/pools", said).await;
    assert_eq!(pool.body["name"], "Vineyards");
    let renamed = json!({ "name": "Hills", "zone": "Europe/Paris", "calendar": "france" });
    assert_eq!(put(&planner, &place(&pool), &renamed).await.body["name"], "Hills");

    let made = planner.post("/organisations", office(&pool.body["id"], "eguisheim")).await;
    assert_eq!((&made.body["kind"], &made.body["slug"]), (&json!("office"), &json!("eguisheim")));
    planner.get(&place(&made)).await;
    let again = planner.ask(Method::POST, "/organisations").json(&office(&pool.body["id"], "eguisheim"));
    assert_eq!(Said::of(again).await.is_problem(422), ["/slug"]);
    let nowhere = json!("00000000-0000-7000-8000-000000000000");
    Said::of(planner.ask(Method::POST, "/organisations").json(&office(&nowhere, "a"))).await.is_problem(404);

    let members = planner.get(&format!("/memberships?pool={}", pool.body["id"].as_str().unwrap())).await;
    assert_eq!((count(&members), &members["items"][0]["organisation"]), (1, &made.body["id"]));
    let member = format!("/memberships/{}", members["items"][0]["id"].as_str().unwrap());
    let ended = put(&planner, &member, &json!({ "from": "2026-01-01", "until": "2026-12-31" })).await;
    assert_eq!(ended.body["until"], "2026-12-31");
    let twice = json!({ "pool": pool.body["id"], "organisation": made.body["id"], "from": "2026-12-31" });
    let twice = Said::of(planner.ask(Method::POST, "/memberships").json(&twice)).await;
    assert_eq!(twice.is_problem(422), ["/from"]);
    let later = json!({ "pool": pool.body["id"], "organisation": made.body["id"], "from": "2027-01-01" });
    planner.post("/memberships", later).await;
}

async fn a_manager_keeps_their_office_its_people_and_hours(engine: Engine) {
    let doors = Doors::open(engine).await;
    let riquewihr = doors.town.office("Riquewihr").plain().await;
    let ana = doors.town.advisor("Ana").working_at(&riquewihr).off_duty().await;
    let manager = doors.program(&riquewihr.manager, &[]).await;
    let own = format!("/organisations/{}", riquewihr.id);
    let mut said = manager.get(&own).await;
    for fixed in ["id", "kind", "slug"] {
        said.as_object_mut().unwrap().remove(fixed);
    }
    said["name"] = json!("Riquewihr & vineyards");
    said["emergency"] = json!("112 or 15");
    let changed = put(&manager, &own, &said).await;
    assert_eq!((changed.status, &changed.body["emergency"]), (200, &json!("112 or 15")), "{}", changed.body);

    let person = format!("/people/{}", ana.id);
    let renamed = json!({ "given_name": "Anna", "family_name": "Martin", "languages": ["de", "fr", "de"] });
    let renamed = put(&manager, &person, &renamed).await;
    assert_eq!(renamed.body["languages"], json!(["de", "fr"]));
    assert!(manager.get("/people?sort=given_name").await.to_string().contains("Anna"));

    let contracts = manager.get(&format!("/employments?person={}", ana.id)).await;
    assert_eq!(count(&contracts), 1);
    let contract = &contracts["items"][0];
    let hours = json!({ "days": ["monday", "friday"], "from": "09:00", "until": "17:00" });
    let pattern =
        json!({ "employment": contract["id"], "hours": hours, "break_minutes": 60, "from": "2026-08-01" });
    let made = manager.post("/office-hours", pattern).await;
    assert_eq!((&made.body["person"], &made.body["hours"]), (&json!(ana.id.to_string()), &hours));
    let shorter = json!({ "hours": hours, "break_minutes": 30, "from": "2026-08-01" });
    assert_eq!(put(&manager, &place(&made), &shorter).await.body["break_minutes"], 30);
    let advisor = doors.program(&ana, &[]).await;
    assert_eq!(count(&advisor.get("/office-hours").await), 1);
    assert_eq!(delete(&manager, &place(&made)).await, 204);
    assert_eq!(count(&advisor.get("/office-hours").await), 0);

    let desk = manager.post("/opening-hours", json!({ "hours": hours, "from": "2026-08-01" })).await;
    let until = json!({ "hours": hours, "from": "2026-08-01", "until": "2026-08-31" });
    assert_eq!(put(&manager, &place(&desk), &until).await.body["until"], "2026-08-31");
    assert_eq!(delete(&manager, &place(&desk)).await, 204);

    let contract = format!("/employments/{}", contract["id"].as_str().unwrap());
    let ended = json!({ "from": "2026-01-01", "until": "2026-09-30", "law": "france_private", "weekly_minutes": 2100 });
    assert_eq!(put(&manager, &contract, &ended).await.body["until"], "2026-09-30");
}

async fn an_advisor_says_when_they_are_away_and_what_they_wish(engine: Engine) {
    let doors = Doors::open(engine).await;
    let riquewihr = doors.town.office("Riquewihr").plain().await;
    let ana = doors.town.advisor("Ana").working_at(&riquewihr).off_duty().await;
    let advisor = doors.program(&ana, &[]).await;
    let away = json!({
        "starts_at": "2026-08-03T10:00:00+02:00", "ends_at": "2026-08-05T10:00:00+02:00", "reason": "A wedding",
    });
    let made = advisor.post("/absences", away).await;
    assert_eq!(
        (&made.body["starts_at"], &made.body["reason"]),
        (&json!("2026-08-03T08:00:00Z"), &json!("A wedding"))
    );
    let manager = doors.program(&riquewihr.manager, &[]).await;
    assert_eq!(manager.get(&place(&made)).await["reason"], "A wedding", "the employer may know");
    let stranger = doors.program(&doors.town.advisor("Bea").off_duty().await, &[]).await;
    Said::of(stranger.ask(Method::GET, &place(&made))).await.is_problem(404);
    let for_another = json!({ "person": ana.id.to_string(), "starts_at": "2026-08-03T10:00:00Z",
        "ends_at": "2026-08-04T10:00:00Z" });
    Said::of(stranger.ask(Method::POST, "/absences").json(&for_another)).await.is_problem(404);
    let backwards = json!({ "starts_at": "2026-08-05T10:00:00Z", "ends_at": "2026-08-03T10:00:00Z" });
    let wrong = Said::of(advisor.ask(Method::POST, "/absences").json(&backwards)).await;
    assert_eq!(wrong.is_problem(422), ["/ends_at"]);
    let between = async |from: &str, until: &str| {
        count(&manager.get(&format!("/absences?from={from}T08:00:00Z&until={until}T08:00:00Z")).await)
    };
    assert_eq!(
        (between("2026-08-01", "2026-08-03").await, between("2026-08-05", "2026-08-09").await),
        (0, 0)
    );
    assert_eq!(
        (between("2026-08-04", "2026-08-05").await, between("2026-08-01", "2026-08-04").await),
        (1, 1)
    );
    let shorter = json!({ "starts_at": "2026-08-03T08:00:00Z", "ends_at": "2026-08-04T08:00:00Z" });
    assert_eq!(put(&advisor, &place(&made), &shorter).await.body["reason"], Value::Null);
    assert_eq!(delete(&manager, &place(&made)).await, 204);
    assert_eq!(count(&advisor.get("/absences").await), 0);

    let said = advisor.ask(Method::PUT, "/wishes/2026-08-10").json(&json!({ "kind": "rather_not" }));
    assert_eq!(Said::of(said).await.body["kind"], "rather_not");
    let said = advisor.ask(Method::PUT, "/wishes/2026-08-09").json(&json!({ "kind": "cant" }));
    assert_eq!(Said::of(said).await.status, 200);
    let first = advisor.get("/wishes?limit=1").await;
    assert_eq!(first["items"][0]["day"], "2026-08-09");
    assert_eq!(count(&advisor.get("/wishes?from=2026-08-10&until=2026-08-10").await), 1);
    assert_eq!(count(&advisor.get("/wishes?until=2026-08-08").await), 0);
    let past = advisor.ask(Method::PUT, "/wishes/2026-07-03").json(&json!({ "kind": "wish" }));
    Said::of(past).await.is_problem(422);
    assert_eq!(Said::of(advisor.ask(Method::DELETE, "/wishes/2026-08-09")).await.status, 204);
    Said::of(advisor.ask(Method::DELETE, "/wishes/2026-08-09")).await.is_problem(404);
    assert_eq!(count(&advisor.get("/wishes").await), 1);
}

async fn neighbours_are_seen_and_not_changed(engine: Engine) {
    let doors = Doors::open(engine).await;
    let riquewihr = doors.town.office("Riquewihr").plain().await;
    let neighbour = doors.town.office("Kaysersberg").plain().await;
    let manager = doors.program(&riquewihr.manager, &[]).await;
    let board = format!("/organisations/{}", doors.town.board.id);
    let mut said = manager.get(&board).await;
    for fixed in ["id", "kind", "slug"] {
        said.as_object_mut().unwrap().remove(fixed);
    }
    put(&manager, &board, &said).await.is_problem(404);
    Said::of(manager.ask(Method::GET, &format!("/organisations/{}", neighbour.id))).await.is_problem(404);
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    planner.get(&format!("/organisations/{}", neighbour.id)).await;
    let people = planner.get(&format!("/people?pool={}", doors.town.pool)).await;
    assert!(people.to_string().contains(&riquewihr.manager.id.to_string()));
    let foreign = "/people?pool=00000000-0000-7000-8000-000000000000";
    Said::of(planner.ask(Method::GET, foreign)).await.is_problem(404);
}

fn contract(person: &Person, from: &str, until: Option<&str>) -> Value {
    json!({ "person": person.id.to_string(), "from": from, "until": until,
        "law": "france_private", "weekly_minutes": 2100 })
}

async fn nobody_is_employed_unasked_who_works_elsewhere(engine: Engine) {
    let doors = Doors::open(engine).await;
    let riquewihr = doors.town.office("Riquewihr").plain().await;
    let kaysersberg = doors.town.office("Kaysersberg").plain().await;
    let bea = doors.town.advisor("Bea").working_at(&kaysersberg).on_duty("2026-07-05", "08:00–12:00").await;
    let manager = doors.program(&riquewihr.manager, &[]).await;
    manager.get(&format!("/people/{}", bea.id)).await;
    for from in ["2026-07-01", "2199-01-01"] {
        let asked = manager.ask(Method::POST, "/employments").json(&contract(&bea, from, None));
        Said::of(asked).await.is_problem(404);
    }

    // Somebody who left for another office is not called back by stretching what is over.
    let cleo = doors.town.advisor("Cléo").working_at(&riquewihr).off_duty().await;
    let contracts = manager.get(&format!("/employments?person={}", cleo.id)).await;
    let old = format!("/employments/{}", contracts["items"][0]["id"].as_str().unwrap());
    let mut said = contract(&cleo, "2026-01-01", Some("2026-06-30"));
    said.as_object_mut().unwrap().remove("person");
    assert_eq!(put(&manager, &old, &said).await.status, 200);
    provision::employ(
        &doors.town.app,
        cleo.id,
        kaysersberg.id,
        Law::FrancePrivate,
        Minutes::hours(35),
        doors.town.today(),
    )
    .await
    .unwrap();
    let again = manager.ask(Method::POST, "/employments").json(&contract(&cleo, "2026-08-01", None));
    Said::of(again).await.is_problem(404);
    said["until"] = Value::Null;
    assert_eq!(put(&manager, &old, &said).await.is_problem(422), ["/until"]);
    said["until"] = json!("2026-05-31");
    assert_eq!(put(&manager, &old, &said).await.status, 200, "what is over may still be put right");
}

async fn nobody_has_two_contracts_at_a_time(engine: Engine) {
    let doors = Doors::open(engine).await;
    let riquewihr = doors.town.office("Riquewihr").plain().await;
    let ana = doors.town.advisor("Ana").working_at(&riquewihr).off_duty().await;
    let manager = doors.program(&riquewihr.manager, &[]).await;
    let first = contract(&ana, "2026-02-01", None);
    let twice = Said::of(manager.ask(Method::POST, "/employments").json(&first)).await;
    assert_eq!(twice.is_problem(422), ["/from"]);

    let contracts = manager.get(&format!("/employments?person={}", ana.id)).await;
    let old = format!("/employments/{}", contracts["items"][0]["id"].as_str().unwrap());
    let mut said = contract(&ana, "2026-01-01", Some("2026-09-30"));
    said.as_object_mut().unwrap().remove("person");
    assert_eq!(put(&manager, &old, &said).await.status, 200);
    manager.post("/employments", contract(&ana, "2026-10-01", None)).await;
    let on = async |day: &str| count(&manager.get(&format!("/employments?person={}&on={day}", ana.id)).await);
    assert_eq!([on("2025-12-31").await, on("2026-09-30").await, on("2027-01-01").await], [0, 1, 1]);
    said["until"] = json!("2026-10-01");
    assert_eq!(put(&manager, &old, &said).await.is_problem(422), ["/from"]);
    said["until"] = json!("2026-09-29");
    assert_eq!(put(&manager, &old, &said).await.status, 200);
}
