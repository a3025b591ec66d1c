//! The house, for whoever runs the service: its boards, how large they are, and founding one.

use domain::{Calendar, Language, OrganisationId, Tz};
use maud::{Markup, html};

use super::{
    components::{csrf, empty, page_head, pill},
    forms::{Filled, Form, Usual, first_again},
    icons::{Icon, icon},
    shell::{self, Frame},
};
use crate::Reader;

/// A board: how large it is, nothing of what is in it.
#[derive(Clone, Debug)]
pub struct Board {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its short name.
    pub slug: String,
    /// Its pools.
    pub pools: usize,
    /// Their offices.
    pub offices: usize,
    /// Everybody who works there.
    pub people: usize,
    /// Whether nobody plans there yet.
    pub unmanned: bool,
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, boards: &[Board], filled: &Filled) -> Markup {
    let words = reader.words();
    let form = Form::new(reader, "board", filled);
    let usual = Usual { zone: Tz::Europe__Paris, calendar: Calendar::France, language: Language::FR };
    let main = html! {
        (page_head("Veilleuse", &words.say("place-house"), html! {}))
        div.split {
            section.card aria-labelledby="boards-title" {
                h2 #boards-title { (icon(Icon::Board)) (words.say("house-boards")) }
                @if boards.is_empty() { (empty(Icon::Board, &words.say("house-none"), None)) }
                ul.lines { @for board in boards { (line(reader, board, filled)) } }
            }
            section #found .card aria-labelledby="found-title" {
                h2 #found-title { (icon(Icon::Plus)) (words.say("house-found")) }
                p { (words.say("house-first-hint")) }
                (form.refused())
                form.stack method="post" action="/house/boards" {
                    (csrf(reader))
                    (form.organisation(usual, &words.say("house-first")))
                    button.btn.primary { (icon(Icon::Mail)) (words.say("house-found-do")) }
                }
            }
        }
    };
    shell::page(reader, frame, &words.say("place-house"), main)
}

fn line(reader: &Reader, board: &Board, filled: &Filled) -> Markup {
    let words = reader.words();
    let count = |key: &str, number: usize| {
        words.say_with(key, &[("count", u32::try_from(number).unwrap_or(u32::MAX).into())])
    };
    html! {
        li {
            div.grow {
                strong { (board.name) }
                p.muted {
                    (board.slug) " · " (count("house-pools", board.pools)) " · " (count("house-offices", board.offices))
                    " · " (count("house-people", board.people))
                }
                @if board.unmanned { (first_again(reader, filled, "/house/planners", board.id)) }
            }
            @if board.unmanned { (pill("coral", &words.say("house-unmanned"))) }
        }
    }
}
