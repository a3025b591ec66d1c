//! A linear program that grows by columns, for prices: the primal simplex method with an explicit inverse.
//!
//! Rows are equations, variables are at least zero. Each row begins with a column of its own, so there is
//! always a basis, and each column that is added leaves it as it was. Right sides are blurred a little, so
//! that few steps stand still. Floating point is enough: what is claimed is reckoned again in whole
//! numbers from the prices that come of it.

use super::random::Dice;

/// Costs and pivots nearer to zero than this are zero.
const ZERO_COST: f64 = 1e-7;
const ZERO_PIVOT: f64 = 1e-8;
/// Weights above this are forgotten.
const MOST_WEIGHT: f64 = 1e7;
/// After so many pivots values and prices are reckoned anew.
const LOOK: usize = 300;
/// By how much right sides are blurred.
const BLUR: f64 = 1e-5;

#[derive(Clone, Debug)]
struct Column {
    cost: f64,
    entries: Vec<(u32, f64)>,
    basic: bool,
    /// What one more of it would cost, all told.
    reduced: f64,
    /// How long a step along it is, as far as is known (Devex: Harris, 1973).
    weight: f64,
}

/// The program, and where the method stands in it.
#[derive(Clone, Debug)]
pub(super) struct Program {
    right: Vec<f64>,
    columns: Vec<Column>,
    basis: Vec<usize>,
    /// Column after column of the basis' inverse.
    inverse: Vec<f64>,
    values: Vec<f64>,
    prices: Vec<f64>,
    along: Vec<f64>,
    across: Vec<f64>,
    pivots: usize,
}

impl Program {
    /// Equations with those right sides, above zero; each may be met at `costs` alone.
    pub(super) fn new(right: &[f64], costs: &[f64]) -> Self {
        let rows = right.len();
        let mut dice = Dice::new(1);
        let right: Vec<f64> =
            right.iter().map(|one| one + BLUR * (1.0 + dice.roll(1000) as f64 / 1000.0)).collect();
        let mut inverse = vec![0.0; rows * rows];
        (0..rows).for_each(|row| inverse[row * rows + row] = 1.0);
        let alone = |(row, cost): (u32, &f64)| Column {
            cost: *cost,
            entries: vec![(row, 1.0)],
            basic: true,
            reduced: 0.0,
            weight: 1.0,
        };
        Self {
            columns: (0..).zip(costs).map(alone).collect(),
            basis: (0..rows).collect(),
            inverse,
            values: right.clone(),
            prices: costs.to_vec(),
            right,
            along: vec![0.0; rows],
            across: vec![0.0; rows],
            pivots: 0,
        }
    }

    /// Adds a variable.
    pub(super) fn add(&mut self, cost: f64, entries: Vec<(u32, f64)>) {
        let mut column = Column { cost, entries, basic: false, reduced: 0.0, weight: 1.0 };
        column.reduced = self.reduced(&column);
        self.columns.push(column);
    }

    /// What one more of each right side would cost.
    pub(super) fn prices(&self) -> &[f64] {
        &self.prices
    }

    /// What the variables cost now.
    pub(super) fn cost(&self) -> f64 {
        self.basis.iter().zip(&self.values).map(|(column, value)| self.columns[*column].cost * value).sum()
    }

    /// The variables of the basis, and their values.
    pub(super) fn chosen(&self) -> impl Iterator<Item = (usize, f64)> {
        self.basis.iter().copied().zip(self.values.iter().copied())
    }

    /// What one of a variable costs.
    pub(super) fn cost_of(&self, column: usize) -> f64 {
        self.columns[column].cost
    }

    /// How many variables there are.
    pub(super) fn len(&self) -> usize {
        self.columns.len()
    }

    /// Gives variables other costs.
    pub(super) fn reprice(&mut self, costs: impl IntoIterator<Item = (usize, f64)>) {
        costs.into_iter().for_each(|(column, cost)| self.columns[column].cost = cost);
        self.renew();
    }

    /// How much work one step is, in steps of a dynamic program.
    pub(super) fn size(&self) -> u64 {
        (self.right.len() * self.right.len() / 16 + self.columns.len()) as u64
    }

    /// One step; false once no variable would pay.
    pub(super) fn step(&mut self) -> bool {
        let Some(column) = self.enters() else { return false };
        let rows = self.right.len();
        self.along.fill(0.0);
        for (row, entry) in &self.columns[column].entries {
            let inverse = &self.inverse[*row as usize * rows..(*row as usize + 1) * rows];
            for (along, inverse) in self.along.iter_mut().zip(inverse) {
                *along += entry * inverse;
            }
        }
        let Some(row) = self.leaves() else {
            // Nothing bounds it, which only rounding can do: it is not asked again for now.
            self.columns[column].reduced = 0.0;
            return true;
        };
        self.pivot(row, column);
        self.pivots += 1;
        if self.pivots.is_multiple_of(LOOK) {
            self.renew();
        }
        true
    }

