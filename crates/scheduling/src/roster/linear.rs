//! A linear program that grows by columns: the primal simplex method with an explicit inverse.
//!
//! Rows are equations, variables are at least zero, and the caller hands in a first basis. It is
//! right for programs of some hundred rows to which columns keep being added: each addition leaves
//! the basis feasible. Floating point is enough here, because nothing that is claimed rests on it:
//! bounds are computed again in integers from the prices it gives.

use crate::solver::random::Dice;

/// Costs nearer to zero than this are zero.
const ZERO_COST: f64 = 1e-7;
/// Pivots nearer to zero than this are none.
const ZERO_PIVOT: f64 = 1e-9;
/// How many columns are looked at before the best so far is taken.
const GLANCE: usize = 2048;
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
    next: usize,
    pivots: usize,
}

const NOWHERE: u32 = u32::MAX;

impl Linear {
    /// With right sides `right`; each row is blurred a little by `dice`, so that few values tie.
    pub(super) fn new(right: &[f64], blurred: std::ops::Range<usize>, dice: &mut Dice) -> Self {
        let mut right = right.to_vec();
        for value in &mut right[blurred] {
            *value += 1e-4 * (1.0 + dice.roll(1000) as f64 / 1000.0);
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
            next: 0,
            pivots: 0,
        }
    }

    /// A program of nothing.
    pub(super) fn empty() -> Self {
        Self::new(&[], 0..0, &mut Dice::new(0))
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

    /// Begins from these columns, one a row: the first `choices` of them choose 1 in their own row and
    /// have any entries below, the others have one entry, 1 or -1, in theirs. That makes the inverse
    /// plain. False if a value would be below zero.
    pub(super) fn begin(&mut self, basis: Vec<usize>, choices: usize) -> bool {
        let rows = self.rows;
        for (row, column) in basis.iter().enumerate() {
            self.place[*column] = row as u32;
        }
        let mut inverse = vec![0.0; rows * rows];
        let sign: Vec<f64> =
            basis.iter().map(|column| self.column(*column).last().map_or(1.0, |entry| entry.1)).collect();
        for (row, column) in basis.iter().enumerate() {
            if row >= choices {
                inverse[row * rows + row] = sign[row];
                continue;
            }
            inverse[row * rows + row] = 1.0;
            for (below, entry) in self.column(*column).iter().filter(|(below, _)| *below as usize >= choices)
            {
                inverse[row * rows + *below as usize] = -sign[*below as usize] * entry;
            }
        }
        let mut values = vec![0.0; rows];
        for (column, right) in inverse.chunks_exact(rows).zip(&self.right) {
            for (value, entry) in values.iter_mut().zip(column) {
                *value += entry * right;
            }
        }
        (self.basis, self.inverse, self.values) = (basis, inverse, values);
        self.renew_duals();
        self.values.iter().all(|value| *value > -1e-9)
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

    /// What it all costs.
    pub(super) fn objective(&self) -> f64 {
        self.basis.iter().zip(&self.values).map(|(column, value)| self.cost[*column] * value).sum()
    }

    /// Pivots made so far.
    pub(super) fn pivots(&self) -> usize {
        self.pivots
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
        (self.begins, self.entries, self.next) = (begins, entries, 0);
        for column in &mut self.basis {
            *column = numbers[*column].expect("what is basic stays");
        }
        numbers
    }

    /// Goes on until nothing is left to gain, or `most` pivots were made; true in the first case.
    pub(super) fn solve(&mut self, most: usize) -> bool {
        for _ in 0..most {
            let Some(column) = self.entering() else { return true };
            if !self.pivot(column) {
                // Unbounded cannot be: it is rounding that says so.
                self.refactor();
                return true;
            }
            if self.pivots.is_multiple_of(LOOK) && self.drift() > 1e-7 {
                self.refactor();
            }
        }
        false
    }

    fn column(&self, column: usize) -> &[(u32, f64)] {
        &self.entries[self.begins[column] as usize..self.begins[column + 1] as usize]
    }

    /// The most promising of the next columns.
    fn entering(&mut self) -> Option<usize> {
        let columns = self.cost.len();
        let (mut best, mut least) = (None, -ZERO_COST);
        for seen in 0..columns {
            if seen >= GLANCE && seen.is_multiple_of(GLANCE) && best.is_some() {
                break;
            }
            let column = self.next;
            self.next = if column + 1 == columns { 0 } else { column + 1 };
            if self.closed[column] || self.place[column] != NOWHERE {
                continue;
            }
            let reduced = self.reduced(column);
            if reduced < least {
                (best, least) = (Some(column), reduced);
            }
        }
        best
    }

    /// Brings a column in; false if nothing would leave for it.
    fn pivot(&mut self, entering: usize) -> bool {
        let rows = self.rows;
        let mut along = std::mem::take(&mut self.along);
        along.clear();
        along.resize(rows, 0.0);
        for (row, entry) in self.column(entering) {
            let inverse = &self.inverse[*row as usize * rows..(*row as usize + 1) * rows];
            for (sum, part) in along.iter_mut().zip(inverse) {
                *sum += entry * part;
            }
        }
        let leaving = self.leaving(&along);
        if let Some(row) = leaving {
            self.exchange(entering, row, &along);
        }
        self.along = along;
        leaving.is_some()
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

    fn exchange(&mut self, entering: usize, row: usize, along: &[f64]) {
        let rows = self.rows;
        let reduced = self.reduced(entering);
        let pivot = along[row];
        let far = self.values[row].max(0.0) / pivot;
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
            if work[best * rows + at].abs() < 1e-11 {
                return false;
            }
            swap_rows(&mut work, rows, at, best);
            swap_rows(&mut done, rows, at, best);
            let scale = 1.0 / work[at * rows + at];
            for entry in
                work[at * rows..(at + 1) * rows].iter_mut().chain(&mut done[at * rows..(at + 1) * rows])
            {
                *entry *= scale;
            }
            let (pivot_work, pivot_done) =
                (work[at * rows..(at + 1) * rows].to_vec(), done[at * rows..(at + 1) * rows].to_vec());
            for row in (0..rows).filter(|row| *row != at) {
                let share = work[row * rows + at];
                if share == 0.0 {
                    continue;
                }
                for (entry, pivot) in work[row * rows..(row + 1) * rows].iter_mut().zip(&pivot_work) {
                    *entry -= share * pivot;
                }
                for (entry, pivot) in done[row * rows..(row + 1) * rows].iter_mut().zip(&pivot_done) {
                    *entry -= share * pivot;
                }
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
        self.values.clear();
        self.values.extend((0..rows).map(|row| {
            done[row * rows..(row + 1) * rows]
                .iter()
                .zip(&self.right)
                .map(|(entry, right)| entry * right)
                .sum::<f64>()
        }));
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
