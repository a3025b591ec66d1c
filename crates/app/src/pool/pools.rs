//! Pools: a board founds one, names it, and says which clocks and holidays its needs keep.

use domain::{Calendar, Pool, PoolId, Tz};
use storage::{
    audit,
    page::{Ask, Page},
    pools, scope,
};

use crate::{
    Anybody, App, Caller, Error, Planner,
    checks::Checks,
    kept::{Kept, Seen},
    rota::planned,
    topics,
};

/// The longest name, in characters.
const LONGEST_NAME: usize = 80;

/// What can be said of a pool.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Its name.
    pub name: String,
    /// Where the wall clocks of its needs hang.
    pub zone: Tz,
    /// Which public holidays its needs keep.
    pub calendar: Calendar,
    /// Whether handovers wait for the planner; as before, if nothing is said.
    pub approval: Option<bool>,
}

/// The pools one's organisation organises, or is a member of now.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(app: &App, anybody: &Caller<Anybody>, ask: &Ask) -> Result<Page<Pool>, Error> {
    let tx = app.read(scope::Home(anybody.organisation())).await?;
    Ok(pools::list(&tx, ask).await?)
}

/// One of them.
///
/// # Errors
/// If there is none of that id in sight.
pub async fn get(app: &App, anybody: &Caller<Anybody>, id: PoolId) -> Result<Kept<Pool>, Error> {
    let tx = app.read(scope::Home(anybody.organisation())).await?;
    Ok(Kept::of(pools::by_id(&tx, id).await?.ok_or(Error::NotFound("pool"))?))
}

/// Founds a pool that the board organises.
///
/// # Errors
/// If a field is wrong.
pub async fn found(app: &App, planner: &Caller<Planner>, said: Said) -> Result<Kept<Pool>, Error> {
    let pool = checked(app.mint(), planner, said, false)?;
    let tx = app.write(scope::System).await?;
    pools::add(&tx, &pool).await?;
    audit::add(&tx, entry(planner, "found_pool", pool.id)).await?;
    tx.commit().await?;
    Ok(Kept::of(pool))
}

/// Changes what is said of a pool.
///
/// # Errors
/// If it is not theirs, a field is wrong, or somebody else changed it.
pub async fn change(
    app: &App,
    planner: &Caller<Planner>,
    id: PoolId,
    seen: &Seen,
    said: Said,
) -> Result<Kept<Pool>, Error> {
    let tx = app.write(planned(planner, id)?).await?;
    let before = seen.check(pools::held(&tx, id).await?)?;
    let pool = checked(id, planner, said, before.approval)?;
    pools::change(&tx, &pool).await?;
    audit::add(&tx, entry(planner, "change_pool", id)).await?;
    tx.signal(topics::today(id));
    tx.commit().await?;
    Ok(Kept::of(pool))
}

/// Says whether what advisors agree among themselves waits for the planner.
///
/// # Errors
/// If the pool is not theirs.
pub async fn approve(app: &App, planner: &Caller<Planner>, id: PoolId, approval: bool) -> Result<(), Error> {
    amend(app, planner, id, |pool| Pool { approval, ..pool }).await
}

/// Says which public holidays a pool keeps. Rotas that were built stay as they are.
///
/// # Errors
/// If the pool is not theirs.
pub async fn keep(app: &App, planner: &Caller<Planner>, id: PoolId, calendar: Calendar) -> Result<(), Error> {
    amend(app, planner, id, |pool| Pool { calendar, ..pool }).await
}

async fn amend(
    app: &App,
    planner: &Caller<Planner>,
    id: PoolId,
    amended: impl FnOnce(Pool) -> Pool,
) -> Result<(), Error> {
    let tx = app.write(planned(planner, id)?).await?;
    let pool = amended(pools::held(&tx, id).await?);
    pools::change(&tx, &pool).await?;
    audit::add(&tx, entry(planner, "change_pool", id)).await?;
    tx.signal(topics::today(id));
    Ok(tx.commit().await?)
}

fn checked(id: PoolId, planner: &Caller<Planner>, said: Said, before: bool) -> Result<Pool, Error> {
    let mut checks = Checks::default();
    let name = checks.name("name", &said.name, LONGEST_NAME);
    checks.done()?;
    let approval = said.approval.unwrap_or(before);
    Ok(Pool { id, board: planner.organisation(), name, zone: said.zone, calendar: said.calendar, approval })
}

fn entry(planner: &Caller<Planner>, verb: &'static str, pool: PoolId) -> audit::Entry {
    audit::Entry {
        organisation: Some(planner.organisation()),
        person: Some(planner.person()),
        verb,
        object_kind: "pool",
        object: Some(pool.0),
        detail: None,
    }
}
