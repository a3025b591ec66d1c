//! How duties are counted and paid: a pool's terms of the ledger, who owes nothing on which days, and
//! what an hour of duty gives.

use domain::{Basis, Category, Cents, Exemption, ExemptionId, LedgerTerms, Minutes, PersonId, PoolId, Rate};
use maud::{Markup, html};

use super::{
    components::{careful, csrf, empty, hidden, page_head},
    forms::{Choice, Filled, Form, NOTHING_SENT},
    icons::{Icon, icon},
    my_ledger::name as category_name,
    shell::{self, Frame},
};
use crate::{Reader, Words};

/// Where the page stands.
pub const HERE: &str = "/ledger";

/// How one pool keeps its ledger.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The pool.
    pub pool: PoolId,
    /// Its name.
    pub name: String,
    /// What its planner decided.
    pub terms: LedgerTerms,
}

/// What an organisation keeps of it.
#[derive(Clone, Debug)]
pub struct Model {
    /// The organisation.
    pub organisation: String,
    /// The pools it organises.
    pub terms: Vec<Terms>,
    /// Who of its staff owes nothing on which days, latest first, with the name.
    pub exemptions: Vec<(Exemption, String)>,
    /// What an hour gives here, by its first day.
    pub rates: Vec<Rate>,
    /// Its staff.
    pub people: Vec<(PersonId, String)>,
    /// The sign of its currency.
    pub currency: &'static str,
    /// The form that was sent and refused, if it was.
    pub filled: Filled,
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let main = html! {
        (page_head(&model.organisation, &words.say("books-title"), html! {
            a.btn href="/statements" { (icon(Icon::Files)) (words.say("statements-title")) }
            a.btn href="/interventions" { (icon(Icon::Moon)) (words.say("interventions-title")) }
        }))
        div.stack {
            @for one in &model.terms { (terms(reader, model, one)) }
            (exemptions(reader, model))
            (rates(reader, model))
        }
    };
    shell::page(reader, frame, &words.say("books-title"), main)
}

/// How a pool's duties are counted.
fn terms(reader: &Reader, model: &Model, one: &Terms) -> Markup {
    let words = reader.words();
    let refused = Form::new(reader, "terms", &model.filled).holds("pool", &one.pool.to_string());
    let form = Form::new(reader, "terms", if refused { &model.filled } else { &NOTHING_SENT });
    let form = form.numbered(one.pool.0.as_u128());
    let title = format!("terms-title-{}", one.pool);
    let (backup_hint, cap_hint) = (words.say("books-backup-hint"), words.say("books-cap-hint"));
    html! {
        section.card aria-labelledby=(title) {
            h2 id=(title) { (icon(Icon::Book)) (words.say_with("books-terms", &[("pool", (&*one.name).into())])) }
            p.muted { (words.say("books-terms-lead")) }
            (form.refused())
            form.stack method="post" action=(format!("{HERE}/terms")) {
                (csrf(reader))
                (hidden("pool", one.pool))
                div.two {
                    (form.hinted("backup", "text", &words.say("books-backup"), &hundredths(words, one.terms.backup_bp), Some(&backup_hint)))
                    (form.hinted("cap", "text", &words.say("books-cap"), &clock(one.terms.cap), Some(&cap_hint)))
                }
                button.btn.primary { (words.say("books-terms-do")) }
            }
        }
    }
}

fn exemptions(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let form = Form::new(reader, "exemption", &model.filled);
    let today = reader.today().to_string();
    html! {
        section.card aria-labelledby="exemptions-title" {
            h2 #exemptions-title { (icon(Icon::People)) (words.say("books-exemptions")) }
            p { (words.say("books-exemptions-why")) }
            @if model.exemptions.is_empty() { (empty(Icon::People, &words.say("books-exemptions-none"), None)) }
            @else {
                ul.lines.wraps {
                    @for (one, name) in &model.exemptions {
                        @let days = words.days(one.from, one.until);
                        li {
                            span.grow { strong { (name) } " " (days) }
                            (take_back(reader, &exemption_address(one.id), &format!("{name} {days}"), "books-exemption-effect"))
                        }
                    }
                }
            }
            details.more open[form.was_refused()] {
                summary.btn.sm { (icon(Icon::Plus)) (words.say("books-exemption-add")) }
                (form.refused())
                form.stack method="post" action=(format!("{HERE}/exemptions")) {
                    (csrf(reader))
                    (form.choose("person", &words.say("books-who"), &people(model)))
                    div.two {
                        (form.input("from", "date", &words.say("form-from"), &today))
                        (form.input("until", "date", &words.say("books-until"), &today))
                    }
                    button.btn.primary { (words.say("books-exemption-do")) }
                }
            }
        }
    }
}

fn exemption_address(id: ExemptionId) -> String {
    format!("{HERE}/exemptions/{id}/remove")
}

fn people(model: &Model) -> Vec<Choice> {
    let one = |(id, name): &(PersonId, String)| Choice {
        value: id.to_string(),
        label: name.clone(),
        chosen: false,
    };
    model.people.iter().map(one).collect()
}

