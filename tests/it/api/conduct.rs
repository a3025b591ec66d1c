//! How the API behaves whatever is asked: pages, tags, keys, limits, problems.

use acceptance::{on_both_engines, town::Engine};
use reqwest::{Method, header};
use serde_json::{Value, json};

use super::door::{Doors, Program, Said};

on_both_engines! {
    days_and_instants_far_away_are_refused_and_fail_nothing,
    whoever_works_nowhere_is_told_which_roles_would_do,
    a_list_read_page_by_page_misses_nothing_and_doubles_nothing_while_it_grows,
    what_is_asked_twice_under_one_key_is_done_once,
    a_key_is_of_one_request_with_all_it_says,
    after_a_fault_of_ours_a_key_stays_taken,
    whoever_changes_an_older_state_is_shown_the_present_one,
    every_refusal_says_what_is_wrong_where_and_what_to_do,
    a_parameter_that_is_not_there_is_told_wherever_something_is_read,
    a_control_character_is_refused_by_name,
    the_head_of_an_answer_is_that_of_the_answer,
    every_answer_says_how_much_is_left_of_the_minute,
}

fn need(pool: impl ToString, leads: u8, from: &str) -> Value {
    json!({
        "pool": pool.to_string(),
        "hours": { "days": ["saturday", "holiday"], "from": "18:00", "until": "22:00" },
        "leads": leads,
        "backups": 0,
        "languages": ["fr"],
        "from": from,
    })
}

async fn a_list_read_page_by_page_misses_nothing_and_doubles_nothing_while_it_grows(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    for number in 1..=5 {
        planner.post("/needs", need(doors.town.pool, number, &format!("2026-08-{:02}", 10 - number))).await;
    }
    for sort in ["created", "-created", "from", "-from"] {
        let mut seen = Vec::new();
        let mut path = format!("/needs?sort={sort}&limit=2");
        loop {
            let said = Said::of(planner.ask(Method::GET, &path)).await;
            seen.extend(
                said.body["items"].as_array().unwrap().iter().map(|one| one["leads"].as_u64().unwrap()),
            );
            if seen.len() == 2 {
                // One more comes in before everything that was read.
                let from = if sort.starts_with('-') { "2030-01-01" } else { "2020-01-01" };
                if sort != "created" {
                    planner.post("/needs", need(doors.town.pool, 20, from)).await;
                }
            }
            let Some(next) = said.body["next"].as_str() else { break };
            let link = said.header("link");
            assert!(link.contains(&format!("cursor={next}")) && link.ends_with("rel=\"next\""), "{link}");
            path = format!("/needs?sort={sort}&limit=2&cursor={next}");
        }
        let mut once = seen.clone();
        once.retain(|leads| *leads != 20);
        once.sort_unstable();
        assert_eq!(once, [1, 2, 3, 4, 5], "{sort}: {seen:?}");
    }
}

async fn what_is_asked_twice_under_one_key_is_done_once(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let asked = |key: &str, leads| {
        planner
            .ask(Method::POST, "/needs")
            .header("Idempotency-Key", format!("{key}-0123456789abcdef"))
            .json(&need(doors.town.pool, leads, "2026-08-01"))
    };
    let first = Said::of(asked("one", 1)).await;
    let second = Said::of(asked("one", 1)).await;
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!(first.body, second.body);
    assert_eq!(first.header("etag"), second.header("etag"));
    assert_eq!(second.header("idempotency-replayed"), "true");
    Said::of(asked("one", 2)).await.is_problem(422);

    let both = futures_util::future::join(Said::of(asked("two", 3)), Said::of(asked("two", 3))).await;
    for said in [&both.0, &both.1] {
        assert!([201, 409].contains(&said.status), "{said:?}");
    }
    let three =
        |list: &Value| list["items"].as_array().unwrap().iter().filter(|one| one["leads"] == 3).count();
    assert_eq!(three(&planner.get("/needs").await), 1);

    // What was refused was not done: the same key may be used for it, mended.
    let wrong = Said::of(asked("three", 21)).await;
    wrong.is_problem(422);
    assert_eq!(Said::of(asked("three", 4)).await.status, 201);

    let short = planner.ask(Method::POST, "/needs").header("Idempotency-Key", "short");
    let short = Said::of(short.json(&need(doors.town.pool, 7, "2026-08-01"))).await;
    assert_eq!(short.is_problem(400), ["Idempotency-Key"]);

    // A day later the key is as good as new, and another caller's is another key.
    let other = doors.program(&doors.town.board.planner, &[]).await;
    let same_key = other.ask(Method::POST, "/needs").header("Idempotency-Key", "one-0123456789abcdef");
    assert_eq!(Said::of(same_key.json(&need(doors.town.pool, 5, "2026-08-01"))).await.status, 201);
    doors.town.clock_shows("2026-07-05T12:01+02:00").await;
    assert_eq!(Said::of(asked("one", 6)).await.status, 201);
}

