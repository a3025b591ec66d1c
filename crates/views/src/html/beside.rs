//! Two drafts side by side: their figures in two columns, and who has what in one alone.

use chrono::NaiveDate;
use domain::RotaId;
use maud::{Markup, html};

use super::{
    compare::{Duty, duties},
    components::{Face, empty, page_head},
    icons::{Icon, icon},
    rota::Score,
    shell::{self, Frame},
};
use crate::Reader;

/// One of the two.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Which.
    pub rota: RotaId,
    /// The how-manieth draft of its pool it is.
    pub number: u32,
    /// Its first and last day.
    pub days: (NaiveDate, NaiveDate),
    /// How good it is, over all its days.
    pub score: Score,
    /// Places nobody stands in.
    pub open: usize,
}

/// One person in both.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub face: Face,
    /// Duties they have in the first alone, in order.
    pub only_first: Vec<Duty>,
    /// Duties they have in the second alone, in order.
    pub only_second: Vec<Duty>,
    /// How many they have in both.
    pub both: usize,
    /// By how many worth-minutes they are over their fair share in each; less than zero: under.
    pub over: (i64, i64),
}

/// Both.
#[derive(Clone, Debug)]
pub struct Model {
    /// The pool.
    pub pool: String,
    /// The days they share.
    pub days: (NaiveDate, NaiveDate),
    /// The first and the second.
    pub drafts: [Draft; 2],
    /// Everybody who has a duty in one of them, by name.
    pub people: Vec<Person>,
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let words = reader.words();
    let days = words.days(model.days.0, model.days.1);
    let title = words.say("beside-title");
    let different: Vec<&Person> =
        model.people.iter().filter(|one| !one.only_first.is_empty() || !one.only_second.is_empty()).collect();
    let main = html! {
        (page_head(&format!("{} · {days}", model.pool), &title, html! {
            a.btn href=(format!("/rota/{}/compare", model.drafts[0].rota)) { (icon(Icon::Left)) (words.say("beside-back")) }
        }))
        div.stack {
            section.card aria-labelledby="figures-title" {
                h2 #figures-title { (words.say("beside-figures")) }
                (figures(reader, model))
            }
            section.card aria-labelledby="people-title" {
                div.card-head {
                    h2 #people-title { (words.say("beside-people")) }
                    span.muted { (words.say_with("compare-untouched", &[("count", (model.people.len() - different.len()).into())])) }
                }
                @if different.is_empty() { (empty(Icon::Check, &words.say("beside-same"), None)) }
                @for one in different { (person(reader, model, one)) }
            }
        }
    };
    shell::page(reader, frame, &title, main)
}

/// What a draft is called.
fn name(reader: &Reader, draft: &Draft) -> String {
    reader.words().say_with("rota-draft", &[("number", draft.number.into())])
}

fn figures(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    let row = |label: String, say: &dyn Fn(&Draft) -> String| {
        html! { tr { th scope="row" { (label) } @for draft in &model.drafts { td { (say(draft)) } } } }
    };
    html! {
        div.wide tabindex="0" role="group" aria-labelledby="figures-title" {
            table {
                thead {
                    tr {
                        td {}
                        @for draft in &model.drafts {
                            th scope="col" {
                                a href=(format!("/rota/{}", draft.rota)) { (name(reader, draft)) }
                                " " span.muted { (words.days(draft.days.0, draft.days.1)) }
                            }
                        }
                    }
                }
                tbody {
                    (row(words.say("beside-led"), &|draft| format!("{} / {}", draft.score.led, draft.score.duties)))
                    (row(words.say("beside-open"), &|draft| draft.open.to_string()))
                    (row(words.say("beside-broken"), &|draft| draft.score.broken.to_string()))
                    (row(words.say("beside-wishes"), &|draft| words.percent(draft.score.wishes.0, draft.score.wishes.1)))
                    (row(words.say("rota-gap"), &|draft| words.decimal_hours(i64::from(draft.score.fairness_gap.0))))
                }
            }
        }
    }
}

/// What one person has in one of the drafts alone.
fn person(reader: &Reader, model: &Model, one: &Person) -> Markup {
    let words = reader.words();
    let [first, second] = &model.drafts;
    let hours = |minutes: i64| words.signed_hours(minutes);
    html! {
        article.diff {
            (one.face.avatar())
            div.grow {
                h3 { (one.face.name) " " span.muted { (one.face.office) } }
                @if !one.only_first.is_empty() { (duties(reader, "alone", &name(reader, first), &one.only_first)) }
                @if !one.only_second.is_empty() { (duties(reader, "alone", &name(reader, second), &one.only_second)) }
                @if one.both > 0 { p.muted { (words.say_with("compare-keeps", &[("count", one.both.into())])) } }
            }
            p.muted { (words.say_with("beside-over", &[("first", hours(one.over.0).into()), ("second", hours(one.over.1).into())])) }
        }
    }
}