fn rates(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let form = Form::new(reader, "rate", &model.filled);
    html! {
        section.card aria-labelledby="rates-title" {
            h2 #rates-title { (icon(Icon::Files)) (words.say("books-rates")) }
            p { (words.say("books-rates-why")) }
            @if model.rates.is_empty() { (empty(Icon::Files, &words.say("books-rates-none"), None)) }
            @else {
                ul.lines.wraps {
                    @for one in &model.rates {
                        @let what = rate_words(reader, model.currency, one);
                        li {
                            div.grow {
                                strong { (what) }
                                p.muted { (words.say_with("agreements-since", &[("day", words.date_year(one.from).into())])) ", " (one.source) }
                            }
                            (take_back(reader, &format!("{HERE}/rates/{}/remove", one.id), &what, "books-rate-effect"))
                        }
                    }
                }
            }
            details.more open[form.was_refused()] {
                summary.btn.sm { (icon(Icon::Plus)) (words.say("books-rate-add")) }
                (form.refused())
                (rate_form(reader, model.currency, form))
            }
        }
    }
}

fn rate_form(reader: &Reader, currency: &str, form: Form<'_>) -> Markup {
    let words = reader.words();
    let basis = |basis: Basis| Choice {
        value: basis.word().to_owned(),
        label: words.say(basis_key(basis)),
        chosen: basis == Basis::Standby,
    };
    let category = |category: Category| Choice {
        value: category.word().to_owned(),
        label: category_name(words, Some(category)),
        chosen: false,
    };
    let every = Choice { value: String::new(), label: words.say("books-every-hour"), chosen: true };
    let categories: Vec<Choice> =
        std::iter::once(every).chain(Category::ALL.into_iter().map(category)).collect();
    let source_hint = words.say("agreements-document-hint");
    html! {
        form.stack method="post" action=(format!("{HERE}/rates")) {
            (csrf(reader))
            div.two {
                (form.choose("basis", &words.say("books-basis"), &Basis::ALL.map(basis)))
                (form.choose("category", &words.say("books-category"), &categories))
            }
            div.two {
                (form.optional("hourly", "text", &words.say_with("books-hourly", &[("currency", currency.into())]), ""))
                (form.optional("rest", "number", &words.say("books-rest"), ""))
            }
            div.two {
                (form.input("from", "date", &words.say("form-from"), &reader.today().to_string()))
                (form.hinted("source", "text", &words.say("agreements-document"), "", Some(&source_hint)))
            }
            button.btn.primary { (words.say("books-rate-do")) }
        }
    }
}

/// "Waiting on standby, Sundays: €3.00 and 15 min of rest an hour".
fn rate_words(reader: &Reader, currency: &str, rate: &Rate) -> String {
    let words = reader.words();
    let money = (rate.hourly != Cents(0)).then(|| words.money(rate.hourly, currency));
    let rest = (rate.rest != Minutes(0))
        .then(|| words.say_with("statements-rest", &[("rest", words.length(rate.rest).into())]));
    let gives: Vec<String> = money.into_iter().chain(rest).collect();
    let category = match rate.category {
        Some(category) => category_name(words, Some(category)),
        None => words.say("books-every-hour"),
    };
    let values = [
        ("basis", words.say(basis_key(rate.basis)).into()),
        ("category", category.into()),
        ("gives", gives.join(" + ").into()),
    ];
    words.say_with("books-rate", &values)
}

fn basis_key(basis: Basis) -> &'static str {
    match basis {
        Basis::Standby => "books-standby",
        Basis::Work => "books-work",
    }
}

/// The way to take something back, with what that does.
fn take_back(reader: &Reader, action: &str, of: &str, effect: &str) -> Markup {
    let words = reader.words();
    careful(
        &words.say("books-remove"),
        of,
        html! {
            form.stack method="post" action=(action) {
                (csrf(reader))
                p { (words.say(effect)) }
                button.btn.danger { (words.say("books-remove-do")) }
            }
        },
    )
}

/// Basis points as somebody types percent: "50", "33.33" or "33,33".
fn hundredths(words: Words, basis_points: u32) -> String {
    words.basis_points(i64::from(basis_points)).trim_end_matches(['\u{a0}', '%']).to_owned()
}

/// Minutes as somebody types hours: "16", "16:30".
fn clock(Minutes(minutes): Minutes) -> String {
    match minutes % 60 {
        0 => (minutes / 60).to_string(),
        part => format!("{}:{part:02}", minutes / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_stands_in_its_field_as_somebody_would_type_it() {
        let percent = |language| [5_000, 3_333, 5].map(|one| hundredths(Words::of(language), one));
        assert_eq!(percent(domain::Language::EN), ["50", "33.33", "0.05"]);
        assert_eq!(percent(domain::Language::FR), ["50", "33,33", "0,05"]);
        assert_eq!([960, 990, 5].map(|minutes| clock(Minutes(minutes))), ["16", "16:30", "0:05"]);
    }
}
