//! The desk through the API: conversations and messages, notebooks, jobs that were given up.

use acceptance::{
    on_both_engines,
    town::{Engine, Person},
};
use reqwest::{Method, header};
use serde_json::{Value, json};

use super::door::{Doors, Program, Said};

on_both_engines! {
    a_program_on_duty_finds_a_conversation_takes_it_and_answers,
    whoever_is_not_at_the_desk_sees_no_conversation,
    a_list_reaches_no_further_back_than_the_inbox_and_opening_what_is_older_is_noted,
    a_conversation_goes_back_is_closed_and_opened_again,
    conversations_of_the_duty_and_of_the_own_desk_are_one_list,
    an_office_keeps_its_notebook_and_the_duty_reads_it,
    an_operator_tries_dead_jobs_again_and_nobody_else_sees_them,
}

fn count(list: &Value) -> usize {
    list["items"].as_array().unwrap().len()
}

/// Does something to the state a conversation is in now.
async fn act(program: &Program<'_>, path: &str, act: &str) -> Said {
    let read = Said::of(program.ask(Method::GET, path)).await;
    assert_eq!(read.status, 200, "{path}: {}", read.body);
    let ask = program.ask(Method::POST, &format!("{path}/{act}"));
    Said::of(ask.header(header::IF_MATCH, read.header("etag"))).await
}

/// A covered evening: the clock shows nine.
async fn evening(engine: Engine) -> Doors {
    let doors = Doors::open(engine).await;
    doors.town.clock_shows("2026-07-04T21:00+02:00").await;
    doors
}

async fn a_program_on_duty_finds_a_conversation_takes_it_and_answers(engine: Engine) {
    let doors = evening(engine).await;
    let office = doors.town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = doors.town.advisor("Ana").on_duty_for(&office).await;
    let mut visitor = office.receives_chat("Is the castle open tomorrow?").await;
    doors.town.work_until_idle().await;
    let program = doors.program(&ana, &[]).await;

    let waiting = program
        .get(&format!("/conversations?status=waiting&channel=web_chat&organisation={}", office.id))
        .await;
    assert_eq!(
        (count(&waiting), &waiting["items"][0]["snippet"]),
        (1, &json!("Is the castle open tomorrow?"))
    );
    assert_eq!(count(&program.get("/conversations?channel=email").await), 0);
    let path = format!("/conversations/{}", waiting["items"][0]["id"].as_str().unwrap());
    let before = Said::of(program.ask(Method::GET, &path)).await;
    let taken = act(&program, &path, "take").await;
    assert_eq!(
        (taken.status, &taken.body["assigned_to"]),
        (200, &json!(ana.id.to_string())),
        "{}",
        taken.body
    );
    let late = program.ask(Method::POST, &format!("{path}/take"));
    let late = Said::of(late.header(header::IF_MATCH, before.header("etag"))).await;
    late.is_problem(412);
    assert_eq!(late.body["current"]["assigned_to"], ana.id.to_string());
    Said::of(program.ask(Method::POST, &format!("{path}/take"))).await.is_problem(428);

    let said = program.get(&format!("{path}/messages?sort=-at")).await;
    let asked = said["items"].as_array().unwrap().iter().find(|one| one["direction"] == "in").unwrap();
    assert_eq!(asked["text"], "Is the castle open tomorrow?");
    let answer = json!({ "text": " Yes, from nine to six. ", "seen": asked["id"] });
    let sent = program.ask(Method::POST, &format!("{path}/messages"));
    let sent = Said::of(sent.header("Idempotency-Key", "answer-0123456789abcdef").json(&answer)).await;
    assert_eq!((sent.status, &sent.body["text"]), (201, &json!("Yes, from nine to six.")), "{}", sent.body);
    assert_eq!((&sent.body["direction"], &sent.body["author"]), (&json!("out"), &json!(ana.id.to_string())));
    let again = program.ask(Method::POST, &format!("{path}/messages"));
    let again = Said::of(again.header("Idempotency-Key", "answer-0123456789abcdef").json(&answer)).await;
    assert_eq!((again.status, &again.body), (201, &sent.body), "sent again, it is answered once");
    doors.town.work_until_idle().await;
    visitor.reads("Yes, from nine to six.", "Ana").await;
    assert_eq!(visitor.messages().await.iter().filter(|one| one.body.starts_with("Yes")).count(), 1);
    let place = sent.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    assert_eq!(program.get(&place).await["delivery"], "sent");
    assert_eq!(program.get(&path).await["status"], "answered");
    let again = Said::of(program.ask(Method::POST, &format!("{place}/resend"))).await;
    assert_eq!(again.is_problem(409), [""; 0], "what was sent is not sent again");

    for (wrong, field) in
        [(json!({}), "/text"), (json!({ "text": "a", "seen": ana.id.to_string() }), "/seen")]
    {
        let wrong = Said::of(program.ask(Method::POST, &format!("{path}/messages")).json(&wrong)).await;
        assert_eq!(wrong.is_problem(422), [field]);
    }
    let empty = program.ask(Method::POST, &format!("{path}/messages")).json(&json!({ "text": " " }));
    assert_eq!(Said::of(empty).await.is_problem(422), ["/text"]);
    visitor.writes("And on Monday?").await;
    doors.town.work_until_idle().await;
    assert_eq!(program.get(&path).await["status"], "waiting");
}

