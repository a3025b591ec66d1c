//! Programs that act for somebody: their tokens, on the page Me.

use chrono::{DateTime, Utc};
use domain::ApiTokenId;
use maud::{Markup, html};

use super::{
    components::{careful, csrf, pill},
    icons::{Icon, icon},
};
use crate::Reader;

/// A token, as its owner sees it.
#[derive(Clone, Debug)]
pub struct Token {
    /// Its id.
    pub id: ApiTokenId,
    /// What they call it.
    pub name: String,
    /// Whether it may change anything.
    pub writes: bool,
    /// In which hour it was last used.
    pub used_at: Option<DateTime<Utc>>,
    /// Until when.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Somebody's tokens.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Those that were not revoked, newest first.
    pub tokens: Vec<Token>,
    /// The secret of the one just made: shown now and never again.
    pub secret: Option<String>,
    /// Whether a name was missing or too long.
    pub nameless: bool,
}

/// The part of the page.
pub(super) fn part(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        section #tokens .card {
            h2 { (icon(Icon::Key)) (words.say("tokens-title")) }
            p { (words.say("tokens-why")) }
            @if let Some(secret) = &model.secret {
                div.field role="status" {
                    label for="token-secret" { (words.say("tokens-secret")) }
                    input #token-secret type="text" readonly value=(secret) spellcheck="false" autocomplete="off" data-select;
                    p.hint { (words.say("tokens-once")) }
                    button.btn type="button" data-copy="token-secret" data-copied=(words.say("tokens-copied")) hidden { (words.say("tokens-copy")) }
                }
            }
            @if !model.tokens.is_empty() {
                ul.lines { @for token in &model.tokens { li { (line(reader, token)) } } }
            }
            (make(reader, model.nameless))
        }
    }
}

fn line(reader: &Reader, token: &Token) -> Markup {
    let words = reader.words();
    let day = |at| words.date_year(reader.day(at));
    html! {
        div.grow {
            strong { (token.name) } " "
            (pill("", &words.say(if token.writes { "tokens-writes" } else { "tokens-reads" })))
            p.muted {
                @match token.used_at {
                    Some(at) => { (words.say_with("tokens-used", &[("day", day(at).into())])) }
                    None => { (words.say("tokens-unused")) }
                }
                @if let Some(end) = token.expires_at {
                    " · " (words.say_with("tokens-until", &[("day", day(end).into())]))
                }
            }
        }
        (careful(&words.say("tokens-revoke-open"), &token.name, html! {
            form.stack method="post" action=(format!("/me/tokens/{}/revoke", token.id)) {
                (csrf(reader))
                p { (words.say("tokens-revoke-effect")) }
                button.btn.danger { (words.say("tokens-revoke")) }
            }
        }))
    }
}

fn make(reader: &Reader, nameless: bool) -> Markup {
    let words = reader.words();
    html! {
        form.stack method="post" action="/me/tokens" {
            (csrf(reader))
            div.field {
                label for="token-name" { (words.say("tokens-name")) }
                input #token-name name="name" required maxlength="80" autocomplete="off"
                    aria-invalid=[nameless.then_some("true")] aria-describedby=[nameless.then_some("token-name-wrong")];
                @if nameless { p #token-name-wrong .hint.wrong { (words.say("tokens-nameless")) } }
            }
            div.field {
                label for="token-may" { (words.say("tokens-may")) }
                select #token-may name="may" {
                    option value="read" { (words.say("tokens-reads")) }
                    option value="write" { (words.say("tokens-writes")) }
                }
                p.hint { (words.say("tokens-year")) }
            }
            button.btn { (words.say("tokens-make")) }
        }
    }
}
