//! Column generation: a linear program over rows of persons, to which rows are added while one is
//! found that its prices make worth having.
//!
//! It gives a bound on what any roster costs (checked in integers, so rounding in the program cannot
//! make it untrue), prices for the search, and a pool of rows out of which [`super::dive`] builds
//! rosters. The prices asked at lie between those of the best bound and those of the program, which
//! alone swing too far (smoothing after Wentges).

use std::collections::HashMap;

use super::{
    best::Finder,
    linear::Linear,
    model::{MILLION, Model, Row},
};
use crate::solver::random::Dice;

/// Reduced costs nearer to zero than this are none.
const WORTH: f64 = 1e-6;
/// Pivots of one visit to a program.
pub(super) const PATIENCE: usize = 20_000;

/// A row in the program.
#[derive(Debug)]
pub(super) struct Pooled {
    pub person: usize,
    pub row: Row,
    /// What the person's wishes cost in it.
    pub cost: i64,
    /// Its number in the program over everybody.
    pub column: usize,
}

/// The program, what is known by it, and the round of questions under way.
#[derive(Debug)]
pub struct Columns<'m> {
    pub(super) model: &'m Model,
    pub(super) finder: Finder<'m>,
    pub(super) linear: Linear,
    pub(super) pool: Vec<Pooled>,
    /// Pivots made in programs that are gone.
    pub(super) pivots: usize,
    known: HashMap<(usize, Row), usize>,
    /// Where a day and kind has its equation, after those of the people.
    equations: Vec<Option<usize>>,
    right: Vec<f64>,
    pub(super) price: Vec<i64>,
    prices: Vec<i64>,
    centre: Vec<i64>,
    bound: Option<i64>,
    smooth: f64,
    round: Round,
    settled: bool,
}

/// Everybody is asked for their best row at the same prices.
#[derive(Debug, Default)]
struct Round {
    next: usize,
    bound: i64,
    there: Vec<u32>,
    added: usize,
}

impl<'m> Columns<'m> {
    /// Begins with the rows of a legal roster.
    pub fn new(model: &'m Model, rows: &[Row]) -> Self {
        let people = model.people.len();
        let mut equations = vec![None; model.cover.len()];
        let mut right = vec![1.0; people];
        for (at, cover) in model.cover.iter().enumerate() {
            if cover.under != 0 || cover.over != 0 {
                equations[at] = Some(right.len());
                right.push(f64::from(cover.wanted));
            }
        }
        let mut dice = Dice::new(1);
        let blurred = people..right.len();
        let mut columns = Self {
            model,
            finder: Finder::new(model),
            linear: Linear::new(&right, blurred, &mut dice),
            pool: Vec::new(),
            pivots: 0,
            known: HashMap::new(),
            equations,
            right,
            price: Vec::new(),
            prices: Vec::new(),
            centre: Vec::new(),
            bound: None,
            smooth: 0.5,
            round: Round::default(),
            settled: false,
        };
        columns.begin(rows);
        columns
    }

    fn begin(&mut self, rows: &[Row]) {
        let numbers: Vec<usize> =
            (0..rows.len()).map(|person| self.take(person, rows[person].clone())).collect();
        let basis = numbers.iter().map(|number| self.pool[*number].column).collect();
        let mut linear = std::mem::replace(&mut self.linear, Linear::empty());
        self.begin_with(&mut linear, basis, rows);
        self.linear = linear;
        self.linear.solve(PATIENCE);
        self.ask_at_program();
    }

    /// Begins a program with the columns of a roster, and what is too much or too little in it.
    fn begin_with(&self, linear: &mut Linear, mut basis: Vec<usize>, rows: &[Row]) {
        let mut there = vec![0_u32; self.model.cover.len()];
        for row in rows {
            for at in worked(self.model, row) {
                there[at] += 1;
            }
        }
        for ((cover, equation), there) in self.model.cover.iter().zip(&self.equations).zip(there) {
            let Some(equation) = *equation else { continue };
            let under = linear.add(cover.under as f64, [(equation, 1.0)]);
            let over = linear.add(cover.over as f64, [(equation, -1.0)]);
            basis.push(if there > cover.wanted { over } else { under });
        }
        assert!(linear.begin(basis, rows.len()), "a roster with what it lacks is a basis");
    }

