//! Mending a draft: the least change that fills what is open, shown before it is done.

use chrono::NaiveDate;
use domain::{RotaId, Rung, Span, finding::Rule};
use maud::{Markup, html};

use super::{
    components::{Face, banner, csrf, empty, hidden, page_head, part_of_day, rung_class, rung_name},
    icons::{Icon, icon},
    rota::{Remark, finding_words, remark_title, rule_words},
    shell::{self, Frame},
};
use crate::Reader;

/// A place that changes hands.
#[derive(Clone, Debug)]
pub struct Move {
    /// From when to when.
    pub span: Span,
    /// Lead or backup.
    pub rung: Rung,
    /// Who has it now.
    pub from: Option<Face>,
    /// Who would have it.
    pub to: Option<Face>,
}

/// A place that stays open, or that somebody holds who cannot keep it.
#[derive(Clone, Debug)]
pub struct Hole {
    /// From when to when.
    pub span: Span,
    /// Lead or backup.
    pub rung: Rung,
    /// Given name of whoever is pinned in it and cannot keep it.
    pub holder: Option<String>,
    /// Why; nothing where that was not looked up.
    pub why: Option<Why>,
    /// Whether it is pinned.
    pub pinned: bool,
}

/// Why a place stays open.
#[derive(Clone, Debug)]
pub struct Why {
    /// Given names of those who could take it all the same.
    pub free: Vec<String>,
    /// Given names of those who could with a reason.
    pub with_reason: Vec<String>,
    /// How many people each rule keeps from it, the commonest first.
    pub blocked: Vec<(Rule, u32)>,
}

/// What would be done.
#[derive(Clone, Debug)]
pub struct Model {
    /// The draft.
    pub rota: RotaId,
    /// By what one says that this is what shall be done.
    pub tag: String,
    /// The pool.
    pub pool: String,
    /// First and last day.
    pub days: (NaiveDate, NaiveDate),
    /// Places that change hands, in the order of time.
    pub moves: Vec<Move>,
    /// Who gets other duties, without those who cannot keep theirs.
    pub touched: Vec<Face>,
    /// Who cannot keep a duty.
    pub excused: Vec<Face>,
    /// What stays open.
    pub holes: Vec<Hole>,
    /// What the judge would find that it does not find now.
    pub remarks: Vec<Remark>,
    /// Whether something forbids it that no reason can accept.
    pub refused: bool,
    /// Whether everything was tried.
    pub complete: bool,
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let days = words.days(model.days.0, model.days.1);
    let main = html! {
        (page_head(&format!("{} · {days}", model.pool), &words.say("repair-title"), html! {
            a.btn href=(format!("/rota/{}", model.rota)) { (icon(Icon::Left)) (words.say("compare-back")) }
        }))
        div.compare {
            div.stack {
                section.card aria-labelledby="moves-title" {
                    h2 #moves-title { (words.say("repair-moves")) }
                    @if model.moves.is_empty() { (nothing(reader, model)) }
                    @for one in &model.moves { (moved(reader, one)) }
                }
                @if !model.holes.is_empty() {
                    section.card aria-labelledby="holes-title" {
                        h2 #holes-title { (words.say("repair-open")) }
                        @for hole in &model.holes { (left_open(reader, hole)) }
                    }
                }
            }
            @if !model.moves.is_empty() || !model.complete { (doing(reader, model)) }
        }
    };
    shell::page(reader, frame, &words.say("repair-title"), main)
}

fn nothing(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    if model.holes.is_empty() {
        empty(Icon::Check, &words.say("repair-nothing"), None)
    } else {
        html! { p { (words.say("repair-nothing-fills")) } }
    }
}

fn when(reader: &Reader, span: Span) -> Markup {
    html! { (reader.words().day_short(reader.day(span.start()))) " " strong { (reader.hours_short(span)) } }
}

/// Who hands a place on to whom.
fn moved(reader: &Reader, one: &Move) -> Markup {
    let words = reader.words();
    let class = format!("chip {}{}", part_of_day(reader, one.span), rung_class(one.rung));
    let who = |face: &Option<Face>, nobody: &str| match face {
        Some(face) => {
            html! { span.holder { (face.avatar()) span { strong { (face.name) } " " span.muted { (face.office) } } } }
        }
        None => html! { span.muted { (words.say(nobody)) } },
    };
    html! {
        article.diff {
            div.grow {
                p.diff-line { span class=(class) { (when(reader, one.span)) } span.muted { (rung_name(reader, one.rung)) } }
                p.diff-line { span.diff-label { (words.say("repair-from")) } (who(&one.from, "repair-was-open")) }
                p.diff-line { span.diff-label { (words.say("repair-to")) } (who(&one.to, "repair-is-open")) }
            }
        }
    }
}

