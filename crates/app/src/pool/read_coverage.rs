//! What offices bought, as programs read it: an organisation's own coverage, and what others bought from
//! the pools it organises.

use chrono::{DateTime, Utc};
use domain::{Coverage, CoverageId, OrganisationId, PoolId};
use storage::{
    Tx,
    coverage::{self, Which},
    page::{Ask, Page},
    pools,
    scope::Home,
};

use crate::{App, Caller, Error, kept::Kept};

/// What a list is narrowed to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Narrowed {
    /// From this pool alone.
    pub pool: Option<PoolId>,
    /// By this office alone.
    pub office: Option<OrganisationId>,
    /// What runs at this instant.
    pub at: Option<DateTime<Utc>>,
}

/// A page of it.
///
/// # Errors
/// If the database cannot be read.
pub async fn list<R>(
    app: &App,
    caller: &Caller<R>,
    narrowed: Narrowed,
    ask: &Ask,
) -> Result<Page<Coverage>, Error> {
    let tx = app.read(Home(caller.organisation())).await?;
    let Narrowed { pool, office, at } = narrowed;
    let or_from = organised(&tx, caller.organisation()).await?;
    let which = Which { bought_by: caller.organisation(), or_from, pool, office, at };
    Ok(coverage::list(&tx, &which, ask).await?)
}

/// One coverage.
///
/// # Errors
/// If there is none of that id in sight.
pub async fn get<R>(app: &App, caller: &Caller<R>, id: CoverageId) -> Result<Kept<Coverage>, Error> {
    let tx = app.read(Home(caller.organisation())).await?;
    let found = coverage::by_id(&tx, id).await?.ok_or(Error::NotFound("coverage"))?;
    // Neighbours in a pool know that they are covered; what each of them pays is theirs and the board's.
    let theirs = found.organisation == caller.organisation()
        || organised(&tx, caller.organisation()).await?.contains(&found.pool);
    if theirs { Ok(Kept::of(found)) } else { Err(Error::NotFound("coverage")) }
}

async fn organised(tx: &Tx<Home>, organisation: OrganisationId) -> Result<Vec<PoolId>, Error> {
    Ok(pools::organised_by(tx, organisation).await?.into_iter().map(|pool| pool.id).collect())
}
