//! The demo's mailbox: every letter that left the house, so that codes can be read here.

use chrono::{DateTime, Utc};
use maud::{Markup, html};

use super::{
    components::{empty, machine, page_head},
    icons::Icon,
    shell::{self, Frame},
};
use crate::Reader;

/// One letter.
#[derive(Clone, Debug)]
pub struct Letter {
    /// What tells it from others on the page.
    pub id: String,
    /// To whom.
    pub to: String,
    /// As whom.
    pub from: String,
    /// About what.
    pub subject: String,
    /// Its text.
    pub body: String,
    /// When it left.
    pub at: DateTime<Utc>,
    /// The sign-in code in it, if it brings one.
    pub code: Option<String>,
}

/// The letters, newest first.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The letters, newest first.
    pub letters: Vec<Letter>,
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let main = html! {
        (page_head(&words.say("mailbox-above"), &words.say("mailbox-title"), html! {
            a.btn href="/sign-in" { (words.say("mailbox-sign-in")) }
        }))
        div.column #letters data-live="mailbox" {
            @if model.letters.is_empty() { (empty(Icon::Mail, &words.say("mailbox-empty"), None)) }
            @for letter in &model.letters { (card(reader, letter)) }
        }
    };
    shell::page(reader, frame, &words.say("mailbox-title"), main)
}

fn card(reader: &Reader, letter: &Letter) -> Markup {
    let words = reader.words();
    html! {
        article.card.letter {
            header {
                h2 { (letter.subject) }
                time.muted datetime=(machine(letter.at)) { (words.day_short(reader.day(letter.at))) ", " (reader.time(letter.at)) }
            }
            p.muted { (words.say_with("mailbox-from-to", &[("from", (&*letter.from).into()), ("to", (&*letter.to).into())])) }
            @if let Some(code) = &letter.code {
                p.letter-code { span { (words.say("mailbox-code")) } " " strong { (code) } }
            }
            details { summary { (words.say("mailbox-read")) } p.letter-body { (letter.body) } }
        }
    }
}
