//! What the law is told over the API: agreements, notice, reasons, and facts about people.

use acceptance::{
    on_both_engines,
    town::{Engine, Office, Person},
};
use reqwest::{Method, header};
use serde_json::{Value, json};

use super::door::{Doors, Program, Said};

on_both_engines! {
    an_agreement_is_entered_as_far_as_the_law_lets_it_and_refused_in_words_beyond,
    an_agreement_of_another_office_is_as_if_it_were_not,
    an_agreement_lets_a_rota_do_what_the_law_alone_refuses_while_it_holds,
    standby_told_late_is_published_with_a_reason_and_the_reason_stays,
    standby_of_tomorrow_is_refused_whatever_the_reason,
    a_planner_hands_a_duty_over_with_a_reason_where_the_law_lets_them,
    nobody_under_age_stands_watch_and_colleagues_are_not_told_the_age,
    hours_for_another_employer_count_and_only_their_owner_says_them,
    an_answer_on_standby_breaks_the_rest_before_the_next_duty,
    a_late_start_on_duty_days_makes_room_for_an_evening,
    a_pool_of_three_employers_under_three_laws_is_planned_in_one_rota,
}

fn items(list: &Value) -> &Vec<Value> {
    list["items"].as_array().unwrap()
}

fn at(said: &Said) -> String {
    said.header("location").strip_prefix("/api/v1").unwrap().to_owned()
}

async fn tag_of(program: &Program<'_>, path: &str) -> String {
    Said::of(program.ask(Method::GET, path)).await.header("etag").to_owned()
}

/// Does something to what stands at `path`, whatever its state.
async fn does(program: &Program<'_>, method: Method, path: &str, body: Value) -> Said {
    Said::of(program.ask(method, path).header(header::IF_MATCH, "*").json(&body)).await
}

/// What the problem says of everything that stands against it.
fn against(said: &Said) -> String {
    assert_eq!(said.status, 409, "{}", said.body);
    said.body["errors"].to_string()
}

fn agreement(term: &str, amount: u32) -> Value {
    json!({ "term": term, "amount": amount, "document": "Company agreement of 20 May 2021", "from": "2026-07-01" })
}

const EVERY_DAY: [&str; 8] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "holiday"];

/// One person watches at these hours every day.
async fn needs(doors: &Doors, planner: &Program<'_>, (from, until): (&str, &str), kind: &str) {
    let need = json!({
        "pool": doors.town.pool.0, "hours": { "days": EVERY_DAY, "from": from, "until": until },
        "leads": 1, "backups": 0, "languages": [], "kind": kind, "from": "2026-01-01",
    });
    planner.post("/needs", need).await;
}

/// The draft of a fortnight from Monday 6 July on, in which nobody stands anywhere.
async fn a_fortnight(doors: &Doors, planner: &Program<'_>) -> String {
    let days = json!({ "pool": doors.town.pool.0, "from": "2026-07-05", "until": "2026-07-19" });
    let rota = at(&planner.post("/rotas", days).await);
    doors.town.work_until_idle().await;
    for place in items(&planner.get(&format!("{rota}/assignments?limit=200")).await) {
        let path = format!("{rota}/assignments/{}", place["id"].as_str().unwrap());
        let open = json!({ "person": null, "pinned": true });
        assert_eq!(does(planner, Method::PUT, &path, open).await.status, 200);
    }
    rota
}

/// Gives the place that begins at `instant` to somebody.
async fn gives(planner: &Program<'_>, rota: &str, instant: &str, to: Option<&Person>) -> Said {
    let all = planner.get(&format!("{rota}/assignments?limit=200")).await;
    let place = items(&all).iter().find(|one| one["starts_at"] == instant);
    let place = place.unwrap_or_else(|| panic!("{instant} is needed: {all}"));
    let path = format!("{rota}/assignments/{}", place["id"].as_str().unwrap());
    let wanted = json!({ "person": to.map(|person| person.id.0), "pinned": true });
    does(planner, Method::PUT, &path, wanted).await
}

