//! Who was told of a published rota and has seen it: the press on *My shifts*, and the planner's list.

use chrono::{DateTime, Utc};
use domain::{NoticeId, PersonId, RotaId};
use maud::{Markup, html};

use super::{
    components::{csrf, hidden, pill},
    icons::{Icon, icon},
};
use crate::Reader;

/// What an advisor was told and has not confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unconfirmed {
    /// When they were last told something.
    pub told_at: DateTime<Utc>,
    /// Everything they are asked to confirm.
    pub ids: Vec<NoticeId>,
}

/// What somebody was told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A publication.
    Publication,
    /// A duty that changed hands.
    Handover,
    /// An open duty taken or given back, a learner added or taken off.
    Change,
}

impl What {
    /// The word in a file.
    pub fn word(self, french: bool) -> &'static str {
        match (self, french) {
            (Self::Publication, _) => "publication",
            (Self::Handover, true) => "passage",
            (Self::Handover, false) => "handover",
            (Self::Change, true) => "modification",
            (Self::Change, false) => "change",
        }
    }
}

/// Somebody who was told.
#[derive(Clone, Debug)]
pub struct Told {
    /// Who.
    pub person: PersonId,
    /// The family name.
    pub family_name: String,
    /// The given name.
    pub given_name: String,
    /// Of what.
    pub what: What,
    /// When.
    pub told_at: DateTime<Utc>,
    /// Whole days between that day and the day of the first duty that changed.
    pub clear_days: i32,
    /// When they first looked, if they did.
    pub seen_at: Option<DateTime<Utc>>,
    /// When they confirmed it, if they did.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// One press on *My shifts*: an empty place for live parts where there is nothing to confirm.
pub fn press(reader: &Reader, asked: Option<&Unconfirmed>) -> Markup {
    let words = reader.words();
    html! {
        div #seen data-live="shifts" {
            @if let Some(asked) = asked {
                section.card.handover aria-labelledby="seen-title" {
                    h2 #seen-title { (icon(Icon::Bell)) (words.say("notices-new")) }
                    p { (words.say_with("notices-told", &[("day", words.day(reader.day(asked.told_at)).into()), ("time", reader.time(asked.told_at).into())])) }
                    form method="post" action="/shifts/seen" data-frag="seen" {
                        (csrf(reader))
                        @for id in &asked.ids { (hidden("notice", id)) }
                        button.btn.primary.wide { (icon(Icon::Check)) (words.say("notices-confirm")) }
                    }
                }
            }
        }
    }
}

/// Beside a published rota: who was told when, with how much notice, and who has seen it.
pub fn card(reader: &Reader, rota: RotaId, told: &[Told]) -> Markup {
    let words = reader.words();
    let confirmed = told.iter().filter(|one| one.confirmed_at.is_some()).count();
    html! {
        section #notices .card.no-print data-live=(format!("rota:{rota}")) aria-labelledby="notices-title" {
            @if !told.is_empty() {
                div.card-head {
                    (icon(Icon::Bell))
                    h2 #notices-title { (words.say("notices-title")) }
                    (pill(if confirmed == told.len() { "moss" } else { "" }, &format!("{confirmed}/{}", told.len())))
                }
                p.muted { (words.say_with("notices-count", &[("confirmed", confirmed.into()), ("told", told.len().into())])) }
                details.more {
                    summary.btn.sm { (words.say("notices-who")) }
                    ul.lines { @for one in told { (line(reader, one)) } }
                }
                p { a.btn.sm href=(format!("/rota/{rota}/proof")) { (words.say("notices-proof")) } }
            } @else {
                h2 #notices-title { (words.say("notices-title")) }
                p.muted { (words.say("notices-nobody")) }
            }
        }
    }
}

fn line(reader: &Reader, one: &Told) -> Markup {
    let words = reader.words();
    let on = |at: DateTime<Utc>| {
        [("day", words.day_short(reader.day(at)).into()), ("time", reader.time(at).into())]
    };
    let (tone, state) = match (one.confirmed_at, one.seen_at) {
        (Some(at), _) => ("moss", words.say_with("notices-confirmed", &on(at))),
        (None, Some(at)) => ("lagoon", words.say_with("notices-looked", &on(at))),
        (None, None) => ("coral", words.say("notices-not-yet")),
    };
    let what = match one.what {
        What::Publication => words.say_with("notices-of-publication", &on(one.told_at)),
        What::Handover => words.say_with("notices-of-handover", &on(one.told_at)),
        What::Change => words.say_with("notices-of-change", &on(one.told_at)),
    };
    html! {
        li {
            div.grow {
                strong { (one.given_name) " " (one.family_name) } " " (pill(tone, &state))
                p.muted { (what) ", " (words.say_with("notices-clear", &[("days", i64::from(one.clear_days).into())])) }
            }
        }
    }
}
