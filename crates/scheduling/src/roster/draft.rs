//! A roster under change: its rows, how many people are where, and what it costs.

use super::{
    evaluate::evaluate,
    model::{Model, Row},
    program::worked,
};

/// Rows that may be incomplete for a moment, and what follows from them.
#[derive(Clone, Debug)]
pub(super) struct Draft<'m> {
    model: &'m Model,
    rows: Vec<Row>,
    there: Vec<u32>,
    cost: i64,
}

impl<'m> Draft<'m> {
    /// With these rows.
    pub(super) fn new(model: &'m Model, rows: &[Row]) -> Self {
        let mut there = vec![0; model.cover.len()];
        for row in rows {
            worked(model, row).for_each(|at| there[at] += 1);
        }
        Self { model, rows: rows.to_vec(), there, cost: evaluate(model, rows).penalty }
    }

    /// One row a person.
    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// What they cost.
    pub(super) fn cost(&self) -> i64 {
        self.cost
    }

    /// Gives a person a row.
    pub(super) fn exchange(&mut self, person: usize, row: &[u8]) {
        for (day, code) in row.iter().enumerate() {
            self.set(person, day, *code);
        }
    }

    /// Becomes another roster.
    pub(super) fn adopt(&mut self, rows: &[Row]) {
        for (person, row) in rows.iter().enumerate() {
            self.exchange(person, row);
        }
    }

    /// Frees a person's days; their row is not legal until they are put back.
    pub(super) fn take_out(&mut self, person: usize, days: std::ops::Range<usize>) {
        days.for_each(|day| self.set(person, day, 0));
    }

    /// What one person more costs.
    pub(super) fn marginal(&self, at: usize) -> i64 {
        let cover = self.model.cover[at];
        if self.there[at] < cover.wanted { -cover.under } else { cover.over }
    }

    fn set(&mut self, person: usize, day: usize, code: u8) {
        let old = std::mem::replace(&mut self.rows[person][day], code);
        if old == code {
            return;
        }
        if old > 0 {
            let at = self.model.at(day, usize::from(old) - 1);
            self.there[at] -= 1;
            self.cost -= self.model.people[person].price[at] + self.marginal(at);
        }
        if code > 0 {
            let at = self.model.at(day, usize::from(code) - 1);
            self.cost += self.model.people[person].price[at] + self.marginal(at);
            self.there[at] += 1;
        }
    }
}
