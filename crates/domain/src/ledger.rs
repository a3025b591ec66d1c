//! The ledger of fairness: what duties weigh, in which categories they fall, and what people and
//! offices hold of them. It is never asked what the law says.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    DutyKind, ExemptionId, Language, Minutes, OrganisationId, PersonId, Rung, ShiftId, Skills, Span,
    holidays::easter,
};

/// What people count besides hours. A minute may lie in several: Christmas night is a feast, a public
/// holiday and a night.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// From 18:00 to 22:00 by the pool's clocks, on whatever day.
    Evening,
    /// Saturdays that are no public holidays.
    Saturday,
    /// Sundays that are no public holidays.
    Sunday,
    /// The pool's public holidays, whatever weekday they fall on.
    Holiday,
    /// The days that have a [`Feast`].
    Feast,
    /// From 22:00 to 6:00 by the pool's clocks.
    Night,
}

impl Category {
    /// Every category, in the order a page lists them.
    pub const ALL: [Self; 6] =
        [Self::Evening, Self::Saturday, Self::Sunday, Self::Holiday, Self::Feast, Self::Night];

    /// The word in tables and in the keys of translations.
    pub fn word(self) -> &'static str {
        match self {
            Self::Evening => "evening",
            Self::Saturday => "saturday",
            Self::Sunday => "sunday",
            Self::Holiday => "holiday",
            Self::Feast => "feast",
            Self::Night => "night",
        }
    }

    /// The category written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.word() == word)
    }
}

/// A day that everybody would like to have off, public holiday or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feast {
    /// 24 December.
    ChristmasEve,
    /// 25 December.
    Christmas,
    /// 31 December.
    NewYearsEve,
    /// 1 January.
    NewYear,
    /// Easter Sunday.
    Easter,
}

impl Feast {
    /// The feast on `day`, if it is one.
    pub fn on(day: NaiveDate) -> Option<Self> {
        match (day.month(), day.day()) {
            (12, 24) => Some(Self::ChristmasEve),
            (12, 25) => Some(Self::Christmas),
            (12, 31) => Some(Self::NewYearsEve),
            (1, 1) => Some(Self::NewYear),
            _ => (easter(day.year()) == Some(day)).then_some(Self::Easter),
        }
    }

    /// The word in the keys of translations.
    pub fn word(self) -> &'static str {
        match self {
            Self::ChristmasEve => "christmas_eve",
            Self::Christmas => "christmas",
            Self::NewYearsEve => "new_years_eve",
            Self::NewYear => "new_year",
            Self::Easter => "easter",
        }
    }
}

/// How a pool keeps its ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerTerms {
    /// What a backup's minute weighs, in basis points of a lead's.
    pub backup_bp: u32,
    /// How much anybody may carry from one period into the next, in either direction.
    pub cap: Minutes,
}

impl Default for LedgerTerms {
    /// Half for a backup, four evenings of four hours: what holds where a pool decided nothing.
    fn default() -> Self {
        Self { backup_bp: 5_000, cap: Minutes::hours(16) }
    }
}

impl LedgerTerms {
    /// What `minutes` on `rung` weigh, in worth-minutes, rounded down.
    pub fn worth(&self, minutes: Minutes, rung: Rung) -> i64 {
        let weight = match rung {
            Rung::Lead => 10_000,
            Rung::Backup => i64::from(self.backup_bp),
            Rung::Learner => 0,
        };
        i64::from(minutes.0) * weight / 10_000
    }
}

/// Days on which somebody owes nothing, because their employer says so. Why is nobody's business here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exemption {
    /// Its id.
    pub id: ExemptionId,
    /// Who owes nothing.
    pub person: PersonId,
    /// Which employer says so.
    pub organisation: OrganisationId,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included.
    pub until: NaiveDate,
}

