//! A linear program over rows of persons: each of some people has one row of those in its pool, and
//! what is missing or too much on the days it looks at is paid for.
//!
//! Other people, and other days, stay as they are in the roster it begins with. Branches add cuts:
//! statements on how much is missing, or too much, over some days and kinds together.

use std::{collections::HashMap, ops::Range, sync::Arc};

use super::{
    halt::Halt,
    linear::Linear,
    model::{MILLION, Model, Row},
};

/// Pivots of one visit.
pub(super) const PATIENCE: usize = 20_000;
/// How much larger cover is made than it is, so that few values tie.
const BLUR: f64 = 1e-4;
/// What it costs to have what may not be had; nobody pays that much for a roster.
pub(super) const BARRED: i64 = 100_000;

/// What may change in a roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// These people,
    pub free: Vec<usize>,
    /// on these days.
    pub days: Range<usize>,
}

impl Part {
    /// Everything.
    pub(super) fn whole(model: &Model) -> Self {
        Self { free: (0..model.people.len()).collect(), days: 0..model.days }
    }
}

/// What is paid for in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slack {
    /// People missing.
    Under,
    /// People too many.
    Over,
}

/// So much slack over these cells, at least or at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// In ascending order.
    pub cells: Vec<usize>,
    pub slack: Slack,
    pub at_least: bool,
    pub value: i64,
}

/// A row in the program.
#[derive(Clone, Debug)]
pub(super) struct Pooled {
    pub person: usize,
    pub row: Row,
    /// What the person's wishes cost in it.
    pub cost: i64,
    /// Its number in the linear program.
    pub column: usize,
}

/// The program and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Program<'m> {
    pub model: &'m Model,
    pub linear: Linear,
    pub pool: Vec<Pooled>,
    known: HashMap<(usize, Row), usize>,
    /// The equation of each person who is free.
    people: Vec<Option<usize>>,
    /// The equation of each day and kind that is looked at.
    cells: Vec<Option<usize>>,
    /// Right sides, before they were blurred.
    right: Vec<f64>,
    /// What is paid for everything that stays.
    constant: i64,
    /// The columns of the roster it began with.
    plain: Vec<usize>,
}

impl<'m> Program<'m> {
    /// Begins with the rows of a legal roster.
    pub(super) fn new(model: &'m Model, rows: &[Row], part: &Part, halt: &Halt) -> Self {
        Self::with_cuts(model, rows, part, &[], BLUR, halt)
    }

    /// Begins with the rows of a legal roster, under cuts; cover is made larger by `blur`.
    pub(super) fn with_cuts(
        model: &'m Model,
        rows: &[Row],
        part: &Part,
        cuts: &[Arc<Cut>],
        blur: f64,
        halt: &Halt,
    ) -> Self {
        let mut people = vec![None; rows.len()];
        for (equation, person) in part.free.iter().enumerate() {
            people[*person] = Some(equation);
        }
        let (mut held, mut there) = (vec![0_i64; model.cover.len()], vec![0_i64; model.cover.len()]);
        let mut constant = model.base;
        for (person, row) in rows.iter().enumerate() {
            for at in worked(model, row) {
                there[at] += 1;
                held[at] += i64::from(people[person].is_none());
                constant += if people[person].is_none() { model.people[person].price[at] } else { 0 };
            }
        }
        let open = model.at(part.days.start, 0)..model.at(part.days.end, 0);
        let mut cells = vec![None; model.cover.len()];
        let mut right = vec![1.0; part.free.len()];
        let mut seen = Vec::new();
        for (at, cover) in model.cover.iter().enumerate() {
            if open.contains(&at) && (cover.under != 0 || cover.over != 0) {
                cells[at] = Some(right.len());
                right.push((i64::from(cover.wanted) - held[at]) as f64);
                seen.push(at);
            } else {
                constant += cover.cost(there[at]);
            }
        }
        right.extend(cuts.iter().map(|cut| cut.value as f64));
        let first_cut = part.free.len() + seen.len();
        let mut loose = right.clone();
        for (right, cut) in loose[first_cut..].iter_mut().zip(cuts) {
            // No cut may be broken by blur alone.
            let blurred = 2.0 * blur * cut.cells.len() as f64;
            *right += if cut.at_least { -blurred } else { blurred };
        }
        let linear = Linear::new(&loose, part.free.len()..first_cut, blur, halt);
        let (pool, known) = (Vec::new(), HashMap::new());
        let mut program =
            Self { model, linear, pool, known, people, cells, right, constant, plain: Vec::new() };
        let slacks = program.add_slacks(&seen, &there, cuts);
        let own = part.free.iter().map(|person| program.add(*person, &rows[*person]));
        let mut basis: Vec<usize> = own.collect();
        basis.iter_mut().for_each(|number| *number = program.pool[*number].column);
        basis.extend(slacks);
        program.plain = basis;
        program.begin_plainly();
        program
    }

