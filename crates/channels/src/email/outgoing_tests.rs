//! What a mail of ours looks like, and that nobody can write into its headers.

use uuid::Uuid;

use super::*;
use crate::email::{Origin, parse, threading};

pub(in crate::email) fn outgoing() -> Outgoing {
    let ids =
        threading::OwnIds { message: Uuid::from_u128(1).into(), conversation: Uuid::from_u128(2).into() };
    Outgoing {
        message_id: threading::message_id(ids, "riquewihr.example.org"),
        date: "2026-07-04T19:00:00Z".parse().unwrap(),
        from: Contact::named("Office de tourisme de Riquewihr – été", "riquewihr@example.org"),
        reply_to: Some(Contact::address(threading::reply_address("riquewihr@example.org", ids.conversation))),
        to: Contact::named("Ana López", "ana@example.org"),
        subject: "Re: Château ouvert ?".into(),
        text: "Bonjour,\n.\nOui, jusqu’à 18 h.\n.fin\n".into(),
        html: None,
        in_reply_to: Some("abc@example.org".into()),
        references: vec!["w@example.org".into()],
        auto_submitted: false,
        x_veilleuse_message: ids.message,
    }
}

fn header<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.split("\r\n").find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

#[test]
fn a_mail_of_ours_reads_back_as_written() {
    let out = outgoing();
    let raw = out.bytes().unwrap();
    let text = String::from_utf8(raw.clone()).unwrap();
    assert!(text.is_ascii(), "{text}");
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "bare line breaks: {text:?}");
    let back = parse(&raw).unwrap();
    assert_eq!(back.message_id, out.message_id);
    assert_eq!((back.from.clone(), back.to.clone()), (out.from.clone(), vec![out.to.clone()]));
    assert_eq!(Some(back.answer_to()), out.reply_to.as_ref());
    assert_eq!((back.subject.as_str(), back.date), (out.subject.as_str(), Some(out.date)));
    assert_eq!(back.text, out.text.trim_end());
    assert_eq!(back.in_reply_to, ["abc@example.org"]);
    assert_eq!(back.references, ["w@example.org", "abc@example.org"]);
    assert_eq!(back.origin, Origin::Own { message: out.x_veilleuse_message });
    assert_eq!(header(&text, "Auto-Submitted"), None);
}

#[test]
fn an_automatic_answer_says_that_it_is_one() {
    let text = String::from_utf8(Outgoing { auto_submitted: true, ..outgoing() }.bytes().unwrap()).unwrap();
    assert_eq!(header(&text, "Auto-Submitted"), Some("auto-replied"));
    assert_eq!(header(&text, "X-Auto-Response-Suppress"), Some("All"));
    let first = Outgoing { auto_submitted: true, in_reply_to: None, ..outgoing() };
    let text = String::from_utf8(first.bytes().unwrap()).unwrap();
    assert_eq!(header(&text, "Auto-Submitted"), Some("auto-generated"));
}

#[test]
fn html_goes_beside_the_text() {
    let raw = Outgoing { html: Some("<p>Oui</p>".into()), ..outgoing() }.bytes().unwrap();
    let back = parse(&raw).unwrap();
    assert!(back.text.starts_with("Bonjour"));
    assert!(String::from_utf8(raw).unwrap().contains("multipart/alternative"));
}

#[test]
fn nobody_writes_a_header_of_his_own() {
    let out = Outgoing {
        subject: "x\r\nBcc: evil@example.org".into(),
        from: Contact::named("x\r\nBcc: evil@example.org", "riquewihr@example.org"),
        in_reply_to: Some("a>\r\nBcc: <evil@example.org".into()),
        references: vec!["b\r\nBcc: c".into()],
        ..outgoing()
    };
    let text = String::from_utf8(out.bytes().unwrap()).unwrap();
    assert!(!text.contains("\nBcc"), "{text}");
    let refused =
        Outgoing { to: Contact::address("a@b.example\r\nRCPT TO:<c@d.example>"), ..outgoing() }.bytes();
    assert!(matches!(refused, Err(OutgoingError::Address(_))));
}

#[test]
fn a_long_thread_keeps_its_beginning_and_its_newest_mails() {
    let references: Vec<String> = (0..100).map(|n| format!("{n}@example.org")).collect();
    let back = parse(&Outgoing { references, ..outgoing() }.bytes().unwrap()).unwrap();
    assert_eq!(back.references.len(), REFERENCES);
    assert_eq!(
        (back.references[0].as_str(), back.references[1].as_str()),
        ("0@example.org", "82@example.org")
    );
    assert_eq!(back.references.last().unwrap(), "abc@example.org");
}
