//! The notebook: what each office knows, checked and dated, in several languages.
//!
//! [`Note`] and [`Office`] are also what the inbox shows beside a conversation.

use chrono::NaiveDate;
use domain::{Language, NoteId};
use maud::{Markup, html};

use super::{
    components::{csrf, empty, hidden, language_badge, office_class, page_head},
    icons::{Icon, icon},
    shell::{self, Frame},
};
use crate::{Reader, Words};

/// An office as a dot and a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Its short name in links.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its colour, 0 to 7.
    pub colour: u8,
}

impl Office {
    /// The dot in its colour.
    pub fn dot(&self) -> Markup {
        html! { span class=(format!("dot {}", office_class(self.colour))) aria-hidden="true" {} }
    }
}

/// A fact in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// In which.
    pub language: Language,
    /// What it is about.
    pub title: String,
    /// What visitors may be told.
    pub body: String,
}

/// One fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Which.
    pub id: NoteId,
    /// Whose.
    pub office: Office,
    /// Whether visitors must not be told.
    pub team_only: bool,
    /// When somebody last made sure that it is true.
    pub checked_on: NaiveDate,
    /// Who did, by given name.
    pub checked_by: Option<String>,
    /// The version seen.
    pub version: i32,
    /// Its words; at least one language.
    pub texts: Vec<Text>,
}

impl Note {
    /// Its words in the first of `wanted` it has, else in the first language it has.
    pub fn text_in(&self, wanted: &[Language]) -> Option<&Text> {
        let find = |language: &Language| self.texts.iter().find(|text| text.language == *language);
        wanted.iter().find_map(find).or_else(|| self.texts.first())
    }

    /// Whether it was checked more than half a year before `today`.
    pub fn is_old(&self, today: NaiveDate) -> bool {
        (today - self.checked_on).num_days() > 183
    }
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Model {
    /// The offices whose notebooks the reader may open.
    pub offices: Vec<Office>,
    /// The one chosen, by its slug; `None` shows all.
    pub office: Option<String>,
    /// What was searched for.
    pub search: String,
    /// The facts found.
    pub notes: Vec<Note>,
    /// Whether the reader may add facts and say that they are still true.
    pub may_write: bool,
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let main = html! {
        div.notebook {
            (page_head("", &words.say("notebook-title"), html! {
                @if model.may_write { a.btn.primary href="#add" { (icon(Icon::Plus)) (words.say("notebook-add")) } }
            }))
            (search(reader, model))
            div #notes .notes {
                @if model.notes.is_empty() {
                    (empty(Icon::Book, &words.say(if model.search.is_empty() { "notebook-empty" } else { "notebook-not-found" }), None))
                }
                @for note in &model.notes { (card(reader, model, note)) }
            }
            @if model.may_write { (add(reader, model)) }
        }
    };
    shell::page(reader, frame, &words.say("notebook-title"), main)
}

fn search(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        form.finder method="get" action="/notebook" role="search" {
            label.search-box {
                (icon(Icon::Search))
                span.vh { (words.say("notebook-search")) }
                input type="search" name="q" value=(model.search) placeholder=(words.say("notebook-search")) data-search autocomplete="off";
                kbd aria-hidden="true" { "/" }
            }
            label.office-choice {
                span.vh { (words.say("notebook-office")) }
                select.input name="office" {
                    option value="" { (words.say("notebook-all")) }
                    @for office in &model.offices {
                        option value=(office.slug) selected[model.office.as_deref() == Some(&office.slug)] { (office.name) }
                    }
                }
            }
            button.btn { (words.say("notebook-find")) }
        }
    }
}