async fn a_key_is_of_one_request_with_all_it_says(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let asked = || {
        let request = planner.ask(Method::POST, "/needs").header("Idempotency-Key", "one-0123456789abcdef");
        request.json(&need(doors.town.pool, 1, "2026-08-01"))
    };
    assert_eq!(Said::of(asked()).await.status, 201);
    Said::of(asked().header(header::IF_MATCH, "\"another\"")).await.is_problem(422);
    let json = "application/json; charset=utf-8";
    let text = need(doors.town.pool, 1, "2026-08-01").to_string();
    let request = planner.ask(Method::POST, "/needs").header("Idempotency-Key", "one-0123456789abcdef");
    Said::of(request.header(header::CONTENT_TYPE, json).body(text)).await.is_problem(422);
    assert_eq!(Said::of(asked()).await.header("idempotency-replayed"), "true");
}

async fn after_a_fault_of_ours_a_key_stays_taken(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let asked = |key: &str| {
        let request =
            planner.ask(Method::POST, "/needs").header("Idempotency-Key", format!("{key}-0123456789abcdef"));
        request.json(&need(doors.town.pool, 1, "2026-08-01"))
    };
    doors.town.rows.change("alter table needs rename to away").await;
    Said::of(asked("one")).await.is_problem(500);
    doors.town.rows.change("alter table away rename to needs").await;
    let again = Said::of(asked("one")).await;
    again.is_problem(409);
    assert_eq!(again.header("retry-after"), "1");
    assert_eq!(Said::of(asked("two")).await.status, 201);
}

async fn whoever_changes_an_older_state_is_shown_the_present_one(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let made = planner.post("/needs", need(doors.town.pool, 1, "2026-08-01")).await;
    let path = made.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    let tag = made.header("etag").to_owned();
    let mut body = need(doors.town.pool, 2, "2026-08-01");
    body.as_object_mut().unwrap().remove("pool");
    let change = |tag: &str| planner.ask(Method::PUT, &path).header(header::IF_MATCH, tag).json(&body);

    Said::of(planner.ask(Method::PUT, &path).json(&body)).await.is_problem(428);
    Said::of(change("not quoted")).await.is_problem(400);
    let changed = Said::of(change(&tag)).await;
    assert_eq!((changed.status, &changed.body["leads"]), (200, &json!(2)));
    let late = Said::of(change(&tag)).await;
    late.is_problem(412);
    assert_eq!(late.body["current"]["leads"], 2);
    assert_eq!(late.body["current"], planner.get(&path).await);
    let gone = planner.ask(Method::DELETE, &path).header(header::IF_MATCH, changed.header("etag"));
    assert_eq!(Said::of(gone).await.status, 204);
    Said::of(planner.ask(Method::GET, &path)).await.is_problem(404);
}

