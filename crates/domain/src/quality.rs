//! How good a plan is: what it costs at each level, beside what every plan costs at least.

use serde::{Deserialize, Serialize};

/// What a plan is weighed by, the gravest first: a later one counts only where the earlier are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// Uncovered minutes; a lead's weigh as much as ten backups'.
    Cover,
    /// Squares of the minutes by which people miss their fair share, an hour being free.
    Fairness,
    /// One for each wish that is not granted, three for each duty somebody would rather not have.
    Wishes,
    /// Places held by somebody else than before.
    Moves,
}

impl Aim {
    /// Every aim, the gravest first.
    pub const ALL: [Self; 4] = [Self::Cover, Self::Fairness, Self::Wishes, Self::Moves];

    /// The word programs read.
    pub fn word(self) -> &'static str {
        match self {
            Self::Cover => "cover",
            Self::Fairness => "fairness",
            Self::Wishes => "wishes",
            Self::Moves => "moves",
        }
    }
}

/// What a plan costs by one aim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// What it costs.
    pub cost: i64,
    /// What every plan costs at least that is as good by the graver aims as their own `at_least`.
    pub at_least: i64,
}

/// What is known of a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// No plan is better by this aim without being worse by a graver one.
    Best,
    /// A better one is not ruled out.
    Between,
    /// A graver aim is not settled, so that nothing can be said yet.
    Unweighed,
}

impl Known {
    /// The word programs read.
    pub fn word(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Between => "between",
            Self::Unweighed => "unweighed",
        }
    }
}

/// A plan's costs beside the least there can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Quality {
    /// See [`Aim::Cover`].
    pub cover: Level,
    /// See [`Aim::Fairness`].
    pub fairness: Level,
    /// See [`Aim::Wishes`].
    pub wishes: Level,
    /// See [`Aim::Moves`].
    pub moves: Level,
    /// What `cover` would cost if nobody came.
    pub asked: i64,
    /// How many people share the duties.
    pub people: u32,
}

impl Quality {
    /// What it costs by `aim`.
    pub fn level(&self, aim: Aim) -> Level {
        match aim {
            Aim::Cover => self.cover,
            Aim::Fairness => self.fairness,
            Aim::Wishes => self.wishes,
            Aim::Moves => self.moves,
        }
    }

    /// Each level with what is known of it.
    pub fn known(&self) -> [(Aim, Level, Known); 4] {
        let mut settled = true;
        Aim::ALL.map(|aim| {
            let level = self.level(aim);
            let known = match (settled, level.cost <= level.at_least) {
                (false, _) => Known::Unweighed,
                (true, true) => Known::Best,
                (true, false) => Known::Between,
            };
            settled &= known == Known::Best;
            (aim, level, known)
        })
    }

    /// By how much cover may miss the best there can be, in tenths of a percent of that, rounded up.
    pub fn cover_gap(&self) -> i64 {
        gap(self.cover.cost - self.cover.at_least, self.asked - self.cover.at_least)
    }

    /// By how many minutes people typically miss their fair share beyond the hour that is free: the root
    /// of the mean square, as it is and as it must be at least.
    pub fn typical_minutes(&self) -> (i64, i64) {
        let people = i64::from(self.people.max(1));
        let root =
            |cost: i64| i64::try_from((cost.max(0) / people).unsigned_abs().isqrt()).unwrap_or(i64::MAX);
        (root(self.fairness.cost), root(self.fairness.at_least))
    }

    /// By how much those minutes may miss the best there can be, in tenths of a percent of what they are,
    /// rounded up.
    pub fn fairness_gap(&self) -> i64 {
        // Roots of millions of times the sums, so that small gaps are not lost.
        let root = |cost: i64| (i128::from(cost.max(0)) * 1_000_000).unsigned_abs().isqrt();
        let (now, least) = (root(self.fairness.cost), root(self.fairness.at_least));
        let whole = i64::try_from(now).unwrap_or(i64::MAX);
        gap(i64::try_from(now.saturating_sub(least)).unwrap_or(i64::MAX), whole)
    }
}

/// `part` of `whole` in tenths of a percent, rounded up: nothing is claimed that is not so.
fn gap(part: i64, whole: i64) -> i64 {
    if part <= 0 || whole <= 0 {
        return if part <= 0 { 0 } else { 1_000 };
    }
    let tenths = (i128::from(part) * 1_000 + i128::from(whole) - 1) / i128::from(whole);
    i64::try_from(tenths).unwrap_or(1_000).min(1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(cost: i64, at_least: i64) -> Level {
        Level { cost, at_least }
    }

    fn quality() -> Quality {
        Quality {
            cover: level(2_400, 2_400),
            fairness: level(8_100, 8_000),
            wishes: level(3, 2),
            moves: level(0, 0),
            asked: 100_000,
            people: 4,
        }
    }

    #[test]
    fn nothing_is_said_of_a_level_before_the_graver_ones_are_settled() {
        let words = |one: Quality| one.known().map(|(_, _, known)| known.word());
        assert_eq!(words(quality()), ["best", "between", "unweighed", "unweighed"]);
        let fair = Quality { fairness: level(8_000, 8_000), ..quality() };
        assert_eq!(words(fair), ["best", "best", "between", "unweighed"]);
        assert_eq!(words(Quality { wishes: level(2, 2), ..fair }), ["best"; 4]);
    }

    #[test]
    fn a_gap_is_rounded_up_and_none_is_none() {
        let off = |cost, at_least| Quality { cover: level(cost, at_least), ..quality() }.cover_gap();
        assert_eq!(off(2_400, 2_400), 0);
        // One minute of 97 600 is more than nothing.
        assert_eq!(off(2_401, 2_400), 1);
        assert_eq!(off(2_800, 2_400), 5, "400 of 97 600: 0.41 %, and so within 0.5 %");
        assert_eq!(off(100_000, 100_000), 0);
    }

    #[test]
    fn unfairness_is_told_in_minutes_a_person_and_compared_by_them() {
        let off = |cost, at_least| Quality { fairness: level(cost, at_least), ..quality() };
        assert_eq!(off(4 * 3_600, 4 * 900).typical_minutes(), (60, 30));
        assert_eq!(off(4 * 3_600, 4 * 900).fairness_gap(), 500, "half of it may be avoidable");
        assert_eq!(off(1_000_000, 992_016).fairness_gap(), 4, "996 of 1 000 minutes");
        assert_eq!(off(3_600, 0).fairness_gap(), 1_000);
    }
}
