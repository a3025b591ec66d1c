//! Column generation: a linear program over rows of persons, to which rows are added while one is
//! found that its prices make worth having.
//!
//! It gives a bound on what any roster costs (checked in integers, so rounding in the program cannot
//! make it untrue), prices for the search, and a pool of rows out of which [`super::dive`] builds
//! rosters. The prices asked at lie between those of the best bound and those of the program, which
//! alone swing too far (smoothing after Wentges).

use super::{
    best::Finder,
    halt::Halt,
    model::{MILLION, Model, Row},
    program::{Part, Program, worked},
};

/// Reduced costs nearer to zero than this are none.
pub(super) const WORTH: f64 = 1e-6;
/// How near to the centre prices are at most.
const MOST_SMOOTH: f64 = 0.9;

/// The program, what is known by it, and the round of questions under way.
#[derive(Debug)]
pub struct Columns<'m> {
    pub(super) model: &'m Model,
    pub(super) finder: Finder<'m>,
    pub(super) program: Program<'m>,
    price: Vec<i64>,
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
    /// Begins with the rows of a legal roster; does nothing any more once `halt` says so.
    pub fn new(model: &'m Model, rows: &[Row], halt: &Halt) -> Self {
        let mut program = Program::new(model, rows, &Part::whole(model), halt);
        program.solve();
        let mut columns = Self {
            model,
            finder: Finder::new(model, halt),
            program,
            price: Vec::new(),
            prices: Vec::new(),
            centre: Vec::new(),
            bound: None,
            smooth: 0.5,
            round: Round::default(),
            settled: false,
        };
        columns.ask_at_program();
        columns
    }

    /// Asks at these prices first, and near to them until others give a better bound.
    pub(super) fn begin_at(&mut self, prices: &[i64]) {
        self.centre = prices.to_vec();
        self.prices = prices.to_vec();
        self.smooth = MOST_SMOOTH;
        self.start_round();
    }

    /// What any roster costs at least; `None` before the first round.
    pub fn bound(&self) -> Option<i64> {
        self.bound.map(whole)
    }

    pub(super) fn bound_in_millionths(&self) -> Option<i64> {
        self.bound
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
        self.finder.work() + self.program.work()
    }

    /// What the program costs, the fixed part included; no bound before it is settled.
    pub fn program(&self) -> f64 {
        self.program.value()
    }

    /// Asks on until `work` more is done or nothing is left to ask.
    pub fn step(&mut self, work: u64) {
        let until = self.work() + work;
        while self.work() < until && !self.settled {
            if !self.ask() {
                return;
            }
        }
    }

    /// One person is asked; after the last one, the program learns. False if there was no answer.
    fn ask(&mut self) -> bool {
        let person = self.round.next;
        price_for(self.model, person, &self.prices, &mut self.price);
        // Everybody has a legal row, the one the program began with: no answer means a halt.
        let Some((cost, row)) = self.finder.best(person, &self.price, None) else { return false };
        self.round.bound += cost;
        for at in worked(self.model, &row) {
            self.round.there[at] += 1;
        }
        if self.program.reduced(person, &row) < -WORTH {
            let before = self.program.pool.len();
            self.program.add(person, &row);
            self.round.added += self.program.pool.len() - before;
        }
        self.round.next += 1;
        if self.round.next == self.model.people.len() {
            self.learn_round();
        }
        true
    }

    fn learn_round(&mut self) {
        let round = std::mem::take(&mut self.round);
        let cover = self.model.cover.iter().zip(&self.prices);
        let bought: i64 = cover.map(|(cover, price)| price * i64::from(cover.wanted)).sum();
        let bound = self.model.base * MILLION + round.bound + bought;
        let program = self.program.prices();
        if self.bound.is_none_or(|known| bound > known) {
            self.bound = Some(bound);
            self.trust(&round.there, &program);
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
        self.program.solve();
        self.program.tidy(4000.max(self.model.people.len() * 60));
        self.ask_between();
    }

    /// Does the bound still rise towards the program's prices? Then they deserve more trust.
    fn trust(&mut self, there: &[u32], program: &[i64]) {
        let rise = |at: usize| {
            let missing = f64::from(self.model.cover[at].wanted) - f64::from(there[at]);
            missing * (program[at] - self.prices[at]) as f64
        };
        let rises: f64 = (0..program.len()).map(rise).sum();
        let smooth = if rises > 0.0 { self.smooth - 0.1 } else { self.smooth + (1.0 - self.smooth) * 0.1 };
        self.smooth = smooth.clamp(0.0, MOST_SMOOTH);
    }

    fn ask_at_program(&mut self) {
        self.prices = self.program.prices();
        self.start_round();
    }

    fn ask_between(&mut self) {
        let program = self.program.prices();
        let centre = |at: usize| self.centre.get(at).copied().unwrap_or(program[at]);
        self.prices = (0..program.len())
            .map(|at| program[at] + ((centre(at) - program[at]) as f64 * self.smooth) as i64)
            .collect();
        self.start_round();
    }

    fn start_round(&mut self) {
        self.round = Round { there: vec![0; self.model.cover.len()], ..Round::default() };
    }
}

/// Millionths as a whole penalty: since rosters cost whole numbers, a bound rounds up.
pub(super) fn whole(bound: i64) -> i64 {
    bound.div_euclid(MILLION) + i64::from(bound.rem_euclid(MILLION) > 0)
}

/// What a person's days cost at prices of cover, in millionths.
pub(super) fn price_for(model: &Model, person: usize, prices: &[i64], price: &mut Vec<i64>) {
    price.clear();
    let own = &model.people[person].price;
    price.extend(own.iter().zip(prices).map(|(own, price)| own * MILLION - price));
}
