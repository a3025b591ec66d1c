//! The size of a pool's offices, by which costs may be shared: its board says it.

use chrono::NaiveDate;
use domain::{KeyFigures, Membership, OrganisationId, PoolId, time};
use storage::{audit, memberships, pools, scope};

use crate::{
    App, Caller, Error, Keeper, Planner,
    checks::{Checks, Wrong},
    kept::{Kept, Seen},
    rota::{planned, the_pool},
};

/// What is said of each office that is a member now, by office.
pub type Figures = Vec<(OrganisationId, KeyFigures)>;

/// What is said of the offices of one of the keeper's pools.
///
/// # Errors
/// If the pool is not theirs.
pub async fn get(app: &App, keeper: &Caller<Keeper>, pool: PoolId) -> Result<Kept<Figures>, Error> {
    if !keeper.pools().contains(&pool) {
        return Err(Error::NotFound("pool"));
    }
    let tx = app.read(scope::Pool { pool, viewer: keeper.organisation() }).await?;
    let today = time::day(tx.now(), the_pool(&tx, pool).await?.zone);
    Ok(Kept::of(current(memberships::figures_of_pool(&tx, pool).await?, today)))
}

/// Says the size of offices of a pool that the planner organises; offices not named stay as they are.
///
/// # Errors
/// If the pool is not theirs, an office is no member of it now, or somebody else said something since.
pub async fn say(
    app: &App,
    planner: &Caller<Planner>,
    pool: PoolId,
    seen: &Seen,
    said: &Figures,
) -> Result<Kept<Figures>, Error> {
    let tx = app.write(planned(planner, pool)?).await?;
    pools::hold(&tx, pool).await?;
    let today = time::day(tx.now(), the_pool(&tx, pool).await?.zone);
    let all = memberships::figures_of_pool(&tx, pool).await?;
    seen.check(current(all.clone(), today))?;
    let mut checks = Checks::default();
    for (office, figures) in said {
        let member = all.iter().find(|(one, _)| one.organisation == *office && runs(one, today));
        match member {
            Some((member, _)) => memberships::say_figures(&tx, member.id, *figures).await?,
            None => checks.refuse("offices", Wrong::NotA("a member of the pool now")),
        }
    }
    checks.done()?;
    let entry = audit::Entry {
        organisation: Some(planner.organisation()),
        person: Some(planner.person()),
        verb: "say_key_figures",
        object_kind: "pool",
        object: Some(pool.0),
        detail: None,
    };
    audit::add(&tx, entry).await?;
    let now = current(memberships::figures_of_pool(&tx, pool).await?, today);
    tx.commit().await?;
    Ok(Kept::of(now))
}

fn runs(member: &Membership, today: NaiveDate) -> bool {
    member.from <= today && member.until.is_none_or(|last| today <= last)
}

fn current(all: Vec<(Membership, KeyFigures)>, today: NaiveDate) -> Figures {
    let mut now: Figures = all
        .into_iter()
        .filter(|(member, _)| runs(member, today))
        .map(|(member, figures)| (member.organisation, figures))
        .collect();
    now.sort_unstable_by_key(|(office, _)| *office);
    now
}
