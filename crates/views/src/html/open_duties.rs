//! Open duties: what an advisor may take on *My shifts*, and who asks the planner for one on *Today*.

use domain::{AssignmentId, Language, TakingId, WhyNot};
use maud::{Markup, html};

use super::{
    components::{careful, csrf, language_badge, pill},
    handovers::{Stretch, told, why_not},
    icons::{Icon, icon},
};
use crate::Reader;

/// A place that nobody fills.
#[derive(Clone, Debug)]
pub struct Hole {
    /// Which.
    pub place: AssignmentId,
    /// Its hours and rung.
    pub duty: Stretch,
    /// Languages it asks for.
    pub languages: Vec<Language>,
    /// Why the reader may not take it; nothing if they may.
    pub against: Vec<WhyNot>,
}

/// What the reader asked for, or took and may still give back.
#[derive(Clone, Debug)]
pub struct Mine {
    /// Which.
    pub id: TakingId,
    /// The duty.
    pub duty: Stretch,
    /// Whether the planner has not said yes yet.
    pub waits: bool,
}

/// Everything of it that concerns the reader.
#[derive(Clone, Debug, Default)]
pub struct Open {
    /// What they may take, soonest first.
    pub may: Vec<Hole>,
    /// What they may not.
    pub may_not: Vec<Hole>,
    /// What they asked for or took.
    pub mine: Vec<Mine>,
}

/// Somebody who asks for an open duty.
#[derive(Clone, Debug)]
pub struct Asking {
    /// Which.
    pub id: TakingId,
    /// Who, by given name.
    pub name: String,
    /// The duty.
    pub duty: Stretch,
    /// What stands against it by now.
    pub against: Vec<WhyNot>,
}

/// The part of *My shifts* about it; an empty place for live parts where there is nothing.
pub fn open(reader: &Reader, model: &Open) -> Markup {
    let words = reader.words();
    html! {
        section #open-duties data-live="shifts today" aria-label=(words.say("open-title")) {
            @for mine in &model.mine { (mine_card(reader, mine)) }
            @if !model.may.is_empty() {
                h2 { (words.say("open-title")) }
                p.muted { (words.say("open-lead")) }
                @for hole in &model.may { (hole_card(reader, hole)) }
            }
            @if !model.may_not.is_empty() {
                details.more {
                    summary.btn.sm.quiet { (words.say_with("open-not-you", &[("count", model.may_not.len().into())])) }
                    @for hole in &model.may_not { (hole_card(reader, hole)) }
                }
            }
        }
    }
}

fn hole_card(reader: &Reader, hole: &Hole) -> Markup {
    let words = reader.words();
    html! {
        article.card.handover {
            h3 { (icon(Icon::Calendar)) (told(reader, hole.duty)) @for language in &hole.languages { " " (language_badge(reader, *language)) } }
            @if hole.against.is_empty() {
                form method="post" action=(format!("/open-duties/{}/take", hole.place)) {
                    (csrf(reader))
                    button.btn.primary { (words.say("handover-accept")) span.vh { " " (told(reader, hole.duty)) } }
                }
            }
            @for reason in &hole.against {
                p.muted { (words.say("handover-not-you")) " " (why_not(reader, reason)) }
            }
        }
    }
}

fn mine_card(reader: &Reader, mine: &Mine) -> Markup {
    let words = reader.words();
    html! {
        article.card.handover {
            h3 { (icon(Icon::Check)) (told(reader, mine.duty)) }
            @if mine.waits {
                p { (words.say("open-waits")) }
                div.row { (press(reader, mine.id, "give-back", "btn", &words.say("handover-withdraw"))) }
            } @else {
                p.muted { (words.say("open-taken")) }
                (careful(&words.say("handover-give-back"), &told(reader, mine.duty), html! {
                    p { (words.say("open-give-back-effect")) }
                    (press(reader, mine.id, "give-back", "btn primary", &words.say("open-give-back-do")))
                }))
            }
        }
    }
}

/// One line of what needs the planner.
pub fn asking(reader: &Reader, one: &Asking) -> Markup {
    let words = reader.words();
    html! {
        div.issue {
            (icon(Icon::Calendar))
            div.handover-line {
                strong { (words.say_with("open-asks", &[("name", (&*one.name).into())])) }
                p { (told(reader, one.duty)) }
                @for reason in &one.against { p { (pill("coral", &words.say("today-forbidden"))) " " (why_not(reader, reason)) } }
                div.row {
                    @if one.against.is_empty() { (press(reader, one.id, "approve", "btn sm primary", &words.say("today-approve"))) }
                    (press(reader, one.id, "refuse", "btn sm", &words.say("today-refuse")))
                }
            }
        }
    }
}

fn press(reader: &Reader, id: TakingId, act: &str, class: &str, label: &str) -> Markup {
    html! {
        form method="post" action=(format!("/takings/{id}/{act}")) {
            (csrf(reader))
            button class=(class) { (label) }
        }
    }
}
