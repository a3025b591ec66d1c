//! Breaks: nobody works on beyond some hours without a pause (France L3121-16: twenty minutes once
//! six hours are reached). Midnight is no pause: work counts where it begins.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::{Span, time};

use super::{Breach, minutes, most};
use crate::record::{Record, length, whole};

/// Runs of more than `at_most` minutes of work, no gap in them being as long as `pause`. The day of a run
/// is that on which it begins.
///
/// Measured is the work of the run; gaps too short to be a pause are not work.
pub fn in_a_run(record: &Record, at_most: u32, pause: u32) -> Vec<Breach> {
    let mut runs: Vec<(Span, Duration)> = Vec::new();
    for work in record.work() {
        let length = work.end() - work.start();
        match runs.last_mut() {
            Some((run, sum)) if work.start() - run.end() < minutes(pause) => {
                *run = Span::new(run.start(), work.end()).expect("a run that grows ends later");
                *sum += length;
            }
            _ => runs.push((*work, length)),
        }
    }
    let long = runs.into_iter().filter(|(_, sum)| *sum > minutes(at_most));
    long.map(|(run, sum)| {
        let day = time::day(run.start(), record.zone());
        Breach::new(run, most(sum), (day, day))
    })
    .collect()
}

/// Days whose work, taken together with what goes on past midnight, is more than `at_most` minutes and
/// whose gaps together are shorter than `pause` (Switzerland, LTr art. 15). Measured is the work.
pub fn in_a_day(record: &Record, at_most: u32, pause: u32) -> Vec<Breach> {
    let mut days: BTreeMap<NaiveDate, Vec<Span>> = BTreeMap::new();
    for work in record.work() {
        days.entry(time::day(work.start(), record.zone())).or_default().push(*work);
    }
    let broken = |(day, worked): (&NaiveDate, &Vec<Span>)| {
        let (whole, sum) = (whole(worked)?, length(worked));
        let paused = whole.end() - whole.start() - sum;
        (sum > minutes(at_most) && paused < minutes(pause))
            .then(|| Breach::new(whole, most(sum), (*day, *day)))
    };
    days.iter().filter_map(broken).collect()
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
