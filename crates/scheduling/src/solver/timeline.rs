//! A problem as the search needs it: whole minutes, small indices, and the law of each day.
//!
//! Minutes are rounded outwards (a start down, an end up), so that nothing shorter than a minute
//! can make a duty look legal that is not.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use domain::{DutyKind, Law, Rung, Span, WishKind, time};

use super::penalty::LEAD_WEIGHT;
use crate::law;
use crate::problem::{Candidate, Employed, Place, Problem};

/// A stretch of whole minutes since 1970, end excluded.
pub(super) type Stretch = (i64, i64);

/// Minutes of a day.
pub(super) const DAY: i64 = 24 * 60;

pub(super) fn stretch(span: &Span) -> Stretch {
    (floor(span.start()), ceil(span.end()))
}

fn floor(instant: DateTime<Utc>) -> i64 {
    instant.timestamp_micros().div_euclid(60_000_000)
}

fn ceil(instant: DateTime<Utc>) -> i64 {
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

/// What the laws that bind a person ask of one of their civil days.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DayLaw {
    pub(super) rest: i64,
    pub(super) maximum: Option<i64>,
    pub(super) span: Option<i64>,
}

/// What they ask of a civil week; no rest at all where no law runs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WeekLaw {
    pub(super) rest: i64,
    pub(super) inside: i64,
}

/// Ordinary hours of a day, usually and when a duty starts on it.
#[derive(Clone, Debug)]
pub(super) struct Ordinary {
    pub(super) day: i32,
    pub(super) usual: Vec<Stretch>,
    pub(super) on_duty: Vec<Stretch>,
}

/// A person to place.
#[derive(Clone, Debug)]
pub(super) struct Someone {
    pub(super) busy: Vec<Stretch>,
    /// In the order of days.
    pub(super) office: Vec<Ordinary>,
    /// Whether a duty changes their office hours.
    pub(super) variants: bool,
    /// The day number of the first midnight; a Monday.
    first_day: i32,
    /// When each of their civil days starts; one more than there are days.
    pub(super) midnights: Vec<i64>,
    pub(super) days: Vec<DayLaw>,
    pub(super) weeks: Vec<WeekLaw>,
    pub(super) wishes: BTreeMap<i32, WishKind>,
    /// Minutes of worth that would be their fair part, the balance taken into account.
    pub(super) target: i64,
    /// Whether fairness looks at them.
    pub(super) counted: bool,
}

impl Someone {
    /// The place of the civil day that holds `minute` in `midnights`.
    pub(super) fn day_of(&self, minute: i64) -> usize {
        self.midnights
            .partition_point(|midnight| *midnight <= minute)
            .saturating_sub(1)
            .min(self.days.len() - 1)
    }

    /// The number of the civil day that holds `minute`, as [`Spot::day`] counts.
    pub(super) fn day_number(&self, minute: i64) -> i32 {
        self.first_day + i32::try_from(self.day_of(minute)).expect("a horizon has fewer days than an i32")
    }

    /// The ordinary hours of the day with that number.
    pub(super) fn office_on(&self, day: i32) -> Option<&Ordinary> {
        self.office.binary_search_by_key(&day, |hours| hours.day).ok().map(|found| &self.office[found])
    }

    /// Where the civil week number `week` starts and ends.
    pub(super) fn week(&self, week: usize) -> Stretch {
        (self.midnights[week * 7], self.midnights[week * 7 + 7])
    }
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
        let mut spots: Vec<Spot> = problem.places.iter().map(|place| spot(problem, place)).collect();
        let days = horizon(problem);
        let mut people: Vec<Someone> =
            problem.candidates.iter().map(|candidate| someone(candidate, problem, days)).collect();
        set_targets(&mut people, &spots, problem);
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
}

