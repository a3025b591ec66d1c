//! Published duties as the judge sees them, and those whose holder no longer brings what they ask for.

use domain::{Person, Rung, Shift, Skill, Slot, time};
use scheduling::{Candidate, Place, Problem, obstacles_with};

use super::scene::Scene;

/// A shift with what its need asks of a lead; its holder knows of it since they were told, or took it of
/// their own will.
pub(super) fn place(scene: &Scene, shift: &Shift) -> Place {
    let need = scene.needs.iter().find(|need| need.id == shift.need);
    let asked = need.filter(|_| shift.rung == Rung::Lead);
    let asked = asked.map(|need| (need.languages.clone(), need.skills.clone()));
    let (languages, skills) = asked.unwrap_or_default();
    let zone = scene.pool.zone;
    let place = Place::open(Slot {
        need: shift.need,
        day: time::day(shift.span.start(), zone),
        span: shift.span,
        rung: shift.rung,
        place: 0,
        languages,
        skills,
    });
    let told = shift.told_at.map(|at| time::day(at, zone));
    Place { kind: shift.kind, told, agreed: told.is_none(), ..place.with(Some(shift.person)) }
}

/// The duties to come that ask for what their holder does not bring, soonest first, with what that is: a
/// need changed since, or somebody's skills did. What was accepted with a reason is not among them.
pub(super) fn unfit(scene: &Scene) -> Vec<(Shift, Vec<Skill>)> {
    let to_come = scene.published.iter().filter(|shift| scene.now < shift.span.end());
    let lacking = |shift: &Shift| {
        let person = scene.people.iter().find(|person| person.id == shift.person)?;
        let lacks = lacks(scene, person, shift);
        (!lacks.is_empty()).then(|| (shift.clone(), lacks))
    };
    let mut unfit: Vec<(Shift, Vec<Skill>)> = to_come.filter_map(lacking).collect();
    unfit.sort_by_key(|(shift, _)| (shift.span, shift.id));
    unfit
}

/// What of a duty's skills nobody has accepted that `person` lacks.
fn lacks(scene: &Scene, person: &Person, shift: &Shift) -> Vec<Skill> {
    let employments = scene.employments.iter().filter(|one| one.person == person.id);
    let employments = employments.flat_map(|one| scene.employed(one)).collect();
    // Of their time nothing is asked.
    let candidate = Candidate {
        languages: person.languages.clone(),
        skills: person.skills.clone(),
        ..Candidate::new(person.id, scene.pool.zone, employments)
    };
    let names = scene.organisations.values().map(|one| (one.id, one.name.clone())).collect();
    let problem = Problem { names, ..Problem::new(scene.pool.zone, Vec::new(), vec![candidate]) };
    let mut found = obstacles_with(&problem, &[place(scene, shift)], person.id);
    found.retain(|one| one.rule.is_skill() && !scene.accepted.iter().any(|accepted| accepted.covers(one)));
    found.into_iter().flat_map(|one| one.lacks).collect()
}
