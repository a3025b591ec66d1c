//! Somebody cannot come: those who could step in are asked one after the other, until one does. Once all
//! were asked we look again until the duty is over: somebody may be back, or free again. And what nobody
//! took comes to an end with its hours.

use chrono::{DateTime, Duration, NaiveTime, Timelike, Utc};
use domain::{Called, Handover, HandoverId, HandoverKind, HandoverStatus, PersonId, PoolId, Tz, time};
use storage::{Tx, handovers, pools, scope, shifts};

use super::{
    eligible::{How, judged, rest_of},
    ground::Ground,
    letters::{self, Letter},
    stands, tell_pages,
};
use crate::{
    App, Error,
    jobs::{self, Job},
    rota::{build::board_scope, the_pool},
};

/// How long somebody has before the next one is asked too.
pub const TURN: Duration = Duration::minutes(10);
/// How long we wait before we look again whether somebody else could, while there is time.
const PATIENCE: Duration = Duration::hours(1);
/// So shortly before a duty people are asked at any hour.
const URGENT: Duration = Duration::hours(12);
/// From this hour of the evening on nobody is asked …
const QUIET_FROM: u32 = 21;
/// … until this one of the morning.
const QUIET_UNTIL: u32 = 8;

/// Asks for the first call, now or as soon as it is no longer quiet.
pub(super) async fn soon(app: &App, tx: &Tx<scope::Pool>, one: &Handover) -> Result<(), Error> {
    let zone = the_pool(tx, one.pool).await?.zone;
    next(app, tx, one, (tx.now(), zone), 0).await
}

async fn next(
    app: &App,
    tx: &Tx<scope::Pool>,
    one: &Handover,
    (from, zone): (DateTime<Utc>, Tz),
    look: u32,
) -> Result<(), Error> {
    let turn = u32::try_from(one.called.len()).unwrap_or(u32::MAX);
    let job = Job::CallNext { pool: one.pool, handover: one.id, turn, look };
    jobs::enqueue_at(app, tx, &job, call_time(from, one.span.start(), zone)).await?;
    Ok(())
}

/// Whether nobody is written to about duties now, unless it is urgent.
pub(super) fn is_quiet(at: DateTime<Utc>, zone: Tz) -> bool {
    !(QUIET_UNTIL..QUIET_FROM).contains(&at.with_timezone(&zone).hour())
}

/// The first moment from `at` on at which people may be asked about a duty that begins at `start`.
fn call_time(at: DateTime<Utc>, start: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let urgent = start - URGENT;
    let wall = at.with_timezone(&zone);
    if urgent <= at || !is_quiet(at, zone) {
        return at;
    }
    let today = wall.date_naive();
    let morning = if wall.hour() < QUIET_UNTIL { today } else { today + chrono::Days::new(1) };
    let eight = NaiveTime::from_hms_opt(QUIET_UNTIL, 0, 0).expect("eight is an hour of the day");
    time::to_utc(morning.and_time(eight), zone).min(urgent)
}

/// Asks whoever comes next to step in, unless somebody does already or this turn was taken before. Where
/// nobody is left to ask, this was look number `look` of the turn, and there will be another.
///
/// # Errors
/// If the tables cannot be read or written; the job is then tried again.
pub async fn call_next(app: &App, pool: PoolId, id: HandoverId, turn: u32, look: u32) -> Result<(), Error> {
    let Some(scope) = board_scope(app, pool).await? else { return Ok(()) };
    let tx = app.write(scope).await?;
    pools::hold(&tx, pool).await?;
    let Some(one) = handovers::get(&tx, id).await? else { return Ok(()) };
    let its_turn = usize::try_from(turn).is_ok_and(|turn| turn == one.called.len());
    let open = one.status == HandoverStatus::Open && one.kind == HandoverKind::Absence;
    if !its_turn || !open {
        return Ok(());
    }
    let shift = shifts::get(&tx, one.shift).await?.filter(|shift| stands(&one, Some(shift)));
    let (Some(shift), Some(part)) = (shift, rest_of(one.span, tx.now())) else { return Ok(()) };
    let ground = Ground::load(&tx, pool, &[part]).await?;
    let people: Vec<PersonId> = ground.people().collect();
    let how = How::WILLINGLY.where_absent(true);
    let list = judged(how, || app.mint(), &ground, (&shift, part), &people);
    let asked = |person| one.called.iter().any(|called: &Called| called.person == person);
    let whom = list.iter().find(|one| one.may() && !asked(one.person)).map(|one| one.person);
    let zone = ground.scene.pool.zone;
    let before = one;
    let mut one = Handover { all_called: whom.is_none(), ..before.clone() };
    match whom {
        Some(person) => {
            one.called.push(Called { person, at: tx.now() });
            letters::write(app, &tx, &one, shift.rung, person, Letter::StepIn).await?;
            next(app, &tx, &one, (tx.now() + TURN, zone), 0).await?;
            tx.signal(crate::topics::shifts(person));
        }
        None => {
            let wait = if one.span.start() - URGENT <= tx.now() { TURN } else { PATIENCE };
            next(app, &tx, &one, (tx.now() + wait, zone), look.saturating_add(1)).await?;
        }
    }
    if one != before {
        handovers::change(&tx, &one).await?;
        tell_pages(&tx, &one);
    }
    Ok(tx.commit().await?)
}

/// Ends what nobody took, once it is too late for it.
///
/// # Errors
/// If the tables cannot be read or written; the job is then tried again.
pub async fn lapse(app: &App, pool: PoolId, id: HandoverId) -> Result<(), Error> {
    let Some(scope) = board_scope(app, pool).await? else { return Ok(()) };
    let tx = app.write(scope).await?;
    pools::hold(&tx, pool).await?;
    let Some(one) = handovers::get(&tx, id).await? else { return Ok(()) };
    if !one.status.is_under_way() || tx.now() < one.deadline() {
        return Ok(());
    }
    let one = Handover { status: HandoverStatus::Lapsed, settled_at: Some(tx.now()), ..one };
    handovers::change(&tx, &one).await?;
    tell_pages(&tx, &one);
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse::<DateTime<chrono::FixedOffset>>().unwrap().to_utc()
    }

    fn called(now: &str, start: &str) -> DateTime<Utc> {
        call_time(at(now), at(start), Tz::Europe__Paris)
    }

    #[test]
    fn by_day_people_are_asked_at_once() {
        let now = "2026-12-07T20:59:00+01:00";
        assert_eq!(called(now, "2026-12-11T18:00:00+01:00"), at(now));
    }

    #[test]
    fn by_night_the_morning_is_awaited() {
        let morning = at("2026-12-08T08:00:00+01:00");
        for now in ["2026-12-07T21:00:00+01:00", "2026-12-08T07:59:00+01:00"] {
            assert_eq!(called(now, "2026-12-11T18:00:00+01:00"), morning, "{now}");
        }
    }

    #[test]
    fn a_duty_within_twelve_hours_is_worth_a_call_at_night() {
        let now = "2026-12-07T23:00:00+01:00";
        assert_eq!(called(now, "2026-12-08T09:00:00+01:00"), at(now));
        let six = at("2026-12-08T06:00:00+01:00");
        assert_eq!(called(now, "2026-12-08T18:00:00+01:00"), six);
    }

    #[test]
    fn the_night_on_which_clocks_change_has_its_own_morning() {
        let morning = at("2026-10-25T08:00:00+01:00");
        assert_eq!(called("2026-10-24T22:00:00+02:00", "2026-10-28T18:00:00+01:00"), morning);
    }
}
