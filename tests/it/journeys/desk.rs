//! From a visitor's question to the answer they read, and what happens when nobody is there.

use acceptance::{
    on_both_engines,
    town::{Engine, Town},
};
use app::desk::{self, Written};
use domain::{ConversationStatus, Decision, Direction, Held};
use uuid::Uuid;
use views::html::visitor::Attending;

on_both_engines! {
    a_message_at_nine_in_the_evening_reaches_the_advisor_on_duty_and_the_answer_reaches_the_visitor,
    nobody_on_duty_is_said_truthfully_once_and_the_message_is_taken_up_by_the_next_duty,
    a_message_at_night_waits_for_the_offices_own_desk,
    a_message_outside_coverage_is_never_lost,
    somebody_on_duty_for_the_pool_sees_nothing_of_an_office_that_bought_nothing,
    a_message_sent_twice_is_one_message,
    an_answer_sent_twice_is_one_answer,
    ticks_that_run_twice_do_nothing_twice,
    whoever_answers_first_has_it_and_a_colleague_takes_it_on_purpose,
    another_conversations_token_shows_nothing,
    the_hour_after_the_duty_the_advisor_sees_only_what_is_still_theirs,
}

const CASTLE: &str = "Is the castle open tomorrow?";

async fn a_message_at_nine_in_the_evening_reaches_the_advisor_on_duty_and_the_answer_reaches_the_visitor(
    engine: Engine,
) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").on_duty_for(&riquewihr).await;
    let off_duty = town.advisor("Bruno").off_duty().await;

    let visitor = riquewihr.receives_chat(CASTLE).await;
    town.work_until_idle().await;
    ana.sees_in_inbox(CASTLE).await;
    off_duty.does_not_see(CASTLE).await;
    assert!(
        matches!(visitor.sees_attending().await, Attending::Person { given_name, .. } if given_name == "Ana")
    );

    town.clock_shows("21:02").await;
    ana.answers(CASTLE, "Yes, from nine in the morning.").await;
    town.work_until_idle().await;
    visitor.reads("Yes, from nine in the morning.", "Ana").await;
    assert_eq!(visitor.automatic_answers().await, Vec::<String>::new());
    let kept = riquewihr.conversation_about(CASTLE).await;
    assert_eq!((kept.status, kept.assigned_to), (ConversationStatus::Answered, Some(ana.id)));
    assert_eq!(ana.inbox().await.waiting.len(), 0);
}

async fn nobody_on_duty_is_said_truthfully_once_and_the_message_is_taken_up_by_the_next_duty(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T20:00+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").on_duty("2026-07-05", "18:00–22:00").await;

    let mut visitor =
        riquewihr.receives_chat("Good evening! Is the boat to the island running tomorrow morning?").await;
    visitor.writes("And is there a bus that goes to the harbour from the village?").await;
    town.work_until_idle().await;
    let said = visitor.automatic_answers().await;
    let [sentence] = &said[..] else { panic!("one automatic answer, not {said:#?}") };
    assert!(sentence.contains("tomorrow") && sentence.contains("112"), "{sentence}");
    let opens = Attending::Nobody { opens_at: Some(acceptance::town::instant("2026-07-05T18:00+02:00")) };
    assert_eq!(visitor.sees_attending().await, opens);
    let held = riquewihr.conversation_about("a bus that goes").await;
    assert!(
        matches!(held.decision, Some(Decision::Hold { because: Held::NobodyOnDuty, pool: Some(_), .. })),
        "{:?}",
        held.decision
    );
    ana.does_not_see("And is there a bus").await;

    town.clock_shows("2026-07-05T17:59+02:00").await;
    town.work_until_idle().await;
    ana.does_not_see("And is there a bus").await;
    town.clock_shows("18:00").await;
    town.work_until_idle().await;
    ana.sees_in_inbox("And is there a bus").await;
    ana.answers("And is there a bus", "Every hour, from the church.").await;
    town.work_until_idle().await;
    visitor.reads("Every hour, from the church.", "Ana").await;
    assert_eq!(visitor.automatic_answers().await.len(), 1);
}

