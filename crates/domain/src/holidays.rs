//! Public holidays, computed from the statutes.
//!
//! Two choices of the statutes are made here and nowhere else. Quebec lets an employer give Good
//! Friday *or* Easter Monday: we keep Good Friday. 25 June, for those who never work on Sundays
//! when 24 June is one, is a matter of each contract and not a holiday of the calendar.

use chrono::{Datelike, Days, NaiveDate, Weekday};
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
        self.holiday_on(day).is_some()
    }

    /// The public holiday that falls on `day`.
    ///
    /// When two share a day (Ascension on 1 May or on 8 May), the first in the order of the statute.
    pub fn holiday_on(self, day: NaiveDate) -> Option<Holiday> {
        self.holidays().iter().copied().find(|holiday| self.day_of(*holiday, day.year()) == Some(day))
    }

    /// The holidays it keeps, in the order of the statute.
    pub fn holidays(self) -> &'static [Holiday] {
        match self {
            Self::France => &Holiday::FRANCE,
            Self::Quebec => &Holiday::QUEBEC,
        }
    }

    /// The day of `holiday` in `year`; `None` if this calendar does not keep it.
    pub fn day_of(self, holiday: Holiday, year: i32) -> Option<NaiveDate> {
        if !self.holidays().contains(&holiday) {
            return None;
        }
        let fixed = |month, day| NaiveDate::from_ymd_opt(year, month, day);
        match holiday {
            Holiday::NewYear => fixed(1, 1),
            Holiday::GoodFriday => easter(year)?.checked_sub_days(Days::new(2)),
            Holiday::EasterMonday => easter(year)?.checked_add_days(Days::new(1)),
            Holiday::LabourDay if self == Self::Quebec => {
                NaiveDate::from_weekday_of_month_opt(year, 9, Weekday::Mon, 1)
            }
            Holiday::LabourDay => fixed(5, 1),
            Holiday::VictoryDay => fixed(5, 8),
            Holiday::Ascension => easter(year)?.checked_add_days(Days::new(39)),
            Holiday::WhitMonday => easter(year)?.checked_add_days(Days::new(50)),
            // "The Monday preceding 25 May": never 25 May itself.
            Holiday::PatriotsDay => fixed(5, 24).map(crate::time::monday_of),
            Holiday::NationalDay if self == Self::Quebec => fixed(6, 24),
            Holiday::NationalDay => fixed(7, 14),
            Holiday::CanadaDay => fixed(7, 1).map(|first| match first.weekday() {
                Weekday::Sun => first + Days::new(1),
                _ => first,
            }),
            Holiday::Assumption => fixed(8, 15),
            Holiday::Thanksgiving => NaiveDate::from_weekday_of_month_opt(year, 10, Weekday::Mon, 2),
            Holiday::AllSaints => fixed(11, 1),
            Holiday::Armistice => fixed(11, 11),
            Holiday::Christmas => fixed(12, 25),
        }
    }
}

/// A public holiday by name; pages say it in the reader's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holiday {
    /// 1 January.
    NewYear,
    /// The Friday before Easter.
    GoodFriday,
    /// The Monday after Easter.
    EasterMonday,
    /// 1 May in France, the first Monday of September in Quebec.
    LabourDay,
    /// 8 May 1945.
    VictoryDay,
    /// The Thursday forty days into Easter.
    Ascension,
    /// The Monday after Pentecost.
    WhitMonday,
    /// Quebec: the Monday before 25 May.
    PatriotsDay,
    /// 14 July in France, 24 June (Saint-Jean-Baptiste) in Quebec.
    NationalDay,
    /// 1 July, or 2 July when the first is a Sunday.
    CanadaDay,
    /// 15 August.
    Assumption,
    /// Quebec: the second Monday of October.
    Thanksgiving,
    /// 1 November.
    AllSaints,
    /// 11 November 1918.
    Armistice,
    /// 25 December.
    Christmas,
}

impl Holiday {
    /// Code du travail, L3133-1.
    const FRANCE: [Self; 11] = [
        Self::NewYear,
        Self::EasterMonday,
        Self::LabourDay,
        Self::VictoryDay,
        Self::Ascension,
        Self::WhitMonday,
        Self::NationalDay,
        Self::Assumption,
        Self::AllSaints,
        Self::Armistice,
        Self::Christmas,
    ];

    /// Act respecting labour standards, s. 60, and the National Holiday Act, s. 2.
    const QUEBEC: [Self; 8] = [
        Self::NewYear,
        Self::GoodFriday,
        Self::PatriotsDay,
        Self::NationalDay,
        Self::CanadaDay,
        Self::LabourDay,
        Self::Thanksgiving,
        Self::Christmas,
    ];

    /// The word in tables and in the keys of translations.
    pub fn word(self) -> &'static str {
        match self {
            Self::NewYear => "new_year",
            Self::GoodFriday => "good_friday",
            Self::EasterMonday => "easter_monday",
            Self::LabourDay => "labour_day",
            Self::VictoryDay => "victory_day",
            Self::Ascension => "ascension",
            Self::WhitMonday => "whit_monday",
            Self::PatriotsDay => "patriots_day",
            Self::NationalDay => "national_day",
            Self::CanadaDay => "canada_day",
            Self::Assumption => "assumption",
            Self::Thanksgiving => "thanksgiving",
            Self::AllSaints => "all_saints",
            Self::Armistice => "armistice",
            Self::Christmas => "christmas",
        }
    }
}

/// The public holiday of `calendar` that falls on `day`.
pub fn holiday_on(calendar: Calendar, day: NaiveDate) -> Option<Holiday> {
    calendar.holiday_on(day)
}

/// Easter Sunday of the Gregorian calendar: the Sunday after the first ecclesiastical full moon
/// on or after 21 March, from the epact and the dominical letter.
///
/// `None` for years that a date cannot hold.
pub fn easter(year: i32) -> Option<NaiveDate> {
    let century = year.div_euclid(100);
    let golden = year.rem_euclid(19);
    // Days dropped from the Julian calendar, and the moon's drift of eight days in 2500 years.
    let solar = century - century.div_euclid(4);
    let lunar = (8 * century + 13).div_euclid(25);
    let age = (19 * golden + solar - lunar + 15).rem_euclid(30);
    // Two epacts would put the full moon a day later than the lunar month allows.
    let moon = if age == 29 || (age == 28 && golden > 10) { age - 1 } else { age };
    let full_moon =
        NaiveDate::from_ymd_opt(year, 3, 21)?.checked_add_days(Days::new(u64::try_from(moon).ok()?))?;
    let to_sunday = 7 - u64::from(full_moon.weekday().num_days_from_sunday());
    full_moon.checked_add_days(Days::new(to_sunday))
}
