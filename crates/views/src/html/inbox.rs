//! The inbox: who waits, what they wrote, and what the visitor's office knows, side by side.
//!
//! Three columns on a desk; on a phone a list, then the conversation over the whole screen with the
//! notebook as a sheet from below. Every action is a form; `inbox.js` adds keys, drafts and haste.

mod compose;
mod list;
mod side;
mod thread;

use chrono::{DateTime, Duration, Utc};
use domain::{
    Because, ChannelKind, ConversationId, ConversationStatus, Delivery, Direction, Held, Language, MessageId,
    Minutes, Rung, Span, Standing,
};
use maud::{Markup, html};

pub use super::notebook::Office;
use super::{
    components::{empty, lamp_dot, ticking},
    icons::{Icon, icon},
    notebook::Note,
    shell::{self, Frame},
};
use crate::Reader;

/// Why the reader sees messages at all.
#[derive(Clone, Debug)]
pub enum Duty {
    /// On duty for the pool.
    On {
        /// From when to when.
        span: Span,
        /// Lead or backup.
        rung: Rung,
        /// The others on duty, by given name.
        with: Vec<(String, Rung)>,
    },
    /// At the desk of the reader's own office.
    OwnDesk {
        /// Until when its own hours run; `None` when they do not run now.
        until: Option<DateTime<Utc>>,
    },
    /// Not on duty.
    Off {
        /// The next duty.
        next: Option<Span>,
    },
}

/// Where one conversation stands, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standstill {
    /// The visitor awaits an answer.
    Waiting {
        /// Since when.
        since: DateTime<Utc>,
        /// Whether the promise runs: the hour is covered, or the own desk is open.
        counted: bool,
    },
    /// Somebody answered.
    Answered {
        /// When.
        at: DateTime<Utc>,
        /// Whether it was the reader.
        by_me: bool,
    },
    /// Somebody closed it.
    Done {
        /// When.
        at: DateTime<Utc>,
    },
}

/// One conversation in the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which.
    pub id: ConversationId,
    /// The visitor's name, if they gave one.
    pub visitor: Option<String>,
    /// Whose visitor.
    pub office: Office,
    /// The visitor's language, if it is known.
    pub language: Option<Language>,
    /// How they write.
    pub channel: ChannelKind,
    /// The beginning of the last message.
    pub preview: String,
    /// Where it stands.
    pub stands: Standstill,
    /// Who has it, by given name, if it is somebody else.
    pub held_by: Option<String>,
}

/// Who has a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The reader.
    Me,
    /// A colleague, by given name.
    Colleague(String),
    /// Nobody.
    Nobody,
}

/// Why a conversation came to whom it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// To a person.
    To {
        /// Who, by given name; `None` is the reader.
        name: Option<String>,
        /// The first reason that set them apart.
        because: Because,
    },
    /// To the office's own desk.
    OwnDesk,
    /// To nobody yet.
    Held {
        /// Why.
        because: Held,
        /// When somebody will be there.
        opens_at: Option<DateTime<Utc>>,
    },
}

/// A decision, with everybody who was weighed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The decision in short.
    pub why: Why,
    /// Everybody on duty then, by given name, and what became of them.
    pub considered: Vec<(String, Standing)>,
}

/// A file that came with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Where to fetch it.
    pub href: String,
}

/// One message, note or automatic sentence.
#[derive(Clone, Debug)]
pub struct Message {
    /// Which.
    pub id: MessageId,
    /// Who says it to whom.
    pub direction: Direction,
    /// The colleague who wrote it, by given name; `None` for the reader and for visitors.
    pub author: Option<String>,
    /// What it says.
    pub body: String,
    /// The language it is in, where we know it.
    pub language: Option<Language>,
    /// When.
    pub at: DateTime<Utc>,
    /// What became of it.
    pub delivery: Delivery,
    /// When the visitor read it, if we know.
    pub read_at: Option<DateTime<Utc>>,
    /// How long the visitor had waited, if this ended their wait.
    pub answered_after: Option<Duration>,
    /// Files.
    pub attachments: Vec<Attachment>,
}

