//! Time: wall clocks become instants here and nowhere else.
//!
//! Offices think in wall clocks ([`Window`], a zone); we store, compare and send instants in UTC.

use std::{fmt, ops::RangeInclusive};

use chrono::{
    DateTime, Datelike, Days as CivilDays, Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime,
};
use chrono::{TimeZone, Utc, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::holidays::Calendar;

/// The years in which somebody's days may lie, in forms, files and programs alike: whoever works today may
/// have begun in the first of them, and calendars and databases reach to the last.
pub const YEARS: RangeInclusive<i32> = 1950..=2199;

/// The instant at which the clocks in `zone` show `wall`.
///
/// Twice a year that question has two answers or none. We answer as calendars do
/// (RFC 5545 §3.3.5), so that a phone and our pages agree: in the autumn fold, the first of
/// the two; in the spring gap, as if the clocks had not yet changed (02:30 becomes 03:30).
pub fn to_utc(wall: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(instant) | LocalResult::Ambiguous(instant, _) => instant.to_utc(),
        LocalResult::None => before_the_gap(wall, zone),
    }
}

/// Reads `wall` with the offset in force just before the gap it falls into.
fn before_the_gap(wall: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    // No gap of a civil clock is longer than a day (Samoa skipped one whole day in 2011).
    let earlier = (1..=25)
        .find_map(|hours| {
            let wall_before = wall - Duration::hours(hours);
            zone.from_local_datetime(&wall_before).latest().map(|instant| (hours, instant.to_utc()))
        })
        .expect("a gap of a civil clock is at most a day long");
    earlier.1 + Duration::hours(earlier.0)
}

/// What the clocks in `zone` show at `instant`.
pub fn wall(instant: DateTime<Utc>, zone: Tz) -> NaiveDateTime {
    instant.with_timezone(&zone).naive_local()
}

/// The civil day in `zone` at `instant`.
pub fn day(instant: DateTime<Utc>, zone: Tz) -> NaiveDate {
    wall(instant, zone).date()
}

/// The civil day in `zone`, midnight to midnight: 23 or 25 hours long when the clocks change.
pub fn civil_day(day: NaiveDate, zone: Tz) -> Span {
    let tomorrow =
        day.checked_add_days(CivilDays::new(1)).expect("calendars here end long before year 262000");
    Span {
        start: to_utc(day.and_time(NaiveTime::MIN), zone),
        end: to_utc(tomorrow.and_time(NaiveTime::MIN), zone),
    }
}

/// The Monday of the civil week that holds `day`.
pub fn monday_of(day: NaiveDate) -> NaiveDate {
    day - CivilDays::new(u64::from(day.weekday().num_days_from_monday()))
}

/// Cut to whole microseconds, which is what both databases keep.
pub fn to_micros(instant: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(instant.timestamp_micros()).expect("it was an instant before it was cut")
}

/// A length of time in whole minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Minutes(pub u32);

impl Minutes {
    /// `hours` as minutes.
    pub const fn hours(hours: u32) -> Self {
        Self(hours * 60)
    }

    /// As a duration of the calendar library.
    pub fn duration(self) -> Duration {
        Duration::minutes(i64::from(self.0))
    }
}

impl std::ops::Add for Minutes {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl std::iter::Sum for Minutes {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        lengths.fold(Self(0), std::ops::Add::add)
    }
}

/// A span whose end would not come after its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a span ends after it starts")]
pub struct EndsBeforeItStarts;

/// A stretch of time, end excluded. It is never empty and never runs backwards.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawSpan")]
pub struct Span {
    start: DateTime<Utc>,
    end: DateTime<Utc>,
}

#[derive(Deserialize)]
struct RawSpan {
    start: DateTime<Utc>,
    end: DateTime<Utc>,
}

impl TryFrom<RawSpan> for Span {
    type Error = EndsBeforeItStarts;
    fn try_from(raw: RawSpan) -> Result<Self, Self::Error> {
        Self::new(raw.start, raw.end)
    }
}

impl Span {
    /// From `start` to `end`.
    ///
    /// # Errors
    /// If `end` does not come after `start`.
    pub fn new(start: DateTime<Utc>, end: DateTime<Utc>) -> Result<Self, EndsBeforeItStarts> {
        if start < end { Ok(Self { start, end }) } else { Err(EndsBeforeItStarts) }
    }

    /// The first instant.
    pub fn start(&self) -> DateTime<Utc> {
        self.start
    }

    /// The first instant after it.
    pub fn end(&self) -> DateTime<Utc> {
        self.end
    }

    /// How long, in real minutes (a night on which the clocks go back is an hour longer).
    pub fn length(&self) -> Minutes {
        let minutes = (self.end - self.start).num_minutes();
        Minutes(u32::try_from(minutes).expect("a span here is shorter than eight thousand years"))
    }

