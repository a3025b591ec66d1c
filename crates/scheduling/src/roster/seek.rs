//! The side of the search: changes of a few rows and large neighbourhoods by turns, more turns to
//! whichever gives more for its work.

use super::{
    halt::Halt,
    model::{Model, Row},
    near::Near,
    search::Search,
};
use crate::solver::random::Dice;

/// Work of one turn.
const TURN: u64 = 500_000;

/// Both ways to search, and what each gave.
#[derive(Debug)]
pub(super) struct Seeker<'m> {
    search: Search<'m>,
    near: Near<'m>,
    dice: Dice,
    /// What changes of a few rows gave for a turn, and what neighbourhoods gave.
    gains: [f64; 2],
    near_by: bool,
    left: u64,
    /// What this turn gave so far, and the work it took.
    gain: f64,
    spent: u64,
    halt: Halt,
}

impl<'m> Seeker<'m> {
    /// Begins with everybody put in one after the other.
    pub(super) fn new(model: &'m Model, seed: u64, halt: &Halt) -> Self {
        Self::around(model, Search::new(model, seed, halt), seed, halt)
    }

    /// Begins with a legal roster.
    pub(super) fn from(model: &'m Model, rows: &[Row], seed: u64, halt: &Halt) -> Self {
        Self::around(model, Search::from(model, rows, seed, halt), seed, halt)
    }

    fn around(model: &'m Model, search: Search<'m>, seed: u64, halt: &Halt) -> Self {
        let dice = Dice::new(seed ^ 0x5eec);
        let (rows, cost) = search.best();
        let near = Near::new(model, rows, cost, search.knows_whole_rows(), dice.clone(), halt);
        Self {
            search,
            near,
            dice,
            gains: [0.0; 2],
            near_by: false,
            left: 0,
            gain: 0.0,
            spent: 0,
            halt: halt.clone(),
        }
    }

    /// The best roster it knows, and what it costs.
    pub(super) fn best(&self) -> (&[Row], i64) {
        self.near.best()
    }

    /// Whether whole rows can be asked for.
    pub(super) fn knows_whole_rows(&self) -> bool {
        self.search.knows_whole_rows()
    }

    /// Goes on from another roster, if it is better.
    pub(super) fn learn(&mut self, rows: &[Row], cost: i64) {
        if cost < self.best().1 {
            self.near.learn(rows, cost);
            self.search.adopt(rows);
        }
    }

    /// Prices of cover from the bound.
    pub(super) fn lean_on(&mut self, prices: &[i64]) {
        self.search.lean_on(prices);
        self.near.lean_on(prices);
    }

    /// Does so much work, or a little more.
    pub(super) fn step(&mut self, work: u64) {
        let mut left = work;
        while left > 0 && !self.halt.is_stopped() {
            if self.left == 0 {
                self.choose();
            }
            let before = (self.search.work() + self.near.work(), self.best().1);
            if self.near_by {
                self.near.step(self.search.finder());
            } else {
                self.search.change_a_few();
                let (rows, cost) = self.search.best();
                self.near.learn(rows, cost);
            }
            let done = (self.search.work() + self.near.work() - before.0).max(1);
            left = left.saturating_sub(done);
            self.left = self.left.saturating_sub(done);
            self.gain += (before.1 - self.best().1) as f64;
            self.spent += done;
            if self.left == 0 && self.near_by && self.near.best().1 < self.search.best().1 {
                self.search.adopt(self.near.best().0);
            }
        }
    }

    fn choose(&mut self) {
        let rate = self.gain * TURN as f64 / self.spent.max(1) as f64;
        let known = &mut self.gains[usize::from(self.near_by)];
        *known += (rate - *known) / 4.0;
        (self.gain, self.spent) = (0.0, 0);
        let most = self.gains[0].max(self.gains[1]);
        let weight = |gain: f64| 1 + if most > 0.0 { (8.0 * gain / most) as usize } else { 0 };
        let (few, many) = (weight(self.gains[0]), weight(self.gains[1]));
        self.near_by = self.dice.roll(few + many) >= few;
        self.left = TURN;
    }
}
