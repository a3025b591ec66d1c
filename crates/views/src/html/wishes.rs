//! My wishes: a brush and a month. One chooses what to say, then taps the days.
//!
//! One form holds both, so that a tap works without scripts: the brush is a choice, each day a button.

mod repeats;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months, NaiveDate, Weekday};
use domain::{WishKind, WishRepeat, WishRound};
use maud::{Markup, html};

use super::{
    components::{csrf, hidden},
    icons::{Icon, icon},
    shell::{self, Frame},
};
use crate::Reader;

/// A month of somebody's wishes.
#[derive(Clone, Debug)]
pub struct Model {
    /// The first day of the month shown.
    pub month: NaiveDate,
    /// What was said of which day; other days are free.
    pub wishes: BTreeMap<NaiveDate, WishKind>,
    /// Days on which the person already has a published duty.
    pub duties: BTreeSet<NaiveDate>,
    /// Public holidays, with their names.
    pub holidays: BTreeMap<NaiveDate, String>,
    /// Days before this one can no longer be changed here: they are published or past.
    pub open_from: NaiveDate,
    /// Days to come of which nothing can be said any more.
    pub closed: BTreeSet<NaiveDate>,
    /// Until when wishes of which days are taken.
    pub rounds: Vec<WishRound>,
    /// What is said of weekdays.
    pub repeats: Vec<WishRepeat>,
    /// The brush in hand; `None` says a day is free again.
    pub brush: Option<WishKind>,
    /// Whether something was just saved.
    pub saved: bool,
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let main = html! {
        div.wishes {
            h1 { (words.say("wishes-title")) }
            p.lead { (words.say("wishes-lead")) }
            (repeats::rounds(reader, &model.rounds))
            form #wishes-form method="post" action="/wishes" data-frag="wishes-month wishes-list wishes-saved" {
                (csrf(reader))
                (hidden("month", model.month.format("%Y-%m")))
                (brush(reader, model.brush))
                (month(reader, model))
            }
            p #wishes-saved .saved role="status" {
                @if model.saved { (icon(Icon::Check)) (words.say("wishes-saved")) }
                @else { span.muted { (words.say("wishes-how")) } }
            }
            (list(reader, model))
            (repeats::card(reader, &model.repeats))
        }
    };
    shell::page(reader, frame, &words.say("wishes-title"), main)
}

/// What one can say of a day, "free" last.
const BRUSHES: [Option<WishKind>; 4] =
    [Some(WishKind::Cant), Some(WishKind::RatherNot), Some(WishKind::Wish), None];

fn brush(reader: &Reader, chosen: Option<WishKind>) -> Markup {
    html! {
        fieldset.brush {
            legend.vh { (reader.words().say("wishes-brush")) }
            @for (at, kind) in BRUSHES.into_iter().enumerate() {
                label class=(look(kind)) {
                    input.vh type="radio" name="kind" value=(word(kind)) checked[kind == chosen] data-brush=(at + 1);
                    (drawing(kind))
                    span { (name(reader, kind)) }
                }
            }
        }
    }
}

fn month(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let first = model.month;
    let before = first - Months::new(1);
    let after = first + Months::new(1);
    html! {
        section #wishes-month .card.month aria-labelledby="month-title" {
            header {
                a.btn.icon.quiet href=(month_href(before)) aria-label=(words.month_year(before)) { (icon(Icon::Left)) }
                h2 #month-title { (words.month_year(first)) }
                a.btn.icon.quiet href=(month_href(after)) aria-label=(words.month_year(after)) { (icon(Icon::Right)) }
            }
            div.grid role="group" aria-labelledby="month-title" {
                @for name in words.weekdays_short() { small aria-hidden="true" { (name) } }
                @for _ in 0..first.weekday().num_days_from_monday() { span {} }
                @for day in first.iter_days().take_while(|day| day.month() == first.month()) { (cell(reader, model, day)) }
            }
        }
    }
}

