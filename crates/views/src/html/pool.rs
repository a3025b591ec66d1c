//! A board's pools: what they need covered, which offices watch together, and adding to both.

use domain::{Calendar, Language, Need, OrganisationId, PoolId, Tz};
use maud::{Markup, html};

use super::{
    components::{careful, csrf, empty, hidden, language_row, office_class, page_head},
    coverage::window_words,
    forms::{Choice, Filled, Form, NOTHING_SENT, Usual, first_again},
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
    /// What it needs from today on.
    pub needs: Vec<Need>,
    /// Who watches.
    pub members: Vec<Member>,
    /// Whether what advisors agree among themselves waits for the planner.
    pub approval: bool,
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
                div.stack { @for pool in &model.pools { (one(reader, pool, model)) } }
                div.stack { (add_office(reader, model)) (make(reader, model)) }
            }
        }
    };
    shell::page(reader, frame, &words.say("place-pool"), main)
}

fn one(reader: &Reader, pool: &Needed, model: &Model) -> Markup {
    let words = reader.words();
    let form = Form::new(reader, "need", &model.filled);
    let refused = form.was_refused() && form.holds("pool", &pool.id.to_string());
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
            h3 { (words.say("pool-needs")) }
            @if pool.needs.is_empty() { p.muted { (words.say("pool-no-needs")) } }
            ul.lines { @for need in &pool.needs { (need_line(reader, need)) } }
            details.more open[refused || pool.needs.is_empty()] {
                summary.btn { (icon(Icon::Plus)) (words.say("pool-need-add")) }
                (add_need(reader, pool, if refused { &model.filled } else { &NOTHING_SENT }))
            }
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

fn need_line(reader: &Reader, need: &Need) -> Markup {
    let words = reader.words();
    let hours = window_words(reader, &need.window);
    let end = words.say("pool-need-end");
    html! {
        li {
            div.grow {
                strong { (hours) }
                p.muted {
                    (words.say_with("pool-people", &[("leads", u32::from(need.leads).into()), ("backups", u32::from(need.backups).into())]))
                    @if !need.languages.is_empty() { " · " (language_row(&need.languages)) }
                    " · " (words.say_with("pool-need-from", &[("day", words.date_year(need.from).into())]))
                    @if let Some(last) = need.until { " " (words.say_with("pool-need-until", &[("day", words.date_year(last).into())])) }
                }
            }
            (careful(&end, &hours, html! {
                form.stack method="post" action=(format!("/pool/needs/{}/end", need.id)) {
                    (csrf(reader))
                    p { (words.say("pool-need-end-effect")) }
                    button.btn.danger { (words.say("pool-need-end-do")) }
                }
            }))
        }
    }
}

fn add_need(reader: &Reader, pool: &Needed, filled: &Filled) -> Markup {
    let words = reader.words();
    let form = Form::new(reader, "need", filled).numbered(pool.id.0.as_u128());
    let days = ["workdays", "free", "all"].map(|days| Choice {
        value: days.to_owned(),
        label: words.say(&format!("days-{days}")),
        chosen: days == "workdays",
    });
    let languages: Vec<(&str, String, bool)> = ["fr", "en", "de", "it", "nl", "es"]
        .into_iter()
        .filter_map(|code| Some((code, words.language_name(Language::parse(code)?).to_owned(), false)))
        .collect();
    html! {
        form.stack method="post" action="/pool/needs" {
            (csrf(reader))
            (hidden("pool", pool.id))
            (form.refused())
            (form.choose("days", &words.say("coverage-days"), &days))
            div.two {
                (form.input("from", "time", &words.say("coverage-from-time"), "18:00"))
                (form.input("until", "time", &words.say("coverage-until-time"), "22:00"))
            }
            div.two {
                (form.input("leads", "number", &words.say("pool-leads"), "1"))
                (form.input("backups", "number", &words.say("pool-backups"), "1"))
            }
            (form.boxes("languages", &words.say("pool-languages"), &languages))
            div.two {
                (form.hinted("first", "date", &words.say("pool-need-first"), &reader.today().to_string(), Some(&words.say("pool-need-first-hint"))))
                (form.optional("last", "date", &words.say("pool-need-last"), &words.say("pool-need-last-hint")))
            }
            button.btn.primary { (words.say("pool-need-do")) }
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
