//! A linear program that grows by columns: the primal simplex method with an explicit inverse, and the dual
//! one for columns that are barred (`leave`).
//!
//! Rows are equations, variables are at least zero, and the caller hands in a first basis. It is
//! right for programs of some hundred rows to which columns keep being added: each addition leaves
//! the basis feasible. Floating point is enough here, because nothing that is claimed rests on it:
//! bounds are computed again in integers from the prices it gives.

mod leave;

use super::halt::Halt;
use crate::solver::random::Dice;

/// Costs nearer to zero than this are zero.
const ZERO_COST: f64 = 1e-7;
/// Pivots nearer to zero than this are none.
const ZERO_PIVOT: f64 = 1e-9;
/// Pivots between two looks at how far the values have drifted.
const LOOK: usize = 200;

/// The program and where the method stands in it.
#[derive(Clone, Debug)]
pub(super) struct Linear {
    rows: usize,
    right: Vec<f64>,
    cost: Vec<f64>,
    begins: Vec<u32>,
    entries: Vec<(u32, f64)>,
    closed: Vec<bool>,
    /// The column that is basic in each row, and the row in which a column is basic.
    basis: Vec<usize>,
    place: Vec<u32>,
    /// Column after column: `inverse[column * rows + row]`.
    inverse: Vec<f64>,
    values: Vec<f64>,
    duals: Vec<f64>,
    along: Vec<f64>,
    of_row: Vec<f64>,
    /// While it is solved: reduced costs of what is not basic and not closed, and weights of columns.
    gains: Vec<f64>,
    weights: Vec<f64>,
    pivots: usize,
    /// Entries of columns that were looked at.
    scanned: u64,
    halt: Halt,
}

const NOWHERE: u32 = u32::MAX;

/// Where a program stood; of no use once columns were dropped.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    basis: Vec<usize>,
    inverse: Vec<f64>,
    values: Vec<f64>,
}

impl Linear {
    /// With right sides `right`; the rows `blurred` are made larger by `blur` to twice as much, so that
    /// few values tie.
    pub(super) fn new(right: &[f64], blurred: std::ops::Range<usize>, blur: f64, halt: &Halt) -> Self {
        let (mut right, mut dice) = (right.to_vec(), Dice::new(1));
        for value in &mut right[blurred] {
            *value += blur * (1.0 + dice.roll(1000) as f64 / 1000.0);
        }
        Self {
            rows: right.len(),
            right,
            cost: Vec::new(),
            begins: vec![0],
            entries: Vec::new(),
            closed: Vec::new(),
            basis: Vec::new(),
            place: Vec::new(),
            inverse: Vec::new(),
            values: Vec::new(),
            duals: Vec::new(),
            along: Vec::new(),
            of_row: Vec::new(),
            gains: Vec::new(),
            weights: Vec::new(),
            pivots: 0,
            scanned: 0,
            halt: halt.clone(),
        }
    }

    /// Adds a variable and gives its number.
    pub(super) fn add(&mut self, cost: f64, entries: impl IntoIterator<Item = (usize, f64)>) -> usize {
        self.entries.extend(entries.into_iter().map(|(row, entry)| (row as u32, entry)));
        self.begins.push(self.entries.len() as u32);
        self.cost.push(cost);
        self.closed.push(false);
        self.place.push(NOWHERE);
        self.cost.len() - 1
    }

    /// Begins from these columns, one a row, of which each has 1 or -1 in its own row and other entries
    /// only below: the inverse is found row by row. False if a value would be below zero.
    pub(super) fn begin(&mut self, basis: Vec<usize>) -> bool {
        let rows = self.rows;
        let mut inverse = vec![0.0; rows * rows];
        for (unit, column) in inverse.chunks_exact_mut(rows).enumerate() {
            column[unit] = 1.0;
            for (row, basic) in basis.iter().enumerate().skip(unit) {
                let value = column[row];
                if value == 0.0 {
                    continue;
                }
                let value = value * self.own(*basic, row);
                column[row] = value;
                for (below, entry) in self.column(*basic).iter().filter(|(at, _)| *at as usize > row) {
                    column[*below as usize] -= value * entry;
                }
            }
        }
        (self.basis, self.inverse) = (basis, inverse);
        self.renew_values();
        self.settle()
    }

