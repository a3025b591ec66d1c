//! What a planner's program plans and publishes, and who reads it: shifts, and who is on duty.

use acceptance::{
    on_both_engines,
    town::{Engine, Person, span},
};
use reqwest::{Method, header};
use serde_json::{Value, json};

use super::door::{Doors, Program, Said};

on_both_engines! {
    a_planners_program_plans_a_week_and_an_advisors_reads_its_shifts,
    a_place_says_who_could_take_it_what_that_would_bring_and_how_a_hole_is_filled,
    a_place_is_given_by_hand_as_far_as_the_law_lets_it,
    whoever_saw_an_older_rota_publishes_nothing,
    what_was_discarded_or_published_is_no_draft_any_more,
    a_strangers_rota_is_as_if_it_were_not,
    two_drafts_stand_side_by_side,
    a_publication_is_undone_by_bringing_the_version_before_back,
    a_program_asks_who_is_on_duty,
    only_the_hours_an_office_bought_are_answered_for,
}

/// Who is on, and until when that holds.
fn watch(said: &Value) -> (Vec<(&str, &str)>, &str) {
    let items = said["items"].as_array().unwrap();
    let on = items.iter().map(|one| (one["given_name"].as_str().unwrap(), one["rung"].as_str().unwrap()));
    (on.collect(), said["good_until"].as_str().unwrap())
}

const NOBODYS: &str = "00000000-0000-7000-8000-000000000000";

fn need(pool: impl ToString) -> Value {
    json!({
        "pool": pool.to_string(),
        "hours": { "days": ["monday", "tuesday", "wednesday", "thursday", "friday"], "from": "18:00", "until": "22:00" },
        "leads": 1, "backups": 0, "languages": [], "from": "2026-01-01",
    })
}

/// Two advisors, a need on workdays, and a draft of a week that is built: where it stands.
pub(super) async fn a_week(doors: &Doors, planner: &Program<'_>) -> (Person, Person, String) {
    let ana = doors.town.advisor("Ana").off_duty().await;
    let bea = doors.town.advisor("Bea").off_duty().await;
    planner.post("/needs", need(doors.town.pool)).await;
    let week = json!({ "pool": doors.town.pool.0, "from": "2026-07-06", "until": "2026-07-12" });
    let asked = planner.post("/rotas", week).await;
    assert_eq!((&asked.body["status"], &asked.body["built"]), (&json!("building"), &Value::Null));
    doors.town.work_until_idle().await;
    (ana, bea, asked.header("location").strip_prefix("/api/v1").unwrap().to_owned())
}

/// Does something to what stands at `path`, as it was seen under `tag`.
pub(super) async fn step(
    program: &Program<'_>,
    method: Method,
    path: &str,
    tag: &str,
    body: Option<Value>,
) -> Said {
    let request = program.ask(method, path).header(header::IF_MATCH, tag);
    Said::of(if let Some(body) = body { request.json(&body) } else { request }).await
}

pub(super) async fn tag_of(program: &Program<'_>, path: &str) -> String {
    Said::of(program.ask(Method::GET, path)).await.header("etag").to_owned()
}

pub(super) fn items(list: &Value) -> &Vec<Value> {
    list["items"].as_array().unwrap()
}

