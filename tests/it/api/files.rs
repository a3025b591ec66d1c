//! Files through the API: tried out, brought in, taken out.

use acceptance::{on_both_engines, town::Engine};
use api::v1::files::{READS, WRITES};
use app::account::api_tokens::SCOPES;
use domain::exchange::FileKind;
use reqwest::{Method, RequestBuilder, header};
use serde_json::json;

use super::door::{Doors, Program, Said};

on_both_engines! {
    a_file_is_tried_out_brought_in_and_comes_out_again,
    every_faulty_line_and_column_is_named_and_nothing_is_kept,
    a_calendar_of_absences_comes_in_and_goes_out,
    a_file_needs_the_scope_of_what_it_holds,
    a_key_that_tried_a_file_out_does_not_bring_it_in,
    what_the_api_takes_goes_out_as_a_file_and_comes_in_as_it_was,
    a_file_that_is_too_large_says_so_whoever_counts_it,
}

async fn a_file_needs_the_scope_of_what_it_holds(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = &doors.town.board.planner;
    for (kind, scope) in READS {
        let path = format!("/exports/{}", kind.word());
        let bare = doors.program(planner, &["files:read"]).await;
        let refused = Said::of(bare.ask(Method::GET, &path)).await;
        refused.is_problem(403);
        assert!(refused.body["detail"].as_str().unwrap().contains(scope), "{refused:?}");
        let others: Vec<&str> = SCOPES.iter().copied().filter(|one| one != scope).collect();
        Said::of(doors.program(planner, &others).await.ask(Method::GET, &path)).await.is_problem(403);
        text(doors.program(planner, &["files:read", scope]).await.ask(Method::GET, &path)).await;
    }
    for (kind, scope) in WRITES {
        let path = format!("/imports/{}?dry_run=true", kind.word());
        let others: Vec<&str> = SCOPES.iter().copied().filter(|one| one != scope).collect();
        let others = doors.program(planner, &others).await;
        Said::of(sends(&others, &path, "text/csv", "email\r\n")).await.is_problem(403);
        let reaches = doors.program(planner, &["files:write", scope]).await;
        assert_eq!(Said::of(sends(&reaches, &path, "text/csv", "email\r\n")).await.status, 200, "{path}");
    }
    assert_eq!((READS.len(), WRITES.len()), (FileKind::ALL.len(), FileKind::ALL.len()));
}

const TEAM: &str = "email,given_name,family_name,languages,roles,from,until,law,weekly_hours\r\n\
    lea@lac.example,Léa,Moreau,fr en,advisor,2026-03-01,,france_private,35\r\n\
    tom@lac.example,Tom,Petit,fr de,advisor,2026-04-01,2026-09-30,france_public,17:30\r\n";

fn sends(program: &Program<'_>, path: &str, kind: &'static str, text: &str) -> RequestBuilder {
    program.ask(Method::POST, path).header(header::CONTENT_TYPE, kind).body(text.to_owned())
}

async fn text(request: RequestBuilder) -> (String, String) {
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 200);
    let kind = answer.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
    (kind, answer.text().await.unwrap())
}

async fn a_file_is_tried_out_brought_in_and_comes_out_again(engine: Engine) {
    let doors = Doors::open(engine).await;
    let office = doors.town.office("Riquewihr").plain().await;
    let manager = doors.program(&office.manager, &[]).await;
    let people = async || manager.get("/people?limit=200").await.to_string();

    let tried = Said::of(sends(&manager, "/imports/people?dry_run=true", "text/csv", TEAM)).await;
    assert_eq!((tried.status, &tried.body["kept"], &tried.body["added"]), (200, &json!(false), &json!(2)));
    assert!(!people().await.contains("Léa"), "a dry run keeps nothing");
    let kept = Said::of(sends(&manager, "/imports/people", "text/csv", TEAM)).await;
    assert_eq!((kept.status, &kept.body["kept"], &kept.body["added"]), (200, &json!(true), &json!(2)));
    assert!(people().await.contains("Léa"));
    let (kind, out) = text(manager.ask(Method::GET, "/exports/people")).await;
    assert!(kind.starts_with("text/csv") && out.contains("tom@lac.example,Tom,Petit,fr de,advisor"), "{out}");
    let same = Said::of(sends(&manager, "/imports/people", "text/csv", &out)).await;
    assert_eq!((same.status, &same.body["changed"], &same.body["added"]), (200, &json!(0), &json!(0)));
    let (_, french) = text(manager.ask(Method::GET, "/exports/people?language=fr")).await;
    assert!(french.contains("courriel;prénom;nom"), "{french}");

    let ana = doors.town.advisor("Ana").off_duty().await;
    let advisor = doors.program(&ana, &[]).await;
    Said::of(advisor.ask(Method::GET, "/exports/people")).await.is_problem(403);
    Said::of(manager.ask(Method::GET, "/exports/nothing")).await.is_problem(404);
    Said::of(manager.ask(Method::GET, "/exports/duties")).await.is_problem(403);
}

