//! What strangers may claim, and what it gets them: addresses, headers, keys.

use domain::{ConversationStatus, Direction};
use storage::{
    arrivals, conversations, messages,
    scope::{Home, System},
    visitors,
};

use super::{
    Town,
    chat::written,
    mail::{all, arrives, comes, evening, said},
};
use crate::desk;

async fn email_of(town: &Town, visitor: domain::VisitorId) -> Option<String> {
    let tx = town.app.read(Home(town.belrive)).await.unwrap();
    visitors::one(&tx, visitor).await.unwrap().unwrap().email
}

#[tokio::test]
async fn an_address_claimed_in_a_chat_never_leads_the_answers_to_a_mail_elsewhere() {
    let (town, account) = evening().await;
    let stranger = desk::receive(&town.app, &written("belrive", None, "Bonsoir !")).await.unwrap();
    desk::reach(&town.app, "belrive", &stranger, "jonas@example.org").await.unwrap();
    comes(&town, account, "one", "Subject: Bateau\r\n", "Bonsoir, le bateau ?").await;
    desk::reach(&town.app, "belrive", &stranger, "mallory@example.net").await.unwrap();
    comes(&town, account, "two", "Subject: Re: Bateau\r\n", "Nous sommes quatre.").await;
    let all = all(&town).await;
    assert_eq!(all.len(), 2, "a chat and a mail");
    let by_mail = all.iter().find(|one| one.channel == domain::ChannelKind::Email).unwrap();
    let by_chat = all.iter().find(|one| one.channel == domain::ChannelKind::WebChat).unwrap();
    assert_ne!(by_mail.visitor, by_chat.visitor);
    assert_eq!(email_of(&town, by_mail.visitor).await.as_deref(), Some("jonas@example.org"));
    assert_eq!(email_of(&town, by_chat.visitor).await.as_deref(), Some("mallory@example.net"));
}

#[tokio::test]
async fn a_mail_that_only_says_it_is_ours_is_kept_and_waits_but_no_machine_answers_it() {
    let (town, account) = evening().await;
    town.clock("2026-12-04T23:00:00+01:00").await;
    let id = uuid::Uuid::now_v7();
    let mark = format!("Subject: Bateau\r\nX-Veilleuse-Message: {id}");
    comes(&town, account, "one", &mark, "Bonsoir, le bateau ?").await;
    let all = all(&town).await;
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].status, ConversationStatus::Waiting);
    let kept = said(&town, all[0].id).await;
    assert_eq!(kept.iter().map(|message| message.direction).collect::<Vec<_>>(), [Direction::In]);
}

#[tokio::test]
async fn a_visitor_who_sends_our_own_mail_on_with_its_headers_is_heard() {
    let (town, account) = evening().await;
    comes(&town, account, "one", "Subject: Bateau\r\n", "Bonsoir, le bateau ?").await;
    let conversation = all(&town).await[0].id;
    let answer = desk::reply(&town.app, &town.ann, conversation, "Oui.", "k").await.unwrap();
    let ours =
        format!("Subject: Re: Bateau\r\nX-Veilleuse-Message: {answer}\r\nIn-Reply-To: <one@example.org>");
    comes(&town, account, "two", &ours, "Votre courriel est vide ?").await;
    assert_eq!(said(&town, conversation).await.len(), 3);
    // What the mailbox itself sent is ours.
    let raw = format!(
        "From: accueil@belrive.example\r\nTo: jonas@example.org\r\nMessage-ID: <{answer}.{conversation}@belrive.example>\r\n\
         X-Veilleuse-Message: {answer}\r\nSubject: Re: Bateau\r\n\r\nOui.\r\n"
    );
    arrives(&town, account, "copy", raw.into_bytes()).await;
    assert_eq!((all(&town).await.len(), said(&town, conversation).await.len()), (1, 3));
}

#[tokio::test]
async fn a_bounce_of_nothing_we_know_is_kept_and_rings_nobody() {
    let (town, account) = evening().await;
    let report = "Subject: Undelivered\r\nMIME-Version: 1.0\r\n\
                  Content-Type: multipart/report; report-type=delivery-status; boundary=B";
    let body = "--B\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\n\
                Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; x@example.org\r\nAction: failed\r\n\
                Status: 5.1.1\r\n\r\n--B--";
    comes(&town, account, "bounce", report, body).await;
    let all = all(&town).await;
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].status, all[0].assigned_to), (ConversationStatus::Done, None));
    assert!(said(&town, all[0].id).await[0].body.contains("Sorry"));
}

#[tokio::test]
async fn a_form_that_writes_as_the_office_waits_for_whoever_filled_it_in() {
    let (town, account) = evening().await;
    let form = |id: &str, from: &str| {
        format!(
            "From: accueil@belrive.example\r\nReply-To: {from}\r\nTo: accueil@belrive.example\r\n\
             Message-ID: <{id}@site.example>\r\nSubject: Formulaire\r\n\r\nBonsoir, le bateau ?\r\n"
        )
    };
    arrives(&town, account, "form", form("form", "Ana <ana@example.org>").into_bytes()).await;
    let all = all(&town).await;
    assert_eq!(all[0].status, ConversationStatus::Waiting);
    assert_eq!(email_of(&town, all[0].visitor).await.as_deref(), Some("ana@example.org"));
}