async fn a_planners_program_plans_a_week_and_an_advisors_reads_its_shifts(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let (ana, _bea, rota) = a_week(&doors, &planner).await;
    let advisor = doors.program(&ana, &["shifts:read"]).await;
    let built = planner.get(&rota).await;
    assert_eq!((&built["status"], &built["built"]["open_places"]), (&json!("draft"), &json!(0)));
    let places = planner.get(&format!("{rota}/assignments?open=false")).await;
    assert_eq!(items(&places).len(), 5);
    let first = &items(&places)[0];
    assert_eq!((&first["day"], &first["rung"]), (&json!("2026-07-06"), &json!("lead")));
    assert_eq!(items(&planner.get(&format!("{rota}/assignments?open=true")).await).len(), 0);
    assert_eq!(items(&advisor.get("/shifts").await).len(), 0, "a draft is the planner's alone");

    let compared = planner.get(&format!("{rota}/comparison")).await;
    assert_eq!((&compared["replaces"], &compared["findings"]), (&json!(false), &json!([])));
    let gained: usize = compared["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["gains"].as_array().unwrap().len())
        .sum();
    assert_eq!(gained, 5);

    let publish = format!("{rota}/publish");
    let asked = |tag: String| {
        let request = planner.ask(Method::POST, &publish).header(header::IF_MATCH, tag);
        request
            .header("Idempotency-Key", "publish-0123456789")
            .json(&json!({ "message": "Have a good week" }))
    };
    let tag = tag_of(&planner, &rota).await;
    let published = Said::of(asked(tag.clone())).await;
    assert_eq!((published.status, &published.body["status"]), (200, &json!("published")), "{published:?}");
    let again = Said::of(asked(tag)).await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (200, "true"));
    assert_eq!(again.body, published.body);
    doors.town.work_until_idle().await;

    let own = advisor.get(&format!("/shifts?person={}", ana.id)).await;
    let planned = planner.get(&format!("{rota}/assignments?person={}", ana.id)).await;
    let spans =
        |list: &Value| -> Vec<Value> { items(list).iter().map(|one| one["starts_at"].clone()).collect() };
    assert!(!items(&own).is_empty());
    assert_eq!(spans(&own), spans(&planned));
    let one = format!("/shifts/{}", items(&own)[0]["id"].as_str().unwrap());
    assert_eq!(advisor.get(&one).await, items(&own)[0]);
    let tuesday = advisor.get("/shifts?from=2026-07-07T00:00:00Z&until=2026-07-08T00:00:00Z").await;
    assert_eq!(items(&tuesday).len(), 1);
    assert_eq!(items(&tuesday)[0]["starts_at"], "2026-07-07T16:00:00Z");
    assert_eq!(items(&planner.get("/rotas?status=published").await)[0]["message"], "Have a good week");
    let wrong = Said::of(planner.ask(Method::GET, "/rotas?status=ready")).await;
    assert_eq!(wrong.is_problem(400), ["status"]);
}

async fn a_place_is_given_by_hand_as_far_as_the_law_lets_it(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let (ana, bea, rota) = a_week(&doors, &planner).await;
    let monday = items(&planner.get(&format!("{rota}/assignments?limit=1")).await)[0].clone();
    let place = format!("{rota}/assignments/{}", monday["id"].as_str().unwrap());
    let was = monday["person"].as_str().unwrap().to_owned();
    let other = if was == ana.id.to_string() { &bea } else { &ana };

    let seen = tag_of(&planner, &place).await;
    let given = json!({ "person": other.id.0, "pinned": true });
    let done = step(&planner, Method::PUT, &place, &seen, Some(given.clone())).await;
    assert_eq!((done.status, &done.body["person"]), (200, &json!(other.id.0)), "{done:?}");
    assert_eq!(done.body, planner.get(&place).await);
    assert_eq!(done.header("etag"), tag_of(&planner, &place).await);
    let late = step(&planner, Method::PUT, &place, &seen, Some(given)).await;
    late.is_problem(412);
    assert_eq!(late.body["current"], done.body);

    // A new build leaves what is pinned, and taking a step back is no longer possible after it.
    let build = format!("{rota}/build");
    let built = step(&planner, Method::POST, &build, &tag_of(&planner, &rota).await, None).await;
    assert_eq!((built.status, &built.body["status"]), (200, &json!("building")), "{built:?}");
    let early = step(&planner, Method::POST, &build, "*", None).await;
    early.is_problem(409);
    doors.town.work_until_idle().await;
    let pinned = planner.get(&place).await;
    assert_eq!((&pinned["person"], &pinned["pinned"]), (&json!(other.id.0), &json!(true)));
    step(&planner, Method::POST, &format!("{rota}/undo"), "*", None).await.is_problem(409);

    let opened = json!({ "person": null, "pinned": false });
    assert_eq!(step(&planner, Method::PUT, &place, "*", Some(opened)).await.status, 200);
    let undone =
        step(&planner, Method::POST, &format!("{rota}/undo"), &tag_of(&planner, &rota).await, None).await;
    assert_eq!(undone.status, 200, "{undone:?}");
    assert_eq!(planner.get(&place).await["person"], json!(other.id.0));

    // Away on Monday evening: nobody can be put there, and publishing with them there is refused.
    other.is_on_leave(span("2026-07-06T12:00+02:00", "2026-07-07T00:00+02:00")).await;
    let opened = json!({ "person": null, "pinned": false });
    step(&planner, Method::PUT, &place, "*", Some(opened)).await;
    let away = json!({ "person": other.id.0, "pinned": false });
    let refused = step(&planner, Method::PUT, &place, "*", Some(away)).await;
    assert_eq!(refused.is_problem(409), ["/person"]);
    assert!(refused.body["errors"][0]["detail"].as_str().unwrap().starts_with("absence"), "{refused:?}");
    let nobody = json!({ "person": NOBODYS, "pinned": false });
    step(&planner, Method::PUT, &place, "*", Some(nobody)).await.is_problem(404);
}

