//! Dives: a roster out of a linear program, by holding people to rows one after the other.
//!
//! Whoever has a row that the program all but chose is held to it, and the program is asked again,
//! with new rows for those who are still free. A dive works on a program of its own: a copy of the
//! one over everybody, or one in which most people have their rows of a roster that is known.

use super::{
    columns::{Columns, PATIENCE},
    linear::Linear,
    model::Row,
};
use crate::solver::random::Dice;

/// A value from which on a row counts as chosen.
const CHOSEN: f64 = 0.97;
/// What a column costs besides that may not be used.
const BARRED: f64 = 1e5;

/// One dive under way.
#[derive(Debug)]
pub(super) struct Dive {
    linear: Linear,
    /// Where each row of the pool stands in the program, if it is in it.
    columns: Vec<Option<usize>>,
    held: Vec<Option<usize>>,
    free: Vec<usize>,
    next: usize,
    added: bool,
    rounds: usize,
    manner: Manner,
    seen_pivots: usize,
}

/// How a dive goes about it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    /// Rows are asked for so many times at most before somebody is held.
    pub rounds: usize,
    /// How much chance there is in whom.
    pub shake: f64,
    /// One in so many may be held at once.
    pub share: usize,
}

impl Dive {
    /// From the top: everybody is free.
    pub(super) fn from_top(all: &Columns<'_>, manner: Manner) -> Self {
        let columns = all.pool.iter().map(|pooled| Some(pooled.column)).collect();
        let people = all.model.people.len();
        Self::begin(all.linear.clone(), columns, vec![None; people], manner)
    }

    /// From a roster in which only `free` may change.
    pub(super) fn near(all: &mut Columns<'_>, rows: &[Row], free: &[usize], manner: Manner) -> Self {
        let is_free: Vec<bool> = (0..rows.len()).map(|person| free.contains(&person)).collect();
        let (linear, columns) = all.near(rows, &is_free);
        let held =
            (0..rows.len()).map(|person| (!is_free[person]).then(|| all.take(person, rows[person].clone())));
        let held = held.collect();
        Self { seen_pivots: 0, ..Self::begin(linear, columns, held, manner) }
    }

    fn begin(linear: Linear, columns: Vec<Option<usize>>, held: Vec<Option<usize>>, manner: Manner) -> Self {
        let free = (0..held.len()).filter(|person| held[*person].is_none()).collect();
        let seen_pivots = linear.pivots();
        Self { linear, columns, held, free, next: 0, added: false, rounds: 0, manner, seen_pivots }
    }

    /// A little further; true when everybody is held.
    pub(super) fn step(&mut self, all: &mut Columns<'_>, dice: &mut Dice) -> bool {
        if self.free.is_empty() {
            return true;
        }
        if self.next < self.free.len() && self.rounds < self.manner.rounds {
            if let Some(number) = all.ask_one(self.free[self.next], &self.linear) {
                self.columns.resize(all.pool.len(), None);
                if self.columns[number].is_none() {
                    self.columns[number] = Some(all.add_to(&mut self.linear, number));
                    self.added = true;
                }
            }
            self.next += 1;
            return false;
        }
        if self.added {
            self.solve(all);
            self.added = false;
            self.rounds += 1;
            self.next = 0;
            if self.rounds < self.manner.rounds {
                return false;
            }
        }
        self.hold(all, dice);
        self.free.is_empty()
    }

    /// The roster, once everybody is held.
    pub(super) fn rows(&self, all: &Columns<'_>) -> Vec<Row> {
        let row = |number: &Option<usize>| all.pool[number.expect("everybody is held")].row.clone();
        self.held.iter().map(row).collect()
    }

    fn solve(&mut self, all: &mut Columns<'_>) {
        self.linear.solve(PATIENCE);
        all.pivots += self.linear.pivots() - self.seen_pivots;
        self.seen_pivots = self.linear.pivots();
    }

    /// Holds those whose row is chosen, and the likeliest of the others.
    fn hold(&mut self, all: &mut Columns<'_>, dice: &mut Dice) {
        let mut likes: Vec<Option<(f64, usize)>> = vec![None; self.held.len()];
        for (number, pooled) in all.pool.iter().enumerate() {
            let Some(column) = self.columns.get(number).copied().flatten() else { continue };
            let value = self.linear.value(column);
            if self.held[pooled.person].is_none() && likes[pooled.person].is_none_or(|(most, _)| value > most)
            {
                likes[pooled.person] = Some((value, number));
            }
        }
        let mut by_value: Vec<(f64, usize, usize)> = Vec::with_capacity(self.free.len());
        for person in &self.free {
            let (value, number) = likes[*person].expect("everybody has a row");
            let chance =
                if value < CHOSEN { self.manner.shake * dice.roll(1000) as f64 / 1000.0 } else { 1.0 };
            by_value.push((value + chance, *person, number));
        }
        by_value.sort_by(|one, other| other.0.total_cmp(&one.0));
        // One more than what is chosen already, or several if they are many.
        let several = self.free.len().div_ceil(self.manner.share);
        let chosen = by_value.iter().take_while(|(value, ..)| *value >= 1.0 + CHOSEN).count();
        let mut now_held = vec![false; self.held.len()];
        for (_, person, number) in by_value.into_iter().take((chosen + 1).max(several)) {
            self.held[person] = Some(number);
            now_held[person] = true;
        }
        self.free.retain(|person| self.held[*person].is_none());
        (self.next, self.rounds, self.added) = (0, 0, false);
        for (number, pooled) in all.pool.iter().enumerate() {
            let Some(column) = self.columns.get(number).copied().flatten() else { continue };
            if now_held[pooled.person] && self.held[pooled.person] != Some(number) {
                self.linear.set_closed(column, true);
                self.linear.set_cost(column, pooled.cost as f64 + BARRED);
            }
        }
        self.linear.renew_duals();
        self.solve(all);
    }
}
