//! Weekly rest: hours on end free of work for each civil week (France L3132-2: 24 hours and the 11
//! of a daily rest; Cass. soc. 13 Nov 2025, 24-10.733: the stretch may cross the week's border).

use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use domain::Span;

use super::{Breach, least, minutes};
use crate::record::{Record, rests};

/// Civil weeks with work that no rest of at least `rest` minutes belongs to: one belongs to a week
/// in which at least `inside` of it lies. With `inside` equal to `rest` it must lie in the week as
/// a whole.
///
/// Work of the weeks beside has a part in it as far as the rest may lean out.
pub fn breaches(record: &Record, rest: u32, inside: u32) -> Vec<Breach> {
    let lean = minutes(rest.saturating_sub(inside));
    let broken = |monday: &NaiveDate| {
        let monday = *monday;
        let week = record.civil_week(monday);
        let measured = least(best(record, week, minutes(inside)));
        let reach = Span::new(week.start() - lean, week.end() + lean).expect("a week that grows ends later");
        let days = (monday, monday + Days::new(6));
        (measured < i64::from(rest)).then_some(Breach { span: week, measured, reach, days })
    };
    record.weeks().keys().filter_map(broken).collect()
}

/// The longest rest that belongs to `week`; the longest part of one inside it if none does.
fn best(record: &Record, week: Span, inside: Duration) -> Duration {
    // A rest is looked at uncut, as far as a week on either side.
    let around = Span::new(week.start() - Duration::days(7), week.end() + Duration::days(7))
        .expect("a week that grows ends later");
    let in_week =
        |(from, to): &(DateTime<Utc>, DateTime<Utc>)| (*to).min(week.end()) - (*from).max(week.start());
    let rests = rests(record.work(), around);
    let belonging = rests.iter().filter(|rest| in_week(rest) >= inside).map(|(from, to)| *to - *from).max();
    belonging.unwrap_or_else(|| rests.iter().map(in_week).max().unwrap_or_default().max(Duration::zero()))
}
