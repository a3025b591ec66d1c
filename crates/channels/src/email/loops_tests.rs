//! Machines are told from people; bounces say which mail they are about.

use uuid::Uuid;

use super::*;
use crate::email::{inbound::parse, threading::OwnIds};

fn ours() -> String {
    let ids = OwnIds { message: Uuid::from_u128(1).into(), conversation: Uuid::from_u128(2).into() };
    threading::message_id(ids, "office.example.org")
}

fn origin_of(headers: &str) -> Origin {
    parse(format!("From: Ana <ana@example.org>\r\n{headers}\r\nHello\r\n").as_bytes()).unwrap().origin
}

fn is_machine(headers: &str, mark: Automatic) {
    assert_eq!(origin_of(headers), Origin::Automatic(mark), "{headers}");
}

#[test]
fn a_machine_is_known_by_its_headers() {
    is_machine("Auto-Submitted: auto-replied\r\n", Automatic::AutoSubmitted);
    is_machine("Auto-Submitted: AUTO-GENERATED; x=1\r\n", Automatic::AutoSubmitted);
    for word in ["bulk", "Junk", "list", "auto_reply"] {
        is_machine(&format!("Precedence: {word}\r\n"), Automatic::Precedence);
    }
    is_machine("List-Id: News <news.example.org>\r\n", Automatic::List);
    is_machine("List-Unsubscribe: <mailto:a@example.org>\r\n", Automatic::List);
    is_machine("X-Autoreply: yes\r\n", Automatic::Autoresponder);
    is_machine("X-Autorespond: Away\r\n", Automatic::Autoresponder);
    is_machine("Return-Path: <>\r\n", Automatic::EmptyReturnPath);
}

#[test]
fn a_machine_is_known_by_its_subject() {
    for subject in [
        "Automatic reply: Castle",
        "Out of Office: Castle",
        "Out of office",
        "OOO: back on Monday",
        "Réponse automatique : Château",
        "=?UTF-8?Q?R=C3=A9ponse_automatique_=3A_x?=",
        "Abwesenheitsnotiz: Burg",
        "Abwesend: bis Montag",
        "Risposta automatica: x",
        "Message d’absence - retour lundi",
        "Out of Office Re: Castle",
    ] {
        is_machine(&format!("Subject: {subject}\r\n"), Automatic::Subject);
    }
}

#[test]
fn a_person_is_not_taken_for_a_machine() {
    for headers in [
        "Subject: Question\r\n",
        "Auto-Submitted: no\r\n",
        "Precedence: first-class\r\n",
        "Return-Path: <ana@example.org>\r\n",
        "Subject: Automatic update notification\r\n",
        "Subject: auto: rent a car in Nice\r\n",
        "X-Auto-Response-Suppress: All\r\n",
        "Subject: Out of office hours, is the castle open?\r\n",
        "Subject: Abwesenheit meines Hundes melden\r\n",
        "Subject: oofh, lost my key\r\n",
        "Subject: Re: Automatic reply: Castle\r\n",
        "Listing: x\r\n",
        "X-Autoreply: no\r\n",
        "Subject: List-Id: no header\r\n",
    ] {
        assert_eq!(origin_of(headers), Origin::Person, "{headers}");
    }
}

#[test]
fn our_own_mail_is_recognised_by_its_mark_or_its_id() {
    let own = Origin::Own { message: Uuid::from_u128(1).into() };
    assert_eq!(
        origin_of(&format!(
            "X-Veilleuse-Message: {}\r\nAuto-Submitted: auto-replied\r\n",
            Uuid::from_u128(1)
        )),
        own
    );
    assert_eq!(origin_of(&format!("Message-ID: <{}>\r\n", ours())), own);
    assert_eq!(origin_of("X-Veilleuse-Message: nonsense\r\n"), Origin::Person);
}

fn report(action: &str, status: &str, returned: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example.org\r\nTo: office@example.org\r\nReturn-Path: <>\r\nAuto-Submitted: auto-replied\r\n\
         Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=B\r\n\r\n\
         --B\r\nContent-Type: text/plain\r\n\r\nI am sorry.\r\n\
         --B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n\
         Original-Recipient: rfc822;ana@example.org\r\nFinal-Recipient: rfc822; a@inner.example.org\r\nAction: {action}\r\nStatus: {status}\r\n\
         Diagnostic-Code: smtp; 550 5.1.1 no\r\n  such person\r\n\r\n\
         --B\r\n{returned}\r\n--B--\r\n"
    )
}