    /// Begins from a basis that was good in a program much like this one; false if it is none here.
    pub(super) fn begin_again(&mut self, basis: Vec<usize>) -> bool {
        self.basis = basis;
        self.refactor() && self.settle()
    }

    /// After the basis was given: where each column stands, and whether the values are allowed.
    fn settle(&mut self) -> bool {
        self.place.fill(NOWHERE);
        for (row, column) in self.basis.iter().enumerate() {
            self.place[*column] = row as u32;
        }
        self.renew_duals();
        self.values.iter().all(|value| *value > -1e-7)
    }

    /// The entry of a column in a row.
    fn own(&self, column: usize, row: usize) -> f64 {
        let entry = self.column(column).iter().find(|(at, _)| *at as usize == row);
        entry.map_or(0.0, |(_, entry)| *entry)
    }

    fn renew_values(&mut self) {
        let mut values = vec![0.0; self.rows];
        for (column, right) in self.inverse.chunks_exact(self.rows).zip(&self.right) {
            for (value, entry) in values.iter_mut().zip(column) {
                *value += entry * right;
            }
        }
        self.values = values;
    }

    /// The columns that are basic, row by row.
    pub(super) fn basis(&self) -> &[usize] {
        &self.basis
    }

    /// What a variable costs from now on.
    pub(super) fn set_cost(&mut self, column: usize, cost: f64) {
        self.cost[column] = cost;
    }

    /// Whether a variable may become larger than zero.
    pub(super) fn set_closed(&mut self, column: usize, closed: bool) {
        self.closed[column] = closed;
    }

    /// After costs were changed: the prices anew.
    pub(super) fn renew_duals(&mut self) {
        let rows = self.rows;
        self.duals.clear();
        self.duals.extend((0..rows).map(|column| {
            let inverse = &self.inverse[column * rows..(column + 1) * rows];
            self.basis.iter().zip(inverse).map(|(basic, entry)| self.cost[*basic] * entry).sum::<f64>()
        }));
    }

    /// Where it stands, to come back to.
    pub(super) fn mark(&self) -> Mark {
        Mark { basis: self.basis.clone(), inverse: self.inverse.clone(), values: self.values.clone() }
    }

    /// Goes back to where it stood; columns may have been added since, and costs changed.
    pub(super) fn go_to(&mut self, mark: Mark) {
        (self.basis, self.inverse, self.values) = (mark.basis, mark.inverse, mark.values);
        self.settle();
    }

    /// The price of each row.
    pub(super) fn duals(&self) -> &[f64] {
        &self.duals
    }

    /// How large a variable is.
    pub(super) fn value(&self, column: usize) -> f64 {
        match self.place[column] {
            NOWHERE => 0.0,
            row => self.values[row as usize].max(0.0),
        }
    }

    /// Work done so far: what was written, in units of a label's work.
    pub(super) fn work(&self) -> u64 {
        (self.pivots as u64 * (self.rows * self.rows) as u64 + self.scanned) / 64
    }

    /// What a variable costs beyond the prices of its rows.
    pub(super) fn reduced(&self, column: usize) -> f64 {
        self.cost[column]
            - self.column(column).iter().map(|(row, entry)| self.duals[*row as usize] * entry).sum::<f64>()
    }