/// One duty in the ledger. Every figure is a sum of these.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The duty.
    pub shift: ShiftId,
    /// Who held it.
    pub person: PersonId,
    /// For whom they worked that day, as far as it is known.
    pub employer: Option<OrganisationId>,
    /// Lead or backup.
    pub rung: Rung,
    /// Active or standby.
    pub kind: DutyKind,
    /// From when to when.
    pub span: Span,
    /// The day it starts on by the pool's clocks: all of it counts for the period of that day.
    pub day: NaiveDate,
    /// Languages that whoever holds it must speak.
    pub languages: Vec<Language>,
    /// What else they must bring.
    #[serde(default)]
    pub skills: Skills,
    /// What all of it weighs, in worth-minutes.
    pub worth: i64,
    /// How much of it lies in each category, in real minutes; categories it does not touch are left out.
    pub parts: Vec<(Category, Minutes)>,
    /// The feasts it touches, in order.
    pub feasts: Vec<Feast>,
}

impl Entry {
    /// How much of it lies in `category`.
    pub fn minutes_in(&self, category: Category) -> Minutes {
        self.parts.iter().find(|(one, _)| *one == category).map_or(Minutes(0), |(_, minutes)| *minutes)
    }
}

/// What somebody holds, of all duties or of those in one category.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How many duties.
    pub duties: u32,
    /// Real minutes as lead.
    pub lead: Minutes,
    /// Real minutes as backup.
    pub backup: Minutes,
    /// What these minutes weigh, in worth-minutes.
    pub worth: i64,
}

/// What somebody holds and what would be fair, in worth-minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What they hold.
    pub held: Tally,
    /// What would be fair: of every duty, their part among those who could have held it.
    pub fair: i64,
}

impl Part {
    /// By how much they hold more, or below zero less, than is fair.
    pub fn over(&self) -> i64 {
        self.held.worth - self.fair
    }
}

/// One person's account for a period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// Whose.
    pub person: PersonId,
    /// For whom they work in the pool, as far as it is known.
    pub employer: Option<OrganisationId>,
    /// Their part of a full-time share, in basis points, on the average of the period's days.
    pub share_bp: u32,
    /// Everything.
    pub whole: Part,
    /// By category, in the order of [`Category::ALL`].
    pub categories: Vec<(Category, Part)>,
    /// What they bring from all the years before the period, in worth-minutes, within the cap;
    /// above zero if they gave more than their share.
    pub carried: i64,
}

impl Account {
    /// What they carried, and what this period adds.
    pub fn balance(&self) -> i64 {
        self.carried + self.whole.over()
    }
}

/// What an office's people gave to others' watch, and what it received, in worth-minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeAccount {
    /// Which office.
    pub office: OrganisationId,
    /// What its people did for other offices' covered hours.
    pub given: i64,
    /// What others' people did for its own covered hours.
    pub received: i64,
    /// What its own people did for its own covered hours.
    pub own: i64,
}

impl OfficeAccount {
    /// What it gave more, or below zero less, than it received.
    pub fn balance(&self) -> i64 {
        self.given - self.received
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_days_a_year_are_feasts_and_easter_moves() {
        let feasts = |year: i32| -> Vec<String> {
            let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
            let days = first.iter_days().take_while(|day| day.year() == year);
            days.filter(|day| Feast::on(*day).is_some()).map(|day| day.format("%m-%d").to_string()).collect()
        };
        assert_eq!(feasts(2026), ["01-01", "04-05", "12-24", "12-25", "12-31"]);
        assert_eq!(feasts(2027), ["01-01", "03-28", "12-24", "12-25", "12-31"]);
    }

    #[test]
    fn a_backup_weighs_half_unless_the_pool_says_otherwise() {
        let terms = LedgerTerms::default();
        assert_eq!(terms.worth(Minutes(241), Rung::Lead), 241);
        assert_eq!(terms.worth(Minutes(241), Rung::Backup), 120);
        let equal = LedgerTerms { backup_bp: 10_000, ..terms };
        assert_eq!(equal.worth(Minutes(241), Rung::Backup), 241);
    }
}
