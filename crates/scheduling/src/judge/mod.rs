//! Reads a rota with the text of the law in hand. Shares no code with the solver: what the
//! search believes is allowed is checked here by other means.
//!
//! A finding is about the rota: what somebody's office hours or published duties break without it
//! is not reported. Only real minutes count, so the two nights on which clocks change are right.
//!
//! [`duties`] looks at each duty alone, [`skills`] at what it asks for, [`asked`] asks the [rules](crate::rules) of every law that
//! binds the person, [`weighing`] says how much a breach weighs and what would cure it.

mod asked;
mod case;
mod duties;
mod skills;
mod weighing;

use std::collections::BTreeSet;

use domain::PersonId;
use domain::finding::{Finding, Gravity};

use crate::problem::{Place, Problem};
use case::Case;

/// Everything wrong with `rota`, person by person in the order of the candidates. What is lawful and
/// merely dear is told by [`notes`].
///
/// `rota` has one entry for each place of the problem. Somebody who is no candidate is found as
/// not employed.
pub fn judge(problem: &Problem, rota: &[Option<PersonId>]) -> Vec<Finding> {
    let strangers: BTreeSet<PersonId> =
        rota.iter().flatten().copied().filter(|person| problem.candidate(*person).is_none()).collect();
    let known = problem.candidates.iter().map(|candidate| candidate.person);
    known.chain(strangers).flat_map(|person| judge_person(problem, rota, person)).collect()
}

/// Everything wrong with one person's part of `rota`: first what concerns a single duty, then
/// what the law asks, rule by rule, each in the order of time.
pub fn judge_person(problem: &Problem, rota: &[Option<PersonId>], person: PersonId) -> Vec<Finding> {
    findings((problem, &problem.places), held(problem, rota, person), person, Asked::Everything)
}

/// What of it stands in the way, for good or until somebody accepts it: the same without what is only shown,
/// and without a cure ([`Cure::Replan`](domain::finding::Cure) of all but single duties), which are dear to
/// find and help nobody who asks whether something may be done.
pub fn obstacles(problem: &Problem, rota: &[Option<PersonId>], person: PersonId) -> Vec<Finding> {
    findings((problem, &problem.places), held(problem, rota, person), person, Asked::Obstacles)
}

/// The same of a rota that has `places` in the stead of the problem's, all of them held by `person`: for
/// whoever asks of one problem what many changes would bring.
pub fn obstacles_with(problem: &Problem, places: &[Place], person: PersonId) -> Vec<Finding> {
    findings((problem, places), places.iter().collect(), person, Asked::Obstacles)
}

/// What is wanted to know.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// What is wrong, and how it is cured.
    Everything,
    /// What stands in the way.
    Obstacles,
    /// What is lawful and worth a word.
    Notes,
}

impl Asked {
    fn wants(self, gravity: Gravity) -> bool {
        match self {
            Self::Everything => gravity != Gravity::Note,
            Self::Obstacles => gravity.blocks(),
            Self::Notes => gravity == Gravity::Note,
        }
    }
}

fn findings(
    (problem, all): (&Problem, &[Place]),
    places: Vec<&Place>,
    person: PersonId,
    asked: Asked,
) -> Vec<Finding> {
    let Some(candidate) = problem.candidate(person) else {
        return places.iter().map(|place| duties::not_employed(person, place)).collect();
    };
    if places.is_empty() {
        return Vec::new();
    }
    let case = Case::of(problem, all, candidate, places);
    let mut findings = duties::findings(&case);
    findings.retain(|finding| asked.wants(finding.gravity));
    findings.extend(weighing::findings(&case, asked));
    findings
}

/// What is lawful and worth a word, for whoever asks what a rota costs: overtime, late notice that
/// is paid. Person by person in the order of the candidates.
pub fn notes(problem: &Problem, rota: &[Option<PersonId>]) -> Vec<Finding> {
    let of = |candidate| {
        let case = Case::of(problem, &problem.places, candidate, held(problem, rota, candidate.person));
        weighing::findings(&case, Asked::Notes)
    };
    problem.candidates.iter().flat_map(of).collect()
}

/// What one person holds, in the order of places.
fn held<'a>(problem: &'a Problem, rota: &[Option<PersonId>], person: PersonId) -> Vec<&'a Place> {
    let all = problem.places.iter().zip(rota);
    all.filter(|(_, holder)| **holder == Some(person)).map(|(place, _)| place).collect()
}