/// The conversation that is open.
#[derive(Clone, Debug)]
pub struct Open {
    /// What the list says of it.
    pub row: Row,
    /// The version seen.
    pub version: i32,
    /// Its status.
    pub status: ConversationStatus,
    /// A mail's subject.
    pub subject: Option<String>,
    /// The visitor's address, if they gave one.
    pub email: Option<String>,
    /// Where the visitor found us, such as "lobby poster, Hôtel du Quai".
    pub came_from: Option<String>,
    /// Who has it.
    pub holder: Holder,
    /// Why it came to them.
    pub reason: Option<Reason>,
    /// What was said, oldest first.
    pub messages: Vec<Message>,
    /// The colleague who is writing now, by given name.
    pub writing: Option<String>,
    /// Whether the visitor is writing now.
    pub visitor_writing: bool,
    /// What the reply box holds: what `?insert=` named, or what could not be sent.
    pub draft: String,
    /// A fresh key for the next reply.
    pub key: String,
    /// Whether the reader may answer.
    pub may_reply: bool,
    /// What was searched for in the notebook.
    pub search: String,
    /// Facts of the visitor's office, best first.
    pub notes: Vec<Note>,
    /// Until which day the conversation is kept, if that is limited.
    pub kept_until: Option<chrono::NaiveDate>,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Model {
    /// Why the reader is here.
    pub duty: Duty,
    /// The offices the reader answers for.
    pub offices: Vec<Office>,
    /// Within how long an answer is promised.
    pub promise: Minutes,
    /// What was searched for in the list.
    pub search: String,
    /// Conversations that wait, those with least time left first.
    pub waiting: Vec<Row>,
    /// Answered and closed ones, newest first.
    pub earlier: Vec<Row>,
    /// The conversation that is open.
    pub open: Option<Open>,
    /// How long visitors waited for the reader's answers in this duty, in order.
    pub answers: Vec<Duration>,
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let late = model.waiting.iter().filter(|row| is_late(reader, model.promise, row)).count();
    let title = match &model.open {
        Some(open) => format!("{} · {}", visitor_name(reader, &open.row), words.say("inbox-title")),
        None => words.say("inbox-title"),
    };
    let main = html! {
        div #desk .desk .has-open[model.open.is_some()] data-waiting=(model.waiting.len()) {
            (duty_bar(reader, model))
            div.desk-columns {
                (list::render(reader, model, late))
                @match &model.open {
                    Some(open) => {
                        section.conversation aria-label=(words.say_with("inbox-with", &[("name", visitor_name(reader, &open.row).into())])) {
                            (thread::render(reader, open))
                            (compose::render(reader, open))
                        }
                        (side::render(reader, model, open))
                    }
                    None => (nothing_open(reader, model)),
                }
            }
            div #inbox-phrases hidden data-sending=(words.say("inbox-sending")) data-unsent=(words.say("inbox-not-sent"))
                data-offline=(words.say("inbox-offline")) data-draft=(words.say("inbox-draft"))
                data-sound-on=(words.say("inbox-sound-on")) data-sound-off=(words.say("inbox-sound-off")) {}
        }
    };
    shell::page(reader, frame, &title, main)
}

fn duty_bar(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    match &model.duty {
        Duty::On { span, rung, with } => {
            let until = reader.time(span.end());
            let left = words.length(Minutes(whole_minutes(span.end() - reader.now)));
            let on = match rung {
                Rung::Lead => words.say_with("inbox-on-until", &[("time", until.into())]),
                Rung::Backup | Rung::Learner => {
                    words.say_with("inbox-backup-until", &[("time", until.into())])
                }
            };
            html! {
                div #duty .duty-bar data-live="shifts clock" {
                    (lamp_dot())
                    p { strong { (on) } span.duty-left { ", " (ticking("until", span.end(), &left)) " " (words.say("inbox-left")) } }
                    @if !model.offices.is_empty() {
                        span.duty-offices {
                            @for office in &model.offices { (office.dot()) }
                            span.duty-count { (words.say_with("inbox-offices", &[("offices", model.offices.len().into())])) }
                        }
                    }
                    span.duty-with { (with_words(reader, with)) }
                    (sound(reader))
                }
            }
        }
        Duty::OwnDesk { until } => html! {
            div #duty .duty-bar.off data-live="clock" {
                (icon(Icon::Door))
                p { (match until {
                    Some(until) => words.say_with("inbox-desk-until", &[("time", reader.time(*until).into())]),
                    None => words.say("inbox-desk-closed"),
                }) }
                span.duty-with {}
                (sound(reader))
            }
        },
        Duty::Off { next } => html! {
            div #duty .duty-bar.off data-live="shifts clock" {
                (icon(Icon::Moon))
                p { strong { (words.say("inbox-off")) } " " (match next {
                    Some(next) => words.say_with("inbox-next", &[("day", reader.near_day(next.start()).into()), ("hours", reader.hours(*next).into())]),
                    None => words.say("inbox-no-next"),
                }) }
            }
        },
    }
}

fn with_words(reader: &Reader, with: &[(String, Rung)]) -> String {
    let words = reader.words();
    let said = with.iter().map(|(name, rung)| {
        let name = [("name", (&**name).into())];
        match rung {
            Rung::Lead => words.say_with("inbox-lead", &name),
            Rung::Backup => words.say_with("inbox-backup", &name),
            Rung::Learner => words.say_with("learner-with", &name),
        }
    });
    said.collect::<Vec<_>>().join(" · ")
}

