//! What a duty asks for that whoever holds it does not bring: languages and their levels, destinations,
//! channels. Each thing missing is named.

use domain::finding::{Finding, Gravity, Rule};
use domain::{OrganisationId, Skill, Unit};

use super::{case::Case, duties::of_duty};
use crate::problem::Place;

/// A finding for each kind of skill of which something is missing.
pub(super) fn findings(case: &Case<'_>, place: &Place) -> Vec<Finding> {
    let missing = [
        (Rule::Language, languages(case, place)),
        (Rule::Destination, destinations(case, place)),
        (Rule::Channel, channels(case, place)),
    ];
    let lacking = missing.into_iter().filter(|(_, lacks)| !lacks.is_empty());
    lacking.map(|(rule, lacks)| finding(case, place, rule, lacks)).collect()
}

fn finding(case: &Case<'_>, place: &Place, rule: Rule, lacks: Vec<Skill>) -> Finding {
    Finding {
        measured: i64::try_from(lacks.len()).expect("a slot asks for a few skills"),
        unit: Unit::Times,
        gravity: Gravity::Overridable,
        lacks,
        ..of_duty(rule, case.candidate.person, place, place.slot.span)
    }
}

/// Languages that are not spoken, and those spoken less well than is asked.
fn languages(case: &Case<'_>, place: &Place) -> Vec<Skill> {
    let mut lacks = Vec::new();
    for language in &place.slot.languages {
        let asked = place.slot.skills.levels.get(language).copied();
        let spoken = case.candidate.languages.contains(language);
        let enough = match (asked, case.candidate.skills.levels.get(language)) {
            (Some(least), Some(level)) => *level >= least,
            // Where either does not say how well, speaking it is enough.
            (None, _) | (_, None) => true,
        };
        if !spoken || !enough {
            let own = case.candidate.skills.levels.get(language).copied().filter(|_| spoken);
            lacks.push(Skill::Language { language: *language, level: asked, spoken: own });
        }
    }
    lacks
}

/// Destinations they neither say they know nor work for on that day.
fn destinations(case: &Case<'_>, place: &Place) -> Vec<Skill> {
    let day = place.slot.day;
    let mut unknown: Vec<OrganisationId> = place.slot.skills.destinations.iter().copied().collect();
    unknown.retain(|office| !case.candidate.skills.destinations.contains(office));
    for employed in case.candidate.employments.iter().filter(|employed| employed.runs(day, day)) {
        unknown.retain(|office| employed.employer != Some(*office));
    }
    unknown.into_iter().map(|office| Skill::destination(office, &case.problem.names)).collect()
}

/// Channels they do not answer on; whoever names none answers on all.
fn channels(case: &Case<'_>, place: &Place) -> Vec<Skill> {
    let own = &case.candidate.skills.channels;
    let asked = place.slot.skills.channels.iter().filter(|_| !own.is_empty());
    asked
        .filter(|channel| !own.contains(channel))
        .map(|channel| Skill::Channel { channel: *channel })
        .collect()
}
