//! Search and bound side by side, on two cores or on one: they meet at fixed marks of work and tell
//! each other what they found, so the result depends on the seed and the work and on nothing else.
//!
//! The bound comes from column generation, and once it stands, dives look for rosters near it. Where
//! a linear program would be too large, prices alone bound.

use super::{
    columns::Columns,
    dive::{Dive, Manner},
    evaluate::evaluate,
    model::{Model, Row},
    prices::Prices,
    search::Search,
};
use crate::solver::random::Dice;

/// Both sides, and the best roster of either.
#[derive(Debug)]
pub struct Pair<'m> {
    model: &'m Model,
    search: Search<'m>,
    side: Side<'m>,
    rows: Vec<Row>,
    cost: i64,
}

/// The largest linear program, in equations.
const LARGEST_PROGRAM: usize = 2000;

/// Who bounds.
#[derive(Debug)]
enum Side<'m> {
    Columns(Box<Climber<'m>>),
    Prices(Box<Prices<'m>>),
}

/// The bound's side: first the bound, then rosters near it.
#[derive(Debug)]
struct Climber<'m> {
    columns: Columns<'m>,
    dice: Dice,
    dive: Option<Dive>,
    rows: Vec<Row>,
    cost: i64,
    dives: usize,
    few: usize,
    since: usize,
}

impl<'m> Pair<'m> {
    /// Begins with everybody put in one after the other; `None` if somebody has no legal row.
    pub fn new(model: &'m Model, seed: u64) -> Option<Self> {
        let search = Search::new(model, seed);
        let (rows, cost) = search.best();
        let rows = rows.to_vec();
        if !evaluate(model, &rows).broken.is_empty() {
            return None;
        }
        let side = if model.people.len() + model.cover.len() > LARGEST_PROGRAM {
            Side::Prices(Box::new(Prices::new(model)))
        } else {
            Side::Columns(Box::new(Climber {
                columns: Columns::new(model, &rows),
                dice: Dice::new(seed ^ 0x5eed),
                dive: None,
                rows: rows.clone(),
                cost,
                dives: 0,
                few: 4,
                since: 0,
            }))
        };
        Some(Self { model, search, side, rows, cost })
    }

    /// The best roster so far, and what it costs.
    pub fn best(&self) -> (&[Row], i64) {
        (&self.rows, self.cost)
    }

    /// What any roster costs at least; `None` before it is known.
    pub fn bound(&self) -> Option<i64> {
        match &self.side {
            Side::Columns(climber) => climber.columns.bound(),
            Side::Prices(prices) => prices.bound(),
        }
    }

    /// Whether nothing can be better than the best.
    pub fn is_proved(&self) -> bool {
        self.bound() == Some(self.cost)
    }

    /// Each side does so much work, at once if there are two `threads`.
    pub fn round(&mut self, work: u64, threads: usize) {
        let (search, side, known) = (&mut self.search, &mut self.side, self.cost);
        if threads == 1 {
            search.step(work);
            side.step(work, known);
        } else {
            std::thread::scope(|scope| {
                scope.spawn(|| side.step(work, known));
                search.step(work);
            });
        }
        self.meet();
    }

    fn meet(&mut self) {
        let (found, cost) = self.search.best();
        if cost < self.cost {
            (self.rows, self.cost) = (found.to_vec(), cost);
        }
        match &mut self.side {
            Side::Prices(prices) => self.search.lean_on(prices.at_best()),
            Side::Columns(climber) => {
                if climber.cost < self.cost {
                    (self.rows, self.cost) = (climber.rows.clone(), climber.cost);
                    self.search.adopt(&self.rows);
                } else if self.cost < climber.cost {
                    (climber.rows, climber.cost) = (self.rows.clone(), self.cost);
                }
                if let Some(prices) = climber.columns.at_best() {
                    self.search.lean_on(prices);
                }
            }
        }
        debug_assert_eq!(evaluate(self.model, &self.rows).penalty, self.cost);
    }
}

impl Side<'_> {
    fn step(&mut self, work: u64, known: i64) {
        match self {
            Self::Columns(climber) => climber.step(work),
            Self::Prices(prices) => prices.step(work, known),
        }
    }
}

impl Climber<'_> {
    fn step(&mut self, work: u64) {
        let until = self.columns.work() + work;
        self.columns.step(work);
        while self.columns.work() < until && self.columns.bound() != Some(self.cost) {
            let dive = match &mut self.dive {
                Some(dive) => dive,
                None => {
                    let dive = self.begin_dive();
                    self.dive.insert(dive)
                }
            };
            if dive.step(&mut self.columns, &mut self.dice) {
                self.end_dive();
            }
        }
    }

    /// Two from the top, then near the best roster; one in forty from the top again.
    fn begin_dive(&mut self) -> Dive {
        let people = self.rows.len();
        self.dives += 1;
        if self.dives <= 2 || self.dives.is_multiple_of(40) {
            let shake = if self.dives == 1 { 0.0 } else { 0.2 };
            return Dive::from_top(&self.columns, Manner { rounds: 4, shake, share: 20 });
        }
        let mut chosen: Vec<usize> = (0..people).collect();
        let few = self.few.min(people);
        for at in 0..few {
            let other = at + self.dice.roll(people - at);
            chosen.swap(at, other);
        }
        chosen.truncate(few);
        Dive::near(&mut self.columns, &self.rows, &chosen, Manner { rounds: 8, shake: 0.1, share: 20 })
    }

    fn end_dive(&mut self) {
        let Some(dive) = self.dive.take() else { return };
        let rows = dive.rows(&self.columns);
        let cost = evaluate(self.columns.model, &rows).penalty;
        self.since += 1;
        if cost < self.cost {
            (self.rows, self.cost) = (rows, cost);
            self.since = 0;
        } else if cost == self.cost {
            self.rows = rows;
        }
        if self.since > 60 {
            // Nothing near: look wider, and in the end begin again narrow.
            self.since = 0;
            self.few = if self.few >= 14 { 4 } else { self.few + 2 };
        }
        self.columns.tidy();
    }
}
