//! The web chat, from a visitor's page to an advisor's and back.

use domain::{Because, Delivery, Direction, Language, Rung};
use uuid::Uuid;
use views::html::{
    inbox::{Holder, Standstill, Why},
    visitor::{Attending, Author, Reach},
};

use super::{Town, at};
use crate::{
    Error, Refusal,
    desk::{self, Asked, Watcher, Written},
};

pub(super) fn written(slug: &str, token: Option<&str>, body: &str) -> Written {
    Written {
        slug: slug.to_owned(),
        token: token.map(str::to_owned),
        from: String::new(),
        body: body.to_owned(),
        key: Uuid::new_v4().to_string(),
        language: Language::parse("de"),
        came_from: Some("poster".to_owned()),
    }
}

pub(super) async fn inbox(town: &Town, who: impl Into<Watcher>) -> views::html::inbox::Model {
    desk::inbox(&town.app, who, &Asked::default()).await.unwrap()
}

async fn opened(
    town: &Town,
    who: impl Into<Watcher>,
    conversation: domain::ConversationId,
) -> views::html::inbox::Open {
    let asked = Asked { conversation: Some(conversation), ..Asked::default() };
    desk::inbox(&town.app, who, &asked).await.unwrap().open.unwrap()
}

const EVENING: (&str, &str) = ("2026-12-04T18:00:00+01:00", "2026-12-04T22:00:00+01:00");

pub(super) async fn an_evening() -> Town {
    let town = Town::at("2026-12-04T19:00:00+01:00").await;
    town.duty(&town.ann, Rung::Lead, EVENING.0, EVENING.1).await;
    desk::here(&town.app, &town.ann, None).await.unwrap();
    town
}

#[tokio::test]
async fn a_message_in_a_covered_hour_reaches_whoever_is_on_duty_and_is_answered_once() {
    let town = an_evening().await;
    let page = desk::visitor_page(&town.app, "belrive", None).await.unwrap();
    assert!(matches!(&page.model.attending, Attending::Person { given_name, until, answers_in: None, .. }
        if given_name == "Ann" && *until == at(EVENING.1)));
    assert_eq!(page.model.reach, Reach::NotAsked);
    let asks = written("belrive", None, "Guten Abend, fährt morgen früh das Schiff zur Insel?");
    let token = desk::receive(&town.app, &asks).await.unwrap();
    town.work().await;

    let seen = inbox(&town, &town.ann).await;
    assert_eq!((seen.waiting.len(), seen.earlier.len()), (1, 0));
    assert_eq!(seen.waiting[0].language, Language::parse("de"));
    assert!(matches!(seen.waiting[0].stands, Standstill::Waiting { counted: true, .. }));
    let conversation = seen.waiting[0].id;
    let open = opened(&town, &town.ann, conversation).await;
    assert_eq!(open.holder, Holder::Me);
    assert_eq!(open.reason.unwrap().why, Why::To { name: None, because: Because::Leads });

    let again = desk::reply(&town.app, &town.ann, conversation, "Ja, um 9:15.", "key-1").await.unwrap();
    assert_eq!(
        desk::reply(&town.app, &town.ann, conversation, "Ja, um 9:15.", "key-1").await.unwrap(),
        again
    );
    town.work().await;
    let open = opened(&town, &town.ann, conversation).await;
    let out: Vec<_> = open.messages.iter().filter(|message| message.direction == Direction::Out).collect();
    assert_eq!(out.len(), 1);
    assert!(matches!(out[0].delivery, Delivery::Sent { .. }));
    assert_eq!(out[0].read_at, None);
    let thread = desk::visitor_page(&town.app, "belrive", Some(&token)).await.unwrap().model;
    let authors: Vec<_> = thread.messages.iter().map(|message| message.author.clone()).collect();
    assert_eq!(authors, [Author::Visitor, Author::Person("Ann".to_owned())]);
    assert_eq!(thread.messages[0].read_by.as_deref(), Some("Ann"));
    let read = opened(&town, &town.ann, conversation).await;
    assert!(read.messages[1].read_at.is_some(), "the visitor's page showed it");
    assert_eq!(inbox(&town, &town.ann).await.waiting.len(), 0);
}

#[tokio::test]
async fn a_first_message_sent_twice_is_one_conversation_with_one_token() {
    let town = an_evening().await;
    let asks = written("belrive", None, "Bonsoir, le bateau ?");
    let (first, second) = tokio::join!(desk::receive(&town.app, &asks), desk::receive(&town.app, &asks));
    assert_eq!(first.unwrap(), second.unwrap());
    town.work().await;
    let waiting = inbox(&town, &town.ann).await.waiting;
    assert_eq!(waiting.len(), 1);
    assert_eq!(opened(&town, &town.ann, waiting[0].id).await.messages.len(), 1);
}

