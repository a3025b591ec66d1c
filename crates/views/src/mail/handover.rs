//! To an advisor: what a colleague asks of them, and what became of what they asked.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::Language;
use maud::html;

use super::{Duty, HINT, Letter, page, paragraphs, shifts::duty_words};
use crate::Words;

/// What the letter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The holder proposes a swap to the reader.
    Swap,
    /// The holder would give something back to the reader.
    GiveBack,
    /// The holder cannot come: can the reader step in?
    StepIn,
    /// The reader's own duty was offered on their behalf.
    OnBehalf,
    /// What was asked of the reader was taken back.
    Withdrawn,
    /// What the reader asked or took was refused.
    Refused,
    /// An open duty that the reader asked for is not given to them.
    NotGiven,
}

impl Subject {
    /// The keys of its subject and of its sentence.
    fn keys(self) -> (&'static str, &'static str) {
        match self {
            Self::Swap => ("mail-ask-swap", "mail-ask-swap-lead"),
            Self::GiveBack => ("mail-ask-give-back", "mail-ask-give-back-lead"),
            Self::StepIn => ("mail-ask-step-in", "mail-ask-step-in-lead"),
            Self::OnBehalf => ("mail-ask-on-behalf", "mail-ask-on-behalf-lead"),
            Self::Withdrawn => ("mail-ask-withdrawn", "mail-ask-withdrawn-lead"),
            Self::Refused => ("mail-ask-refused", "mail-ask-refused-lead"),
            Self::NotGiven => ("mail-ask-refused", "mail-ask-not-given-lead"),
        }
    }

    /// Whether the reader is to answer.
    fn asks(self) -> bool {
        matches!(self, Self::Swap | Self::GiveBack | Self::StepIn)
    }
}

/// Everything such a letter says.
#[derive(Clone, Debug)]
pub struct Asked {
    /// To whom, by given name.
    pub given_name: String,
    /// In which language.
    pub language: Language,
    /// Where the duties' wall clocks hang.
    pub zone: Tz,
    /// Now.
    pub now: DateTime<Utc>,
    /// The public address of the house, without a slash at its end.
    pub home: String,
    /// The pool.
    pub pool: String,
    /// Whose duty it is, by given name.
    pub holder: String,
    /// What they wrote.
    pub note: String,
    /// The duty.
    pub duty: Duty,
    /// What is wanted for it, of a swap.
    pub counter: Option<Duty>,
    /// What it is about.
    pub subject: Subject,
}

/// The letter.
pub fn asked(asked: &Asked) -> Letter {
    let words = Words::of(asked.language);
    let told = |duty: &Duty| duty_words(asked.language, asked.zone, asked.now, duty);
    let duty = told(&asked.duty);
    let values =
        [("pool", (&*asked.pool).into()), ("name", (&*asked.holder).into()), ("duty", (&*duty).into())];
    let (subject, lead) = asked.subject.keys();
    let hello = words.say_with("mail-hello", &[("name", (&*asked.given_name).into())]);
    let lead = words.say_with(lead, &values);
    let counter = asked.counter.as_ref().filter(|_| asked.subject == Subject::Swap);
    let counter =
        counter.map(|counter| words.say_with("mail-ask-counter", &[("duty", told(counter).into())]));
    let counter = counter.unwrap_or_default();
    let quoted = match asked.note.trim() {
        "" => String::new(),
        note => words.say_with("mail-quote", &[("text", note.into())]),
    };
    let link = format!("{}/shifts", asked.home);
    let go = words.say(if asked.subject.asks() { "mail-ask-answer" } else { "mail-shifts-all" });
    let why = if asked.subject.asks() { words.say("mail-ask-why") } else { String::new() };
    let html = html! {
        p { (hello) }
        p { (lead) }
        @if !counter.is_empty() { p { (counter) } }
        @if !quoted.is_empty() { p style="border-left:3px solid #7F929B;padding-left:12px;white-space:pre-line" { (quoted) } }
        p { a href=(link) style="color:#0B6170;font-weight:700" { (go) } }
        @if !why.is_empty() { p style=(HINT) { (why) } }
    };
    Letter {
        subject: words.say_with(subject, &values),
        text: paragraphs(&[&hello, &lead, &counter, &quoted, &format!("{go}\n{link}"), &why]),
        html: Some(page(words, html)),
    }
}