/// What the rules say of a draft.
async fn findings(planner: &Program<'_>, rota: &str) -> Vec<Value> {
    planner.get(&format!("{rota}/comparison")).await["findings"].as_array().unwrap().clone()
}

async fn publishes(planner: &Program<'_>, rota: &str, word: Value) -> Said {
    does(planner, Method::POST, &format!("{rota}/publish"), word).await
}

/// Somebody's contract says something else from now on.
async fn contracts(manager: &Program<'_>, person: &Person, law: &str, born: Option<&str>) {
    let all = manager.get(&format!("/employments?person={}", person.id)).await;
    let path = format!("/employments/{}", items(&all)[0]["id"].as_str().unwrap());
    let terms = json!({ "from": "2026-01-01", "law": law, "weekly_minutes": 2100, "born": born });
    let said = does(manager, Method::PUT, &path, terms).await;
    assert_eq!((said.status, said.body["born"].as_str()), (200, born), "{}", said.body);
}

async fn an_office_with_ana(doors: &Doors) -> (Office, Person) {
    let office = doors.town.office("Riquewihr").plain().await;
    let ana = doors.town.advisor("Ana").working_at(&office).off_duty().await;
    (office, ana)
}

async fn an_agreement_is_entered_as_far_as_the_law_lets_it_and_refused_in_words_beyond(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (office, ana) = an_office_with_ana(&doors).await;
    let manager = doors.program(&office.manager, &[]).await;

    let made = manager.post("/agreements", agreement("daily_rest", 9 * 60)).await;
    let path = at(&made);
    assert_eq!((&made.body["unit"], &made.body["until"]), (&json!("minutes"), &Value::Null));
    assert_eq!(made.body["entered_by"], json!(office.manager.id.0));
    assert_eq!(manager.get(&path).await, made.body);
    assert_eq!(items(&manager.get("/agreements").await).len(), 1);

    let further =
        Said::of(manager.ask(Method::POST, "/agreements").json(&agreement("daily_rest", 8 * 60))).await;
    assert_eq!(further.is_problem(422), ["/amount"]);
    let why = further.body["errors"].to_string();
    assert!(why.contains("9 h by agreement (D3131-6), not 8 h"), "{why}");
    let fixed = Said::of(manager.ask(Method::POST, "/agreements").json(&agreement("working_days", 7))).await;
    assert!(fixed.body["errors"].to_string().contains("L3132-1"), "{}", fixed.body);
    let unshown = json!({ "term": "daily_rest", "amount": 600, "document": " ", "from": "2026-07-01" });
    let unshown = Said::of(manager.ask(Method::POST, "/agreements").json(&unshown)).await;
    assert_eq!(unshown.is_problem(422), ["/document"]);

    // A colleague under the law of the public service: what that lets nobody change is refused for all,
    // and may still be agreed for those under private law.
    let bruno = doors.town.advisor("Bruno").working_at(&office).off_duty().await;
    contracts(&manager, &bruno, "france_public", None).await;
    let all =
        Said::of(manager.ask(Method::POST, "/agreements").json(&agreement("daily_maximum", 11 * 60))).await;
    assert!(all.body["errors"].to_string().contains("france_public"), "{}", all.body);
    let mut some = agreement("daily_maximum", 11 * 60);
    some["law"] = json!("france_private");
    manager.post("/agreements", some).await;

    let seen = tag_of(&manager, &path).await;
    let mut ends = agreement("daily_rest", 10 * 60);
    ends["until"] = json!("2026-12-31");
    ends["law"] = json!("france_private");
    let change = manager.ask(Method::PUT, &path).header(header::IF_MATCH, &seen).json(&ends);
    assert_eq!(Said::of(change).await.body["until"], "2026-12-31");
    let late = Said::of(manager.ask(Method::PUT, &path).header(header::IF_MATCH, &seen).json(&ends)).await;
    late.is_problem(412);
    let gone = Said::of(manager.ask(Method::DELETE, &path).header(header::IF_MATCH, "*")).await;
    assert_eq!(gone.status, 204);
    Said::of(manager.ask(Method::GET, &path)).await.is_problem(404);

    let advisor = doors.program(&ana, &[]).await;
    Said::of(advisor.ask(Method::GET, "/agreements")).await.is_problem(403);
}