#[tokio::test]
async fn what_is_not_in_sight_does_not_exist() {
    let town = an_evening().await;
    desk::receive(&town.app, &written("montclar", None, "Bonsoir, un restaurant ouvert ?")).await.unwrap();
    let token = desk::receive(&town.app, &written("belrive", None, "Bonsoir, le bateau ?")).await.unwrap();
    town.work().await;
    // Montclar bought nothing: nobody on duty sees what its visitors wrote.
    let seen = inbox(&town, &town.ann).await;
    assert_eq!(seen.waiting.iter().map(|row| row.office.name.as_str()).collect::<Vec<_>>(), ["Belrive"]);
    let conversation = seen.waiting[0].id;
    // Yannick is off duty and his desk is closed, though Belrive is his own office.
    assert_eq!(inbox(&town, &town.yannick).await.waiting.len(), 0);
    for refused in [
        desk::reply(&town.app, &town.yannick, conversation, "Bonsoir", "k").await.map(drop),
        desk::note(&town.app, &town.yannick, conversation, "x").await,
        desk::take(&town.app, &town.yannick, conversation, 2).await,
        desk::writing(&town.app, &town.yannick, conversation).await,
    ] {
        assert!(matches!(refused, Err(Error::NotFound("conversation"))), "{refused:?}");
    }
    // A token opens nothing at another office.
    let elsewhere = desk::visitor_page(&town.app, "montclar", Some(&token)).await.unwrap();
    assert_eq!(elsewhere.conversation, None);
    assert!(elsewhere.model.messages.is_empty());
    assert!(matches!(desk::visitor_page(&town.app, "nowhere", None).await, Err(Error::NotFound("office"))));
}

#[tokio::test]
async fn with_nobody_on_duty_the_visitor_is_told_the_truth_once_and_the_next_duty_takes_it_up() {
    let town = Town::at("2026-12-04T22:30:00+01:00").await;
    town.duty(&town.ann, Rung::Lead, "2026-12-05T09:00:00+01:00", "2026-12-05T13:00:00+01:00").await;
    let page = desk::visitor_page(&town.app, "belrive", None).await.unwrap().model;
    assert_eq!(page.attending, Attending::Nobody { opens_at: Some(at("2026-12-05T09:00:00+01:00")) });
    let token =
        desk::receive(&town.app, &written("belrive", None, "Ist jemand da? Wir sind morgen früh am See."))
            .await
            .unwrap();
    desk::receive(&town.app, &written("belrive", Some(&token), "Hallo?")).await.unwrap();
    town.work().await;
    let said = desk::visitor_page(&town.app, "belrive", Some(&token)).await.unwrap().model.messages;
    let automatic: Vec<_> = said.iter().filter(|message| message.author == Author::Automatic).collect();
    assert_eq!(automatic.len(), 1, "{said:?}");
    assert!(
        automatic[0].body.contains("9:00") || automatic[0].body.contains("09:00"),
        "{}",
        automatic[0].body
    );
    assert_eq!(inbox(&town, &town.ann).await.waiting.len(), 0, "nobody is rung outside duty");

    town.clock("2026-12-05T09:00:00+01:00").await;
    desk::here(&town.app, &town.ann, None).await.unwrap();
    town.work().await;
    let waiting = inbox(&town, &town.ann).await.waiting;
    assert_eq!(waiting.len(), 1);
    // The promise runs from the opening, not from the night before.
    assert_eq!(
        waiting[0].stands,
        Standstill::Waiting { since: at("2026-12-05T09:00:00+01:00"), counted: true }
    );
    assert_eq!(desk::waiting_count(&town.app, &town.ann).await.unwrap(), 1);
}

#[tokio::test]
async fn while_the_own_desk_is_open_its_staff_see_it_and_whoever_answers_first_has_it() {
    let town = Town::at("2026-12-04T10:00:00+01:00").await;
    desk::receive(&town.app, &written("belrive", None, "Bonjour, le château est-il ouvert ?")).await.unwrap();
    town.work().await;
    assert_eq!(inbox(&town, &town.ann).await.waiting.len(), 0, "Ann works for another office");
    let waiting = inbox(&town, &town.yannick).await.waiting;
    assert_eq!(waiting.len(), 1);
    desk::reply(&town.app, &town.yannick, waiting[0].id, "Oui, jusqu'à 17 h.", "k").await.unwrap();
    town.work().await;
    let open = opened(&town, &town.yannick, waiting[0].id).await;
    assert_eq!(open.holder, Holder::Me);
    assert_eq!(open.reason.unwrap().why, Why::To { name: None, because: Because::TookIt });
}

#[tokio::test]
async fn coverage_bought_in_the_evening_brings_what_waits_to_the_duty_at_once() {
    let town = an_evening().await;
    desk::receive(&town.app, &written("montclar", None, "Bonsoir, un restaurant ouvert ?")).await.unwrap();
    town.work().await;
    assert_eq!(inbox(&town, &town.ann).await.waiting.len(), 0);
    town.buys_evenings(town.montclar).await;
    town.work().await;
    assert_eq!(inbox(&town, &town.ann).await.waiting.len(), 1);
}