    /// Whether `instant` lies in it (the end does not).
    pub fn contains(&self, instant: DateTime<Utc>) -> bool {
        self.start <= instant && instant < self.end
    }

    /// Whether the two share any time; touching ends share none.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The time both share, if any.
    pub fn common(&self, other: &Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end)).ok()
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.start.format("%FT%RZ"), self.end.format("%FT%RZ"))
    }
}

/// Kinds of days: the seven weekdays, and public holidays as an eighth of their own.
///
/// A public holiday is not its weekday: a window for "Monday to Friday" does not open on a
/// holiday that falls on a Tuesday, one for "holidays" does.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Days(pub u8);

impl Days {
    /// Monday to Friday, holidays left out.
    pub const WORKDAYS: Self = Self(0b0001_1111);
    /// Saturday, Sunday and public holidays.
    pub const FREE: Self = Self(0b1110_0000);
    /// All days there are.
    pub const ALL: Self = Self(0b1111_1111);
    /// Public holidays alone.
    pub const HOLIDAYS: Self = Self(0b1000_0000);

    /// One weekday.
    pub fn of(weekday: Weekday) -> Self {
        Self(1 << weekday.num_days_from_monday())
    }

    /// These and those.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of `other` are among these.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether `day` is one of these, under the holidays of `calendar`.
    pub fn hold(self, day: NaiveDate, calendar: Calendar) -> bool {
        self.has(Self::kind(day, calendar))
    }

    /// Which of them `day` is, under the holidays of `calendar`.
    pub fn kind(day: NaiveDate, calendar: Calendar) -> Self {
        if calendar.is_holiday(day) { Self::HOLIDAYS } else { Self::of(day.weekday()) }
    }
}

impl fmt::Debug for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (bit, letter) in "MTWTFSSH".chars().enumerate() {
            write!(f, "{}", if self.0 & (1 << bit) == 0 { '-' } else { letter })?;
        }
        Ok(())
    }
}

/// Hours on certain days, as wall clocks show them. Ending at or before its start, it passes midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Window {
    /// On which days it starts.
    pub days: Days,
    /// When it starts.
    pub from: NaiveTime,
    /// When it ends: a civil time, on the next day if it is not after `from`.
    pub until: NaiveTime,
}

/// From one time of the day to the next that a clock shows as `until`: a whole day if both are the same.
pub fn between(from: NaiveTime, until: NaiveTime) -> Minutes {
    let minutes = (until - from).num_minutes();
    Minutes(u32::try_from(if minutes > 0 { minutes } else { minutes + 24 * 60 }).unwrap_or(0))
}

impl Window {
    /// The stretch of time it opens on `day`, whatever kind of day that is.
    ///
    /// `None` if the clocks jump over all of it, as a window from 02:00 to 03:00 on a spring night.
    pub fn on(&self, day: NaiveDate, zone: Tz) -> Option<Span> {
        let last = if self.until > self.from { day } else { day + CivilDays::new(1) };
        Span::new(to_utc(day.and_time(self.from), zone), to_utc(last.and_time(self.until), zone)).ok()
    }

    /// Its stretches that share time with `span`, in order.
    pub fn spans_in(&self, span: Span, zone: Tz, calendar: Calendar) -> Vec<Span> {
        // One day earlier too: yesterday's window may pass midnight.
        let first = day(span.start, zone) - CivilDays::new(1);
        first
            .iter_days()
            .take_while(|day| *day <= self::day(span.end, zone))
            .filter(|day| self.days.hold(*day, calendar))
            .filter_map(|day| self.on(day, zone))
            .filter(|open| open.overlaps(&span))
            .collect()
    }

    /// The stretch that is open at `instant`, if one is.
    pub fn open_at(&self, instant: DateTime<Utc>, zone: Tz, calendar: Calendar) -> Option<Span> {
        let today = day(instant, zone);
        [today - CivilDays::new(1), today]
            .into_iter()
            .filter(|day| self.days.hold(*day, calendar))
            .filter_map(|day| self.on(day, zone))
            .find(|open| open.contains(instant))
    }

    /// When it opens next, strictly after `instant`, within four weeks.
    pub fn next_opening(
        &self,
        instant: DateTime<Utc>,
        zone: Tz,
        calendar: Calendar,
    ) -> Option<DateTime<Utc>> {
        day(instant, zone)
            .iter_days()
            .take(29)
            .filter(|day| self.days.hold(*day, calendar))
            .filter_map(|day| self.on(day, zone))
            .map(|open| open.start())
            .find(|start| *start > instant)
    }
}