async fn every_refusal_says_what_is_wrong_where_and_what_to_do(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let nobody = doors.bearer("veilleuse_nothing");
    let foreign = "00000000-0000-7000-8000-000000000000";
    let get = |program: &Program<'_>, path: &str| program.ask(Method::GET, path);

    let unknown = Said::of(get(&nobody, "/needs")).await;
    unknown.is_problem(401);
    assert!(unknown.body["detail"].as_str().unwrap().contains("Authorization: Bearer"), "{unknown:?}");
    assert!(unknown.header("www-authenticate").starts_with("Bearer"));
    Said::of(get(&planner, "/nothing")).await.is_problem(404);
    Said::of(get(&planner, "/needs/not-an-id")).await.is_problem(404);
    Said::of(get(&planner, &format!("/needs/{foreign}"))).await.is_problem(404);
    let put = Said::of(planner.ask(Method::PUT, "/needs")).await;
    put.is_problem(405);
    assert_eq!(put.header("allow"), "GET, POST, HEAD");
    let query = Said::of(get(&planner, "/needs?limit=0&colour=blue&sort=name")).await;
    assert_eq!(query.is_problem(400), ["limit", "sort", "colour"]);

    let post = |body: String, kind: &'static str| {
        planner.ask(Method::POST, "/needs").header(header::CONTENT_TYPE, kind).body(body)
    };
    Said::of(post("{".to_owned(), "application/json")).await.is_problem(400);
    Said::of(post("{}".to_owned(), "text/plain")).await.is_problem(415);
    let large = format!("\"{}\"", "x".repeat(300 * 1024));
    Said::of(post(large, "application/json")).await.is_problem(413);
    let empty = Said::of(post("{}".to_owned(), "application/json")).await;
    assert_eq!(empty.is_problem(422), ["/pool", "/hours", "/leads", "/backups", "/languages", "/from"]);
    let mut wrong = need(doors.town.pool, 21, "1949-01-01");
    wrong["until"] = json!("1948-01-01");
    let wrong = Said::of(planner.ask(Method::POST, "/needs").json(&wrong)).await;
    assert_eq!(wrong.is_problem(422), ["/leads", "/from", "/until", "/until"]);
    let elsewhere = Said::of(planner.ask(Method::POST, "/needs").json(&need(foreign, 1, "2026-08-01"))).await;
    elsewhere.is_problem(404);

    let reader = doors.program(&doors.town.board.planner, &["needs:read"]).await;
    let refused = reader.ask(Method::POST, "/needs").json(&need(doors.town.pool, 1, "2026-08-01"));
    Said::of(refused).await.is_problem(403);
    let ana = doors.town.advisor("Ana").off_duty().await;
    let advisor = doors.program(&ana, &[]).await;
    let refused = advisor.ask(Method::POST, "/needs").json(&need(doors.town.pool, 1, "2026-08-01"));
    Said::of(refused).await.is_problem(403);
}

async fn a_parameter_that_is_not_there_is_told_wherever_something_is_read(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let nowhere = "00000000-0000-7000-8000-000000000000";
    let described: Value = serde_json::from_str(api::v1::openapi::written()).unwrap();
    let mut asked = 0;
    for (path, operations) in described["paths"].as_object().unwrap() {
        if operations.get("get").is_none() || path.ends_with("openapi.json") || path.ends_with("docs") {
            continue;
        }
        let parts = path.trim_start_matches("/api/v1").split('/');
        let parts = parts.map(|part| if part.starts_with('{') { nowhere } else { part });
        let path = parts.collect::<Vec<_>>().join("/");
        let said = Said::of(planner.ask(Method::GET, &format!("{path}?nonsense=1"))).await;
        // Whoever may not ask at all, or for what is not there, is told so first.
        assert!([400, 403, 404].contains(&said.status), "{path}: {} {}", said.status, said.body);
        asked += usize::from(said.status == 400);
    }
    assert!(40 < asked, "{asked} told it");
}

async fn a_control_character_is_refused_by_name(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let body = json!({ "name": "a\u{0}b", "scopes": ["me:read"] });
    let said = Said::of(planner.ask(Method::POST, "/tokens").json(&body)).await;
    assert_eq!(said.is_problem(422), ["/name"]);
    let said = Said::of(planner.ask(Method::GET, "/needs?cursor=%00")).await;
    assert!(said.is_problem(400).contains(&"cursor".to_owned()));
}

