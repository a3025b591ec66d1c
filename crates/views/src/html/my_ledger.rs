//! My ledger: what I hold of the pool's duties, what would be fair, and the duties behind each figure.

use chrono::NaiveDate;
use domain::{Account, Category, Entry, Feast, LedgerTerms, Minutes, Part};
use maud::{Markup, html};

use super::{
    components::{empty, part_of_day, rung_name},
    icons::{Icon, icon},
    shell::{self, Frame},
};
use crate::{Reader, Words};

/// Less than this, in worth-minutes, is even.
const EVEN: i64 = 60;

/// Somebody's account for a period.
#[derive(Clone, Debug)]
pub struct Model {
    /// First and last day.
    pub days: (NaiveDate, NaiveDate),
    /// The account.
    pub account: Account,
}

/// The account with the duties behind one of its figures.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The account; `None` for somebody who has none in this pool.
    pub model: Option<Model>,
    /// How the pool keeps its ledger.
    pub terms: LedgerTerms,
    /// Which figure was opened; `None` for all duties.
    pub chosen: Option<Category>,
    /// The duties behind it, latest first.
    pub duties: Vec<Entry>,
}

/// The card on My shifts.
pub fn card(reader: &Reader, model: &Model) -> Markup {
    let words = reader.words();
    html! {
        section #ledger .card.ledger aria-labelledby="ledger-title" {
            h2 #ledger-title { (icon(Icon::Book)) (words.say("ledger-title")) }
            p { (balance(reader, &model.account)) }
            p.muted { (since(reader, model)) }
            (tallies(reader, model, None))
        }
    }
}

/// The page that opens from a figure.
pub fn render(reader: &Reader, frame: &Frame, opened: &Opened) -> Markup {
    let words = reader.words();
    let main = html! {
        div.my-ledger {
            p { a href="/shifts" { (icon(Icon::Left)) (words.say("shifts-title")) } }
            h1 { (words.say("ledger-title")) }
            @match &opened.model {
                Some(model) => {
                    section.card.ledger {
                        p { (balance(reader, &model.account)) }
                        p.muted { (since(reader, model)) }
                        (tallies(reader, model, Some(opened.chosen)))
                    }
                    (duties(reader, opened))
                    (rules(reader, &opened.terms))
                }
                None => (empty(Icon::Book, &words.say("ledger-none"), None)),
            }
        }
    };
    shell::page(reader, frame, &words.say("ledger-title"), main)
}

/// "You gave 3 h more than your share."
fn balance(reader: &Reader, account: &Account) -> String {
    let words = reader.words();
    let balance = account.balance();
    let hours = [("hours", words.length(worth(balance.abs())).into())];
    match balance {
        EVEN.. => words.say_with("ledger-over", &hours),
        _ if balance <= -EVEN => words.say_with("ledger-under", &hours),
        _ => words.say("ledger-even"),
    }
}

/// "5 July 2025 to 4 July 2026, 80 % of a full share, 2 h brought from before".
fn since(reader: &Reader, model: &Model) -> String {
    let words = reader.words();
    let share = words.percent(usize::try_from(model.account.share_bp).unwrap_or(0), 10_000);
    let values = [
        ("from", words.date_year(model.days.0).into()),
        ("until", words.date_year(model.days.1).into()),
        ("share", share.into()),
    ];
    let mut said = words.say_with("ledger-since", &values);
    if model.account.carried != 0 {
        let hours = words.signed_hours(model.account.carried);
        said.push(' ');
        said.push_str(&words.say_with("ledger-carried", &[("hours", hours.into())]));
    }
    said
}

/// Every figure is a link to the duties behind it. `chosen` is the one that stands open.
fn tallies(reader: &Reader, model: &Model, chosen: Option<Option<Category>>) -> Markup {
    let account = &model.account;
    let touched = account.categories.iter().filter(|(_, part)| part.held.duties > 0 || part.fair > 0);
    html! {
        ul.tallies {
            (tally(reader, None, &account.whole, chosen))
            @for (category, part) in touched { (tally(reader, Some(*category), part, chosen)) }
        }
    }
}

