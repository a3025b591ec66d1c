//! What must be true of rotas: rules by example, laws by chance, outside cases where they are at hand.

pub mod anybody;
mod bounds;
mod clocks;
mod explaining;
mod fairness;
mod filling;
mod judging;
mod laws;
mod mending;
mod needing;
mod outside;
mod region;
mod rosters;
mod ruling;
mod saying;
mod skills;
mod solving;
mod swapping;
mod three_laws;
pub mod town;
mod values;
mod waiting;
