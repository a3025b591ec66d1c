//! What would follow if somebody took a place: one to four lines, before anything is saved.

use chrono::Duration;
use domain::{AssignmentId, Finding, Language, PersonId, RotaId, Skill, Span, WishKind};
use scheduling::{Problem, WhatIf, what_if};
use views::html::rota::Consequence;

use super::{scope_of, sheet};
use crate::{App, Caller, Error, Planner};

/// At most so many lines.
const MOST: usize = 4;
/// Rest below this is worth a word, though the law allows it.
const SHORT_REST: Duration = Duration::hours(12);

/// What would follow, and for whom.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The given name of whoever would take the place; empty if it would be opened.
    pub name: String,
    /// The place's hours.
    pub span: Span,
    /// What would follow, the gravest first.
    pub consequences: Vec<Consequence>,
}

/// What would follow if `person` took the place, or if nobody had it.
///
/// # Errors
/// If there is no such rota, place or person.
pub async fn preview(
    app: &App,
    planner: &Caller<Planner>,
    rota: RotaId,
    assignment: AssignmentId,
    person: Option<PersonId>,
) -> Result<Preview, Error> {
    let sheet = sheet(app, scope_of(app, planner, rota).await?, rota).await?;
    let at = sheet.position(assignment)?;
    let (problem, holders) = sheet.problem();
    let span = sheet.places[at].slot.span;
    let Some(person) = person else {
        let what = what_if(&problem, &holders, at, None);
        let share = what.giver.map(|(before, after)| share(before.over(), after.over()));
        return Ok(Preview { name: String::new(), span, consequences: share.into_iter().collect() });
    };
    let known =
        sheet.scene.people.iter().find(|known| known.id == person).ok_or(Error::NotFound("person"))?;
    let consequences = consequences(&problem, &holders, at, person);
    Ok(Preview { name: known.given_name.clone(), span, consequences })
}

fn share(before: i64, after: i64) -> Consequence {
    Consequence::Share { before, after }
}

/// What would follow if `person` took place number `at`: rules, language, wish, fair share, rest.
pub(crate) fn consequences(
    problem: &Problem,
    holders: &[Option<PersonId>],
    at: usize,
    person: PersonId,
) -> Vec<Consequence> {
    let WhatIf { new, wish, taker, .. } = what_if(problem, holders, at, Some(person));
    let slot = &problem.places[at].slot;
    let enough = |language: &&Language| !new.iter().any(|finding| lacks(finding, **language));
    let asked: Vec<Language> = slot.languages.iter().filter(enough).copied().collect();
    let mut lines: Vec<Consequence> = new.into_iter().take(2).map(Consequence::Breaks).collect();
    if lines.is_empty() {
        lines.push(Consequence::RulesKept);
    }
    let candidate = problem.candidate(person);
    let spoken =
        asked.into_iter().find(|language| candidate.is_some_and(|one| one.languages.contains(language)));
    lines.extend(spoken.map(Consequence::Speaks));
    match wish {
        Some(WishKind::Wish) => lines.push(Consequence::Wished),
        Some(WishKind::RatherNot) => lines.push(Consequence::RatherNot),
        // "Can't" is an absence to the judge, and stands among the rules.
        Some(WishKind::Cant) | None => {}
    }
    lines.extend(taker.map(|(before, after)| share(before.over(), after.over())));
    lines.extend(short_rest(problem, holders, at, person));
    lines.truncate(MOST);
    lines
}

/// Whether a finding says that the language is not spoken, or not well enough.
fn lacks(finding: &Finding, wanted: Language) -> bool {
    finding.lacks.iter().any(|skill| matches!(skill, Skill::Language { language, .. } if *language == wanted))
}

/// The shorter rest before or after the place, if it is short; touching work is no rest at all, and
/// no news either.
fn short_rest(
    problem: &Problem,
    holders: &[Option<PersonId>],
    at: usize,
    person: PersonId,
) -> Option<Consequence> {
    let span = problem.places[at].slot.span;
    let candidate = problem.candidate(person)?;
    let others = problem.places.iter().zip(holders).enumerate();
    let duties = others.filter(|(number, (_, holder))| *number != at && **holder == Some(person));
    let work = duties
        .map(|(_, (place, _))| place.slot.span)
        .chain(candidate.busy.iter().map(|work| work.span))
        .chain(candidate.office.iter().flat_map(|day| day.on_duty.iter().copied()));
    let rests = work.filter_map(|other| {
        let rest = (span.start() - other.end()).max(other.start() - span.end());
        // The break between office and an evening's duty is part of the day, not a night's rest.
        (rest > Duration::hours(6) && rest < SHORT_REST).then_some(rest)
    });
    rests.min().map(|rest| Consequence::Rest(rest.num_minutes()))
}
