//! Coverage: what a board offers, what an office buys, and what it brings.

use domain::{Coverage, Minutes, Offer, Window};
use maud::{Markup, html};

use super::shell::{self, Frame};
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
    let _ = model;
    shell::page(reader, frame, &reader.words().say("place-coverage"), html! {})
}