fn cell(reader: &Reader, model: &Model, day: NaiveDate) -> Markup {
    let words = reader.words();
    let kind = model.wishes.get(&day).copied();
    let duty = model.duties.contains(&day);
    let closed = day < model.open_from || model.closed.contains(&day);
    let holiday = model.holidays.get(&day);
    let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun) || holiday.is_some();
    let mut said = format!("{}, {}", words.day(day), name(reader, kind));
    for more in
        [holiday.cloned(), duty.then(|| words.say("wishes-duty")), closed.then(|| words.say("wishes-closed"))]
    {
        said.extend(more.map(|more| format!(", {more}")));
    }
    html! {
        button.day-cell.(look(kind)) .we[weekend] .has-duty[duty] name="day" value=(day)
            id=(format!("day-{day}")) title=[holiday] disabled[closed] {
            span aria-hidden="true" { (day.day()) }
            span.vh { (said) }
            @if kind.is_some() { (drawing(kind)) }
            @if duty { span.duty-mark aria-hidden="true" {} }
        }
    }
}

/// The same as sentences, for those who read rather than look.
fn list(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let runs = runs(&model.wishes, model.month);
    html! {
        section #wishes-list .card aria-labelledby="list-title" {
            h2 #list-title { (words.say("wishes-said")) }
            @if runs.is_empty() { p.muted { (words.say("wishes-none")) } }
            ul.lines {
                @for (first, last, kind) in runs {
                    li {
                        span.wish-mark.(look(Some(kind))) { (drawing(Some(kind))) }
                        span.grow { strong { (words.days(first, last)) } " " span.muted { (name(reader, Some(kind))) } }
                    }
                }
            }
            p.hint { (words.say("wishes-use")) }
        }
    }
}

/// Consecutive days of which the same was said, within the month of `first`.
fn runs(wishes: &BTreeMap<NaiveDate, WishKind>, first: NaiveDate) -> Vec<(NaiveDate, NaiveDate, WishKind)> {
    let mut runs: Vec<(NaiveDate, NaiveDate, WishKind)> = Vec::new();
    for (day, kind) in wishes.range(first..first + Months::new(1)) {
        match runs.last_mut() {
            Some((_, last, same)) if same == kind && last.succ_opt() == Some(*day) => *last = *day,
            _ => runs.push((*day, *day, *kind)),
        }
    }
    runs
}

fn month_href(month: NaiveDate) -> String {
    format!("/wishes?month={}", month.format("%Y-%m"))
}

/// The word a form sends.
fn word(kind: Option<WishKind>) -> &'static str {
    kind.map_or("free", WishKind::word)
}

/// The class that draws it.
fn look(kind: Option<WishKind>) -> &'static str {
    match kind {
        Some(WishKind::Cant) => "w-cant",
        Some(WishKind::RatherNot) => "w-rather",
        Some(WishKind::Wish) => "w-wish",
        None => "w-free",
    }
}

fn drawing(kind: Option<WishKind>) -> Markup {
    icon(match kind {
        Some(WishKind::Cant) => Icon::Cross,
        Some(WishKind::RatherNot) => Icon::Down,
        Some(WishKind::Wish) => Icon::Heart,
        None => Icon::Check,
    })
}

/// What it is called.
pub fn name(reader: &Reader, kind: Option<WishKind>) -> String {
    let words = reader.words();
    match kind {
        Some(WishKind::Cant) => words.say("wishes-cant"),
        Some(WishKind::RatherNot) => words.say("wishes-rather-not"),
        Some(WishKind::Wish) => words.say("wishes-wish"),
        None => words.say("wishes-free"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_a_row_are_said_once() {
        let day = |number| NaiveDate::from_ymd_opt(2026, 12, number).unwrap();
        let wishes = [(24, WishKind::Cant), (25, WishKind::Cant), (26, WishKind::Wish), (28, WishKind::Wish)]
            .map(|(number, kind)| (day(number), kind))
            .into();
        assert_eq!(
            runs(&wishes, day(1)),
            [
                (day(24), day(25), WishKind::Cant),
                (day(26), day(26), WishKind::Wish),
                (day(28), day(28), WishKind::Wish)
            ]
        );
    }
}
