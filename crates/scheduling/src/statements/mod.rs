//! Statements of a month, per person: duties with what they owe, the interventions that answers on
//! standby make, and the register of daily and weekly time.

mod answered;
mod month;
mod register;
#[cfg(test)]
mod tests;

pub use answered::{APART, Joined, joined_with, minute};
pub use month::{owed, statement, without};
pub use register::{Worked, register};
