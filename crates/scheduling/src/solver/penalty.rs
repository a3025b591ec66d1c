//! What a rota costs, level by level.

use serde::{Deserialize, Serialize};

/// The cost of a rota in whole numbers; levels are compared in the order of the fields.
///
/// As a bound, each level holds for every rota that meets the bounds of the levels before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Penalty {
    /// Uncovered minutes; a lead's weigh as much as ten backups'.
    pub cover: i64,
    /// Squares of the minutes by which people miss their fair share, beyond the tolerance.
    pub fairness: i64,
    /// One for each wish that is not granted, three for each duty somebody would rather not have.
    pub wishes: i64,
    /// Places held by somebody else than before.
    pub stability: i64,
}

/// How many backups' minutes a lead's minute weighs.
pub(super) const LEAD_WEIGHT: i64 = 10;
/// What a duty on a "rather not" day costs.
pub(super) const RATHER_NOT: i64 = 3;
/// What a wish that is not granted costs.
pub(super) const MISSED_WISH: i64 = 1;

/// The cost of missing one's fair share by `deviation` minutes, with `tolerance` minutes free.
///
/// Convex in the deviation, which is what the bound relies on.
pub(super) fn unfairness(deviation: i64, tolerance: i64) -> i64 {
    let beyond = (deviation.abs() - tolerance).max(0);
    beyond.saturating_mul(beyond)
}
