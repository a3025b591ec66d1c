//! What becomes of answers: late, lost, crossed with another question.

use channels::email::smtp::SendError;
use domain::{ConversationId, ConversationStatus, Delivery, Direction};
use storage::{
    audit,
    jobs::NewJob,
    messages,
    scope::{Home, System},
    waiting,
};

use super::{
    Town, at,
    chat::{an_evening, inbox, written},
    mail::{all, comes, evening, opened, said},
};
use crate::{
    Error,
    desk::{self, Reply, deliver},
    jobs::claims::{self, Fate},
};

async fn last(town: &Town, conversation: ConversationId) -> messages::Message {
    said(town, conversation).await.pop().unwrap()
}

#[tokio::test]
async fn an_answer_that_cannot_leave_is_tried_for_a_day_then_fails_and_may_be_sent_again() {
    let (town, account) = evening().await;
    comes(&town, account, "one", "Subject: Bateau\r\n", "Bonsoir, le bateau ?").await;
    let conversation = all(&town).await[0].id;
    let message = desk::reply(&town.app, &town.ann, conversation, "Oui, à 9 h 15.", "k").await.unwrap();
    let mut now = at("2026-12-04T19:00:00+01:00");
    for _ in 0..30 {
        town.work().await;
        now += chrono::Duration::minutes(20);
        town.clock(&now.to_rfc3339()).await;
    }
    assert_eq!(last(&town, conversation).await.delivery, Delivery::Waiting, "after thirty tries");
    town.clock("2026-12-05T19:01:00+01:00").await;
    town.work().await;
    let Delivery::Failed { because } = last(&town, conversation).await.delivery else { panic!("not failed") };
    assert!(because.contains("cannot be reached"), "{because}");
    // A person wishes it: it is tried for another day.
    town.duty(&town.ann, domain::Rung::Lead, "2026-12-05T18:00:00+01:00", "2026-12-05T22:00:00+01:00").await;
    desk::resend(&town.app, &town.ann, conversation, message).await.unwrap();
    town.work().await;
    assert_eq!(last(&town, conversation).await.delivery, Delivery::Waiting);
    let tx = town.app.read(Home(town.belrive)).await.unwrap();
    let log = audit::newest(&tx, 10).await.unwrap();
    let line = log.iter().find(|line| line.verb == "resend").expect("it is in the log");
    assert_eq!((line.person, line.object), (Some(town.ann.person()), Some(conversation.0)));
}

#[tokio::test]
async fn a_postponement_that_was_noted_though_the_database_did_not_say_so_is_not_forgotten() {
    let (town, account) = evening().await;
    comes(&town, account, "one", "Subject: Bateau\r\n", "Bonsoir, le bateau ?").await;
    let conversation = all(&town).await[0].id;
    let message = desk::reply(&town.app, &town.ann, conversation, "Oui, à 9 h 15.", "k").await.unwrap();
    town.work().await;
    assert_eq!(last(&town, conversation).await.delivery, Delivery::Waiting, "it was noted");
    let end = async |outcome| deliver::end(&town.app, town.belrive, message, 0, outcome).await;
    let away = SendError::Unreachable { why: "refused".to_owned() };
    for _ in 0..2 {
        let noted = end(Err(away.clone())).await;
        assert!(matches!(noted, Err(Error::Outside { .. })), "the job is tried again: {noted:?}");
    }
    end(Ok(())).await.unwrap();
    assert_eq!(last(&town, conversation).await.delivery, Delivery::Waiting, "somebody sends it again");
}

#[tokio::test]
async fn a_delivery_that_is_given_up_for_any_reason_says_so_at_the_message() {
    let (town, account) = evening().await;
    comes(&town, account, "one", "Subject: Bateau\r\n", "Bonsoir, le bateau ?").await;
    let conversation = all(&town).await[0].id;
    desk::reply(&town.app, &town.ann, conversation, "Oui.", "k").await.unwrap();
    let job = claims::claim(&town.app, "story", 10, chrono::Duration::minutes(5)).await.unwrap().remove(0);
    let fate = claims::fail(&town.app, "story", &job, &Error::Secret("the seal is broken")).await.unwrap();
    assert_eq!(fate, Fate::Dead);
    let failed = Delivery::Failed { because: "the seal is broken".to_owned() };
    assert_eq!(last(&town, conversation).await.delivery, failed);
}

#[tokio::test]
async fn an_answer_on_its_way_by_mail_stays_so_however_often_it_is_tried_or_sent_again() {
    let (town, _) = evening().await;
    let token = desk::receive(&town.app, &written("belrive", None, "Fährt das Schiff?")).await.unwrap();
    desk::reach(&town.app, "belrive", &token, "jonas@example.org").await.unwrap();
    town.work().await;
    let conversation = all(&town).await[0].id;
    let message = desk::reply(&town.app, &town.ann, conversation, "Ja, um 9:15.", "k").await.unwrap();
    town.work().await;
    for time in ["19:06:00", "19:07:00", "19:30:00", "20:00:00"] {
        town.clock(&format!("2026-12-04T{time}+01:00")).await;
        town.work().await;
        assert_eq!(last(&town, conversation).await.delivery, Delivery::Waiting, "{time}");
    }
    desk::give_up(&town.app, town.belrive, message, "no").await.unwrap();
    desk::resend(&town.app, &town.ann, conversation, message).await.unwrap();
    town.work().await;
    assert_eq!(last(&town, conversation).await.delivery, Delivery::Waiting, "the page would have taken it");
}