async fn a_message_at_night_waits_for_the_offices_own_desk(engine: Engine) {
    let town = Town::at(engine, "2026-07-06T23:00+02:00").await;
    let riquewihr = town.office("Riquewihr").own_desk("09:00–17:00").plain().await;
    let carla = town.advisor("Carla").working_at(&riquewihr).off_duty().await;
    let stranger = town.advisor("Bruno").off_duty().await;

    let visitor = riquewihr.receives_chat(CASTLE).await;
    town.work_until_idle().await;
    let opens = Attending::Nobody { opens_at: Some(acceptance::town::instant("2026-07-07T09:00+02:00")) };
    assert_eq!(visitor.sees_attending().await, opens);
    assert_eq!(visitor.automatic_answers().await.len(), 1);
    carla.does_not_see(CASTLE).await;

    town.clock_shows("2026-07-07T09:00+02:00").await;
    town.work_until_idle().await;
    assert_eq!(riquewihr.conversation_about(CASTLE).await.decision, Some(Decision::OwnDesk));
    carla.sees_in_inbox(CASTLE).await;
    stranger.does_not_see(CASTLE).await;
    carla.answers(CASTLE, "Yes, from nine.").await;
    town.work_until_idle().await;
    visitor.reads("Yes, from nine.", "Carla").await;
}

async fn a_message_outside_coverage_is_never_lost(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T22:30+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    // On duty for others until midnight: nobody bought this hour for Riquewihr.
    let late = town.advisor("Lou").on_duty("2026-07-04", "18:00–23:59").await;
    let ana = town.advisor("Ana").on_duty("2026-07-05", "18:00–22:00").await;

    riquewihr.receives_chat(CASTLE).await;
    town.work_until_idle().await;
    late.does_not_see(CASTLE).await;
    let held = riquewihr.conversation_about(CASTLE).await;
    assert!(
        matches!(held.decision, Some(Decision::Hold { because: Held::Closed, .. })),
        "{:?}",
        held.decision
    );

    town.clock_shows("2026-07-05T18:00+02:00").await;
    town.work_until_idle().await;
    ana.sees_in_inbox(CASTLE).await;
}

async fn somebody_on_duty_for_the_pool_sees_nothing_of_an_office_that_bought_nothing(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let thrifty = town.office("Ribeauvillé").plain().await;
    let ana = town.advisor("Ana").on_duty_for(&riquewihr).await;
    thrifty.receives_chat(CASTLE).await;
    town.work_until_idle().await;
    ana.does_not_see(CASTLE).await;
    let kept = thrifty.conversation_about(CASTLE).await;
    assert!(ana.opens_conversation(kept.id).await.is_err());
    assert!(ana.replies(kept.id, "No.", &Uuid::new_v4().to_string()).await.is_err());
}

async fn a_message_sent_twice_is_one_message(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let key = Uuid::new_v4().to_string();
    // The browser never got our first answer, so it has no token yet and sends the same again.
    let (mut first, mut again) = (riquewihr.visitor(), riquewihr.visitor());
    let (one, two) = tokio::join!(first.sends(CASTLE, &key), again.sends(CASTLE, &key));
    one.unwrap();
    two.unwrap();
    assert_eq!(first.token, again.token);
    town.work_until_idle().await;
    let kept = riquewihr.conversation_about(CASTLE).await;
    let incoming = riquewihr.messages(kept.id).await;
    assert_eq!(incoming.iter().filter(|message| message.direction == Direction::In).count(), 1);
}

async fn an_answer_sent_twice_is_one_answer(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").on_duty_for(&riquewihr).await;
    let visitor = riquewihr.receives_chat(CASTLE).await;
    town.work_until_idle().await;
    let open = ana.opens(CASTLE).await;
    let (one, two) = tokio::join!(
        ana.replies(open.row.id, "Yes.", &open.key),
        ana.replies(open.row.id, "Yes.", &open.key)
    );
    let late = ana.replies(open.row.id, "Yes.", &open.key).await.unwrap();
    assert!(one.is_ok() || two.is_ok());
    for id in [one, two].into_iter().flatten() {
        assert_eq!(id, late);
    }
    town.work_until_idle().await;
    visitor.reads("Yes.", "Ana").await;
}

async fn ticks_that_run_twice_do_nothing_twice(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T20:00+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").on_duty("2026-07-05", "18:00–22:00").await;
    let visitor = riquewihr.receives_chat(CASTLE).await;
    town.work_until_idle().await;
    town.clock_shows("2026-07-05T18:00+02:00").await;
    tokio::join!(
        worker::ticks::tick_all(&town.app),
        worker::ticks::tick_all(&town.app),
        worker::ticks::tick_all(&town.app)
    );
    let once = riquewihr.conversation_about(CASTLE).await;
    assert_eq!(once.assigned_to, Some(ana.id));
    worker::ticks::tick_all(&town.app).await;
    town.work_until_idle().await;
    assert_eq!(riquewihr.conversation_about(CASTLE).await, once);
    assert_eq!(visitor.messages().await.len(), 2, "the question and one automatic answer");
}

