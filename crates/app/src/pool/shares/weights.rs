//! What an hour given counts for its office, by when it was given: the board decides it for its pool.

use domain::{HourWeights, PoolId};
use storage::{audit, pools, scope, share_weights};

use crate::{
    App, Caller, Error, Keeper, Planner,
    checks::Checks,
    kept::{Kept, Seen},
    rota::planned,
};

/// The most that an hour may count: ten times.
const MOST: i64 = 100_000;

/// What an hour counts in one of the keeper's pools.
///
/// # Errors
/// If the pool is not theirs.
pub async fn get(app: &App, keeper: &Caller<Keeper>, pool: PoolId) -> Result<Kept<HourWeights>, Error> {
    if !keeper.pools().contains(&pool) {
        return Err(Error::NotFound("pool"));
    }
    let tx = app.read(scope::Pool { pool, viewer: keeper.organisation() }).await?;
    Ok(Kept::of(share_weights::of(&tx, pool).await?))
}

/// Decides it. Hours are reckoned anew: nothing of them is kept.
///
/// # Errors
/// If the planner does not organise the pool, a weight is out of bounds, or somebody else changed them.
pub async fn decide(
    app: &App,
    planner: &Caller<Planner>,
    pool: PoolId,
    seen: &Seen,
    weights: HourWeights,
) -> Result<Kept<HourWeights>, Error> {
    let tx = app.write(planned(planner, pool)?).await?;
    pools::hold(&tx, pool).await?;
    seen.check(share_weights::of(&tx, pool).await?)?;
    let mut checks = Checks::default();
    let HourWeights { evening, saturday, sunday, holiday } = weights;
    let all =
        [("evening_bp", evening), ("saturday_bp", saturday), ("sunday_bp", sunday), ("holiday_bp", holiday)];
    for (field, weight) in all {
        checks.within(field, weight, 0, MOST);
    }
    checks.done()?;
    share_weights::decide(&tx, pool, weights).await?;
    let entry = audit::Entry {
        organisation: Some(planner.organisation()),
        person: Some(planner.person()),
        verb: "decide_share_weights",
        object_kind: "pool",
        object: Some(pool.0),
        detail: None,
    };
    audit::add(&tx, entry).await?;
    tx.commit().await?;
    Ok(Kept::of(weights))
}