async fn an_agreement_of_another_office_is_as_if_it_were_not(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (office, _) = an_office_with_ana(&doors).await;
    let colmar = doors.town.office("Colmar").plain().await;
    let manager = doors.program(&office.manager, &[]).await;
    let path = at(&manager.post("/agreements", agreement("daily_rest", 600)).await);
    for other in [&colmar.manager, &doors.town.board.planner] {
        let other = doors.program(other, &[]).await;
        assert_eq!(items(&other.get("/agreements").await).len(), 0);
        Said::of(other.ask(Method::GET, &path)).await.is_problem(404);
        does(&other, Method::PUT, &path, agreement("daily_rest", 630)).await.is_problem(404);
        Said::of(other.ask(Method::DELETE, &path).header(header::IF_MATCH, "*")).await.is_problem(404);
    }
    assert_eq!(manager.get(&path).await["amount"], 600);
}

async fn an_agreement_lets_a_rota_do_what_the_law_alone_refuses_while_it_holds(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (office, ana) = an_office_with_ana(&doors).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let manager = doors.program(&office.manager, &[]).await;
    needs(&doors, &planner, ("08:00", "12:00"), "active").await;
    needs(&doors, &planner, ("18:00", "22:00"), "active").await;
    let rota = a_fortnight(&doors, &planner).await;

    // Ten hours from Tuesday 22:00 to Wednesday 8:00.
    assert_eq!(gives(&planner, &rota, "2026-07-07T16:00:00Z", Some(&ana)).await.status, 200);
    let refused = gives(&planner, &rota, "2026-07-08T06:00:00Z", Some(&ana)).await;
    assert!(against(&refused).contains("daily_rest (L3131-1)"), "{}", refused.body);

    let mut week = agreement("daily_rest", 10 * 60);
    week["until"] = json!("2026-07-10");
    manager.post("/agreements", week).await;
    assert_eq!(gives(&planner, &rota, "2026-07-08T06:00:00Z", Some(&ana)).await.status, 200);
    assert_eq!(gives(&planner, &rota, "2026-07-14T16:00:00Z", Some(&ana)).await.status, 200);
    let over = gives(&planner, &rota, "2026-07-15T06:00:00Z", Some(&ana)).await;
    assert!(against(&over).contains("daily_rest (L3131-1)"), "the agreement ended before: {}", over.body);
}