async fn whoever_is_not_at_the_desk_sees_no_conversation(engine: Engine) {
    let doors = evening(engine).await;
    let office = doors.town.office("Riquewihr").covered("18:00–22:00").await;
    let _ana = doors.town.advisor("Ana").on_duty_for(&office).await;
    let neighbour = doors.town.office("Kaysersberg").plain().await;
    let visitor = office.receives_chat("Is the castle open tomorrow?").await;
    doors.town.work_until_idle().await;
    let path = format!("/conversations/{}", visitor.conversation().await);

    let planner = doors.program(&doors.town.board.planner, &[]).await;
    for path in ["/conversations", path.as_str(), format!("{path}/messages").as_str()] {
        Said::of(planner.ask(Method::GET, path)).await.is_problem(403);
    }
    let bea = doors.town.advisor("Bea").working_at(&neighbour).off_duty().await;
    for stranger in [&bea, &neighbour.manager] {
        let program = doors.program(stranger, &[]).await;
        assert_eq!(count(&program.get("/conversations").await), 0);
        Said::of(program.ask(Method::GET, &path)).await.is_problem(404);
        Said::of(program.ask(Method::GET, &format!("{path}/messages"))).await.is_problem(404);
    }
    let bea = doors.program(&bea, &[]).await;
    let answer = bea.ask(Method::POST, &format!("{path}/messages")).json(&json!({ "text": "Hello" }));
    Said::of(answer).await.is_problem(404);

    let manager = doors.program(&office.manager, &[]).await;
    assert_eq!(count(&manager.get("/conversations").await), 1);
    assert!(manager.get(&format!("{path}/messages")).await.to_string().contains("castle"));
    let answer = manager.ask(Method::POST, &format!("{path}/messages")).json(&json!({ "text": "Hello" }));
    Said::of(answer).await.is_problem(403);
    let reader = doors.program(&office.manager, &["notes:read"]).await;
    Said::of(reader.ask(Method::GET, "/conversations")).await.is_problem(403);
}

async fn a_list_reaches_no_further_back_than_the_inbox_and_opening_what_is_older_is_noted(engine: Engine) {
    let doors = evening(engine).await;
    let office = doors.town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = doors.town.advisor("Ana").on_duty_for(&office).await;
    let visitor = office.receives_chat("Is the castle open tomorrow?").await;
    office.receives_chat("Where can we park?").await;
    doors.town.work_until_idle().await;
    let path = format!("/conversations/{}", visitor.conversation().await);
    let program = doors.program(&ana, &[]).await;
    assert_eq!(act(&program, &path, "close").await.status, 200);
    let manager = doors.program(&office.manager, &[]).await;
    assert_eq!(count(&manager.get("/conversations").await), 2);

    doors.town.clock_shows("2026-07-05T21:30+02:00").await;
    let listed = manager.get("/conversations").await;
    assert_eq!(count(&listed), 1, "what waits stays, however old it is");
    assert_eq!(listed["items"][0]["snippet"], "Where can we park?");
    assert_eq!(count(&manager.get("/conversations?status=done").await), 0);
    let caller = office.manager.caller::<app::Anybody>().await;
    let looked = async || app::privacy::mine(&doors.town.app, &caller).await.unwrap().len();
    assert_eq!(looked().await, 0, "lists leave no line");
    manager.get(&path).await;
    assert_eq!(looked().await, 1);
}

