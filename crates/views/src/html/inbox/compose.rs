//! The reply box: ready answers from the notebook, the visitor's language, Send.

use domain::Language;
use maud::{Markup, html};

use super::{Holder, Open};
use crate::{
    Reader,
    html::{
        components::{csrf, hidden},
        icons::{Icon, icon},
        notebook::Note,
    },
};

/// How many ready answers stand above the box.
const CHIPS: usize = 3;

/// The box; what stands in its place if the reader may not answer.
pub(super) fn render(reader: &Reader, open: &Open) -> Markup {
    let words = reader.words();
    if !open.may_reply {
        let why = match &open.holder {
            Holder::Nobody => words.say("inbox-read-only-nobody"),
            Holder::Me | Holder::Colleague(_) => words.say("inbox-read-only"),
        };
        return html! {
            p.read-only { (icon(Icon::Book)) (why) }
            p.read-only { (icon(Icon::Key)) a href=(format!("/privacy?keep={}", open.row.id)) { (words.say("privacy-keep-link")) } }
        };
    }
    html! {
        div #compose .compose {
            (ready(reader, open))
            @if let Holder::Colleague(name) = &open.holder {
                p.held { (words.say_with("inbox-held", &[("name", (&**name).into())])) }
            }
            form #reply method="post" action=(format!("/inbox/{}/reply", open.row.id)) data-frag="thread list" data-reply {
                (csrf(reader))
                (hidden("key", &open.key))
                label.vh for="reply-body" { (words.say("inbox-reply-label")) }
                textarea #reply-body name="body" rows="3" required maxlength="4000" data-draft=(open.row.id)
                    placeholder=(words.say("inbox-reply-label")) lang=[open.row.language] { (open.draft) }
                div.compose-bar {
                    button #ready .btn.sm.quiet type="button" data-ready hidden {
                        (icon(Icon::Book)) (words.say("inbox-ready")) " " kbd aria-hidden="true" { ";" }
                    }
                    @if let Some(language) = open.row.language {
                        span.compose-language { (icon(Icon::Globe)) (words.say_with("inbox-in-language", &[("language", words.language_name(language).into())])) }
                    }
                    span #draft-state .hint aria-live="polite" {}
                    button #send .btn.primary.sm { (icon(Icon::Send)) (words.say("inbox-send")) }
                }
            }
        }
    }
}

/// The office's facts as ready answers, in the visitor's language where there is one.
fn ready(reader: &Reader, open: &Open) -> Markup {
    let words = reader.words();
    let notes: Vec<&Note> = open.notes.iter().filter(|note| !note.team_only).take(CHIPS).collect();
    if notes.is_empty() {
        return html! {};
    }
    html! {
        div #ready-answers .ready role="group" aria-label=(words.say("inbox-from-notebook")) {
            span.muted { (words.say("inbox-from-notebook")) }
            @for note in notes {
                @if let Some(text) = note.text_in(&wanted(reader, open)) {
                    a.btn.sm href=(insert_href(open, note, text.language)) data-insert=(text.body) lang=(text.language) { (text.title) }
                }
            }
        }
    }
}

/// The languages an answer is wanted in, best first.
pub(super) fn wanted(reader: &Reader, open: &Open) -> Vec<Language> {
    open.row.language.into_iter().chain([Language::EN, reader.language]).collect()
}

/// Where a fact's words are put into the box without scripts.
pub(super) fn insert_href(open: &Open, note: &Note, language: Language) -> String {
    format!("/inbox/{}?insert={}&in={language}#reply-body", open.row.id, note.id)
}