async fn whoever_saw_an_older_rota_publishes_nothing(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let (ana, _bea, rota) = a_week(&doors, &planner).await;
    let (publish, seen) = (format!("{rota}/publish"), tag_of(&planner, &rota).await);
    Said::of(planner.ask(Method::POST, &publish).json(&json!({}))).await.is_problem(428);
    let own = planner.get(&format!("{rota}/assignments?person={}", ana.id)).await;
    let place = format!("{rota}/assignments/{}", items(&own)[0]["id"].as_str().unwrap());
    step(&planner, Method::PUT, &place, "*", Some(json!({ "person": ana.id.0, "pinned": true }))).await;
    let late = step(&planner, Method::POST, &publish, &seen, Some(json!({}))).await;
    late.is_problem(412);
    assert_eq!(late.body["current"], planner.get(&rota).await);
    let wordy = json!({ "message": "x".repeat(2_001) });
    let wordy = step(&planner, Method::POST, &publish, "*", Some(wordy)).await;
    assert_eq!(wordy.is_problem(422), ["/message"]);

    // Ana falls ill after the draft was made: each rule that stands against it is named.
    ana.is_on_leave(span("2026-07-06T00:00+02:00", "2026-07-13T00:00+02:00")).await;
    let refused = step(&planner, Method::POST, &publish, "*", Some(json!({}))).await;
    assert_eq!(refused.status, 409, "{refused:?}");
    let reasons = refused.body["errors"].as_array().unwrap();
    assert_eq!(reasons.len(), items(&own).len());
    assert!(reasons.iter().all(|one| one["detail"].as_str().unwrap().contains(&ana.id.to_string())));
    assert_eq!(items(&planner.get("/shifts").await).len(), 0);
}

async fn what_was_discarded_or_published_is_no_draft_any_more(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let (_ana, _bea, first) = a_week(&doors, &planner).await;
    let publish = |rota: &str| format!("{rota}/publish");
    assert_eq!(step(&planner, Method::POST, &publish(&first), "*", Some(json!({}))).await.status, 200);
    step(&planner, Method::DELETE, &first, "*", None).await.is_problem(409);
    let again = json!({ "pool": doors.town.pool.0, "from": "2026-07-06", "until": "2026-07-12" });
    let second =
        planner.post("/rotas", again).await.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    let stopped = Said::of(planner.ask(Method::POST, &format!("{second}/stop"))).await;
    assert_eq!(stopped.status, 200, "{stopped:?}");
    doors.town.work_until_idle().await;
    assert_eq!(step(&planner, Method::DELETE, &second, "*", None).await.status, 204);
    assert_eq!(planner.get(&second).await["status"], "discarded");
    step(&planner, Method::POST, &publish(&second), "*", Some(json!({}))).await.is_problem(409);

    for (from, until, field) in [
        ("2026-07-12", "2026-07-06", "/until"),
        ("2026-06-01", "2026-06-07", "/until"),
        ("2026-07-06", "2027-07-06", "/until"),
    ] {
        let asked = json!({ "pool": doors.town.pool.0, "from": from, "until": until });
        let refused = Said::of(planner.ask(Method::POST, "/rotas").json(&asked)).await;
        assert_eq!(refused.is_problem(422), [field], "{from} {until}");
    }
}

