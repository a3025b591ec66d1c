//! What routing does with a decision, by example.

use std::collections::HashMap;

use domain::{Calendar, Held, Language, Minutes, Organisation, OrganisationKind, PersonId};
use uuid::Uuid;

use super::*;

fn at(text: &str) -> DateTime<Utc> {
    format!("2026-12-04T{text}Z").parse().unwrap()
}

fn ann() -> PersonId {
    PersonId(Uuid::from_u128(1))
}

fn situation() -> Situation {
    Situation {
        desk: routing::Desk::default(),
        until: HashMap::from([(ann(), at("21:00:00"))]),
        own_desk_until: Some(at("17:00:00")),
        office: Organisation {
            id: OrganisationId(Uuid::from_u128(9)),
            kind: OrganisationKind::Office,
            name: "Belrive".to_owned(),
            slug: "belrive".to_owned(),
            zone: domain::Tz::Europe__Paris,
            calendar: Calendar::France,
            language: Language::FR,
            colour: 1,
            promise: Minutes(5),
        },
    }
}

fn to_ann(because: Because) -> Decision {
    Decision::Assign { to: ann(), because }
}

fn held(opens_at: Option<DateTime<Utc>>) -> Decision {
    Decision::Hold { because: Held::Closed, pool: None, opens_at }
}

#[test]
fn what_somebody_has_is_looked_at_again_soon_and_at_the_end_of_their_shift_at_the_latest() {
    assert_eq!(look_at(&to_ann(Because::Leads), &situation(), at("19:00:00")), at("19:02:00"));
    assert_eq!(look_at(&to_ann(Because::Leads), &situation(), at("20:59:00")), at("21:00:00"));
    assert_eq!(look_at(&to_ann(Because::FirstToRing), &situation(), at("19:00:00")), at("19:01:00"));
}

#[test]
fn what_waits_at_the_own_desk_is_looked_at_when_it_closes() {
    assert_eq!(look_at(&Decision::OwnDesk, &situation(), at("16:50:00")), at("17:00:00"));
    assert_eq!(look_at(&Decision::OwnDesk, &situation(), at("10:00:00")), at("10:15:00"));
}

#[test]
fn what_waits_for_an_opening_is_looked_at_then_and_never_in_the_past() {
    let now = at("21:58:00");
    assert_eq!(look_at(&held(Some(at("22:00:00"))), &situation(), now), at("22:00:00"));
    assert_eq!(look_at(&held(None), &situation(), now), at("22:03:00"));
    assert_eq!(look_at(&held(Some(now)), &situation(), now), at("22:03:00"));
}

fn decided(decision: Option<Decision>, assigned_to: Option<PersonId>) -> Conversation {
    let now = at("19:00:00");
    Conversation {
        id: ConversationId(Uuid::from_u128(3)),
        organisation: OrganisationId(Uuid::from_u128(9)),
        account: domain::ChannelAccountId(Uuid::from_u128(4)),
        channel: domain::ChannelKind::WebChat,
        visitor: domain::VisitorId(Uuid::from_u128(5)),
        pool: None,
        status: ConversationStatus::Waiting,
        language: None,
        subject: None,
        snippet: String::new(),
        assigned_to,
        decision,
        considered: Vec::new(),
        opened_at: now,
        first_answer_at: None,
        last_message_at: now,
        token_hash: None,
        version: 1,
    }
}

#[test]
fn the_first_reason_for_a_person_stays_while_they_keep_it() {
    let speaks = decided(Some(to_ann(Because::SpeaksTheLanguage)), Some(ann()));
    assert!(is_same(&speaks, &to_ann(Because::InThisConversation)));
    let other = Decision::Assign { to: PersonId(Uuid::from_u128(2)), because: Because::Leads };
    assert!(!is_same(&speaks, &other));
    assert!(is_same(&speaks, &Decision::OwnDesk), "taken at the own desk");
    assert!(!is_same(&decided(Some(to_ann(Because::Leads)), None), &Decision::OwnDesk));
    assert!(!is_same(&decided(None, None), &Decision::OwnDesk));
    assert!(!is_same(&decided(Some(held(None)), None), &held(Some(at("22:00:00")))));
}
