//! The page of shares: the reckoning with names, for whoever looks.

use std::collections::BTreeMap;

use domain::{OrganisationId, Pool, PoolId, Sharing};
use storage::{organisations, pools, scope};
use views::html::{
    forms::Filled,
    shares::{Model, Named},
};

use super::{Asked, Eyes, reckoned, seen};
use crate::{App, Caller, Error, Keeper, pool::coverage::currency};

/// What the page shows of `pool`, or of the keeper's first one.
///
/// # Errors
/// [`Error::NotFound`] if the keeper has no such pool; as [`super::of_pool`].
pub async fn page(
    app: &App,
    keeper: &Caller<Keeper>,
    pool: Option<PoolId>,
    asked: Asked,
) -> Result<Model, Error> {
    let Told { sharing, pool, offices, whole } = told(app, keeper, pool, asked).await?;
    let tx = app.read(scope::System).await?;
    let mut all = Vec::new();
    for id in keeper.pools() {
        all.extend(pools::by_id(&tx, *id).await?.map(|one| (one.id, one.name)));
    }
    let board = organisations::get(&tx, pool.board).await?.map(|board| board.name).unwrap_or_default();
    Ok(Model {
        pool: pool.name,
        pools: all,
        board,
        currency: currency(pool.calendar),
        whole,
        offices,
        sharing,
        filled: Filled::default(),
    })
}

/// The reckoning, and who is who in it.
pub(super) struct Told {
    pub sharing: Sharing,
    pub pool: Pool,
    pub offices: BTreeMap<OrganisationId, Named>,
    pub whole: bool,
}

pub(super) async fn told(
    app: &App,
    keeper: &Caller<Keeper>,
    pool: Option<PoolId>,
    asked: Asked,
) -> Result<Told, Error> {
    let pool = pool.or_else(|| keeper.pool()).ok_or(Error::NotFound("pool"))?;
    let (pool, eyes) = seen(app, keeper, pool).await?;
    let sharing = reckoned(app, &pool, eyes, asked).await?;
    let tx = app.read(scope::System).await?;
    let paying = sharing.payments.iter().flat_map(|one| [one.from, one.to]).flatten();
    let mut offices = BTreeMap::new();
    for id in sharing.lines.iter().map(|line| line.office).chain(paying) {
        let office = organisations::get(&tx, id).await?;
        offices.extend(office.map(|one| (id, Named { name: one.name, colour: one.colour })));
    }
    Ok(Told { sharing, pool, offices, whole: eyes == Eyes::Everybody })
}