async fn two_drafts_stand_side_by_side(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let (ana, bea, first) = a_week(&doors, &planner).await;
    let again = json!({ "pool": doors.town.pool.0, "from": "2026-07-06", "until": "2026-07-13" });
    let second =
        planner.post("/rotas", again).await.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    doors.town.work_until_idle().await;
    let id = |rota: &str| rota.strip_prefix("/rotas/").unwrap().to_owned();
    let monday = items(&planner.get(&format!("{second}/assignments?limit=1")).await)[0].clone();
    let (was, other) = if monday["person"] == json!(ana.id.0) { (&ana, &bea) } else { (&bea, &ana) };
    // The first holds what the second did before a change by hand.
    for place in items(&planner.get(&format!("{first}/assignments")).await) {
        let there = format!("{second}/assignments?limit=20");
        let same =
            items(&planner.get(&there).await).iter().find(|one| one["day"] == place["day"]).unwrap().clone();
        let put = json!({ "person": same["person"], "pinned": false });
        let path = format!("{first}/assignments/{}", place["id"].as_str().unwrap());
        assert_eq!(step(&planner, Method::PUT, &path, "*", Some(put)).await.status, 200);
    }
    let path = format!("{second}/assignments/{}", monday["id"].as_str().unwrap());
    step(&planner, Method::PUT, &path, "*", Some(json!({ "person": other.id.0, "pinned": false }))).await;
    let both = planner.get(&format!("{first}/side-by-side?with={}", id(&second))).await;
    assert_eq!((&both["from"], &both["until"]), (&json!("2026-07-06"), &json!("2026-07-12")), "{both}");
    assert_eq!(
        (&both["first"]["led"], &both["second"]["led"]),
        (&json!(5), &json!(6)),
        "five evenings, and a Monday more"
    );
    let person = |whose: &Person| {
        let people = both["people"].as_array().unwrap();
        people.iter().find(|one| one["person"] == json!(whose.id.0)).unwrap().clone()
    };
    let only = |whose: &Person, which: &str| person(whose)[which].as_array().unwrap().clone();
    assert_eq!(only(was, "only_first")[0]["starts_at"], monday["starts_at"]);
    assert_eq!(only(other, "only_second")[0]["starts_at"], monday["starts_at"]);
    assert_eq!((only(was, "only_second").len(), only(other, "only_first").len()), (0, 0));
    Said::of(planner.ask(Method::GET, &format!("{first}/side-by-side"))).await.is_problem(400);
    Said::of(planner.ask(Method::GET, &format!("{first}/side-by-side?with={NOBODYS}"))).await.is_problem(404);
    step(&planner, Method::POST, &format!("{second}/publish"), "*", Some(json!({}))).await;
    let published = format!("{first}/side-by-side?with={}", id(&second));
    Said::of(planner.ask(Method::GET, &published)).await.is_problem(409);
}

