//! Why a place stands as it does: who could take it and why the others cannot, what giving it to
//! somebody would bring, and the smallest ways to fill it.

use domain::{Assignment, AssignmentId, PersonId, RotaId};
pub use scheduling::{Candidacy, Standing, Way, WhatIf};
use scheduling::{ways_to_fill, what_if as what_if_of, who_could};

use super::{scope_of, sheet};
use crate::{App, Caller, Error, Planner, Refusal};

/// Everybody for one place: who holds it, who could take it, the best first, then the others, each with
/// the first rule in the way.
///
/// # Errors
/// If there is no such rota or place.
pub async fn candidates(
    app: &App,
    planner: &Caller<Planner>,
    rota: RotaId,
    place: AssignmentId,
) -> Result<Vec<Candidacy>, Error> {
    let sheet = sheet(app, scope_of(app, planner, rota).await?, rota).await?;
    let at = sheet.position(place)?;
    let (problem, holders) = sheet.problem();
    Ok(who_could(&problem, &holders, at))
}

/// What giving a place to `person`, or opening it, would bring, before it is done.
///
/// # Errors
/// If there is no such rota or place, or the person is none of the pool's.
pub async fn what_if(
    app: &App,
    planner: &Caller<Planner>,
    rota: RotaId,
    place: AssignmentId,
    person: Option<PersonId>,
) -> Result<WhatIf, Error> {
    let sheet = sheet(app, scope_of(app, planner, rota).await?, rota).await?;
    let at = sheet.position(place)?;
    if person.is_some_and(|person| !sheet.scene.people.iter().any(|known| known.id == person)) {
        return Err(Error::NotFound("person"));
    }
    let (problem, holders) = sheet.problem();
    Ok(what_if_of(&problem, &holders, at, person))
}

/// Up to three ways to fill an open place, the cheapest first, and the places their steps speak of.
///
/// # Errors
/// If there is no such rota or place; [`Refusal::InThePast`] if it has begun.
pub async fn ways(
    app: &App,
    planner: &Caller<Planner>,
    rota: RotaId,
    place: AssignmentId,
) -> Result<(Vec<Way>, Vec<Assignment>), Error> {
    let mut sheet = sheet(app, scope_of(app, planner, rota).await?, rota).await?;
    let at = sheet.position(place)?;
    if sheet.places[at].slot.span.start() <= sheet.scene.now {
        return Err(Refusal::InThePast.into());
    }
    // Nobody passes on a duty that has begun.
    for place in &mut sheet.places {
        place.pinned |= place.slot.span.start() <= sheet.scene.now;
    }
    let (problem, holders) = sheet.problem();
    Ok((ways_to_fill(&problem, &holders, at), sheet.places))
}
