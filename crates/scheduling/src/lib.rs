//! Who works: from needs to slots, from slots to a rota, and what the law says of it.
//!
//! [`needs`] turns a pool's windows into slots, [`Problem`] says everything there is to know,
//! [`solve`] fills the slots, [`judge()`] reads the result with the text of the law in hand and
//! shares no code with the solver, [`explain`] says who could take a slot and why not, and
//! [`score()`] sums up for the board.

pub mod aside;
pub mod bonds;
pub mod demand;
pub mod explain;
pub mod fair;
pub mod judge;
pub mod law;
pub mod ledger;
pub mod needs;
pub mod problem;
pub mod record;
pub mod region;
pub mod roster;
pub mod rules;
pub mod score;
pub mod skills;
pub mod solver;
pub mod statements;
#[cfg(test)]
pub(crate) mod tests;
pub mod ways;

pub use explain::{Candidacy, HoleReason, Standing, WhatIf, hole_reason, what_if, who_could};
pub use judge::{judge, judge_person, notes, obstacles, obstacles_with};
pub use problem::{Candidate, Employed, OfficeDay, Place, Problem, Rota, Wish, Work};
pub use score::{Filled, Score, Share, score, score_of};
pub use solver::{
    Bound, Budget, Exchange, Exchanges, Outcome, Penalty, Progress, Quiet, Repaired, Search, Seed, Snapshot,
    Status, repair, solve, solve_on, swaps,
};
pub use ways::{Step, Way, ways_to_fill};