async fn a_conversation_goes_back_is_closed_and_opened_again(engine: Engine) {
    let doors = evening(engine).await;
    let office = doors.town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = doors.town.advisor("Ana").on_duty_for(&office).await;
    let bob = doors.town.advisor("Bob").as_backup().on_duty_for(&office).await;
    let visitor = office.receives_chat("Is the castle open tomorrow?").await;
    let path = format!("/conversations/{}", visitor.conversation().await);
    let (ana, bob) = (doors.program(&ana, &[]).await, doors.program(&bob, &[]).await);

    assert_eq!(act(&ana, &path, "take").await.status, 200);
    act(&bob, &path, "give-back").await.is_problem(409);
    let answer = bob.ask(Method::POST, &format!("{path}/messages")).json(&json!({ "text": "Yes." }));
    Said::of(answer).await.is_problem(409);
    let back = act(&ana, &path, "give-back").await;
    assert_eq!((back.status, &back.body["assigned_to"]), (200, &Value::Null), "{}", back.body);
    let kept = office.conversation_about("castle").await;
    assert_eq!(
        (kept.decision, kept.considered.len()),
        (None, 0),
        "whoever gave it back is to answer no more"
    );
    let taken = act(&bob, &path, "take").await;
    assert_eq!(taken.status, 200);
    let closed = act(&bob, &path, "close").await;
    assert_eq!((closed.status, &closed.body["status"]), (200, &json!("done")), "{}", closed.body);
    let open = act(&ana, &path, "reopen").await;
    assert_eq!((open.status, &open.body["status"]), (200, &json!("waiting")), "{}", open.body);
}

async fn conversations_of_the_duty_and_of_the_own_desk_are_one_list(engine: Engine) {
    let doors = Doors::open(engine).await;
    let own = doors.town.office("Riquewihr").own_desk("11:00–20:00").plain().await;
    let other = doors.town.office("Kaysersberg").covered("11:00–14:00").await;
    let ana = doors.town.advisor("Ana").working_at(&own).on_duty_for(&other).await;
    let mut wrote = Vec::new();
    for number in 0..3 {
        wrote.push(own.receives_chat(&format!("At home {number}")).await);
        wrote.push(other.receives_chat(&format!("Elsewhere {number}")).await);
    }
    let program = doors.program(&ana, &[]).await;
    for sort in ["created", "-created", "last_message_at", "-last_message_at", "-opened_at"] {
        let (mut seen, mut path) = (Vec::new(), format!("/conversations?sort={sort}&limit=2"));
        loop {
            let page = program.get(&path).await;
            assert!(count(&page) <= 2);
            let items = page["items"].as_array().unwrap();
            seen.extend(items.iter().map(|one| one["snippet"].as_str().unwrap().to_owned()));
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/conversations?sort={sort}&limit=2&cursor={next}");
        }
        assert_eq!(seen.len(), 6, "{sort}: {seen:?}");
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 6, "{sort}: one stands there twice");
    }
    assert_eq!(count(&program.get(&format!("/conversations?organisation={}", own.id)).await), 3);
}

fn note(title: &str) -> Value {
    json!({ "team_only": false, "texts": [
        { "language": "fr", "title": title, "text": "Ouvert de 9 h à 18 h." },
        { "language": "en", "title": "Castle", "text": "Open from nine to six." } ] })
}

