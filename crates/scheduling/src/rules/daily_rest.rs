//! Daily rest: hours on end free of work within the 24 hours after work starts (France L3131-1;
//! Directive 2003/88/EC, art. 3).

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use domain::{Span, time};

use super::{Breach, least, minutes};
use crate::record::rests;

/// From each start of `work` after at least `rest` minutes: some `rest` begins and ends within 24 hours.
/// Where none does, the next 24 hours begin with the work after the longest rest of these, so that one
/// short night hides no other.
///
/// `work` is in order, none touching the next; days are counted in `zone`.
pub fn breaches(work: &[Span], zone: Tz, rest: u32) -> Vec<Breach> {
    let mut found = Vec::new();
    let mut here = 0;
    while let Some(first) = work.get(here) {
        let start = first.start();
        let span = Span::new(start, start + Duration::hours(24)).expect("a day later is later");
        let (measured, until) = longest(work, span);
        if measured < minutes(rest) {
            let day = time::day(start, zone);
            found.push(Breach::new(span, least(measured), (day, day)));
            here = work.partition_point(|work| work.start() < until).max(here + 1);
        } else {
            let rested = |pair: &[Span]| pair[1].start() - pair[0].end() >= minutes(rest);
            let next = work[here..].windows(2).position(rested);
            here = next.map_or(work.len(), |next| here + next + 1);
        }
    }
    found
}

/// How long the longest rest within `span` is, the first of those as long, and when it ends; nothing,
/// and the beginning, if there is none.
fn longest(work: &[Span], span: Span) -> (Duration, DateTime<Utc>) {
    let mut longest = (Duration::zero(), span.start());
    for (from, until) in rests(work, span) {
        if until - from > longest.0 {
            longest = (until - from, until);
        }
    }
    longest
}