    /// A program of its own in which `free` people may have any row of the pool and the others have
    /// theirs of `rows`; with it, where in it each row of the pool stands.
    pub(super) fn near(&mut self, rows: &[Row], free: &[bool]) -> (Linear, Vec<Option<usize>>) {
        let own: Vec<usize> = (0..rows.len()).map(|person| self.take(person, rows[person].clone())).collect();
        let mut linear = Linear::new(&self.right, rows.len()..self.right.len(), &mut Dice::new(1));
        let mut columns = vec![None; self.pool.len()];
        let mut basis = Vec::with_capacity(self.right.len());
        for number in own {
            let column = self.add_to(&mut linear, number);
            columns[number] = Some(column);
            basis.push(column);
        }
        self.begin_with(&mut linear, basis, rows);
        for number in 0..self.pool.len() {
            if free[self.pool[number].person] && columns[number].is_none() {
                columns[number] = Some(self.add_to(&mut linear, number));
            }
        }
        linear.solve(PATIENCE);
        (linear, columns)
    }

    /// Adds a row of the pool to a program.
    pub(super) fn add_to(&self, linear: &mut Linear, number: usize) -> usize {
        let pooled = &self.pool[number];
        let covers = worked(self.model, &pooled.row)
            .filter_map(|at| self.equations[at])
            .map(|equation| (equation, 1.0));
        linear.add(pooled.cost as f64, std::iter::once((pooled.person, 1.0)).chain(covers))
    }

    /// What any roster costs at least; `None` before the first round.
    pub fn bound(&self) -> Option<i64> {
        self.bound.map(|bound| bound.div_euclid(MILLION) + i64::from(bound.rem_euclid(MILLION) > 0))
    }

    /// The prices of the best bound, in millionths, day by day and kind by kind.
    pub fn at_best(&self) -> Option<&[i64]> {
        (!self.centre.is_empty()).then_some(&self.centre)
    }

    /// Whether no row is worth adding any more, so that the bound is as good as it gets this way.
    pub fn is_settled(&self) -> bool {
        self.settled
    }

    /// Work done so far.
    pub fn work(&self) -> u64 {
        let rows = self.right.len() as u64;
        self.finder.work() + (self.linear.pivots() + self.pivots) as u64 * rows * rows / 64
    }

    /// What the program costs, the fixed part included; no bound before it is settled.
    pub fn program(&self) -> f64 {
        self.linear.objective() + self.model.base as f64
    }

    /// Asks on until `work` more is done or nothing is left to ask.
    pub fn step(&mut self, work: u64) {
        let until = self.work() + work;
        while self.work() < until && !self.settled {
            self.ask();
        }
    }

    /// Adds a row, if it is new, and gives its place in the pool.
    pub(super) fn take(&mut self, person: usize, row: Row) -> usize {
        if let Some(number) = self.known.get(&(person, row.clone())) {
            return *number;
        }
        let cost = worked(self.model, &row).map(|at| self.model.people[person].price[at]).sum();
        let number = self.pool.len();
        self.known.insert((person, row.clone()), number);
        self.pool.push(Pooled { person, row, cost, column: 0 });
        let mut linear = std::mem::replace(&mut self.linear, Linear::empty());
        self.pool[number].column = self.add_to(&mut linear, number);
        self.linear = linear;
        number
    }

    /// The best row of somebody at a program's prices, if it is worth having.
    pub(super) fn ask_one(&mut self, person: usize, linear: &Linear) -> Option<usize> {
        self.find_price(person, &self.prices_of(linear));
        let (cost, row) = self.find(person)?;
        (cost as f64 / MILLION as f64 - linear.duals()[person] < -1e-4).then(|| self.take(person, row))
    }

    fn find(&mut self, person: usize) -> Option<(i64, Row)> {
        self.finder.best(person, &self.price, None)
    }

    /// One person is asked; after the last one, the program learns.
    fn ask(&mut self) {
        let person = self.round.next;
        let prices = std::mem::take(&mut self.prices);
        self.find_price(person, &prices);
        self.prices = prices;
        // Everybody has a legal row: the one the program began with.
        let Some((cost, row)) = self.find(person) else { return };
        self.round.bound += cost;
        let own: i64 = worked(self.model, &row).map(|at| self.model.people[person].price[at]).sum();
        let duals = self.linear.duals();
        let mut reduced = own as f64 - duals[person];
        for at in worked(self.model, &row) {
            self.round.there[at] += 1;
            reduced -= self.equations[at].map_or(0.0, |equation| duals[equation]);
        }
        if reduced < -WORTH {
            let before = self.pool.len();
            self.take(person, row);
            self.round.added += self.pool.len() - before;
        }
        self.round.next += 1;
        if self.round.next == self.model.people.len() {
            self.learn_round();
        }
    }

