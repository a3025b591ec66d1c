//! Drafts: asked for, stopped, put aside, and found again.

use chrono::NaiveDate;
use domain::{BuildProgress, PoolId, Rota, RotaId, RotaStatus, time};
use scheduling::needs::{self, Period};
use storage::{needs as stored_needs, pools, rotas};

use super::{build, planned, scope_of, tell_board, tell_today, the_pool, the_rota};
use crate::{
    App, Caller, Error, Planner, Refusal,
    jobs::{Job, builds},
};

/// The longest period one rota may cover, in days: thirteen weeks.
pub const LONGEST: i64 = 13 * 7;
/// How many days ahead a rota may begin: nobody plans further, and dates without end break calendars.
const FARTHEST: i64 = 2 * 366;

/// A new draft for the days from `from` to `until` (both included), and a job that builds it.
///
/// # Errors
/// If the period is wrong, too long or past, or no need of the pool makes a slot in it.
pub async fn ask(
    app: &App,
    planner: &Caller<Planner>,
    pool: PoolId,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<RotaId, Error> {
    let tx = app.write(planned(planner, pool)?).await?;
    pools::hold(&tx, pool).await?;
    let pool = the_pool(&tx, pool).await?;
    let now = tx.now();
    check_period(from, until, time::day(now, pool.zone))?;
    let needs = stored_needs::of_pool(&tx, pool.id).await?;
    if needs::slots(&needs, Period { from, until }, pool.zone, pool.calendar).is_empty() {
        return Err(Refusal::NoNeeds.into());
    }
    let rota = Rota {
        id: app.mint(),
        pool: pool.id,
        number: rotas::next_number(&tx, pool.id).await?,
        from,
        until,
        status: RotaStatus::Building,
        seed: 1,
        stop_asked: false,
        progress: BuildProgress::default(),
        outcome: None,
        message: None,
        created_by: Some(planner.person()),
        created_at: now,
        published_by: None,
        published_at: None,
        version: 1,
    };
    rotas::add(&tx, &rota).await?;
    let job = Job::BuildRota { pool: pool.id, rota: rota.id, seed: rota.seed };
    crate::jobs::enqueue(app, &tx, &job).await?;
    tell_today(&tx, pool.id);
    tx.commit().await?;
    Ok(rota.id)
}

/// Builds a draft again: pinned places stay, the others may change.
///
/// # Errors
/// If it is no draft, or somebody changed it first.
pub async fn rebuild(app: &App, planner: &Caller<Planner>, rota: RotaId, version: i32) -> Result<(), Error> {
    let scope = scope_of(app, planner, rota).await?;
    let tx = app.write(scope).await?;
    let mut rota = the_rota(&tx, rota).await?;
    expect_draft(&rota)?;
    if rota.version != version {
        return Err(Error::Stale);
    }
    check_period(rota.from, rota.until, time::day(tx.now(), the_pool(&tx, rota.pool).await?.zone))?;
    rota.status = RotaStatus::Building;
    rota.seed += 1;
    rota.stop_asked = false;
    rota.progress = BuildProgress::default();
    rota.outcome = None;
    rotas::change(&tx, &rota).await?;
    let job = Job::BuildRota { pool: rota.pool, rota: rota.id, seed: rota.seed };
    crate::jobs::enqueue(app, &tx, &job).await?;
    tell_board(&tx, rota.pool, rota.id);
    tell_today(&tx, rota.pool);
    Ok(tx.commit().await?)
}

/// Asks a build to stop and keep what it has. Asking a build that has ended changes nothing; one that
/// waits for its turn, or that failed and that nobody works on, ends here.
///
/// # Errors
/// If there is no such rota.
pub async fn stop(app: &App, planner: &Caller<Planner>, rota: RotaId) -> Result<(), Error> {
    let tx = app.write(scope_of(app, planner, rota).await?).await?;
    let rota = the_rota(&tx, rota).await?;
    if rota.status != RotaStatus::Building {
        return Ok(());
    }
    rotas::ask_to_stop(&tx, rota.id).await?;
    tell_board(&tx, rota.pool, rota.id);
    tx.commit().await?;
    if !builds::is_in_hand(app, &rota).await? {
        build::give_up(app, rota.pool, rota.id, rota.seed).await?;
        builds::withdraw(app, &rota).await?;
    }
    Ok(())
}

/// Puts a draft aside, while it is built or after.
///
/// # Errors
/// If it was published, or somebody changed it first.
pub async fn discard(app: &App, planner: &Caller<Planner>, rota: RotaId, version: i32) -> Result<(), Error> {
    let tx = app.write(scope_of(app, planner, rota).await?).await?;
    let mut rota = the_rota(&tx, rota).await?;
    match rota.status {
        RotaStatus::Discarded => return Ok(()),
        RotaStatus::Draft | RotaStatus::Building => {}
        RotaStatus::Published | RotaStatus::Superseded => return Err(Refusal::NotADraft.into()),
    }
    if rota.version != version {
        return Err(Error::Stale);
    }
    rota.status = RotaStatus::Discarded;
    rotas::change(&tx, &rota).await?;
    tell_board(&tx, rota.pool, rota.id);
    tell_today(&tx, rota.pool);
    tx.commit().await?;
    builds::withdraw(app, &rota).await
}

/// The rota a planner most likely wants to see: the one that covers today (a draft before what is
/// published), else the newest draft ahead, else what is published next. Nothing where all of them are over:
/// then it is time to make one.
///
/// # Errors
/// If the pool is not the planner's.
pub async fn around_now(app: &App, planner: &Caller<Planner>, pool: PoolId) -> Result<Option<RotaId>, Error> {
    let tx = app.read(planned(planner, pool)?).await?;
    let today = time::day(tx.now(), the_pool(&tx, pool).await?.zone);
    let rotas = rotas::of_pool(&tx, pool).await?;
    Ok(most_wanted(&rotas, today).map(|rota| rota.id))
}

/// The last published rota, where none is wanted around now.
///
/// # Errors
/// If the pool is not the planner's.
pub async fn last(app: &App, planner: &Caller<Planner>, pool: PoolId) -> Result<Option<RotaId>, Error> {
    let tx = app.read(planned(planner, pool)?).await?;
    let rotas = rotas::of_pool(&tx, pool).await?;
    let published = rotas.iter().filter(|rota| rota.status == RotaStatus::Published);
    Ok(published.max_by_key(|rota| rota.until).map(|rota| rota.id))
}

/// See [`around_now`]; `rotas` stand newest first.
fn most_wanted(rotas: &[Rota], today: NaiveDate) -> Option<&Rota> {
    let open = || {
        let ahead = |rota: &&Rota| {
            matches!(rota.status, RotaStatus::Draft | RotaStatus::Building) && today <= rota.until
        };
        rotas.iter().filter(ahead)
    };
    let published = || rotas.iter().filter(|rota| rota.status == RotaStatus::Published);
    let today_in = |rota: &&Rota| rota.from <= today && today <= rota.until;
    // What nobody published, such as past duties that were imported, does not hide what somebody did.
    let by_somebody = |rota: &&Rota| rota.published_by.is_some();
    open()
        .find(today_in)
        .or_else(|| published().filter(by_somebody).find(today_in))
        .or_else(|| published().find(today_in))
        .or_else(|| open().next())
        .or_else(|| published().filter(|rota| today < rota.from).min_by_key(|rota| rota.from))
}

/// Refuses what is no draft, with the reason.
pub(super) fn expect_draft(rota: &Rota) -> Result<(), Error> {
    match rota.status {
        RotaStatus::Draft => Ok(()),
        RotaStatus::Building => Err(Refusal::StillBuilding.into()),
        _ => Err(Refusal::NotADraft.into()),
    }
}

fn check_period(from: NaiveDate, until: NaiveDate, today: NaiveDate) -> Result<(), Error> {
    if until < from || (from - today).num_days() > FARTHEST {
        Err(Refusal::PeriodIsWrong.into())
    } else if until < today {
        Err(Refusal::InThePast.into())
    } else if (until - from).num_days() >= LONGEST {
        Err(Refusal::PeriodIsTooLong.into())
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Days};
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_rota_of_another_age_is_refused() {
        let today = day("2026-12-04");
        assert!(check_period(day("2028-12-01"), day("2028-12-28"), today).is_ok());
        for far in ["2029-01-01", "9999-12-01", "+262142-12-01"] {
            assert!(check_period(day(far), day(far), today).is_err(), "{far}");
        }
    }

    fn rota(number: u32, from: &str, until: &str, status: RotaStatus) -> Rota {
        Rota {
            id: RotaId(Uuid::from_u128(u128::from(number))),
            pool: PoolId(Uuid::nil()),
            number,
            from: day(from),
            until: day(until),
            status,
            seed: 1,
            stop_asked: false,
            progress: BuildProgress::default(),
            outcome: None,
            message: None,
            created_by: None,
            created_at: DateTime::UNIX_EPOCH,
            published_by: None,
            published_at: None,
            version: 1,
        }
    }

    #[test]
    fn thirteen_weeks_are_the_longest_period() {
        let from = day("2026-07-06");
        assert!(check_period(from, from + Days::new(90), from).is_ok());
        let refused = check_period(from, from + Days::new(91), from);
        assert!(matches!(refused, Err(Error::Refused(Refusal::PeriodIsTooLong))));
    }

    #[test]
    fn a_period_that_runs_backwards_or_is_past_is_refused() {
        let refused = check_period(day("2026-07-06"), day("2026-07-05"), day("2026-07-01"));
        assert!(matches!(refused, Err(Error::Refused(Refusal::PeriodIsWrong))));
        let refused = check_period(day("2026-06-01"), day("2026-06-30"), day("2026-07-01"));
        assert!(matches!(refused, Err(Error::Refused(Refusal::InThePast))));
        assert!(check_period(day("2026-06-01"), day("2026-07-01"), day("2026-07-01")).is_ok());
    }

    #[test]
    fn the_rota_of_today_is_wanted_before_the_draft_of_next_month() {
        let rotas = [
            rota(4, "2026-07-06", "2026-07-12", RotaStatus::Draft),
            rota(3, "2026-09-01", "2026-09-30", RotaStatus::Draft),
            rota(2, "2026-07-01", "2026-07-31", RotaStatus::Published),
        ];
        assert_eq!(most_wanted(&rotas, day("2026-07-10")).unwrap().number, 4);
        assert_eq!(most_wanted(&rotas, day("2026-07-20")).unwrap().number, 2);
        assert_eq!(most_wanted(&rotas, day("2026-08-20")).unwrap().number, 3);
    }

    #[test]
    fn without_a_rota_for_today_the_next_published_one_is_wanted_and_never_one_that_is_over() {
        let rotas = [
            rota(4, "2026-10-01", "2026-10-31", RotaStatus::Published),
            rota(3, "2026-09-01", "2026-09-30", RotaStatus::Published),
            rota(2, "2026-07-01", "2026-07-31", RotaStatus::Published),
            rota(1, "2026-08-01", "2026-08-31", RotaStatus::Discarded),
        ];
        assert_eq!(most_wanted(&rotas, day("2026-08-10")).unwrap().number, 3);
        assert!(most_wanted(&rotas, day("2026-12-10")).is_none());
    }
}
