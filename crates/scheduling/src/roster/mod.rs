//! Rosters as days and kinds of work: the engine beneath a rota, and the form in which the public
//! rostering instances are written.
//!
//! [`Model`] says everything in integers; [`best`] finds the best roster of one person against
//! prices, exactly; [`Search`] improves a whole roster by it; [`Columns`] bounds what any roster
//! costs; [`Pair`] does both at once and proves what it can; [`evaluate()`] judges and shares no code
//! with them. All of it is pure: counted in work, the same model and seed give the same roster.

mod ascent;
pub mod best;
mod branch;
mod climb;
pub mod columns;
mod deal;
mod dense;
mod dive;
mod draft;
pub mod evaluate;
mod halt;
mod labels;
mod linear;
mod merge;
pub mod model;
mod near;
mod pair;
mod program;
pub mod public;
pub mod search;
mod seek;
mod span;
mod split;
mod sweep;
mod tables;
#[cfg(test)]
mod tests;
mod walk;
mod wide;

pub use columns::Columns;
pub use evaluate::{Verdict, evaluate};
pub use halt::Halt;
pub use model::{Cover, Kind, MILLION, Model, Person, Row};
pub use pair::Pair;
pub use search::Search;