async fn standby_told_late_is_published_with_a_reason_and_the_reason_stays(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (_, ana) = an_office_with_ana(&doors).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    needs(&doors, &planner, ("18:00", "22:00"), "standby").await;
    let rota = a_fortnight(&doors, &planner).await;
    // It is the 4th: six days until the 10th, where fifteen are asked for.
    assert_eq!(gives(&planner, &rota, "2026-07-10T16:00:00Z", Some(&ana)).await.status, 200);
    let found = findings(&planner, &rota).await;
    let late = &found[0];
    let told = ["rule", "article", "gravity", "unit"].map(|field| late[field].as_str().unwrap());
    assert_eq!((found.len(), told), (1, ["notice", "L3121-12", "overridable", "days"]), "{found:?}");
    assert_eq!((&late["measured"], &late["limit"], &late["accepted"]), (&json!(6), &json!(15), &Value::Null));

    let silent = publishes(&planner, &rota, json!({ "reason": "  " })).await;
    assert!(against(&silent).contains(late["key"].as_str().unwrap()), "{}", silent.body);
    let long = "é".repeat(501);
    let too_long = publishes(&planner, &rota, json!({ "reason": long })).await;
    assert_eq!(too_long.is_problem(422), ["/reason"]);
    let own = json!({ "reasons": [{ "finding": late["key"], "reason": long }] });
    assert_eq!(publishes(&planner, &rota, own).await.is_problem(422), ["/reasons"]);
    let reasons =
        json!({ "reasons": [{ "finding": late["key"], "reason": "Ana took over from Berta, who is ill" }] });
    let published = publishes(&planner, &rota, reasons).await;
    assert_eq!(
        (published.status, &published.body["status"]),
        (200, &json!("published")),
        "{}",
        published.body
    );

    let kept = planner.get(&format!("/acceptances?rota={}", published.body["id"].as_str().unwrap())).await;
    let kept = &items(&kept)[0];
    assert_eq!(kept["reason"], "Ana took over from Berta, who is ill");
    assert_eq!(kept["accepted_by"], json!(doors.town.board.planner.id.0));
    assert_eq!(
        (&kept["finding"]["key"], &kept["accepted_at"]),
        (&late["key"], &json!("2026-07-04T10:00:00Z"))
    );

    // A later version asks for nothing that was accepted before, and the day they were told stays.
    doors.town.clock_shows("2026-07-07T10:00+02:00").await;
    let days = json!({ "pool": doors.town.pool.0, "from": "2026-07-07", "until": "2026-07-19" });
    let second = at(&planner.post("/rotas", days).await);
    doors.town.work_until_idle().await;
    let shown = findings(&planner, &second).await;
    let shown = shown.iter().find(|one| one["starts_at"] == "2026-07-10T16:00:00Z");
    let shown = shown.unwrap_or_else(|| panic!("Ana keeps her standby of the 10th"));
    assert_eq!((&shown["measured"], &shown["accepted"]["by"]), (&json!(6), &json!("Maud Martin")));
}

async fn standby_of_tomorrow_is_refused_whatever_the_reason(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (_, ana) = an_office_with_ana(&doors).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    needs(&doors, &planner, ("18:00", "22:00"), "standby").await;
    let rota = a_fortnight(&doors, &planner).await;
    let refused = gives(&planner, &rota, "2026-07-05T16:00:00Z", Some(&ana)).await;
    assert!(against(&refused).contains("notice (L3121-12)"), "not one clear day: {}", refused.body);
    assert_eq!(gives(&planner, &rota, "2026-07-06T16:00:00Z", Some(&ana)).await.status, 200);
    // A day passes, and what could be accepted cannot be any more.
    doors.town.clock_shows("2026-07-05T12:00+02:00").await;
    let late = publishes(&planner, &rota, json!({ "reason": "There is nobody else" })).await;
    assert!(against(&late).contains("L3121-12"), "{}", late.body);
}

async fn a_planner_hands_a_duty_over_with_a_reason_where_the_law_lets_them(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let ana = doors.town.advisor("Ana").speaking(&["fr", "de"]).off_duty().await;
    let bea = doors.town.advisor("Bea").off_duty().await;
    let german = json!({
        "pool": doors.town.pool.0, "hours": { "days": EVERY_DAY, "from": "18:00", "until": "22:00" },
        "leads": 1, "backups": 0, "languages": ["de"], "from": "2026-01-01",
    });
    planner.post("/needs", german).await;
    let rota = a_fortnight(&doors, &planner).await;
    assert_eq!(gives(&planner, &rota, "2026-07-10T16:00:00Z", Some(&ana)).await.status, 200);
    assert_eq!(publishes(&planner, &rota, json!({})).await.status, 200);
    let shifts = planner.get(&format!("/shifts?person={}", ana.id)).await;
    let ill = json!({ "shift": items(&shifts)[0]["id"], "kind": "absence" });
    let handover = at(&planner.post("/handovers", ill).await);
    let assign = format!("{handover}/assign");

    let silent = does(&planner, Method::POST, &assign, json!({ "person": bea.id.0 })).await;
    assert!(against(&silent).contains("language"), "{}", silent.body);
    let why = json!({ "person": bea.id.0, "reason": "A colleague translates by phone" });
    let done = does(&planner, Method::POST, &assign, why).await;
    assert_eq!((done.status, &done.body["status"]), (200, &json!("done")), "{}", done.body);
    let kept = planner.get("/acceptances").await;
    let kept = &items(&kept)[0];
    assert_eq!((&kept["handover"], &kept["finding"]["person"]), (&done.body["id"], &json!(bea.id.0)));
    assert_eq!(kept["reason"], "A colleague translates by phone");
}

