//! Statements of a month over the API: what was done, what is owed for it, and files that show when
//! they were changed.

use acceptance::{
    on_both_engines,
    town::{self, Engine, Office, Person, Town},
};
use app::{
    Manager,
    account::{api_tokens, invite::Head, leave},
};
use domain::{Employment, EmploymentId, Law, Minutes, Role, Rung};
use reqwest::{Method, header};
use serde_json::{Value, json};
use storage::{employments, roles, scope};
use uuid::Uuid;

use super::door::{Doors, Program, Said};

on_both_engines! {
    a_statement_says_what_was_done_and_what_is_owed_by_the_agreement,
    an_advisor_reads_their_own_month_and_says_when_they_worked,
    pay_elements_leave_as_a_table_in_either_language,
    a_register_that_was_changed_is_found_out,
    a_past_day_that_turns_out_otherwise_is_another_line_and_not_another_past,
    a_register_is_written_day_by_day_and_once_by_however_many_nodes,
    what_somebody_did_is_stated_though_they_and_their_office_left_since,
    what_was_said_at_another_employer_is_not_spoken_of,
}

fn items(list: &Value) -> &Vec<Value> {
    list["items"].as_array().unwrap()
}

/// Ana has an active evening and one on standby, in June at Riquewihr.
async fn a_june(town: &Town) -> (Office, Person) {
    let riquewihr = town.office("Riquewihr").plain().await;
    let ana = town.advisor("Ana").working_at(&riquewihr).off_duty().await;
    ana.has_duty(town, "2026-06-21", "18:00–22:00", Rung::Lead).await;
    ana.stands_by(town, "2026-06-23", "18:00–22:00").await;
    (riquewihr, ana)
}

async fn agrees(manager: &Program<'_>, basis: &str, category: Option<&str>, cents: i64, rest: u32) {
    let rate = json!({
        "basis": basis, "category": category, "hourly_cents": cents, "rest_minutes": rest,
        "from": "2026-01-01", "source": "Agreement of 3 March 2026",
    });
    manager.post("/compensation", rate).await;
}

async fn a_statement_says_what_was_done_and_what_is_owed_by_the_agreement(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (riquewihr, ana) = a_june(&doors.town).await;
    let manager = doors.program(&riquewihr.manager, &[]).await;
    let june = async || manager.get("/statements?month=2026-06").await["people"][0].clone();
    let before = june().await;
    assert_eq!((&before["work_minutes"], &before["standby_minutes"]), (&json!(240), &json!(240)));
    assert_eq!(before["owed"], json!({ "cents": 0, "rest_minutes": 0 }), "the law sets no amount");

    agrees(&manager, "work", None, 200, 0).await;
    agrees(&manager, "work", Some("sunday"), 1_000, 15).await;
    agrees(&manager, "standby", None, 300, 0).await;
    let told =
        json!({ "person": ana.id.0, "starts_at": "2026-06-23T17:00:00Z", "ends_at": "2026-06-23T17:30:00Z" });
    let told = manager.post("/interventions", told).await;
    let after = june().await;
    assert_eq!((&after["work_minutes"], &after["standby_minutes"]), (&json!(270), &json!(210)));
    // Sunday: 4 h at 10 € and an hour of rest; Tuesday: half an hour at 2 €, 3 h 30 of waiting at 3 €.
    assert_eq!(after["owed"], json!({ "cents": 4_000 + 100 + 1_050, "rest_minutes": 60 }));
    assert_eq!(after["duties"][1]["interventions"].as_array().unwrap().len(), 1);
    assert_eq!(after["duties"][1]["kind"], "standby");

    let place = told.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    let gone = manager.ask(Method::DELETE, &place).header(header::IF_MATCH, "*");
    assert_eq!(Said::of(gone).await.status, 204);
    assert_eq!(june().await["standby_minutes"], json!(240));
    assert_eq!(manager.get("/statements?month=2026-05").await["people"][0]["duties"], json!([]));
    for wrong in ["/statements", "/statements?month=2026-13"] {
        Said::of(manager.ask(Method::GET, wrong)).await.is_problem(400);
    }
    let nothing = json!({
        "basis": "work", "hourly_cents": 0, "rest_minutes": 0, "from": "2026-01-01", "source": " ",
    });
    let refused = Said::of(manager.ask(Method::POST, "/compensation").json(&nothing)).await;
    assert_eq!(refused.is_problem(422), ["/hourly_cents", "/source"]);
}

