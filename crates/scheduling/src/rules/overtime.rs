//! Overtime: work beyond the ordinary week (France L3121-27; Quebec LNT art. 52), and how much of
//! it a month (décret 2002-60, art. 6) or a year (D3121-24) may hold.
//!
//! A week's overtime belongs to the month and year of its Sunday.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Duration, NaiveDate};

use super::{Breach, maxima, minutes, most};
use crate::record::Record;

/// Civil weeks with more work than `ordinary` minutes.
pub fn weeks(record: &Record, ordinary: u32) -> Vec<Breach> {
    maxima::weeks(record, |_| Some(minutes(ordinary)))
}

/// Civil months with more than `at_most` minutes of overtime.
pub fn months(record: &Record, ordinary: u32, at_most: u32) -> Vec<Breach> {
    periods(record, ordinary, at_most, |sunday| (sunday.year(), sunday.month()))
}

/// Civil years with more than `at_most` minutes of overtime.
pub fn years(record: &Record, ordinary: u32, at_most: u32) -> Vec<Breach> {
    periods(record, ordinary, at_most, |sunday| (sunday.year(), 0))
}

fn periods(
    record: &Record,
    ordinary: u32,
    at_most: u32,
    period: impl Fn(NaiveDate) -> (i32, u32),
) -> Vec<Breach> {
    let mut periods: BTreeMap<(i32, u32), Vec<(NaiveDate, Duration)>> = BTreeMap::new();
    for (monday, worked) in record.weeks() {
        let beyond = *worked - minutes(ordinary);
        if beyond > Duration::zero() {
            periods.entry(period(*monday + Days::new(6))).or_default().push((*monday, beyond));
        }
    }
    let broken = |weeks: Vec<(NaiveDate, Duration)>| {
        let sum: Duration = weeks.iter().map(|(_, beyond)| *beyond).sum();
        let (first, last) = (weeks.first()?.0, weeks.last()?.0);
        let days = (last - first).num_days().unsigned_abs() + 7;
        (sum > minutes(at_most)).then(|| {
            Breach::new(record.civil_days_from(first, days), most(sum), (first, last + Days::new(6)))
        })
    };
    periods.into_values().filter_map(broken).collect()
}