async fn nobody_under_age_stands_watch_and_colleagues_are_not_told_the_age(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (office, ana) = an_office_with_ana(&doors).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let manager = doors.program(&office.manager, &[]).await;
    needs(&doors, &planner, ("18:00", "22:00"), "active").await;
    contracts(&manager, &ana, "france_private", Some("2008-07-09")).await;
    let rota = a_fortnight(&doors, &planner).await;
    let young = gives(&planner, &rota, "2026-07-08T16:00:00Z", Some(&ana)).await;
    assert!(against(&young).contains("minor (L3161-1)"), "{}", young.body);
    assert_eq!(gives(&planner, &rota, "2026-07-09T16:00:00Z", Some(&ana)).await.status, 200, "of age today");
    let bea = doors.town.advisor("Bea").working_at(&office).off_duty().await;
    for other in [&planner, &doors.program(&bea, &[]).await] {
        let known = Said::of(other.ask(Method::GET, &format!("/people/{}", ana.id))).await;
        assert!(!known.body.to_string().contains("2008"), "{}", known.body);
    }
    let colmar = doors.town.office("Colmar").plain().await;
    let neighbour = doors.program(&colmar.manager, &[]).await;
    assert_eq!(items(&neighbour.get(&format!("/employments?person={}", ana.id)).await).len(), 0);
}

async fn hours_for_another_employer_count_and_only_their_owner_says_them(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (office, ana) = an_office_with_ana(&doors).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let manager = doors.program(&office.manager, &[]).await;
    let advisor = doors.program(&ana, &[]).await;
    needs(&doors, &planner, ("18:00", "22:00"), "active").await;
    let rota = a_fortnight(&doors, &planner).await;
    assert_eq!(gives(&planner, &rota, "2026-07-07T16:00:00Z", Some(&ana)).await.status, 200);
    assert_eq!(gives(&planner, &rota, "2026-07-07T16:00:00Z", None).await.status, 200);

    let tuesdays = json!({
        "hours": { "days": ["tuesday"], "from": "10:00", "until": "17:00" }, "from": "2026-07-01",
    });
    let path = at(&advisor.post("/outside-hours", tuesdays.clone()).await);
    let refused = gives(&planner, &rota, "2026-07-07T16:00:00Z", Some(&ana)).await;
    assert!(against(&refused).contains("daily_maximum (L8261-1)"), "eleven hours together: {}", refused.body);
    assert_eq!(items(&manager.get("/outside-hours").await)[0]["person"], json!(ana.id.0));
    Said::of(manager.ask(Method::POST, "/outside-hours").json(&tuesdays)).await.is_problem(403);
    let bea = doors.town.advisor("Bea").working_at(&office).off_duty().await;
    let other = doors.program(&bea, &[]).await;
    assert_eq!(items(&other.get("/outside-hours").await).len(), 0);
    for _ in 0..50 {
        other.post("/outside-hours", tuesdays.clone()).await;
    }
    let enough = Said::of(other.ask(Method::POST, "/outside-hours").json(&tuesdays)).await;
    assert_eq!(
        enough.is_problem(422),
        ["/until"],
        "there is no end to what one person says: {}",
        enough.body
    );
    Said::of(other.ask(Method::GET, &path)).await.is_problem(404);

    let shorter = json!({
        "hours": { "days": ["tuesday"], "from": "10:00", "until": "16:00" }, "from": "2026-07-01",
    });
    assert_eq!(does(&advisor, Method::PUT, &path, shorter).await.status, 200);
    assert_eq!(gives(&planner, &rota, "2026-07-07T16:00:00Z", Some(&ana)).await.status, 200, "ten hours");
    let nothing =
        json!({ "hours": { "days": ["holiday"], "from": "10:00", "until": "16:00" }, "from": "2026-07-01" });
    let nothing = Said::of(advisor.ask(Method::POST, "/outside-hours").json(&nothing)).await;
    assert_eq!(nothing.is_problem(422), ["/hours/days"]);
    let gone = Said::of(advisor.ask(Method::DELETE, &path).header(header::IF_MATCH, "*")).await;
    assert_eq!(gone.status, 204);
}

