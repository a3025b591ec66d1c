//! What a board's program sells and an office's buys.

use acceptance::{on_both_engines, town::Engine};
use reqwest::{Method, header};
use serde_json::{Value, json};

use super::door::{Doors, Program, Said};

on_both_engines! {
    an_offices_program_books_coverage_and_its_visitors_are_answered_for,
    an_offer_that_changed_is_not_ordered_by_whoever_saw_it_before,
    an_offer_says_what_is_wrong_with_it_and_closes,
    what_a_neighbour_pays_is_theirs_and_the_boards,
}

fn evenings(pool: impl ToString) -> Value {
    json!({
        "pool": pool.to_string(), "name": " Evenings ", "summary": "Somebody local is awake.",
        "hours": [{ "days": ["saturday", "sunday", "holiday"], "from": "18:00", "until": "22:00" }],
        "channels": ["web_chat", "email"], "monthly_cents": 12_900,
    })
}

fn place(said: &Said) -> String {
    said.header("location").strip_prefix("/api/v1").unwrap().to_owned()
}

fn count(list: &Value) -> usize {
    list["items"].as_array().unwrap().len()
}

async fn change(program: &Program<'_>, method: Method, path: &str, tag: &str, body: &Value) -> Said {
    Said::of(program.ask(method, path).header(header::IF_MATCH, tag).json(body)).await
}

async fn an_offices_program_books_coverage_and_its_visitors_are_answered_for(engine: Engine) {
    let doors = Doors::open(engine).await;
    let town = &doors.town;
    let riquewihr = town.office("Riquewihr").plain().await;
    town.advisor("Ana").on_duty("2026-07-04", "18:00–22:00").await;
    town.clock_shows("19:00").await;
    let planner = doors.program(&town.board.planner, &[]).await;
    let offer = planner.post("/offers", evenings(town.pool)).await;
    assert_eq!((&offer.body["name"], &offer.body["open"]), (&json!("Evenings"), &json!(true)));
    let manager = doors.program(&riquewihr.manager, &[]).await;
    assert_eq!(manager.get("/offers?open=true").await["items"][0], offer.body);
    let mine = format!("/on-duty?office={}", riquewihr.id);
    assert_eq!(count(&manager.get(&mine).await), 0);

    let order = json!({ "offer": offer.body["id"] });
    let seen = offer.header("etag");
    let with_key = async || {
        let request = manager.ask(Method::POST, "/coverage").header("Idempotency-Key", "order-0123456789ab");
        Said::of(request.header(header::IF_MATCH, seen).json(&order)).await
    };
    let ordered = with_key().await;
    assert_eq!(ordered.status, 201, "{ordered:?}");
    let again = with_key().await;
    assert_eq!((again.status, &again.body), (201, &ordered.body));
    assert_eq!(
        (&ordered.body["hours"], &ordered.body["monthly_cents"]),
        (&offer.body["hours"], &json!(12_900))
    );
    assert_eq!(count(&manager.get(&mine).await), 1, "routing honours it at once");
    let twice = change(&manager, Method::POST, "/coverage", seen, &order).await;
    assert_eq!(twice.is_problem(409), ["/offer"]);
    assert_eq!(count(&planner.get(&format!("/coverage?office={}", riquewihr.id)).await), 1);

    let (coverage, tag) = (place(&ordered), ordered.header("etag").to_owned());
    town.clock_shows("20:00").await;
    change(&manager, Method::DELETE, &coverage, "\"another\"", &Value::Null).await.is_problem(412);
    assert_eq!(change(&manager, Method::DELETE, &coverage, &tag, &Value::Null).await.status, 204);
    assert_eq!(manager.get(&coverage).await["ends_at"], "2026-07-04T18:00:00Z");
    assert_eq!(count(&manager.get(&mine).await), 0);
    assert_eq!(count(&manager.get("/coverage?at=2026-07-04T17:30:00Z").await), 1);
    assert_eq!(count(&manager.get("/coverage?at=2026-07-04T18:00:00Z").await), 0);
    let late = change(&manager, Method::DELETE, &coverage, &tag, &Value::Null).await;
    late.is_problem(412);
    assert_eq!(late.body["current"]["ends_at"], "2026-07-04T18:00:00Z");
}

