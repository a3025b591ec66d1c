//! Daily rest: hours on end free of work within the 24 hours after work starts (France L3131-1;
//! Directive 2003/88/EC, art. 3).

use chrono::{DateTime, Duration, Utc};
use domain::Span;

use super::Breach;
use crate::record::Record;

/// From each start of work after at least `rest`: some `rest` begins and ends within 24 hours.
pub fn breaches(record: &Record, rest: Duration) -> Vec<Breach> {
    let mut worked_until: Option<DateTime<Utc>> = None;
    let mut found = Vec::new();
    for work in record.work() {
        let before = worked_until.replace(work.end());
        if before.is_some_and(|end| work.start() - end < rest) {
            continue;
        }
        let day = Span::new(work.start(), work.start() + Duration::hours(24)).expect("a day later is later");
        let measured = record.longest_rest(day);
        if measured < rest {
            found.push(Breach { span: day, measured });
        }
    }
    found
}
