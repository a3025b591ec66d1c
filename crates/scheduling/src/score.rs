//! What the board says of a rota: filled places, findings, wishes, and everybody's part.

use domain::{Finding, Gravity, Minutes, PersonId, Rung, WishKind};
use serde::{Deserialize, Serialize};

use crate::fair;
use crate::judge::judge;
use crate::problem::{Candidate, Place, Problem};

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// How many are.
    pub filled: u32,
    /// Of how many.
    pub of: u32,
}

/// One person's part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// Who.
    pub person: PersonId,
    /// Duties held.
    pub duties: u32,
    /// Real minutes as lead.
    pub lead: Minutes,
    /// Real minutes as backup.
    pub backup: Minutes,
    /// What they hold, in worth-minutes of the ledger.
    pub worth: i64,
    /// What would be fair to hold, in worth-minutes; less if they gave more before.
    pub fair: i64,
}

impl Share {
    /// By how much they hold more (or, below zero, less) than is fair.
    pub fn over(&self) -> i64 {
        self.worth - self.fair
    }
}

/// A rota in figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Lead places with somebody in them.
    pub leads: Filled,
    /// Backup places with somebody in them.
    pub backups: Filled,
    /// Findings that nobody may accept.
    pub absolute: u32,
    /// Findings that a named person may accept with a reason.
    pub overridable: u32,
    /// Findings that are only shown.
    pub warnings: u32,
    /// Wishes for a duty that were granted.
    pub wishes: Filled,
    /// "Rather not" days that stayed free.
    pub spared: Filled,
    /// Everybody's part, in the order of the candidates; those without a share are left out.
    pub shares: Vec<Share>,
    /// The widest distance between two people's [`Share::over`], in worth-minutes.
    pub gap: i64,
}

/// Sums up `rota` for the board.
pub fn score(problem: &Problem, rota: &[Option<PersonId>]) -> Score {
    score_of(problem, rota, &judge(problem, rota))
}

/// The same where it is known what the judge finds in it.
pub fn score_of(problem: &Problem, rota: &[Option<PersonId>], findings: &[Finding]) -> Score {
    let filled = |rung: Rung| {
        let places = problem.places.iter().zip(rota).filter(|(place, _)| place.slot.rung == rung);
        of(places.map(|(_, holder)| holder.is_some()))
    };
    let weighing =
        |gravity: Gravity| count(findings.iter().filter(|finding| finding.gravity == gravity).count());
    let shares = shares(problem, rota);
    let overs = || shares.iter().map(Share::over);
    Score {
        leads: filled(Rung::Lead),
        backups: filled(Rung::Backup),
        absolute: weighing(Gravity::Absolute),
        overridable: weighing(Gravity::Overridable),
        warnings: weighing(Gravity::Warning),
        wishes: wishes(problem, rota, WishKind::Wish, true),
        spared: wishes(problem, rota, WishKind::RatherNot, false),
        gap: overs().max().unwrap_or(0) - overs().min().unwrap_or(0),
        shares,
    }
}

/// Everybody's part of `rota`, in the order of the candidates; those without a share are left out.
pub fn shares(problem: &Problem, rota: &[Option<PersonId>]) -> Vec<Share> {
    let share = |(candidate, fair): (&Candidate, i64)| {
        let held: Vec<&Place> = problem
            .places
            .iter()
            .zip(rota)
            .filter(|(_, holder)| **holder == Some(candidate.person))
            .map(|(place, _)| place)
            .collect();
        let minutes = |rung: Rung| {
            held.iter().filter(|place| place.slot.rung == rung).map(|place| place.slot.span.length()).sum()
        };
        Share {
            person: candidate.person,
            duties: count(held.len()),
            lead: minutes(Rung::Lead),
            backup: minutes(Rung::Backup),
            worth: held.iter().map(|place| i64::from(place.worth.0)).sum(),
            fair,
        }
    };
    let counted = problem.candidates.iter().zip(fair::parts(problem));
    counted.filter_map(|(candidate, fair)| Some(share((candidate, fair?)))).collect()
}

/// Days of that wish on which there is something to do, and on how many `with_duty` came true.
fn wishes(problem: &Problem, rota: &[Option<PersonId>], kind: WishKind, with_duty: bool) -> Filled {
    let days = problem.candidates.iter().flat_map(|candidate| {
        candidate.wishes.iter().filter(|wish| wish.kind == kind).map(|wish| (candidate.person, wish.day))
    });
    let asked = days.filter(|(_, day)| problem.places.iter().any(|place| place.slot.day == *day));
    of(asked.map(|(person, day)| {
        let on = problem
            .places
            .iter()
            .zip(rota)
            .any(|(place, holder)| place.slot.day == day && *holder == Some(person));
        on == with_duty
    }))
}

fn of(come_true: impl Iterator<Item = bool>) -> Filled {
    come_true
        .fold(Filled::default(), |sum, one| Filled { filled: sum.filled + u32::from(one), of: sum.of + 1 })
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
