//! By programs: what was published is confirmed, open duties are taken, learners come and go, wishes come
//! again each week and are closed.

use acceptance::{
    on_both_engines,
    town::{Engine, Person},
};
use reqwest::{Method, header};
use serde_json::{Value, json};

use super::door::{Doors, Program, Said};

on_both_engines! {
    a_published_week_is_confirmed_its_open_duty_taken_and_a_learner_added_by_programs,
    wishes_of_a_weekday_are_said_and_a_planners_program_closes_them,
}

fn place(said: &Said) -> String {
    said.header("location").strip_prefix("/api/v1").unwrap().to_owned()
}

async fn step(program: &Program<'_>, method: Method, path: &str, body: Option<Value>) -> Said {
    let request = program.ask(method, path).header(header::IF_MATCH, "*");
    Said::of(if let Some(body) = body { request.json(&body) } else { request }).await
}

fn items(list: &Value) -> &Vec<Value> {
    list["items"].as_array().unwrap()
}

/// Ana and Bea, and a published week of workdays whose Wednesday is open: the rota, and the open place.
async fn a_week(doors: &Doors, planner: &Program<'_>) -> (Person, Person, String, String) {
    let ana = doors.town.advisor("Ana").off_duty().await;
    let bea = doors.town.advisor("Bea").off_duty().await;
    let need = json!({
        "pool": doors.town.pool.0, "leads": 1, "backups": 0, "languages": [], "from": "2026-01-01",
        "hours": { "days": ["monday", "tuesday", "wednesday", "thursday", "friday"], "from": "18:00", "until": "22:00" },
    });
    planner.post("/needs", need).await;
    let week = json!({ "pool": doors.town.pool.0, "from": "2026-07-13", "until": "2026-07-19" });
    let rota = place(&planner.post("/rotas", week).await);
    doors.town.work_until_idle().await;
    let places = planner.get(&format!("{rota}/assignments")).await;
    let wednesday = items(&places).iter().find(|one| one["day"] == "2026-07-15").unwrap().clone();
    let open = wednesday["id"].as_str().unwrap().to_owned();
    let opened = json!({ "person": null, "pinned": true });
    let done = step(planner, Method::PUT, &format!("{rota}/assignments/{open}"), Some(opened)).await;
    assert_eq!(done.status, 200, "{done:?}");
    let published = step(planner, Method::POST, &format!("{rota}/publish"), Some(json!({}))).await;
    assert_eq!(published.body["status"], "published", "{published:?}");
    (ana, bea, rota, open)
}