#[tokio::test]
async fn a_lead_who_is_away_loses_what_waits_to_the_backup_who_is_there() {
    let town = an_evening().await;
    town.duty(&town.yannick, Rung::Backup, EVENING.0, EVENING.1).await;
    desk::receive(&town.app, &written("belrive", None, "Bonsoir, le bateau ?")).await.unwrap();
    town.work().await;
    let conversation = inbox(&town, &town.ann).await.waiting[0].id;
    assert_eq!(opened(&town, &town.ann, conversation).await.holder, Holder::Me);
    // Two minutes later Ann has shown no sign of life, and Yannick has.
    town.clock("2026-12-04T19:02:00+01:00").await;
    desk::here(&town.app, &town.yannick, None).await.unwrap();
    town.work().await;
    assert_eq!(opened(&town, &town.yannick, conversation).await.holder, Holder::Me);
    let refused = desk::reply(&town.app, &town.ann, conversation, "Oui", "k").await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::TakenByAnother))), "{refused:?}");
    let version = opened(&town, &town.ann, conversation).await.version;
    desk::take(&town.app, &town.ann, conversation, version).await.unwrap();
    assert!(matches!(desk::take(&town.app, &town.ann, conversation, version).await, Err(Error::Stale)));
    desk::reply(&town.app, &town.ann, conversation, "Oui", "k").await.unwrap();
}

#[tokio::test]
async fn after_the_duty_what_was_answered_stays_until_it_is_done_and_the_rest_is_gone() {
    let town = an_evening().await;
    let first = desk::receive(&town.app, &written("belrive", None, "Bonsoir, le bateau ?")).await.unwrap();
    town.work().await;
    let conversation = inbox(&town, &town.ann).await.waiting[0].id;
    desk::reply(&town.app, &town.ann, conversation, "Oui", "k").await.unwrap();
    desk::receive(&town.app, &written("belrive", None, "Bonsoir, une autre question ?")).await.unwrap();
    town.work().await;
    town.clock("2026-12-04T22:10:00+01:00").await;
    town.work().await;
    let after = inbox(&town, &town.ann).await;
    assert_eq!(
        (after.waiting.len(), after.earlier.len()),
        (0, 1),
        "what waits goes to nobody until the next duty"
    );
    let version = opened(&town, &town.ann, conversation).await.version;
    desk::done(&town.app, &town.ann, conversation, version).await.unwrap();
    assert_eq!(inbox(&town, &town.ann).await.earlier.len(), 0);
    // A new message opens it again, and tells the truth about the night.
    desk::receive(&town.app, &written("belrive", Some(&first), "Merci ! Et le retour ?")).await.unwrap();
    town.work().await;
    let said = desk::visitor_page(&town.app, "belrive", Some(&first)).await.unwrap().model.messages;
    assert_eq!(said.last().map(|message| message.author.clone()), Some(Author::Automatic));
}

#[tokio::test]
async fn somebody_who_writes_is_seen_on_the_other_side() {
    let town = an_evening().await;
    let token = desk::receive(&town.app, &written("belrive", None, "Bonsoir, le bateau ?")).await.unwrap();
    town.work().await;
    let conversation = inbox(&town, &town.ann).await.waiting[0].id;
    desk::writing(&town.app, &town.ann, conversation).await.unwrap();
    desk::visitor_writing(&town.app, "belrive", &token).await.unwrap();
    let page = desk::visitor_page(&town.app, "belrive", Some(&token)).await.unwrap().model;
    assert_eq!(page.writing.as_deref(), Some("Ann"));
    assert!(opened(&town, &town.ann, conversation).await.visitor_writing);
    town.clock("2026-12-04T19:00:10+01:00").await;
    assert!(!opened(&town, &town.ann, conversation).await.visitor_writing);
}

#[tokio::test]
async fn a_fact_of_the_own_notebook_can_be_added_found_and_checked_but_no_other_offices() {
    let town = an_evening().await;
    let new = |office: &str| desk::NewNote {
        office: office.to_owned(),
        title: "Bateau de l'île".to_owned(),
        body: "9 h 15 du vieux port".to_owned(),
        language: Language::FR,
        team_only: false,
    };
    let note = desk::add_note(&town.app, &town.yannick, &new("belrive")).await.unwrap();
    assert!(desk::add_note(&town.app, &town.yannick, &new("montclar")).await.is_err());
    // Ann is on duty for Belrive: its notebook is open to her, to read.
    let book = desk::notebook(&town.app, &town.ann, None, "ile").await.unwrap();
    assert_eq!(book.notes.len(), 1);
    assert!(matches!(desk::check_note(&town.app, &town.ann, note).await, Err(Error::NotFound("fact"))));
    desk::check_note(&town.app, &town.yannick, note).await.unwrap();
}
