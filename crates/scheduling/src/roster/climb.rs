//! The side of the bound: column generation first, then dives from the top, then cases for a proof
//! and parts of the best roster by turns.
//!
//! A large program takes long to give its bound, so parts of the roster get every other share of the
//! work from the beginning.

use super::{
    ascent::Ascent,
    branch::Tree,
    columns::{Columns, whole},
    dive::{Dive, Going, Manner},
    halt::Halt,
    model::{Model, Row},
    near::Near,
    program::{Part, cost_of},
};
use crate::solver::random::Dice;

/// Work of one turn.
const TURN: u64 = 500_000;
/// Work that the bound gets first, with nothing else beside it.
const HEAD_START: u64 = 4_000_000;
/// The largest program that is split into cases, in equations.
const LARGEST_TREE: usize = 400;
/// After so many parts that gave nothing, the next dive from the top begins.
const IDLE: u32 = 40;

/// What it knows and what it is at.
#[derive(Debug)]
pub(super) struct Climber<'m> {
    model: &'m Model,
    halt: Halt,
    /// Prices alone, as long as they move; a small program has its own bound sooner.
    ascent: Option<Ascent<'m>>,
    columns: Columns<'m>,
    /// Around what the last dive gave, or around the best.
    near: Near<'m>,
    tree: Option<Tree<'m>>,
    dive: Option<Dive<'m>>,
    dice: Dice,
    dives: usize,
    rows: Vec<Row>,
    cost: i64,
    /// Work in programs that are gone.
    gone: u64,
    /// Whether parts of rosters have their turn, and until when.
    turn: bool,
    turn_until: u64,
}

impl<'m> Climber<'m> {
    /// From a legal roster.
    pub(super) fn new(model: &'m Model, rows: &[Row], cost: i64, seed: u64, halt: &Halt) -> Self {
        let dice = Dice::new(seed ^ 0x5eed);
        let columns = Columns::new(model, rows, halt);
        let is_large = columns.program.linear.basis().len() > LARGEST_TREE;
        Self {
            model,
            halt: halt.clone(),
            ascent: is_large.then(|| Ascent::new(model, halt)),
            columns,
            near: Near::new(model, rows, cost, true, dice.clone(), halt),
            tree: None,
            dive: None,
            dice,
            dives: 0,
            rows: rows.to_vec(),
            cost,
            gone: 0,
            turn: false,
            turn_until: HEAD_START,
        }
    }

    /// The best roster it knows, and what it costs.
    pub(super) fn best(&self) -> (&[Row], i64) {
        (&self.rows, self.cost)
    }

    /// Takes note of another roster, if it is better.
    pub(super) fn learn(&mut self, rows: &[Row], cost: i64) {
        if cost < self.cost {
            (self.rows, self.cost) = (rows.to_vec(), cost);
            if !self.columns.is_settled() {
                self.near.learn(rows, cost);
            }
            if let Some(tree) = &mut self.tree {
                tree.learn(rows, cost);
            }
        }
    }

    /// What any roster costs at least.
    pub(super) fn bound(&self) -> Option<i64> {
        let proved = self.tree.as_ref().map(Tree::bound);
        let alone = self.ascent.as_ref().and_then(Ascent::bound).map(whole);
        self.columns.bound().max(proved).max(alone)
    }

    /// The prices of the best bound.
    pub(super) fn prices(&self) -> Option<Vec<i64>> {
        let columns = self.columns.at_best().map(<[i64]>::to_vec);
        columns.or_else(|| self.ascent.as_ref().and_then(Ascent::prices))
    }

    /// Whether its prices are near enough to the best there are to begin a roster at them.
    pub(super) fn is_sure_of_prices(&self) -> bool {
        self.columns.is_settled() || self.ascent.as_ref().is_some_and(|ascent| ascent.prices().is_some())
    }

    fn work(&self) -> u64 {
        let tree = self.tree.as_ref().map_or(0, Tree::work);
        let ascent = self.ascent.as_ref().map_or(0, Ascent::work);
        ascent + self.columns.work() + self.near.work() + self.gone + tree
    }

    fn is_proved(&self) -> bool {
        self.bound() == Some(self.cost)
    }

