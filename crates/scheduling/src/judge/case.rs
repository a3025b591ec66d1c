//! One person's time as the law looks at it: everything they work, wherever, with this rota's duties.

use std::collections::BTreeSet;

use chrono::{Duration, NaiveDate};
use domain::{DutyKind, OrganisationId, Span};

use crate::problem::{Candidate, OfficeDay, Place, Problem, Work};
use crate::record::{Record, length, without};

/// One person's time.
pub(super) struct Case<'a> {
    pub(super) problem: &'a Problem,
    /// All places of the rota.
    pub(super) all: &'a [Place],
    pub(super) candidate: &'a Candidate,
    /// What they hold in this rota.
    pub(super) places: Vec<&'a Place>,
    /// All their work.
    pub(super) record: Record,
    /// The part of it done for each employer; empty where one has it all.
    own: Vec<(Option<OrganisationId>, Record)>,
    /// The office hours that apply, given the duties.
    pub(super) office: Vec<Span>,
}

impl<'a> Case<'a> {
    /// With everything we know of. `all` are the places of the rota, `places` those they hold.
    pub(super) fn of(
        problem: &'a Problem,
        all: &'a [Place],
        candidate: &'a Candidate,
        places: Vec<&'a Place>,
    ) -> Self {
        Self::counting((problem, all), candidate, places, &candidate.elsewhere)
    }

    /// The same case, had they no hours for other employers.
    pub(super) fn without_elsewhere(&self) -> Self {
        Self::counting((self.problem, self.all), self.candidate, self.places.clone(), &[])
    }

    /// The same case, did they not hold `place`.
    pub(super) fn without(&self, place: &Place) -> Self {
        let places = self.places.iter().copied().filter(|held| !std::ptr::eq(*held, place)).collect();
        Self::of(self.problem, self.all, self.candidate, places)
    }

    fn counting(
        (problem, all): (&'a Problem, &'a [Place]),
        candidate: &'a Candidate,
        places: Vec<&'a Place>,
        elsewhere: &[Span],
    ) -> Self {
        let duty_days: BTreeSet<NaiveDate> = places.iter().map(|place| place.slot.day).collect();
        let hours = |hours: &OfficeDay| {
            let open = if duty_days.contains(&hours.day) { &hours.on_duty } else { &hours.usual };
            // Whoever is on leave is at no desk.
            let (present, employer) = (without(open, &candidate.absences), hours.employer);
            present.into_iter().map(move |span| Work { span, employer })
        };
        let office: Vec<Work> = candidate.office.iter().flat_map(hours).collect();
        let duties = places.iter().filter(|place| place.kind == DutyKind::Active);
        let duties = duties.map(|place| Work { span: place.slot.span, employer: employer(candidate, place) });
        let named: Vec<Work> =
            duties.chain(office.iter().copied()).chain(candidate.busy.iter().copied()).collect();
        let spans = |work: &[Work]| work.iter().map(|one| one.span).collect::<Vec<Span>>();
        let planned = spans(&named).into_iter().chain(elsewhere.iter().copied()).collect();
        let record = Record::with_interventions(planned, spans(&candidate.interventions), candidate.zone);
        let own = if elsewhere.is_empty() && of_one(&named, &candidate.interventions) {
            Vec::new()
        } else {
            parts(candidate, &named)
        };
        let office = spans(&office);
        Self { problem, all, candidate, places, record, own, office }
    }

    /// What they work for `employer`, of whom they hold duties or who has office hours of them.
    pub(super) fn work_for(&self, employer: Option<OrganisationId>) -> &Record {
        let own = self.own.iter().find(|(whose, _)| *whose == employer);
        own.map_or(&self.record, |(_, record)| record)
    }

    /// What they hold of one kind of duty for `employer`, or of any.
    pub(super) fn held_for(
        &self,
        employer: Option<OrganisationId>,
        kind: Option<DutyKind>,
    ) -> impl Iterator<Item = &'a Place> {
        self.held(kind).filter(move |place| self::employer(self.candidate, place) == employer)
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

/// For whom a duty is done.
fn employer(candidate: &Candidate, place: &Place) -> Option<OrganisationId> {
    candidate.employer_on(place.slot.day)
}

/// Whether all work is one employer's.
fn of_one(named: &[Work], interventions: &[Work]) -> bool {
    let mut all = named.iter().chain(interventions).map(|work| work.employer);
    let first = all.next();
    all.all(|employer| Some(employer) == first)
}

/// The work for each employer of the candidate's by itself.
fn parts(candidate: &Candidate, named: &[Work]) -> Vec<(Option<OrganisationId>, Record)> {
    let employers: BTreeSet<Option<OrganisationId>> =
        candidate.employments.iter().map(|employed| employed.employer).collect();
    let of = |work: &[Work], employer| -> Vec<Span> {
        work.iter().filter(|one| one.employer == employer).map(|one| one.span).collect()
    };
    let part = |employer| {
        let (planned, answers) = (of(named, employer), of(&candidate.interventions, employer));
        (employer, Record::with_interventions(planned, answers, candidate.zone))
    };
    employers.into_iter().map(part).collect()
}