fn spot(problem: &Problem, place: &Place) -> Spot {
    let number = |person| problem.candidates.iter().position(|candidate| candidate.person == person);
    let preset = place.preset.and_then(number);
    let weight = if place.slot.rung == Rung::Lead { LEAD_WEIGHT } else { 1 };
    let eligible = problem
        .candidates
        .iter()
        .enumerate()
        .filter(|(_, candidate)| may_stand(problem, candidate, place))
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

/// Whether nothing about the place itself keeps them from it: employment, languages, leave,
/// "can't", duties elsewhere.
fn may_stand(problem: &Problem, candidate: &Candidate, place: &Place) -> bool {
    let slot = &place.slot;
    let runs = |employed: &Employed| {
        employed.in_pool && employed.from <= slot.day && employed.until.is_none_or(|last| slot.day <= last)
    };
    let refused = || {
        candidate.wishes.iter().any(|wish| {
            wish.kind == WishKind::Cant && time::civil_day(wish.day, problem.zone).overlaps(&slot.span)
        })
    };
    candidate.employments.iter().any(runs)
        && slot.languages.iter().all(|language| candidate.languages.contains(language))
        && !candidate.absences.iter().chain(&candidate.busy).any(|away| away.overlaps(&slot.span))
        && !refused()
}

/// The civil days whose law may matter: two weeks around the places, from a Monday to a Sunday.
fn horizon(problem: &Problem) -> (NaiveDate, NaiveDate) {
    let first = problem.places.iter().map(|place| place.slot.span.start()).min().unwrap_or_default();
    let last = problem.places.iter().map(|place| place.slot.span.end()).max().unwrap_or_default();
    let from = time::monday_of(first.date_naive() - Days::new(15));
    let until = time::monday_of(last.date_naive() + Days::new(15)) + Days::new(6);
    (from, until)
}

fn someone(candidate: &Candidate, problem: &Problem, (from, until): (NaiveDate, NaiveDate)) -> Someone {
    let zone = candidate.zone;
    let days: Vec<NaiveDate> = from.iter_days().take_while(|day| *day <= until).collect();
    let midnights = days
        .iter()
        .copied()
        .chain([until + Days::new(1)])
        .map(|day| floor(time::civil_day(day, zone).start()))
        .collect();
    let mut office: Vec<Ordinary> = candidate
        .office
        .iter()
        .map(|hours| Ordinary {
            day: hours.day.num_days_from_ce(),
            usual: hours.usual.iter().map(stretch).collect(),
            on_duty: hours.on_duty.iter().map(stretch).collect(),
        })
        .collect();
    office.sort_by_key(|hours| hours.day);
    let mut busy: Vec<Stretch> = candidate.busy.iter().map(stretch).collect();
    busy.sort_unstable();
    Someone {
        busy,
        variants: office.iter().any(|hours| hours.usual != hours.on_duty),
        office,
        first_day: from.num_days_from_ce(),
        midnights,
        days: days.iter().map(|day| day_law(candidate, *day)).collect(),
        weeks: days.chunks(7).map(|week| week_law(candidate, week)).collect(),
        wishes: candidate
            .wishes
            .iter()
            .filter(|wish| wish.kind != WishKind::Cant)
            .map(|wish| (wish.day.num_days_from_ce(), wish.kind))
            .collect(),
        target: 0,
        counted: candidate.share_bp > 0 && !problem.places.is_empty(),
    }
}

fn laws_between(
    candidate: &Candidate,
    from: NaiveDate,
    until: NaiveDate,
) -> impl Iterator<Item = law::Values> {
    candidate
        .employments
        .iter()
        .filter(move |employed| employed.from <= until && employed.until.is_none_or(|last| from <= last))
        .map(|employed: &Employed| -> Law { employed.law })
        .map(law::values)
}

fn day_law(candidate: &Candidate, day: NaiveDate) -> DayLaw {
    let length = |limit: law::Limit| i64::from(limit.minutes.0);
    let laws = || laws_between(candidate, day, day);
    DayLaw {
        rest: laws().filter_map(|law| law.daily_rest).map(length).max().unwrap_or(0),
        maximum: laws().filter_map(|law| law.daily_maximum).map(length).min(),
        span: laws().filter_map(|law| law.daily_span).map(length).min(),
    }
}

fn week_law(candidate: &Candidate, week: &[NaiveDate]) -> WeekLaw {
    let laws = || laws_between(candidate, week[0], week[week.len() - 1]);
    let rest = laws().filter_map(|law| law.weekly_rest).map(|limit| i64::from(limit.minutes.0)).max();
    let inside = laws().map(|law| i64::from(law.weekly_rest_inside.0)).max();
    WeekLaw { rest: rest.unwrap_or(0), inside: inside.unwrap_or(0) }
}

/// Everybody's part of all worth there is, what they gave before counted in.
fn set_targets(people: &mut [Someone], spots: &[Spot], problem: &Problem) {
    let counted = || problem.candidates.iter().filter(|candidate| candidate.share_bp > 0);
    let shares: i128 = counted().map(|candidate| i128::from(candidate.share_bp)).sum();
    let worth: i64 = spots.iter().filter(|spot| !spot.stranger).map(|spot| spot.worth).sum();
    let whole = i128::from(worth) + counted().map(|candidate| i128::from(candidate.balance)).sum::<i128>();
    for (person, candidate) in people.iter_mut().zip(&problem.candidates) {
        if candidate.share_bp > 0 {
            let part = (whole * i128::from(candidate.share_bp)).div_euclid(shares);
            person.target = i64::try_from(part).unwrap_or(i64::MAX) - candidate.balance;
        }
    }
}
