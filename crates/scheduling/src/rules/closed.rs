//! Days on which work rests: Sundays, public holidays, 1 May, and the high feasts of the local law
//! of Alsace and Moselle. A limit of nothing forbids the work; a higher one allows so much.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use domain::Calendar;
use domain::holidays::easter;

use super::{Breach, maxima};
use crate::record::Record;

/// Sundays with more work than `at_most` minutes.
pub fn sundays(record: &Record, at_most: u32) -> Vec<Breach> {
    maxima::days_where(record, |day| (day.weekday() == Weekday::Sun).then_some(at_most))
}

/// Sundays with work none of whose next `within` days is free of it (Belgium, loi du 16 mars 1971,
/// art. 16). Measured is the first day that may be free: one more than there are.
pub fn sundays_without_rest(record: &Record, within: u32) -> Vec<Breach> {
    let free = |sunday: NaiveDate| {
        (1..=u64::from(within)).any(|days| !record.days().contains_key(&(sunday + Days::new(days))))
    };
    let sundays = record.days().keys().filter(|day| day.weekday() == Weekday::Sun);
    sundays
        .filter(|sunday| !free(**sunday))
        .map(|sunday| {
            let span = record.civil_days_from(*sunday, 1 + u64::from(within));
            Breach::new(span, i64::from(within) + 1, (*sunday, *sunday))
        })
        .collect()
}

/// Public holidays of `calendar`, Sundays left out, with more work than `at_most` minutes.
pub fn holidays(record: &Record, calendar: Calendar, at_most: u32) -> Vec<Breach> {
    let holiday = |day: NaiveDate| day.weekday() != Weekday::Sun && calendar.is_holiday(day);
    maxima::days_where(record, |day| holiday(day).then_some(at_most))
}

/// First of Mays with more work than `at_most` minutes (France L3133-4).
pub fn may_day(record: &Record, at_most: u32) -> Vec<Breach> {
    maxima::days_where(record, |day| ((day.month(), day.day()) == (5, 1)).then_some(at_most))
}

/// First days of Christmas, Easter and Pentecost with more work than `at_most` minutes.
pub fn feasts(record: &Record, at_most: u32) -> Vec<Breach> {
    maxima::days_where(record, |day| is_feast(day).then_some(at_most))
}

/// Whether `day` is 25 December, Easter Sunday or Pentecost (L3134-4).
pub fn is_feast(day: NaiveDate) -> bool {
    let easter = easter(day.year());
    (day.month(), day.day()) == (12, 25) || easter == Some(day) || easter == Some(day - Days::new(49))
}