async fn an_offer_says_what_is_wrong_with_it_and_closes(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let wrong = json!({
        "pool": doors.town.pool.0, "name": " ", "summary": "x".repeat(301), "monthly_cents": -1, "channels": [],
        "hours": [{ "days": [], "from": "18:00", "until": "22:00" }],
    });
    let said = Said::of(planner.ask(Method::POST, "/offers").json(&wrong)).await;
    assert_eq!(said.is_problem(422), ["/name", "/summary", "/hours/0/days", "/channels", "/monthly_cents"]);
    let nobodys = evenings("00000000-0000-7000-8000-000000000000");
    Said::of(planner.ask(Method::POST, "/offers").json(&nobodys)).await.is_problem(404);

    let offer = planner.post("/offers", evenings(doors.town.pool)).await;
    let mut closed = evenings(doors.town.pool);
    closed.as_object_mut().unwrap().remove("pool");
    closed["open"] = json!(false);
    let (path, tag) = (place(&offer), offer.header("etag").to_owned());
    let done = change(&planner, Method::PUT, &path, &tag, &closed).await;
    assert_eq!((done.status, &done.body["open"]), (200, &json!(false)), "{done:?}");
    let late = change(&planner, Method::PUT, &path, &tag, &closed).await;
    late.is_problem(412);
    assert_eq!(late.body["current"], done.body);
    let riquewihr = doors.town.office("Riquewihr").plain().await;
    let manager = doors.program(&riquewihr.manager, &[]).await;
    assert_eq!(
        (count(&manager.get("/offers?open=true").await), count(&manager.get("/offers").await)),
        (0, 1)
    );
    let order = json!({ "offer": offer.body["id"] });
    let order = change(&manager, Method::POST, "/coverage", &tag, &order).await;
    assert_eq!(order.is_problem(409), ["/offer"]);
    change(&manager, Method::PUT, &path, "*", &closed).await.is_problem(403);
}

async fn an_offer_that_changed_is_not_ordered_by_whoever_saw_it_before(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let riquewihr = doors.town.office("Riquewihr").plain().await;
    let manager = doors.program(&riquewihr.manager, &[]).await;
    let offer = planner.post("/offers", evenings(doors.town.pool)).await;
    let mut dearer = evenings(doors.town.pool);
    dearer.as_object_mut().unwrap().remove("pool");
    (dearer["open"], dearer["monthly_cents"]) = (json!(true), json!(14_905));
    let seen = offer.header("etag");
    let now = change(&planner, Method::PUT, &place(&offer), seen, &dearer).await;

    let order = json!({ "offer": offer.body["id"] });
    let late = change(&manager, Method::POST, "/coverage", seen, &order).await;
    late.is_problem(412);
    assert!(late.body["detail"].as_str().unwrap().contains("149.05 a month"), "{late:?}");
    assert_eq!(late.body["current"], now.body);
    Said::of(manager.ask(Method::POST, "/coverage").json(&order)).await.is_problem(428);
    let any = change(&manager, Method::POST, "/coverage", "*", &order).await;
    assert_eq!(any.is_problem(400), ["If-Match"]);
    assert_eq!(count(&manager.get("/coverage").await), 0, "nothing was ordered");
    let ordered = change(&manager, Method::POST, "/coverage", now.header("etag"), &order).await;
    assert_eq!((ordered.status, &ordered.body["monthly_cents"]), (201, &json!(14_905)), "{ordered:?}");
}

async fn what_a_neighbour_pays_is_theirs_and_the_boards(engine: Engine) {
    let doors = Doors::open(engine).await;
    let riquewihr = doors.town.office("Riquewihr").covered("18:00–22:00").await;
    let kaysersberg = doors.town.office("Kaysersberg").plain().await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let bought = planner.get("/coverage").await;
    assert_eq!(bought["items"][0]["office"], json!(riquewihr.id.0));
    let one = format!("/coverage/{}", bought["items"][0]["id"].as_str().unwrap());
    let neighbour = doors.program(&kaysersberg.manager, &[]).await;
    assert_eq!(count(&neighbour.get("/coverage").await), 0);
    Said::of(neighbour.ask(Method::GET, &one)).await.is_problem(404);
    change(&neighbour, Method::DELETE, &one, "*", &Value::Null).await.is_problem(404);
    doors.program(&riquewihr.manager, &[]).await.get(&one).await;
}
