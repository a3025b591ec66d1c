//! Open duties and takings as programs read them.

use domain::{Assignment, AssignmentId, Eligibility, PersonId, PoolId, Role, Taking, TakingId, WhyNot};
use storage::{
    Tx,
    page::{Ask, Page},
    scope, takings,
};

use super::{
    super::{Hand, accept::told, eligible::masked, ground::Ground},
    around_place, around_taking, fair, holes, the_hole,
};
use crate::{App, Error, kept::Kept, rota::build::board_scope};

/// An open duty, and what stands against the reader's taking it.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    /// The place.
    pub place: Assignment,
    /// The pool.
    pub pool: PoolId,
    /// Whether the reader may take it; whoever stands no watch may not, without a reason.
    pub may: bool,
    /// Why they may not.
    pub against: Vec<WhyNot>,
}

/// The open duties of the reader's pools, soonest first.
///
/// # Errors
/// If the pool that is named is not theirs.
pub async fn open(app: &App, hand: &Hand, pool: Option<PoolId>) -> Result<Vec<Open>, Error> {
    if pool.is_some_and(|pool| !hand.pools.contains(&pool)) {
        return Err(Error::NotFound("pool"));
    }
    let mut all = Vec::new();
    for id in hand.pools.iter().copied().filter(|id| pool.is_none_or(|pool| pool == *id)) {
        let Some(scope) = board_scope(app, id).await? else { continue };
        let tx = app.read(scope).await?;
        let holes = holes::on_offer(&tx, id).await?;
        let spans: Vec<_> = holes.iter().map(|hole| hole.slot.span).collect();
        if spans.is_empty() {
            continue;
        }
        let ground = Ground::load(&tx, id, &spans).await?;
        let watches = hand.role == Role::Advisor && ground.people().any(|person| person == hand.person);
        for place in holes {
            let against = if watches { fair::against_now(&ground, &place, hand.person) } else { Vec::new() };
            let against = told(against, hand, hand.person);
            all.push(Open { pool: id, may: watches && against.is_empty(), against, place });
        }
    }
    all.sort_by_key(|one| (one.place.slot.span, one.place.slot.rung, one.place.id));
    Ok(all)
}

/// Everybody of the pool, and whether they may take an open duty: those who may first, then whoever is
/// furthest below their share. Whoever does not plan is told of themselves alone.
///
/// # Errors
/// If it is not on offer.
pub async fn eligible(app: &App, hand: &Hand, id: AssignmentId) -> Result<Vec<Eligibility>, Error> {
    let scope = around_place(app, hand, id).await?;
    let tx = app.read(scope).await?;
    let hole = the_hole(&tx, scope, id).await?;
    let ground = Ground::load(&tx, scope.pool, &[hole.slot.span]).await?;
    let overs = fair::overs(&ground, &hole);
    let of = |person: PersonId| Eligibility {
        person,
        reasons: fair::against_now(&ground, &hole, person),
        is_backup: false,
        over_with: overs.iter().find(|(known, _)| *known == person).map_or(0, |(_, over)| *over),
    };
    let people = ground.people().filter(|person| hand.plans() || *person == hand.person);
    let mut list: Vec<Eligibility> = people.map(of).collect();
    list.sort_by_key(|one| (!one.may(), one.over_with, one.person));
    Ok(list.into_iter().map(|one| if hand.plans() { one } else { masked(one, hand.person) }).collect())
}

/// Takings of a pool: a planner sees everybody's, others their own.
///
/// # Errors
/// If the pool is not theirs.
pub async fn list(app: &App, hand: &Hand, pool: Option<PoolId>, ask: &Ask) -> Result<Page<Taking>, Error> {
    let pool = pool.or_else(|| hand.pool()).filter(|pool| hand.pools.contains(pool));
    let pool = pool.ok_or(Error::NotFound("pool"))?;
    let scope = board_scope(app, pool).await?.ok_or(Error::NotFound("pool"))?;
    let tx = app.read(scope).await?;
    let all = hand.plans() && hand.organisation == scope.viewer;
    Ok(takings::list(&tx, pool, (!all).then_some(hand.person), ask).await?)
}

/// One of them.
///
/// # Errors
/// If there is none of that id in sight.
pub async fn get(app: &App, hand: &Hand, id: TakingId) -> Result<Kept<Taking>, Error> {
    let scope = around_taking(app, hand, id).await?;
    let tx = app.read(scope).await?;
    Ok(Kept::of(the_taking(&tx, scope, hand, id).await?))
}

/// The taking of that id, if it is theirs to see.
pub(super) async fn the_taking(
    tx: &Tx<scope::Pool>,
    scope: scope::Pool,
    hand: &Hand,
    id: TakingId,
) -> Result<Taking, Error> {
    let found = takings::get(tx, id).await?.ok_or(Error::NotFound("taking"))?;
    if hand.speaks_for(tx, scope.viewer, found.person).await? {
        Ok(found)
    } else {
        Err(Error::NotFound("taking"))
    }
}
