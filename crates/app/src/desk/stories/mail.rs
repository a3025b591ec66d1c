//! Mail: threads, machines, bounces, and what becomes of an answer.

use channels::{
    Secret,
    email::{Reach, Security, imap::ImapAccount, smtp::SmtpAccount},
};
use domain::{ArrivalId, ChannelAccountId, ConversationId, Delivery, Direction, Rung};
use storage::{
    arrivals::{self, Arrival},
    conversations, messages,
    scope::{Home, System},
};
use views::html::inbox::{Holder, Open};

use super::Town;
use crate::{
    desk::{self, Asked, Written, accounts::MailSettings},
    jobs::{Job, enqueue},
};

/// A mailbox of Belrive whose servers are not there: nothing listens on port 1.
async fn mailbox(town: &Town) -> ChannelAccountId {
    let imap = ImapAccount {
        host: "127.0.0.1".to_owned(),
        port: 1,
        security: Security::PlainOnLoopback,
        username: "accueil".to_owned(),
        mailbox: "INBOX".to_owned(),
        not_before: None,
        trust: None,
        password: Secret::default(),
        reach: Reach::default(),
    };
    let smtp = SmtpAccount {
        host: "127.0.0.1".to_owned(),
        port: 1,
        security: Security::PlainOnLoopback,
        username: None,
        trust: None,
        password: Secret::default(),
        reach: Reach::default(),
    };
    let settings = MailSettings { imap, smtp, plus: true };
    let password = Secret::new("secret");
    desk::accounts::open_mailbox(&town.app, town.belrive, "Accueil@Belrive.example", settings, &password)
        .await
        .unwrap()
}

pub(super) async fn evening() -> (Town, ChannelAccountId) {
    let town = Town::at("2026-12-04T19:00:00+01:00").await;
    town.duty(&town.ann, Rung::Lead, "2026-12-04T18:00:00+01:00", "2026-12-04T22:00:00+01:00").await;
    let account = mailbox(&town).await;
    (town, account)
}

/// Delivers a mail, as the mailbox does, and takes it in.
pub(super) async fn comes(town: &Town, account: ChannelAccountId, id: &str, headers: &str, body: &str) {
    let raw = format!(
        "From: Jonas <jonas@example.org>\r\nTo: accueil@belrive.example\r\nMessage-ID: <{id}@example.org>\r\n\
         {headers}\r\n\r\n{body}\r\n"
    );
    arrives(town, account, id, raw.into_bytes()).await;
}

/// Delivers these bytes and takes them in.
pub(super) async fn arrives(town: &Town, account: ChannelAccountId, id: &str, raw: Vec<u8>) {
    let tx = town.app.write(System).await.unwrap();
    let arrival = Arrival {
        id: town.app.mint::<ArrivalId>(),
        account,
        provider_id: format!("{id}@example.org"),
        received_at: tx.now(),
        raw: Some(raw),
        taken_in_at: None,
        trouble: None,
    };
    if arrivals::keep(&tx, &arrival).await.unwrap() {
        enqueue(&town.app, &tx, &Job::TakeIn { arrival: arrival.id }).await.unwrap();
    }
    tx.commit().await.unwrap();
    town.work().await;
}

pub(super) async fn all(town: &Town) -> Vec<conversations::Conversation> {
    let tx = town.app.read(Home(town.belrive)).await.unwrap();
    conversations::list(&tx, conversations::Which::default(), 50).await.unwrap()
}

pub(super) async fn said(town: &Town, conversation: ConversationId) -> Vec<messages::Message> {
    let tx = town.app.read(Home(town.belrive)).await.unwrap();
    messages::of(&tx, conversation, 50).await.unwrap()
}

pub(super) async fn opened(town: &Town, conversation: ConversationId) -> Open {
    let asked = Asked { conversation: Some(conversation), ..Asked::default() };
    desk::inbox(&town.app, &town.ann, &asked).await.unwrap().open.unwrap()
}

#[tokio::test]
async fn a_mail_and_what_follows_it_are_one_conversation_however_often_they_are_delivered() {
    let (town, account) = evening().await;
    let question = "Subject: Bateau\r\n";
    for _ in 0..2 {
        comes(&town, account, "one", question, "Bonsoir, le bateau part-il demain matin ?").await;
    }
    comes(
        &town,
        account,
        "two",
        "Subject: Re: Bateau\r\nIn-Reply-To: <one@example.org>\r\n",
        "Nous sommes quatre.",
    )
    .await;
    let all = all(&town).await;
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].assigned_to, Some(town.ann.person()));
    assert_eq!(all[0].subject.as_deref(), Some("Bateau"));
    let bodies: Vec<String> = said(&town, all[0].id).await.into_iter().map(|message| message.body).collect();
    assert_eq!(bodies, ["Bonsoir, le bateau part-il demain matin ?", "Nous sommes quatre."]);
    assert_eq!(opened(&town, all[0].id).await.holder, Holder::Me);
}

