//! Statements of a month, per person: duties with what they owe, and the register of daily and weekly
//! time.

mod month;
mod register;
#[cfg(test)]
mod tests;

pub use month::{statement, without};
pub use register::{Worked, register};
