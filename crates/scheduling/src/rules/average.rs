//! Averages: work a week over any so many consecutive civil weeks (France L3121-22: 44 hours over
//! twelve).

use chrono::{Days, Duration};
use domain::Span;

use super::Breach;
use crate::record::Record;

/// Every stretch of `weeks` civil weeks whose average is over `at_most`; weeks before and after
/// the record count as free, so a record shorter than the stretch is judged with them.
///
/// Measured is the average a week, rounded down to the second.
pub fn breaches(record: &Record, weeks: u32, at_most: Duration) -> Vec<Breach> {
    let worked = record.weeks();
    let (Some(first), Some(last)) = (worked.keys().next(), worked.keys().next_back()) else {
        return Vec::new();
    };
    let length = Days::new(7 * u64::from(weeks));
    let mut found = Vec::new();
    let mut monday = *first - length + Days::new(7);
    while monday <= *last {
        let sum: Duration = worked.range(monday..monday + length).map(|(_, worked)| *worked).sum();
        if sum > at_most * i32::try_from(weeks).unwrap_or(i32::MAX) {
            let until = record.civil_week(monday + length - Days::new(7)).end();
            let span = Span::new(record.civil_week(monday).start(), until).expect("weeks later is later");
            found.push(Breach { span, measured: Duration::seconds(sum.num_seconds() / i64::from(weeks)) });
        }
        monday = monday + Days::new(7);
    }
    found
}
