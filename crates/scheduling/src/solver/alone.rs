//! What the law asks of one duty by itself, whatever else its holder works: age, notice, and whether it
//! may be standby at all.

use chrono::{Datelike, NaiveDate};
use domain::{DutyKind, time};

use crate::bonds::Bond;
use crate::law::Term;
use crate::problem::{Candidate, Place, Problem};

/// Whether no law that binds `candidate` refuses `place` by itself.
pub(super) fn lawful(problem: &Problem, candidate: &Candidate, bonds: &[Bond], place: &Place) -> bool {
    let day = time::day(place.slot.span.start(), candidate.zone);
    let told = problem.told_on(place, candidate.person);
    bonds.iter().filter(|bond| bond.runs(day, day)).all(|bond| {
        let of_age = least(bond, Term::Age).is_none_or(|age| old_enough(candidate, place.slot.day, age));
        let changed = || problem.changes(place, candidate.person);
        let noticed = told.is_none_or(|told| in_time(candidate, bond, place, told, changed()));
        of_age && noticed && kind_allows(bond, place)
    })
}

/// What `term` asks, where missing it stands in the way.
fn least(bond: &Bond, term: Term) -> Option<i64> {
    let limit = bond.profile.limit(term).filter(|limit| limit.gravity.blocks())?;
    Some(i64::from(limit.amount))
}

fn old_enough(candidate: &Candidate, day: NaiveDate, age: i64) -> bool {
    let Some(born) = candidate.born else { return true };
    let birthday_passed = (day.month(), day.day()) >= (born.month(), born.day());
    i64::from(day.year() - born.year()) - i64::from(!birthday_passed) >= age
}

fn in_time(candidate: &Candidate, bond: &Bond, place: &Place, told: NaiveDate, changed: bool) -> bool {
    let day = place.slot.day;
    let ahead = (day - told).num_days();
    if place.kind == DutyKind::Standby {
        return least(bond, Term::StandbyNotice).is_none_or(|days| ahead >= days);
    }
    let whole = least(bond, Term::DutyNotice).is_none_or(|days| ahead >= days);
    // A contract binds whoever made it.
    let contract = || candidate.employer_on(day) == bond.employer && bond.part_time(day, day).is_some();
    let part_time = least(bond, Term::PartTimeNotice).filter(|_| contract());
    let change = least(bond, Term::ChangeNotice).filter(|_| changed).is_none_or(|days| ahead >= days);
    whole && change && part_time.is_none_or(|working| working_days_between(told, day, bond) >= working)
}

fn working_days_between(told: NaiveDate, day: NaiveDate, bond: &Bond) -> i64 {
    let mut working = 0;
    let mut next = told.succ_opt();
    while let Some(between) = next.filter(|between| *between < day) {
        let weekend = between.weekday().num_days_from_monday() >= 5;
        let holiday = bond.calendar.is_some_and(|calendar| calendar.is_holiday(between));
        working += i64::from(!weekend && !holiday);
        next = between.succ_opt();
    }
    working
}

fn kind_allows(bond: &Bond, place: &Place) -> bool {
    place.kind == DutyKind::Active || least(bond, Term::StandbyKind) != Some(0)
}