fn bounce(raw: &str) -> Bounce {
    match parse(raw.as_bytes()).unwrap().origin {
        Origin::Bounce(bounce) => bounce,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_report_of_failure_says_which_mail_failed_and_why() {
    let whole = format!(
        "Content-Type: message/rfc822\r\n\r\nMessage-ID: <{}>\r\nFrom: office@example.org\r\n\r\nHello\r\n",
        ours()
    );
    let headers = format!(
        "Content-Type: text/rfc822-headers\r\n\r\nFrom: office@example.org\r\nMessage-ID:\r\n <{}>\r\n",
        ours()
    );
    for returned in [whole, headers] {
        assert_eq!(
            bounce(&report("failed", "5.1.1", &returned)),
            Bounce {
                original_message_id: Some(ours()),
                status: Some("5.1.1".into()),
                permanent: true,
                recipient: Some("ana@example.org".into()),
                said: Some("550 5.1.1 no such person".into()),
            }
        );
    }
}

#[test]
fn a_delay_is_not_yet_a_failure_and_an_expired_try_is() {
    assert!(!bounce(&report("delayed", "4.4.1", "")).permanent);
    assert!(bounce(&report("failed (expired)", "4.4.7", "")).permanent);
    assert!(bounce(&report("odd", "5.0.0", "")).permanent);
}

#[test]
fn a_receipt_is_a_machine_and_no_bounce() {
    let delivered = parse(report("delivered", "2.0.0", "").as_bytes()).unwrap();
    assert_eq!(delivered.origin, Origin::Automatic(Automatic::Receipt));
    let read = "From: ana@example.org\r\nContent-Type: multipart/report; report-type=disposition-notification; boundary=B\r\n\r\n\
                --B\r\n\r\nRead.\r\n--B\r\nContent-Type: message/disposition-notification\r\n\r\nDisposition: x\r\n--B--\r\n";
    assert_eq!(parse(read.as_bytes()).unwrap().origin, Origin::Automatic(Automatic::Receipt));
}

#[test]
fn a_report_in_words_counts_if_it_names_a_mail_of_ours() {
    let words = |id: &str| {
        format!(
            "From: MAILER-DAEMON@mx.example.org\r\nSubject: failure notice\r\n\r\nHi. 550 #5.1.1 no such user.\r\n\r\nMessage-ID: <{id}>\r\n"
        )
    };
    let known = bounce(&words(&ours()));
    assert_eq!(
        (known.original_message_id, known.status, known.permanent),
        (Some(ours()), Some("5.1.1".into()), true)
    );
    let foreign = parse(words("else@example.org").as_bytes()).unwrap();
    assert_eq!(foreign.origin, Origin::Automatic(Automatic::MailServer));
}

#[test]
fn only_a_person_gets_an_automatic_answer_and_never_we_ourselves() {
    let answer = |from: &str, headers: &str| {
        let mail = parse(format!("From: {from}\r\n{headers}\r\nHello\r\n").as_bytes()).unwrap();
        automatic_answer(&mail, &["office@example.org"]).map(|to| to.address.clone())
    };
    assert_eq!(answer("ana@example.org", ""), Ok("ana@example.org".into()));
    assert_eq!(answer("ana@example.org", "Reply-To: home@example.org\r\n"), Ok("home@example.org".into()));
    assert_eq!(answer("ana@example.org", "Precedence: bulk\r\n"), Err(Silence::NotAPerson));
    assert_eq!(answer("ana@example.org", "X-Auto-Response-Suppress: DR, OOF\r\n"), Err(Silence::NotWanted));
    assert_eq!(
        answer("ana@example.org", "X-Auto-Response-Suppress: DR, RN\r\n"),
        Ok("ana@example.org".into())
    );
    assert_eq!(answer("Office@Example.org", ""), Err(Silence::OurOwnAddress));
    assert_eq!(answer("ana@example.org", "Reply-To: office@example.org\r\n"), Err(Silence::OurOwnAddress));
    let token = threading::reply_address("office@example.org", Uuid::from_u128(2).into());
    assert_eq!(answer(&token, ""), Err(Silence::OurOwnAddress));
    assert_eq!(answer("No-Reply@shop.example", ""), Err(Silence::NobodyThere));
    assert_eq!(answer("ne_pas_repondre@gare.example", ""), Err(Silence::NobodyThere));
}
