//! Notice: how long before a duty somebody is told of it.

use chrono::{Datelike, NaiveDate};
use domain::Calendar;

/// Days from being told to the day of the duty (France L3121-12; Quebec, LNT art. 59.0.1).
pub fn days(told: NaiveDate, day: NaiveDate) -> i64 {
    (day - told).num_days()
}

/// Of so many days' notice, the clear ones: the day of being told and that of the duty left out. Told on
/// Monday of Wednesday's duty is one. Less than zero if told afterwards.
pub fn clear(days: i64) -> i64 {
    days - 1
}

/// Working days between being told and the day of the duty, both left out: Monday to Friday,
/// public holidays of `calendar` left out (France L3123-31).
pub fn working_days(told: NaiveDate, day: NaiveDate, calendar: Option<Calendar>) -> i64 {
    let works = |day: &NaiveDate| {
        day.weekday().num_days_from_monday() < 5 && calendar.is_none_or(|calendar| !calendar.is_holiday(*day))
    };
    let between = told.iter_days().skip(1).take_while(|between| *between < day);
    i64::try_from(between.filter(works).count()).unwrap_or(i64::MAX)
}
