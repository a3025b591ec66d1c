//! The visitor page: who is awake, a box to write in, and nothing between the two.
//!
//! It stands alone: its own style and script, both small, and no account, cookie banner or form
//! before the first message. The head is made of the rota and of measured answers, never invented;
//! when nobody is on duty it says so, with the next opening. Without scripts it is a plain form.

use chrono::{DateTime, NaiveDate, Timelike, Utc};
use domain::{Calendar, Language, MessageId, Minutes};
use maud::{DOCTYPE, Markup, html};

use super::{
    components::{csrf, hidden, machine, office_class},
    icons::{Icon, icon, lamp},
};
use crate::{Reader, Words, assets};

/// Who answers now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attending {
    /// Somebody on duty.
    Person {
        /// The first name; visitors never see more.
        given_name: String,
        /// The colour of the office they work for, 0 to 7.
        colour: u8,
        /// Until when, on the rota.
        until: DateTime<Utc>,
        /// The median of measured first answers; `None` while too few were measured.
        answers_in: Option<Minutes>,
    },
    /// The office's own desk is open.
    OwnDesk {
        /// Until when.
        until: DateTime<Utc>,
    },
    /// Nobody.
    Nobody {
        /// When somebody will be, if that is known: the next duty or the office's own hours.
        opens_at: Option<DateTime<Utc>>,
    },
}

/// Who said something on the visitor page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Author {
    /// The visitor.
    Visitor,
    /// Somebody of the desk, by first name.
    Person(String),
    /// The house, by itself.
    Automatic,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Which.
    pub id: MessageId,
    /// Who said it.
    pub author: Author,
    /// What it says.
    pub body: String,
    /// The language it is in, where we know it.
    pub language: Option<Language>,
    /// When.
    pub at: DateTime<Utc>,
    /// Who of the desk has read it, by first name; only for the visitor's own.
    pub read_by: Option<String>,
}

/// Whether the visitor can be reached once the page is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Not asked yet: nothing was written.
    NotAsked,
    /// The field is shown.
    Asked {
        /// Whether what was typed is no address.
        malformed: bool,
    },
    /// We have an address.
    Known(String),
}

/// Why a message was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There was nothing in it.
    Empty,
    /// It was longer than 4000 characters.
    TooLong,
    /// Too many in too short a time.
    TooMany,
    /// Something broke on our side.
    Broken,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Model {
    /// The office's name.
    pub office: String,
    /// Its short name in links.
    pub slug: String,
    /// Which public holidays it keeps; says which number helps in an emergency.
    pub calendar: Calendar,
    /// Who answers now.
    pub attending: Attending,
    /// What was said, oldest first.
    pub messages: Vec<Message>,
    /// Who of the desk is writing now, by first name.
    pub writing: Option<String>,
    /// Whether we can reach the visitor later.
    pub reach: Reach,
    /// What was typed and not taken, and why.
    pub refused: Option<(String, Refusal)>,
    /// A fresh key for the next message.
    pub key: String,
    /// The last signal the page has seen.
    pub last_signal: i64,
}

/// The number that helps in an emergency where an office is.
pub fn emergency(calendar: Calendar) -> &'static str {
    match calendar {
        Calendar::Quebec | Calendar::QuebecEasterMonday => "911",
        _ => "112",
    }
}

/// The page.
pub fn render(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        (DOCTYPE)
        html lang=(words.language()) data-theme=(reader.theme.word()) {
            head {
                meta charset="utf-8";
                title { (model.office) " · " (headline(reader, &model.attending)) }
                meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content";
                meta name="theme-color" content="#10212B";
                meta name="robots" content="noindex";
                link rel="icon" type="image/svg+xml" href=(assets::href("mark.svg"));
                link rel="stylesheet" href=(assets::href("visitor.css"));
                script type="module" src=(assets::href("visitor.js")) {}
            }
            body data-events=(format!("/c/{}/live?after={}", model.slug, model.last_signal)) {
                (sky(reader, model))
                main { (thread(reader, model)) (quick(reader, model)) }
                (foot(reader, model))
            }
        }
    }
}

