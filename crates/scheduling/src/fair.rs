//! What would be fair to hold: the worth of each place is divided among those who could stand in it, by
//! contract, presence and qualification, and what everybody gave before is settled.
//!
//! A fact of the problem, read alike by the score and by searches.

use std::collections::BTreeMap;

use domain::PersonId;

use crate::problem::{Candidate, Place, Problem};
use crate::skills::brings;

/// Somebody, by number, and their share.
type Claim = (usize, u32);

/// What would be fair for each candidate to hold, in worth-minutes, less if they gave more before; `None`
/// of those without a share.
///
/// Places that nobody could stand in are in nobody's part, nor is one pinned to somebody who is no
/// candidate. Rounded down, person by person.
pub fn parts(problem: &Problem) -> Vec<Option<i64>> {
    let candidates = &problem.candidates;
    let mut groups: BTreeMap<Vec<Claim>, i128> = BTreeMap::new();
    for place in problem.places.iter().filter(|place| ours(problem, place)) {
        let claims = claims(candidates, |candidate| owes(candidate, place));
        *groups.entry(claims).or_default() += i128::from(place.worth.0);
    }
    // What was given beyond the shares of before is owed by whoever owes anything now.
    let mut owing: Vec<Claim> = groups.keys().flatten().copied().collect();
    owing.sort_unstable();
    owing.dedup();
    if owing.is_empty() {
        owing = self::claims(candidates, |_| true);
    }
    let counted = || candidates.iter().filter(|candidate| candidate.share_bp > 0);
    *groups.entry(owing).or_default() += counted().map(|one| i128::from(one.balance)).sum::<i128>();
    let mut fine = vec![0_i128; candidates.len()];
    for (claims, worth) in &groups {
        let all: i128 = claims.iter().map(|(_, share)| i128::from(*share)).sum();
        for (number, share) in claims {
            fine[*number] += (worth * FINE * i128::from(*share)).div_euclid(all);
        }
    }
    let part = |(fine, candidate): (i128, &Candidate)| {
        let whole = i64::try_from(fine.div_euclid(FINE)).unwrap_or(i64::MAX);
        (candidate.share_bp > 0).then_some(whole - candidate.balance)
    };
    fine.into_iter().zip(candidates).map(part).collect()
}

/// Parts are reckoned in millionths of a worth-minute, and rounded once.
const FINE: i128 = 1_000_000;

/// Those with a share of whom `owes` is true.
fn claims(candidates: &[Candidate], owes: impl Fn(&Candidate) -> bool) -> Vec<Claim> {
    let all = candidates.iter().enumerate().filter(|(_, one)| one.share_bp > 0 && owes(one));
    all.map(|(number, one)| (number, one.share_bp)).collect()
}

/// Whether `candidate` is one of those by whom a place is owed: they work for a member that day, are not
/// exempt, and bring what it asks for.
fn owes(candidate: &Candidate, place: &Place) -> bool {
    let day = place.slot.day;
    let employed = candidate.employments.iter().any(|employed| employed.in_pool && employed.runs(day, day));
    let exempt = candidate.exempt.iter().any(|(from, until)| *from <= day && day <= *until);
    employed && !exempt && brings(candidate, &place.slot)
}

/// A place pinned to somebody who is no candidate is filled, and nobody's here.
fn ours(problem: &Problem, place: &Place) -> bool {
    let known = |person: PersonId| problem.candidate(person).is_some();
    !place.pinned || place.preset.is_none_or(known)
}
