//! Who answers: one pure decision with its reason.
//!
//! Told the time and who is on duty, it always decides; the same desk in another order gives the
//! same answer.

mod decide;
#[cfg(test)]
mod tests;
pub mod windows;

pub use decide::{Arrival, CAPACITY_HALVES, Desk, OnDuty, Tell, Verdict, decide, weigh};
pub use windows::Hours;
