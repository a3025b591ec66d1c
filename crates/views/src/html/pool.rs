//! A board's pools: what they need covered, which offices watch together, and adding to both.

mod holidays;
mod needs;
mod proposals;

use chrono::NaiveDate;
use domain::{Calendar, Language, Need, OrganisationId, Outlook, PoolId, Tz};
use maud::{Markup, html};

use super::{
    components::{csrf, empty, hidden, office_class, page_head},
    forms::{Choice, Filled, Form, Usual, first_again},
    icons::{Icon, icon},
    shell::{self, Frame},
};
use crate::Reader;

/// An office that watches.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its short name.
    pub slug: String,
    /// Its colour.
    pub colour: u8,
    /// Whether nobody manages it yet.
    pub unmanned: bool,
}

/// A pool and what it needs.
#[derive(Clone, Debug)]
pub struct Needed {
    /// The pool.
    pub id: PoolId,
    /// Its name.
    pub name: String,
    /// Which public holidays its needs keep.
    pub calendar: Calendar,
    /// What it needs from today on.
    pub needs: Vec<Need>,
    /// Who watches.
    pub members: Vec<Member>,
    /// Whether what advisors agree among themselves waits for the planner.
    pub approval: bool,
    /// What the last weeks propose.
    pub outlook: Outlook,
}

/// The page.
#[derive(Clone, Debug)]
pub struct Model {
    /// The board.
    pub board: String,
    /// Where its clocks hang: new offices begin with it.
    pub zone: Tz,
    /// Its holidays.
    pub calendar: Calendar,
    /// Its language.
    pub language: Language,
    /// Its pools.
    pub pools: Vec<Needed>,
    /// Each zone of school holidays that is kept, with the last day known of it.
    pub school: Vec<(String, NaiveDate)>,
    /// The form that was sent and refused, if one was.
    pub filled: Filled,
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let main = html! {
        (page_head(&model.board, &words.say("place-pool"), html! {}))
        div.split {
            @if model.pools.is_empty() {
                section.card { (empty(Icon::Board, &words.say("pool-make-lead"), None)) }
                (make(reader, model))
            } @else {
                div.stack {
                    @for pool in &model.pools {
                        (one(reader, pool, model))
                        @if !pool.members.is_empty() { (proposals::card(reader, (pool.id, &pool.name), &pool.outlook)) }
                    }
                }
                div.stack { (add_office(reader, model)) (make(reader, model)) }
            }
        }
    };
    shell::page(reader, frame, &words.say("place-pool"), main)
}

fn one(reader: &Reader, pool: &Needed, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        section.card aria-labelledby=(format!("pool-{}", pool.id)) {
            h2 id=(format!("pool-{}", pool.id)) { (icon(Icon::Board)) (pool.name) }
            @if pool.members.is_empty() { p.muted { (words.say("pool-no-members")) } }
            @else {
                ul.pills {
                    @for member in &pool.members {
                        li class=(format!("pill {}", office_class(member.colour))) { span.dot aria-hidden="true" {} (member.name) }
                    }
                }
            }
            (unmanned(reader, pool, model))
            (approval(reader, pool))
            (holidays::part(reader, (pool.id, pool.calendar), &model.filled))
            (needs::part(reader, pool, model))
        }
    }
}

/// The members whose first manager has not come yet, each with a way to invite them again.
fn unmanned(reader: &Reader, pool: &Needed, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        @if pool.members.iter().any(|member| member.unmanned) {
            ul.lines {
                @for member in pool.members.iter().filter(|member| member.unmanned) {
                    li {
                        div.grow {
                            strong { (member.name) }
                            p.muted { (words.say("pool-unmanned")) }
                            (first_again(reader, &model.filled, "/pool/managers", member.id))
                        }
                    }
                }
            }
        }
    }
}

/// Whether the planner has a word in handovers, and a press that changes it.
fn approval(reader: &Reader, pool: &Needed) -> Markup {
    let words = reader.words();
    let (says, change) = if pool.approval {
        ("pool-approval-on", "pool-approval-turn-off")
    } else {
        ("pool-approval-off", "pool-approval-turn-on")
    };
    html! {
        form.row method="post" action="/pool/approval" {
            (csrf(reader))
            (hidden("pool", pool.id))
            @if !pool.approval { (hidden("approval", "yes")) }
            p.grow { (words.say(says)) }
            button.btn.sm { (words.say(change)) }
        }
    }
}

fn add_office(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let form = Form::new(reader, "office", &model.filled);
    let usual = Usual { zone: model.zone, calendar: model.calendar, language: model.language };
    let pools: Vec<Choice> = model
        .pools
        .iter()
        .map(|pool| Choice { value: pool.id.to_string(), label: pool.name.clone(), chosen: false })
        .collect();
    html! {
        section #office .card aria-labelledby="office-title" {
            h2 #office-title { (icon(Icon::Plus)) (words.say("pool-office")) }
            p { (words.say("pool-office-lead")) }
            (form.refused())
            form.stack method="post" action="/pool/offices" {
                (csrf(reader))
                @if let [only] = &pools[..] { (hidden("pool", &only.value)) }
                @else { (form.choose("pool", &words.say("pool-in"), &pools)) }
                (form.hinted("from", "date", &words.say("pool-office-from"), &reader.today().to_string(), Some(&words.say("pool-office-from-hint"))))
                (form.organisation(usual, &words.say("pool-office-first")))
                button.btn.primary { (icon(Icon::Mail)) (words.say("pool-office-do")) }
            }
        }
    }
}

fn make(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let form = Form::new(reader, "pool", &model.filled);
    let first = model.pools.is_empty();
    html! {
        section #make .card aria-labelledby="make-title" {
            h2 #make-title { (words.say("pool-make")) }
            (form.refused())
            form.stack method="post" action="/pool" {
                (csrf(reader))
                (form.text("name", &words.say("pool-name"), ""))
                button.btn .primary[first] { (words.say("pool-make-do")) }
            }
        }
    }
}