async fn whoever_answers_first_has_it_and_a_colleague_takes_it_on_purpose(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").who_is_here().on_duty_for(&riquewihr).await;
    let bruno = town.advisor("Bruno").as_backup().who_is_here().on_duty_for(&riquewihr).await;
    let visitor = riquewihr.receives_chat(CASTLE).await;
    town.work_until_idle().await;
    ana.sees_in_inbox(CASTLE).await;
    let row = bruno.row(CASTLE).await.expect("colleagues on duty see each other's");
    assert_eq!(row.held_by.as_deref(), Some("Ana"));
    let refused = bruno.replies(row.id, "Yes.", &Uuid::new_v4().to_string()).await.unwrap_err();
    assert!(matches!(refused, app::Error::Refused(app::Refusal::TakenByAnother)), "{refused}");

    let (open, stale) = (bruno.opens(CASTLE).await, bruno.opens(CASTLE).await.version);
    bruno.takes(CASTLE).await;
    let caller = ana.caller::<app::Advisor>().await;
    let late = desk::take(&town.app, &caller, open.row.id, stale).await.unwrap_err();
    assert!(matches!(late, app::Error::Stale), "{late}");
    bruno.answers(CASTLE, "Yes, from nine.").await;
    town.work_until_idle().await;
    visitor.reads("Yes, from nine.", "Bruno").await;
}

async fn another_conversations_token_shows_nothing(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let eguisheim = town.office("Eguisheim").covered("18:00–22:00").await;
    let jonas = riquewihr.receives_chat(CASTLE).await;
    let mia = riquewihr.receives_chat("Where can we park a camper van tonight?").await;
    town.work_until_idle().await;
    let bodies = async |visitor: &acceptance::town::Visitor| -> Vec<String> {
        let said = visitor.messages().await;
        said.into_iter()
            .filter(|one| one.author == views::html::visitor::Author::Visitor)
            .map(|one| one.body)
            .collect()
    };
    assert_eq!(bodies(&jonas).await, [CASTLE]);
    assert_eq!(bodies(&mia).await, ["Where can we park a camper van tonight?"]);
    let elsewhere = jonas.page_at(&eguisheim.slug).await;
    assert!(elsewhere.model.messages.is_empty() && elsewhere.conversation.is_none());

    let mut guessing = riquewihr.visitor();
    for token in ["0".repeat(64), String::new(), jonas.conversation().await.to_string()] {
        guessing.token = Some(token.clone());
        let page = guessing.page().await;
        assert!(page.model.messages.is_empty() && page.conversation.is_none(), "{token} opens nothing");
        let live = desk::visitor_conversation(&town.app, &riquewihr.slug, &token).await.unwrap();
        assert_eq!(live, None);
    }
    // A token at another office begins another conversation there, and neither office sees both.
    let written = Written {
        slug: eguisheim.slug.clone(),
        token: jonas.token.clone(),
        from: String::new(),
        body: "And the museum in Eguisheim, is it open?".to_owned(),
        key: Uuid::new_v4().to_string(),
        language: None,
        came_from: None,
    };
    desk::receive(&town.app, &written).await.unwrap();
    town.work_until_idle().await;
    assert_eq!(bodies(&jonas).await, [CASTLE]);
    assert_eq!((riquewihr.conversations().await.len(), eguisheim.conversations().await.len()), (2, 1));
}

async fn the_hour_after_the_duty_the_advisor_sees_only_what_is_still_theirs(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:50+02:00").await;
    let riquewihr = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").on_duty_for(&riquewihr).await;
    let berta = town.advisor("Berta").on_duty("2026-07-05", "18:00–22:00").await;
    riquewihr.receives_chat(CASTLE).await;
    town.work_until_idle().await;
    ana.sees_in_inbox(CASTLE).await;

    town.clock_shows("22:00").await;
    town.work_until_idle().await;
    riquewihr.receives_chat("Where can we park a camper van tonight?").await;
    town.work_until_idle().await;
    ana.does_not_see("Where can we park").await;

    town.clock_shows("2026-07-05T18:00+02:00").await;
    town.work_until_idle().await;
    berta.sees_in_inbox(CASTLE).await;
    berta.sees_in_inbox("Where can we park").await;
    ana.does_not_see(CASTLE).await;
}
