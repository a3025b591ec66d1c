//! One duty, and what its holder may do with it: give it away, swap it, or say that they cannot come.

use domain::{ShiftId, WhyNot};
use maud::{Markup, html};

use super::{
    components::{csrf, hidden, page_head, rung_name},
    handovers::{Stretch, why_not},
    icons::{Icon, icon},
    shell::{self, Frame},
};
use crate::{Reader, words::Value};

/// A colleague's duty that could be had for it.
#[derive(Clone, Debug)]
pub struct Swap {
    /// Which.
    pub shift: ShiftId,
    /// Whose, by given name.
    pub name: String,
    /// The duty.
    pub duty: Stretch,
}

/// Somebody who may not take it, and why.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Who, by given name.
    pub name: String,
    /// Why not.
    pub reasons: Vec<WhyNot>,
}

/// That the hours somebody wrote are no part of the duty.
pub fn part_is_wrong(reader: &Reader) -> String {
    reader.words().say("handover-part-wrong")
}

/// The page.
#[derive(Clone, Debug)]
pub struct Model {
    /// The duty.
    pub shift: ShiftId,
    /// Its hours and rung.
    pub duty: Stretch,
    /// Whose it is, by given name, if it is not the reader's own.
    pub holder: Option<String>,
    /// Whether it has begun: then only who cannot come hands it over.
    pub begun: bool,
    /// Whether it is on offer already.
    pub offered: bool,
    /// Who could take it as things stand, by given name.
    pub could: Vec<String>,
    /// Who could not.
    pub could_not: Vec<Kept>,
    /// What it could be swapped for, soonest first.
    pub swaps: Vec<Swap>,
    /// Why the last thing asked was refused.
    pub refused: Vec<WhyNot>,
    /// Where the way back leads.
    pub back: &'static str,
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let day = words.day(reader.day(model.duty.span.start()));
    let hours = format!("{}, {}", reader.hours(model.duty.span), rung_name(reader, model.duty.rung));
    let title = words.say("handover-change");
    let main = html! {
        (page_head(&format!("{day}, {hours}"), &title, html! { a.btn href=(model.back) { (words.say("handover-back")) } }))
        div.stack.hand-over {
            @if let Some(name) = &model.holder {
                p.lead { (words.say_with("handover-for", &[("name", (&**name).into())])) }
            }
            @if !model.refused.is_empty() {
                div.banner.coral role="alert" {
                    (icon(Icon::Warn))
                    div { strong { (words.say("handover-refused")) } @for reason in &model.refused { p { (why_not(reader, reason)) } } }
                }
            }
            @if model.offered { p { (words.say("handover-is-offered")) } }
            @else {
                @if !model.begun { (give_away(reader, model)) (swap(reader, model)) }
                (absence(reader, model))
            }
            (colleagues(reader, model))
        }
    };
    shell::page(reader, frame, &title, main)
}

/// Whose duty it is, for sentences that say who stays responsible.
fn whose(model: &Model) -> [(&'static str, Value<'_>); 2] {
    match &model.holder {
        Some(name) => [("whose", "colleague".into()), ("name", (&**name).into())],
        None => [("whose", "reader".into()), ("name", "".into())],
    }
}

fn action(model: &Model) -> String {
    format!("/shifts/{}/change", model.shift)
}

fn note(reader: &Reader, name: &str) -> Markup {
    html! {
        div.field {
            label for=(format!("{name}-note")) { (reader.words().say("handover-note")) }
            input id=(format!("{name}-note")) name="note" type="text" maxlength="500" autocomplete="off";
        }
    }
}

fn give_away(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let (from, until) = (reader.time(model.duty.span.start()), reader.time(model.duty.span.end()));
    html! {
        section.card aria-labelledby="give-away" {
            h2 #give-away { (words.say("handover-give-away")) }
            p.muted { (words.say_with("handover-give-away-lead", &whose(model))) }
            form.stack method="post" action=(action(model)) {
                (csrf(reader)) (hidden("kind", "give_away"))
                details.more {
                    summary.btn { (words.say("handover-part")) }
                    div.two {
                        div.field { label for="part-from" { (words.say("handover-part-from")) } input #part-from name="from" type="time" placeholder=(from); }
                        div.field { label for="part-until" { (words.say("handover-part-until")) } input #part-until name="until" type="time" placeholder=(until); }
                    }
                }
                (note(reader, "give-away"))
                button.btn.primary.wide { (words.say("handover-give-away-do")) }
            }
        }
    }
}

fn swap(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        section.card aria-labelledby="swap" {
            h2 #swap { (words.say("handover-swap")) }
            @if model.swaps.is_empty() { p.muted { (words.say("handover-swap-none")) } }
            @else {
                p.muted { (words.say("handover-swap-lead")) }
                form.stack method="post" action=(action(model)) {
                    (csrf(reader)) (hidden("kind", "swap"))
                    div.field {
                        label for="counter" { (words.say("handover-swap-for")) }
                        select #counter name="counter" required {
                            @for swap in &model.swaps {
                                option value=(swap.shift) {
                                    (swap.name) ", " (words.day_short(reader.day(swap.duty.span.start()))) ", "
                                    (reader.hours(swap.duty.span)) ", " (rung_name(reader, swap.duty.rung))
                                }
                            }
                        }
                    }
                    (note(reader, "swap"))
                    button.btn.primary.wide { (words.say("handover-swap-do")) }
                }
            }
        }
    }
}

fn absence(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        section.card aria-labelledby="absence" {
            h2 #absence { (words.say_with("handover-absence", &whose(model))) }
            p.muted { (words.say_with("handover-absence-lead", &whose(model))) }
            form.stack method="post" action=(action(model)) {
                (csrf(reader)) (hidden("kind", "absence"))
                (note(reader, "absence"))
                button.btn.danger.wide { (words.say("handover-absence-do")) }
            }
        }
    }
}

/// Who could take it, and why the others could not.
fn colleagues(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        section.card aria-labelledby="colleagues" {
            h2 #colleagues { (words.say_with("handover-could", &[("count", model.could.len().into())])) }
            @if !model.could.is_empty() { p { (model.could.join(", ")) } }
            @if !model.could_not.is_empty() {
                details.more {
                    summary.btn { (words.say("handover-could-not")) }
                    ul.lines {
                        @for kept in &model.could_not {
                            li { div.grow { strong { (kept.name) } @for reason in &kept.reasons { p.muted { (why_not(reader, reason)) } } } }
                        }
                    }
                }
            }
        }
    }
}
