//! Daily rest: hours on end free of work within the 24 hours after work starts (France L3131-1;
//! Directive 2003/88/EC, art. 3).

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use domain::{Span, time};

use super::{Breach, least, minutes};
use crate::record::longest_rest;

/// From each start of `work` after at least `rest` minutes: some `rest` begins and ends within 24 hours.
///
/// `work` is in order, none touching the next; days are counted in `zone`.
pub fn breaches(work: &[Span], zone: Tz, rest: u32) -> Vec<Breach> {
    let mut worked_until: Option<DateTime<Utc>> = None;
    let mut found = Vec::new();
    for work_here in work {
        let start = work_here.start();
        let before = worked_until.replace(work_here.end());
        if before.is_some_and(|end| start - end < minutes(rest)) {
            continue;
        }
        let span = Span::new(start, start + Duration::hours(24)).expect("a day later is later");
        let measured = least(longest_rest(work, span));
        if measured < i64::from(rest) {
            let day = time::day(start, zone);
            found.push(Breach::new(span, measured, (day, day)));
        }
    }
    found
}
