//! What is there in the end, counted in the tables and in the mailboxes of those who wrote.

use std::{
    collections::{BTreeMap, HashSet},
    sync::atomic::Ordering,
    time::Duration,
};

use acceptance::{
    eventually::eventually_within,
    mail::Received,
    town::{Engine, Office, Person, open_house},
};
use app::{Advisor, App, desk as verbs, settings::Post};
use domain::{ConversationStatus, Delivery, Direction};
use storage::messages::Message;

use super::{desk::Desk, load::Load, scene::Scene};

/// How long until all has come to rest. What a killed worker had in hand is free after 30 seconds, and a
/// try that failed is made again later and later.
const REST: Duration = Duration::from_secs(180);

/// What is still on its way.
const MOVING: &str = "select cast((select count(*) from conversations where status = 'waiting') \
                      + (select count(*) from messages where delivery in ('waiting', 'sending')) \
                      + (select count(*) from jobs where state = 'running') as bigint)";
const TAKEN_IN: &str = "select cast(count(*) as bigint) from messages where direction = 'in'";

/// Waits until every message is taken in, answered and sent, or known to be unknown.
pub async fn comes_to_rest(scene: &Scene, load: &Load, desk: &Desk<'_>) {
    let written = load.chats.lock().unwrap().len() + load.guests.lock().unwrap().len();
    let written = i64::try_from(written).unwrap();
    eventually_within(REST, "everything is taken in, answered and sent", async || {
        desk.answers_what_waits(true).await;
        let taken_in = scene.rows.number(TAKEN_IN).await.ok()?;
        let moving = scene.rows.number(MOVING).await.ok()?;
        (taken_in >= written && moving == 0).then_some(())
    })
    .await;
}

/// Looks at all of it, and says the counts.
pub async fn judge(scene: &Scene, load: &Load, desk: &Desk<'_>, engine: Engine, what: &str) {
    let app = open_house(&scene.rows.url, &scene.key, Post::Mailbox).await;
    let (office, ana) = (scene.office.clone().in_house(&app), scene.ana.clone().in_house(&app));
    let said = everything_said(&office).await;
    let incoming = there_once(load, &said);
    let answers: Vec<&Message> = said.iter().filter(|message| message.direction == Direction::Out).collect();
    answered_once(desk, &answers);
    let (sent, unknown): (Vec<&Message>, Vec<&Message>) =
        answers.iter().partition(|answer| matches!(answer.delivery, Delivery::Sent { .. }));
    let neither: Vec<_> = unknown.iter().filter(|answer| answer.delivery != Delivery::Unknown).collect();
    assert!(neither.is_empty(), "neither sent nor unknown in the end: {neither:#?}");
    let (letters, arrived_unknown) = lie_in_mailboxes(load, &said).await;
    let dead = scene.rows.number("select cast(count(*) as bigint) from jobs where state = 'dead'").await;
    assert_eq!(dead.unwrap(), 0, "no job was given up");
    println!(
        "{engine:?}: {what}: {incoming} messages accepted, each there once ({} requests sent again); {} answers \
         accepted, each there once, {} sent, {letters} of them as letters that lie once in their mailbox, {} \
         unknown (of which {arrived_unknown} had arrived)",
        load.web.again.load(Ordering::Relaxed),
        answers.len(),
        sent.len(),
        unknown.len(),
    );
    choose(&app, &office, &ana, &unknown).await;
    app.store.close().await;
}

async fn everything_said(office: &Office) -> Vec<Message> {
    let mut said = Vec::new();
    for conversation in office.conversations().await {
        assert_eq!(conversation.status, ConversationStatus::Answered, "{}", conversation.snippet);
        said.extend(office.messages(conversation.id).await);
    }
    for message in &said {
        let somebodys = matches!(message.direction, Direction::In | Direction::Out);
        assert!(somebodys, "nobody said {:?} ({:?})", message.body, message.direction);
    }
    said
}