fn sky(reader: &Reader, model: &Model) -> Markup {
    html! {
        header.sky {
            div.top { strong { (model.office) } (languages(reader, model)) }
            div #attending .who {
                @match &model.attending {
                    Attending::Person { given_name, colour, .. } =>
                        span class=(format!("av lit {}", office_class(*colour))) aria-hidden="true" { (given_name.chars().next().unwrap_or('·')) },
                    Attending::OwnDesk { .. } => span.av aria-hidden="true" { (icon(Icon::Door)) },
                    Attending::Nobody { .. } => span.av.out aria-hidden="true" { (lamp()) },
                }
                div { h1 { (headline(reader, &model.attending)) } p { (line(reader, &model.attending)) } }
            }
        }
    }
}

/// Who answers, in one sentence.
fn headline(reader: &Reader, attending: &Attending) -> String {
    let words = reader.words();
    match attending {
        Attending::Person { given_name, .. } => {
            words.say_with("visitor-attending", &[("name", (&**given_name).into())])
        }
        Attending::OwnDesk { .. } => words.say("visitor-own-desk"),
        Attending::Nobody { .. } => words.say("visitor-nobody"),
    }
}

/// Until when and how fast, or when somebody will be there.
fn line(reader: &Reader, attending: &Attending) -> String {
    let words = reader.words();
    let until = |at: DateTime<Utc>| words.say_with("visitor-until", &[("time", reader.time(at).into())]);
    match attending {
        Attending::Person { until: end, answers_in: Some(length), .. } => {
            let about = words.say_with("visitor-answers-in", &[("minutes", length.0.max(1).into())]);
            format!("{} · {about}", until(*end))
        }
        Attending::Person { until: end, answers_in: None, .. } | Attending::OwnDesk { until: end } => {
            until(*end)
        }
        Attending::Nobody { opens_at: Some(at) } => words.say_with(
            "visitor-opens",
            &[
                ("day", near_day(words, reader.day(*at), reader.today()).into()),
                ("time", reader.time(*at).into()),
            ],
        ),
        Attending::Nobody { opens_at: None } => words.say("visitor-opens-unknown"),
    }
}

/// "today", "tomorrow", else "Friday 4 December", in the visitor's language.
pub(crate) fn near_day(words: Words, day: NaiveDate, today: NaiveDate) -> String {
    match (day - today).num_days() {
        0 => words.say("visitor-today"),
        1 => words.say("visitor-tomorrow"),
        _ => words.say_with("visitor-on-day", &[("day", words.day(day).into())]),
    }
}

fn languages(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        details.languages {
            summary { span.vh { (words.say("visitor-change-language")) ": " } (words.say("visitor-language")) (icon(Icon::Down)) }
            ul {
                @for language in Words::VISITORS.iter().filter_map(|code| Language::parse(code)) {
                    li {
                        a href=(format!("/c/{}?lang={language}", model.slug)) lang=(language) hreflang=(language) rel="nofollow"
                            aria-current=[(language == words.language()).then_some("true")] {
                            (Words::of(language).say("visitor-language"))
                        }
                    }
                }
            }
        }
    }
}

/// The conversation: a fragment that is fetched again whenever something happens.
fn thread(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        div #thread .thread role="log" aria-label=(words.say("visitor-thread")) {
            div.said { p.b { (greeting(reader, model)) } }
            @for message in &model.messages { (said(reader, message)) }
            @if let Some(name) = &model.writing { p.line { (words.say_with("visitor-writing", &[("name", (&**name).into())])) } }
            (reach(reader, model))
        }
    }
}

fn greeting(reader: &Reader, model: &Model) -> String {
    let words = reader.words();
    let good = match reader.wall(reader.now).hour() {
        5..=11 => words.say("visitor-good-morning"),
        12..=17 => words.say("visitor-good-day"),
        _ => words.say("visitor-good-evening"),
    };
    let office = [("office", (&*model.office).into())];
    let ask = match model.attending {
        Attending::Nobody { .. } => words.say_with("visitor-leave", &office),
        _ => words.say_with("visitor-ask", &office),
    };
    format!("{good} {ask}")
}