/// The switch of the ring, which works only with scripts and is shown by them.
fn sound(reader: &Reader) -> Markup {
    html! {
        button #sound .btn.icon.sm.quiet type="button" hidden data-keep aria-pressed="false" aria-label=(reader.words().say("inbox-sound")) {
            (icon(Icon::Bell))
        }
    }
}

fn nothing_open(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let sentence = match (&model.duty, model.waiting.is_empty()) {
        (Duty::Off { .. }, _) => words.say("inbox-empty-off"),
        (_, true) => words.say("inbox-quiet"),
        (_, false) => words.say("inbox-choose"),
    };
    html! {
        section.nothing-open aria-label=(words.say("inbox-none-open")) {
            (empty(Icon::Inbox, &sentence, Some(("/notebook", &words.say("inbox-read-notebook")))))
        }
    }
}

/// What a visitor is called: their name, or what they are.
pub fn visitor_name(reader: &Reader, row: &Row) -> String {
    let words = reader.words();
    match (&row.visitor, row.channel) {
        (Some(name), _) => name.clone(),
        (None, ChannelKind::WebChat) => words.say("inbox-visitor"),
        (None, ChannelKind::Email) => words.say("inbox-writer"),
    }
}

/// Whether the promise has run out.
pub fn is_late(reader: &Reader, promise: Minutes, row: &Row) -> bool {
    matches!(row.stands, Standstill::Waiting { since, counted: true } if reader.now - since > promise.duration())
}

/// Whole minutes, cut; zero for what is negative.
fn whole_minutes(length: Duration) -> u32 {
    u32::try_from(length.num_minutes().max(0)).unwrap_or(u32::MAX)
}

/// "45 s", "1 min 40 s", "12 min", "1 h 52 min".
fn short_length(reader: &Reader, length: Duration) -> String {
    let seconds = length.num_seconds().max(0);
    match seconds {
        0..60 => format!("{seconds}\u{a0}s"),
        60..600 if seconds % 60 != 0 => format!("{}\u{a0}min {}\u{a0}s", seconds / 60, seconds % 60),
        _ => reader.words().length(Minutes(whole_minutes(length))),
    }
}

/// Why a conversation came to whom it came, as one sentence.
fn why(reader: &Reader, row: &Row, reason: &Reason) -> String {
    let words = reader.words();
    match &reason.why {
        Why::OwnDesk => words.say_with("why-own-desk", &[("office", (&*row.office.name).into())]),
        Why::Held { because, opens_at } => {
            let held = match because {
                Held::Closed => words.say("why-closed"),
                Held::NobodyOnDuty => words.say("why-nobody"),
            };
            let then = opens_at.map(|at| {
                words.say_with(
                    "why-opens",
                    &[("day", reader.near_day(at).into()), ("time", reader.time(at).into())],
                )
            });
            std::iter::once(held).chain(then).collect::<Vec<_>>().join(" ")
        }
        Why::To { name, because } => {
            let who = match name {
                Some(name) => words.say_with("why-to", &[("name", (&**name).into())]),
                None => words.say("why-to-you"),
            };
            format!("{who}{}", because_words(reader, *because, row.language))
        }
    }
}

fn because_words(reader: &Reader, because: Because, language: Option<Language>) -> String {
    let words = reader.words();
    match because {
        Because::InThisConversation => words.say("because-in-this-conversation"),
        Because::KnowsTheVisitor => words.say("because-knows-the-visitor"),
        Because::SpeaksTheLanguage => match language {
            Some(language) => {
                words.say_with("because-speaks", &[("language", words.language_name(language).into())])
            }
            None => words.say("because-speaks-it"),
        },
        Because::Leads => words.say("because-leads"),
        Because::LeastBusy => words.say("because-least-busy"),
        Because::LeadsAreFull => words.say("because-leads-are-full"),
        Because::LeadsAreAway => words.say("because-leads-are-away"),
        Because::EverybodyIsFull => words.say("because-everybody-is-full"),
        Because::FirstToRing => words.say("because-first-to-ring"),
        Because::TookIt => words.say("because-took-it"),
    }
}

/// What became of somebody who was weighed.
fn standing_words(reader: &Reader, standing: Standing, language: Option<Language>) -> String {
    let words = reader.words();
    match standing {
        Standing::Chosen => words.say("standing-chosen"),
        Standing::Away => words.say("standing-away"),
        Standing::Full => words.say("standing-full"),
        Standing::BehindTheLead => words.say("standing-behind-the-lead"),
        Standing::NotInThisConversation => words.say("standing-not-in-this-conversation"),
        Standing::DoesNotKnowTheVisitor => words.say("standing-does-not-know-the-visitor"),
        Standing::DoesNotSpeakTheLanguage => match language {
            Some(language) => words
                .say_with("standing-does-not-speak", &[("language", words.language_name(language).into())]),
            None => words.say("standing-does-not-speak-it"),
        },
        Standing::Busier => words.say("standing-busier"),
        Standing::AsGood => words.say("standing-as-good"),
    }
}