    fn reduced(&self, column: &Column) -> f64 {
        column.cost
            - column.entries.iter().map(|(row, entry)| self.prices[*row as usize] * entry).sum::<f64>()
    }

    /// The variable that pays best for the length of its step.
    fn enters(&self) -> Option<usize> {
        let mut best: Option<(f64, usize)> = None;
        for (number, column) in self.columns.iter().enumerate() {
            if column.reduced < -ZERO_COST && !column.basic {
                let pays = column.reduced * column.reduced / column.weight;
                if best.is_none_or(|(most, _)| pays > most) {
                    best = Some((pays, number));
                }
            }
        }
        best.map(|(_, number)| number)
    }

    /// The row whose variable is the first to reach zero.
    fn leaves(&self) -> Option<usize> {
        let mut first: Option<(f64, usize)> = None;
        for (row, along) in self.along.iter().enumerate().filter(|(_, along)| **along > ZERO_PIVOT) {
            let ratio = self.values[row].max(0.0) / along;
            let sooner = first.is_none_or(|(least, known)| {
                ratio < least - 1e-12 || (ratio <= least + 1e-12 && *along > self.along[known])
            });
            if sooner {
                first = Some((ratio, row));
            }
        }
        first.map(|(_, row)| row)
    }

    fn pivot(&mut self, row: usize, column: usize) {
        let rows = self.right.len();
        let (reduced, weight) = (self.columns[column].reduced, self.columns[column].weight);
        let pivot = self.along[row];
        let length = self.values[row].max(0.0) / pivot;
        for (value, along) in self.values.iter_mut().zip(&self.along) {
            *value -= length * along;
        }
        self.values[row] = length;
        for (number, inverse) in self.inverse.chunks_exact_mut(rows).enumerate() {
            let factor = inverse[row] / pivot;
            self.across[number] = factor;
            if factor == 0.0 {
                continue;
            }
            self.prices[number] += reduced * factor;
            for (one, along) in inverse.iter_mut().zip(&self.along) {
                *one -= factor * along;
            }
            inverse[row] = factor;
        }
        let across = &self.across;
        for one in self.columns.iter_mut().filter(|one| !one.basic) {
            let share: f64 = one.entries.iter().map(|(row, entry)| across[*row as usize] * entry).sum();
            if share != 0.0 {
                one.reduced -= reduced * share;
                one.weight = one.weight.max(share * share * weight);
            }
        }
        let leaving = &mut self.columns[self.basis[row]];
        (leaving.basic, leaving.reduced) = (false, -reduced / pivot);
        leaving.weight = (weight / (pivot * pivot)).max(1.0);
        (self.columns[column].basic, self.columns[column].reduced) = (true, 0.0);
        self.basis[row] = column;
        if weight > MOST_WEIGHT {
            self.columns.iter_mut().for_each(|column| column.weight = 1.0);
        }
    }

    fn renew(&mut self) {
        let rows = self.right.len();
        self.values.fill(0.0);
        for ((inverse, right), price) in
            self.inverse.chunks_exact(rows).zip(&self.right).zip(&mut self.prices)
        {
            for (value, inverse) in self.values.iter_mut().zip(inverse) {
                *value += right * inverse;
            }
            let costs = self.basis.iter().map(|column| self.columns[*column].cost);
            *price = costs.zip(inverse).map(|(cost, inverse)| cost * inverse).sum();
        }
        for number in 0..self.columns.len() {
            let column = &self.columns[number];
            self.columns[number].reduced = if column.basic { 0.0 } else { self.reduced(column) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cheapest_is_chosen() {
        // Two things to make, each alone at 10; both together cost 12, the first alone 3.
        let mut program = Program::new(&[1.0, 1.0], &[10.0, 10.0]);
        program.add(12.0, vec![(0, 1.0), (1, 1.0)]);
        program.add(3.0, vec![(0, 1.0)]);
        while program.step() {}
        assert!((program.cost() - 12.0).abs() < 0.01, "{}", program.cost());
        program.add(4.0, vec![(1, 1.0)]);
        while program.step() {}
        assert!((program.cost() - 7.0).abs() < 0.01, "{}", program.cost());
        assert!(program.prices().iter().zip([3.0, 4.0]).all(|(price, cost)| (price - cost).abs() < 0.01));
    }
}
