//! Shares: what each office would bear by every key, what that key settles, and hours given and owed.

use std::collections::BTreeMap;

use domain::{Cents, OrganisationId, PoolId, ShareKey, ShareLine, Sharing};
use maud::{Markup, html};

use super::{
    components::{csrf, empty, hidden, office_class, page_head},
    forms::{Choice, Filled, Form},
    icons::{Icon, icon},
    shell::{self, Frame},
};
use crate::Reader;

mod settled;

/// An office by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub colour: u8,
}

/// The page.
#[derive(Clone, Debug)]
pub struct Model {
    /// The pool's name.
    pub pool: String,
    /// Every pool of whoever looks.
    pub pools: Vec<(PoolId, String)>,
    /// The board's name.
    pub board: String,
    /// The sign of the pool's currency.
    pub currency: &'static str,
    /// Whether every office's line is shown: the board sees all, an office its own.
    pub whole: bool,
    /// Who the offices are.
    pub offices: BTreeMap<OrganisationId, Named>,
    /// What was reckoned.
    pub sharing: Sharing,
    /// The form that was sent and refused, if one was.
    pub filled: Filled,
}

impl Model {
    fn name(&self, office: OrganisationId) -> &str {
        self.offices.get(&office).map_or("", |office| &office.name)
    }

    fn money(&self, reader: &Reader, cents: Cents) -> String {
        reader.words().money(cents, self.currency)
    }
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let main = html! {
        (page_head(&model.pool, &words.say("shares-title"), html! {
            a.btn href=(file(&model.sharing)) download { (icon(Icon::Out)) (words.say("exchange-csv")) }
        }))
        div.stack.shares {
            (ask(reader, model))
            @if model.sharing.lines.is_empty() {
                section.card { (empty(Icon::People, &words.say("shares-nobody"), None)) }
            } @else {
                (keys(reader, model))
                (settled::card(reader, model))
                (settled::hours(reader, model))
            }
            @if model.whole && !model.sharing.lines.is_empty() { (figures(reader, model)) }
        }
    };
    shell::page(reader, frame, &words.say("shares-title"), main)
}

/// The same reckoning as a file.
fn file(sharing: &Sharing) -> String {
    let Sharing { pool, from, until, key, standing, .. } = sharing;
    let (_, whole, rest) = standing.parts();
    format!(
        "/shares/file?pool={pool}&from={from}&until={until}&key={}&standing={whole}.{rest:02}",
        key.word()
    )
}

/// Which months, by which key, and what the board spent.
fn ask(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let form = Form::new(reader, "shares", &model.filled);
    let sharing = &model.sharing;
    let pools: Vec<Choice> = model
        .pools
        .iter()
        .map(|(id, name)| Choice { value: id.to_string(), label: name.clone(), chosen: *id == sharing.pool })
        .collect();
    let keys = ShareKey::ALL.map(|key| Choice {
        value: key.word().to_owned(),
        label: words.say(key_name(key)),
        chosen: key == sharing.key,
    });
    let (_, whole, rest) = sharing.standing.parts();
    html! {
        section.card aria-labelledby="shares-ask" {
            h2 #shares-ask { (icon(Icon::Chart)) (words.say("shares-ask")) }
            p { (words.say(if model.whole { "shares-lead" } else { "shares-lead-office" })) }
            (form.refused())
            form.stack method="get" action="/shares" {
                @if pools.len() > 1 { (form.choose("pool", &words.say("pool-in"), &pools)) }
                @else { (hidden("pool", sharing.pool)) }
                div.two {
                    (form.input("from", "month", &words.say("shares-from"), &sharing.from.to_string()))
                    (form.input("until", "month", &words.say("shares-until"), &sharing.until.to_string()))
                }
                div.two {
                    (form.choose("key", &words.say("shares-key"), &keys))
                    (form.text("standing", &words.say_with("shares-standing", &[("currency", model.currency.into())]), &format!("{whole}{}{rest:02}", words.decimal_point())))
                }
                button.btn.primary { (words.say("shares-do")) }
            }
        }
    }
}

