//! The second side where rows are too long, or too many, for a linear program: prices alone first,
//! then a search like the other side's, and prices by turns with it.

use super::{
    ascent::Ascent,
    columns::whole,
    halt::Halt,
    model::{Model, Row},
    seek::Seeker,
};
use crate::solver::random::Dice;

/// What it is at.
#[derive(Debug)]
pub(super) struct Wide<'m> {
    ascent: Ascent<'m>,
    seeker: Seeker<'m>,
    dice: Dice,
}

impl<'m> Wide<'m> {
    /// From a legal roster.
    pub(super) fn new(model: &'m Model, rows: &[Row], seed: u64, halt: &Halt) -> Self {
        Self {
            ascent: Ascent::new(model, halt),
            seeker: Seeker::from(model, rows, seed, halt),
            dice: Dice::new(seed),
        }
    }

    /// The best roster it knows, and what it costs.
    pub(super) fn best(&self) -> (&[Row], i64) {
        self.seeker.best()
    }

    /// What any roster costs at least.
    pub(super) fn bound(&self) -> Option<i64> {
        self.ascent.bound().map(whole)
    }

    /// The prices of the best bound.
    pub(super) fn prices(&self) -> Option<Vec<i64>> {
        self.ascent.prices()
    }

    /// Takes note of another roster, if it is better.
    pub(super) fn learn(&mut self, rows: &[Row], cost: i64) {
        self.seeker.learn(rows, cost);
        if let Some(prices) = self.ascent.prices() {
            self.seeker.lean_on(&prices, true);
        }
    }

    /// Does so much work.
    pub(super) fn step(&mut self, work: u64) {
        if !self.ascent.is_done() && (self.ascent.prices().is_none() || self.dice.roll(3) == 0) {
            self.ascent.step(work);
        } else {
            self.seeker.step(work);
        }
    }
}
