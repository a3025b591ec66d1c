//! One day otherwise: on a date other hours are asked for than usually, or nobody.

use chrono::NaiveDate;
use domain::{Days, Need, NeedId, PoolId, Season, Window, time};
use storage::{audit, needs as stored, scope};

use super::{found::Wanted, needs};
use crate::{
    App, Caller, Error, Planner,
    checks::{Checks, Wrong},
    rota::{planned, the_pool},
    topics,
};

/// Whoever is usually asked for on `day` is not; instead, `hours` are, if there are any. Rotas that were
/// built stay as they are.
///
/// # Errors
/// If the pool is not theirs, the day is over, or a field is wrong.
pub async fn otherwise(
    app: &App,
    planner: &Caller<Planner>,
    pool: PoolId,
    day: NaiveDate,
    hours: Option<Wanted>,
) -> Result<(), Error> {
    let tx = app.write(planned(planner, pool)?).await?;
    let kept = the_pool(&tx, pool).await?;
    let mut checks = Checks::default();
    checks.days(day, None);
    if day < time::day(tx.now(), kept.zone) {
        checks.refuse("day", Wrong::NotA("a day to come"));
    }
    checks.done()?;
    for need in stored::of_pool(&tx, pool).await? {
        if need.applies_on(day, kept.calendar) {
            let need = stored::hold(&tx, need.id).await?;
            leave_out(&tx, need, day).await?;
        }
    }
    if let Some(Wanted { window, leads, backups, languages, skills, kind, .. }) = hours {
        let window = Window { days: Days::ALL, ..window };
        let (season, from, until) = (Season::default(), day, Some(day));
        let asked = needs::Asked { window, leads, backups, languages, skills, kind, from, until, season };
        let members = needs::members(&tx, pool).await?;
        stored::add(&tx, &asked.checked(app.mint(), pool, &members)?).await?;
    }
    let entry = needs::entry(planner, "ask_otherwise", NeedId(pool.0));
    audit::add(&tx, audit::Entry { object_kind: "pool", ..entry }).await?;
    tx.signal(topics::today(pool));
    Ok(tx.commit().await?)
}

async fn leave_out(tx: &storage::Tx<scope::Pool>, need: Need, day: NaiveDate) -> Result<(), Error> {
    let mut season = need.season.clone();
    season.except.push(day);
    season.except.sort_unstable();
    Ok(stored::change(tx, &Need { season, ..need }).await?)
}

/// A need runs on `day` again.
///
/// # Errors
/// If there is no such need of theirs that leaves the day out.
pub async fn as_usual(
    app: &App,
    planner: &Caller<Planner>,
    need: NeedId,
    day: NaiveDate,
) -> Result<(), Error> {
    let pool = needs::pool_of(app, planner, need).await?;
    let tx = app.write(planned(planner, pool)?).await?;
    let mut kept = stored::hold(&tx, need).await?;
    let before = kept.season.except.len();
    kept.season.except.retain(|one| *one != day);
    if kept.season.except.len() == before {
        return Err(Error::NotFound("day"));
    }
    stored::change(&tx, &kept).await?;
    audit::add(&tx, needs::entry(planner, "ask_as_usual", need)).await?;
    tx.signal(topics::today(pool));
    Ok(tx.commit().await?)
}
