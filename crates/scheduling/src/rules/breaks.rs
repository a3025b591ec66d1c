//! Breaks: nobody works on beyond some hours without a pause (France L3121-16: twenty minutes once
//! six hours are reached). A run is counted within one civil day.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::Span;

use super::{Breach, minutes, most};
use crate::record::{Record, length, whole};

/// Runs of more than `at_most` minutes of work in a civil day, no gap in them being as long as `pause`.
///
/// Measured is the work of the run; gaps too short to be a pause are not work.
pub fn in_a_run(record: &Record, at_most: u32, pause: u32) -> Vec<Breach> {
    let days = record.days().iter();
    let runs = days.flat_map(|(day, worked)| runs(*day, worked, minutes(pause)));
    runs.filter(|run| run.measured > i64::from(at_most)).collect()
}

fn runs(day: NaiveDate, worked: &[Span], pause: Duration) -> Vec<Breach> {
    let mut runs: Vec<(Span, Duration)> = Vec::new();
    for work in worked {
        let length = work.end() - work.start();
        match runs.last_mut() {
            Some((run, sum)) if work.start() - run.end() < pause => {
                *run = Span::new(run.start(), work.end()).expect("a run that grows ends later");
                *sum += length;
            }
            _ => runs.push((*work, length)),
        }
    }
    runs.into_iter().map(|(run, sum)| Breach::new(run, most(sum), (day, day))).collect()
}

/// Civil days with more than `at_most` minutes of work whose gaps together are shorter than `pause`
/// (Switzerland, LTr art. 15). Measured is the work of the day.
pub fn in_a_day(record: &Record, at_most: u32, pause: u32) -> Vec<Breach> {
    let broken = |(day, worked): (&NaiveDate, &Vec<Span>)| {
        let (whole, sum) = (whole(worked)?, length(worked));
        let paused = whole.end() - whole.start() - sum;
        (sum > minutes(at_most) && paused < minutes(pause))
            .then(|| Breach::new(whole, most(sum), (*day, *day)))
    };
    record.days().iter().filter_map(broken).collect()
}

/// When so much of the work within `span` is done: a pause must have begun by then.
pub fn reached(record: &Record, span: Span, after: u32) -> DateTime<Utc> {
    let mut left = minutes(after);
    for work in record.work().iter().filter_map(|work| work.common(&span)) {
        let here = work.end() - work.start();
        if here >= left {
            return work.start() + left;
        }
        left -= here;
    }
    span.end()
}
