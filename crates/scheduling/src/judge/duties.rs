//! What is wrong with a duty by itself: who holds it does not work here, is away, lacks a skill,
//! or is somewhere else.

use domain::finding::{Cure, Finding, Gravity, Rule};
use domain::{PersonId, Span, Unit, WishKind, time};

use super::{case::Case, skills};
use crate::problem::Place;

/// Duty by duty, then overlaps.
pub(super) fn findings(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for place in &case.places {
        findings.extend(employment(case, place));
        findings.extend(absence(case, place));
        findings.extend(skills::findings(case, place));
    }
    findings.extend(overlaps(case));
    findings
}

/// A finding about one duty, cured by giving it away.
pub(super) fn of_duty(rule: Rule, person: PersonId, place: &Place, span: Span) -> Finding {
    Finding {
        rule,
        article: String::new(),
        person,
        span,
        measured: i64::from(span.length().0),
        limit: 0,
        unit: Unit::Minutes,
        lacks: Vec::new(),
        gravity: Gravity::Absolute,
        cure: Cure::GiveAway(place.slot.span),
    }
}

pub(super) fn not_employed(person: PersonId, place: &Place) -> Finding {
    of_duty(Rule::NotEmployed, person, place, place.slot.span)
}

/// Nobody stands watch who does not work for a member on that day.
fn employment(case: &Case<'_>, place: &Place) -> Option<Finding> {
    let day = place.slot.day;
    let works = case.candidate.employments.iter().any(|employed| employed.in_pool && employed.runs(day, day));
    (!works).then(|| not_employed(case.candidate.person, place))
}

/// Nobody stands watch while away, or at any hour of a day marked "can't".
fn absence(case: &Case<'_>, place: &Place) -> Option<Finding> {
    let candidate = case.candidate;
    let refused = candidate
        .wishes
        .iter()
        .filter(|wish| wish.kind == WishKind::Cant)
        .map(|wish| time::civil_day(wish.day, case.problem.zone));
    let away = candidate.absences.iter().copied().chain(refused);
    let common = away.filter_map(|away| away.common(&place.slot.span)).min()?;
    Some(of_duty(Rule::Absence, candidate.person, place, common))
}

/// Nobody is in two places at once: other duties here, office hours, duties and standby elsewhere.
fn overlaps(case: &Case<'_>) -> Vec<Finding> {
    let candidate = case.candidate;
    let mut findings = Vec::new();
    for (number, place) in case.places.iter().enumerate() {
        let span = place.slot.span;
        let later = case.places[number + 1..].iter().map(|other| other.slot.span);
        let busy = candidate.busy.iter().map(|work| work.span);
        let elsewhere = case.office.iter().chain(&candidate.elsewhere).chain(&candidate.standby);
        let elsewhere = elsewhere.copied().chain(busy);
        if let Some(common) = later.chain(elsewhere).filter_map(|other| other.common(&span)).min() {
            findings.push(of_duty(Rule::Overlap, candidate.person, place, common));
        }
    }
    findings
}
