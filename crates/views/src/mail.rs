//! Letters: what the house writes by mail, as values that are sent elsewhere.
//!
//! Staff are written to in French or English, with a plain text and the same in HTML. Visitors get
//! plain text in their own language: it is read everywhere and answered above or below alike.

mod account;
mod handover;
mod opening;
mod shifts;
#[cfg(test)]
mod tests;
mod visitor;

pub use account::{Invitation, invitation, session_ended};
use domain::Language;
pub use handover::{Asked, Subject, asked};
use maud::{DOCTYPE, Markup, html};
pub use opening::{Openings, openings};
pub use shifts::{By, Change, Duty, Shifts, Single, shifts};
pub use visitor::{AutomaticAnswer, Reply, automatic_answer, automatic_sentence, reply};

use crate::Words;

/// For how many minutes a sign-in code is good.
pub const CODE_MINUTES: u32 = 10;

/// A letter without its envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// What it is about; one line.
    pub subject: String,
    /// What it says, lines ended by `\n`.
    pub text: String,
    /// The same as a web page, for letters to staff.
    pub html: Option<String>,
}

/// The six digits somebody signs in with.
///
/// The code stands in the subject too: a phone shows it without opening the letter.
pub fn sign_in_code(language: Language, code: &str) -> Letter {
    let words = Words::of(language);
    let spaced = spaced(code);
    let code_said = [("code", (&*spaced).into())];
    let good_for = words.say_with("mail-code-minutes", &[("minutes", CODE_MINUTES.into())]);
    let (lead, not_you) = (words.say("mail-code-lead"), words.say("mail-code-not-you"));
    Letter {
        subject: words.say_with("mail-code-subject", &code_said),
        text: paragraphs(&[&lead, &format!("    {spaced}"), &good_for, &not_you]),
        html: Some(page(
            words,
            html! {
                p { (lead) }
                p style="font-size:32px;font-weight:700;letter-spacing:.08em;margin:16px 0" { (spaced) }
                p { (good_for) }
                p style=(HINT) { (not_you) }
            },
        )),
    }
}

/// "123 456": digits in two groups, as one reads them aloud.
fn spaced(code: &str) -> String {
    match (code.len(), code.split_at_checked(code.len() / 2)) {
        (6, Some((first, last))) => format!("{first} {last}"),
        _ => code.to_owned(),
    }
}

/// What stands in place of a mail too large to be fetched, for whoever reads it at the desk.
pub fn too_large(language: Language, megabytes: u64) -> String {
    Words::of(language).say_with("mail-too-large", &[("megabytes", megabytes.into())])
}

/// The subject of an answer to a letter about `subject`: "Re: …", once.
///
/// Mail programs of many countries have their own word for it (AW, RÉP, SV, Antw, 回复); all of them
/// count as having it already, so that an exchange does not grow "Re: AW: Re:".
pub fn re(subject: &str) -> String {
    let one_line = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rest = one_line.as_str();
    while let Some(shorter) = without_prefix(rest) {
        rest = shorter;
    }
    if rest.is_empty() { "Re:".to_owned() } else { format!("Re: {rest}") }
}

/// What follows one "Re:" of any language, if `subject` begins with one.
fn without_prefix(subject: &str) -> Option<&str> {
    const ANSWERS: [&str; 12] =
        ["re", "aw", "rép", "rep", "ref", "sv", "vs", "antw", "odp", "r", "回复", "答复"];
    let (word, rest) = subject.split_once([':', '：'])?;
    // Some programs count: "Re[2]:".
    let word = word.trim().split('[').next().unwrap_or_default().to_lowercase();
    ANSWERS.contains(&word.trim()).then(|| rest.trim_start())
}

/// Paragraphs with an empty line between them, and a line break at the end.
fn paragraphs(parts: &[&str]) -> String {
    let said: Vec<&str> = parts.iter().map(|part| part.trim_end()).filter(|part| !part.is_empty()).collect();
    format!("{}\n", said.join("\n\n"))
}

const HINT: &str = "color:#5C6E78;font-size:14px";

/// A letter's web page. Styles stand in the elements: mail programs read no others.
fn page(words: Words, body: Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang=(words.language()) {
            head { meta charset="utf-8"; meta name="color-scheme" content="light"; title { "Veilleuse" } }
            body style="margin:0;background:#F2F5F4;color:#14252E;font:16px/1.5 'Noto Sans',Helvetica,Arial,sans-serif" {
                div style="max-width:560px;margin:0 auto;padding:28px 20px" {
                    p style="margin:0 0 16px;font-weight:700;color:#0B6170" { "Veilleuse" }
                    div style="background:#FFFFFF;border:1px solid #DCE4E5;border-radius:16px;padding:20px 24px" { (body) }
                    p style=(HINT) { (words.say("mail-house")) }
                }
            }
        }
    };
    page.into_string()
}
