//! Statements of a month: what duties owe in money and rest, by what an employer decided.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    Category, Cents, DutyKind, InterventionId, Minutes, OrganisationId, PersonId, RateId, Rung, ShiftId, Span,
};

/// A calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(NaiveDate);

impl Month {
    /// The month that holds `day`.
    pub fn of(day: NaiveDate) -> Self {
        Self(day - Days::new(u64::from(day.day0())))
    }

    /// The month written as `2026-07`, in years people live in.
    pub fn parse(text: &str) -> Option<Self> {
        let first: NaiveDate = format!("{text}-01").parse().ok()?;
        (text.len() == 7 && (2000..2200).contains(&first.year())).then_some(Self(first))
    }

    /// Its first day.
    pub fn first(self) -> NaiveDate {
        self.0
    }

    /// Its last day.
    pub fn last(self) -> NaiveDate {
        let next = (self.0 + Days::new(31)).with_day(1).expect("every month has a first");
        next - Days::new(1)
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.format("%Y-%m").fmt(f)
    }
}

/// What a minute of duty is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Waiting on standby (L3121-9 of the Code du travail: money or rest).
    Standby,
    /// Work: active duty, and interventions on standby.
    Work,
}

impl Basis {
    /// Every basis.
    pub const ALL: [Self; 2] = [Self::Standby, Self::Work];

    /// The word stored in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Standby => "standby",
            Self::Work => "work",
        }
    }

    /// The basis written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.word() == word)
    }
}

/// What an employer gives for an hour. The law sets no amount: it is agreed, and kept with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// Its id.
    pub id: RateId,
    /// Whose.
    pub organisation: OrganisationId,
    /// For waiting, or for work.
    pub basis: Basis,
    /// In which category; `None` for every hour.
    pub category: Option<Category>,
    /// Money an hour, on top of wages.
    pub hourly: Cents,
    /// Rest an hour, in minutes.
    pub rest: Minutes,
    /// From which day.
    pub from: NaiveDate,
    /// The agreement it comes from, and its date.
    pub source: String,
}

/// Where an intervention is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Whoever worked, or their employer, said so.
    Said,
    /// What they answered on standby.
    Answers,
}

impl Source {
    /// Every source.
    pub const ALL: [Self; 2] = [Self::Said, Self::Answers];

    /// The word stored in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Answers => "answers",
        }
    }

    /// The source written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.word() == word)
    }
}

/// Work during standby: from accepting to the last answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intervention {
    /// Its id.
    pub id: InterventionId,
    /// Who worked.
    pub person: PersonId,
    /// For which employer.
    pub organisation: OrganisationId,
    /// From when to when.
    pub span: Span,
    /// Where it is known from.
    pub source: Source,
}

/// What is owed for duties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// In money.
    pub money: Cents,
    /// In rest.
    pub rest: Minutes,
}

impl std::ops::Add for Owed {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { money: self.money + other.money, rest: self.rest + other.rest }
    }
}

impl std::iter::Sum for Owed {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), std::ops::Add::add)
    }
}

/// One duty.
#[derive(Clone, Debug, PartialEq)]
pub struct DutyLine {
    /// Which.
    pub shift: ShiftId,
    /// The day it starts on, by the employer's clocks.
    pub day: NaiveDate,
    /// From when to when.
    pub span: Span,
    /// Lead or backup.
    pub rung: Rung,
    /// Active or standby.
    pub kind: DutyKind,
    /// Waiting on standby, interventions left out.
    pub standby: Minutes,
    /// Work: all of an active duty, and the interventions that began in it, to their end.
    pub work: Minutes,
    /// The interventions that began in it, in order and without what is active duty; those that touch or
    /// overlap are one.
    pub interventions: Vec<Span>,
    /// What is owed for it.
    pub owed: Owed,
}

/// An intervention that began in no duty.
#[derive(Clone, Debug, PartialEq)]
pub struct Apart {
    /// The day it began on, by the employer's clocks.
    pub day: NaiveDate,
    /// From when to when.
    pub span: Span,
    /// Work: what of it is no active duty.
    pub work: Minutes,
    /// What is owed for it.
    pub owed: Owed,
}

/// Somebody's month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statement {
    /// Each duty, soonest first.
    pub lines: Vec<DutyLine>,
    /// Interventions that began in none of the duties, soonest first.
    pub apart: Vec<Apart>,
    /// Waiting on standby.
    pub standby: Minutes,
    /// Work on duty, and on what stands apart.
    pub work: Minutes,
    /// What is owed.
    pub owed: Owed,
}

impl Statement {
    /// The month of these duties and of what stands apart.
    pub fn of(lines: Vec<DutyLine>, apart: Vec<Apart>) -> Self {
        let done = |one: &DutyLine| (one.work, one.owed);
        let alone = |one: &Apart| (one.work, one.owed);
        let all: Vec<(Minutes, Owed)> = lines.iter().map(done).chain(apart.iter().map(alone)).collect();
        Self {
            standby: lines.iter().map(|line| line.standby).sum(),
            work: all.iter().map(|(work, _)| *work).sum(),
            owed: all.iter().map(|(_, owed)| *owed).sum(),
            lines,
            apart,
        }
    }

    /// The same for these duties alone, and what stands apart if it is wanted.
    pub fn only(self, duties: impl Fn(ShiftId) -> bool, apart: bool) -> Self {
        let lines = self.lines.into_iter().filter(|line| duties(line.shift)).collect();
        Self::of(lines, if apart { self.apart } else { Vec::new() })
    }
}

/// One day's line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkedDay {
    /// The day.
    pub day: NaiveDate,
    /// Minutes of ordinary office hours.
    pub office: Minutes,
    /// Minutes of duty, those within office hours too.
    pub duty: Minutes,
    /// All of it; what lies in both counts once.
    pub total: Minutes,
}

/// One civil week's sum, as far as its days lie in the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkedWeek {
    /// Its Monday.
    pub monday: NaiveDate,
    /// All of it.
    pub total: Minutes,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_written_with_its_year_and_ends_on_its_last_day() {
        let february = Month::parse("2028-02").unwrap();
        assert_eq!(february.last().to_string(), "2028-02-29");
        assert_eq!(Month::of(february.last()), february);
        assert_eq!(february.to_string(), "2028-02");
        assert_eq!(Month::parse("2026-12").unwrap().last().to_string(), "2026-12-31");
        for text in ["2026-13", "2026-7", "1999-12", "2026-07-01", "", "+026-07"] {
            assert_eq!(Month::parse(text), None, "{text}");
        }
    }
}
