//! Jumps of the demo's clock: to a time of day, this evening's duty, Saturday, a moment of nobody.

use chrono::{DateTime, Datelike, Days, Duration, NaiveTime, Timelike, Utc, Weekday};
use domain::{Pool, Shift, Span, Tz, time};
use storage::{pools, scope, shifts};

use super::only_in_the_demo;
use crate::{App, Error, Refusal, clock};

/// How far ahead duties are looked at.
const AHEAD: Duration = Duration::days(14);

/// Where to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jump {
    /// The next time the clocks show this.
    At(NaiveTime),
    /// Just after the start of the next evening's duty.
    Evening,
    /// The middle of the next Saturday.
    Saturday,
    /// A moment at which nobody is on duty.
    Nobody,
    /// An instant.
    To(DateTime<Utc>),
}

impl Jump {
    /// The jump written as `text`: `21:14`, `evening`, `saturday`, `nobody`, or an instant of RFC 3339.
    pub fn from_text(text: &str) -> Option<Self> {
        match text {
            "evening" => Some(Self::Evening),
            "saturday" => Some(Self::Saturday),
            "nobody" => Some(Self::Nobody),
            _ => NaiveTime::parse_from_str(text, "%H:%M").map(Self::At).ok().or_else(|| {
                DateTime::parse_from_rfc3339(text).ok().map(|instant| Self::To(instant.to_utc()))
            }),
        }
    }
}

/// Moves the demo's clock.
///
/// # Errors
/// If this is no demo, or there is no such moment within two weeks.
pub async fn jump(app: &App, to: Jump) -> Result<(), Error> {
    only_in_the_demo(app)?;
    let now = app.clock.now();
    let (pool, duties) = duties(app, now).await?;
    let target = target(to, now, pool.zone, &duties).ok_or(Refusal::FieldIsWrong)?;
    clock::put_to(app, target).await
}

/// The demo region's pool and its coming duties.
async fn duties(app: &App, now: DateTime<Utc>) -> Result<(Pool, Vec<Shift>), Error> {
    let tx = app.read(scope::System).await?;
    let pool = pools::all(&tx).await?.into_iter().next().ok_or(Error::NotFound("pool"))?;
    drop(tx);
    let tx = app.read(scope::Pool { pool: pool.id, viewer: pool.board }).await?;
    let ahead = Span::new(now, now + AHEAD).map_err(|_| Refusal::FieldIsWrong)?;
    let shifts = shifts::of_pool(&tx, pool.id, ahead).await?;
    Ok((pool, shifts))
}

fn target(to: Jump, now: DateTime<Utc>, zone: Tz, duties: &[Shift]) -> Option<DateTime<Utc>> {
    match to {
        Jump::To(instant) => Some(instant),
        Jump::At(time) => next(now, zone, time, |_| true),
        Jump::Saturday => {
            let noon = NaiveTime::from_hms_opt(14, 0, 0)?;
            next(now, zone, noon, |day| day == Weekday::Sat)
        }
        Jump::Evening => evening(now, zone, duties),
        Jump::Nobody => nobody(now, duties),
    }
}

/// The next instant after `now` at which the clocks in `zone` show `time` on a day that is `right`.
fn next(
    now: DateTime<Utc>,
    zone: Tz,
    time: NaiveTime,
    right: impl Fn(Weekday) -> bool,
) -> Option<DateTime<Utc>> {
    let today = time::day(now, zone);
    (0..=14)
        .filter_map(|ahead| today.checked_add_days(Days::new(ahead)))
        .filter(|day| right(day.weekday()))
        .map(|day| time::to_utc(day.and_time(time), zone))
        .find(|instant| *instant > now)
}

/// A minute into the next duty that starts at five in the afternoon or later.
fn evening(now: DateTime<Utc>, zone: Tz, duties: &[Shift]) -> Option<DateTime<Utc>> {
    let starts = duties.iter().map(|duty| duty.span.start()).filter(|start| *start > now);
    let evening = starts.filter(|start| time::wall(*start, zone).hour() >= 17).min();
    evening.map(|start| start + Duration::minutes(1))
}

/// Half an hour into the next gap between duties; now, if nobody is on duty now.
fn nobody(now: DateTime<Utc>, duties: &[Shift]) -> Option<DateTime<Utc>> {
    let running =
        |at: DateTime<Utc>| duties.iter().filter(move |duty| duty.span.start() <= at && at < duty.span.end());
    let mut gap = now;
    while let Some(end) = running(gap).map(|duty| duty.span.end()).max() {
        gap = end;
    }
    let within = gap + Duration::minutes(30);
    Some(if gap > now && running(within).next().is_none() { within } else { gap })
}

#[cfg(test)]
mod tests {
    use domain::{DutyKind, Rung};
    use uuid::Uuid;

    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn duty(start: &str, end: &str) -> Shift {
        Shift {
            id: Uuid::nil().into(),
            pool: Uuid::nil().into(),
            rota: Uuid::nil().into(),
            need: Uuid::nil().into(),
            person: Uuid::nil().into(),
            rung: Rung::Lead,
            kind: DutyKind::Active,
            span: Span::new(instant(start), instant(end)).unwrap(),
            sequence: 0,
            changed_at: instant(start),
            told_at: None,
            cancelled_at: None,
        }
    }

    fn jumped(to: &str, now: &str) -> String {
        // Friday evening, then the whole Saturday in two halves that meet.
        let duties = [
            duty("2026-12-04T17:00:00Z", "2026-12-04T21:00:00Z"),
            duty("2026-12-05T08:00:00Z", "2026-12-05T15:00:00Z"),
            duty("2026-12-05T15:00:00Z", "2026-12-05T21:00:00Z"),
        ];
        let to = Jump::from_text(to).unwrap();
        target(to, instant(now), Tz::Europe__Paris, &duties).unwrap().to_rfc3339()
    }

    #[test]
    fn a_time_of_day_is_the_next_one() {
        assert_eq!(jumped("21:14", "2026-12-04T18:00:00Z"), "2026-12-04T20:14:00+00:00");
        assert_eq!(jumped("21:14", "2026-12-04T20:14:00Z"), "2026-12-05T20:14:00+00:00");
    }

    #[test]
    fn evening_is_a_minute_into_the_next_evenings_duty() {
        assert_eq!(jumped("evening", "2026-12-04T10:00:00Z"), "2026-12-04T17:01:00+00:00");
    }

    #[test]
    fn saturday_is_the_next_one_in_the_afternoon() {
        assert_eq!(jumped("saturday", "2026-12-04T10:00:00Z"), "2026-12-05T13:00:00+00:00");
        assert_eq!(jumped("saturday", "2026-12-05T14:00:00Z"), "2026-12-12T13:00:00+00:00");
    }

    #[test]
    fn nobody_is_half_an_hour_after_the_last_of_duties_that_meet() {
        assert_eq!(jumped("nobody", "2026-12-05T09:00:00Z"), "2026-12-05T21:30:00+00:00");
        assert_eq!(jumped("nobody", "2026-12-04T03:00:00Z"), "2026-12-04T03:00:00+00:00");
    }

    #[test]
    fn an_instant_is_taken_at_its_word_and_nonsense_is_not() {
        assert_eq!(jumped("2026-12-04T19:00:00+01:00", "2026-12-04T10:00:00Z"), "2026-12-04T18:00:00+00:00");
        assert_eq!(Jump::from_text("tomorrow"), None);
        assert_eq!(Jump::from_text("25:00"), None);
    }
}