    /// Drops the columns for which `keep` says no; those in the basis stay. Gives the new numbers.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(usize) -> bool) -> Vec<Option<usize>> {
        let mut numbers = Vec::with_capacity(self.cost.len());
        let (mut begins, mut entries, mut left) = (vec![0], Vec::new(), 0);
        for column in 0..self.cost.len() {
            if self.place[column] == NOWHERE && !keep(column) {
                numbers.push(None);
                continue;
            }
            entries.extend_from_slice(self.column(column));
            begins.push(entries.len() as u32);
            self.cost[left] = self.cost[column];
            self.closed[left] = self.closed[column];
            self.place[left] = self.place[column];
            numbers.push(Some(left));
            left += 1;
        }
        self.cost.truncate(left);
        self.closed.truncate(left);
        self.place.truncate(left);
        (self.begins, self.entries) = (begins, entries);
        for column in &mut self.basis {
            *column = numbers[*column].expect("what is basic stays");
        }
        numbers
    }

    /// Goes on until nothing is left to gain, or `most` pivots were made; true in the first case.
    pub(super) fn solve(&mut self, most: usize) -> bool {
        self.look_at_all();
        let mut fresh = true;
        for _ in 0..most {
            if self.halt.is_stopped() {
                return false;
            }
            let Some(column) = self.entering() else {
                if fresh {
                    return true;
                }
                self.look_at_all();
                fresh = true;
                continue;
            };
            if !self.pivot(column) {
                // Unbounded cannot be: it is rounding that says so.
                self.refactor();
                return true;
            }
            fresh = false;
            if self.pivots.is_multiple_of(LOOK) {
                if self.drift() > 1e-7 {
                    self.refactor();
                }
                self.renew_gains();
            }
        }
        false
    }

    /// Whether a variable is basic.
    pub(super) fn is_basic(&self, column: usize) -> bool {
        self.place[column] != NOWHERE
    }

    fn column(&self, column: usize) -> &[(u32, f64)] {
        &self.entries[self.begins[column] as usize..self.begins[column + 1] as usize]
    }

    /// Every column's reduced cost, and the same weight for each (Devex, Harris 1973).
    fn look_at_all(&mut self) {
        self.renew_gains();
        self.weights.clear();
        self.weights.resize(self.cost.len(), 1.0);
    }

    fn renew_gains(&mut self) {
        let mut gains = std::mem::take(&mut self.gains);
        gains.clear();
        gains.extend((0..self.cost.len()).map(|column| {
            let shut = self.closed[column] || self.place[column] != NOWHERE;
            if shut { 0.0 } else { self.reduced(column) }
        }));
        self.gains = gains;
        self.scanned += self.entries.len() as u64;
    }

    /// The most promising column.
    fn entering(&self) -> Option<usize> {
        let (mut best, mut most) = (None, 0.0);
        for (column, (gain, weight)) in self.gains.iter().zip(&self.weights).enumerate() {
            if *gain < -ZERO_COST && gain * gain > most * weight {
                (best, most) = (Some(column), gain * gain / weight);
            }
        }
        best
    }

    /// What a pivot does to reduced costs and weights.
    fn learn_pivot(&mut self, entering: usize, row: usize, pivot: f64) {
        let rows = self.rows;
        let mut of_row = std::mem::take(&mut self.of_row);
        of_row.clear();
        of_row.extend((0..rows).map(|column| self.inverse[column * rows + row] / pivot));
        let (gain, weight) = (self.gains[entering], self.weights[entering]);
        for column in 0..self.cost.len() {
            if self.closed[column] || self.place[column] != NOWHERE {
                continue;
            }
            let step: f64 = self.column(column).iter().map(|(at, entry)| of_row[*at as usize] * entry).sum();
            if step != 0.0 {
                self.gains[column] -= gain * step;
                self.weights[column] = self.weights[column].max(step * step * weight);
            }
        }
        let leaving = self.basis[row];
        self.gains[leaving] = if self.closed[leaving] { 0.0 } else { -gain / pivot };
        self.weights[leaving] = (weight / (pivot * pivot)).max(1.0);
        self.gains[entering] = 0.0;
        self.of_row = of_row;
        self.scanned += self.entries.len() as u64;
    }

    /// Brings a column in; false if nothing would leave for it.
    fn pivot(&mut self, entering: usize) -> bool {
        let mut along = std::mem::take(&mut self.along);
        self.find_along(entering, &mut along);
        let leaving = self.leaving(&along);
        if let Some(row) = leaving {
            self.learn_pivot(entering, row, along[row]);
            self.exchange(entering, row, &along, self.values[row].max(0.0) / along[row]);
        }
        self.along = along;
        leaving.is_some()
    }

    /// How what is basic becomes smaller with a column.
    fn find_along(&self, entering: usize, along: &mut Vec<f64>) {
        let rows = self.rows;
        along.clear();
        along.resize(rows, 0.0);
        for (row, entry) in self.column(entering) {
            let inverse = &self.inverse[*row as usize * rows..(*row as usize + 1) * rows];
            for (sum, part) in along.iter_mut().zip(inverse) {
                *sum += entry * part;
            }
        }
    }

    /// The row that is first at zero; of those nearly first, the one with the largest pivot.
    fn leaving(&self, along: &[f64]) -> Option<usize> {
        let mut least = f64::INFINITY;
        for (value, step) in self.values.iter().zip(along) {
            if *step > ZERO_PIVOT {
                least = least.min((value.max(0.0) + 1e-9) / step);
            }
        }
        let ties = along
            .iter()
            .enumerate()
            .filter(|(row, step)| **step > ZERO_PIVOT && self.values[*row].max(0.0) / **step <= least);
        ties.max_by(|one, other| one.1.total_cmp(other.1)).map(|(row, _)| row)
    }

    /// A column comes in so `far`, for what is basic in `row`.
    fn exchange(&mut self, entering: usize, row: usize, along: &[f64], far: f64) {
        let rows = self.rows;
        let reduced = self.reduced(entering);
        let pivot = along[row];
        for (value, step) in self.values.iter_mut().zip(along) {
            *value -= far * step;
        }
        self.values[row] = far;
        for (column, dual) in self.inverse.chunks_exact_mut(rows).zip(&mut self.duals) {
            let share = column[row] / pivot;
            if share == 0.0 {
                continue;
            }
            *dual += reduced * share;
            for (entry, step) in column.iter_mut().zip(along) {
                *entry -= share * step;
            }
            column[row] = share;
        }
        self.place[self.basis[row]] = NOWHERE;
        self.basis[row] = entering;
        self.place[entering] = row as u32;
        self.pivots += 1;
    }

    /// How far the equations are from holding.
    fn drift(&self) -> f64 {
        let mut left = self.right.clone();
        for (column, value) in self.basis.iter().zip(&self.values) {
            for (row, entry) in self.column(*column) {
                left[*row as usize] -= entry * value;
            }
        }
        left.iter().fold(0.0, |most, one| most.max(one.abs()))
    }

    /// The inverse anew, by elimination with row exchanges; false if the basis has none.
    fn refactor(&mut self) -> bool {
        let rows = self.rows;
        // Row-major here: `work` is turned into the identity, `done` becomes the inverse.
        let mut work = vec![0.0; rows * rows];
        let mut done = vec![0.0; rows * rows];
        for (at, column) in self.basis.iter().enumerate() {
            for (row, entry) in self.column(*column) {
                work[*row as usize * rows + at] = *entry;
            }
            done[at * rows + at] = 1.0;
        }
        for at in 0..rows {
            let best = (at..rows)
                .max_by(|one, other| work[one * rows + at].abs().total_cmp(&work[other * rows + at].abs()));
            let best = best.expect("there are rows left");
            if work[best * rows + at].abs() < 1e-11 || self.halt.is_stopped() {
                return false;
            }
            swap_rows(&mut work, rows, at, best);
            swap_rows(&mut done, rows, at, best);
            let scale = 1.0 / work[at * rows + at];
            // Left of the diagonal the row is empty already.
            let (left, right) = (at * rows + at..(at + 1) * rows, at * rows..(at + 1) * rows);
            work[left.clone()].iter_mut().chain(&mut done[right.clone()]).for_each(|entry| *entry *= scale);
            let (pivot_work, pivot_done) = (work[left].to_vec(), done[right].to_vec());
            for row in (0..rows).filter(|row| *row != at) {
                let share = work[row * rows + at];
                if share == 0.0 {
                    continue;
                }
                let work = &mut work[row * rows + at..(row + 1) * rows];
                let done = &mut done[row * rows..(row + 1) * rows];
                work.iter_mut().zip(&pivot_work).for_each(|(entry, pivot)| *entry -= share * pivot);
                done.iter_mut().zip(&pivot_done).for_each(|(entry, pivot)| *entry -= share * pivot);
            }
        }
        // Row `i` of the inverse belongs to the column that is basic in row `i`.
        self.inverse.clear();
        self.inverse.resize(rows * rows, 0.0);
        for row in 0..rows {
            for column in 0..rows {
                self.inverse[column * rows + row] = done[row * rows + column];
            }
        }
        self.renew_values();
        self.renew_duals();
        true
    }
}

fn swap_rows(matrix: &mut [f64], rows: usize, one: usize, other: usize) {
    if one != other {
        let (low, high) = (one.min(other), one.max(other));
        let (head, tail) = matrix.split_at_mut(high * rows);
        head[low * rows..(low + 1) * rows].swap_with_slice(&mut tail[..rows]);
    }
}