async fn the_head_of_an_answer_is_that_of_the_answer(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let made = planner.post("/needs", need(doors.town.pool, 1, "2026-08-01")).await;
    let path = made.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    let head = Said::of(planner.ask(Method::HEAD, &path)).await;
    assert_eq!((head.status, head.header("etag"), &head.body), (200, made.header("etag"), &Value::Null));
}

async fn every_answer_says_how_much_is_left_of_the_minute(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let said = Said::of(planner.ask(Method::GET, "/me")).await;
    let policy = said.header("ratelimit-policy");
    assert!(policy.starts_with("\"minute\";q=") && policy.ends_with(";w=60"), "{policy}");
    assert!(said.header("ratelimit").starts_with("\"minute\";r="));
}

async fn days_and_instants_far_away_are_refused_and_fail_nothing(engine: Engine) {
    let doors = Doors::open(engine).await;
    let ana = doors.town.advisor("Ana").off_duty().await;
    let advisor = doors.program(&ana, &[]).await;
    for far in ["-9999-01-01", "0001-01-01", "%2B99999-01-01"] {
        let path = format!("/wishes/{far}");
        Said::of(advisor.ask(Method::GET, &path)).await.is_problem(404);
        Said::of(advisor.ask(Method::DELETE, &path)).await.is_problem(404);
        let said = Said::of(advisor.ask(Method::PUT, &path).json(&json!({ "kind": "wish" }))).await;
        said.is_problem(422);
        let said = Said::of(advisor.ask(Method::GET, &format!("/ledger?from={far}"))).await;
        assert_eq!(said.is_problem(422), ["from"]);
    }
    let cursor = |sort: &str, value: &str| {
        let cursor = json!([sort, false, value, uuid::Uuid::now_v7()]).to_string();
        base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, cursor)
    };
    for (list, sort, value) in [
        ("wishes", "day", "-9999-01-01"),
        ("wishes", "day", "+99999-01-01"),
        ("absences", "starts_at", "-9999-01-01T00:00:00Z"),
    ] {
        let path = format!("/{list}?sort={sort}&cursor={}", cursor(sort, value));
        assert_eq!(Said::of(advisor.ask(Method::GET, &path)).await.is_problem(422), ["cursor"], "{path}");
    }
    for year in ["-9999", "0001", "1949"] {
        let (starts, ends) = (format!("{year}-01-01T00:00:00Z"), format!("{year}-01-01T01:00:00Z"));
        let asked = advisor
            .ask(Method::POST, "/interventions")
            .json(&json!({ "starts_at": starts, "ends_at": ends }));
        assert!(Said::of(asked).await.is_problem(422).contains(&"/starts_at".to_owned()));
    }
}

async fn whoever_works_nowhere_is_told_which_roles_would_do(engine: Engine) {
    let doors = Doors::open(engine).await;
    let odile = doors.town.operator("Odile").await;
    let operator = doors.bearer(&odile.signs_in().await.unwrap().access);
    let refused = Said::of(operator.ask(Method::GET, "/people")).await;
    refused.is_problem(403);
    assert!(refused.body["detail"].as_str().unwrap().contains("advisor, manager or planner"), "{refused:?}");
    let ana = doors.town.advisor("Ana").off_duty().await;
    let refused = Said::of(doors.program(&ana, &[]).await.ask(Method::GET, "/employments")).await;
    assert!(refused.body["detail"].as_str().unwrap().contains("manager or planner"), "{refused:?}");
    let stray = doors.program(&doors.town.board.planner, &[]).await;
    let terms = format!("/pools/{}/ledger-terms?colour=red", doors.town.pool);
    assert_eq!(Said::of(stray.ask(Method::GET, &terms)).await.is_problem(400), ["colour"]);
}