    /// Does so much work.
    pub(super) fn step(&mut self, work: u64) {
        let until = self.work() + work;
        while self.work() < until && !self.is_proved() && !self.halt.is_stopped() {
            if self.work() >= self.turn_until {
                self.turn = !self.turn;
                self.turn_until = self.work() + TURN;
            }
            if self.turn {
                self.look_around();
            } else {
                self.climb();
            }
        }
    }

    fn climb(&mut self) {
        if let Some(ascent) = self.ascent.as_mut().filter(|ascent| !ascent.is_done()) {
            ascent.step(1);
            if let Some(prices) = ascent.prices().filter(|_| ascent.is_done()) {
                self.columns.begin_at(&prices);
                self.near.lean_on(&prices);
            }
        } else if !self.columns.is_settled() {
            self.columns.step(1);
            if self.columns.is_settled() {
                self.hand_over();
            }
        } else if self.dive.is_some() || self.dives == 0 {
            self.descend();
        } else if let Some(tree) = self.tree.as_mut().filter(|tree| tree.goes_on()) {
            tree.step(&mut self.columns.finder);
            let (rows, cost) = tree.best();
            if cost < self.cost {
                (self.rows, self.cost) = (rows.to_vec(), cost);
            }
        } else {
            self.look_around();
        }
    }

    /// Opens parts of the roster it is at; where nothing is found any more, it goes elsewhere.
    fn look_around(&mut self) {
        if self.near.idle() > IDLE && self.columns.is_settled() {
            return self.descend();
        }
        if self.near.idle() > IDLE {
            self.near.restart(&self.rows, self.cost);
        }
        self.near.step(&mut self.columns.finder);
        let (rows, cost) = self.near.best();
        if cost < self.cost {
            let rows = rows.to_vec();
            self.learn(&rows, cost);
        }
    }

    /// Once the program is settled: its rows help elsewhere.
    fn hand_over(&mut self) {
        let program = &self.columns.program;
        let mut by_worth: Vec<(f64, usize)> =
            program.pool.iter().map(|pooled| program.linear.reduced(pooled.column)).zip(0..).collect();
        by_worth.sort_by(|one, other| one.0.total_cmp(&other.0));
        let near = by_worth.len().min(40 * self.model.people.len());
        for (_, number) in &by_worth[..near] {
            self.near.remember(program.pool[*number].person, &program.pool[*number].row);
        }
        if let Some(prices) = self.columns.at_best() {
            self.near.lean_on(prices);
        }
        if program.linear.basis().len() <= LARGEST_TREE {
            let (rows, cost) = (&self.rows, self.cost);
            let bound = self.columns.bound_in_millionths();
            self.tree = bound.map(|bound| Tree::new(program, bound, rows, cost, &self.halt));
        }
    }

    /// A dive from the top, and on from what it gives; every other time from the best instead.
    fn descend(&mut self) {
        let mut dive = match self.dive.take() {
            Some(dive) => dive,
            None => {
                self.dives += 1;
                if self.dives.is_multiple_of(2) {
                    return self.near.restart(&self.rows, self.cost);
                }
                self.begin_dive()
            }
        };
        let before = dive.work();
        let going = dive.step(&mut self.columns.finder, &mut self.dice);
        self.gone += dive.work() - before;
        match going {
            Going::On => self.dive = Some(dive),
            Going::Lost => self.near.restart(&self.rows, self.cost),
            Going::Down => {
                let rows = dive.into_rows();
                let cost = cost_of(self.model, &rows);
                self.near.restart(&rows, cost);
                self.learn(&rows, cost);
            }
        }
    }

    fn begin_dive(&self) -> Dive<'m> {
        // The first goes where the program points, the others nearby.
        let shake = if self.dives == 1 { 0.0 } else { 0.2 };
        let limit = self.cost + self.cost.abs() / 5;
        let dearest = self.model.cover.iter().map(|cover| cover.under).max().unwrap_or(0);
        let patience = dearest as f64 / 5.0;
        let manner = Manner { rounds: 2, shake, share: 20, limit, patience, regrets: 12 };
        Dive::new(self.columns.program.clone(), Part::whole(self.model), self.rows.clone(), manner)
    }
}
