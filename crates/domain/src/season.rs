//! In which part of the year a need runs, and on which days it does not.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// When in the year a need runs: all of it, unless it says otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Season {
    /// Which part.
    pub part: YearPart,
    /// Days on which it does not run, in order: that day other hours are asked for, or nobody.
    pub except: Vec<NaiveDate>,
}

/// A part of each year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum YearPart {
    /// All of it.
    #[default]
    Whole,
    /// From a day to a day, both included, each year; over New Year where the first comes later.
    Yearly {
        /// First day.
        from: YearDay,
        /// Last day, included.
        until: YearDay,
    },
    /// Inside the school holidays of a zone, or outside them.
    School {
        /// The zone, as the board's own list calls it.
        zone: String,
        /// Inside.
        inside: bool,
        /// The holidays known of the zone, each with its first and its last day. Read beside the need,
        /// and no part of it: outside what is known, school is on.
        #[serde(skip)]
        known: Vec<(NaiveDate, NaiveDate)>,
    },
}

impl Season {
    /// Whether a need of this season runs on `day`.
    pub fn runs_on(&self, day: NaiveDate) -> bool {
        !self.except.contains(&day) && self.part.holds(day)
    }
}

impl YearPart {
    /// Whether `day` lies in it.
    pub fn holds(&self, day: NaiveDate) -> bool {
        match self {
            Self::Whole => true,
            Self::Yearly { from, until } => {
                let day = YearDay { month: day.month(), day: day.day() };
                if from <= until { *from <= day && day <= *until } else { *from <= day || day <= *until }
            }
            Self::School { inside, known, .. } => {
                known.iter().any(|(first, last)| *first <= day && day <= *last) == *inside
            }
        }
    }
}

/// A day of any year, written `06-15`. 29 February is one: in other years a season that ends on it
/// ends on the 28th.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct YearDay {
    month: u32,
    day: u32,
}

/// Not a day of any year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a day of the year is written month-day, such as 06-15")]
pub struct NotAYearDay;

impl YearDay {
    /// The day of the year that `day` is.
    pub fn of(day: NaiveDate) -> Self {
        Self { month: day.month(), day: day.day() }
    }

    /// It in `year`; the day before where it is 29 February and the year has none.
    pub fn in_year(self, year: i32) -> Option<NaiveDate> {
        let Self { month, day } = self;
        NaiveDate::from_ymd_opt(year, month, day).or_else(|| NaiveDate::from_ymd_opt(year, month, day - 1))
    }
}

impl FromStr for YearDay {
    type Err = NotAYearDay;

    fn from_str(text: &str) -> Result<Self, NotAYearDay> {
        let (month, day) = text.split_once('-').ok_or(NotAYearDay)?;
        let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() == 2);
        let (month, day) = number(month).zip(number(day)).ok_or(NotAYearDay)?;
        // A leap year has every day there is.
        NaiveDate::from_ymd_opt(2024, month, day).map(Self::of).ok_or(NotAYearDay)
    }
}

impl TryFrom<String> for YearDay {
    type Error = NotAYearDay;

    fn try_from(text: String) -> Result<Self, NotAYearDay> {
        text.parse()
    }
}

impl From<YearDay> for String {
    fn from(day: YearDay) -> Self {
        day.to_string()
    }
}

impl fmt::Display for YearDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

/// School holidays of a zone, as a board keeps them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SchoolHolidays {
    /// The zone, such as "B".
    pub zone: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included.
    pub until: NaiveDate,
    /// What they are called, such as "Vacances d'hiver".
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn yearly(from: &str, until: &str) -> YearPart {
        YearPart::Yearly { from: from.parse().unwrap(), until: until.parse().unwrap() }
    }

    #[test]
    fn a_summer_comes_each_year_and_a_winter_passes_new_year() {
        let (summer, winter) = (yearly("06-15", "09-15"), yearly("12-20", "01-05"));
        for year in ["2026", "2027"] {
            assert!(
                summer.holds(day(&format!("{year}-06-15"))) && summer.holds(day(&format!("{year}-09-15")))
            );
            assert!(!summer.holds(day(&format!("{year}-09-16"))));
            assert!(
                winter.holds(day(&format!("{year}-12-31"))) && winter.holds(day(&format!("{year}-01-05")))
            );
            assert!(!winter.holds(day(&format!("{year}-01-06"))));
        }
    }

    #[test]
    fn a_season_to_the_end_of_february_ends_with_it_in_every_year() {
        let february = yearly("02-01", "02-29");
        assert!(february.holds(day("2028-02-29")) && february.holds(day("2027-02-28")));
        assert!(!february.holds(day("2027-03-01")));
        let last: YearDay = "02-29".parse().unwrap();
        assert_eq!(last.in_year(2027), Some(day("2027-02-28")));
    }

    #[test]
    fn school_is_on_where_no_holidays_are_known() {
        let known = vec![(day("2026-02-07"), day("2026-02-22"))];
        let part = |inside| YearPart::School { zone: "B".to_owned(), inside, known: known.clone() };
        assert!(part(true).holds(day("2026-02-22")) && !part(true).holds(day("2026-02-23")));
        assert!(!part(false).holds(day("2026-02-07")) && part(false).holds(day("2030-02-07")));
    }

    #[test]
    fn an_excepted_day_is_left_out_of_the_season() {
        let season = Season { part: yearly("06-15", "09-15"), except: vec![day("2026-07-14")] };
        assert!(!season.runs_on(day("2026-07-14")) && season.runs_on(day("2027-07-14")));
        assert!(Season::default().runs_on(day("2026-07-14")));
    }

    #[test]
    fn days_of_the_year_are_written_in_two_digits_each() {
        assert_eq!("06-05".parse::<YearDay>().unwrap().to_string(), "06-05");
        for wrong in ["", "6-5", "13-01", "02-30", "06/15", "0-615"] {
            assert_eq!(wrong.parse::<YearDay>(), Err(NotAYearDay), "{wrong}");
        }
    }
}
