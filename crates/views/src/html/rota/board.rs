//! The grid of a fortnight: coverage above, gaps first, then a row for each advisor, duty or office.

use chrono::{Datelike, NaiveDate, Weekday};
use domain::{Rung, Span};
use maud::{Markup, html};

use super::{
    Mark, Model, View,
    rows::{Row, chip, rows},
};
use crate::{
    Reader,
    html::{
        components::{empty, part_of_day},
        icons::{Icon, icon},
    },
};

pub(super) fn board(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let shown = model.shown();
    html! {
        section #board .board data-live=(format!("rota:{}", model.rota)) data-version=(model.version) data-csrf=(reader.csrf)
            data-rota=(format!("/rota/{}", model.rota)) data-editable[model.editable() && model.view == View::Advisor]
            data-picked=(words.say("rota-say-picked")) data-cancelled=(words.say("rota-say-cancelled"))
            data-moved=(words.say("rota-say-moved")) data-refused=(words.say("rota-say-refused"))
            data-pin-on=(words.say("rota-say-pinned")) data-pin-off=(words.say("rota-say-unpinned")) {
            @if model.places.is_empty() {
                (empty(Icon::Board, &words.say("rota-empty"), None))
            } @else {
                div.grid-wrap tabindex="0" role="region" aria-label=(words.say("rota-board")) {
                    div class=(format!("grid days-{}", shown.len())) role="grid" aria-label=(words.say("rota-board")) {
                        div.rw role="row" { (header(reader, model, &shown)) }
                        @for row in rows(reader, model) { (row_markup(reader, model, &row)) }
                    }
                }
                (legend(reader, model))
            }
        }
    }
}

fn header(reader: &Reader, model: &Model, shown: &[NaiveDate]) -> Markup {
    let words = reader.words();
    let count = [("count", model.advisors.len().into())];
    html! {
        div.corner role="columnheader" {
            @match model.view {
                View::Advisor => (words.say_with("rota-advisors", &count)),
                View::Shift => (words.say("rota-duties")),
                View::Office => (words.say_with("rota-offices", &[("count", model.offices.len().into())])),
            }
        }
        @for day in shown {
            @let today = if *day == reader.today() { " is-today" } else { "" };
            div class=(format!("dh{}{today}", day_class(model, *day))) role="columnheader" data-day=(day) data-label=(words.day(*day)) {
                span { (words.weekday_short(*day)) }
                b { (day.day()) }
                (coverage(reader, model, *day))
            }
        }
        div.corner.last role="columnheader" {
            @if model.view == View::Shift { (words.say("rota-filled")) } @else { (words.say("rota-hours-vs-fair")) }
        }
    }
}

/// The classes of a day: weekend or holiday, and the thick line before a Monday.
fn day_class(model: &Model, day: NaiveDate) -> String {
    let free = if model.is_free(day) { " we" } else { "" };
    let week = if day.weekday() == Weekday::Mon && day != model.from { " wk" } else { "" };
    format!("{free}{week}")
}

/// The strip under a day's number: one piece for each stretch of hours, hatched where no lead is.
fn coverage(reader: &Reader, model: &Model, day: NaiveDate) -> Markup {
    let words = reader.words();
    let mut hours: Vec<Span> = model
        .places
        .iter()
        .filter(|place| place.day == day && place.rung == Rung::Lead)
        .map(|place| place.span)
        .collect();
    hours.sort_unstable();
    hours.dedup();
    let led = |span: &Span| {
        model
            .places
            .iter()
            .any(|place| place.span == *span && place.rung == Rung::Lead && place.person.is_some())
    };
    let open = hours.iter().filter(|span| !led(span)).count();
    html! {
        span.cov aria-hidden="true" {
            @for span in &hours { i class=(format!("{}{}", part_of_day(reader, *span), if led(span) { "" } else { " gap" })) {} }
        }
        @if open > 0 { span.vh { ", " (words.say_with("rota-day-open", &[("count", open.into())])) } }
    }
}

fn row_markup(reader: &Reader, model: &Model, row: &Row<'_>) -> Markup {
    html! {
        div.rw role="row" .open[row.open] id=[row.person.map(|person| format!("row-{person}"))] data-name=(row.name)
            data-p=[target(row)] {
            div.nm role="rowheader" { (row.head) }
            @for (day, places) in &row.places {
                @let mark = row.person.and_then(|person| model.mark(person, *day));
                div class=(format!("c{}{}", day_class(model, *day), mark_class(mark))) role="gridcell" data-d=(day)
                    data-state=[mark_words(reader, mark)] {
                    @for place in places { (chip(reader, model, place)) " " }
                    @if places.is_empty() && mark == Some(Mark::Wish) { span.wishmark { (icon(Icon::Heart)) } }
                    @if let Some(words) = mark_words(reader, mark) { span.vh { (words) } }
                }
            }
            div.fair role="gridcell" { (row.end) }
        }
    }
}

/// Whom a chip dropped here is given to: a person's id, or nothing in the row of gaps.
fn target(row: &Row<'_>) -> Option<String> {
    match row.person {
        Some(person) => Some(person.to_string()),
        None => row.open.then(String::new),
    }
}

fn mark_class(mark: Option<Mark>) -> &'static str {
    match mark {
        Some(Mark::Away) => " na hatch",
        Some(Mark::RatherNot) => " avoid",
        Some(Mark::Wish) | None => "",
    }
}

fn mark_words(reader: &Reader, mark: Option<Mark>) -> Option<String> {
    let words = reader.words();
    Some(match mark? {
        Mark::Away => words.say("rota-away"),
        Mark::RatherNot => words.say("rota-rather-not"),
        Mark::Wish => words.say("rota-wish"),
    })
}

fn legend(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        div.legend {
            span { i.sw.dawn {} (words.say("rota-morning")) }
            span { i.sw.day {} (words.say("rota-afternoon")) }
            span { i.sw.dusk {} (words.say("rota-evening")) }
            span { i.sw.bk {} (words.say("rota-backup")) }
            span { i.sw.bk.ln {} (words.say("rota-learner")) }
            span { i.sw.hatch {} (words.say("rota-away")) }
            span { i.sw.avoid {} (words.say("rota-rather-not")) }
            span.moss { (icon(Icon::Heart)) (words.say("rota-wish")) }
            @if model.editable() && model.view == View::Advisor {
                span.keys {
                    kbd { (words.say("keys-enter")) } (words.say("rota-key-pick"))
                    kbd { "?" } (words.say("rota-key-all"))
                }
            }
        }
    }
}