async fn an_advisor_reads_their_own_month_and_says_when_they_worked(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (riquewihr, ana) = a_june(&doors.town).await;
    let bea = doors.town.advisor("Bea").working_at(&riquewihr).off_duty().await;
    let (advisor, other) = (doors.program(&ana, &[]).await, doors.program(&bea, &[]).await);
    let told = json!({ "starts_at": "2026-06-23T17:00:00Z", "ends_at": "2026-06-23T17:20:00Z" });
    let place = advisor.post("/interventions", told.clone()).await;
    let place = place.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    let own = advisor.get("/statements?month=2026-06").await;
    assert_eq!(own["people"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&own["people"][0]["given_name"], &own["people"][0]["standby_minutes"]),
        (&json!("Ana"), &json!(220))
    );
    let nobodys = other.get(&format!("/statements?month=2026-06&person={}", ana.id)).await;
    assert_eq!(nobodys["people"], json!([]));
    Said::of(other.ask(Method::GET, &place)).await.is_problem(404);
    for refused in ["/compensation", "/statements/pay?month=2026-06", "/statements/register?month=2026-06"] {
        Said::of(advisor.ask(Method::GET, refused)).await.is_problem(403);
    }
    let for_another =
        json!({ "person": ana.id.0, "starts_at": told["starts_at"], "ends_at": told["ends_at"] });
    Said::of(other.ask(Method::POST, "/interventions").json(&for_another)).await.is_problem(404);
    let to_come = json!({ "starts_at": "2026-07-04T17:00:00Z", "ends_at": "2026-07-04T17:20:00Z" });
    let refused = Said::of(advisor.ask(Method::POST, "/interventions").json(&to_come)).await;
    assert_eq!(refused.is_problem(422), ["/ends_at"]);
    let neighbours = doors.town.office("Colmar").plain().await;
    let neighbour = doors.program(&neighbours.manager, &[]).await;
    let all = neighbour.get("/statements?month=2026-06").await;
    assert!(!all.to_string().contains(&ana.id.to_string()), "another office's people are its own affair");
    assert_eq!(items(&neighbour.get("/interventions").await).len(), 0);
}

/// A file, as text.
async fn file(program: &Program<'_>, path: &str) -> String {
    let response = program.ask(Method::GET, path).send().await.unwrap();
    assert_eq!(response.status(), 200, "{path}");
    assert_eq!(response.headers()["content-type"], "text/csv; charset=utf-8");
    response.text().await.unwrap()
}

async fn pay_elements_leave_as_a_table_in_either_language(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (riquewihr, ana) = a_june(&doors.town).await;
    let manager = doors.program(&riquewihr.manager, &[]).await;
    agrees(&manager, "work", None, 1_025, 0).await;
    let english = file(&manager, "/statements/pay?month=2026-06").await;
    let lines: Vec<&str> = english.trim_start_matches('\u{feff}').lines().collect();
    let who = format!("2026-06,{},Martin,Ana", ana.id);
    let expected = [
        "month,person,family_name,given_name,element,quantity,unit".to_owned(),
        format!("{who},standby,240,min"),
        format!("{who},work_on_duty,240,min"),
        format!("{who},compensation,41.00,currency"),
    ];
    assert_eq!(lines, expected);
    let french = file(&manager, "/statements/pay?month=2026-06&language=fr").await;
    assert!(french.contains(";compensation;41,00;monnaie"), "{french}");
}

async fn a_register_that_was_changed_is_found_out(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (riquewihr, ana) = a_june(&doors.town).await;
    let manager = doors.program(&riquewihr.manager, &[]).await;
    let employed = manager.get(&format!("/employments?person={}", ana.id)).await;
    let mornings = json!({
        "employment": items(&employed)[0]["id"], "break_minutes": 0, "from": "2026-01-01",
        "hours": { "days": ["monday", "sunday"], "from": "09:00", "until": "12:00" },
    });
    manager.post("/office-hours", mornings).await;
    let register = file(&manager, "/statements/register?month=2026-06").await;
    // Of Ana and of the manager thirty days and the four weeks that end in them; the register was begun
    // before her hours were said, so that five Mondays, four Sundays and their weeks are corrected.
    assert_eq!(register.lines().count() - 2, 68 + 13, "a header and an end besides: {register}");
    let sunday = format!("day,2026-06-21,{},Martin,Ana,180,240,420,", ana.id);
    assert!(register.contains(&sunday), "{register}");
    let check = async |text: String| {
        let request = manager.ask(Method::POST, "/statements/register/check");
        Said::of(request.header(header::CONTENT_TYPE, "text/csv").body(text)).await.body
    };
    assert_eq!(check(register.clone()).await, json!({ "intact": true, "lines": 81, "broken_line": null }));
    let nobody = file(&manager, "/statements/register?month=2025-06").await;
    assert_eq!(
        check(nobody).await,
        json!({ "intact": true, "lines": 0, "broken_line": null }),
        "before they came"
    );
    let changed = register.replace(&sunday, &sunday.replace(",240,420,", ",200,380,"));
    let line = register.lines().position(|line| line.contains(&sunday)).unwrap() + 1;
    assert_eq!(check(changed).await, json!({ "intact": false, "lines": null, "broken_line": line }));
}

