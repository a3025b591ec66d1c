//! Rows of working days, and Sundays of a year: what houses and agreements cap where laws do not.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::Breach;
use crate::record::Record;

/// Rows of more than `at_most` civil days with work, whatever the week; measured are the days.
pub fn consecutive_days(record: &Record, at_most: u32) -> Vec<Breach> {
    let mut rows: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for day in record.days().keys() {
        match rows.last_mut() {
            Some((_, last)) if *last + Days::new(1) == *day => *last = *day,
            _ => rows.push((*day, *day)),
        }
    }
    let counted = rows.into_iter().map(|(first, last)| (first, last, (last - first).num_days() + 1));
    let over = counted.filter(|(_, _, days)| *days > i64::from(at_most));
    over.map(|(first, last, days)| {
        let span = record.civil_days_from(first, days.unsigned_abs());
        Breach::new(span, days, (first, last))
    })
    .collect()
}

/// Sundays with work in civil years with more than `at_most` of them; measured are those of the year.
pub fn sundays(record: &Record, at_most: u32) -> Vec<Breach> {
    let mut years: BTreeMap<i32, Vec<NaiveDate>> = BTreeMap::new();
    for day in record.days().keys().filter(|day| day.weekday() == Weekday::Sun) {
        years.entry(day.year()).or_default().push(*day);
    }
    let count = |sundays: &Vec<NaiveDate>| i64::try_from(sundays.len()).unwrap_or(i64::MAX);
    let over = years.into_values().filter(|sundays| count(sundays) > i64::from(at_most));
    over.flat_map(|sundays| {
        let measured = count(&sundays);
        let each = sundays.into_iter();
        each.map(move |day| Breach::new(record.civil_days_from(day, 1), measured, (day, day)))
    })
    .collect()
}
