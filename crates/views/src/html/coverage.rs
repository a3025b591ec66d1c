//! Coverage: what a board offers, what an office buys, and what it brings.

mod office;
mod pool;

use domain::{Cents, ChannelKind, Coverage, Days, Minutes, Offer, OfferId, Window};
use maud::{Markup, html};

use super::{
    icons::{Icon, icon},
    shell::{self, Frame},
};
use crate::Reader;

/// What an offer would have covered in the last weeks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Visitors who wrote to the office in these hours.
    pub visitors: u32,
    /// Of these, who wrote while nobody was there.
    pub unanswered: u32,
    /// Over how many weeks it was counted.
    pub weeks: u32,
}

/// What a running coverage has brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// Visitors who wrote in covered hours.
    pub visitors: u32,
    /// Of these, who had an answer from a person.
    pub answered: u32,
    /// Of these, within the promise.
    pub within: u32,
    /// Half of them had the answer within this time.
    pub median: Option<Minutes>,
}

/// An offer a manager may order.
#[derive(Clone, Debug)]
pub struct OfferCard {
    /// The offer.
    pub offer: Offer,
    /// The tag of its state, which an order names.
    pub seen: String,
    /// What it would have covered.
    pub effect: Effect,
    /// Whether the office already has it.
    pub running: bool,
}

/// A coverage the office has or had.
#[derive(Clone, Debug)]
pub struct Bought {
    /// What was bought.
    pub coverage: Coverage,
    /// The offer's name.
    pub name: String,
    /// What it has brought.
    pub brought: Brought,
}

/// What a manager sees.
#[derive(Clone, Debug)]
pub struct Office {
    /// The office.
    pub office: String,
    /// Within how many minutes it promises an answer.
    pub promise: Minutes,
    /// The sign of the currency prices are in.
    pub currency: &'static str,
    /// Offers it may order.
    pub offers: Vec<OfferCard>,
    /// What runs or will run, first begun first.
    pub running: Vec<Bought>,
    /// What has ended, last ended first.
    pub ended: Vec<Bought>,
}

/// An offer of the pool and who bought it.
#[derive(Clone, Debug)]
pub struct PoolOffer {
    /// The offer.
    pub offer: Offer,
    /// Offices that have it now, with their colours.
    pub bought_by: Vec<(String, u8)>,
}

/// Hours an office bought that no need of the pool watches.
#[derive(Clone, Debug)]
pub struct Unwatched {
    /// The office.
    pub office: String,
    /// Its colour.
    pub colour: u8,
    /// The hours.
    pub windows: Vec<Window>,
}

/// What was typed into the form for a new offer, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The name.
    pub name: String,
    /// One sentence on what it brings.
    pub summary: String,
    /// Which days: `workdays`, `free`, or `all`.
    pub days: String,
    /// From, as "18:00".
    pub from: String,
    /// Until, as "22:00".
    pub until: String,
    /// The price a month in whole units.
    pub monthly: String,
    /// What is wrong, if something is.
    pub wrong: Option<Wrong>,
}

/// What is wrong with a draft offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It has no name.
    Name,
    /// The hours are no hours.
    Hours,
    /// The price is no amount.
    Price,
}

/// What a planner sees.
#[derive(Clone, Debug)]
pub struct Pool {
    /// The pool.
    pub pool: String,
    /// The sign of the currency prices are in.
    pub currency: &'static str,
    /// Its offers, open ones first.
    pub offers: Vec<PoolOffer>,
    /// Offices of the pool that bought nothing, with their colours.
    pub without: Vec<(String, u8)>,
    /// Hours bought but not watched.
    pub unwatched: Vec<Unwatched>,
    /// The form for a new offer.
    pub draft: Draft,
}

/// The page, as seen by whom.
#[derive(Clone, Debug)]
pub enum Model {
    /// By the manager of an office.
    Office(Office),
    /// By the planner of a pool.
    Pool(Pool),
}

/// The page.
pub fn render(reader: &Reader, frame: &Frame, model: &Model) -> Markup {
    let main = match model {
        Model::Office(office) => office::page(reader, office),
        Model::Pool(pool) => pool::page(reader, pool),
    };
    shell::page(reader, frame, &reader.words().say("place-coverage"), main)
}

/// What it costs a month; an offer without a price lets its offices bear a share of the cost.
fn price(reader: &Reader, monthly: Cents, currency: &str) -> String {
    let words = reader.words();
    if monthly == Cents(0) {
        return words.say("coverage-shared");
    }
    words.say_with("coverage-monthly", &[("price", words.money(monthly, currency).into())])
}

/// Why the offer was not ordered by whoever saw it as it was: what it costs now, in words.
pub fn changed(reader: &Reader, office: &Office, offer: OfferId) -> String {
    let words = reader.words();
    match office.offers.iter().find(|card| card.offer.id == offer) {
        Some(OfferCard { offer, .. }) => words.say_with(
            "coverage-order-changed",
            &[
                ("name", offer.name.clone().into()),
                ("price", words.money(offer.monthly, office.currency).into()),
            ],
        ),
        // Closed a moment later.
        None => words.say("refusal-cannot-order"),
    }
}

/// Hours in words: "Monday to Friday 18:00–22:00".
pub fn window_words(reader: &Reader, window: &Window) -> String {
    let words = reader.words();
    format!("{} {}", days_words(reader, window.days), words.hours(window.from, window.until))
}

pub(super) fn days_words(reader: &Reader, days: Days) -> String {
    let words = reader.words();
    match days {
        Days::ALL => words.say("days-all"),
        Days::WORKDAYS => words.say("days-workdays"),
        Days::FREE => words.say("days-free"),
        Days::HOLIDAYS => words.say("days-holidays"),
        _ => {
            let mut named: Vec<String> = (0..7)
                .filter(|day| days.0 & (1 << day) != 0)
                .map(|day| words.weekdays()[day].to_owned())
                .collect();
            if days.has(Days::HOLIDAYS) {
                named.push(words.say("days-holidays"));
            }
            named.join(", ")
        }
    }
}

/// A channel in words.
pub fn channel_words(reader: &Reader, channel: ChannelKind) -> String {
    match channel {
        ChannelKind::WebChat => reader.words().say("channel-web-chat"),
        ChannelKind::Email => reader.words().say("channel-email"),
    }
}

/// Hours and channels of an offer or a coverage, as a list.
fn what(reader: &Reader, windows: &[Window], channels: &[ChannelKind]) -> Markup {
    let named: Vec<String> = channels.iter().map(|channel| channel_words(reader, *channel)).collect();
    html! {
        ul.facts {
            @for window in windows { li { (icon(Icon::Clock)) (window_words(reader, window)) } }
            @if !named.is_empty() { li { (icon(Icon::Inbox)) (named.join(", ")) } }
        }
    }
}