    /// From the columns of the roster it began with.
    pub(super) fn begin_plainly(&mut self) {
        self.linear.begin(self.plain.clone());
    }

    /// The columns of what is missing and too much in each cell, and of how far each cut is from
    /// biting or holding; gives those of them that are not zero in the roster.
    fn add_slacks(&mut self, seen: &[usize], there: &[i64], cuts: &[Arc<Cut>]) -> Vec<usize> {
        let mut basis = Vec::with_capacity(seen.len() + cuts.len());
        let first_cut = self.right.len() - cuts.len();
        let mut sums = vec![0; cuts.len()];
        for at in seen {
            let (cover, equation) = (self.model.cover[*at], self.cells[*at].expect("it is seen"));
            let missing = i64::from(cover.wanted) - there[*at];
            let mut column = |slack: Slack, cost: i64, sign: f64, amount: i64| {
                let mut entries = vec![(equation, sign)];
                for (number, cut) in cuts.iter().enumerate() {
                    if cut.slack == slack && cut.cells.binary_search(at).is_ok() {
                        entries.push((first_cut + number, 1.0));
                        sums[number] += amount.max(0);
                    }
                }
                self.linear.add(cost as f64, entries)
            };
            let under = column(Slack::Under, cover.under, 1.0, missing);
            let over = column(Slack::Over, cover.over, -1.0, -missing);
            // Blurred right sides are a little larger than they were.
            basis.push(if missing >= 0 { under } else { over });
        }
        for (number, (cut, sum)) in cuts.iter().zip(sums).enumerate() {
            let sign = if cut.at_least { 1.0 } else { -1.0 };
            let beyond = self.linear.add(0.0, [(first_cut + number, -sign)]);
            let short = self.linear.add(BARRED as f64, [(first_cut + number, sign)]);
            let holds = if cut.at_least { sum >= cut.value } else { sum <= cut.value };
            basis.push(if holds { beyond } else { short });
        }
        basis
    }

    /// Where the columns of rows begin: before them are those of slack.
    pub(super) fn slack_columns(&self) -> usize {
        2 * (self.right.len() - self.people.iter().flatten().count())
    }

    /// Adds a row, if it is new, and gives its place in the pool.
    pub(super) fn add(&mut self, person: usize, row: &Row) -> usize {
        let key = (person, row.clone());
        if let Some(number) = self.known.get(&key) {
            return *number;
        }
        let cost = own_cost(self.model, person, row);
        let first = self.people[person].expect("rows are added for people who are free");
        let covers = worked(self.model, row).filter_map(|at| self.cells[at]).map(|equation| (equation, 1.0));
        let column = self.linear.add(cost as f64, std::iter::once((first, 1.0)).chain(covers));
        self.known.insert(key, self.pool.len());
        self.pool.push(Pooled { person, row: row.clone(), cost, column });
        self.pool.len() - 1
    }

    /// Solves it for the rows there are.
    pub(super) fn solve(&mut self) {
        self.linear.solve(PATIENCE);
    }

    /// What its solution costs, the part that stays included.
    pub(super) fn value(&self) -> f64 {
        let bought = self.linear.duals().iter().zip(&self.right).map(|(dual, right)| dual * right);
        bought.sum::<f64>() + self.constant as f64
    }