/// Every accepted message is there, once; says how many.
fn there_once(load: &Load, said: &[Message]) -> usize {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for message in said.iter().filter(|message| message.direction == Direction::In) {
        *times.entry(message.body.trim()).or_default() += 1;
    }
    let (chats, guests) = (load.chats.lock().unwrap(), load.guests.lock().unwrap());
    let accepted: HashSet<&str> =
        chats.iter().chain(guests.iter().map(|(_, question)| question)).map(String::as_str).collect();
    assert_eq!(accepted.len(), chats.len() + guests.len(), "no two messages say the same");
    let lost: Vec<_> = accepted.iter().filter(|body| !times.contains_key(*body)).collect();
    let wrong: Vec<_> =
        times.iter().filter(|(body, times)| **times != 1 || !accepted.contains(*body)).collect();
    assert!(lost.is_empty() && wrong.is_empty(), "lost: {lost:?}, doubled or invented: {wrong:?}");
    accepted.len()
}

/// Every accepted answer is there, once, and no other.
fn answered_once(desk: &Desk<'_>, answers: &[&Message]) {
    let mut kept: Vec<&str> = answers.iter().map(|answer| answer.body.as_str()).collect();
    let written = desk.answers.lock().unwrap();
    let mut accepted: Vec<&str> = written.iter().map(String::as_str).collect();
    kept.sort_unstable();
    accepted.sort_unstable();
    assert_eq!(kept, accepted, "what was accepted (right) is there (left), and once");
}

/// What is called sent lies in the guest's mailbox once, what is unknown at most once. Says how many
/// letters lie there, and how many of the unknown ones do.
async fn lie_in_mailboxes(load: &Load, said: &[Message]) -> (usize, usize) {
    let (mut sent, mut arrived_unknown) = (0, 0);
    let guests = load.guests.lock().unwrap().clone();
    for (guest, question) in &guests {
        let asked = said.iter().find(|message| message.body.trim() == question).unwrap();
        let answers = said.iter().filter(|message| {
            message.conversation == asked.conversation && message.direction == Direction::Out
        });
        for answer in answers {
            let is_it = |letter: &Received| letter.text().contains(&answer.body);
            if answer.delivery == Delivery::Unknown {
                let times = guest.letters().await.iter().filter(|letter| is_it(letter)).count();
                assert!(times <= 1, "{question} was answered {times} times");
                arrived_unknown += times;
            } else {
                guest.receives("the answer that is called sent", is_it).await;
                let times = guest.letters().await.iter().filter(|letter| is_it(letter)).count();
                assert_eq!(times, 1, "{question} was answered once");
                sent += 1;
            }
        }
    }
    assert!(sent > 0, "letters were answered");
    (sent, arrived_unknown)
}

/// Somebody opens what is unknown, and has every other sent again.
async fn choose(app: &App, office: &Office, ana: &Person, unknown: &[&Message]) {
    let advisor = ana.caller::<Advisor>().await;
    for (number, message) in unknown.iter().enumerate() {
        let open = ana.opens_conversation(message.conversation).await.unwrap();
        let shown = open.messages.iter().find(|shown| shown.id == message.id).unwrap();
        assert_eq!(shown.delivery, Delivery::Unknown, "the page shows what is unknown");
        if number % 2 == 0 {
            verbs::resend(app, &advisor, message.conversation, message.id).await.unwrap();
        } else {
            verbs::leave(app, &advisor, message.conversation, message.id).await.unwrap();
        }
    }
    worker::run_until_idle(app).await;
    for (number, message) in unknown.iter().enumerate() {
        let said = office.messages(message.conversation).await;
        let now = &said.iter().find(|said| said.id == message.id).unwrap().delivery;
        match (number % 2, now) {
            (0, Delivery::Sent { .. }) | (1, Delivery::Failed { .. }) => {}
            (_, other) => panic!("after a person chose it is {other:?}"),
        }
    }
}
