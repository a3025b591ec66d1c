//! Money, in whole cents of the organisation's currency.

use std::{iter::Sum, ops::Add};

use serde::{Deserialize, Serialize};

/// An amount in cents. Never a float, so that sums are exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cents(pub i64);

impl Cents {
    /// Whole units and the remaining cents, for writing: −5.07 is `(true, 5, 7)`.
    pub fn parts(self) -> (bool, u64, u64) {
        let absolute = self.0.unsigned_abs();
        (self.0 < 0, absolute / 100, absolute % 100)
    }
}

impl Add for Cents {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sum for Cents {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self(0), Add::add)
    }
}