async fn every_faulty_line_and_column_is_named_and_nothing_is_kept(engine: Engine) {
    let doors = Doors::open(engine).await;
    let office = doors.town.office("Riquewihr").plain().await;
    let manager = doors.program(&office.manager, &[]).await;
    let wrong = TEAM.replace("2026-03-01", "2026-13-01").replace("17:30", "x");
    let tried = Said::of(sends(&manager, "/imports/people?dry_run=true", "text/csv", &wrong)).await;
    assert_eq!(tried.status, 200);
    let faults = tried.body["faults"].as_array().unwrap();
    let places: Vec<_> = faults.iter().map(|one| (one["line"].as_u64(), one["column"].as_str())).collect();
    assert_eq!(places, [(Some(2), Some("from")), (Some(3), Some("weekly_hours"))], "{}", tried.body);
    let refused = Said::of(sends(&manager, "/imports/people", "text/csv", &wrong)).await;
    assert_eq!(refused.is_problem(422), ["/2/from", "/3/weekly_hours"]);
    assert!(!manager.get("/people").await.to_string().contains("Léa"));

    Said::of(sends(&manager, "/imports/people", "application/json", "{}")).await.is_problem(415);
    let stray =
        Said::of(sends(&manager, "/imports/people?dry_run=perhaps&colour=blue", "text/csv", TEAM)).await;
    assert_eq!(stray.is_problem(400), ["dry_run", "colour"]);
    let stray = Said::of(manager.ask(Method::GET, "/exports/people?format=ics")).await;
    assert_eq!(stray.is_problem(422), ["format"]);
    let large = "x".repeat(5 * 1024 * 1024);
    Said::of(sends(&manager, "/imports/people", "text/csv", &large)).await.is_problem(413);
}

async fn a_calendar_of_absences_comes_in_and_goes_out(engine: Engine) {
    let doors = Doors::open(engine).await;
    let office = doors.town.office("Riquewihr").plain().await;
    let ana = doors.town.advisor("Ana").working_at(&office).off_duty().await;
    let manager = doors.program(&office.manager, &[]).await;
    let calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y\r\nBEGIN:VEVENT\r\nUID:1@x\r\n\
        DTSTAMP:20260701T080000Z\r\nDTSTART:20260803T080000Z\r\nDTEND:20260805T080000Z\r\nSUMMARY:Away\r\n\
        END:VEVENT\r\nEND:VCALENDAR\r\n";
    let path = format!("/imports/absences?person={}", ana.email);
    let kept = Said::of(sends(&manager, &path, "text/calendar", calendar)).await;
    assert_eq!((kept.status, &kept.body["added"]), (200, &json!(1)), "{}", kept.body);
    assert_eq!(manager.get("/absences").await["items"][0]["starts_at"], "2026-08-03T08:00:00Z");
    let (kind, out) = text(manager.ask(Method::GET, "/exports/absences?format=ics")).await;
    assert!(kind.starts_with("text/calendar") && out.contains("BEGIN:VEVENT"), "{kind}: {out}");
}

async fn a_key_that_tried_a_file_out_does_not_bring_it_in(engine: Engine) {
    let doors = Doors::open(engine).await;
    let office = doors.town.office("Riquewihr").plain().await;
    let manager = doors.program(&office.manager, &[]).await;
    let keyed = |path: &str| {
        sends(&manager, path, "text/csv", TEAM).header("Idempotency-Key", "team-0123456789abcdef")
    };
    assert_eq!(Said::of(keyed("/imports/people?dry_run=true")).await.status, 200);
    Said::of(keyed("/imports/people")).await.is_problem(422);
    let large = format!("{TEAM}{}", "\r\n".repeat(200 * 1024));
    let keyed = sends(&manager, "/imports/people?dry_run=true", "text/csv", &large);
    let tried = Said::of(keyed.header("Idempotency-Key", "large-0123456789abcdef")).await;
    assert_eq!(tried.status, 200, "a file may be larger than other bodies: {}", tried.body);
}

