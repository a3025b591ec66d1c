//! A board's pools: what they need covered, which offices watch together, and adding to both.

use domain::{Calendar, Language, Need, PoolId, Tz};
use maud::{Markup, html};

use super::{
    components::{csrf, hidden, language_row, office_class, page_head},
    coverage::window_words,
    forms::{self, Choice, Usual},
    icons::{Icon, icon},
    shell::{self, Frame},
};
use crate::Reader;

/// An office that watches.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its short name.
    pub slug: String,
    /// Its colour.
    pub colour: u8,
}

/// A pool and what it needs.
#[derive(Clone, Debug)]
pub struct Needed {
    /// The pool.
    pub id: PoolId,
    /// Its name.
    pub name: String,
    /// What it needs from today on.
    pub needs: Vec<Need>,
    /// Who watches.
    pub members: Vec<Member>,
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
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let main = html! {
        (page_head(&model.board, &words.say("place-pool"), html! {}))
        div.column {
            @for (number, pool) in model.pools.iter().enumerate() { (one(reader, pool, number == 0)) }
            @if !model.pools.is_empty() { (add_office(reader, model)) }
            (make(reader, model.pools.is_empty()))
        }
    };
    shell::page(reader, frame, &words.say("place-pool"), main)
}

fn one(reader: &Reader, pool: &Needed, first: bool) -> Markup {
    let words = reader.words();
    html! {
        section.card {
            h2 { (icon(Icon::Board)) (pool.name) }
            p {
                @if pool.members.is_empty() { span.muted { (words.say("pool-no-members")) } }
                @for member in &pool.members {
                    span class=(format!("pill {}", office_class(member.colour))) { span.dot aria-hidden="true" {} (member.name) } " "
                }
            }
            h3 { (words.say("pool-needs")) }
            @if pool.needs.is_empty() { p.muted { (words.say("pool-no-needs")) } }
            ul.lines { @for need in &pool.needs { (need_line(reader, need)) } }
            details open[first && pool.needs.is_empty()] {
                summary.btn { (icon(Icon::Plus)) (words.say("pool-need-add")) }
                (add_need(reader, pool))
            }
        }
    }
}

fn need_line(reader: &Reader, need: &Need) -> Markup {
    let words = reader.words();
    let hours = window_words(reader, &need.window);
    html! {
        li {
            div.grow {
                strong { (hours) }
                p.muted {
                    (words.say_with("pool-people", &[("leads", u32::from(need.leads).into()), ("backups", u32::from(need.backups).into())]))
                    @if !need.languages.is_empty() { " · " (language_row(&need.languages)) }
                }
            }
            form method="post" action=(format!("/pool/needs/{}/end", need.id)) {
                (csrf(reader))
                button.btn.sm { (words.say("pool-need-end")) span.vh { " " (hours) } }
            }
        }
    }
}

fn add_need(reader: &Reader, pool: &Needed) -> Markup {
    let words = reader.words();
    let id = |name: &str| format!("need-{name}-{}", pool.id);
    let field = |name: &str, kind: &str, label: String, value: &str| {
        html! {
            div.field {
                label for=(id(name)) { (label) }
                input id=(id(name)) name=(name) type=(kind) value=(value) required
                    min=[(kind == "number").then_some("0")] max=[(kind == "number").then_some("20")];
            }
        }
    };
    html! {
        form.stack method="post" action="/pool/needs" {
            (csrf(reader))
            (hidden("pool", pool.id))
            div.field {
                label for=(id("days")) { (words.say("coverage-days")) }
                select id=(id("days")) name="days" {
                    option value="workdays" { (words.say("days-workdays")) }
                    option value="free" { (words.say("days-free")) }
                    option value="all" { (words.say("days-all")) }
                }
            }
            div.two {
                (field("from", "time", words.say("coverage-from-time"), "18:00"))
                (field("until", "time", words.say("coverage-until-time"), "22:00"))
            }
            div.two {
                (field("leads", "number", words.say("pool-leads"), "1"))
                (field("backups", "number", words.say("pool-backups"), "1"))
            }
            fieldset.row {
                legend { (words.say("pool-languages")) }
                @for language in [Language::FR, Language::EN] {
                    label.check { input type="checkbox" name=(language.code()) value="true"; span { (words.language_name(language)) } }
                }
                @for code in ["de", "it", "nl", "es"] {
                    @if let Some(language) = Language::parse(code) {
                        label.check { input type="checkbox" name=(code) value="true"; span { (words.language_name(language)) } }
                    }
                }
            }
            button.btn.primary { (words.say("pool-need-do")) }
        }
    }
}

fn add_office(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let usual = Usual { zone: model.zone, calendar: model.calendar, language: model.language };
    let pools: Vec<Choice> = model
        .pools
        .iter()
        .map(|pool| Choice { value: pool.id.to_string(), label: pool.name.clone(), chosen: false })
        .collect();
    html! {
        section #office .card aria-labelledby="office-title" {
            h2 #office-title { (words.say("pool-office")) }
            p { (words.say("pool-office-lead")) }
            form.stack method="post" action="/pool/offices" {
                (csrf(reader))
                (forms::choose("pool", &words.say("pool-in"), &pools))
                (forms::organisation(reader, usual, &words.say("pool-office-first")))
                button.btn.primary { (icon(Icon::Plus)) (words.say("pool-office-do")) }
            }
        }
    }
}

fn make(reader: &Reader, first: bool) -> Markup {
    let words = reader.words();
    html! {
        section #make .card aria-labelledby="make-title" {
            h2 #make-title { (words.say("pool-make")) }
            @if first { p { (words.say("pool-make-lead")) } }
            form.stack method="post" action="/pool" {
                (csrf(reader))
                div.field {
                    label for="pool-name" { (words.say("pool-name")) }
                    input #pool-name name="name" type="text" required maxlength="80" autocomplete="off";
                }
                button.btn .primary[first] { (words.say("pool-make-do")) }
            }
        }
    }
}