fn tally(
    reader: &Reader,
    category: Option<Category>,
    part: &Part,
    chosen: Option<Option<Category>>,
) -> Markup {
    let words = reader.words();
    let duties = words.say_with("ledger-duties", &[("count", part.held.duties.into())]);
    let held = words.length(worth(part.held.worth));
    let fair = words.say_with("ledger-fair", &[("hours", words.length(worth(part.fair)).into())]);
    let current = (chosen == Some(category)).then_some("true");
    html! {
        li {
            a href=(address(category)) aria-current=[current] {
                span.grow { (name(words, category)) }
                strong { (held) }
                small.muted { (duties) ", " (fair) }
            }
        }
    }
}

fn address(category: Option<Category>) -> String {
    match category {
        Some(category) => format!("/shifts/ledger?category={}", category.word()),
        None => "/shifts/ledger".to_owned(),
    }
}

/// "Saturdays"; "All duties".
pub(crate) fn name(words: Words, category: Option<Category>) -> String {
    words.say(match category {
        None => "ledger-all",
        Some(Category::Evening) => "ledger-evening",
        Some(Category::Saturday) => "ledger-saturday",
        Some(Category::Sunday) => "ledger-sunday",
        Some(Category::Holiday) => "ledger-holiday",
        Some(Category::Feast) => "ledger-feast",
        Some(Category::Night) => "ledger-night",
    })
}

fn feast(words: Words, feast: Feast) -> String {
    words.say(match feast {
        Feast::ChristmasEve => "feast-christmas-eve",
        Feast::Christmas => "feast-christmas",
        Feast::NewYearsEve => "feast-new-years-eve",
        Feast::NewYear => "feast-new-year",
        Feast::Easter => "feast-easter",
    })
}

fn duties(reader: &Reader, opened: &Opened) -> Markup {
    let words = reader.words();
    html! {
        section aria-labelledby="duties-title" {
            h2 #duties-title { (name(words, opened.chosen)) }
            @if opened.duties.is_empty() { (empty(Icon::Calendar, &words.say("ledger-no-duties"), None)) }
            @for duty in &opened.duties { (row(reader, duty, opened.chosen)) }
        }
    }
}

/// One duty: when, as what, and what it weighs in the figure that was opened.
fn row(reader: &Reader, duty: &Entry, chosen: Option<Category>) -> Markup {
    let words = reader.words();
    let minutes = chosen.map_or(duty.span.length(), |category| duty.minutes_in(category));
    let weighs = duty.worth * i64::from(minutes.0) / i64::from(duty.span.length().0.max(1));
    html! {
        article.card.shift {
            time.date.(part_of_day(reader, duty.span)) datetime=(duty.day.to_string()) {
                (words.weekday_short(duty.day)) b { (chrono::Datelike::day(&duty.day)) } (words.month_short(duty.day))
            }
            div.grow {
                h3 { (reader.hours(duty.span)) }
                p.muted {
                    (rung_name(reader, duty.rung))
                    @for one in &duty.feasts { ", " (feast(words, *one)) }
                }
            }
            p { (words.say_with("ledger-weighs", &[("hours", words.length(worth(weighs)).into())])) }
        }
    }
}

/// How it is counted, for whoever asks.
fn rules(reader: &Reader, terms: &LedgerTerms) -> Markup {
    let words = reader.words();
    let backup = words.percent(usize::try_from(terms.backup_bp).unwrap_or(0), 10_000);
    html! {
        details.card {
            summary { (words.say("ledger-how")) }
            p { (words.say_with("ledger-how-worth", &[("backup", backup.into())])) }
            p { (words.say("ledger-how-fair")) }
            p { (words.say("ledger-how-categories")) }
            p { (words.say_with("ledger-how-carried", &[("cap", words.length(terms.cap).into())])) }
        }
    }
}

/// Worth-minutes as a length; what is below zero is none.
fn worth(minutes: i64) -> Minutes {
    Minutes(u32::try_from(minutes).unwrap_or(0))
}
