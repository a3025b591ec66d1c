//! Ways to fill a hole: the smallest changes first, each asked of the judge, so that what is named
//! can be done.

use std::cmp::Reverse;

use chrono::Duration;
use domain::finding::{Finding, Rule};
use domain::{PersonId, WishKind, time};
use serde::{Deserialize, Serialize};

use crate::explain::{Candidacy, Standing, who_could, why_not};
use crate::problem::Problem;

/// So many ways are named.
const NAMED: usize = 3;
/// How far from the hole a duty lies at most that is passed on for it.
const NEAR: Duration = Duration::days(7);
/// For how many people passing a duty on is tried: those furthest below their share.
const TRIED: usize = 16;

/// A place and who would stand in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its number among the places.
    pub place: usize,
    /// Who would take it.
    pub person: PersonId,
}

/// One way to fill a hole, with its price.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Way {
    /// What is done, in this order: each step is lawful when it is taken.
    pub steps: Vec<Step>,
    /// What a named person would have to accept with a written reason.
    pub accepted: Option<Finding>,
    /// Whether whoever fills it said "can't" of the day, and would have to be asked first.
    pub asked: bool,
    /// How many of the takers would rather not.
    pub unwilling: usize,
    /// By how many worth-minutes the taker furthest above their fair share would be over it.
    pub over: i64,
}

impl Way {
    /// Law before leave before the number of people moved before wishes before fairness.
    fn price(&self) -> (bool, bool, usize, usize, i64) {
        (self.accepted.is_some(), self.asked, self.steps.len(), self.unwilling, self.over)
    }

    /// What sort of way it is; the best of each sort is named before a second of any.
    fn sort(&self) -> (bool, bool, usize) {
        (self.accepted.is_some(), self.asked, self.steps.len())
    }
}

/// Up to three ways to fill place number `place`, the cheapest first and of different sorts where
/// there are: somebody takes it; somebody takes it and passes on another duty; somebody takes it if a
/// reason is written down; somebody is asked to take back a "can't". None if there is no such way.
pub fn ways_to_fill(problem: &Problem, rota: &[Option<PersonId>], place: usize) -> Vec<Way> {
    let people = who_could(problem, rota, place);
    let mut ways: Vec<Way> = people.iter().filter_map(|one| alone(problem, rota, place, one)).collect();
    ways.extend(passing_on(problem, rota, place, &people));
    ways.sort_by_key(Way::price);
    let later = |number: usize| ways[..number].iter().filter(|way| way.sort() == ways[number].sort()).count();
    let mut order: Vec<usize> = (0..ways.len()).collect();
    order.sort_by_key(|number| (later(*number), *number));
    order.truncate(NAMED);
    order.sort_unstable();
    order.into_iter().map(|number| ways[number].clone()).collect()
}

/// One person fills it and nothing else changes.
fn alone(problem: &Problem, rota: &[Option<PersonId>], place: usize, one: &Candidacy) -> Option<Way> {
    let way = Way {
        steps: vec![Step { place, person: one.person }],
        accepted: None,
        asked: false,
        unwilling: usize::from(one.wish == Some(WishKind::RatherNot)),
        over: one.over_with,
    };
    match &one.standing {
        Standing::Holds => None,
        Standing::Free => Some(way),
        Standing::WithReason { finding } => Some(Way { accepted: Some(finding.clone()), ..way }),
        Standing::Blocked { finding } => {
            let refused = finding.rule == Rule::Absence && could_if_asked(problem, rota, place, one.person);
            refused.then_some(Way { asked: true, ..way })
        }
    }
}

/// Whether nothing but their own "can't" keeps `person` from the place.
fn could_if_asked(problem: &Problem, rota: &[Option<PersonId>], place: usize, person: PersonId) -> bool {
    let Some(candidate) = problem.candidate(person) else { return false };
    let span = problem.places[place].slot.span;
    let touched = |day| time::civil_day(day, problem.zone).overlaps(&span);
    let mut eased = candidate.clone();
    eased.wishes.retain(|wish| wish.kind != WishKind::Cant || !touched(wish.day));
    if eased.wishes.len() == candidate.wishes.len() {
        return false;
    }
    let (places, offices, names) = (problem.places.clone(), problem.offices.clone(), problem.names.clone());
    let Problem { zone, tolerance, told, promise, .. } = *problem;
    let asked = Problem { zone, places, candidates: vec![eased], tolerance, told, offices, names, promise };
    why_not(&asked, rota, place, person).is_none()
}

/// Somebody who is kept from it by a duty near it fills it, and another takes that duty.
fn passing_on(
    problem: &Problem,
    rota: &[Option<PersonId>],
    place: usize,
    people: &[Candidacy],
) -> Option<Way> {
    let mut kept: Vec<&Candidacy> = people.iter().filter(|one| kept_by_duty(&one.standing)).collect();
    kept.sort_by_key(|one| (one.over_with, one.person));
    let ways = kept.into_iter().take(TRIED).filter_map(|one| {
        near(problem, rota, place, one.person).into_iter().find_map(|duty| {
            let mut without = rota.to_vec();
            without[duty] = None;
            if why_not(problem, &without, place, one.person).is_some() {
                return None;
            }
            without[place] = Some(one.person);
            let taker = taker(problem, &without, duty, one.person)?;
            let steps = vec![Step { place: duty, person: taker.0 }, Step { place, person: one.person }];
            let unwilling = usize::from(one.wish == Some(WishKind::RatherNot)) + usize::from(taker.1);
            Some(Way { steps, accepted: None, asked: false, unwilling, over: one.over_with })
        })
    });
    ways.min_by_key(Way::price)
}

/// Whether what keeps them may go away with another duty.
fn kept_by_duty(standing: &Standing) -> bool {
    let finding = match standing {
        Standing::WithReason { finding } | Standing::Blocked { finding } => finding,
        Standing::Holds | Standing::Free => return false,
    };
    !finding.rule.is_skill() && !matches!(finding.rule, Rule::NotEmployed | Rule::Absence | Rule::Minor)
}

/// Duties of `person` near the hole that may be moved, the nearest first.
fn near(problem: &Problem, rota: &[Option<PersonId>], hole: usize, person: PersonId) -> Vec<usize> {
    let start = problem.places[hole].slot.span.start();
    let distance = |number: usize| (problem.places[number].slot.span.start() - start).abs();
    let held = (0..rota.len()).filter(|number| rota[*number] == Some(person));
    let mut near: Vec<usize> =
        held.filter(|number| !problem.places[*number].pinned && distance(*number) <= NEAR).collect();
    near.sort_by_key(|number| (distance(*number), Reverse(*number)));
    near
}

/// Who takes a duty that is passed on, and whether they would rather not: those who do not mind first.
fn taker(
    problem: &Problem,
    rota: &[Option<PersonId>],
    duty: usize,
    giver: PersonId,
) -> Option<(PersonId, bool)> {
    let day = problem.places[duty].slot.day;
    let parts = crate::score::shares(problem, rota);
    let over =
        |person: PersonId| parts.iter().find(|share| share.person == person).map_or(0, |one| one.over());
    let mut others: Vec<(bool, i64, PersonId)> = problem
        .candidates
        .iter()
        .filter(|candidate| candidate.person != giver && candidate.share_bp > 0)
        .map(|one| (one.wish_on(day) == Some(WishKind::RatherNot), over(one.person), one.person))
        .collect();
    others.sort_unstable();
    let free = others.into_iter().find(|one| why_not(problem, rota, duty, one.2).is_none());
    free.map(|(unwilling, _, person)| (person, unwilling))
}
