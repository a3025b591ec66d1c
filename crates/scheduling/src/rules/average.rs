//! Averages: work a week over any so many consecutive civil weeks (France L3121-22: 44 hours over
//! twelve).

use chrono::{Days, Duration};

use super::{Breach, minutes, most};
use crate::record::Record;

/// Every stretch of `weeks` civil weeks whose average is over `at_most` minutes, from the first week of the
/// record on: what was before is not known. Weeks after the record count as free, so a record shorter than
/// the stretch is judged with them.
///
/// The law of a stretch is that of its last week.
pub fn breaches(record: &Record, weeks: u32, at_most: u32) -> Vec<Breach> {
    let worked = record.weeks();
    let (Some(first), Some(last)) = (worked.keys().next(), worked.keys().next_back()) else {
        return Vec::new();
    };
    let length = Days::new(7 * u64::from(weeks));
    let allowed = minutes(at_most.saturating_mul(weeks));
    let mut found = Vec::new();
    let mut monday = *first;
    while monday <= *last {
        let sum: Duration = worked.range(monday..monday + length).map(|(_, worked)| *worked).sum();
        if sum > allowed {
            let span = record.civil_days_from(monday, 7 * u64::from(weeks));
            let last_monday = monday + length - Days::new(7);
            // Rounded up: whoever is over by less than a minute is over.
            let measured = -(-most(sum)).div_euclid(i64::from(weeks));
            found.push(Breach::new(span, measured, (last_monday, last_monday + Days::new(6))));
        }
        monday = monday + Days::new(7);
    }
    found
}
