//! Right to refuse: work beyond which nobody need accept more (Quebec, LNT art. 59.0.1).

use chrono::{Duration, NaiveDate};
use domain::{Span, time};

use super::{Breach, maxima, minutes, most};
use crate::record::{Record, length};

/// Days with more than `extra` minutes beyond their usual hours; days without usual hours have none
/// to go beyond.
pub fn beyond_usual(
    record: &Record,
    extra: u32,
    usual: impl Fn(NaiveDate) -> Option<Duration>,
) -> Vec<Breach> {
    let mut found = maxima::days_where(record, |day| {
        let allowed = usual(day)? + minutes(extra);
        u32::try_from(allowed.num_minutes()).ok()
    });
    // Measured is what lies beyond the usual hours.
    for breach in &mut found {
        breach.measured -= usual(breach.days.0).map_or(0, |usual| usual.num_minutes());
    }
    found
}

/// Spans of 24 hours from a start of work, with more work than `at_most` minutes.
pub fn within_24_hours(record: &Record, at_most: u32) -> Vec<Breach> {
    let work = record.work();
    let mut found: Vec<Breach> = Vec::new();
    for (number, start) in work.iter().map(Span::start).enumerate() {
        let span = Span::new(start, start + Duration::hours(24)).expect("a day later is later");
        let within: Vec<Span> = work[number..].iter().map_while(|work| work.common(&span)).collect();
        // What one span tells, the next that begins within it need not repeat.
        let told = found.last().is_some_and(|last| last.span.contains(start));
        if length(&within) > minutes(at_most) && !told {
            let day = time::day(start, record.zone());
            found.push(Breach::new(span, most(length(&within)), (day, day)));
        }
    }
    found
}