    fn learn_round(&mut self) {
        let round = std::mem::take(&mut self.round);
        let cover = self.model.cover.iter().zip(&self.prices);
        let bought: i64 = cover.map(|(cover, price)| price * i64::from(cover.wanted)).sum();
        let bound = self.model.base * MILLION + round.bound + bought;
        let program = self.prices_of(&self.linear);
        if self.bound.is_none_or(|known| bound > known) {
            self.bound = Some(bound);
            // Does the bound still rise towards the program's prices? Then they deserve more trust.
            let rises: f64 = (0..program.len())
                .map(|at| {
                    let missing = f64::from(self.model.cover[at].wanted) - f64::from(round.there[at]);
                    missing * (program[at] - self.prices[at]) as f64
                })
                .sum();
            self.smooth =
                if rises > 0.0 { self.smooth - 0.1 } else { self.smooth + (1.0 - self.smooth) * 0.1 };
            self.smooth = self.smooth.clamp(0.0, 0.9);
            self.centre.clone_from(&self.prices);
        }
        if round.added == 0 && self.prices == program {
            self.settled = true;
            return;
        }
        if round.added == 0 {
            // Nothing to learn so near to the centre.
            self.ask_at_program();
            return;
        }
        self.linear.solve(PATIENCE);
        self.tidy();
        self.ask_between();
    }

    /// A program's prices in millionths, within what one too many and one too few cost.
    fn prices_of(&self, linear: &Linear) -> Vec<i64> {
        let duals = linear.duals();
        let price = |(cover, equation): (&super::model::Cover, &Option<usize>)| {
            let dual = equation.map_or(0.0, |equation| duals[equation]);
            ((dual * MILLION as f64).round() as i64).clamp(-cover.over * MILLION, cover.under * MILLION)
        };
        self.model.cover.iter().zip(&self.equations).map(price).collect()
    }

    fn ask_at_program(&mut self) {
        self.prices = self.prices_of(&self.linear);
        self.start_round();
    }

    fn ask_between(&mut self) {
        let program = self.prices_of(&self.linear);
        let centre = |at: usize| self.centre.get(at).copied().unwrap_or(program[at]);
        self.prices = (0..program.len())
            .map(|at| program[at] + ((centre(at) - program[at]) as f64 * self.smooth) as i64)
            .collect();
        self.start_round();
    }

    fn start_round(&mut self) {
        self.round = Round { there: vec![0; self.model.cover.len()], ..Round::default() };
    }

    /// Forgets rows that are far from worth having, when there are many.
    pub(super) fn tidy(&mut self) {
        let many = 4000.max(self.model.people.len() * 60);
        if self.pool.len() <= many {
            return;
        }
        let mut reduced: Vec<f64> =
            self.pool.iter().map(|pooled| self.linear.reduced(pooled.column)).collect();
        let by_column: HashMap<usize, f64> =
            self.pool.iter().zip(&reduced).map(|(pooled, reduced)| (pooled.column, *reduced)).collect();
        reduced.sort_unstable_by(f64::total_cmp);
        let limit = reduced[many / 2].max(0.0);
        let numbers =
            self.linear.retain(|column| by_column.get(&column).is_none_or(|reduced| *reduced <= limit));
        self.pool.retain_mut(|pooled| numbers[pooled.column].map(|column| pooled.column = column).is_some());
        self.known.clear();
        for (number, pooled) in self.pool.iter().enumerate() {
            self.known.insert((pooled.person, pooled.row.clone()), number);
        }
    }

    fn find_price(&mut self, person: usize, prices: &[i64]) {
        self.price.clear();
        let own = &self.model.people[person].price;
        self.price.extend(own.iter().zip(prices).map(|(own, price)| own * MILLION - price));
    }
}

/// Where in `cover` a row works.
pub(super) fn worked<'r>(model: &'r Model, row: &'r [u8]) -> impl Iterator<Item = usize> + 'r {
    let working = row.iter().enumerate().filter(|(_, code)| **code > 0);
    working.map(|(day, code)| model.at(day, usize::from(*code) - 1))
}