async fn a_published_week_is_confirmed_its_open_duty_taken_and_a_learner_added_by_programs(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let (ana, bea, rota, open) = a_week(&doors, &planner).await;
    let scopes = ["notices:read", "notices:write", "handovers:read", "handovers:write"];
    let (hers, theirs) = (doors.program(&ana, &scopes).await, doors.program(&bea, &scopes).await);
    let told = hers.get("/notices").await;
    assert_eq!((items(&told).len(), &items(&told)[0]["confirmed_at"]), (1, &Value::Null));
    let notice = format!("/notices/{}", items(&told)[0]["id"].as_str().unwrap());
    Said::of(theirs.ask(Method::POST, &format!("{notice}/confirm"))).await.is_problem(404);
    let confirmed = Said::of(hers.ask(Method::POST, &format!("{notice}/confirm"))).await;
    assert_eq!((confirmed.status, &confirmed.body["confirmed_at"]), (200, &json!("2026-07-04T10:00:00Z")));
    let all = planner.get(&format!("{rota}/notices")).await;
    let seen = items(&all).iter().filter(|one| one["confirmed_at"] != Value::Null).count();
    assert_eq!((items(&all).len(), seen), (2, 1));
    let proof = planner.ask(Method::GET, &format!("{rota}/proof?language=fr")).send().await.unwrap();
    assert_eq!(proof.headers()["content-type"], "text/csv; charset=utf-8");
    assert!(proof.text().await.unwrap().contains("confirmé_le"));
    Said::of(hers.ask(Method::GET, &format!("{rota}/notices"))).await.is_problem(403);

    let offered = hers.get("/open-duties").await;
    let duty = &items(&offered)[0];
    assert_eq!((&duty["assignment"], &duty["starts_at"]), (&json!(open), &json!("2026-07-15T16:00:00Z")));
    let able = planner.get(&format!("/open-duties/{open}/eligible")).await;
    assert_eq!(items(&able).len(), 2);
    let named = json!({ "person": bea.id.0 });
    Said::of(hers.ask(Method::POST, &format!("/open-duties/{open}/take")).json(&named)).await.is_problem(404);
    let taken = planner.post(&format!("/open-duties/{open}/take"), json!({ "person": ana.id.0 })).await;
    assert_eq!((&taken.body["status"], &taken.body["person"]), (&json!("done"), &json!(ana.id.0)));
    let late =
        Said::of(theirs.ask(Method::POST, &format!("/open-duties/{open}/take")).json(&json!({}))).await;
    late.is_problem(409);
    let taking = place(&taken);
    assert_eq!(items(&hers.get("/takings").await).len(), 1);
    assert_eq!(items(&theirs.get("/takings").await).len(), 0);
    Said::of(theirs.ask(Method::GET, &taking)).await.is_problem(404);
    let back = step(&hers, Method::POST, &format!("{taking}/give-back"), None).await;
    assert_eq!((back.status, &back.body["status"]), (200, &json!("withdrawn")), "{back:?}");
    step(&planner, Method::POST, &format!("{taking}/approve"), None).await.is_problem(409);
    step(&planner, Method::POST, &format!("{taking}/approve"), Some(Value::Null)).await.is_problem(409);

    let places = planner.get(&format!("{rota}/assignments?open=false")).await;
    let monday = items(&places).iter().find(|one| one["day"] == "2026-07-13").unwrap().clone();
    let lead = monday["person"].as_str().unwrap().to_owned();
    let other = if lead == ana.id.to_string() { bea.id } else { ana.id };
    let learners = format!("{rota}/learners");
    let same = json!({ "assignment": monday["id"], "person": lead });
    assert_eq!(Said::of(planner.ask(Method::POST, &learners).json(&same)).await.status, 409);
    let new = json!({ "assignment": monday["id"], "person": other.0 });
    let learner = planner.post(&learners, new).await;
    assert_eq!((&learner.body["rung"], &learner.body["person"]), (&json!("learner"), &json!(other.0)));
    let shifts = planner.get(&format!("/shifts?person={other}")).await;
    assert!(items(&shifts).iter().any(|one| one["rung"] == "learner"), "{shifts}");
    let gone = format!("{learners}/{}", learner.body["id"].as_str().unwrap());
    assert_eq!(step(&planner, Method::DELETE, &gone, None).await.status, 204);
    step(&planner, Method::DELETE, &gone, None).await.is_problem(404);
}

async fn wishes_of_a_weekday_are_said_and_a_planners_program_closes_them(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let ana = doors.town.advisor("Ana").off_duty().await;
    let advisor = doors.program(&ana, &["wishes:read", "wishes:write"]).await;
    let tuesdays = json!({ "weekday": "tuesday", "kind": "cant", "until": "2026-08-31" });
    let tuesdays = advisor.post("/wish-repeats", tuesdays).await;
    assert_eq!((&tuesdays.body["from"], &tuesdays.body["left_out"]), (&json!("2026-07-04"), &json!([])));
    assert_eq!(advisor.get("/wishes/2026-08-04").await["kind"], "cant");
    let backwards = json!({ "weekday": "tuesday", "kind": "cant", "until": "2026-07-01" });
    let wrong = Said::of(advisor.ask(Method::POST, "/wish-repeats").json(&backwards)).await;
    assert_eq!(wrong.is_problem(422), ["/until"]);

    let pool = doors.town.pool.0;
    let august = json!({
        "pool": pool, "from": "2026-08-01", "until": "2026-08-31", "closes_on": "2026-07-03"
    });
    Said::of(advisor.ask(Method::POST, "/wish-rounds").json(&august)).await.is_problem(403);
    let round = planner.post("/wish-rounds", august).await;
    assert_eq!(items(&advisor.get("/wish-rounds").await).len(), 1);
    let late = advisor.ask(Method::PUT, "/wishes/2026-08-05").json(&json!({ "kind": "wish" }));
    Said::of(late).await.is_problem(409);
    let gone = step(&advisor, Method::DELETE, &place(&tuesdays), None).await;
    assert_eq!(gone.status, 204, "{gone:?}");
    assert_eq!(advisor.get("/wishes/2026-08-04").await["kind"], "cant", "what is closed stays said");
    Said::of(advisor.ask(Method::GET, "/wishes/2026-07-07")).await.is_problem(404);
    assert_eq!(step(&planner, Method::DELETE, &place(&round), None).await.status, 204);
    let open = advisor.ask(Method::PUT, "/wishes/2026-08-05").json(&json!({ "kind": "wish" }));
    assert_eq!(Said::of(open).await.status, 200);
}
