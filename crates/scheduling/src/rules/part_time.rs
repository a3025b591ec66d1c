//! Part-time: work beyond the contract (France L3123-28, L3123-9) and a day in pieces (L3123-30).

use chrono::{Duration, NaiveDate};
use domain::Span;

use super::{Breach, maxima, minutes, most};
use crate::record::{Record, whole};

/// Civil weeks with more work than the contract and `bp` basis points of it. `contract` gives
/// the contract minutes of the week that begins on a Monday, `None` where it is no part-time.
pub fn extra_hours(record: &Record, bp: u32, contract: impl Fn(NaiveDate) -> Option<u32>) -> Vec<Breach> {
    maxima::weeks(record, |monday| contract(monday).map(|contract| minutes(allowed(contract, bp))))
}

/// What may be worked in a week of that contract, in whole minutes: a third of 20 hours is 6 h 40.
pub fn allowed(contract: u32, bp: u32) -> u32 {
    let extra = u64::from(contract) * u64::from(bp) / 10_000;
    contract + u32::try_from(extra).unwrap_or(u32::MAX - contract)
}

/// Part-timers' civil weeks in which work reaches `full` minutes.
pub fn reaching_full_time(
    record: &Record,
    full: u32,
    contract: impl Fn(NaiveDate) -> Option<u32>,
) -> Vec<Breach> {
    let below = minutes(full) - Duration::microseconds(1);
    maxima::weeks(record, |monday| contract(monday).map(|_| below))
}

/// Part-timers' days with more than `at_most` interruptions, measured in times. An interruption is
/// a gap longer than `pause` minutes: the pause of the law interrupts nothing.
pub fn interruptions(
    record: &Record,
    at_most: u32,
    pause: u32,
    part_time: impl Fn(NaiveDate) -> bool,
) -> Vec<Breach> {
    let count = |gaps: Vec<Duration>| i64::try_from(gaps.len()).unwrap_or(i64::MAX);
    days(record, pause, part_time, count, i64::from(at_most))
}

/// Part-timers' days with an interruption longer than `at_most` minutes.
pub fn long_interruptions(
    record: &Record,
    at_most: u32,
    part_time: impl Fn(NaiveDate) -> bool,
) -> Vec<Breach> {
    let longest = |gaps: Vec<Duration>| gaps.into_iter().max().map_or(0, most);
    days(record, 0, part_time, longest, i64::from(at_most))
}

/// Days on which `measure` of the gaps longer than `pause` is over `at_most`.
fn days(
    record: &Record,
    pause: u32,
    part_time: impl Fn(NaiveDate) -> bool,
    measure: impl Fn(Vec<Duration>) -> i64,
    at_most: i64,
) -> Vec<Breach> {
    let broken = |(day, worked): (&NaiveDate, &Vec<Span>)| {
        if worked.len() < 2 || !part_time(*day) {
            return None;
        }
        let gaps = worked.windows(2).map(|pair| pair[1].start() - pair[0].end());
        let measured = measure(gaps.filter(|gap| *gap > minutes(pause)).collect());
        (measured > at_most).then_some((*day, whole(worked)?, measured))
    };
    let found = record.days().iter().filter_map(broken);
    found.map(|(day, span, measured)| Breach::new(span, measured, (day, day))).collect()
}
