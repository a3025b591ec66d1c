//! Changing a draft by hand: give a place to somebody or open it, pin it, take the last change back.

use domain::{Assignment, AssignmentId, ChangeId, Finding, Gravity, PersonId, Rota, RotaChange, RotaId};
use scheduling::what_if;
use storage::{Tx, assignments, rota_changes, rotas, scope};

use super::{Sheet, draft::expect_draft, planned, scope_of, sheet, tell_board, tell_today, the_rota};
use crate::{
    App, Caller, Error, Planner, Refusal,
    kept::{Kept, Seen},
};

/// What became of a change.
#[derive(Debug, Clone, PartialEq)]
pub enum Assigned {
    /// It is saved.
    Done {
        /// Who stood there before.
        from: Option<PersonId>,
        /// Who stands there now.
        to: Option<PersonId>,
        /// What takes it back; nothing where nothing changed.
        change: Option<ChangeId>,
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
    let forbidden = forbidden(&sheet, at, person)?;
    if !forbidden.is_empty() {
        return Ok(Assigned::Refused(forbidden));
    }
    let Assignment { person: from, pinned, .. } = sheet.places[at];
    let change = save(app, planner, &sheet, at, Wanted { person, pinned }).await?;
    Ok(Assigned::Done { from, to: person, change })
}

/// How a place of a draft shall be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Who stands in it; nobody leaves it open.
    pub person: Option<PersonId>,
    /// Whether a new build leaves it as it is.
    pub pinned: bool,
}

/// What became of a place.
#[derive(Debug, Clone, PartialEq)]
pub enum Put {
    /// It is as wanted.
    Done(Kept<Assignment>),
    /// The law, an absence or "can't" forbids it, for these reasons. Nothing was saved.
    Refused(Vec<Finding>),
}

/// Makes a place as it is wanted: the person and the pin at once.
///
/// # Errors
/// If the rota is no draft, its place has begun, or somebody changed it first.
pub async fn put(
    app: &App,
    planner: &Caller<Planner>,
    rota: RotaId,
    assignment: AssignmentId,
    seen: &Seen,
    wanted: Wanted,
) -> Result<Put, Error> {
    let sheet = sheet(app, scope_of(app, planner, rota).await?, rota).await?;
    let at = sheet.position(assignment)?;
    expect_draft(&sheet.rota)?;
    let place = seen.check(sheet.places[at].clone())?;
    if !place.slot.rung.covers() {
        return Err(Error::NotFound("assignment"));
    }
    if place.person != wanted.person {
        let forbidden = forbidden(&sheet, at, wanted.person)?;
        if !forbidden.is_empty() {
            return Ok(Put::Refused(forbidden));
        }
    }
    save(app, planner, &sheet, at, wanted).await?;
    Ok(Put::Done(Kept::of(Assignment { person: wanted.person, pinned: wanted.pinned, ..place })))
}

/// What forbids that `person` takes place number `at` of the sheet, if it is a place to come.
fn forbidden(sheet: &Sheet, at: usize, person: Option<PersonId>) -> Result<Vec<Finding>, Error> {
    let place = &sheet.places[at];
    // A learner is added and taken off, never exchanged.
    if !place.slot.rung.covers() {
        return Err(Error::NotFound("assignment"));
    }
    if place.slot.span.start() <= sheet.scene.now {
        return Err(Refusal::InThePast.into());
    }
    if place.person == person {
        return Ok(Vec::new());
    }
    if person.is_some_and(|person| !sheet.scene.people.iter().any(|known| known.id == person)) {
        return Err(Error::NotFound("person"));
    }
    let (problem, holders) = sheet.problem();
    let new = what_if(&problem, &holders, at, person).new;
    Ok(new.into_iter().filter(|finding| finding.gravity == Gravity::Absolute).collect())
}

/// Saves what differs, if the sheet is still true.
async fn save(
    app: &App,
    planner: &Caller<Planner>,
    sheet: &Sheet,
    at: usize,
    wanted: Wanted,
) -> Result<Option<ChangeId>, Error> {
    let (rota, place) = (&sheet.rota, &sheet.places[at]);
    if (place.person, place.pinned) == (wanted.person, wanted.pinned) {
        return Ok(None);
    }
    let tx = app.write(planned(planner, rota.pool)?).await?;
    // The version says whether what we thought about is still true.
    rotas::change(&tx, rota).await?;
    let change = make(app, &tx, planner, rota, place, wanted, None).await?;
    changed(&tx, rota);
    tx.commit().await?;
    Ok(Some(change))
}

