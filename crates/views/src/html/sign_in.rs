//! Signing in: an address, then the six digits that came by mail.

use maud::{Markup, html};

use super::{
    components::{brand, csrf, hidden},
    icons::{Icon, icon},
    shell::{self, Frame},
};
use crate::Reader;

/// What went wrong with a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The digits are not the ones we sent.
    Wrong,
    /// The code is too old or was tried too often.
    Expired,
    /// Too many codes were asked for; wait a while.
    TooMany,
}

/// Which of the two steps, and what was typed.
#[derive(Clone, Debug)]
pub enum Model {
    /// The address is asked for.
    Address {
        /// What was typed last time.
        email: String,
        /// Whether it is no address at all.
        malformed: bool,
        /// Whether too many codes were asked for.
        too_many: bool,
    },
    /// The code is asked for. The same page whether or not the address is known here.
    Code {
        /// Where it was sent.
        email: String,
        /// What went wrong with the last try.
        refused: Option<Refusal>,
    },
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let main = html! {
        div.sign-in {
            p { (brand()) }
            section.card {
                @match model {
                    Model::Address { email, malformed, too_many } => (address(reader, email, *malformed, *too_many)),
                    Model::Code { email, refused } => (code(reader, email, *refused)),
                }
            }
            @if frame.demo.is_some() {
                p.hint { a href="/mailbox" { (icon(Icon::Mail)) (words.say("sign-in-demo")) } }
            }
        }
    };
    shell::page(reader, frame, &words.say("sign-in-page"), main)
}

fn address(reader: &Reader, email: &str, malformed: bool, too_many: bool) -> Markup {
    let words = reader.words();
    let wrong = malformed || too_many;
    html! {
        h1 { (words.say("sign-in-title")) }
        p.lead { (words.say("sign-in-lead")) }
        form method="post" action="/sign-in" {
            (csrf(reader))
            div.field {
                label for="email" { (words.say("sign-in-email")) }
                input #email type="email" name="email" value=(email) required autocomplete="email" autofocus
                    inputmode="email" aria-invalid=[wrong.then_some("true")] aria-describedby=[wrong.then_some("email-wrong")];
                @if malformed { p #email-wrong .wrong { (icon(Icon::Warn)) (words.say("sign-in-malformed")) } }
                @else if too_many { p #email-wrong .wrong { (icon(Icon::Warn)) (words.say("sign-in-too-many")) } }
            }
            button.btn.primary.wide { (words.say("sign-in-send")) }
        }
    }
}

fn code(reader: &Reader, email: &str, refused: Option<Refusal>) -> Markup {
    let words = reader.words();
    html! {
        h1 { (words.say("sign-in-code-title")) }
        p.lead { (words.say_with("sign-in-code-lead", &[("email", email.into())])) }
        form method="post" action="/sign-in/code" {
            (csrf(reader))
            (hidden("email", email))
            div.field {
                label for="code" { (words.say("sign-in-code")) }
                input #code .code type="text" name="code" required autocomplete="one-time-code" inputmode="numeric"
                    pattern="[0-9 ]{6,7}" maxlength="7" autofocus spellcheck="false"
                    aria-invalid=[refused.map(|_| "true")] aria-describedby=(if refused.is_some() { "code-wrong" } else { "code-hint" });
                @if let Some(refusal) = refused { p #code-wrong .wrong { (icon(Icon::Warn)) (refusal_words(reader, refusal)) } }
                @else { p #code-hint .hint { (words.say("sign-in-code-hint")) } }
            }
            button.btn.primary.wide { (words.say("sign-in-enter")) }
        }
        form.again method="post" action="/sign-in" {
            (csrf(reader))
            (hidden("email", email))
            button.btn.quiet { (words.say("sign-in-again")) }
            a.btn.quiet href="/sign-in" { (words.say("sign-in-other")) }
        }
    }
}

fn refusal_words(reader: &Reader, refusal: Refusal) -> String {
    match refusal {
        Refusal::Wrong => reader.words().say("sign-in-wrong"),
        Refusal::Expired => reader.words().say("sign-in-expired"),
        Refusal::TooMany => reader.words().say("sign-in-too-many"),
    }
}
