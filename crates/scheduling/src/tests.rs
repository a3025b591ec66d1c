//! What must be true of rotas: rules by example, laws by chance, outside cases where they are at hand.

pub mod anybody;
mod bounds;
mod explaining;
mod judging;
mod needing;
mod outside;
mod region;
mod solving;
mod town;
