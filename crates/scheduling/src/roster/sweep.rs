//! Everybody's whole row anew, one after the other, at prices that lead from the bound's to what the
//! roster itself says.
//!
//! At the bound's prices people leave room for those after them; at the roster's own, everybody takes
//! what is best for it as it stands. Going from one to the other in a few sweeps gives rosters that no
//! change of a few rows leads to: on long horizons, minutes and weekends come to lie where they are
//! needed.

use super::{
    best::Finder,
    draft::Draft,
    model::{MILLION, Model, Row},
    program::worked,
};
use crate::solver::random::Dice;

/// Sweeps of the first time, and how far its first one leans towards the bound's prices.
const FIRST_SWEEPS: usize = 10;
const FIRST_LEAN: f64 = 0.5;
/// Sweeps of further times, at least and at most, and how far their first ones lean at most, in
/// hundredths.
const SWEEPS: (usize, usize) = (4, 10);
const MOST_LEAN: (usize, usize) = (5, 35);
/// Prices are blurred by so much, so that few rows tie.
const BLUR: usize = MILLION as usize / 2;

/// The sweeps under way and the best roster they know.
#[derive(Debug)]
pub(super) struct Sweep<'m> {
    model: &'m Model,
    dice: Dice,
    draft: Draft<'m>,
    best: (Vec<Row>, i64),
    guide: Vec<i64>,
    /// Times that came to their end.
    times: u32,
    left: Vec<usize>,
    sweeps: Option<Sweeps>,
    price: Vec<i64>,
}

/// How far a time got.
#[derive(Clone, Copy, Debug)]
struct Sweeps {
    number: usize,
    of: usize,
    lean: f64,
}

impl Sweeps {
    /// How far prices lean towards the bound's now: less each time, not at all in the last two sweeps.
    fn lean(self) -> f64 {
        let rest = (self.of as f64 - 2.0 - self.number as f64) / (self.of as f64 - 2.0).max(1.0);
        self.lean * rest.max(0.0)
    }
}

impl<'m> Sweep<'m> {
    /// From a legal roster.
    pub(super) fn new(model: &'m Model, rows: &[Row], cost: i64, dice: Dice) -> Self {
        Self {
            model,
            dice,
            draft: Draft::new(model, rows),
            best: (rows.to_vec(), cost),
            guide: Vec::new(),
            times: 0,
            left: Vec::new(),
            sweeps: None,
            price: Vec::new(),
        }
    }

    /// The best roster it knows, and what it costs.
    pub(super) fn best(&self) -> (&[Row], i64) {
        (&self.best.0, self.best.1)
    }

    /// The next time begins with another roster, if it is better.
    pub(super) fn learn(&mut self, rows: &[Row], cost: i64) {
        if cost < self.best.1 {
            self.best = (rows.to_vec(), cost);
        }
    }

    /// Prices of cover from the bound, in millionths.
    pub(super) fn lean_on(&mut self, prices: &[i64]) {
        self.guide = prices.to_vec();
    }

    /// Whether there are prices to lean on.
    pub(super) fn is_possible(&self) -> bool {
        !self.guide.is_empty()
    }

    /// Whether it has something to give that nothing else can: before its first time ends.
    pub(super) fn is_due(&self) -> bool {
        self.is_possible() && self.times == 0
    }

    /// The next person's row; true if a time came to its end.
    pub(super) fn step(&mut self, finder: &mut Finder<'m>) -> bool {
        let sweeps = match self.sweeps {
            Some(sweeps) => sweeps,
            None => self.begin(),
        };
        let Some(person) = self.left.pop() else {
            let ends = sweeps.number + 1 >= sweeps.of;
            self.sweeps = (!ends).then_some(Sweeps { number: sweeps.number + 1, ..sweeps });
            self.times += u32::from(ends);
            self.left = self.some_order();
            return ends;
        };
        self.deal(person, sweeps.lean(), finder);
        if self.draft.cost() < self.best.1 {
            self.best = (self.draft.rows().to_vec(), self.draft.cost());
        }
        false
    }

    fn begin(&mut self) -> Sweeps {
        self.draft.adopt(&self.best.0);
        let sweeps = if self.times == 0 {
            Sweeps { number: 0, of: FIRST_SWEEPS, lean: FIRST_LEAN }
        } else {
            let (least, most) = MOST_LEAN;
            let lean = (least + self.dice.roll(most - least + 1)) as f64 / 100.0;
            Sweeps { number: 0, of: SWEEPS.0 + self.dice.roll(SWEEPS.1 - SWEEPS.0 + 1), lean }
        };
        self.left = self.some_order();
        self.sweeps = Some(sweeps);
        sweeps
    }

    fn some_order(&mut self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.model.people.len()).collect();
        for at in (1..order.len()).rev() {
            order.swap(at, self.dice.roll(at + 1));
        }
        order
    }

    /// Gives a person the best row there is, or leaves them as they are if none is better.
    fn deal(&mut self, person: usize, lean: f64, finder: &mut Finder<'m>) {
        let (days, old) = (self.model.days, self.draft.rows()[person].clone());
        self.draft.take_out(person, 0..days);
        self.find_prices(person, lean);
        let found = finder.anew(person, &self.price);
        let value = |row: &Row| worked(self.model, row).map(|at| self.price[at]).sum::<i64>();
        let row = found.map(|(_, row)| row).filter(|row| value(row) <= value(&old));
        self.draft.exchange(person, row.as_ref().unwrap_or(&old));
    }

    fn find_prices(&mut self, person: usize, lean: f64) {
        self.price.clear();
        for (at, own) in self.model.people[person].price.iter().enumerate() {
            let blur = self.dice.roll(2 * BLUR + 1) as i64 - BLUR as i64;
            let marginal = (self.draft.marginal(at) * MILLION + blur) as f64;
            let leant = marginal + lean * (-(self.guide[at] as f64) - marginal);
            self.price.push(own * MILLION + leant as i64);
        }
    }
}