fn said(reader: &Reader, message: &Message) -> Markup {
    let words = reader.words();
    let side = if message.author == Author::Visitor { "said me" } else { "said" };
    html! {
        div class=(side) id=(format!("m-{}", message.id)) {
            p.b .auto[message.author == Author::Automatic] lang=[message.language] { (message.body) }
            p.line {
                time datetime=(machine(message.at)) { (reader.time(message.at)) }
                @match (&message.author, &message.read_by) {
                    (Author::Visitor, Some(name)) => { " · " (words.say_with("visitor-read", &[("name", (&**name).into())])) }
                    (Author::Visitor, None) => { " · " (words.say("visitor-arrived")) }
                    (Author::Person(name), _) => { " · " (name) }
                    (Author::Automatic, _) => { " · " (words.say("visitor-automatic")) }
                }
            }
        }
    }
}

fn reach(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    match &model.reach {
        Reach::NotAsked => html! {},
        Reach::Known(address) => html! {
            p.line.reached { (icon(Icon::Check)) (words.say_with("visitor-reached", &[("address", (&**address).into())])) }
        },
        Reach::Asked { malformed } => html! {
            form.reach method="post" action=(format!("/c/{}/reach", model.slug)) data-reach {
                (csrf(reader))
                label for="reach" { (words.say("visitor-reach")) }
                div {
                    input #reach type="email" name="email" required autocomplete="email" inputmode="email"
                        aria-invalid=[malformed.then_some("true")] aria-describedby=[malformed.then_some("reach-wrong")];
                    button { (words.say("visitor-reach-send")) }
                }
                @if *malformed { p #reach-wrong .wrong { (words.say("visitor-reach-malformed")) } }
            }
        },
    }
}

/// Frequent questions, until something was written.
fn quick(reader: &Reader, model: &Model) -> Markup {
    if !model.messages.is_empty() {
        return html! { div #quick {} };
    }
    let words = reader.words();
    let questions =
        [words.say("visitor-quick-eat"), words.say("visitor-quick-bus"), words.say("visitor-quick-walk")];
    html! {
        div #quick .quick role="group" aria-label=(words.say("visitor-quick")) {
            @for (at, question) in questions.iter().enumerate() {
                form method="post" action=(messages(model)) data-send {
                    (csrf(reader)) (hidden("key", format!("{}-{at}", model.key))) (hidden("body", question))
                    button { (question) }
                }
            }
        }
    }
}

fn messages(model: &Model) -> String {
    format!("/c/{}/messages", model.slug)
}

/// The box one writes in: always there, whoever is on duty.
fn foot(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let number = emergency(model.calendar);
    let (typed, refusal) =
        model.refused.as_ref().map_or(("", None), |(typed, why)| (typed.as_str(), Some(*why)));
    let label = match &model.attending {
        Attending::Person { given_name, .. } => {
            words.say_with("visitor-write-to", &[("name", (&**given_name).into())])
        }
        _ => words.say("visitor-write"),
    };
    html! {
        footer {
            p #problem .wrong role="alert" { @if let Some(why) = refusal { (refusal_words(reader, why)) } }
            form #write method="post" action=(messages(model)) data-send data-writing=(format!("/c/{}/writing", model.slug))
                data-slug=(model.slug) data-sending=(words.say("visitor-sending")) data-unsent=(words.say("visitor-unsent"))
                data-again=(words.say("visitor-again")) data-offline=(words.say("visitor-offline")) {
                (csrf(reader)) (hidden("key", &model.key))
                label.vh for="body" { (label) }
                textarea #body name="body" rows="1" required maxlength="4000" placeholder=(label) { (typed) }
                button.send { (icon(Icon::Send)) span.vh { (words.say("visitor-send")) } }
            }
            div.small {
                a.help href=(format!("tel:{number}")) { (icon(Icon::Phone)) (words.say_with("visitor-emergency", &[("number", number.into())])) }
                p { (words.say_with("visitor-notice", &[("office", (&*model.office).into())])) }
            }
        }
    }
}

fn refusal_words(reader: &Reader, refusal: Refusal) -> String {
    let words = reader.words();
    match refusal {
        Refusal::Empty => words.say("visitor-refused-empty"),
        Refusal::TooLong => words.say("visitor-refused-long"),
        Refusal::TooMany => words.say("visitor-refused-many"),
        Refusal::Broken => words.say("visitor-refused-broken"),
    }
}