/// Every office's part by every key, side by side.
fn keys(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let sharing = &model.sharing;
    let missing: Vec<String> = ShareKey::ALL
        .into_iter()
        .filter(|key| !sharing.knows(*key))
        .map(|key| words.say(key_words(key).1))
        .collect();
    let cell =
        |line: &ShareLine, key| line.share(key).map_or("–".to_owned(), |cents| model.money(reader, cents));
    html! {
        section.card aria-labelledby="shares-keys" {
            h2 #shares-keys { (words.say("shares-keys")) }
            p { (words.say_with("shares-sum", &[
                ("total", model.money(reader, sharing.total()).into()),
                ("duties", model.money(reader, sharing.duties).into()),
                ("standing", model.money(reader, sharing.standing).into()),
            ])) @if sharing.charged != Cents(0) { " " (words.say_with("shares-charged", &[
                ("charged", model.money(reader, sharing.charged).into()),
            ])) } }
            div.wide tabindex="0" role="group" aria-labelledby="shares-keys" {
                table {
                    thead { tr {
                        th scope="col" { (words.say("shares-office")) }
                        @for key in ShareKey::ALL { th.num scope="col" { (words.say(key_name(key))) } }
                    } }
                    tbody {
                        @for line in &sharing.lines {
                            tr {
                                th scope="row" { (office(model, line.office)) }
                                @for key in ShareKey::ALL {
                                    td.num { @if key == sharing.key { strong { (cell(line, key)) } } @else { (cell(line, key)) } }
                                }
                            }
                        }
                    }
                }
            }
            @if !missing.is_empty() { p.hint { (missing.join(" ")) } }
            @if sharing.duties == Cents(0) { p.hint { (words.say("shares-no-duties")) } }
            @if sharing.lines.iter().any(|line| line.duties.is_none()) { p.hint { (words.say("shares-foreign")) } }
        }
    }
}

fn office(model: &Model, id: OrganisationId) -> Markup {
    let named = model.offices.get(&id);
    html! {
        span class=(format!("dotted {}", office_class(named.map_or(0, |office| office.colour)))) {
            span.dot aria-hidden="true" {} (model.name(id))
        }
    }
}

/// What a key is called, and what to do where it cannot be used.
fn key_words(key: ShareKey) -> (&'static str, &'static str) {
    match key {
        ShareKey::Equal => ("shares-by-equal", "shares-needs-equal"),
        ShareKey::Population => ("shares-by-population", "shares-needs-population"),
        ShareKey::OvernightStays => ("shares-by-overnight-stays", "shares-needs-overnight-stays"),
        ShareKey::Usage => ("shares-by-usage", "shares-needs-usage"),
        ShareKey::TwoPart => ("shares-by-two-part", "shares-needs-two-part"),
        ShareKey::Need => ("shares-by-need", "shares-needs-need"),
    }
}

fn key_name(key: ShareKey) -> &'static str {
    key_words(key).0
}

/// The size of each office, which the board says.
fn figures(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let form = Form::new(reader, "figures", &model.filled);
    let field = |line: &ShareLine, name: &str, label: &str, figure: Option<u32>| {
        let usual = figure.map(|figure| figure.to_string()).unwrap_or_default();
        form.optional(&format!("{name}-{}", line.office), "number", label, &usual)
    };
    html! {
        section #figures .card aria-labelledby="figures-title" {
            h2 #figures-title { (words.say("shares-figures")) }
            p { (words.say("shares-figures-lead")) }
            (form.refused())
            form.stack method="post" action="/shares/figures" {
                (csrf(reader))
                (hidden("pool", model.sharing.pool))
                @for line in &model.sharing.lines {
                    fieldset {
                        legend { (model.name(line.office)) }
                        div.two {
                            (field(line, "population", &words.say("shares-population"), line.figures.population))
                            (field(line, "stays", &words.say("shares-stays"), line.figures.overnight_stays))
                        }
                    }
                }
                button.btn { (words.say("shares-figures-do")) }
            }
        }
    }
}