/// A place that stays open, and why.
fn left_open(reader: &Reader, hole: &Hole) -> Markup {
    let words = reader.words();
    html! {
        div.issue.coral {
            (icon(Icon::Warn))
            div.grow {
                p { (when(reader, hole.span)) " " span.muted { (rung_name(reader, hole.rung)) } }
                @match (&hole.holder, hole.pinned) {
                    (Some(name), _) => p { (words.say_with("repair-pinned-holder", &[("name", name.as_str().into())])) },
                    (None, true) => p { (words.say("repair-pinned-open")) },
                    (None, false) => (why(reader, hole.why.as_ref())),
                }
            }
        }
    }
}

/// Who is kept from it by what, and who could take it by hand.
fn why(reader: &Reader, why: Option<&Why>) -> Markup {
    let words = reader.words();
    let Some(Why { free, with_reason, blocked }) = why else {
        return html! { p.muted { (words.say("repair-not-looked-up")) } };
    };
    let one = |(rule, people): &(Rule, u32)| {
        let values = [("why", rule_words(reader, *rule).into()), ("count", (*people).into())];
        words.say_with("repair-blocked", &values)
    };
    let by_hand = |key: &str, names: &[String]| words.say_with(key, &[("names", names.join(", ").into())]);
    html! {
        @if !blocked.is_empty() { p { @for blocked in blocked { (one(blocked)) " " } } }
        @if !free.is_empty() { p { (by_hand("repair-by-hand", free)) } }
        @else if !with_reason.is_empty() { p { (by_hand("repair-with-reason", with_reason)) } }
        @else { p { (words.say("repair-nobody")) } }
    }
}

/// Whom it touches, what the rules say of it, and the one button.
fn doing(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let names = |faces: &[Face]| faces.iter().map(|face| face.name.clone()).collect::<Vec<_>>().join(", ");
    let counted = |key: &str, faces: &[Face]| {
        words.say_with(key, &[("count", faces.len().into()), ("names", names(faces).into())])
    };
    html! {
        section #publish .card aria-labelledby="do-title" tabindex="-1" {
            h2 #do-title { (words.say("repair-do-title")) }
            ul.facts {
                @if !model.moves.is_empty() {
                    li { (icon(Icon::Swap)) (words.say_with("repair-count", &[("count", model.moves.len().into())])) }
                    li { (icon(Icon::People)) span { (counted("repair-touched", &model.touched)) } }
                }
                @if !model.excused.is_empty() { li { (icon(Icon::User)) span { (counted("repair-excused", &model.excused)) } } }
                li { (icon(Icon::Pin)) span { (words.say("repair-kept")) } }
                @if !model.complete { li.wrong { (icon(Icon::Warn)) span { (words.say("repair-cut-short")) } } }
                @else if !model.moves.is_empty() { li { (icon(Icon::Check)) span { (words.say("repair-least")) } } }
            }
            @if !model.remarks.is_empty() {
                @if model.refused { (banner("coral", Icon::Warn, &words.say("repair-refused"))) }
                @else { p { (words.say("repair-remarks")) } }
                ul.lines {
                    @for remark in &model.remarks {
                        li { div.grow { strong { (remark_title(reader, remark)) } p { (finding_words(reader, &remark.finding)) } } }
                    }
                }
            }
            @if model.moves.is_empty() || model.refused {
                a.btn href=(format!("/rota/{}", model.rota)) { (words.say("compare-back")) }
            } @else {
                form method="post" action=(format!("/rota/{}/repair", model.rota)) {
                    (csrf(reader)) (hidden("seen", &model.tag))
                    button.btn.primary.wide { (words.say_with("repair-do", &[("count", model.moves.len().into())])) }
                }
                p.hint { (words.say("repair-invisible")) }
            }
        }
    }
}

/// What is said once it was done.
pub fn done_words(reader: &Reader) -> String {
    reader.words().say("repair-done")
}

/// What is said where something else would be done by now.
pub fn overtaken_words(reader: &Reader) -> String {
    reader.words().say("repair-overtaken")
}
