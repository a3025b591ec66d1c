//! Night: who is a night worker (France L3122-5, L3122-23), what they may work (L3122-6, -7), and
//! hours at which work needs a permit (Switzerland LTr art. 10; Belgium, Act of 1971, art. 35).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, Duration, NaiveDate};
use chrono_tz::Tz;
use domain::{Span, time};

use super::{Breach, average, maxima, minutes, most};
use crate::law::{Hours, Night};
use crate::record::{Record, civil_days, length};

/// Work within the forbidden `hours`, night by night, beyond `at_most` minutes.
pub fn closed(record: &Record, hours: Hours, at_most: u32) -> Vec<Breach> {
    let mut found = Vec::new();
    for (day, worked) in nights(record, hours) {
        if length(&worked) <= minutes(at_most) {
            continue;
        }
        let measured = most(length(&worked));
        found.extend(crate::record::whole(&worked).map(|span| Breach::new(span, measured, (day, day))));
    }
    found
}

/// Days of a night worker with more work than `at_most` minutes.
pub fn days(record: &Record, night: Night, at_most: u32) -> Vec<Breach> {
    let days = night_workers_days(record, night);
    maxima::days_where(record, |day| days.contains(&day).then_some(at_most))
}

/// Stretches of `weeks` civil weeks, some days of which are a night worker's, with more work a week
/// than `at_most` minutes on average.
pub fn averages(record: &Record, night: Night, weeks: u32, at_most: u32) -> Vec<Breach> {
    let days = night_workers_days(record, night);
    if days.is_empty() {
        return Vec::new();
    }
    let mut over = average::breaches(record, weeks, at_most);
    over.retain(|breach| civil_days(breach.span, record.zone()).any(|day| days.contains(&day)));
    over
}

/// The civil days on which they are a night worker: those of weeks with enough nights of enough
/// work, and those of any twelve months with enough of it.
fn night_workers_days(record: &Record, night: Night) -> BTreeSet<NaiveDate> {
    let worked: BTreeMap<NaiveDate, Duration> =
        nights(record, night.hours).into_iter().map(|(day, worked)| (day, length(&worked))).collect();
    let mut habitual: BTreeMap<NaiveDate, u32> = BTreeMap::new();
    for day in worked.iter().filter(|(_, worked)| **worked >= night.habitual.duration()).map(|(day, _)| *day)
    {
        *habitual.entry(time::monday_of(day)).or_default() += 1;
    }
    let weeks = habitual.into_iter().filter(|(_, times)| *times >= night.times);
    let mut days: BTreeSet<NaiveDate> = weeks.flat_map(|(monday, _)| monday.iter_days().take(7)).collect();
    let year = Days::new(365);
    for first in worked.keys() {
        let sum: Duration = worked.range(*first..*first + year).map(|(_, worked)| *worked).sum();
        if sum >= night.yearly.duration() {
            days.extend(first.iter_days().take(365));
        }
    }
    days
}

/// Work within `hours`, by the day on which the night begins; nights without work left out.
fn nights(record: &Record, hours: Hours) -> BTreeMap<NaiveDate, Vec<Span>> {
    let mut nights: BTreeMap<NaiveDate, Vec<Span>> = BTreeMap::new();
    for work in record.work() {
        for day in evenings(*work, record.zone()) {
            let common = hours.on(day, record.zone()).and_then(|night| night.common(work));
            if let Some(common) = common {
                nights.entry(day).or_default().push(common);
            }
        }
    }
    nights
}

/// The days whose night `work` may touch: the one before it too.
fn evenings(work: Span, zone: Tz) -> impl Iterator<Item = NaiveDate> {
    let first = time::day(work.start(), zone) - Days::new(1);
    let last = time::day(work.end(), zone);
    first.iter_days().take_while(move |day| *day <= last)
}
