//! Rotas and their places, as programs read them.
//!
//! A rota's state is its version: how a build goes is no change that somebody could come too late for.

use domain::{Assignment, AssignmentId, PoolId, Rota, RotaId, RotaStatus};
use storage::{
    assignments,
    page::{Ask, Page},
    rotas,
};

pub use storage::assignments::Which;

use super::{planned, scope_of, the_rota};
use crate::{
    App, Caller, Error, Planner,
    jobs::builds,
    kept::{Kept, Seen},
};

/// A rota, and its place in the queue of builds.
#[derive(Debug, Clone, PartialEq)]
pub struct Queued {
    /// It.
    pub rota: Rota,
    /// How many builds that were asked for earlier are not done yet; nothing where it waits for none.
    pub before: Option<u32>,
}

impl Queued {
    async fn of(app: &App, rota: Rota) -> Result<Self, Error> {
        Ok(Self { before: builds::before(app, &rota).await?, rota })
    }
}

/// The rotas of a pool, of one status or of all: of the planner's first pool if none is named.
///
/// # Errors
/// If the pool is not the planner's.
pub async fn list(
    app: &App,
    planner: &Caller<Planner>,
    pool: Option<PoolId>,
    status: Option<RotaStatus>,
    ask: &Ask,
) -> Result<Page<Queued>, Error> {
    let pool = pool.or_else(|| planner.pool()).ok_or(Error::NotFound("pool"))?;
    let tx = app.read(planned(planner, pool)?).await?;
    let Page { items, next } = rotas::list(&tx, pool, status, ask).await?;
    drop(tx);
    let mut queued = Vec::with_capacity(items.len());
    for rota in items {
        queued.push(Queued::of(app, rota).await?);
    }
    Ok(Page { items: queued, next })
}

/// One rota.
///
/// # Errors
/// If the planner plans none of that id.
pub async fn get(app: &App, planner: &Caller<Planner>, id: RotaId) -> Result<Kept<Queued>, Error> {
    let tx = app.read(scope_of(app, planner, id).await?).await?;
    let rota = the_rota(&tx, id).await?;
    drop(tx);
    Ok(Kept::told_by(&state(&rota), Queued::of(app, rota).await?))
}

/// The version of a rota that is still as somebody saw it, which its verbs ask for.
///
/// # Errors
/// [`Error::Stale`] if it is not, or another error if the planner plans none of that id.
pub async fn version(app: &App, planner: &Caller<Planner>, id: RotaId, seen: &Seen) -> Result<i32, Error> {
    let tx = app.read(scope_of(app, planner, id).await?).await?;
    let rota = the_rota(&tx, id).await?;
    seen.check(state(&rota))?;
    Ok(rota.version)
}

fn state(rota: &Rota) -> (RotaId, i32) {
    (rota.id, rota.version)
}

/// The places of a rota, as it plans them.
///
/// # Errors
/// If the planner plans no such rota.
pub async fn places(
    app: &App,
    planner: &Caller<Planner>,
    rota: RotaId,
    which: &Which,
    ask: &Ask,
) -> Result<Page<Assignment>, Error> {
    let tx = app.read(scope_of(app, planner, rota).await?).await?;
    Ok(assignments::list(&tx, rota, which, ask).await?)
}

/// One place of a rota.
///
/// # Errors
/// If the planner plans no such rota, or it has no such place.
pub async fn place(
    app: &App,
    planner: &Caller<Planner>,
    rota: RotaId,
    id: AssignmentId,
) -> Result<Kept<Assignment>, Error> {
    let tx = app.read(scope_of(app, planner, rota).await?).await?;
    let place = assignments::get(&tx, id).await?.filter(|place| place.rota == rota);
    Ok(Kept::of(place.ok_or(Error::NotFound("assignment"))?))
}
