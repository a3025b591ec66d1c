//! Shares: what the offices of a pool would bear of some months, by every key side by side, what
//! hours they gave and owe, and what settles it. Reckoned anew each time; nothing is invoiced.
//!
//! The board sees every office's line, an office its own. Of employers' statements only sums come out.

pub mod figures;
pub mod file;
mod gather;
pub mod page;
pub mod weights;

use chrono::{Days, Months};
use domain::{Cents, HourWeights, Month, OrganisationId, Pool, PoolId, ShareKey, Sharing, time};
use scheduling::needs::Period;
use storage::{pools, scope, share_weights};

use crate::{
    App, Caller, Error, Keeper,
    checks::{Checks, Wrong},
};

/// The most months that are shared at once.
const MOST_MONTHS: u32 = 12;
/// The most a board can have spent: ten million in whole units.
const MOST_STANDING: i64 = 1_000_000_000;

/// Which months, by which key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// First month; the last one that is over if nothing is said.
    pub from: Option<Month>,
    /// Last month, included; the first if nothing is said.
    pub until: Option<Month>,
    /// The key that payments and hours go by.
    pub key: ShareKey,
    /// What the board itself spent, besides duties.
    pub standing: Cents,
}

/// Whose lines somebody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Eyes {
    Everybody,
    Office(OrganisationId),
}

/// What the offices of one of the keeper's pools would bear, as far as the keeper sees it.
///
/// # Errors
/// If the pool is not theirs, or the months or the sum are out of bounds.
pub async fn of_pool(
    app: &App,
    keeper: &Caller<Keeper>,
    pool: PoolId,
    asked: Asked,
) -> Result<Sharing, Error> {
    let (pool, eyes) = seen(app, keeper, pool).await?;
    reckoned(app, &pool, eyes, asked).await
}

/// The pool, and whose lines the keeper sees of it.
async fn seen(app: &App, keeper: &Caller<Keeper>, pool: PoolId) -> Result<(Pool, Eyes), Error> {
    if !keeper.pools().contains(&pool) {
        return Err(Error::NotFound("pool"));
    }
    let tx = app.read(scope::System).await?;
    let pool = pools::by_id(&tx, pool).await?.ok_or(Error::NotFound("pool"))?;
    // A board may also be a member of another board's pool, and looks at that one like an office.
    let organises = pool.board == keeper.organisation();
    Ok((pool, if organises { Eyes::Everybody } else { Eyes::Office(keeper.organisation()) }))
}

async fn reckoned(app: &App, pool: &Pool, eyes: Eyes, asked: Asked) -> Result<Sharing, Error> {
    let last = Month::of(time::day(app.clock.now(), pool.zone)).first() - Days::new(1);
    let from = asked.from.unwrap_or(Month::of(last));
    let until = asked.until.unwrap_or(from);
    let mut checks = Checks::default();
    if until.first() < from.first() {
        checks.refuse("until", Wrong::Before("from"));
    }
    if from.first() + Months::new(MOST_MONTHS) <= until.first() {
        checks.refuse("until", Wrong::NotA("a month within a year of the first"));
    }
    checks.within("standing_cents", asked.standing.0, 0, MOST_STANDING);
    checks.done()?;
    let period = Period { from: from.first(), until: until.last() };
    let parties = gather::parties(app, pool, period).await?;
    let weights = weights_of(app, pool).await?;
    let (mut lines, mut payments) =
        membership::sharing::share(&parties, asked.standing, asked.key, &weights.into());
    if let Eyes::Office(own) = eyes {
        lines.retain(|line| line.office == own);
        payments.retain(|one| one.from == Some(own) || one.to == Some(own));
    }
    Ok(Sharing {
        pool: pool.id,
        from,
        until,
        key: asked.key,
        standing: asked.standing,
        duties: parties.iter().filter_map(|party| party.duties).sum(),
        charged: parties.iter().map(|party| party.charged).sum(),
        weights,
        lines,
        payments,
    })
}

async fn weights_of(app: &App, pool: &Pool) -> Result<HourWeights, Error> {
    let tx = app.read(scope::Pool { pool: pool.id, viewer: pool.board }).await?;
    Ok(share_weights::of(&tx, pool.id).await?)
}
