//! Proposals: what visitors wrote in the last weeks, and the needs it speaks for. A planning aid.
//!
//! Planners see totals: each office's own scope is opened for it, and only instants come out.

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{DemandTerms, OrganisationId, Outlook, PoolId, time};
use scheduling::{demand::outlook, needs::Period};
use storage::{memberships, needs};

use crate::{
    App, Caller, Error, Planner,
    checks::Checks,
    rota::{demand, planned, scene, the_pool},
};

/// What the last weeks propose for a pool of the planner's.
///
/// # Errors
/// If the pool is not theirs, or one of `terms` is out of bounds.
pub async fn of_pool(
    app: &App,
    planner: &Caller<Planner>,
    pool: PoolId,
    terms: DemandTerms,
) -> Result<Outlook, Error> {
    let scope = planned(planner, pool)?;
    let mut checks = Checks::default();
    checks.within("handling_minutes", terms.handling.0, 1, 120);
    checks.within("within_minutes", terms.within.0, 1, 120);
    checks.within("patience_minutes", terms.patience.0, 1, 120);
    checks.within("percent", terms.percent, 50, 99);
    checks.done()?;
    let tx = app.read(scope).await?;
    let pool = the_pool(&tx, pool).await?;
    let needs = needs::of_pool(&tx, pool.id).await?;
    let today = time::day(tx.now(), pool.zone);
    let members = memberships::of_pool(&tx, pool.id).await?;
    drop(tx);
    let running = members
        .iter()
        .filter(|one| one.from <= today && one.until.is_none_or(|last| today <= last))
        .map(|one| one.organisation);
    let offices: Vec<OrganisationId> = running.collect();
    let period = weeks_before(today);
    let arrivals = demand::arrivals(app, &offices, scene::whole(period, pool.zone)).await?;
    let period = Period { from: first_day(&arrivals, pool.zone).unwrap_or(period.from), ..period };
    Ok(outlook::outlook(&arrivals, period, &needs, (pool.zone, pool.calendar), terms))
}

/// Whole weeks that end with yesterday.
fn weeks_before(today: NaiveDate) -> Period {
    Period { from: today - Days::new(7 * u64::from(demand::WEEKS)), until: today - Days::new(1) }
}

/// The day of the first message: where a house is young, the days before it say nothing.
fn first_day(arrivals: &[DateTime<Utc>], zone: domain::Tz) -> Option<NaiveDate> {
    arrivals.iter().min().map(|at| time::day(*at, zone))
}
