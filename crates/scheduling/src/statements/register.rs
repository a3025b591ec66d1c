//! The register of working time (Code du travail, D3171-8): for each day what was worked, and each
//! civil week's sum.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::{Minutes, Span, WorkedDay, WorkedWeek, time};

use crate::{
    needs::Period,
    record::{Record, length},
};

/// What somebody worked, in whatever order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Worked {
    /// Ordinary office hours, absences and breaks left out.
    pub office: Vec<Span>,
    /// Active duties, and interventions on standby.
    pub duty: Vec<Span>,
}

/// The register of `period`: every day, and the weeks they make, by the clocks of `zone`. Work that
/// passes midnight is cut there.
pub fn register(worked: &Worked, period: Period, zone: Tz) -> (Vec<WorkedDay>, Vec<WorkedWeek>) {
    let by_day = |spans: &[Span]| Record::new(spans.to_vec(), zone).days().clone();
    let all: Vec<Span> = worked.office.iter().chain(&worked.duty).copied().collect();
    let (office, duty, total) = (by_day(&worked.office), by_day(&worked.duty), by_day(&all));
    let on = |days: &BTreeMap<NaiveDate, Vec<Span>>, day: NaiveDate| {
        let minutes = days.get(&day).map_or(0, |spans| length(spans).num_minutes());
        Minutes(u32::try_from(minutes).unwrap_or(0))
    };
    let day = |day| WorkedDay { day, office: on(&office, day), duty: on(&duty, day), total: on(&total, day) };
    let days: Vec<WorkedDay> = period.days().map(day).collect();
    let mut weeks: BTreeMap<NaiveDate, Minutes> = BTreeMap::new();
    for day in &days {
        let week = weeks.entry(time::monday_of(day.day)).or_default();
        *week = *week + day.total;
    }
    (days, weeks.into_iter().map(|(monday, total)| WorkedWeek { monday, total }).collect())
}
