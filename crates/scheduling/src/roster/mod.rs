//! Rosters as days and kinds of work: the engine beneath a rota, and the form in which the public
//! rostering instances are written.
//!
//! [`Model`] says everything in integers; [`best`] finds the best roster of one person against
//! prices, exactly; [`Search`] improves a whole roster by it; [`Prices`] bounds what any roster
//! costs; [`evaluate()`] judges and shares no code with them. All of it is pure: counted in work, the same
//! model and seed give the same roster.

pub mod best;
pub mod columns;
mod dense;
mod dive;
pub mod evaluate;
mod linear;
pub mod model;
mod pair;
pub mod prices;
pub mod public;
pub mod search;
mod tables;
#[cfg(test)]
mod tests;

pub use columns::Columns;
pub use evaluate::{Verdict, evaluate};
pub use model::{Cover, Kind, MILLION, Model, Person, Row};
pub use pair::Pair;
pub use prices::Prices;
pub use search::Search;
