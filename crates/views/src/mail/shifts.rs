//! To an advisor: shifts that were published, moved or taken away.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{Language, Rung, Span};
use maud::{Markup, html};

use super::{HINT, Letter, page, paragraphs};
use crate::{Reader, Theme, Words};

/// A duty as a letter tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// From when to when.
    pub span: Span,
    /// Lead or backup.
    pub rung: Rung,
}

/// What became of one duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    New(Duty),
    /// It has other hours, or another rung.
    Moved {
        /// As it was.
        from: Duty,
        /// As it is.
        to: Duty,
    },
    /// It is no longer this person's.
    Gone(Duty),
}

impl Change {
    fn at(&self) -> DateTime<Utc> {
        match self {
            Self::New(duty) | Self::Gone(duty) | Self::Moved { to: duty, .. } => duty.span.start(),
        }
    }
}

/// Whose doing a change is, by given names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// Somebody published a rota.
    Published(String),
    /// A duty was handed over.
    HandedOver {
        /// By whom.
        from: String,
        /// To whom.
        to: String,
    },
    /// A single change.
    Single(Single),
}

/// A single change to what is published, as the reader is told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Single {
    /// The reader took an open duty.
    Taken,
    /// The reader gave one back.
    GivenBack,
    /// The reader learns beside a lead.
    Learner,
    /// The reader no longer does.
    NoLearner,
}

impl Single {
    /// The key of its sentence.
    fn key(self) -> &'static str {
        match self {
            Self::Taken => "mail-shifts-taken",
            Self::GivenBack => "mail-shifts-given-back",
            Self::Learner => "mail-shifts-learner",
            Self::NoLearner => "mail-shifts-no-learner",
        }
    }
}

/// Everything a letter about shifts says.
#[derive(Clone, Debug)]
pub struct Shifts {
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
    /// The pool whose rota it is.
    pub pool: String,
    /// Whose doing it is.
    pub by: By,
    /// What they wrote to everybody.
    pub message: String,
    /// What became of this person's duties, in any order.
    pub changes: Vec<Change>,
}

/// The letter. All new duties make it an announcement; anything else, a change.
pub fn shifts(shifts: &Shifts) -> Letter {
    let words = Words::of(shifts.language);
    let mut changes: Vec<&Change> = shifts.changes.iter().collect();
    changes.sort_by_key(|change| change.at());
    let published = matches!(shifts.by, By::Published(_));
    let all_new = published && changes.iter().all(|change| matches!(change, Change::New(_)));
    let values = [("pool", (&*shifts.pool).into()), ("count", changes.len().into())];
    let subject = words.say_with(if all_new { "mail-shifts-new" } else { "mail-shifts-changed" }, &values);
    let hello = words.say_with("mail-hello", &[("name", (&*shifts.given_name).into())]);
    let pool = ("pool", (&*shifts.pool).into());
    let lead = match &shifts.by {
        By::Published(name) => {
            let key = if all_new { "mail-shifts-published" } else { "mail-shifts-republished" };
            words.say_with(key, &[("name", (&**name).into()), pool])
        }
        By::HandedOver { from, to } => {
            words.say_with("mail-shifts-handed", &[("from", (&**from).into()), ("to", (&**to).into()), pool])
        }
        By::Single(what) => words.say_with(what.key(), &[pool]),
    };
    let lines: Vec<String> = changes.iter().map(|change| line(shifts, words, change)).collect();
    let list = lines.iter().map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n");
    let link = format!("{}/shifts#seen", shifts.home);
    let all = words.say("mail-shifts-all");
    let quoted = (!shifts.message.trim().is_empty())
        .then(|| words.say_with("mail-quote", &[("text", shifts.message.trim().into())]));
    let message = quoted.as_deref().unwrap_or_default();
    Letter {
        subject,
        text: paragraphs(&[
            &hello,
            &lead,
            message,
            &list,
            &format!("{all}\n{link}"),
            &words.say("mail-shifts-why"),
        ]),
        html: Some(page(words, in_html(words, &hello, &lead, message, &lines, &link))),
    }
}

fn in_html(words: Words, hello: &str, lead: &str, message: &str, lines: &[String], link: &str) -> Markup {
    html! {
        p { (hello) }
        p { (lead) }
        @if !message.is_empty() { p style="border-left:3px solid #7F929B;padding-left:12px;white-space:pre-line" { (message) } }
        ul style="padding-left:20px" { @for line in lines { li { (line) } } }
        p { a href=(link) style="color:#0B6170;font-weight:700" { (words.say("mail-shifts-all")) } }
        p style=(HINT) { (words.say("mail-shifts-why")) }
    }
}

fn line(shifts: &Shifts, words: Words, change: &Change) -> String {
    match change {
        Change::New(duty) => words.say_with("mail-shift-new", &[("duty", told(shifts, duty).into())]),
        Change::Gone(duty) => words.say_with("mail-shift-gone", &[("duty", told(shifts, duty).into())]),
        Change::Moved { from, to } => words.say_with(
            "mail-shift-moved",
            &[("duty", told(shifts, to).into()), ("before", told(shifts, from).into())],
        ),
    }
}

fn told(shifts: &Shifts, duty: &Duty) -> String {
    duty_words(shifts.language, shifts.zone, shifts.now, duty)
}

/// "Monday 7 December, 18:00–22:00, you lead".
pub(super) fn duty_words(language: Language, zone: Tz, now: DateTime<Utc>, duty: &Duty) -> String {
    let reader = Reader { language, theme: Theme::Auto, zone, now, csrf: String::new() };
    let words = reader.words();
    let rung = match duty.rung {
        Rung::Lead => words.say("mail-lead"),
        Rung::Backup => words.say("mail-backup"),
        Rung::Learner => words.say("mail-learner"),
    };
    format!("{}, {}, {rung}", words.day(reader.day(duty.span.start())), reader.hours(duty.span))
}
