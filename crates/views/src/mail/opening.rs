//! To an advisor: duties that nobody has yet, and that they may take.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::Language;
use maud::html;

use super::{Duty, HINT, Letter, page, paragraphs, shifts::duty_words};
use crate::Words;

/// Everything such a letter says.
#[derive(Clone, Debug)]
pub struct Openings {
    /// To whom, by given name.
    pub given_name: String,
    /// In which language.
    pub language: Language,
    /// Where the duties' wall clocks hang.
    pub zone: Tz,
    /// Now.
    pub now: DateTime<Utc>,
    /// The public address of the house, without a slash at its end.
    pub home: String,
    /// The pool.
    pub pool: String,
    /// The duties, soonest first; one at least.
    pub duties: Vec<Duty>,
}

/// The letter.
pub fn openings(open: &Openings) -> Letter {
    let words = Words::of(open.language);
    let told = |duty: &Duty| duty_words(open.language, open.zone, open.now, duty);
    let duties: Vec<String> = open.duties.iter().map(told).collect();
    let values = [("pool", (&*open.pool).into()), ("count", duties.len().into())];
    let hello = words.say_with("mail-hello", &[("name", (&*open.given_name).into())]);
    let lead = words.say_with("mail-open-lead", &values);
    let (go, first) = (words.say("mail-open-take"), words.say("mail-open-first"));
    let off = words.say("mail-open-off");
    let link = format!("{}/shifts", open.home);
    let html = html! {
        p { (hello) }
        p { (lead) }
        ul { @for duty in &duties { li { (duty) } } }
        p { a href=(link) style="color:#0B6170;font-weight:700" { (go) } }
        p { (first) }
        p style=(HINT) { (off) " " a href=(format!("{}/me", open.home)) { (words.say("mail-open-me")) } }
    };
    let list: Vec<String> = duties.iter().map(|duty| format!("- {duty}")).collect();
    let below = format!("{off} {}\n{}/me", words.say("mail-open-me"), open.home);
    Letter {
        subject: words.say_with("mail-open-subject", &values),
        text: paragraphs(&[&hello, &lead, &list.join("\n"), &format!("{go}\n{link}"), &first, &below]),
        html: Some(page(words, html)),
    }
}