#[tokio::test]
async fn what_the_visitor_wrote_while_the_answer_was_written_goes_on_waiting() {
    let town = an_evening().await;
    let token = desk::receive(&town.app, &written("belrive", None, "Bonsoir, le bateau ?")).await.unwrap();
    town.work().await;
    let conversation = inbox(&town, &town.ann).await.waiting[0].id;
    let seen = Some(said(&town, conversation).await[0].id);
    town.clock("2026-12-04T19:01:00+01:00").await;
    desk::here(&town.app, &town.ann, None).await.unwrap();
    desk::receive(&town.app, &written("belrive", Some(&token), "Et le château ?")).await.unwrap();
    town.clock("2026-12-04T19:01:20+01:00").await;
    let crossed = Reply { body: "Oui.", key: "k", seen };
    desk::reply_having_seen(&town.app, &town.ann, conversation, crossed).await.unwrap();
    town.work().await;
    let tx = town.app.read(Home(town.belrive)).await.unwrap();
    let waits = waiting::one(&tx, conversation).await.unwrap().expect("the second question waits");
    assert_eq!(waits.since, at("2026-12-04T19:01:00+01:00"));
    assert_eq!(waits.assigned_to, Some(town.ann.person()));
    drop(tx);
    let seen =
        Some(said(&town, conversation).await.iter().rfind(|one| one.direction == Direction::In).unwrap().id);
    let all_seen = Reply { body: "Jusqu'à 18 h.", key: "k2", seen };
    desk::reply_having_seen(&town.app, &town.ann, conversation, all_seen).await.unwrap();
    assert_eq!(all(&town).await[0].status, ConversationStatus::Answered);
}

#[tokio::test]
async fn what_is_opened_again_waits_if_the_visitor_spoke_last() {
    let town = an_evening().await;
    let token = desk::receive(&town.app, &written("belrive", None, "Bonsoir, le bateau ?")).await.unwrap();
    town.work().await;
    let conversation = inbox(&town, &town.ann).await.waiting[0].id;
    desk::reply(&town.app, &town.ann, conversation, "Oui.", "k").await.unwrap();
    let reopened = async || {
        for step in 0..2 {
            let version = opened(&town, conversation).await.version;
            match step {
                0 => desk::done(&town.app, &town.ann, conversation, version).await.unwrap(),
                _ => desk::reopen(&town.app, &town.ann, conversation, version).await.unwrap(),
            }
        }
        all(&town).await[0].status
    };
    assert_eq!(reopened().await, ConversationStatus::Answered);
    town.clock("2026-12-04T19:01:00+01:00").await;
    desk::receive(&town.app, &written("belrive", Some(&token), "Et le château ?")).await.unwrap();
    desk::note(&town.app, &town.ann, conversation, "Il demande le château.").await.unwrap();
    assert_eq!(reopened().await, ConversationStatus::Waiting);
}

#[tokio::test]
async fn a_wish_to_look_again_is_not_overwritten_by_whoever_was_thinking() {
    let town = an_evening().await;
    desk::receive(&town.app, &written("belrive", None, "Bonsoir, le bateau ?")).await.unwrap();
    town.work().await;
    let conversation = all(&town).await[0].id;
    let tx = town.app.read(Home(town.belrive)).await.unwrap();
    let before = waiting::one(&tx, conversation).await.unwrap().unwrap();
    drop(tx);
    town.clock("2026-12-04T19:00:30+01:00").await;
    desk::look_again(&town.app, &[town.belrive]).await.unwrap();
    let tx = town.app.write(Home(town.belrive)).await.unwrap();
    let later = waiting::Waiting { look_at: Some(at("2026-12-04T19:15:00+01:00")), ..before.clone() };
    waiting::put(&tx, &later, Some(&before)).await.unwrap();
    let asked = waiting::one(&tx, conversation).await.unwrap().unwrap();
    assert_eq!(asked.look_at, Some(at("2026-12-04T19:00:30+01:00")));
    waiting::put(&tx, &later, Some(&asked)).await.unwrap();
    assert_eq!(waiting::one(&tx, conversation).await.unwrap().unwrap().look_at, later.look_at);
}

#[tokio::test]
async fn a_job_of_a_newer_program_is_left_to_it() {
    let town = an_evening().await;
    let tx = town.app.write(System).await.unwrap();
    for (key, kind, version) in [("a", "post", crate::jobs::VERSION + 1), ("b", "sing", 1)] {
        let job = NewJob {
            id: town.app.mint(),
            key: key.to_owned(),
            kind: kind.to_owned(),
            version,
            payload: serde_json::json!({}),
            run_at: tx.now(),
        };
        storage::jobs::add(&tx, &job).await.unwrap();
    }
    tx.commit().await.unwrap();
    town.work().await;
    assert_eq!(claims::next_due(&town.app).await.unwrap(), None);
    assert!(claims::list_dead(&town.app, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn taking_a_conversation_out_of_a_colleagues_hand_is_in_the_log() {
    let town = an_evening().await;
    town.duty(&town.yannick, domain::Rung::Backup, "2026-12-04T18:00:00+01:00", "2026-12-04T22:00:00+01:00")
        .await;
    desk::receive(&town.app, &written("belrive", None, "Bonsoir, le bateau ?")).await.unwrap();
    town.work().await;
    let conversation = inbox(&town, &town.ann).await.waiting[0].id;
    let version = opened(&town, conversation).await.version;
    desk::take(&town.app, &town.yannick, conversation, version).await.unwrap();
    let tx = town.app.read(Home(town.belrive)).await.unwrap();
    let log = audit::newest(&tx, 10).await.unwrap();
    let line = log.iter().find(|line| line.verb == "take").expect("it is in the log");
    assert_eq!((line.person, line.object), (Some(town.yannick.person()), Some(conversation.0)));
    assert!(log.iter().any(|line| line.verb == "open_web_chat"), "{log:?}");
}
