//! Rounds of wishes: until when a pool takes wishes for the days of a rota. After that they are closed, so
//! that a plan which read them stays true.

use chrono::NaiveDate;
use domain::{PoolId, WishRound, WishRoundId};
use storage::{
    audit,
    page::{Ask, Page},
    scope, wish_rounds,
};

use super::super::{draft::LONGEST, planned, the_pool};
use crate::{
    Anybody, App, Caller, Error, Planner,
    checks::{Checks, Wrong},
    kept::{Kept, Seen},
};

/// Says until when wishes for the days from `from` to `until` are taken: until the evening of
/// `closes_on`, which may be past to close them now. Where several rounds are about a day, the one that is
/// open longest counts.
///
/// # Errors
/// If the pool is not the planner's, or the days are wrong.
pub async fn open(
    app: &App,
    planner: &Caller<Planner>,
    pool: PoolId,
    (from, until): (NaiveDate, NaiveDate),
    closes_on: NaiveDate,
) -> Result<Kept<WishRound>, Error> {
    let tx = app.write(planned(planner, pool)?).await?;
    the_pool(&tx, pool).await?;
    let mut checks = Checks::default();
    checks.days(from, Some(until));
    if (until - from).num_days() >= LONGEST {
        checks.refuse("until", Wrong::NotA("a day within thirteen weeks of the first"));
    }
    if until <= closes_on {
        checks.refuse("closes_on", Wrong::NotA("a day before the last one"));
    }
    checks.done()?;
    let round = WishRound { id: app.mint(), pool, from, until, closes_on, created_by: planner.person() };
    wish_rounds::add(&tx, &round).await?;
    audit::add(&tx, entry(planner, "open_wish_round", &round)).await?;
    tx.commit().await?;
    Ok(Kept::of(round))
}

/// Takes a round back: wishes for its days are taken again, unless another one closed them.
///
/// # Errors
/// If there is none of that id, or somebody saw an older state.
pub async fn remove(app: &App, planner: &Caller<Planner>, id: WishRoundId, seen: &Seen) -> Result<(), Error> {
    for pool in planner.pools() {
        let tx = app.write(planned(planner, *pool)?).await?;
        let Some(round) = wish_rounds::get(&tx, id).await?.filter(|round| round.pool == *pool) else {
            continue;
        };
        let round = seen.check(round)?;
        wish_rounds::remove(&tx, id).await?;
        audit::add(&tx, entry(planner, "remove_wish_round", &round)).await?;
        return Ok(tx.commit().await?);
    }
    Err(Error::NotFound("round of wishes"))
}

/// The rounds of the caller's pools, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(app: &App, anybody: &Caller<Anybody>, ask: &Ask) -> Result<Page<WishRound>, Error> {
    let tx = app.read(scope::Home(anybody.organisation())).await?;
    Ok(wish_rounds::list(&tx, ask).await?)
}

/// One of them.
///
/// # Errors
/// If there is none of that id.
pub async fn get(app: &App, anybody: &Caller<Anybody>, id: WishRoundId) -> Result<Kept<WishRound>, Error> {
    let tx = app.read(scope::Home(anybody.organisation())).await?;
    Ok(Kept::of(wish_rounds::get(&tx, id).await?.ok_or(Error::NotFound("round of wishes"))?))
}

fn entry(planner: &Caller<Planner>, verb: &'static str, round: &WishRound) -> audit::Entry {
    audit::Entry {
        organisation: Some(planner.organisation()),
        person: Some(planner.person()),
        verb,
        object_kind: "wish_round",
        object: Some(round.id.0),
        detail: Some(serde_json::json!({
            "from": round.from, "until": round.until, "closes_on": round.closes_on,
        })),
    }
}
