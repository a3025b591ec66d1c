//! The parts pages are made of: avatars, pills, buttons, empty states, banners, hidden fields.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::{Language, Person, PersonId, Rung, Span};
use maud::{Markup, html};

use super::icons::{Icon, icon, lamp};
use crate::Reader;

/// Somebody as pages show them: an avatar in their office's colour, with names beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// Who.
    pub id: PersonId,
    /// The first name.
    pub given_name: String,
    /// Given and family name.
    pub name: String,
    /// Two letters.
    pub initials: String,
    /// The office they work for.
    pub office: String,
    /// That office's colour, 0 to 7.
    pub colour: u8,
}

impl Face {
    /// The face of `person`, who works for `office` of that `colour`.
    pub fn of(person: &Person, office: &str, colour: u8) -> Self {
        Self {
            id: person.id,
            given_name: person.given_name.clone(),
            name: person.full_name(),
            initials: person.initials(),
            office: office.to_owned(),
            colour,
        }
    }

    /// The round avatar.
    pub fn avatar(&self) -> Markup {
        html! { span class=(format!("av {}", office_class(self.colour))) aria-hidden="true" { (self.initials) } }
    }
}

/// The class that carries an office's colour.
pub fn office_class(colour: u8) -> String {
    format!("office-{}", colour % 8)
}

/// The part of the day a duty starts in, as a class: `dawn`, `day` or `dusk`.
pub fn part_of_day(reader: &Reader, span: Span) -> &'static str {
    use chrono::Timelike;
    match reader.wall(span.start()).hour() {
        0..=11 => "dawn",
        12..=16 => "day",
        _ => "dusk",
    }
}

/// How a rung looks on a chip, as classes after others.
pub fn rung_class(rung: Rung) -> &'static str {
    match rung {
        Rung::Lead => "",
        Rung::Backup => " bk",
        Rung::Learner => " bk ln",
    }
}

/// "lead", "backup" or "learner".
pub fn rung_name(reader: &Reader, rung: Rung) -> String {
    match rung {
        Rung::Lead => reader.words().say("rung-lead"),
        Rung::Backup => reader.words().say("rung-backup"),
        Rung::Learner => reader.words().say("rung-learner"),
    }
}

/// The amber dot that means "on duty now", and nothing else.
pub fn lamp_dot() -> Markup {
    html! { span.lampdot aria-hidden="true" {} }
}

/// A language's two letters in a small frame, named in full to screen readers.
pub fn language_badge(reader: &Reader, language: Language) -> Markup {
    html! { abbr.lang title=(reader.words().language_name(language)) { (language.badge()) } }
}

/// Two-letter languages in a row: "FR EN DE".
pub fn language_row(languages: &[Language]) -> String {
    languages.iter().map(Language::badge).collect::<Vec<_>>().join(" ")
}

/// The token every form carries.
pub fn csrf(reader: &Reader) -> Markup {
    html! { input type="hidden" name="csrf" value=(reader.csrf); }
}

/// A hidden field.
pub fn hidden(name: &str, value: impl std::fmt::Display) -> Markup {
    html! { input type="hidden" name=(name) value=(value.to_string()); }
}

/// An instant for scripts and `datetime` attributes.
pub fn machine(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The head of a page: a line above, the only `h1`, and its actions.
pub fn page_head(above: &str, title: &str, actions: Markup) -> Markup {
    html! {
        header.head {
            div.titles {
                @if !above.is_empty() { p.above { (above) } }
                h1 { (title) }
            }
            div.actions { (actions) }
        }
    }
}

/// A pill in one of the tones `lamp`, `coral`, `moss`, `lagoon`, or none.
pub fn pill(tone: &str, text: &str) -> Markup {
    html! { span class=(format!("pill {tone}")) { (text) } }
}

/// What stands where there is nothing yet: a drawing, a sentence, and a way on.
pub fn empty(drawing: Icon, sentence: &str, way_on: Option<(&str, &str)>) -> Markup {
    html! {
        div.empty {
            (icon(drawing))
            p { (sentence) }
            @if let Some((href, label)) = way_on { a.btn href=(href) { (label) } }
        }
    }
}

/// What ends something: a button that opens what it does, and only there the form that does it. `of` says
/// to screen readers what is meant, where several buttons are called the same.
pub fn careful(label: &str, of: &str, inside: Markup) -> Markup {
    html! {
        details.careful {
            summary.btn.sm.quiet { (label) @if !of.is_empty() { span.vh { " " (of) } } }
            div.careful-inside { (inside) }
        }
    }
}

/// A sentence across the page, in one of the tones `coral`, `lamp`, `lagoon`, `moss`.
pub fn banner(tone: &str, drawing: Icon, text: &str) -> Markup {
    html! { p class=(format!("banner {tone}")) { (icon(drawing)) span { (text) } } }
}

/// A length of time that counts by itself in the browser; `data-time` is `since` or `until`.
///
/// `said` is what it says now, for readers without scripts.
pub fn ticking(kind: &str, instant: DateTime<Utc>, said: &str) -> Markup {
    html! { time datetime=(machine(instant)) data-time=(kind) { (said) } }
}

/// The name and mark, for pages outside the shell.
pub fn brand() -> Markup {
    html! { span.brand { (lamp()) "Veilleuse" } }
}

/// A bar of which `part` of `whole` is done, in the tone `done` or `lit`. Words beside it say the same.
pub fn track(tone: &str, part: u32, whole: u32) -> Markup {
    html! {
        svg.track aria-hidden="true" focusable="false" {
            rect.well width="100%" height="8" rx="4" {}
            rect class=(tone) width=(percent(i64::from(part), i64::from(whole))) height="8" rx="4" {}
        }
    }
}

/// `part` of `whole` as an SVG length, between 0 % and 100 %, with two decimals.
pub fn percent(part: i64, whole: i64) -> String {
    let hundredths = (part.max(0) * 10_000 / whole.max(1)).min(10_000);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}