async fn an_answer_on_standby_breaks_the_rest_before_the_next_duty(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (_, ana) = an_office_with_ana(&doors).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let advisor = doors.program(&ana, &[]).await;
    needs(&doors, &planner, ("09:00", "13:00"), "active").await;
    let rota = a_fortnight(&doors, &planner).await;
    assert_eq!(gives(&planner, &rota, "2026-07-05T07:00:00Z", Some(&ana)).await.status, 200);
    assert_eq!(gives(&planner, &rota, "2026-07-05T07:00:00Z", None).await.status, 200);
    doors.town.clock_shows("2026-07-04T23:30+02:00").await;
    let told = json!({ "starts_at": "2026-07-04T21:00:00Z", "ends_at": "2026-07-04T21:20:00Z" });
    advisor.post("/interventions", told).await;
    let refused = gives(&planner, &rota, "2026-07-05T07:00:00Z", Some(&ana)).await;
    assert!(against(&refused).contains("daily_rest (L3131-1)"), "{}", refused.body);
}

async fn a_late_start_on_duty_days_makes_room_for_an_evening(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (office, ana) = an_office_with_ana(&doors).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let manager = doors.program(&office.manager, &[]).await;
    needs(&doors, &planner, ("18:00", "22:00"), "active").await;
    let rota = a_fortnight(&doors, &planner).await;
    let employed = manager.get(&format!("/employments?person={}", ana.id)).await;
    let hours = json!({ "days": ["tuesday"], "from": "09:00", "until": "17:00" });
    let pattern = |on_duty: Value| json!({ "hours": hours, "break_minutes": 60, "from": "2026-07-01", "on_duty": on_duty });
    let mut new = pattern(Value::Null);
    new["employment"] = items(&employed)[0]["id"].clone();
    let made = manager.post("/office-hours", new).await;
    let path = at(&made);
    let evening = async || gives(&planner, &rota, "2026-07-07T16:00:00Z", Some(&ana)).await;
    let refused = evening().await;
    assert!(against(&refused).contains("daily_maximum (L3121-18)"), "{}", refused.body);

    let wrong = pattern(json!({ "hours": { "from": "11:00", "until": "11:00" } }));
    assert_eq!(does(&manager, Method::PUT, &path, wrong).await.is_problem(422), ["/on_duty/until"]);
    for on_duty in [
        json!({ "hours": { "from": "11:00", "until": "17:00" }, "break_minutes": 60 }),
        json!({ "hours": null, "break_minutes": 0 }),
    ] {
        let said = does(&manager, Method::PUT, &path, pattern(on_duty.clone())).await;
        assert_eq!((said.status, &said.body["on_duty"]), (200, &on_duty), "{}", said.body);
        assert_eq!(evening().await.status, 200, "{on_duty}");
        assert_eq!(gives(&planner, &rota, "2026-07-07T16:00:00Z", None).await.status, 200);
    }
}

