//! Standby: how many days of it and how long without it then (Switzerland, OLT 1 art. 14), the rest that interventions leave
//! (art. 19), and whether it is becoming work (Cass. soc. 26 Oct 2022, 21-14.178; CJEU C-344/19).

use std::collections::BTreeSet;

use chrono::{Days, Duration, NaiveDate};
use chrono_tz::Tz;
use domain::{Minutes, Span, time};

use super::{Breach, least, minutes};
use crate::record::{Record, civil_days, length, longest_rest};

/// Within so many days standby days are counted.
pub const DAYS: u64 = 28;

/// Spans of four weeks that begin with a standby day and hold more of them than `at_most` says of the span.
pub fn days(standby: &[Span], zone: Tz, at_most: impl Fn(Span) -> u32) -> Vec<Breach> {
    let days: BTreeSet<NaiveDate> = standby.iter().flat_map(|span| civil_days(*span, zone)).collect();
    let broken = |first: &NaiveDate| {
        let within: Vec<NaiveDate> = days.range(*first..*first + Days::new(DAYS)).copied().collect();
        let last = *within.last()?;
        let until =
            |last| Span::new(time::civil_day(*first, zone).start(), time::civil_day(last, zone).end());
        let (span, weeks) = (until(last).ok()?, until(*first + Days::new(DAYS - 1)).ok()?);
        let count = i64::try_from(within.len()).ok()?;
        (count > i64::from(at_most(weeks))).then(|| Breach::new(span, count, (*first, last)))
    };
    days.iter().filter_map(broken).collect()
}

/// Standby days that come before `free` whole days have passed since the last of `used` standby days
/// within four weeks; measured are the days that passed. One within the same four weeks is a day too
/// many ([`days`]), and no matter of this.
pub fn pauses(standby: &[Span], zone: Tz, used: u32, free: u32) -> Vec<Breach> {
    let days: BTreeSet<NaiveDate> = standby.iter().flat_map(|span| civil_days(*span, zone)).collect();
    let days: Vec<NaiveDate> = days.into_iter().collect();
    let used = used.max(1) as usize;
    let too_soon = |run: &[NaiveDate]| {
        let (first, last, next) = (*run.first()?, run[used - 1], *run.last()?);
        let begun = first + Days::new(DAYS);
        let passed = (next - last).num_days() - 1;
        (last < begun && begun <= next && passed < i64::from(free)).then(|| {
            let span = Span::new(time::civil_day(last, zone).start(), time::civil_day(next, zone).end())
                .expect("a later day ends later");
            Breach::new(span, passed, (last, next))
        })
    };
    days.windows(used + 1).filter_map(too_soon).collect()
}

/// Rests between planned work in which interventions leave less than `spared` minutes on end, and
/// which do not go on for `rest` minutes after the last of them. The breach runs from the last
/// intervention to the next planned work.
pub fn rests(record: &Record, spared: u32, rest: u32) -> Vec<Breach> {
    let mut found = Vec::new();
    for pair in record.planned().windows(2) {
        let Ok(between) = Span::new(pair[0].end(), pair[1].start()) else { continue };
        let mut inside = record.interventions().iter().filter_map(|one| one.common(&between));
        let Some(last) = inside.next_back() else { continue };
        if longest_rest(record.interventions(), between) >= minutes(spared) {
            continue;
        }
        let measured = least(between.end() - last.end());
        if measured < i64::from(rest) {
            let day = time::day(pair[1].start(), record.zone());
            let span =
                Span::new(last.start(), pair[1].end()).expect("the next work ends after the last answer");
            found.push(Breach::new(span, measured, (day, day)));
        }
    }
    found
}

/// From so many hundredths of standby worked the risk is raised.
pub const RAISED_PERCENT: i64 = 12;

/// How near standby is to work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// As standby should be.
    Low,
    /// Worth a look.
    Raised,
    /// A court may well call it work.
    High,
}

/// What tells whether standby is becoming work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Risk {
    /// Interventions in ten hours of standby, rounded down.
    pub per_ten_hours: i64,
    /// Share of the standby that was worked, in hundredths, rounded down.
    pub worked_percent: i64,
    /// Within how many minutes an answer is promised, if it is.
    pub promise: Option<Minutes>,
    /// How near it is to work.
    pub level: Level,
}

/// Reads `standby` with the `interventions` in it. `None` without standby.
///
/// No text sets a figure; a court weighs the promise and how often it calls (C-344/19, 37 to 39).
/// Ours: a quarter of the time worked, or an answer an hour, is high; half of either is raised; and
/// a promise of fifteen minutes or less lifts what is raised, and makes any intervention raised.
pub fn risk(standby: &[Span], interventions: &[Span], promise: Option<Minutes>) -> Option<Risk> {
    let waited = length(&crate::record::joined(standby.to_vec()));
    if waited <= Duration::zero() {
        return None;
    }
    // What was said twice happened once.
    let calls = crate::record::joined(interventions.to_vec());
    let within: Vec<Span> =
        calls.iter().flat_map(|one| standby.iter().filter_map(|span| span.common(one))).collect();
    let within = crate::record::joined(within);
    let count = i64::try_from(within.len()).unwrap_or(i64::MAX);
    let worked = length(&within);
    let per_ten_hours = count.saturating_mul(600) / waited.num_minutes().max(1);
    let worked_percent = worked.num_seconds().saturating_mul(100) / waited.num_seconds().max(1);
    let urgent = promise.is_some_and(|promise| promise <= Minutes(15));
    let level = match (
        per_ten_hours >= 10 || worked_percent >= 25,
        per_ten_hours >= 5 || worked_percent >= RAISED_PERCENT,
    ) {
        (true, _) => Level::High,
        (false, true) if urgent => Level::High,
        (false, true) => Level::Raised,
        (false, false) if urgent && count > 0 => Level::Raised,
        (false, false) => Level::Low,
    };
    Some(Risk { per_ten_hours, worked_percent, promise, level })
}