async fn what_the_api_takes_goes_out_as_a_file_and_comes_in_as_it_was(engine: Engine) {
    let doors = Doors::open(engine).await;
    let office = doors.town.office("Riquewihr").plain().await;
    let manager = doors.program(&office.manager, &[]).await;
    let team = TEAM.replace("2026-03-01", "1994-09-01");
    assert_eq!(Said::of(sends(&manager, "/imports/people", "text/csv", &team)).await.status, 200);
    let people = manager.get("/people?sort=given_name").await;
    let lea = people["items"].as_array().unwrap().iter().find(|one| one["given_name"] == "Léa").unwrap();
    let contracts = manager.get(&format!("/employments?person={}", lea["id"].as_str().unwrap())).await;
    let contract = &contracts["items"][0];
    let path = format!("/employments/{}", contract["id"].as_str().unwrap());
    let said =
        json!({ "from": contract["from"], "until": "2150-12-31", "law": "quebec", "weekly_minutes": 3600 });
    let changed = manager.ask(Method::PUT, &path).header(header::IF_MATCH, "*").json(&said);
    assert_eq!(Said::of(changed).await.status, 200, "who began in 1994 may be given a last day");

    let hours = |from: &str, until: &str, pause: u32, first: &str| {
        json!({ "employment": contract["id"], "hours": { "days": ["monday"], "from": from, "until": until },
            "break_minutes": pause, "from": first })
    };
    manager.post("/office-hours", hours("09:00", "17:00", 300, "2026-03-01")).await;
    manager.post("/office-hours", hours("22:00", "02:00", 0, "1994-09-01")).await;
    for (refused, field) in [
        (hours("09:00", "18:00", 0, "2026-03-01"), "/hours"),
        (hours("10:00", "10:00", 0, "2026-03-01"), "/hours/until"),
        (hours("10:00", "11:00", 0, "1994-08-31"), "/from"),
        (hours("10:00", "11:00", 601, "2026-03-01"), "/break_minutes"),
    ] {
        let said = Said::of(manager.ask(Method::POST, "/office-hours").json(&refused)).await;
        assert_eq!(said.is_problem(422), [field], "{refused}");
    }

    let away = |from: &str, until: &str, reason: &str| json!({ "person": lea["id"], "starts_at": from, "ends_at": until, "reason": reason });
    manager.post("/absences", away("2026-08-03T00:00:00Z", "2029-08-06T00:00:00Z", &"é".repeat(500))).await;
    manager.post("/absences", away("2026-09-03T08:00:00.123456Z", "2026-09-04T08:00:01Z", "= 1 + 1")).await;
    for (refused, field) in [
        (away("2026-08-03T00:00:00Z", "2026-08-04T00:00:00Z", ""), "/starts_at"),
        (away("2026-10-03T00:00:00Z", "2029-10-08T00:00:01Z", ""), "/ends_at"),
        (away("1949-10-03T00:00:00Z", "1949-10-04T00:00:01Z", ""), "/starts_at"),
    ] {
        let said = Said::of(manager.ask(Method::POST, "/absences").json(&refused)).await;
        assert_eq!(said.is_problem(422)[0], field, "{refused}");
    }

    for (kind, lines) in [("people", 3), ("office-hours", 2), ("absences", 2)] {
        for language in ["en", "fr"] {
            let path = format!("/exports/{kind}?language={language}");
            let (_, out) = text(manager.ask(Method::GET, &path)).await;
            let again = Said::of(sends(&manager, &format!("/imports/{kind}"), "text/csv", &out)).await;
            assert_eq!(again.status, 200, "{kind}: {} {out}", again.body);
            let counts = (&again.body["added"], &again.body["changed"], &again.body["same"]);
            assert_eq!(counts, (&json!(0), &json!(0), &json!(lines)), "{out}");
        }
    }
}

async fn a_file_that_is_too_large_says_so_whoever_counts_it(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let large = "x".repeat(4 * 1024 * 1024 + 1);
    for key in [None, Some("a-key-for-a-large-file")] {
        let mut request = sends(&planner, "/imports/people", "text/csv", &large);
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        let said = Said::of(request).await;
        said.is_problem(413);
        assert!(said.body["detail"].as_str().unwrap().contains("4 MiB"), "{:?}", said.body);
    }
    let check = "/statements/register/check";
    Said::of(sends(&planner, check, "application/json", "{}")).await.is_problem(415);
    assert_eq!(Said::of(sends(&planner, check, "Text/CSV; charset=utf-8", "x")).await.status, 200);
}