#[tokio::test]
async fn taking_in_twice_at_once_makes_one_message() {
    let (town, account) = evening().await;
    let tx = town.app.write(System).await.unwrap();
    let id: ArrivalId = town.app.mint();
    let raw = b"From: j@example.org\r\nTo: a@b.example\r\nMessage-ID: <x@example.org>\r\nSubject: S\r\n\r\nBonsoir\r\n";
    let arrival = Arrival {
        id,
        account,
        provider_id: "x@example.org".to_owned(),
        received_at: tx.now(),
        raw: Some(raw.to_vec()),
        taken_in_at: None,
        trouble: None,
    };
    arrivals::keep(&tx, &arrival).await.unwrap();
    tx.commit().await.unwrap();
    let (one, two) = tokio::join!(desk::take_in(&town.app, id), desk::take_in(&town.app, id));
    one.unwrap();
    two.unwrap();
    assert_eq!(all(&town).await.len(), 1);
    assert_eq!(said(&town, id.0.into()).await.len(), 1);
    let tx = town.app.read(System).await.unwrap();
    let kept = arrivals::one(&tx, id).await.unwrap().unwrap();
    assert!(kept.taken_in_at.is_some());
    assert_eq!(kept.raw, None, "the bytes go once they are taken in");
}

#[tokio::test]
async fn a_machine_rings_nobody_and_reopens_nothing() {
    let (town, account) = evening().await;
    comes(&town, account, "one", "Subject: Bateau\r\n", "Bonsoir, le bateau ?").await;
    let conversation = all(&town).await[0].id;
    let version = opened(&town, conversation).await.version;
    desk::done(&town.app, &town.ann, conversation, version).await.unwrap();
    let machine = "Subject: Re: Bateau\r\nIn-Reply-To: <one@example.org>\r\nAuto-Submitted: auto-replied\r\n";
    comes(&town, account, "two", machine, "Je suis en vacances.").await;
    let all = all(&town).await;
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].status, domain::ConversationStatus::Done);
    assert_eq!(said(&town, conversation).await.len(), 2, "it is kept beside what it answers");
    assert!(desk::inbox(&town.app, &town.ann, &Asked::default()).await.unwrap().waiting.is_empty());
}

#[tokio::test]
async fn at_night_a_person_is_answered_by_the_house_once_and_a_machine_never() {
    let (town, account) = evening().await;
    town.clock("2026-12-04T23:00:00+01:00").await;
    comes(&town, account, "one", "Subject: Bateau\r\n", "Bonsoir, le bateau part-il demain matin ?").await;
    comes(&town, account, "two", "Subject: Restaurant\r\n", "Et un restaurant ?").await;
    comes(&town, account, "news", "Subject: Lettre\r\nList-Id: <x.example.org>\r\n", "Nos offres").await;
    let mut automatic = Vec::new();
    for conversation in all(&town).await {
        let said = said(&town, conversation.id).await;
        automatic.extend(said.into_iter().filter(|message| message.direction == Direction::Automatic));
    }
    assert_eq!(automatic.len(), 1, "once a sender, mailbox and day");
    assert_eq!(
        automatic[0].delivery,
        Delivery::Waiting,
        "nothing listens there, so it waits and is tried again"
    );
    assert!(automatic[0].body.starts_with("Bonjour"), "{}", automatic[0].body);
}

#[tokio::test]
async fn an_answer_found_half_sent_is_unknown_until_a_person_decides() {
    let (town, account) = evening().await;
    comes(&town, account, "one", "Subject: Bateau\r\n", "Bonsoir, le bateau ?").await;
    let conversation = all(&town).await[0].id;
    let message = desk::reply(&town.app, &town.ann, conversation, "Oui, à 9 h 15.", "k").await.unwrap();
    // As if a worker had died while the server was answering.
    let tx = town.app.write(Home(town.belrive)).await.unwrap();
    let sending = Delivery::Sending { since: tx.now() };
    assert!(messages::deliver(&tx, message, &Delivery::Waiting, &sending).await.unwrap());
    tx.commit().await.unwrap();
    desk::deliver(&town.app, town.belrive, message, 0).await.unwrap();
    let delivery = |open: &Open| open.messages.last().unwrap().delivery.clone();
    assert_eq!(delivery(&opened(&town, conversation).await), Delivery::Unknown);
    // It stays so, however often the job runs.
    desk::deliver(&town.app, town.belrive, message, 0).await.unwrap();
    assert_eq!(delivery(&opened(&town, conversation).await), Delivery::Unknown);
    desk::resend(&town.app, &town.ann, conversation, message).await.unwrap();
    assert_eq!(delivery(&opened(&town, conversation).await), Delivery::Waiting);
    // Nothing listens: it never left, so it waits for the next try under the same Message-ID.
    assert!(desk::deliver(&town.app, town.belrive, message, 0).await.is_err());
    let kept = said(&town, conversation).await.pop().unwrap();
    assert_eq!(kept.delivery, Delivery::Waiting);
    let id = kept.provider_id.unwrap();
    assert_eq!(id, format!("{message}.{conversation}@belrive.example"));
}

