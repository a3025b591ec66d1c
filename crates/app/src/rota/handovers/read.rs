//! Handovers as they are read: those of one's own, of one's people, or of the whole pool.

use domain::{Handover, HandoverId, HandoverStatus, PersonId, PoolId, Role};
use storage::{
    Tx, handovers,
    page::{Ask, Page},
    scope,
};

use super::{Hand, around_handover, the_handover};
use crate::{App, Error, kept::Kept, rota::build::board_scope};

/// Which handovers a list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of this pool; of the first one, if none is named.
    pub pool: Option<PoolId>,
    /// Of this person's duties.
    pub person: Option<PersonId>,
    /// That stand so.
    pub status: Option<HandoverStatus>,
}

/// The handovers in sight: a planner sees the pool's, a manager those of the office's people, an advisor
/// their own and what is open to anybody.
///
/// # Errors
/// If the pool is not theirs.
pub async fn list(app: &App, hand: &Hand, wanted: Wanted, ask: &Ask) -> Result<Page<Handover>, Error> {
    let pool = wanted.pool.or_else(|| hand.pool()).filter(|pool| hand.pools.contains(pool));
    let pool = pool.ok_or(Error::NotFound("pool"))?;
    let scope = board_scope(app, pool).await?.ok_or(Error::NotFound("pool"))?;
    let tx = app.read(scope).await?;
    let which = which(&tx, scope, hand, wanted).await?;
    Ok(handovers::list(&tx, pool, &which, ask).await?)
}

async fn which(
    tx: &Tx<scope::Pool>,
    scope: scope::Pool,
    hand: &Hand,
    wanted: Wanted,
) -> Result<handovers::Which, Error> {
    let about = match hand.role {
        Role::Planner if hand.organisation == scope.viewer => None,
        Role::Manager => Some(hand.staff(tx).await?),
        Role::Planner | Role::Advisor => Some(vec![hand.person]),
    };
    Ok(handovers::Which {
        about,
        offered: hand.role == Role::Advisor,
        person: wanted.person,
        status: wanted.status.into_iter().collect(),
    })
}

/// One of them.
///
/// # Errors
/// If there is none of that id in sight.
pub async fn get(app: &App, hand: &Hand, id: HandoverId) -> Result<Kept<Handover>, Error> {
    let scope = around_handover(app, hand, id).await?;
    let tx = app.read(scope).await?;
    Ok(Kept::of(the_handover(&tx, scope.viewer, hand, id).await?))
}
