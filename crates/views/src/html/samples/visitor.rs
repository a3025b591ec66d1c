//! Furnished models of the visitor page.

use domain::{Calendar, Language, Minutes};

use super::{
    desk::{at, id},
    instant,
};
use crate::html::visitor;

fn visitor_message(number: u32, author: visitor::Author, time: &str, body: &str) -> visitor::Message {
    visitor::Message {
        id: id(400 + number),
        author,
        body: body.to_owned(),
        language: Some(Language::EN),
        at: at(time),
        read_by: None,
    }
}

/// Jonas' page, as the mock shows it.
pub fn visitor() -> visitor::Model {
    let ann = || visitor::Author::Person("Ann".to_owned());
    let question = visitor::Message {
        read_by: Some("Ann".to_owned()),
        ..visitor_message(
            1,
            visitor::Author::Visitor,
            "19:05",
            "Good evening! Is the boat to the island running tomorrow morning? There are four of us, two children.",
        )
    };
    visitor::Model {
        messages: vec![
            question,
            visitor_message(
                2,
                ann(),
                "19:06",
                "Good evening Jonas, Ann here. Yes, it is! I’m looking up the times for you.",
            ),
        ],
        writing: Some("Ann".to_owned()),
        reach: visitor::Reach::Asked { malformed: false },
        ..visitor_first()
    }
}

/// The page before the first message.
pub fn visitor_first() -> visitor::Model {
    visitor::Model {
        office: "Vieux-Port".to_owned(),
        slug: "vieux-port".to_owned(),
        calendar: Calendar::France,
        attending: visitor::Attending::Person {
            given_name: "Ann".to_owned(),
            colour: 0,
            until: at("22:00"),
            answers_in: Some(Minutes(2)),
        },
        messages: Vec::new(),
        writing: None,
        reach: visitor::Reach::NotAsked,
        refused: None,
        key: "01930000-0000-7000-8000-00000000bbbb".to_owned(),
        last_signal: 0,
    }
}

/// Nobody on duty, in Quebec, with a message that was too long.
pub fn visitor_nobody() -> visitor::Model {
    visitor::Model {
        calendar: Calendar::Quebec,
        attending: visitor::Attending::Nobody { opens_at: Some(instant("2026-12-05T09:00:00+01:00")) },
        messages: vec![
            visitor_message(3, visitor::Author::Visitor, "19:05", "Is the museum open on Sunday?"),
            visitor_message(
                4,
                visitor::Author::Automatic,
                "19:05",
                "Your message has arrived and waits for us.",
            ),
        ],
        reach: visitor::Reach::Known("jonas@example.org".to_owned()),
        refused: Some(("And another thing…".to_owned(), visitor::Refusal::TooLong)),
        ..visitor_first()
    }
}
