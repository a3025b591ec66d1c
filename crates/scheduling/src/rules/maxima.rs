//! Maxima: work in a civil day (France L3121-18), its span from first start to last end, work in a
//! civil week (L3121-20), and working days in one (L3132-1).

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};
use domain::{Span, time};

use super::Breach;
use crate::record::{Record, length};

/// Civil days with more work than `at_most`; the breach runs from the first start to the last end.
pub fn days(record: &Record, at_most: Duration) -> Vec<Breach> {
    let worked = record.days().into_values();
    let all = worked.filter_map(|worked| Some(Breach { span: whole(&worked)?, measured: length(&worked) }));
    all.filter(|day| day.measured > at_most).collect()
}

/// Civil days whose last work ends more than `at_most` after the first starts.
pub fn day_spans(record: &Record, at_most: Duration) -> Vec<Breach> {
    let spans = record.days().into_values().filter_map(|worked| whole(&worked));
    let all = spans.map(|span| Breach { span, measured: span.end() - span.start() });
    all.filter(|day| day.measured > at_most).collect()
}

/// Civil weeks with more work than `at_most`.
pub fn weeks(record: &Record, at_most: Duration) -> Vec<Breach> {
    let over = record.weeks().into_iter().filter(|(_, worked)| *worked > at_most);
    over.map(|(monday, measured)| Breach { span: record.civil_week(monday), measured }).collect()
}

/// Civil weeks with work on more than `at_most` days; measured are the days, as lengths of 24 hours.
pub fn working_days(record: &Record, at_most: u32) -> Vec<Breach> {
    let mut weeks: BTreeMap<NaiveDate, u32> = BTreeMap::new();
    for day in record.days().keys() {
        *weeks.entry(time::monday_of(*day)).or_default() += 1;
    }
    let over = weeks.into_iter().filter(|(_, days)| *days > at_most);
    over.map(|(monday, days)| Breach {
        span: record.civil_week(monday),
        measured: Duration::days(i64::from(days)),
    })
    .collect()
}

/// From the first start to the last end of a day's work.
fn whole(worked: &[Span]) -> Option<Span> {
    let (first, last) = (worked.first()?, worked.last()?);
    Some(Span::new(first.start(), last.end()).expect("the last work ends after the first starts"))
}