/// The lines of a file about `date`, as they are.
fn about(register: &str, date: &str) -> Vec<Vec<String>> {
    let lines = register.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    lines.filter(|cells| cells.get(1).is_some_and(|cell| cell == date)).collect()
}

async fn a_past_day_that_turns_out_otherwise_is_another_line_and_not_another_past(engine: Engine) {
    let doors = Doors::open(engine).await;
    let (riquewihr, ana) = a_june(&doors.town).await;
    let manager = doors.program(&riquewihr.manager, &[]).await;
    let june = async || file(&manager, "/statements/register?month=2026-06").await;
    let of_ana = |register: &str| {
        let all = about(register, "2026-06-23");
        all.into_iter()
            .filter(|cells| cells[2] == ana.id.to_string() && cells[0] == "day")
            .collect::<Vec<_>>()
    };
    let before = june().await;
    assert_eq!(june().await, before, "nothing changed, and nothing was added");
    doors.town.clock_shows("2026-07-10T09:00+02:00").await;
    let manager_again = doors.program(&riquewihr.manager, &[]).await;
    let told =
        json!({ "person": ana.id.0, "starts_at": "2026-06-23T17:00:00Z", "ends_at": "2026-06-23T17:30:00Z" });
    manager_again.post("/interventions", told).await;
    let after = file(&manager_again, "/statements/register?month=2026-06").await;
    let (first, both) = (of_ana(&before), of_ana(&after));
    assert_eq!((first.len(), both.len()), (1, 2), "{after}");
    // All but the hash over the file: what was written is as it was.
    assert_eq!(first[0][..12], both[0][..12]);
    assert_eq!((&*both[0][7], &*both[1][7]), ("0", "30"));
    assert_eq!((&both[1][10], &*both[1][9]), (&both[0][8], "2026-07-10T07:00:00Z"), "which line, and when");
    let week = about(&after, "2026-06-22");
    let week = week.iter().filter(|cells| cells[0] == "week" && cells[2] == ana.id.to_string());
    assert_eq!(week.map(|cells| cells[7].clone()).collect::<Vec<_>>(), ["0", "30"]);
    let looked = manager_again.get("/statements/register/seals").await;
    assert_eq!((&looked["intact"], &looked["broken_number"]), (&json!(true), &Value::Null));

    // Whoever reaches into the tables past the program is found out.
    let number: i64 = both[0][8].parse().unwrap();
    doors
        .town
        .rows
        .change(&format!("update register_lines set total_minutes = 99 where number = {number}"))
        .await;
    let looked = manager_again.get("/statements/register/seals").await;
    assert_eq!((&looked["intact"], &looked["broken_number"]), (&json!(false), &json!(number)));
}

async fn a_register_is_written_day_by_day_and_once_by_however_many_nodes(engine: Engine) {
    let doors = Doors::open(engine).await;
    let town = &doors.town;
    let (riquewihr, _) = a_june(town).await;
    let lines = async || town.rows.number("select count(*) from register_lines").await.unwrap();
    let distinct = "select count(*) from (select distinct organisation_id, kind, person_id, day from register_lines) all_of_it";
    town.work_until_idle().await;
    let begun = lines().await;
    assert!(begun > 0, "a register begins by itself");
    town.clock_shows("2026-07-05T02:30+02:00").await;
    tokio::join!(town.work_until_idle(), town.work_until_idle());
    let after = lines().await;
    assert_eq!(
        after - begun,
        town.rows.number("select count(*) from employments").await.unwrap(),
        "a line a person"
    );
    let job = app::jobs::Job::WriteRegister { organisation: riquewihr.id, day: town::day("2026-07-04") };
    let again = async || app::jobs::run(&town.app, job.clone()).await.unwrap();
    tokio::join!(again(), again());
    assert_eq!((lines().await, town.rows.number(distinct).await.unwrap()), (after, after));
    let manager = doors.program(&riquewihr.manager, &[]).await;
    assert_eq!(manager.get("/statements/register/seals").await["intact"], json!(true));
}

