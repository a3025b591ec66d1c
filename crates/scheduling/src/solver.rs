//! Fills the slots: a search for a good rota and a bound on the best there can be, both as
//! resumable steps counted in units of work.
//!
//! Levels are compared in order: law and leave are never broken, then cover, fairness, wishes,
//! stability. The same problem, seed and budget give the same rota on any machine, however busy:
//! no clock, and threads change nothing. Deadlines and cancelling belong to the caller, through [`Progress`].

use std::ops::ControlFlow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::problem::{Problem, Rota};

#[cfg(test)]
pub(crate) mod agreeing;
mod alone;
mod assign;
mod bound;
mod dive;
mod fairest;
mod greedy;
mod laws;
mod legal;
mod long;
mod moves;
mod parts;
mod penalty;
mod prices;
mod program;
pub(crate) mod random;
mod repair;
mod search;
mod someone;
mod state;
mod swaps;
mod timeline;
mod view;
mod weeks;

use timeline::Model;

pub use bound::LowerBound as Bound;
pub use penalty::Penalty;
pub use repair::{Repaired, repair};
pub use search::Search;
pub use swaps::{Exchange, Exchanges, swaps};

/// How much work may be done: one unit is one look at whether a person may take a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// Units of work.
    pub work: u64,
    /// Bytes that prices may take, as far as can be told before; where they would take more there are none,
    /// and wishes keep the bounds of one person or one day. The rota is made all the same.
    #[serde(default = "memory")]
    pub memory: u64,
}

fn memory() -> u64 {
    Budget::USUAL.memory
}

impl Budget {
    /// Enough for a region of twenty advisors over two months.
    pub const USUAL: Self = Self { work: 400_000, memory: 512 << 20 };

    /// So much work, and the usual memory.
    pub const fn of_work(work: u64) -> Self {
        Self { work, ..Self::USUAL }
    }

    /// Enough for `problem`: by its people and places, and never less than [`Self::USUAL`].
    pub fn of(problem: &Problem) -> Self {
        let looks = problem.candidates.len().saturating_mul(problem.places.len());
        let work = u64::try_from(looks).unwrap_or(u64::MAX).saturating_mul(100);
        Self::of_work(work.max(Self::USUAL.work))
    }
}

/// Where the search's own dice start. Stored with a rota, so that it can be built again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seed(pub u64);

/// What is known at a mark of work.
#[derive(Clone, Copy, Debug)]
pub struct Snapshot<'a> {
    /// Units of work spent.
    pub work: u64,
    /// Units of work allowed.
    pub budget: u64,
    /// The best rota so far; legal at every moment.
    pub rota: &'a Rota,
    /// What it costs.
    pub penalty: Penalty,
    /// What any rota costs at least, as far as is known.
    pub bound: Penalty,
    /// Whether `rota` is better than at the mark before.
    pub improved: bool,
}

/// Watches a search, and may end it.
pub trait Progress {
    /// Called at fixed marks of work; `Break` ends the search with the best rota so far.
    fn at(&mut self, snapshot: &Snapshot<'_>) -> ControlFlow<()>;
}

/// Watches nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn at(&mut self, _: &Snapshot<'_>) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

impl<F: FnMut(&Snapshot<'_>) -> ControlFlow<()>> Progress for F {
    fn at(&mut self, snapshot: &Snapshot<'_>) -> ControlFlow<()> {
        self(snapshot)
    }
}

/// How a search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The bound proves that no rota is better.
    Optimal,
    /// The budget is spent; nothing better is known.
    BudgetSpent,
    /// The caller ended it.
    Stopped,
}

/// A rota and what is known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Who stands where; legal as far as pinned places allow.
    pub rota: Rota,
    /// What it costs, level by level.
    pub penalty: Penalty,
    /// What any rota costs at least, level by level.
    pub bound: Penalty,
    /// How the search ended.
    pub status: Status,
    /// Units of work spent.
    pub work: u64,
    /// The seed it was built with.
    pub seed: Seed,
}

/// Units of work between two marks.
const MARK: u64 = 2_000;

/// Fills the places of `problem` as well as `budget` allows.
///
/// A place nobody may take stays a hole: a result, not an error.
pub fn solve(problem: &Problem, budget: Budget, seed: Seed, progress: &mut dyn Progress) -> Outcome {
    solve_on(1, problem, budget, seed, progress)
}

/// The same on two `threads`, one for the search and one for the bound, or on one. They tell each other
/// what they found at marks only, so the rota is the same.
pub fn solve_on(
    threads: usize,
    problem: &Problem,
    budget: Budget,
    seed: Seed,
    progress: &mut dyn Progress,
) -> Outcome {
    let model = Arc::new(Model::of(problem));
    let mut bound = Bound::over(Arc::clone(&model), budget.memory);
    let mut search = Search::of(problem, model, seed);
    let mut known = None;
    loop {
        let status = if search.is_begun() && bound.penalty() == search.penalty() {
            Some(Status::Optimal)
        } else if search.work() >= budget.work {
            Some(Status::BudgetSpent)
        } else {
            None
        };
        if status.is_some() {
            search.finish();
        }
        let snapshot = Snapshot {
            work: search.work(),
            budget: budget.work,
            rota: search.rota(),
            penalty: search.penalty(),
            bound: bound.penalty(),
            improved: known.is_none_or(|known| search.penalty() < known),
        };
        let stopped = progress.at(&snapshot).is_break();
        if let Some(status) = status.or(stopped.then_some(Status::Stopped)) {
            return Outcome {
                rota: search.rota().clone(),
                penalty: search.penalty(),
                bound: bound.penalty(),
                status,
                work: search.work(),
                seed,
            };
        }
        known = Some(search.penalty());
        bound.learn(search.state());
        if let Some(dive) = bound.hand_over(search.penalty()) {
            search.dive(dive);
        }
        let units = MARK.min(budget.work.saturating_sub(search.work()));
        side_by_side(threads, || bound.step(MARK), || search.step(units));
    }
}

fn side_by_side(threads: usize, one: impl FnOnce() + Send, other: impl FnOnce()) {
    if threads < 2 {
        one();
        other();
    } else {
        std::thread::scope(|scope| {
            scope.spawn(one);
            other();
        });
    }
}
