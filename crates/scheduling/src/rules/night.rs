//! Night: who is a night worker (France L3122-5, L3122-23), what they may work (L3122-6, -7), and
//! hours at which work needs a permit (Switzerland LTr art. 10; Belgium, Act of 1971, art. 35).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, Duration, NaiveDate};
use domain::{Span, time};

use super::{Breach, average, maxima, minutes, most};
use crate::law::{Hours, Night};
use crate::record::{Record, civil_days, length, whole};

/// Work within the forbidden `hours`, night by night, beyond `at_most` minutes.
pub fn closed(record: &Record, hours: Hours, at_most: u32) -> Vec<Breach> {
    let mut found = Vec::new();
    for (day, worked) in nights(record, hours) {
        if length(&worked) <= minutes(at_most) {
            continue;
        }
        let measured = most(length(&worked));
        found.extend(whole(&worked).map(|span| Breach::new(span, measured, (day, day))));
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
    let mut evenings: BTreeSet<NaiveDate> = BTreeSet::new();
    for (day, worked) in record.days() {
        let Some((midnight, whole)) = record.midnight(*day).zip(whole(worked)) else { continue };
        // Clocks change by less than three hours: whatever is further from the night is not in it.
        let hour = |wall: u32, off: i64| midnight + minutes(wall) + Duration::hours(off);
        if whole.start() < hour(hours.until, 3) {
            evenings.insert(*day - Days::new(1));
        }
        if whole.end() > hour(hours.from, -3) {
            evenings.insert(*day);
        }
    }
    let within = |day: NaiveDate| {
        let night = hours.on(day, record.zone())?;
        let first = record.work().partition_point(|work| work.end() <= night.start());
        let worked: Vec<Span> = record.work()[first..].iter().map_while(|work| work.common(&night)).collect();
        (!worked.is_empty()).then_some((day, worked))
    };
    evenings.into_iter().filter_map(within).collect()
}
