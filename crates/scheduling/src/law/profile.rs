//! Everything a law asks of somebody's time, before or after agreements.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use domain::{Days, Law, Minutes, Span, Window};

use super::{Limit, Term};

/// Hours of the night as wall clocks show them, passing midnight, in minutes of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// When they begin.
    pub from: u32,
    /// When they end, on the next day.
    pub until: u32,
}

impl Hours {
    /// The night that begins on `day`; `None` if the clocks jump over all of it.
    pub fn on(self, day: NaiveDate, zone: Tz) -> Option<Span> {
        let wall = |minutes: u32| NaiveTime::from_hms_opt(minutes / 60 % 24, minutes % 60, 0);
        let (from, until) = (wall(self.from)?, wall(self.until)?);
        Window { days: Days::ALL, from, until }.on(day, zone)
    }

    /// From a full hour to another.
    pub(super) const fn full(from: u32, until: u32) -> Self {
        Self { from: from * 60, until: until * 60 }
    }

    /// The night that begins at `from` by agreement: nine hours, and midnight to five with what is left of
    /// six (France, L3122-2).
    pub(super) fn beginning(from: u32) -> Self {
        let day = 24 * 60;
        Self { from, until: (from + 9 * 60).saturating_sub(day).max(6 * 60) }
    }
}

/// When work is done at night, and who is a night worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Night {
    /// The hours of the night.
    pub hours: Hours,
    /// So much work in one night counts.
    pub habitual: Minutes,
    /// So many nights that count, in one civil week, make a night worker.
    pub times: u32,
    /// So much work at night within twelve months makes a night worker.
    pub yearly: Minutes,
}

/// After how much work a pause is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// Beyond so much work.
    pub after: Minutes,
    /// How long, and where it is written.
    pub pause: Limit,
    /// Whether the whole work of a day is counted and its pauses are summed; else a run of work
    /// must hold one pause in one piece.
    pub whole_day: bool,
}

/// Everything a law asks of somebody's time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Which law.
    pub law: Law,
    pub(super) limits: BTreeMap<Term, Limit>,
    /// Pauses that are due.
    pub breaks: Vec<Break>,
    /// How much of the weekly rest must lie inside the civil week it counts for.
    pub weekly_rest_inside: Minutes,
    /// A contract of fewer minutes a week is part-time, where the law asks something of part-timers.
    pub full_time: Option<Minutes>,
    /// Over how many civil weeks averages run.
    pub average_weeks: u32,
    /// Who is a night worker, where the law asks something of them.
    pub night: Option<Night>,
    /// Hours at which work needs a permit.
    pub closed: Option<Hours>,
    /// So much rest on end must be left between interventions on standby, which then break no
    /// daily rest; `None` where every intervention does.
    pub spared_rest: Option<Minutes>,
    /// How many days of standby within four weeks an agreement leaves where there were more interventions
    /// than so many: first the days, then the interventions.
    pub quiet_standby: Option<(u32, usize)>,
    /// The article by which hours for other employers count, where there is one to name.
    pub other_employers: Option<&'static str>,
    /// The judgment by which standby that is called too often is work, where there is one.
    pub standby_is_work: Option<&'static str>,
}

impl Profile {
    /// A law that asks `limits` and nothing else.
    pub(super) fn new(law: Law, limits: impl IntoIterator<Item = (Term, Limit)>) -> Self {
        Self {
            law,
            limits: limits.into_iter().collect(),
            breaks: Vec::new(),
            weekly_rest_inside: Minutes::hours(24),
            full_time: None,
            average_weeks: 12,
            night: None,
            closed: None,
            spared_rest: None,
            quiet_standby: None,
            other_employers: None,
            standby_is_work: None,
        }
    }

    /// Whether it asks something of a year's work: overtime, Sundays, nights within twelve months.
    pub fn asks_of_a_year(&self) -> bool {
        let asked = [Term::OvertimeYear, Term::SundaysInYear].iter().any(|term| self.limit(*term).is_some());
        asked || self.night.is_some()
    }

    /// What it asks of `term`, if anything. Pauses stand in [`Profile::breaks`].
    pub fn limit(&self, term: Term) -> Option<&Limit> {
        self.limits.get(&term)
    }

    /// The amount it asks of `term`, if anything.
    pub fn amount(&self, term: Term) -> Option<u32> {
        self.limit(term).map(|limit| limit.amount)
    }

    /// Everything it asks, term by term, pauses left out.
    pub fn limits(&self) -> impl Iterator<Item = (Term, &Limit)> {
        self.limits.iter().map(|(term, limit)| (*term, limit))
    }

    /// Leaves out what does not concern an employer.
    pub(crate) fn drop(&mut self, term: Term) {
        self.limits.remove(&term);
    }
}
