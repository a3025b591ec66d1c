//! Changing a draft by hand: give a place to somebody or open it, pin it, take the last change back.

use domain::{AssignmentId, Finding, Gravity, PersonId, Rota, RotaChange, RotaId};
use scheduling::what_if;
use storage::{Tx, assignments, rota_changes, rotas, scope};

use super::{draft::expect_draft, scope_of, sheet, tell_board, tell_today, the_rota};
use crate::{App, Caller, Error, Planner, Refusal};

/// What became of a change.
#[derive(Debug, Clone, PartialEq)]
pub enum Assigned {
    /// It is saved.
    Done {
        /// Who stood there before.
        from: Option<PersonId>,
        /// Who stands there now.
        to: Option<PersonId>,
    },
    /// The law, an absence or "can't" forbids it, for these reasons. Nothing was saved.
    Refused(Vec<Finding>),
}

/// Gives a place to `person`, or opens it.
///
/// # Errors
/// If the rota is no draft, its place has begun, or somebody changed it first.
pub async fn assign(
    app: &App,
    planner: &Caller<Planner>,
    rota: RotaId,
    assignment: AssignmentId,
    person: Option<PersonId>,
    version: i32,
) -> Result<Assigned, Error> {
    let scope = scope_of(app, planner, rota).await?;
    let sheet = sheet(app, scope, rota).await?;
    expect_draft(&sheet.rota)?;
    if sheet.rota.version != version {
        return Err(Error::Stale);
    }
    let at = sheet.position(assignment)?;
    let place = &sheet.places[at];
    if place.slot.span.start() <= sheet.scene.now {
        return Err(Refusal::InThePast.into());
    }
    if place.person == person {
        return Ok(Assigned::Done { from: person, to: person });
    }
    if person.is_some_and(|person| !sheet.scene.people.iter().any(|known| known.id == person)) {
        return Err(Error::NotFound("person"));
    }
    let (problem, holders) = sheet.problem();
    let forbidden: Vec<Finding> = what_if(&problem, &holders, at, person)
        .new
        .into_iter()
        .filter(|finding| finding.gravity == Gravity::Absolute)
        .collect();
    if !forbidden.is_empty() {
        return Ok(Assigned::Refused(forbidden));
    }
    let tx = app.write(scope).await?;
    let change = RotaChange {
        id: app.mint(),
        rota,
        pool: sheet.rota.pool,
        assignment,
        from: place.person,
        to: person,
        by: planner.person(),
        at: tx.now(),
    };
    // The version says whether what we thought about is still true.
    rotas::change(&tx, &sheet.rota).await?;
    assignments::give(&tx, assignment, person).await?;
    rota_changes::add(&tx, &change).await?;
    changed(&tx, &sheet.rota);
    tx.commit().await?;
    Ok(Assigned::Done { from: change.from, to: change.to })
}

/// Pins a place, so that a new build leaves it as it is, or lets it go.
///
/// # Errors
/// If the rota is no draft, or somebody changed it first.
pub async fn pin(
    app: &App,
    planner: &Caller<Planner>,
    rota: RotaId,
    assignment: AssignmentId,
    pinned: bool,
    version: i32,
) -> Result<(), Error> {
    let tx = app.write(scope_of(app, planner, rota).await?).await?;
    let rota = the_rota(&tx, rota).await?;
    expect_draft(&rota)?;
    if rota.version != version {
        return Err(Error::Stale);
    }
    if !assignments::of_rota(&tx, rota.id).await?.iter().any(|place| place.id == assignment) {
        return Err(Error::NotFound("assignment"));
    }
    rotas::change(&tx, &rota).await?;
    assignments::pin(&tx, assignment, pinned).await?;
    changed(&tx, &rota);
    Ok(tx.commit().await?)
}

/// Takes the last change made by hand back; `None` if there is none.
///
/// # Errors
/// If the rota is no draft, or the place is not any more as that change left it.
pub async fn undo(app: &App, planner: &Caller<Planner>, rota: RotaId) -> Result<Option<RotaChange>, Error> {
    let tx = app.write(scope_of(app, planner, rota).await?).await?;
    let rota = the_rota(&tx, rota).await?;
    expect_draft(&rota)?;
    let Some(last) = rota_changes::last(&tx, rota.id).await? else { return Ok(None) };
    let places = assignments::of_rota(&tx, rota.id).await?;
    let place = places.iter().find(|place| place.id == last.assignment);
    let place = place.ok_or(Error::NotFound("assignment"))?;
    if place.slot.span.start() <= tx.now() {
        return Err(Refusal::InThePast.into());
    }
    if place.person != last.to {
        return Err(Error::Stale);
    }
    rota_changes::undo(&tx, last.id).await?;
    rotas::change(&tx, &rota).await?;
    assignments::give(&tx, last.assignment, last.from).await?;
    changed(&tx, &rota);
    tx.commit().await?;
    Ok(Some(last))
}

fn changed(tx: &Tx<scope::Pool>, rota: &Rota) {
    tell_board(tx, rota.pool, rota.id);
    tell_today(tx, rota.pool);
}
