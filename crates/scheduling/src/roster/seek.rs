//! The side of the search: changes of a few rows, large neighbourhoods and sweeps by turns, more turns
//! to whichever gives more for its work.

use super::{
    halt::Halt,
    model::{Model, Row},
    near::Near,
    search::Search,
    sweep::Sweep,
};
use crate::solver::random::Dice;

/// Work of one turn.
const TURN: u64 = 500_000;

/// A way to search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Few,
    Near,
    Sweep,
}

/// What a way gave for a turn's work, and what it gave and took since that was last reckoned.
#[derive(Clone, Copy, Debug, Default)]
struct Account {
    rate: f64,
    gain: f64,
    spent: u64,
}

/// All ways to search, and what each gave.
#[derive(Debug)]
pub(super) struct Seeker<'m> {
    search: Search<'m>,
    near: Near<'m>,
    sweep: Sweep<'m>,
    dice: Dice,
    accounts: [Account; 3],
    way: Way,
    left: u64,
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
        let sweep = Sweep::new(model, rows, cost, dice.clone());
        let accounts = [Account::default(); 3];
        Self { search, near, sweep, dice, accounts, way: Way::Few, left: 0, halt: halt.clone() }
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
            self.sweep.learn(rows, cost);
        }
    }

    /// Prices of cover from the bound; sweeps begin once they are `sure` to be worth it.
    pub(super) fn lean_on(&mut self, prices: &[i64], sure: bool) {
        self.search.lean_on(prices);
        self.near.lean_on(prices);
        if sure {
            self.sweep.lean_on(prices);
        }
    }

    fn work(&self) -> u64 {
        self.search.work() + self.near.work()
    }

    /// Does so much work, or a little more.
    pub(super) fn step(&mut self, work: u64) {
        let mut left = work;
        while left > 0 && !self.halt.is_stopped() {
            if self.left == 0 {
                self.choose();
            }
            let before = (self.work(), self.best().1);
            let ends = self.go_on();
            let done = (self.work() - before.0).max(1);
            left = left.saturating_sub(done);
            self.left = self.left.saturating_sub(done);
            let account = &mut self.accounts[self.way as usize];
            account.gain += (before.1 - self.near.best().1) as f64;
            account.spent += done;
            if ends || self.left == 0 && self.way != Way::Sweep {
                account.reckon();
            }
            if self.left == 0 && self.way != Way::Few && self.near.best().1 < self.search.best().1 {
                self.search.adopt(self.near.best().0);
            }
        }
    }

    /// A little further on its way; true if a time of sweeps came to its end.
    fn go_on(&mut self) -> bool {
        let (ends, found) = match self.way {
            Way::Few => {
                self.search.change_a_few();
                (false, self.search.best())
            }
            Way::Near => {
                self.near.step(self.search.finder());
                self.sweep.learn(self.near.best().0, self.near.best().1);
                return false;
            }
            Way::Sweep => (self.sweep.step(self.search.finder()), self.sweep.best()),
        };
        self.near.learn(found.0, found.1);
        self.sweep.learn(self.near.best().0, self.near.best().1);
        ends
    }

    fn choose(&mut self) {
        self.left = TURN;
        if self.sweep.is_due() {
            self.way = Way::Sweep;
            return;
        }
        let most = self.accounts.iter().map(|account| account.rate).fold(0.0, f64::max);
        let weight = |way: Way| {
            let rate = self.accounts[way as usize].rate;
            1 + if most > 0.0 { (8.0 * rate / most) as usize } else { 0 }
        };
        let ways = [Way::Few, Way::Near, Way::Sweep];
        let ways = &ways[..if self.sweep.is_possible() { 3 } else { 2 }];
        let mut rolled = self.dice.roll(ways.iter().copied().map(weight).sum());
        let chosen = ways.iter().copied().find(|way| {
            let falls_here = rolled < weight(*way);
            rolled = rolled.saturating_sub(weight(*way));
            falls_here
        });
        self.way = chosen.unwrap_or(Way::Few);
    }
}

impl Account {
    /// What lies back longer counts less.
    fn reckon(&mut self) {
        let rate = self.gain * TURN as f64 / self.spent.max(1) as f64;
        self.rate += (rate - self.rate) / 4.0;
        (self.gain, self.spent) = (0.0, 0);
    }
}