/// Gives places to others, or opens them, all at once, if the sheet is still true; they are taken back at
/// once too. Says which change is the last; none if there is nothing to do.
pub(super) async fn give_all(
    app: &App,
    planner: &Caller<Planner>,
    sheet: &Sheet,
    steps: &[(AssignmentId, Option<PersonId>)],
) -> Result<Option<ChangeId>, Error> {
    let rota = &sheet.rota;
    let tx = app.write(planned(planner, rota.pool)?).await?;
    rotas::change(&tx, rota).await?;
    let (mut first, mut last) = (None, None);
    for (place, person) in steps {
        let place = &sheet.places[sheet.position(*place)?];
        let wanted = Wanted { person: *person, pinned: place.pinned };
        last = Some(make(app, &tx, planner, rota, place, wanted, Some(&mut first)).await?);
    }
    if last.is_some() {
        changed(&tx, rota);
        tx.commit().await?;
    }
    Ok(last)
}

/// Makes a place as it is wanted, and writes down how it was: with the `first` of several changes made at
/// once, or as the first of them.
async fn make(
    app: &App,
    tx: &Tx<scope::Pool>,
    planner: &Caller<Planner>,
    rota: &Rota,
    place: &Assignment,
    wanted: Wanted,
    first: Option<&mut Option<ChangeId>>,
) -> Result<ChangeId, Error> {
    let id: ChangeId = app.mint();
    let change = RotaChange {
        id,
        rota: rota.id,
        pool: rota.pool,
        assignment: place.id,
        from: place.person,
        to: wanted.person,
        pinned: (place.pinned, wanted.pinned),
        made_with: first.map(|first| *first.get_or_insert(id)),
        by: planner.person(),
        at: tx.now(),
    };
    rota_changes::add(tx, &change).await?;
    put_back(tx, place, wanted).await?;
    Ok(change.id)
}

/// Writes what differs in a place.
async fn put_back(tx: &Tx<scope::Pool>, place: &Assignment, wanted: Wanted) -> Result<(), Error> {
    if place.person != wanted.person {
        assignments::give(tx, place.id, wanted.person).await?;
    }
    if place.pinned != wanted.pinned {
        assignments::pin(tx, place.id, wanted.pinned).await?;
    }
    Ok(())
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
    let places = assignments::of_rota(&tx, rota.id).await?;
    let place = places.iter().find(|place| place.id == assignment && place.slot.rung.covers());
    let place = place.ok_or(Error::NotFound("assignment"))?;
    if place.pinned == pinned {
        return Ok(());
    }
    rotas::change(&tx, &rota).await?;
    make(app, &tx, planner, &rota, place, Wanted { person: place.person, pinned }, None).await?;
    changed(&tx, &rota);
    Ok(tx.commit().await?)
}

/// What somebody saw who wants the last change back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saw {
    /// The rota, as of this version.
    Version(i32),
    /// This change: it alone is taken back.
    Change(ChangeId),
    /// Whatever is last.
    Anything,
}

/// Takes the last change made by hand back, and what was changed with it at once, so that places are as
/// they were before; `None` if there is none.
///
/// # Errors
/// If the rota is no draft, something else was changed since what was seen, or a place is not any more as
/// that change left it.
pub async fn undo(
    app: &App,
    planner: &Caller<Planner>,
    rota: RotaId,
    saw: Saw,
) -> Result<Option<RotaChange>, Error> {
    let tx = app.write(scope_of(app, planner, rota).await?).await?;
    let rota = the_rota(&tx, rota).await?;
    expect_draft(&rota)?;
    let last = rota_changes::last(&tx, rota.id).await?;
    let as_seen = match saw {
        Saw::Version(version) => version == rota.version,
        Saw::Change(change) => last.as_ref().is_some_and(|last| last.id == change),
        Saw::Anything => true,
    };
    if !as_seen {
        return Err(Error::Stale);
    }
    let Some(last) = last else { return Ok(None) };
    let undone = match last.made_with {
        Some(first) => rota_changes::made_with(&tx, first).await?,
        None => vec![last.clone()],
    };
    let places = assignments::of_rota(&tx, rota.id).await?;
    rotas::change(&tx, &rota).await?;
    for change in &undone {
        take_back(&tx, &places, change).await?;
    }
    changed(&tx, &rota);
    tx.commit().await?;
    Ok(Some(last))
}

async fn take_back(tx: &Tx<scope::Pool>, places: &[Assignment], change: &RotaChange) -> Result<(), Error> {
    let place = places.iter().find(|place| place.id == change.assignment);
    let place = place.ok_or(Error::NotFound("assignment"))?;
    if place.slot.span.start() <= tx.now() {
        return Err(Refusal::InThePast.into());
    }
    if (place.person, place.pinned) != (change.to, change.pinned.1) {
        return Err(Error::Stale);
    }
    rota_changes::undo(tx, change.id).await?;
    put_back(tx, place, Wanted { person: change.from, pinned: change.pinned.0 }).await
}

fn changed(tx: &Tx<scope::Pool>, rota: &Rota) {
    tell_board(tx, rota.pool, rota.id);
    tell_today(tx, rota.pool);
}
