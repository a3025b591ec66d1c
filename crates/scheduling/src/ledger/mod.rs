//! The ledger: from duties that happened to what each person and each office holds, and what is fair.
//!
//! [`entry()`] weighs one duty and says in which categories its minutes lie; [`accounts`] divides every
//! duty among those who could have held it; [`closed`] and [`carried`] take balances over the years; and
//! [`offices()`] says who watched for whom. A duty belongs whole to the day it starts on, so however a
//! period is split, its parts add up to it.

mod carry;
mod entry;
mod offices;
mod people;
#[cfg(test)]
mod tests;

pub use carry::{Balances, carried, closed, years};
pub use entry::{Clocks, Duty, entry, pieces};
pub use offices::{Covered, offices};
pub use people::{FREE_SICK_DAYS, Party, Stretch, accounts};