async fn an_office_keeps_its_notebook_and_the_duty_reads_it(engine: Engine) {
    let doors = evening(engine).await;
    let own = doors.town.office("Riquewihr").covered("18:00–22:00").await;
    let elsewhere = doors.town.office("Kaysersberg").plain().await;
    let lea = doors.town.advisor("Lea").working_at(&own).off_duty().await;
    let ana = doors.town.advisor("Ana").working_at(&elsewhere).on_duty_for(&own).await;
    let bea = doors.town.advisor("Bea").working_at(&elsewhere).off_duty().await;
    let (lea, ana) = (doors.program(&lea, &[]).await, doors.program(&ana, &[]).await);

    let made = lea.post("/notes", note("Château")).await;
    let path = made.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    assert_eq!(
        (&made.body["checked_on"], &made.body["texts"][0]["language"]),
        (&json!("2026-07-04"), &json!("en"))
    );
    assert_eq!(
        ana.get(&path).await["texts"][1]["title"],
        "Château",
        "on duty one reads the covered office's"
    );
    assert_eq!(count(&ana.get("/notes?sort=-checked_on").await), 1);
    let put = |program: &Program<'_>, tag: &str, body: &Value| {
        program.ask(Method::PUT, &path).header(header::IF_MATCH, tag).json(body)
    };
    Said::of(put(&ana, "*", &note("Mine"))).await.is_problem(404);
    let bea = doors.program(&bea, &[]).await;
    Said::of(bea.ask(Method::GET, &path)).await.is_problem(404);
    assert_eq!(count(&bea.get("/notes").await), 0);

    let tag = made.header("etag").to_owned();
    let changed = Said::of(put(&lea, &tag, &note("Le château"))).await;
    assert_eq!((changed.status, &changed.body["texts"][1]["title"]), (200, &json!("Le château")));
    let late = Said::of(put(&lea, &tag, &note("Château"))).await;
    late.is_problem(412);
    assert_eq!(late.body["current"], lea.get(&path).await);
    let wrong = json!({ "team_only": false, "texts": [
        { "language": "fr", "title": " ", "text": "" }, { "language": "fr", "title": "a", "text": "b" } ] });
    let wrong = Said::of(lea.ask(Method::POST, "/notes").json(&wrong)).await;
    assert_eq!(wrong.is_problem(422), ["/texts/0/title", "/texts/0/text", "/texts/1/language"]);
    let manager = doors.program(&own.manager, &[]).await;
    assert_eq!(count(&manager.get("/notes").await), 1);
    Said::of(manager.ask(Method::POST, "/notes").json(&note("x"))).await.is_problem(403);
    let gone = lea.ask(Method::DELETE, &path).header(header::IF_MATCH, tag);
    Said::of(gone).await.is_problem(412);
    let gone = lea.ask(Method::DELETE, &path).header(header::IF_MATCH, changed.header("etag"));
    assert_eq!(Said::of(gone).await.status, 204);
    Said::of(lea.ask(Method::GET, &path)).await.is_problem(404);
}

async fn runs_the_service(doors: &Doors, person: &Person) {
    app::account::house::add_operator(&doors.town.app, &person.email, "Odile", "Petit").await.unwrap();
}

async fn an_operator_tries_dead_jobs_again_and_nobody_else_sees_them(engine: Engine) {
    let doors = evening(engine).await;
    let office = doors.town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = doors.town.advisor("Ana").on_duty_for(&office).await;
    let claimed = {
        let visitor = office.receives_chat("Is the castle open tomorrow?").await;
        let path = format!("/conversations/{}", visitor.conversation().await);
        let program = doors.program(&ana, &[]).await;
        program.post(&format!("{path}/messages"), json!({ "text": "Yes." })).await;
        let app = &doors.town.app;
        let lasts = chrono::Duration::seconds(30);
        app::jobs::claims::claim(app, "a node", 50, lasts).await.unwrap()
    };
    let given_up = claimed.iter().find(|one| one.key.starts_with("deliver/")).unwrap();
    let hopeless = app::Error::Hopeless { doing: "send it", because: "the line is cut".to_owned() };
    app::jobs::claims::fail(&doors.town.app, "a node", given_up, &hopeless).await.unwrap();

    let planner = doors.program(&doors.town.board.planner, &[]).await;
    Said::of(planner.ask(Method::GET, "/jobs")).await.is_problem(403);
    runs_the_service(&doors, &doors.town.board.planner).await;
    let operator = doors.program(&doors.town.board.planner, &[]).await;
    let dead = operator.get("/jobs?kind=deliver&sort=-ended_at").await;
    assert_eq!(count(&dead), 1, "{dead}");
    assert!(dead["items"][0]["last_error"].as_str().unwrap().contains("the line is cut"));
    assert!(!dead.to_string().contains("Yes."), "what it carries is not shown");
    assert_eq!(count(&operator.get("/jobs?kind=post").await), 0);
    let path = format!("/jobs/{}", dead["items"][0]["id"].as_str().unwrap());
    assert_eq!(operator.get(&path).await["attempts"], 1);
    assert_eq!(Said::of(operator.ask(Method::POST, &format!("{path}/replay"))).await.status, 204);
    Said::of(operator.ask(Method::POST, &format!("{path}/replay"))).await.is_problem(404);
    assert_eq!(count(&operator.get("/jobs").await), 0);
    let limited = doors.program(&doors.town.board.planner, &["me:read"]).await;
    Said::of(limited.ask(Method::GET, "/jobs")).await.is_problem(403);
}
