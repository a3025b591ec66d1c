//! Simple recurrences (RFC 5545 §3.3.10) that end: every so many days, weeks, months or years.

use chrono::{Datelike, Days as CivilDays, Months, NaiveDate, NaiveDateTime, Weekday};

/// The most often that anything comes again.
const MOST: usize = 1_000;
/// How many days, weeks, months or years are looked through for it.
const MOST_STEPS: u32 = 10_000;

/// A rule as far as it is understood.
struct Rule {
    every: Every,
    interval: u32,
    count: Option<usize>,
    /// The last moment it may begin, as walls show it.
    until: Option<NaiveDateTime>,
    weekdays: Vec<Weekday>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Every {
    Day,
    Week,
    Month,
    Year,
}

/// When something that begins at `start` begins under `rule`, in order; nothing if the rule is not
/// understood, has no end or comes too often.
pub(super) fn walls(rule: &str, start: NaiveDateTime) -> Option<Vec<NaiveDateTime>> {
    let rule = Rule::read(rule, start)?;
    let mut walls = Vec::new();
    for step in 0..MOST_STEPS {
        for day in rule.days(start.date(), step)? {
            let wall = day.and_time(start.time());
            if wall < start {
                continue;
            }
            let over = rule.until.is_some_and(|until| wall > until)
                || rule.count.is_some_and(|count| walls.len() >= count);
            if over {
                return Some(walls);
            }
            walls.push(wall);
            if walls.len() > MOST {
                return None;
            }
        }
    }
    None
}

impl Rule {
    fn read(text: &str, start: NaiveDateTime) -> Option<Self> {
        let mut rule =
            Self { every: Every::Day, interval: 1, count: None, until: None, weekdays: Vec::new() };
        let mut every = None;
        for part in text.trim().split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=')?;
            match name.to_uppercase().as_str() {
                "FREQ" => every = Some(Every::read(value)?),
                "INTERVAL" => {
                    rule.interval = value.parse().ok().filter(|number| (1..=1_000).contains(number))?
                }
                "COUNT" => rule.count = Some(value.parse().ok().filter(|count| *count > 0)?),
                "UNTIL" => rule.until = Some(last(value)?),
                "BYDAY" => rule.weekdays = value.split(',').map(weekday).collect::<Option<_>>()?,
                // Said once more what the beginning says already.
                "BYMONTHDAY" if value.parse() == Ok(start.day()) => {}
                "BYMONTH" if value.parse() == Ok(start.month()) => {}
                "WKST" if value.eq_ignore_ascii_case("MO") => {}
                _ => return None,
            }
        }
        rule.every = every?;
        let weekly = rule.every == Every::Week;
        let ends = rule.count.is_some() || rule.until.is_some();
        (ends && (weekly || rule.weekdays.is_empty())).then_some(rule)
    }

    /// The days of one step; a month without such a day has none.
    fn days(&self, first: NaiveDate, step: u32) -> Option<Vec<NaiveDate>> {
        let number = step.checked_mul(self.interval)?;
        let by_months = |months: u32| {
            let day = first.checked_add_months(Months::new(months))?;
            Some(if day.day() == first.day() { vec![day] } else { Vec::new() })
        };
        match self.every {
            Every::Day => Some(vec![first.checked_add_days(CivilDays::new(number.into()))?]),
            Every::Week if self.weekdays.is_empty() => {
                Some(vec![first.checked_add_days(CivilDays::new(u64::from(number) * 7))?])
            }
            Every::Week => {
                let monday = domain::time::monday_of(first);
                let monday = monday.checked_add_days(CivilDays::new(u64::from(number) * 7))?;
                let held = |day: &NaiveDate| self.weekdays.contains(&day.weekday());
                Some(monday.iter_days().take(7).filter(held).collect())
            }
            Every::Month => by_months(number),
            Every::Year => by_months(number.checked_mul(12)?),
        }
    }
}

impl Every {
    fn read(value: &str) -> Option<Self> {
        match value.to_uppercase().as_str() {
            "DAILY" => Some(Self::Day),
            "WEEKLY" => Some(Self::Week),
            "MONTHLY" => Some(Self::Month),
            "YEARLY" => Some(Self::Year),
            _ => None,
        }
    }
}

/// The end of a rule. One in UTC is taken with the whole day it falls on: clocks of our zones show at
/// most a day more or less, and what begins once a day cannot begin twice on it.
fn last(value: &str) -> Option<NaiveDateTime> {
    let day = NaiveDate::parse_from_str(value.get(..8)?, "%Y%m%d").ok()?;
    let fits = value.len() == 8
        || NaiveDateTime::parse_from_str(value.trim_end_matches('Z'), "%Y%m%dT%H%M%S").is_ok();
    fits.then(|| day.and_hms_opt(23, 59, 59)).flatten()
}

fn weekday(name: &str) -> Option<Weekday> {
    match name.trim().to_uppercase().as_str() {
        "MO" => Some(Weekday::Mon),
        "TU" => Some(Weekday::Tue),
        "WE" => Some(Weekday::Wed),
        "TH" => Some(Weekday::Thu),
        "FR" => Some(Weekday::Fri),
        "SA" => Some(Weekday::Sat),
        "SU" => Some(Weekday::Sun),
        _ => None,
    }
}
