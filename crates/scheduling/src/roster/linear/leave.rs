//! Closed variables leave the basis: the dual simplex method.
//!
//! It is for programs that were solved and of which some columns are barred since: what they were then
//! comes from others in some hundred pivots, where making them dear takes the primal method many
//! thousands.

use super::{LOOK, Linear, NOWHERE, ZERO_COST};
use crate::solver::random::Dice;

/// So much dearer, to twice as much, is what is not basic while closed variables leave.
const PARTED: f64 = 1e-4;
/// A value is below zero if it is by so much.
const BELOW: f64 = 1e-9;
/// A step smaller than this takes nobody's place.
const LEAST_STEP: f64 = 1e-7;

impl Linear {
    /// Takes closed variables out of the basis, and raises what came below zero by that: the dual simplex
    /// method, which keeps prices as good as they were. False if some cannot go, or after `most` pivots.
    pub(in crate::roster) fn drive_out(&mut self, most: usize) -> bool {
        let costs = self.cost.clone();
        self.part_costs();
        let done = self.leave(most);
        self.cost = costs;
        self.renew_duals();
        done
    }

    /// Makes what is not basic dearer, each column by another little, so that few of them tie.
    fn part_costs(&mut self) {
        let mut dice = Dice::new(self.pivots as u64);
        for column in 0..self.cost.len() {
            if self.place[column] == NOWHERE {
                self.cost[column] += PARTED * (1.0 + dice.roll(1000) as f64 / 1000.0);
            }
        }
    }

    fn leave(&mut self, most: usize) -> bool {
        let mut weights = vec![1.0; self.rows];
        for _ in 0..most {
            let Some(row) = self.worst(&weights) else { return true };
            let entering = if self.halt.is_stopped() { None } else { self.successor(row) };
            let Some(entering) = entering else { return false };
            let mut along = std::mem::take(&mut self.along);
            self.find_along(entering, &mut along);
            weigh_rows(&mut weights, row, &along);
            self.exchange(entering, row, &along, self.values[row] / along[row]);
            self.along = along;
            if self.pivots.is_multiple_of(LOOK) && self.drift() > 1e-7 {
                self.refactor();
            }
        }
        false
    }

    /// The row whose variable is furthest from where it may be, for its weight.
    fn worst(&self, weights: &[f64]) -> Option<usize> {
        let far = |row: usize| match self.values[row] {
            value if self.closed[self.basis[row]] => Some(value.abs()),
            value => (value < -BELOW).then_some(-value),
        };
        let all = (0..self.rows).filter_map(|row| Some((far(row)?.powi(2) / weights[row], row)));
        all.max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, row)| row)
    }

    /// Which column takes the place of what is basic in `row`: the first whose reduced cost comes to zero;
    /// of those nearly first, the one with the largest pivot.
    fn successor(&mut self, row: usize) -> Option<usize> {
        let rows = self.rows;
        let of_row: Vec<f64> = (0..rows).map(|column| self.inverse[column * rows + row]).collect();
        let value = self.values[row];
        let goes_either_way = value.abs() <= BELOW;
        let mut best: Option<(f64, f64, usize)> = None;
        for column in 0..self.cost.len() {
            if self.closed[column] || self.place[column] != NOWHERE {
                continue;
            }
            let step: f64 = self.column(column).iter().map(|(at, entry)| of_row[*at as usize] * entry).sum();
            let step = if goes_either_way { step.abs() } else { step * value.signum() };
            if step <= LEAST_STEP {
                continue;
            }
            let ratio = self.reduced(column).max(0.0) / step;
            let better = best.is_none_or(|(least, most, _)| {
                ratio < least - ZERO_COST || ratio <= least + ZERO_COST && step > most
            });
            if better {
                best = Some((ratio, step, column));
            }
        }
        self.scanned += self.entries.len() as u64;
        best.map(|(_, _, column)| column)
    }
}

/// Weights of rows after a dual pivot in `row` (Devex, as Forrest and Goldfarb have it, 1992).
fn weigh_rows(weights: &mut [f64], row: usize, along: &[f64]) {
    let (pivot, weight) = (along[row], weights[row]);
    for (weight_here, step) in weights.iter_mut().zip(along) {
        let share = step / pivot;
        *weight_here = weight_here.max(share * share * weight);
    }
    weights[row] = (weight / (pivot * pivot)).max(1.0);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::halt::Halt;
    use super::*;

    /// Covers rows of a small program: each may be covered dearly by itself, and some together for less.
    struct Covering {
        right: Vec<f64>,
        columns: Vec<(f64, Vec<usize>)>,
    }

    impl Covering {
        fn by_chance(dice: &mut Dice) -> Self {
            let rows = 3 + dice.roll(12);
            let right = (0..rows).map(|_| 1.0 + dice.roll(4) as f64).collect();
            let column = |dice: &mut Dice| {
                let covered = (0..rows).filter(|_| dice.roll(3) == 0).collect();
                (dice.roll(20) as f64, covered)
            };
            Self { right, columns: (0..4 * rows).map(|_| column(dice)).collect() }
        }

        /// Solved with the columns that `keep` says, and those columns' numbers.
        fn solved(&self, keep: impl Fn(usize) -> bool) -> (Linear, Vec<(usize, usize)>) {
            let mut linear = Linear::new(&self.right, 0..0, 0.0, &Halt::default());
            let basis = (0..self.right.len()).map(|row| linear.add(50.0, [(row, 1.0)])).collect();
            let kept = (0..self.columns.len()).filter(|number| keep(*number)).map(|number| {
                let (cost, rows) = &self.columns[number];
                (number, linear.add(*cost, rows.iter().map(|row| (*row, 1.0))))
            });
            let kept: Vec<(usize, usize)> = kept.collect();
            assert!(linear.begin(basis) && linear.solve(10_000));
            (linear, kept)
        }
    }

    fn total(linear: &Linear) -> f64 {
        (0..linear.cost.len()).map(|column| linear.cost[column] * linear.value(column)).sum()
    }

    proptest! {
        #[test]
        fn what_leaves_costs_what_the_program_costs_that_never_knew_it(seed in any::<u64>()) {
            let mut dice = Dice::new(seed);
            let covering = Covering::by_chance(&mut dice);
            let barred: Vec<bool> = covering.columns.iter().map(|_| dice.roll(3) == 0).collect();
            let (mut linear, kept) = covering.solved(|_| true);
            let before = (linear.mark(), total(&linear));
            for (number, column) in &kept {
                linear.set_closed(*column, barred[*number]);
            }
            prop_assert!(linear.drive_out(10_000));
            prop_assert!(kept.iter().all(|(number, column)| !barred[*number] || linear.value(*column) == 0.0));
            prop_assert!(linear.solve(10_000));
            let (without, _) = covering.solved(|number| !barred[number]);
            prop_assert!((total(&linear) - total(&without)).abs() < 1e-6);
            for (_, column) in &kept {
                linear.set_closed(*column, false);
            }
            linear.go_to(before.0);
            prop_assert!((total(&linear) - before.1).abs() < 1e-9);
            prop_assert!(linear.solve(10_000));
            prop_assert!((total(&linear) - before.1).abs() < 1e-6);
        }
    }
}
