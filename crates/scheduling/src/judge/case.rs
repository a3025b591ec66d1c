//! One person's time as the law looks at it: everything they work, wherever, with this rota's duties.

use std::collections::BTreeSet;

use chrono::{Duration, NaiveDate};
use domain::{DutyKind, Span};

use crate::problem::{Candidate, Place, Problem};
use crate::record::{Record, length};

/// One person's time.
pub(super) struct Case<'a> {
    pub(super) problem: &'a Problem,
    pub(super) candidate: &'a Candidate,
    /// What they hold in this rota.
    pub(super) places: Vec<&'a Place>,
    /// All their work.
    pub(super) record: Record,
    /// The office hours that apply, given the duties.
    pub(super) office: Vec<Span>,
}

impl<'a> Case<'a> {
    /// With everything we know of.
    pub(super) fn of(problem: &'a Problem, candidate: &'a Candidate, places: Vec<&'a Place>) -> Self {
        Self::counting(problem, candidate, places, &candidate.elsewhere)
    }

    /// The same case, had they no hours for other employers.
    pub(super) fn without_elsewhere(&self) -> Self {
        Self::counting(self.problem, self.candidate, self.places.clone(), &[])
    }

    /// The same case, did they not hold `place`.
    pub(super) fn without(&self, place: &Place) -> Self {
        let places = self.places.iter().copied().filter(|held| !std::ptr::eq(*held, place)).collect();
        Self::of(self.problem, self.candidate, places)
    }

    fn counting(
        problem: &'a Problem,
        candidate: &'a Candidate,
        places: Vec<&'a Place>,
        elsewhere: &[Span],
    ) -> Self {
        let duty_days: BTreeSet<NaiveDate> = places.iter().map(|place| place.slot.day).collect();
        let office: Vec<Span> = candidate
            .office
            .iter()
            .flat_map(|hours| if duty_days.contains(&hours.day) { &hours.on_duty } else { &hours.usual })
            .copied()
            .collect();
        let duties =
            places.iter().filter(|place| place.kind == DutyKind::Active).map(|place| place.slot.span);
        let planned = duties.chain(office.iter().copied());
        let planned =
            planned.chain(candidate.busy.iter().copied()).chain(elsewhere.iter().copied()).collect();
        let record = Record::with_interventions(planned, candidate.interventions.clone(), candidate.zone);
        Self { problem, candidate, places, record, office }
    }

    /// What they hold of one kind of duty, or of any.
    pub(super) fn held(&self, kind: Option<DutyKind>) -> impl Iterator<Item = &'a Place> {
        self.places.iter().copied().filter(move |place| kind.is_none_or(|kind| place.kind == kind))
    }

    /// All their standby, in this rota and around it.
    pub(super) fn standby(&self) -> Vec<Span> {
        let here = self.held(Some(DutyKind::Standby)).map(|place| place.slot.span);
        here.chain(self.candidate.standby.iter().copied()).collect()
    }

    /// Usual office hours of a day, if it has any.
    pub(super) fn usual(&self, day: NaiveDate) -> Option<Duration> {
        let hours = self.candidate.office.iter().filter(|hours| hours.day == day && !hours.usual.is_empty());
        hours.map(|hours| length(&hours.usual)).reduce(|sum, more| sum + more)
    }
}
