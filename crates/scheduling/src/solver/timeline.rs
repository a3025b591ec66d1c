//! A problem as the search needs it: whole minutes, small indices, and the law of each day.
//!
//! Minutes are rounded outwards (a start down, an end up), so that nothing shorter than a minute
//! can make a duty look legal that is not.

use chrono::{DateTime, Datelike, Utc};
use domain::{DutyKind, Rung, Span, WishKind, time};

use super::alone;
use super::penalty::{LEAD_WEIGHT, MISSED_WISH, RATHER_NOT};
use super::someone::{Someone, someone};
use crate::aside;
use crate::bonds::Bond;
use crate::fair;
use crate::problem::{Candidate, Place, Problem};
use crate::skills::brings;

/// A stretch of whole minutes since 1970, end excluded.
pub(super) type Stretch = (i64, i64);

/// Minutes of a day.
pub(super) const DAY: i64 = 24 * 60;

pub(super) fn stretch(span: &Span) -> Stretch {
    (floor(span.start()), ceil(span.end()))
}

pub(super) fn floor(instant: DateTime<Utc>) -> i64 {
    instant.timestamp_micros().div_euclid(60_000_000)
}

pub(super) fn ceil(instant: DateTime<Utc>) -> i64 {
    -(-instant.timestamp_micros()).div_euclid(60_000_000)
}

pub(super) fn shared(one: Stretch, other: Stretch) -> bool {
    one.0 < other.1 && other.0 < one.1
}

/// A place to fill.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) time: Stretch,
    /// The local day on which it starts, as a day number.
    pub(super) day: i32,
    pub(super) work: bool,
    /// What it counts in fairness.
    pub(super) worth: i64,
    /// What leaving it open costs.
    pub(super) cover: i64,
    /// Who held it before, if they are a candidate.
    pub(super) preset: Option<usize>,
    /// Somebody who is no candidate is pinned here: filled, and nobody's business.
    pub(super) stranger: bool,
    pub(super) pinned: bool,
    /// Who may take it as far as it alone is concerned, in the order of candidates.
    pub(super) eligible: Vec<usize>,
}

/// The whole problem.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) spots: Vec<Spot>,
    pub(super) people: Vec<Someone>,
    pub(super) tolerance: i64,
    /// Places that may be changed.
    pub(super) open: Vec<usize>,
}

impl Model {
    pub(super) fn of(problem: &Problem) -> Self {
        let first = problem.first_day();
        let bonds: Vec<Vec<Bond>> =
            problem.candidates.iter().map(|candidate| candidate.bonds(first)).collect();
        let mut spots = aside::each(&problem.places, |place| spot(problem, &bonds, place));
        let known: Vec<(&Candidate, &Vec<Bond>)> = problem.candidates.iter().zip(&bonds).collect();
        let mut people = aside::each(&known, |(candidate, bonds)| someone(candidate, bonds, problem));
        for (person, part) in people.iter_mut().zip(fair::parts(problem)) {
            person.target = part.unwrap_or(0);
        }
        let worked_days: std::collections::BTreeSet<i32> = spots.iter().map(|spot| spot.day).collect();
        for person in &mut people {
            person.wishes.retain(|day, _| worked_days.contains(day));
        }
        let open = (0..spots.len()).filter(|number| !spots[*number].pinned).collect();
        for spot in &mut spots {
            spot.eligible.retain(|person| people[*person].counted);
        }
        Self { spots, people, tolerance: i64::from(problem.tolerance.0), open }
    }

    /// No rota's wishes cost more.
    pub(super) fn dearest_wishes(&self) -> i64 {
        let wishes: usize = self.people.iter().map(|person| person.wishes.len()).sum();
        i64::try_from(wishes).unwrap_or(i64::MAX) * MISSED_WISH
            + i64::try_from(self.spots.len()).unwrap_or(i64::MAX) * RATHER_NOT
    }
}

fn spot(problem: &Problem, bonds: &[Vec<Bond>], place: &Place) -> Spot {
    let number = |person| problem.candidates.iter().position(|candidate| candidate.person == person);
    let preset = place.preset.and_then(number);
    let weight = if place.slot.rung == Rung::Lead { LEAD_WEIGHT } else { 1 };
    let eligible = problem
        .candidates
        .iter()
        .zip(bonds)
        .enumerate()
        .filter(|(_, (candidate, bonds))| may_stand(problem, candidate, bonds, place))
        .map(|(number, _)| number)
        .collect();
    Spot {
        time: stretch(&place.slot.span),
        day: place.slot.day.num_days_from_ce(),
        work: place.kind == DutyKind::Active,
        worth: i64::from(place.worth.0),
        cover: weight * i64::from(place.slot.span.length().0),
        preset,
        stranger: place.pinned && place.preset.is_some() && preset.is_none(),
        pinned: place.pinned,
        eligible,
    }
}

/// Whether nothing about the place itself keeps them from it: employment, skills, leave,
/// "can't", duties and standby elsewhere, notice, age.
fn may_stand(problem: &Problem, candidate: &Candidate, bonds: &[Bond], place: &Place) -> bool {
    let slot = &place.slot;
    let refused = || {
        candidate.wishes.iter().any(|wish| {
            wish.kind == WishKind::Cant && time::civil_day(wish.day, problem.zone).overlaps(&slot.span)
        })
    };
    let busy = candidate.busy.iter().map(|work| &work.span);
    let away = candidate.absences.iter().chain(&candidate.standby);
    let mut taken = away.chain(busy).chain(&candidate.elsewhere);
    candidate.employments.iter().any(|employed| employed.in_pool && employed.runs(slot.day, slot.day))
        && brings(candidate, slot)
        && !taken.any(|away| away.overlaps(&slot.span))
        && !refused()
        && alone::lawful(problem, candidate, bonds, place)
}