async fn what_somebody_did_is_stated_though_they_and_their_office_left_since(engine: Engine) {
    let doors = Doors::open(engine).await;
    let town = &doors.town;
    let (riquewihr, ana) = a_june(town).await;
    let manager = doors.program(&riquewihr.manager, &[]).await;
    let planner = doors.program(&town.board.planner, &[]).await;
    let june = async || manager.get("/statements?month=2026-06").await["people"][0].clone();
    let given = async || {
        let ledger = planner.get("/ledger?from=2026-06-01&until=2026-06-30").await;
        let offices = items_of(&ledger, "offices").clone();
        let people = items_of(&ledger, "people").iter().map(|one| one["person"].clone());
        (offices, people.collect::<Vec<_>>(), items_of(&ledger, "people").len())
    };
    let (stated, kept) = (june().await, given().await);
    assert_eq!(stated["person"], json!(ana.id.0), "{stated}");

    let head = Head::from(&riquewihr.manager.caller::<Manager>().await);
    leave::leave(&town.app, &head, ana.id).await.unwrap();
    town.work_until_idle().await;
    town.clock_shows("2026-07-14T12:00+02:00").await;
    assert_eq!(june().await, stated, "she left ten days ago");
    assert_eq!(given().await, kept, "and the ledger still says what her office gave");

    let members = planner.get(&format!("/memberships?pool={}", town.pool)).await;
    let membership =
        items(&members).iter().find(|one| one["organisation"] == json!(riquewihr.id.0)).unwrap().clone();
    let path = format!("/memberships/{}", membership["id"].as_str().unwrap());
    let body = json!({ "from": membership["from"], "until": "2026-07-14" });
    let ends = planner.ask(Method::PUT, &path).header(header::IF_MATCH, "*").json(&body);
    let said = Said::of(ends).await;
    assert_eq!(said.status, 200, "{}", said.body);
    town.clock_shows("2026-07-24T12:00+02:00").await;
    assert_eq!(june().await, stated, "her office left ten days ago");
    assert_eq!(given().await, kept);
}

/// Advises at another office too, since the year began.
async fn works_at(town: &Town, person: &Person, office: &Office) {
    let tx = town.app.store.write(scope::System, town.now()).await.unwrap();
    let employment = Employment {
        id: EmploymentId(Uuid::now_v7()),
        person: person.id,
        organisation: office.id,
        from: town::day("2026-01-01"),
        until: None,
        law: Law::FrancePrivate,
        weekly: Minutes::hours(10),
        born: None,
    };
    employments::add(&tx, &employment).await.unwrap();
    let held = roles::Held { person: person.id, organisation: office.id, role: Role::Advisor };
    roles::grant(&tx, held).await.unwrap();
    tx.commit().await.unwrap();
}

fn items_of<'v>(value: &'v Value, list: &str) -> &'v Vec<Value> {
    value[list].as_array().unwrap_or_else(|| panic!("{list} in {value}"))
}

async fn what_was_said_at_another_employer_is_not_spoken_of(engine: Engine) {
    let doors = Doors::open(engine).await;
    let town = &doors.town;
    let (riquewihr, ana) = a_june(town).await;
    let kaysersberg = town.office("Kaysersberg").plain().await;
    let manager = doors.program(&riquewihr.manager, &[]).await;
    let told = json!({
        "person": ana.id.0, "starts_at": "2026-06-23T17:00:00Z", "ends_at": "2026-06-23T17:30:00Z",
    });
    let told = manager.post("/interventions", told).await;
    works_at(town, &ana, &kaysersberg).await;
    let at = async |office: &Office| {
        let access = api_tokens::Access::of_session(ana.session().await);
        let new = api_tokens::NewToken {
            name: "A program".to_owned(),
            hat: Some((Role::Advisor, office.id)),
            scopes: vec!["statements:read".to_owned(), "statements:write".to_owned()],
            expires_at: None,
        };
        let made = api_tokens::make(&town.app, &access, new).await.unwrap();
        doors.bearer(&made.secret)
    };
    let (here, there) = (at(&riquewihr).await, at(&kaysersberg).await);
    let id = told.body["id"].as_str().unwrap();
    assert_eq!(items(&here.get("/interventions").await).len(), 1);
    assert_eq!(items(&there.get("/interventions").await).len(), 0);
    let path = format!("/interventions/{id}");
    assert_eq!(Said::of(there.ask(Method::GET, &path)).await.status, 404);
    let removed = there.ask(Method::DELETE, &path).header(header::IF_MATCH, "*");
    assert_eq!(Said::of(removed).await.status, 404);
    let removed = here.ask(Method::DELETE, &path).header(header::IF_MATCH, "*");
    assert_eq!(Said::of(removed).await.status, 204);
}
