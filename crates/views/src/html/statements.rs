//! Statements: what an office's people did on duty in a month, what is owed for it, and the month's
//! files.

use domain::{Cents, DutyKind, Minutes, Month, Owed, PersonId, Statement};
use maud::{Markup, html};

use super::{
    components::{empty, page_head, rung_name},
    icons::{Icon, icon},
    shell::{self, Frame},
};
use crate::Reader;

/// One person's month.
#[derive(Clone, Debug)]
pub struct OnePerson {
    /// Who.
    pub id: PersonId,
    /// Given and family name.
    pub name: String,
    /// Their duties, and what is owed.
    pub statement: Statement,
    /// What they worked in the month, office hours included, as far as it is over.
    pub worked: Minutes,
}

/// Everybody's month at one office.
#[derive(Clone, Debug)]
pub struct Model {
    /// The office.
    pub organisation: String,
    /// The month.
    pub month: Month,
    /// The month before it.
    pub before: Month,
    /// The month after it, if that has begun.
    pub after: Option<Month>,
    /// Whoever worked there, by family name.
    pub people: Vec<OnePerson>,
    /// Whether the office has said what an hour gives.
    pub has_rates: bool,
    /// The sign of the office's currency.
    pub currency: &'static str,
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let main = html! {
        (page_head(&model.organisation, &words.say("statements-title"), html! {
            a.btn href=(address(model.before)) { (icon(Icon::Left)) (words.month_year(model.before.first())) }
            @if let Some(after) = model.after { a.btn href=(address(after)) { (words.month_year(after.first())) (icon(Icon::Right)) } }
            a.btn href=(format!("/interventions?month={}", model.month)) { (icon(Icon::Moon)) (words.say("interventions-title")) }
        }))
        div.stack {
            section.card aria-labelledby="month-title" {
                h2 #month-title { (words.month_year(model.month.first())) }
                p { (words.say("statements-why")) }
                @if !model.has_rates {
                    p.muted { (words.say("statements-no-rates")) " " a href="/ledger" { (words.say("books-rate-add")) } }
                }
                @if model.people.is_empty() { (empty(Icon::People, &words.say("statements-nobody"), None)) }
                @for one in &model.people { (person(reader, model.currency, one)) }
            }
            (files(reader, model.month))
        }
    };
    shell::page(reader, frame, &words.say("statements-title"), main)
}

fn address(month: Month) -> String {
    format!("/statements?month={month}")
}

/// A line that opens the duties behind it.
fn person(reader: &Reader, currency: &str, one: &OnePerson) -> Markup {
    let words = reader.words();
    let statement = &one.statement;
    let sum = [
        ("work", words.length(statement.work).into()),
        ("standby", words.length(statement.standby).into()),
        ("worked", words.length(one.worked).into()),
    ];
    html! {
        details.month-of id=(format!("person-{}", one.id)) {
            summary {
                strong { (one.name) } " "
                (words.say_with("ledger-duties", &[("count", statement.lines.len().into())]))
                ", " (owed(reader, currency, statement.owed))
            }
            p.muted { (words.say_with("statements-sum", &sum)) }
            @if !statement.lines.is_empty() || !statement.apart.is_empty() { (duties(reader, currency, statement)) }
        }
    }
}

fn duties(reader: &Reader, currency: &str, Statement { lines, apart, .. }: &Statement) -> Markup {
    let words = reader.words();
    html! {
        ul.lines {
            @for line in lines {
                li {
                    span.grow {
                        (words.day_short(line.day)) " " strong { (reader.hours(line.span)) }
                        ", " (rung_name(reader, line.rung))
                        @if line.kind == DutyKind::Standby {
                            ", " (words.say_with("statements-standby", &[("work", words.length(line.work).into())]))
                        }
                    }
                    span { (owed(reader, currency, line.owed)) }
                }
            }
            @for one in apart {
                li {
                    span.grow {
                        (words.day_short(one.day)) " " strong { (reader.hours(one.span)) } ", " (words.say("statements-apart"))
                    }
                    span { (owed(reader, currency, one.owed)) }
                }
            }
        }
    }
}

/// "€22.00, 25 min of rest"; a dash where nothing is owed.
fn owed(reader: &Reader, currency: &str, owed: Owed) -> String {
    let words = reader.words();
    let money = (owed.money != Cents(0)).then(|| words.money(owed.money, currency));
    let rest = (owed.rest != Minutes(0))
        .then(|| words.say_with("statements-rest", &[("rest", words.length(owed.rest).into())]));
    let said: Vec<String> = money.into_iter().chain(rest).collect();
    if said.is_empty() { "–".to_owned() } else { said.join(", ") }
}

fn files(reader: &Reader, month: Month) -> Markup {
    let words = reader.words();
    let file = |kind: &str| format!("/statements/{kind}?month={month}");
    html! {
        section.card aria-labelledby="files-title" {
            h2 #files-title { (icon(Icon::Out)) (words.say("statements-files")) }
            ul.lines {
                li {
                    span.grow { strong { (words.say("statements-pay")) } " " span.muted { (words.say("statements-pay-what")) } }
                    a.btn.sm href=(file("pay")) download { (words.say("exchange-csv")) span.vh { " " (words.say("statements-pay")) } }
                }
                li {
                    span.grow { strong { (words.say("statements-register")) } " " span.muted { (words.say("statements-register-what")) } }
                    a.btn.sm href=(file("register")) download { (words.say("exchange-csv")) span.vh { " " (words.say("statements-register")) } }
                }
            }
        }
    }
}
