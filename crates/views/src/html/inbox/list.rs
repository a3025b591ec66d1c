//! The list of conversations: those that wait with a ring that fills, then earlier ones.

use chrono::{DateTime, Utc};
use domain::{ChannelKind, Minutes};
use maud::{Markup, html};

use super::{Duty, Model, Row, Standstill, is_late, visitor_name, whole_minutes};
use crate::{
    Reader,
    html::{
        components::{empty, language_badge, machine, office_class},
        icons::{Icon, icon},
    },
};

/// The whole column.
pub(super) fn render(reader: &Reader, model: &Model, late: usize) -> Markup {
    let words = reader.words();
    let waiting_title = match model.duty {
        Duty::On { .. } => words.say("inbox-waiting-for-you"),
        _ => words.say("inbox-waiting"),
    };
    html! {
        section.list-column aria-label=(words.say("inbox-conversations")) {
            header.list-head {
                @if model.open.is_some() { h2 { (words.say("inbox-title")) } } @else { h1 { (words.say("inbox-title")) } }
                span #late role="status" data-live="inbox" { @if late > 0 { span.pill.coral { (words.say_with("inbox-late", &[("late", late.into())])) } } }
            }
            form.list-search method="get" action="/inbox" role="search" aria-label=(words.say("inbox-search-list")) {
                label.search-box {
                    (icon(Icon::Search))
                    span.vh { (words.say("inbox-search")) }
                    input type="search" name="find" value=(model.search) placeholder=(words.say("inbox-search")) data-search autocomplete="off";
                    kbd aria-hidden="true" { "/" }
                }
            }
            div #list data-live="inbox" {
                @if model.waiting.is_empty() && model.earlier.is_empty() { (nothing(reader, model)) }
                @if !model.waiting.is_empty() {
                    div.list-group {
                        h2 { (waiting_title) }
                        span { (words.say_with("inbox-goal", &[("minutes", model.promise.0.into())])) }
                    }
                    ul { @for row in &model.waiting { (entry(reader, model, row)) } }
                }
                @if !model.earlier.is_empty() {
                    div.list-group { h2 { (words.say("inbox-earlier")) } }
                    ul { @for row in &model.earlier { (entry(reader, model, row)) } }
                }
            }
        }
    }
}

fn nothing(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let sentence = match (&model.duty, model.search.is_empty()) {
        (_, false) => words.say("inbox-not-found"),
        (Duty::Off { .. }, _) => words.say("inbox-empty-off"),
        _ => words.say("inbox-quiet"),
    };
    html! { div.only-phone { (empty(Icon::Inbox, &sentence, None)) } div.only-wide { p.muted.list-quiet { (sentence) } } }
}

fn entry(reader: &Reader, model: &Model, row: &Row) -> Markup {
    let open = model.open.as_ref().is_some_and(|open| open.row.id == row.id);
    let waits = matches!(row.stands, Standstill::Waiting { .. });
    html! {
        li {
            a.entry .waits[waits] href=(format!("/inbox/{}", row.id)) aria-current=[open.then_some("true")] id=(format!("row-{}", row.id)) {
                span class=(format!("office-bar {}", office_class(row.office.colour))) aria-hidden="true" {}
                span.entry-name { (visitor_name(reader, row)) }
                span.entry-when { (when(reader, model, row)) }
                span.entry-text {
                    @if let Some(language) = row.language { (language_badge(reader, language)) }
                    span lang=[row.language] { (row.preview) }
                }
                span.entry-office {
                    @if row.channel == ChannelKind::Email { (icon(Icon::Mail)) }
                    (below(reader, row))
                }
            }
        }
    }
}

fn when(reader: &Reader, model: &Model, row: &Row) -> Markup {
    let words = reader.words();
    match row.stands {
        Standstill::Waiting { since, counted: true } => {
            let waited = words.length(Minutes(whole_minutes(reader.now - since)));
            if is_late(reader, model.promise, row) {
                return html! { span.timer.late { (icon(Icon::Clock)) span.vh { (words.say("inbox-late-word")) " " } time datetime=(machine(since)) data-time="since" { (waited) } } };
            }
            html! { span.timer { (ring(reader, since, model.promise)) time datetime=(machine(since)) data-time="since" { (waited) } } }
        }
        Standstill::Waiting { since, counted: false } => moment(reader, since),
        Standstill::Answered { at, .. } | Standstill::Done { at } => moment(reader, at),
    }
}

/// A time of today, else the day.
fn moment(reader: &Reader, at: DateTime<Utc>) -> Markup {
    let today = reader.day(at) == reader.today();
    let said = if today { reader.time(at) } else { reader.words().date_short(reader.day(at)) };
    html! { time.muted datetime=(machine(at)) { (said) } }
}

/// The wait as a ring that is full when the promise has run out; `inbox.js` lets it fill.
fn ring(reader: &Reader, since: DateTime<Utc>, promise: Minutes) -> Markup {
    let promised = promise.duration().num_seconds().max(1);
    let waited = (reader.now - since).num_seconds().clamp(0, promised);
    html! {
        svg.ring viewBox="0 0 22 22" aria-hidden="true" data-ring=(machine(since)) data-promise=(promised) {
            circle.well cx="11" cy="11" r="8.5" {}
            circle.arc cx="11" cy="11" r="8.5" pathLength="100" stroke-dasharray=(format!("{} 100", waited * 100 / promised)) transform="rotate(-90 11 11)" {}
        }
    }
}

/// "Vieux-Port · you replied".
fn below(reader: &Reader, row: &Row) -> String {
    let words = reader.words();
    let more = match (&row.stands, &row.held_by) {
        (Standstill::Waiting { counted: false, .. }, _) => Some(words.say("inbox-waits-for-hours")),
        (Standstill::Waiting { .. }, Some(name)) => {
            Some(words.say_with("inbox-with-colleague", &[("name", (&**name).into())]))
        }
        (Standstill::Waiting { .. }, None) => None,
        (Standstill::Answered { by_me: true, .. }, _) => Some(words.say("inbox-you-replied")),
        (Standstill::Answered { .. }, _) => Some(words.say("inbox-answered")),
        (Standstill::Done { .. }, _) => Some(words.say("inbox-closed")),
    };
    std::iter::once(row.office.name.clone()).chain(more).collect::<Vec<_>>().join(" · ")
}
