//! Which hints a mail gives, and that subjects compare as people would.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::email::inbound::parse;

fn ours(n: u128) -> OwnIds {
    OwnIds { message: MessageId(Uuid::from_u128(n)), conversation: ConversationId(Uuid::from_u128(n + 1)) }
}

fn mail(headers: &str) -> Incoming {
    parse(format!("From: Ana <Ana@Example.org>\r\n{headers}\r\nBonjour\r\n").as_bytes()).unwrap()
}

#[test]
fn our_ids_are_found_in_our_message_id() {
    let id = message_id(ours(7), "riquewihr.example.org");
    assert_eq!(own_ids(&id), Some(ours(7)));
    assert_eq!(own_ids(&format!(" <{id}> ")), Some(ours(7)));
    for other in ["a.b@example.org", "<1.2@x>", "", "@", &id.replace('@', ""), &id.replace('@', ".")] {
        assert_eq!(own_ids(other), None, "{other}");
    }
}

#[test]
fn a_reply_address_leads_back_to_its_conversation() {
    let conversation = ours(7).conversation;
    let address = reply_address("riquewihr@example.org", conversation);
    assert_eq!(address, format!("riquewihr+{}@example.org", conversation.0.simple()));
    assert_eq!(reply_token(&address), Some(conversation));
    assert_eq!(reply_token(&address.to_uppercase()), Some(conversation));
    assert_eq!(without_token(&address), "riquewihr@example.org");
    assert_eq!(reply_token("ana+riquewihr@example.org"), None);
    assert_eq!(without_token("ana+shop@example.org"), "ana+shop@example.org");
}

#[test]
fn the_message_answered_is_the_best_hint_and_the_subject_the_last() {
    let (first, second) = (ours(10), ours(20));
    let token = reply_address("office@example.org", ours(30).conversation);
    let mail = mail(&format!(
        "To: {token}\r\nSubject: RE: AW: Castle\r\nIn-Reply-To: <{}>\r\nReferences: <foreign@x.example> <{}>\r\n <{}>\r\n",
        message_id(second, "x.example"),
        message_id(first, "x.example"),
        message_id(second, "x.example"),
    ));
    assert_eq!(
        thread_hint(&mail),
        [
            Hint::Ours(second),
            Hint::Ours(first),
            Hint::ReplyAddress(ours(30).conversation),
            Hint::Refers("foreign@x.example".into()),
            Hint::SameSubject { from: "ana@example.org".into(), subject: "castle".into(), is_reply: true },
        ]
    );
}

#[test]
fn a_first_mail_hints_only_at_its_subject() {
    assert_eq!(
        thread_hint(&mail("Subject: Castle\r\n")),
        [Hint::SameSubject { from: "ana@example.org".into(), subject: "castle".into(), is_reply: false }]
    );
    assert_eq!(thread_hint(&mail("Subject: Re:\r\n")), []);
}

#[test]
fn a_token_in_the_delivered_address_is_enough() {
    let token = reply_address("office@example.org", ours(30).conversation);
    let hints = thread_hint(&mail(&format!("To: office@example.org\r\nDelivered-To: {token}\r\n")));
    assert_eq!(hints, [Hint::ReplyAddress(ours(30).conversation)]);
}

#[test]
fn answer_prefixes_do_not_count_in_a_subject() {
    for subject in [
        "Castle hours",
        "Re: Castle hours",
        "RE:castle  hours",
        "Aw: Re: Castle hours",
        "TR: Castle hours",
        "Fwd: FW: Castle\u{a0}hours",
        "Re[2]: Castle hours",
        "RE (3) : Castle hours",
        "Réf : Castle hours",
        "WG: AW: Castle hours",
        "SV: VS: Castle hours",
        "回复：Castle hours",
        "R: I: Castle hours",
        "RÉP : Castle hours",
    ] {
        assert_eq!(normalised_subject(subject), "castle hours", "{subject}");
    }
    assert_eq!(normalised_subject("Question : le château"), "question : le château");
    assert_eq!(normalised_subject("Re: Visite: demain"), "visite: demain");
    assert_eq!(normalised_subject("Re[a]: x"), "re[a]: x");
}

#[test]
fn a_forward_is_told_from_an_answer() {
    for subject in ["Fwd: x", "TR : x", "Re: WG: x", "FW: x"] {
        assert!(is_forward(subject), "{subject}");
    }
    for subject in ["Re: x", "x", "Forward: x", "Trains: x"] {
        assert!(!is_forward(subject), "{subject}");
    }
}

proptest! {
    #[test]
    fn normalising_twice_changes_nothing(subject in "(re|RE|Aw|Fwd|TR|x|é|İ|ß)?( |\\[2\\]|\\(1\\))?(:|：)? ?.*") {
        let once = normalised_subject(&subject);
        prop_assert_eq!(normalised_subject(&once), once.clone());
    }

    #[test]
    fn ids_make_a_message_id_and_come_back(message: u128, conversation: u128) {
        let ids = OwnIds { message: MessageId(Uuid::from_u128(message)), conversation: ConversationId(Uuid::from_u128(conversation)) };
        prop_assert_eq!(own_ids(&message_id(ids, "example.org")), Some(ids));
        prop_assert_eq!(reply_token(&reply_address("a@b.example", ids.conversation)), Some(ids.conversation));
    }

    #[test]
    fn any_words_are_looked_at_without_a_panic(text in any::<String>()) {
        own_ids(&text);
        reply_token(&text);
        own_id_within(&text);
        is_forward(&text);
        without_token(&text);
    }
}
