//! To a visitor: the answer of an office, and the one automatic sentence that says who reads it when.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::{Calendar, Language, time};

use super::{Letter, paragraphs, re};
use crate::{
    Words,
    html::visitor::{Attending, emergency, near_day},
};

/// An advisor's answer, on its way to a mailbox.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The language of the signature.
    pub language: Language,
    /// The office that answers.
    pub office: String,
    /// Who wrote it, by given name.
    pub given_name: String,
    /// What they wrote.
    pub body: String,
    /// What the visitor's letter was about; empty for none.
    pub subject: String,
}

/// The answer with its signature.
pub fn reply(reply: &Reply) -> Letter {
    let words = Words::of(reply.language);
    let values = [("name", (&*reply.given_name).into()), ("office", (&*reply.office).into())];
    let signature = words.say_with("visitor-mail-signature", &values);
    let body = reply.body.replace("\r\n", "\n");
    Letter {
        subject: answer_subject(words, &reply.office, &reply.subject),
        // "-- " on a line of its own: mail programs fold the signature away when they quote.
        text: format!("{}\n\n-- \n{signature}\n", body.trim_end()),
        html: None,
    }
}

/// What the house says by itself to a visitor who wrote a mail, once.
#[derive(Clone, Debug)]
pub struct AutomaticAnswer {
    /// The visitor's language.
    pub language: Language,
    /// The office they wrote to.
    pub office: String,
    /// Which holidays it keeps; says which number helps in an emergency.
    pub calendar: Calendar,
    /// Where its wall clocks hang.
    pub zone: Tz,
    /// Now.
    pub now: DateTime<Utc>,
    /// Who answers now, or when somebody will.
    pub attending: Attending,
    /// What the visitor's letter was about; empty for none.
    pub subject: String,
}

/// The letter: it has arrived, who answers or when, and what to do in an emergency.
pub fn automatic_answer(answer: &AutomaticAnswer) -> Letter {
    let words = Words::of(answer.language);
    let number = words.say_with("visitor-mail-emergency", &[("number", emergency(answer.calendar).into())]);
    Letter {
        subject: answer_subject(words, &answer.office, &answer.subject),
        text: format!(
            "{}\n-- \n{}\n{}\n",
            paragraphs(&[
                &words.say("visitor-mail-hello"),
                &words.say("visitor-mail-waits"),
                &truth(answer),
                &number
            ]),
            answer.office,
            words.say("visitor-mail-automatic"),
        ),
        html: None,
    }
}

/// Who answers and until when, or when somebody will be there.
fn truth(answer: &AutomaticAnswer) -> String {
    let words = Words::of(answer.language);
    let hour = |at: DateTime<Utc>| words.time(time::wall(at, answer.zone).time());
    let day = |at: DateTime<Utc>| -> NaiveDate { time::day(at, answer.zone) };
    match &answer.attending {
        Attending::Person { given_name, until, .. } => words.say_with(
            "visitor-mail-person",
            &[("name", (&**given_name).into()), ("time", hour(*until).into())],
        ),
        Attending::OwnDesk { until } => words.say_with("visitor-mail-desk", &[("time", hour(*until).into())]),
        Attending::Nobody { opens_at: Some(at) } => {
            let said = near_day(words, day(*at), day(answer.now));
            words.say_with("visitor-mail-opens", &[("day", said.into()), ("time", hour(*at).into())])
        }
        Attending::Nobody { opens_at: None } => words.say("visitor-mail-opens-unknown"),
    }
}

/// "Re: …", or what a letter without a subject is answered under.
fn answer_subject(words: Words, office: &str, subject: &str) -> String {
    if subject.trim().is_empty() {
        words.say_with("visitor-mail-subject-none", &[("office", office.into())])
    } else {
        re(subject)
    }
}

/// What the house says by itself in a chat: it waits, who answers or when, the emergency number.
pub fn automatic_sentence(answer: &AutomaticAnswer) -> String {
    let words = Words::of(answer.language);
    let number = words.say_with("visitor-mail-emergency", &[("number", emergency(answer.calendar).into())]);
    let gap = if words.language().code() == "zh" { "" } else { " " };
    [words.say("visitor-mail-waits"), truth(answer), number].join(gap)
}