fn card(reader: &Reader, model: &Model, note: &Note) -> Markup {
    let words = reader.words();
    let Some(shown) = note.text_in(&[reader.words().language()]) else { return html! {} };
    html! {
        article.card.note-card id=(format!("note-{}", note.id)) {
            p.note-office { (note.office.dot()) (note.office.name) @if note.team_only { " " (team_only(reader)) } }
            h2 lang=(shown.language) { (marked(&shown.title, &model.search)) }
            p.note-body lang=(shown.language) { (marked(&shown.body, &model.search)) }
            @for text in note.texts.iter().filter(|text| text.language != shown.language) {
                details {
                    summary { (language_badge(reader, text.language)) " " span lang=(text.language) { (text.title) } }
                    p.note-body lang=(text.language) { (text.body) }
                }
            }
            footer {
                span class=(if note.is_old(reader.today()) { "old" } else { "muted" }) { (checked(reader, note)) }
                @if model.may_write {
                    form method="post" action=(format!("/notebook/{}/checked", note.id)) data-frag=(format!("note-{}", note.id)) {
                        (csrf(reader))
                        (hidden("version", note.version))
                        button.btn.sm.quiet { (icon(Icon::Check)) (words.say("notebook-still-true")) }
                    }
                }
            }
        }
    }
}

/// "team only", which keeps a fact from being inserted.
pub fn team_only(reader: &Reader) -> Markup {
    html! { span.pill.lamp-free { (reader.words().say("notebook-team-only")) } }
}

/// "checked on 18 November by Maud".
fn checked(reader: &Reader, note: &Note) -> String {
    let words = reader.words();
    let day = date(words, note.checked_on, reader.today());
    match &note.checked_by {
        Some(name) => {
            words.say_with("notebook-checked-by", &[("day", day.into()), ("name", (&**name).into())])
        }
        None => words.say_with("notebook-checked", &[("day", day.into())]),
    }
}

/// A day, with its year where it is not this one.
fn date(words: Words, day: NaiveDate, today: NaiveDate) -> String {
    use chrono::Datelike;
    if day.year() == today.year() { words.date(day) } else { words.date_year(day) }
}

fn add(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        section #add .card aria-labelledby="add-title" {
            h2 #add-title { (words.say("notebook-add-title")) }
            form.add-note method="post" action="/notebook" {
                (csrf(reader))
                div.two {
                    div.field {
                        label for="add-office" { (words.say("notebook-office")) }
                        select #add-office name="office" {
                            @for office in &model.offices {
                                option value=(office.slug) selected[model.office.as_deref() == Some(&office.slug)] { (office.name) }
                            }
                        }
                    }
                    div.field {
                        label for="add-language" { (words.say("notebook-language")) }
                        select #add-language name="language" {
                            @for language in Words::VISITORS.iter().filter_map(|code| Language::parse(code)) {
                                option value=(language) selected[language == reader.language] { (words.language_name(language)) }
                            }
                        }
                    }
                }
                div.field { label for="add-name" { (words.say("notebook-name")) } input #add-name name="title" required maxlength="120"; }
                div.field { label for="add-body" { (words.say("notebook-body")) } textarea #add-body name="body" required maxlength="2000" {} }
                label.check { input type="checkbox" name="team_only" value="true"; span { (words.say("notebook-keep")) } }
                p.hint { (words.say("notebook-add-hint")) }
                button.btn.primary { (words.say("notebook-save")) }
            }
        }
    }
}

/// `text` with each place where `search` stands in it marked, whatever its case.
pub fn marked(text: &str, search: &str) -> Markup {
    let wanted: Vec<char> = search.trim().chars().flat_map(char::to_lowercase).collect();
    let letters: Vec<char> = text.chars().collect();
    let is_here = |at: usize| {
        !wanted.is_empty()
            && at + wanted.len() <= letters.len()
            && letters[at..at + wanted.len()]
                .iter()
                .zip(&wanted)
                .all(|(one, other)| one.to_lowercase().eq(other.to_lowercase()))
    };
    let mut parts: Vec<(bool, String)> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let hit = is_here(at);
        let length = if hit { wanted.len() } else { 1 };
        let piece: String = letters[at..at + length].iter().collect();
        match parts.last_mut() {
            Some((false, plain)) if !hit => plain.push_str(&piece),
            _ => parts.push((hit, piece)),
        }
        at += length;
    }
    html! { @for (hit, part) in parts { @if hit { mark { (part) } } @else { (part) } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_marked_whatever_its_case() {
        assert_eq!(
            marked("Island BOAT & boats", " boat ").into_string(),
            "Island <mark>BOAT</mark> &amp; <mark>boat</mark>s"
        );
        assert_eq!(marked("Éclairs", "é").into_string(), "<mark>É</mark>clairs");
        assert_eq!(marked("<b>", "").into_string(), "&lt;b&gt;");
    }
}
