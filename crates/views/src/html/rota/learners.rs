//! Those who stand beside a lead to learn: who, when, and the form that adds one.

use domain::Rung;
use maud::{Markup, html};

use super::{Model, Place};
use crate::{
    Reader,
    html::{
        components::csrf,
        icons::{Icon, icon},
    },
};

/// The card beside the board; nothing where the rota is neither a draft nor published.
pub(super) fn card(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let learning: Vec<&Place> = model.places.iter().filter(|place| !place.rung.covers()).collect();
    html! {
        section #learners .card.no-print data-live=(format!("rota:{}", model.rota)) aria-labelledby="learners-title" {
            h2 #learners-title { (icon(Icon::People)) (words.say("learners-title")) }
            p.muted { (words.say("learners-lead")) }
            @if learning.is_empty() { p.muted { (words.say("learners-none")) } }
            ul.lines { @for place in &learning { (line(reader, model, place)) } }
            (form(reader, model))
        }
    }
}

fn line(reader: &Reader, model: &Model, place: &Place) -> Markup {
    let words = reader.words();
    let name = name(model, place).unwrap_or_default();
    let when = format!("{}, {}", words.day_short(place.day), reader.hours(place.span));
    html! {
        li {
            div.grow { strong { (name) } p.muted { (when) } }
            @if reader.now < place.span.start() {
                form method="post" action=(model.action(&format!("learners/{}/remove", place.assignment))) {
                    (csrf(reader))
                    button.btn.sm.quiet { (words.say("learners-remove")) span.vh { " " (name) ", " (when) } }
                }
            }
        }
    }
}

/// Adds one beside a lead to come.
fn form(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let leads: Vec<&Place> = model
        .places
        .iter()
        .filter(|place| place.rung == Rung::Lead && reader.now < place.span.start())
        .collect();
    let beside = |place: &Place| {
        let lead = name(model, place).unwrap_or_else(|| words.say("learners-beside-nobody"));
        format!("{}, {}, {lead}", words.day_short(place.day), reader.hours(place.span))
    };
    html! {
        @if !leads.is_empty() && !model.advisors.is_empty() {
            details.more {
                summary.btn.sm { (words.say("learners-add")) }
                form.stack method="post" action=(model.action("learners")) {
                    (csrf(reader))
                    div.field {
                        label for="learner-person" { (words.say("learners-who")) }
                        select #learner-person name="person" required {
                            @for advisor in &model.advisors { option value=(advisor.face.id) { (advisor.face.name) } }
                        }
                    }
                    div.field {
                        label for="learner-place" { (words.say("learners-where")) }
                        select #learner-place name="assignment" required {
                            @for place in leads { option value=(place.assignment) { (beside(place)) } }
                        }
                    }
                    button.btn.primary.sm { (words.say("learners-add-do")) }
                }
            }
        }
    }
}

fn name(model: &Model, place: &Place) -> Option<String> {
    place.person.and_then(|person| model.advisor(person)).map(|advisor| advisor.face.name.clone())
}