#[tokio::test]
async fn of_a_mail_too_large_the_desk_is_told_how_large() {
    let (town, account) = evening().await;
    let headers = b"From: jonas@example.org\r\nMessage-ID: <big@example.org>\r\nSubject: Photos\r\n\r\n";
    let raw = channels::email::headers_only(headers, 42 * 1024 * 1024);
    arrives(&town, account, "big", raw).await;
    let body = said(&town, all(&town).await[0].id).await.remove(0).body;
    assert!(body.starts_with("Photos\n") && body.contains("42"), "{body}");
}

#[tokio::test]
async fn the_key_of_a_first_message_gives_its_token_again_for_a_while_and_is_kept_nowhere() {
    let (town, _) = evening().await;
    let asks = written("belrive", None, "Bonsoir, le bateau ?");
    let token = desk::receive(&town.app, &asks).await.unwrap();
    town.clock("2026-12-04T19:09:00+01:00").await;
    assert_eq!(desk::receive(&town.app, &asks).await.unwrap(), token);
    town.clock("2026-12-04T19:11:00+01:00").await;
    let later = desk::receive(&town.app, &asks).await.unwrap();
    assert_ne!(later, token, "whoever found the key does not get the conversation");
    let all = all(&town).await;
    assert_eq!(all.len(), 2);
    let tx = town.app.read(System).await.unwrap();
    for one in &all {
        let arrival = arrivals::one(&tx, one.id.0.into()).await.unwrap().unwrap();
        assert!(!arrival.provider_id.contains(&asks.key), "{}", arrival.provider_id);
        let kept = said(&town, one.id).await.remove(0).client_key.unwrap();
        assert!(!kept.contains(&asks.key), "{kept}");
    }
}

#[tokio::test]
async fn an_answer_to_what_was_mailed_from_a_chat_comes_into_it_and_is_answered_by_mail() {
    let (town, account) = evening().await;
    let token = desk::receive(&town.app, &written("belrive", None, "Fährt das Schiff?")).await.unwrap();
    desk::reach(&town.app, "belrive", &token, "jonas@example.org").await.unwrap();
    town.work().await;
    let conversation = all(&town).await[0].id;
    let answer = desk::reply(&town.app, &town.ann, conversation, "Ja.", "k").await.unwrap();
    town.work().await;
    let thread = format!("Subject: Re: Belrive\r\nIn-Reply-To: <{answer}.{conversation}@belrive.example>");
    comes(&town, account, "two", &thread, "Danke, und zurück?").await;
    assert_eq!((all(&town).await.len(), said(&town, conversation).await.len()), (1, 3));
    let page = desk::visitor_page(&town.app, "belrive", Some(&token)).await.unwrap().model;
    assert_eq!(page.messages.len(), 2, "whoever left a wrong address reads nobody else's mail");
    desk::reply(&town.app, &town.ann, conversation, "Um 17 Uhr.", "k2").await.unwrap();
    town.work().await;
    let last = said(&town, conversation).await.pop().unwrap();
    assert_eq!((last.delivery, last.provider_id.is_some()), (domain::Delivery::Waiting, true), "by mail");
    // Anybody else who knows the id begins a conversation of their own.
    let raw = format!(
        "From: mallory@example.net\r\nTo: accueil@belrive.example\r\nMessage-ID: <m@example.net>\r\n{thread}\r\n\r\nHa\r\n"
    );
    arrives(&town, account, "m", raw.into_bytes()).await;
    assert_eq!((all(&town).await.len(), said(&town, conversation).await.len()), (2, 4));
}

#[tokio::test]
async fn a_mailbox_whose_end_cannot_be_seen_begins_today() {
    let (town, account) = evening().await;
    let tx = town.app.read(System).await.unwrap();
    let kept = storage::channel_accounts::one(&tx, account).await.unwrap().unwrap();
    let settings = desk::accounts::MailSettings::of(&kept).unwrap();
    let days = (town.app.clock.machine_now().date_naive() - settings.imap.not_before.unwrap()).num_days();
    assert!((0..=1).contains(&days), "{days}");
}

#[tokio::test]
async fn a_quiet_mail_is_not_answered_when_nobody_is_there_any_more_and_another_is_once() {
    let (town, account) = evening().await;
    let quiet = "Subject: Bateau\r\nX-Auto-Response-Suppress: All";
    comes(&town, account, "one", quiet, "Bonsoir, le bateau ?").await;
    let chat = desk::receive(&town.app, &written("belrive", None, "Bonsoir, le château ?")).await.unwrap();
    town.work().await;
    for time in ["22:00:00", "22:06:00", "22:30:00"] {
        town.clock(&format!("2026-12-04T{time}+01:00")).await;
        town.work().await;
    }
    let (_, by_chat) = desk::visitor_conversation(&town.app, "belrive", &chat).await.unwrap().unwrap();
    let tx = town.app.read(Home(town.belrive)).await.unwrap();
    for one in conversations::list(&tx, conversations::Which::default(), 50).await.unwrap() {
        let said = messages::of(&tx, one.id, 50).await.unwrap();
        let automatic = said.iter().filter(|message| message.direction == Direction::Automatic).count();
        assert_eq!(automatic, usize::from(one.id == by_chat), "{said:#?}");
    }
}