    /// What a row would cost beyond the program's prices.
    pub(super) fn reduced(&self, person: usize, row: &Row) -> f64 {
        let duals = self.linear.duals();
        let bought = worked(self.model, row).filter_map(|at| self.cells[at]).map(|equation| duals[equation]);
        let own = self.people[person].map_or(0.0, |equation| duals[equation]);
        own_cost(self.model, person, row) as f64 - own - bought.sum::<f64>()
    }

    /// The prices of cover in millionths, within what one too many and one too few cost.
    pub(super) fn prices(&self) -> Vec<i64> {
        let duals = self.linear.duals();
        let price = |(cover, equation): (&super::model::Cover, &Option<usize>)| {
            let dual = equation.map_or(0.0, |equation| duals[equation]);
            ((dual * MILLION as f64).round() as i64).clamp(-cover.over * MILLION, cover.under * MILLION)
        };
        self.model.cover.iter().zip(&self.cells).map(price).collect()
    }

    /// How much of a cell's slack there is.
    pub(super) fn slack(&self, at: usize, slack: Slack) -> f64 {
        let people = self.people.iter().flatten().count();
        let number = |equation: usize| 2 * (equation - people) + usize::from(slack == Slack::Over);
        self.cells[at].map_or(0.0, |equation| self.linear.value(number(equation)))
    }

    /// The price of a cut.
    pub(super) fn price_of_cut(&self, number: usize, cuts: usize) -> f64 {
        self.linear.duals()[self.right.len() - cuts + number]
    }

    /// The prices of cover in millionths, which cuts may move beyond what one too few or too many costs.
    pub(super) fn prices_under(&self, cuts: &[Arc<Cut>]) -> Vec<i64> {
        if cuts.is_empty() {
            return self.prices();
        }
        let duals = self.linear.duals();
        let price = |equation: &Option<usize>| equation.map_or(0.0, |equation| duals[equation]);
        self.cells.iter().map(|equation| (price(equation) * MILLION as f64).round() as i64).collect()
    }

    /// Forgets rows that are far from worth having, when there are more than `many`.
    pub(super) fn tidy(&mut self, many: usize) {
        if self.pool.len() <= many {
            return;
        }
        let reduced: Vec<f64> = self.pool.iter().map(|pooled| self.linear.reduced(pooled.column)).collect();
        let by_column: HashMap<usize, f64> =
            self.pool.iter().zip(&reduced).map(|(pooled, reduced)| (pooled.column, *reduced)).collect();
        let mut sorted = reduced;
        sorted.sort_unstable_by(f64::total_cmp);
        let limit = sorted[many / 2].max(0.0);
        let numbers =
            self.linear.retain(|column| by_column.get(&column).is_none_or(|reduced| *reduced <= limit));
        self.pool.retain_mut(|pooled| numbers[pooled.column].map(|column| pooled.column = column).is_some());
        self.known.clear();
        for (number, pooled) in self.pool.iter().enumerate() {
            self.known.insert((pooled.person, pooled.row.clone()), number);
        }
    }

    /// Work done so far.
    pub(super) fn work(&self) -> u64 {
        self.linear.work()
    }
}

/// What a person's wishes cost in a row.
pub(super) fn own_cost(model: &Model, person: usize, row: &[u8]) -> i64 {
    worked(model, row).map(|at| model.people[person].price[at]).sum()
}

/// What a roster costs.
pub(super) fn cost_of(model: &Model, rows: &[Row]) -> i64 {
    let (mut there, mut cost) = (vec![0; model.cover.len()], model.base);
    for (person, row) in model.people.iter().zip(rows) {
        for at in worked(model, row) {
            there[at] += 1;
            cost += person.price[at];
        }
    }
    cost + model.cover.iter().zip(there).map(|(cover, there)| cover.cost(there)).sum::<i64>()
}

/// Where in `cover` a row works.
pub(super) fn worked<'r>(model: &'r Model, row: &'r [u8]) -> impl Iterator<Item = usize> + 'r {
    let working = row.iter().enumerate().filter(|(_, code)| **code > 0);
    working.map(|(day, code)| model.at(day, usize::from(*code) - 1))
}
