//! The side of the bound: column generation first, then dives from the top, then cases for a proof
//! and parts of the best roster by turns.
//!
//! A large program takes long to give its bound, so parts of the roster get every other share of the
//! work until it is settled, and one in four after that.

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
/// Work of a turn of dives and cases: once the program is settled they give more than parts do.
const LONG_TURN: u64 = 1_500_000;
/// Work that the bound gets first, with nothing else beside it.
const HEAD_START: u64 = 4_000_000;
/// The largest program that is split into cases, in equations.
const LARGEST_TREE: usize = 400;
/// After so many parts that gave nothing there are no more of them until another roster is known or a dive is
/// lost.
const IDLE: u32 = 40;
/// How the work of dives and of cases is shared out: where at most one part in so many is left to prove,
/// little, and otherwise. Near the end a proof finds what dives miss; far from it there is none to be had.
const SHARES: [(i64, u64, u64); 3] = [(400, 1, 3), (50, 1, 1), (0, 8, 1)];
/// Until they had so much work cases have no less than dives: the first of them tell where dives are well
/// begun.
const FIRST_CASES: u64 = 20_000_000;

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
    /// Work in dives, and in the tree.
    spent: [u64; 2],
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
            spent: [0; 2],
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
            } else if self.near.idle() > IDLE {
                self.near.restart(rows, cost);
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
                let long = !self.turn && self.columns.is_settled();
                self.turn_until = self.work() + if long { LONG_TURN } else { TURN };
            }
            if self.turn && (self.near.idle() <= IDLE || !self.columns.is_settled()) {
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
        } else {
            let before = self.work();
            let to_tree = self.is_trees_turn();
            if to_tree {
                self.prove()
            } else {
                self.descend()
            }
            self.spent[usize::from(to_tree)] += self.work() - before;
        }
    }

    fn is_trees_turn(&self) -> bool {
        let [dives, tree] = self.spent;
        let left = self.cost - self.bound().unwrap_or(i64::MIN / 2);
        let fits = |(one_in, ..): &&(i64, u64, u64)| *one_in == 0 || left <= self.cost.abs() / one_in;
        let (_, to_dives, to_tree) = SHARES.iter().find(fits).copied().unwrap_or(SHARES[0]);
        let (to_dives, to_tree) = if tree < FIRST_CASES { (1, to_tree) } else { (to_dives, to_tree) };
        self.tree.as_ref().is_some_and(Tree::goes_on) && tree * to_dives <= dives * to_tree
    }

    fn prove(&mut self) {
        let Some(tree) = &mut self.tree else { return };
        tree.step(&mut self.columns.finder);
        let (rows, cost) = tree.best();
        if cost < self.cost {
            (self.rows, self.cost) = (rows.to_vec(), cost);
        }
    }

    /// Opens parts of the roster it is at.
    fn look_around(&mut self) {
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

    /// A dive, and on from what it gives.
    fn descend(&mut self) {
        let (mut dive, before) = match self.dive.take() {
            Some(dive) if dive.is_under_cuts() || !self.has_likelier(&dive) => {
                let work = dive.work();
                (dive, work)
            }
            _ => self.begin_dive(),
        };
        dive.want_below(self.wanted());
        let mut going = dive.step(&mut self.columns.finder, &mut self.dice);
        if going == Going::Lost && self.near.idle() > IDLE {
            self.near.restart(&self.rows, self.cost);
        }
        if going == Going::Down {
            let rows = dive.rows();
            let cost = cost_of(self.model, &rows);
            self.near.restart(&rows, cost);
            self.learn(&rows, cost);
            dive.want_below(self.wanted());
            going = dive.go_back(&mut self.dice);
        }
        self.gone += dive.work() - before;
        self.dive = (going == Going::On).then_some(dive);
    }

    /// Whether there is a case to dive in rather than go on from the top: once that would go back anyway, or
    /// the cases show that much of what the program leaves open there can be no roster.
    fn has_likelier(&self, dive: &Dive<'m>) -> bool {
        let Some(tree) = self.tree.as_ref().filter(|tree| tree.has_likely()) else { return false };
        let top = self.columns.bound().unwrap_or(self.cost);
        dive.has_just_gone_back() || 4 * (tree.bound() - top) > self.cost - top
    }

    /// In the tree's likeliest case if there is one, and from the top otherwise; with the work that was done in
    /// its program before.
    fn begin_dive(&mut self) -> (Dive<'m>, u64) {
        self.dives += 1;
        let (part, rows, manner) = (Part::whole(self.model), self.rows.clone(), self.manner());
        let likely = self.tree.as_mut().and_then(Tree::take_likely);
        let (program, cuts) = likely.map_or_else(
            || (self.columns.program.clone(), Vec::new()),
            |likely| (likely.program, likely.cuts),
        );
        let before = program.work();
        (Dive::under(cuts, program, part, rows, manner), before)
    }

    /// A little above the best is good enough for a dive that went back: what parts make of it may be better.
    fn wanted(&self) -> i64 {
        self.cost + self.bound().map_or(0, |bound| (self.cost - bound) / 4)
    }

    fn manner(&self) -> Manner {
        // The first goes where the program points, the others nearby.
        let shake = if self.dives == 1 { 0.0 } else { 0.2 };
        let limit = self.cost + self.cost.abs() / 5;
        let dearest = self.model.cover.iter().map(|cover| cover.under).max().unwrap_or(0);
        let patience = dearest as f64 / 5.0;
        Manner { rounds: 2, shake, share: 20, limit, patience, regrets: 12, returns: 12 }
    }
}