async fn a_pool_of_three_employers_under_three_laws_is_planned_in_one_rota(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let (_, ana) = an_office_with_ana(&doors).await;
    let town_hall = doors.town.office("Kaysersberg").plain().await;
    let bruno = doors.town.advisor("Bruno").working_at(&town_hall).off_duty().await;
    let tadoussac = doors.town.office("Tadoussac").plain().await;
    let chloe = doors.town.advisor("Chloé").working_at(&tadoussac).off_duty().await;
    let public = doors.program(&town_hall.manager, &[]).await;
    contracts(&public, &bruno, "france_public", None).await;
    let quebec = doors.program(&tadoussac.manager, &[]).await;
    contracts(&quebec, &chloe, "quebec", None).await;
    let home = json!({
        "name": "Tadoussac", "zone": "America/Toronto", "calendar": "quebec", "language": "fr", "colour": 2,
        "promise_minutes": 5, "emergency": "911",
    });
    assert_eq!(
        does(&quebec, Method::PUT, &format!("/organisations/{}", tadoussac.id), home).await.status,
        200
    );

    needs(&doors, &planner, ("08:00", "12:00"), "active").await;
    needs(&doors, &planner, ("18:00", "22:00"), "active").await;
    let days = json!({ "pool": doors.town.pool.0, "from": "2026-07-06", "until": "2026-07-12" });
    let built = at(&planner.post("/rotas", days).await);
    doors.town.work_until_idle().await;
    assert_eq!(planner.get(&built).await["built"]["open_places"], 0, "three people fill fourteen places");
    assert!(findings(&planner, &built).await.iter().all(|one| one["gravity"] == "warning"), "lawfully");

    // The same short night and the same long week, under each law.
    let rota = a_fortnight(&doors, &planner).await;
    let evening =
        async |day: u32, to| gives(&planner, &rota, &format!("2026-07-{day:02}T16:00:00Z"), to).await;
    let morning =
        async |day: u32, to| gives(&planner, &rota, &format!("2026-07-{day:02}T06:00:00Z"), to).await;
    let nights = [
        (&ana, Some("daily_rest (L3131-1)")),
        (&bruno, Some("daily_rest (décret 2000-815, art. 3)")),
        (&chloe, None),
    ];
    for (person, article) in nights {
        assert_eq!(evening(14, Some(person)).await.status, 200);
        let next = morning(15, Some(person)).await;
        match article {
            Some(article) => assert!(against(&next).contains(article), "{}: {}", person.name, next.body),
            None => assert_eq!(next.status, 200, "Quebec asks for no rest between days: {}", next.body),
        }
        morning(15, None).await;
        evening(14, None).await;
    }
    let weeks = [
        (&ana, "working_days (L3132-1)"),
        (&bruno, "weekly_rest (décret 2000-815, art. 3)"),
        (&chloe, "weekly_rest (LNT, art. 78)"),
    ];
    for (person, article) in weeks {
        for day in 13..=18 {
            assert_eq!(morning(day, Some(person)).await.status, 200, "{} on {day} July", person.name);
        }
        let seventh = morning(19, Some(person)).await;
        assert!(against(&seventh).contains(article), "{}: {}", person.name, seventh.body);
        for day in 13..=18 {
            morning(day, None).await;
        }
    }
    // Told on the 4th of the 6th: Chloé may refuse, and nobody else.
    for (day, person) in [(6, &chloe), (7, &ana), (8, &bruno)] {
        assert_eq!(morning(day, Some(person)).await.status, 200);
    }
    let found = findings(&planner, &rota).await;
    let mut said: Vec<_> =
        found.iter().map(|one| (one["person"].clone(), one["article"].as_str().unwrap())).collect();
    said.sort_by_key(|(_, article)| *article);
    // Nobody has recorded by what Ana answers for the other two offices: French private law alone asks.
    let wanted = [(json!(ana.id.0), "L8241-1"), (json!(chloe.id.0), "LNT, art. 59.0.1, 3°")];
    assert_eq!(said, wanted, "{found:?}");
    assert_eq!(
        publishes(&planner, &rota, json!({})).await.status,
        200,
        "a warning is shown, and asks for nothing"
    );
}