#[tokio::test]
async fn a_bounce_turns_what_was_sent_into_what_failed_in_the_servers_words() {
    let (town, account) = evening().await;
    comes(&town, account, "one", "Subject: Bateau\r\n", "Bonsoir, le bateau ?").await;
    let conversation = all(&town).await[0].id;
    let message = desk::reply(&town.app, &town.ann, conversation, "Oui.", "k").await.unwrap();
    let tx = town.app.write(Home(town.belrive)).await.unwrap();
    let sent = Delivery::Sent { at: tx.now() };
    assert!(messages::deliver(&tx, message, &Delivery::Waiting, &sent).await.unwrap());
    tx.commit().await.unwrap();
    let report = "Subject: Undelivered\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n\
                  Content-Type: multipart/report; report-type=delivery-status; boundary=B";
    let body = format!(
        "--B\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; jonas@example.org\r\nAction: failed\r\n\
         Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user\r\n\r\n--B\r\nContent-Type: message/rfc822\r\n\r\n\
         Message-ID: <{message}.{conversation}@belrive.example>\r\nSubject: Re: Bateau\r\n\r\nOui.\r\n--B--"
    );
    comes(&town, account, "bounce", report, &body).await;
    let last = said(&town, conversation).await.pop().unwrap();
    assert!(
        matches!(&last.delivery, Delivery::Failed { because } if because.contains("550 no such user")),
        "{last:?}"
    );
    assert_eq!(all(&town).await.len(), 1);
}

#[tokio::test]
async fn a_stranger_who_knows_an_id_does_not_write_into_anothers_conversation() {
    let (town, account) = evening().await;
    comes(&town, account, "one", "Subject: Bateau\r\n", "Bonsoir, le bateau ?").await;
    let conversation = all(&town).await[0].id;
    let forged = "Reply-To: mallory@example.net\r\nSubject: Re: Bateau\r\nIn-Reply-To: <one@example.org>\r\n";
    comes(&town, account, "two", forged, "Envoyez-moi la réponse.").await;
    assert_eq!(said(&town, conversation).await.len(), 1);
    assert_eq!(all(&town).await.len(), 2);
}

#[tokio::test]
async fn a_file_comes_with_its_message_and_only_for_those_who_see_it() {
    let (town, account) = evening().await;
    let headers = "Subject: Photo\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B";
    let body = "--B\r\nContent-Type: text/plain\r\n\r\nVoici.\r\n--B\r\nContent-Type: image/png; name=\"plan.png\"\r\n\
                Content-Disposition: attachment; filename=\"plan.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\n\
                iVBORw0KGgo=\r\n--B--";
    comes(&town, account, "one", headers, body).await;
    let open = opened(&town, all(&town).await[0].id).await;
    let file = &open.messages[0].attachments[0];
    assert_eq!((file.name.as_str(), file.size), ("plan.png", 8));
    let id = file.href.rsplit('/').next().unwrap().parse().unwrap();
    let (_, bytes) = desk::attachment(&town.app, &town.ann, open.row.id, id).await.unwrap();
    assert_eq!(bytes, b"\x89PNG\r\n\x1a\n");
    assert!(desk::attachment(&town.app, &town.yannick, open.row.id, id).await.is_err());
}

#[tokio::test]
async fn an_answer_a_closed_page_did_not_show_goes_by_mail_if_the_visitor_left_an_address() {
    let (town, _) = evening().await;
    let asks = |key: u128| Written {
        slug: "belrive".to_owned(),
        token: None,
        from: String::new(),
        body: "Guten Abend, fährt das Schiff?".to_owned(),
        key: uuid::Uuid::from_u128(key).to_string(),
        language: None,
        came_from: None,
    };
    let reached = desk::receive(&town.app, &asks(1)).await.unwrap();
    desk::reach(&town.app, "belrive", &reached, " Jonas@Example.org ").await.unwrap();
    let reading = desk::receive(&town.app, &asks(2)).await.unwrap();
    desk::reach(&town.app, "belrive", &reading, "marta@example.org").await.unwrap();
    desk::receive(&town.app, &asks(3)).await.unwrap();
    town.work().await;
    for one in all(&town).await {
        desk::reply(&town.app, &town.ann, one.id, "Ja, um 9:15.", "key").await.unwrap();
    }
    town.work().await;
    desk::visitor_page(&town.app, "belrive", Some(&reading)).await.unwrap();
    town.clock("2026-12-04T19:06:00+01:00").await;
    town.work().await;
    let mut tried = Vec::new();
    for one in all(&town).await {
        let last = said(&town, one.id).await.pop().unwrap();
        match (last.delivery, last.provider_id) {
            // Nothing listens at the mail server: it was tried, and will be again.
            (Delivery::Waiting, Some(_)) => tried.push(one.visitor),
            (Delivery::Sent { .. }, None) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(tried.len(), 1, "not whoever read it, and not whoever left no address");
    let tx = town.app.read(Home(town.belrive)).await.unwrap();
    let visitor = storage::visitors::one(&tx, tried[0]).await.unwrap().unwrap();
    assert_eq!(visitor.email.as_deref(), Some("jonas@example.org"));
}