async fn a_publication_is_undone_by_bringing_the_version_before_back(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let (ana, bea, first) = a_week(&doors, &planner).await;
    let publish = async |rota: &str| {
        step(&planner, Method::POST, &format!("{rota}/publish"), "*", Some(json!({}))).await
    };
    // Duties of less than seven days on change: that wants a reason.
    let explains = async |rota: &str| {
        let why = json!({ "reason": "The other version was a mistake" });
        step(&planner, Method::POST, &format!("{rota}/publish"), "*", Some(why)).await
    };
    let never = Said::of(planner.ask(Method::POST, &format!("{first}/bring-back"))).await;
    never.is_problem(404);
    assert_eq!(publish(&first).await.status, 200);
    let before = planner.get("/shifts").await;
    let again = json!({ "pool": doors.town.pool.0, "from": "2026-07-06", "until": "2026-07-12" });
    let second =
        planner.post("/rotas", again).await.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    doors.town.work_until_idle().await;
    let monday = items(&planner.get(&format!("{second}/assignments?limit=1")).await)[0].clone();
    let other = if monday["person"] == json!(ana.id.0) { &bea } else { &ana };
    let path = format!("{second}/assignments/{}", monday["id"].as_str().unwrap());
    step(&planner, Method::PUT, &path, "*", Some(json!({ "person": other.id.0, "pinned": false }))).await;
    assert_eq!(explains(&second).await.status, 200);
    assert_eq!(planner.get(&first).await["status"], "superseded");

    doors.town.clock_shows("2026-07-05T10:00+02:00").await;
    let back = Said::of(planner.ask(Method::POST, &format!("{first}/bring-back"))).await;
    assert_eq!((back.status, &back.body["status"]), (201, &json!("draft")), "{back:?}");
    let draft = back.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    let compared = planner.get(&format!("{draft}/comparison")).await;
    let changes = compared["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 2, "Monday's two alone: {compared}");
    let silent = publish(&draft).await;
    assert_eq!(silent.status, 409, "tomorrow's duty changes: that wants a reason: {silent:?}");
    assert_eq!(explains(&draft).await.status, 200);
    let holders = |list: &Value| -> Vec<Value> {
        let mut all: Vec<Value> =
            items(list).iter().map(|one| json!([one["starts_at"], one["person"]])).collect();
        all.sort_by_key(Value::to_string);
        all
    };
    assert_eq!(holders(&planner.get("/shifts").await), holders(&before), "everybody is where they were");
    let told = planner.get(&format!("{draft}/notices")).await;
    assert_eq!(items(&told).len(), 2, "and whoever gets or loses Monday is told: {told}");
}

async fn a_strangers_rota_is_as_if_it_were_not(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let (ana, _bea, rota) = a_week(&doors, &planner).await;
    let place =
        items(&planner.get(&format!("{rota}/assignments")).await)[0]["id"].as_str().unwrap().to_owned();
    let other = planner
        .post("/pools", json!({ "name": "Hills", "zone": "Europe/Paris", "calendar": "france" }))
        .await;
    planner.post("/needs", need(other.body["id"].as_str().unwrap())).await;
    let week = json!({ "pool": other.body["id"], "from": "2026-07-06", "until": "2026-07-12" });
    let elsewhere =
        planner.post("/rotas", week).await.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    doors.town.work_until_idle().await;
    // A place belongs to one rota: under another it is not there.
    Said::of(planner.ask(Method::GET, &format!("{elsewhere}/assignments/{place}"))).await.is_problem(404);
    let moved = json!({ "person": ana.id.0, "pinned": true });
    step(&planner, Method::PUT, &format!("{elsewhere}/assignments/{place}"), "*", Some(moved))
        .await
        .is_problem(404);
    for path in [
        format!("/rotas/{NOBODYS}"),
        format!("/rotas/{NOBODYS}/assignments"),
        format!("/rotas?pool={NOBODYS}"),
    ] {
        Said::of(planner.ask(Method::GET, &path)).await.is_problem(404);
    }
    let advisor = doors.program(&ana, &[]).await;
    Said::of(advisor.ask(Method::GET, &rota)).await.is_problem(403);
    Said::of(advisor.ask(Method::GET, &format!("/shifts/{NOBODYS}"))).await.is_problem(404);
}

async fn a_program_asks_who_is_on_duty(engine: Engine) {
    let doors = Doors::open(engine).await;
    let town = &doors.town;
    let ana = town.advisor("Ana").on_duty("2026-07-04", "18:00–22:00").await;
    town.advisor("Bea").as_backup().on_duty("2026-07-04", "18:00–21:00").await;
    let planner = doors.program(&town.board.planner, &["shifts:read"]).await;
    let advisor = doors.program(&ana, &[]).await;

    assert_eq!(watch(&planner.get("/on-duty").await), (vec![], "2026-07-04T16:00:00Z"), "nobody at noon");
    town.clock_shows("20:00").await;
    for program in [&planner, &advisor] {
        let said = program.get("/on-duty").await;
        let both = vec![("Ana", "lead"), ("Bea", "backup")];
        assert_eq!(watch(&said), (both, "2026-07-04T19:00:00Z"));
        assert_eq!(
            (&said["at"], &said["items"][0]["person"]),
            (&json!("2026-07-04T18:00:00Z"), &json!(ana.id.0))
        );
        assert_eq!(said["items"][0]["ends_at"], "2026-07-04T20:00:00Z");
    }
    let later = planner.get("/on-duty?at=2026-07-04T19:00:00Z").await;
    assert_eq!(watch(&later), (vec![("Ana", "lead")], "2026-07-04T20:00:00Z"));
    let own = format!("/on-duty?pool={}", town.pool);
    assert_eq!(planner.get(&own).await["items"].as_array().unwrap().len(), 2);
    let foreign = format!("/on-duty?pool={NOBODYS}");
    assert_eq!(planner.get(&foreign).await["items"], json!([]), "a stranger's pool is as if it were not");
    let wrong = Said::of(planner.ask(Method::GET, "/on-duty?at=noon&colour=blue&pool=x")).await;
    assert_eq!(wrong.is_problem(400), ["pool", "at", "colour"]);
    let far = Said::of(planner.ask(Method::GET, "/on-duty?at=9999-01-01T00:00:00Z")).await;
    assert_eq!(far.is_problem(422), ["at"]);
    let blind = doors.program(&town.board.planner, &["needs:read"]).await;
    Said::of(blind.ask(Method::GET, "/on-duty")).await.is_problem(403);
}

async fn only_the_hours_an_office_bought_are_answered_for(engine: Engine) {
    let doors = Doors::open(engine).await;
    let town = &doors.town;
    let riquewihr = town.office("Riquewihr").covered("19:00–21:00").await;
    let without = town.office("Kaysersberg").plain().await;
    town.advisor("Ana").on_duty("2026-07-04", "18:00–22:00").await;
    let manager = doors.program(&riquewihr.manager, &[]).await;
    let mine = format!("/on-duty?office={}", riquewihr.id);
    for (time, on, until) in [
        ("18:30", vec![], "2026-07-04T17:00:00Z"),
        ("19:00", vec![("Ana", "lead")], "2026-07-04T19:00:00Z"),
        ("21:00", vec![], "2026-07-04T20:00:00Z"),
    ] {
        town.clock_shows(time).await;
        assert_eq!(watch(&manager.get(&mine).await), (on, until), "{time}");
    }
    let other = format!("/on-duty?office={}&at=2026-07-04T18:00:00Z", without.id);
    assert_eq!(manager.get(&other).await["items"], json!([]));
}

async fn a_place_says_who_could_take_it_what_that_would_bring_and_how_a_hole_is_filled(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let (ana, bea, rota) = a_week(&doors, &planner).await;
    let places = planner.get(&format!("{rota}/assignments")).await;
    let first = format!("{rota}/assignments/{}", items(&places)[0]["id"].as_str().unwrap());
    let tag = tag_of(&planner, &first).await;
    let opened = step(&planner, Method::PUT, &first, &tag, Some(json!({ "person": null, "pinned": false })));
    assert_eq!(opened.await.status, 200);

    let advisor = doors.program(&bea, &[]).await;
    let cant = json!({ "kind": "cant" });
    let said = advisor.ask(Method::PUT, "/wishes/2026-07-06").header(header::IF_NONE_MATCH, "*").json(&cant);
    assert!(Said::of(said).await.status < 300);
    let candidates = planner.get(&format!("{first}/candidates")).await;
    let of = |person: &Person| {
        items(&candidates).iter().find(|one| one["person"] == json!(person.id.0)).unwrap().clone()
    };
    assert_eq!((&of(&ana)["standing"], &of(&ana)["finding"]), (&json!("free"), &Value::Null));
    assert_eq!(of(&bea)["standing"], "blocked");
    assert_eq!((&of(&bea)["finding"]["rule"], &of(&bea)["wish"]), (&json!("absence"), &json!("cant")));

    let given = planner.get(&format!("{first}/what-if?person={}", ana.id)).await;
    assert_eq!((&given["refused"], &given["new"]), (&json!(false), &json!([])));
    let part = &given["taker"];
    assert!(part["over_before"].as_i64().unwrap() < part["over_after"].as_i64().unwrap(), "{part}");
    let given = planner.get(&format!("{first}/what-if?person={}", bea.id)).await;
    assert_eq!(given["refused"], json!(true));

    let ways = planner.get(&format!("{first}/ways")).await;
    let told: Vec<(Value, Value)> = items(&ways)
        .iter()
        .map(|way| (way["steps"].as_array().unwrap().last().unwrap()["person"].clone(), way["asked"].clone()))
        .collect();
    let expected = [(json!(ana.id.0), json!(false)), (json!(bea.id.0), json!(true))];
    assert_eq!(told, expected, "who is free first, then who would have to be asked");
    let nobody = planner.ask(Method::GET, &format!("{first}/what-if?person={}", uuid::Uuid::now_v7()));
    Said::of(nobody).await.is_problem(404);
}
