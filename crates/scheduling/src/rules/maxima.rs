//! Maxima: work in a civil day (France L3121-18), its span from first start to last end, work in a
//! civil week (L3121-20), and working days in one (L3132-1).

use std::collections::BTreeMap;

use chrono::{Days, Duration, NaiveDate};
use domain::{Span, time};

use super::{Breach, minutes, most};
use crate::record::{Record, length, whole};

/// Civil days with more work than `at_most` minutes; the breach runs from first start to last end.
pub fn days(record: &Record, at_most: u32) -> Vec<Breach> {
    days_where(record, |_| Some(at_most))
}

/// The same, where each day has its own most, or none.
pub fn days_where(record: &Record, at_most: impl Fn(NaiveDate) -> Option<u32>) -> Vec<Breach> {
    let broken = |(day, worked): (&NaiveDate, &Vec<Span>)| {
        let at_most = at_most(*day)?;
        let sum = length(worked);
        let span = whole(worked)?;
        (sum > minutes(at_most)).then(|| Breach::new(span, most(sum), (*day, *day)))
    };
    record.days().iter().filter_map(broken).collect()
}

/// Civil days whose last work ends more than `at_most` minutes after the first starts.
pub fn day_spans(record: &Record, at_most: u32) -> Vec<Breach> {
    let broken = |(day, worked): (&NaiveDate, &Vec<Span>)| {
        let span = whole(worked)?;
        let measured = span.end() - span.start();
        (measured > minutes(at_most)).then(|| Breach::new(span, most(measured), (*day, *day)))
    };
    record.days().iter().filter_map(broken).collect()
}

/// Civil weeks with more work than `at_most` minutes, where each week has its own most, or none.
pub fn weeks(record: &Record, at_most: impl Fn(NaiveDate) -> Option<Duration>) -> Vec<Breach> {
    let over = record
        .weeks()
        .iter()
        .filter(|(monday, worked)| at_most(**monday).is_some_and(|most| **worked > most));
    over.map(|(monday, worked)| week(record, *monday, most(*worked))).collect()
}

/// Civil weeks with work on more than `at_most` days; measured are the days.
pub fn working_days(record: &Record, at_most: u32) -> Vec<Breach> {
    let mut weeks: BTreeMap<NaiveDate, u32> = BTreeMap::new();
    for day in record.days().keys() {
        *weeks.entry(time::monday_of(*day)).or_default() += 1;
    }
    let over = weeks.into_iter().filter(|(_, days)| *days > at_most);
    over.map(|(monday, days)| week(record, monday, i64::from(days))).collect()
}

fn week(record: &Record, monday: NaiveDate, measured: i64) -> Breach {
    Breach::new(record.civil_week(monday), measured, (monday, monday + Days::new(6)))
}
