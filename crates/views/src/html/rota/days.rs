//! The board as a list of days, one a screen: for phones, and for readers without scripts.

use chrono::{Datelike, NaiveDate};
use domain::{Rung, Span};
use maud::{Markup, html};

use super::{Candidate, Model, Place, preview::lines};
use crate::{
    Reader,
    html::{
        components::{csrf, hidden, language_badge, part_of_day, pill, rung_class, rung_name},
        icons::{Icon, icon},
    },
};

pub(super) fn days(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let shown = model.shown();
    html! {
        section #days .days data-live=(format!("rota:{}", model.rota)) aria-label=(words.say("rota-days")) {
            nav.day-nav aria-label=(words.say("rota-days")) {
                @for day in &shown {
                    a href=(format!("#day-{day}")) .gap[has_gap(model, *day)] .today[*day == reader.today()] {
                        span { (words.weekday_short(*day)) } " " b { (day.day()) } span.vh { " " (words.month(*day)) }
                    }
                }
            }
            div.day-screens tabindex="0" role="group" aria-label=(words.say("rota-days")) {
                @for day in &shown { (screen(reader, model, *day)) }
            }
        }
    }
}

fn has_gap(model: &Model, day: NaiveDate) -> bool {
    model.places.iter().any(|place| place.day == day && place.person.is_none())
}

fn screen(reader: &Reader, model: &Model, day: NaiveDate) -> Markup {
    let words = reader.words();
    let mut places: Vec<&Place> = model.places.iter().filter(|place| place.day == day).collect();
    places.sort_by_key(|place| (place.span, place.rung));
    html! {
        section.screen id=(format!("day-{day}")) {
            h2 { (words.day(day)) @if model.holidays.contains(&day) { " " (pill("", &words.say("rota-holiday"))) } }
            @if places.is_empty() { p.muted { (words.say("rota-day-empty")) } }
            @for place in places { (slot(reader, model, place)) }
        }
    }
}

fn slot(reader: &Reader, model: &Model, place: &Place) -> Markup {
    let advisor = place.person.and_then(|person| model.advisor(person));
    html! {
        details.slot {
            summary {
                span class=(hours_class(reader, place.span, place.rung)) { (reader.hours_short(place.span)) }
                span.grow {
                    @match advisor {
                        Some(advisor) => strong { (advisor.face.name) },
                        None => strong.wrong { (reader.words().say("rota-nobody")) },
                    }
                    span.muted { " " (rung_name(reader, place.rung)) }
                    @for language in &place.languages { " " (language_badge(reader, *language)) }
                }
                @if place.pinned { (icon(Icon::Pin)) }
                (icon(Icon::Down))
            }
            @if model.editable() && place.rung.covers() { (slot_forms(reader, model, place)) }
            @else if let Some(shift) = place.shift {
                div.slot-forms {
                    a.btn.sm href=(format!("/shifts/{shift}/change")) { (reader.words().say("handover-open")) }
                }
            }
        }
    }
}

fn hours_class(reader: &Reader, span: Span, rung: Rung) -> String {
    format!("chip {}{}", part_of_day(reader, span), rung_class(rung))
}

fn slot_forms(reader: &Reader, model: &Model, place: &Place) -> Markup {
    let words = reader.words();
    let gap = model.gaps.iter().find(|gap| gap.assignment == place.assignment);
    html! {
        div.slot-forms {
            @if let Some(gap) = gap { @for candidate in &gap.candidates { (offer(reader, model, place.assignment, candidate)) } }
            form method="post" action=(model.action("assign")) data-frag="board figures look undo days" {
                (csrf(reader)) (hidden("assignment", place.assignment)) (hidden("version", model.version))
                div.field {
                    label for=(format!("d-{}", place.assignment)) { (words.say("rota-give-to")) }
                    select name="person" id=(format!("d-{}", place.assignment)) {
                        option value="" selected[place.person.is_none()] { (words.say("rota-nobody")) }
                        @for advisor in &model.advisors {
                            option value=(advisor.face.id) selected[place.person == Some(advisor.face.id)] { (advisor.face.name) }
                        }
                    }
                }
                button.btn.primary.sm { (words.say("rota-give")) }
            }
            form method="post" action=(model.action("pin")) data-frag="board days" {
                (csrf(reader)) (hidden("assignment", place.assignment)) (hidden("version", model.version))
                (hidden("pinned", !place.pinned))
                button.btn.sm { (icon(Icon::Pin)) @if place.pinned { (words.say("rota-unpin")) } @else { (words.say("rota-pin")) } }
            }
        }
    }
}

/// Somebody who could fill a gap, what would follow, and the button that does it.
pub(super) fn offer(
    reader: &Reader,
    model: &Model,
    assignment: domain::AssignmentId,
    candidate: &Candidate,
) -> Markup {
    let words = reader.words();
    html! {
        form.offer method="post" action=(model.action("assign")) data-frag="board figures look undo days" {
            (csrf(reader)) (hidden("assignment", assignment)) (hidden("version", model.version))
            (hidden("person", candidate.face.id))
            div.grow { strong { (candidate.face.name) } (lines(reader, &candidate.consequences)) }
            button.btn.sm { (words.say_with("rota-give-name", &[("name", (&*candidate.face.given_name).into())])) }
        }
    }
}
