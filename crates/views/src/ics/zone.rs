//! VTIMEZONE (RFC 5545 §3.6.5): a zone's clock changes, found by search in the zone's own tables.
//!
//! A pair of changes that follows a yearly rule ("the last Sunday of March at 02:00") is written as
//! that rule, which every calendar understands and which goes on after the feed. Changes that follow
//! none, such as those around Ramadan in Morocco, are listed by their dates.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, Offset, TimeZone, Utc, Weekday};
use chrono_tz::{OffsetComponents, OffsetName, Tz};

/// For how many years after the first a rule must hold before it is written as a rule.
const RULE_YEARS: i32 = 10;

/// One change of a zone's clocks.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    /// When the clocks change, as they show it before they do.
    wall: NaiveDateTime,
    /// What they show more than UTC before and after.
    from: Duration,
    to: Duration,
    /// Whether summer time begins.
    daylight: bool,
    /// What the new time is called, such as "CEST".
    name: String,
}

impl Change {
    /// Whether both are the same change in different years.
    fn resembles(&self, other: &Self) -> bool {
        (self.from, self.to, self.daylight, &self.name) == (other.from, other.to, other.daylight, &other.name)
    }
}

/// The lines of the zone's VTIMEZONE, true from `first` to `last`; none for UTC, which needs none.
pub(super) fn describe(zone: Tz, first: DateTime<Utc>, last: DateTime<Utc>) -> Vec<String> {
    if zone == Tz::UTC {
        return Vec::new();
    }
    let (from_year, last_year) = (first.year() - 1, last.year() + 1);
    let long = changes(zone, from_year, last_year.max(from_year + RULE_YEARS));
    let mut lines = vec![
        "BEGIN:VTIMEZONE".to_owned(),
        format!("TZID:{}", zone.name()),
        format!("X-LIC-LOCATION:{}", zone.name()),
    ];
    // Before the first change that is listed, the clocks must show something too.
    lines.extend(observance(&before(zone, from_year), None));
    for kind in kinds(&long) {
        let rule = yearly_rule(&kind);
        let listed: Vec<&Change> = kind.iter().filter(|change| change.wall.year() <= last_year).collect();
        let Some((earliest, later)) = listed.split_first() else { continue };
        let recurs = rule.or_else(|| dates(later));
        lines.extend(observance(earliest, recurs));
    }
    lines.push("END:VTIMEZONE".to_owned());
    lines
}

/// A STANDARD or DAYLIGHT part: from when, from and to which offset, and how it comes again.
fn observance(change: &Change, recurs: Option<String>) -> Vec<String> {
    let part = if change.daylight { "DAYLIGHT" } else { "STANDARD" };
    let mut lines = vec![
        format!("BEGIN:{part}"),
        format!("DTSTART:{}", change.wall.format("%Y%m%dT%H%M%S")),
        format!("TZOFFSETFROM:{}", offset(change.from)),
        format!("TZOFFSETTO:{}", offset(change.to)),
        format!("TZNAME:{}", change.name),
    ];
    lines.extend(recurs);
    lines.push(format!("END:{part}"));
    lines
}

/// Changes sorted by kind, each kind in order of time, the kinds in order of their first change.
fn kinds(changes: &[Change]) -> Vec<Vec<Change>> {
    let mut kinds: Vec<Vec<Change>> = Vec::new();
    for change in changes {
        match kinds.iter_mut().find(|kind| kind[0].resembles(change)) {
            Some(kind) => kind.push(change.clone()),
            None => kinds.push(vec![change.clone()]),
        }
    }
    kinds
}

/// The yearly rule that gives exactly these changes, if there is one: the same month, weekday, place
/// in the month and time of day in each of at least ten consecutive years.
fn yearly_rule(kind: &[Change]) -> Option<String> {
    let first = kind.first()?.wall;
    let consecutive = kind.windows(2).all(|pair| pair[1].wall.year() == pair[0].wall.year() + 1);
    let alike = kind.iter().all(|change| {
        (change.wall.month(), change.wall.weekday(), change.wall.time())
            == (first.month(), first.weekday(), first.time())
    });
    if kind.len() <= RULE_YEARS as usize || !consecutive || !alike {
        return None;
    }
    let place =
        PLACES.into_iter().find(|place| kind.iter().all(|change| stands_at(change.wall.date(), place)))?;
    let weekday = weekday(first.weekday());
    Some(format!("RRULE:FREQ=YEARLY;BYMONTH={};BYDAY={place}{weekday}", first.month()))
}

/// The places a weekday can have in its month, as rules write them.
const PLACES: [&str; 5] = ["1", "2", "3", "-1", "4"];

/// Whether `day` has that place among the like weekdays of its month.
fn stands_at(day: NaiveDate, place: &str) -> bool {
    match place {
        "-1" => (day + Duration::days(7)).month() != day.month(),
        place => place == day.day().div_ceil(7).to_string(),
    }
}

fn dates(changes: &[&Change]) -> Option<String> {
    let dates: Vec<String> =
        changes.iter().map(|change| change.wall.format("%Y%m%dT%H%M%S").to_string()).collect();
    (!dates.is_empty()).then(|| format!("RDATE:{}", dates.join(",")))
}

fn weekday(weekday: Weekday) -> &'static str {
    ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][weekday.num_days_from_monday() as usize]
}

/// "+0100", "-0330"; with seconds where an old offset has some.
fn offset(offset: Duration) -> String {
    let sign = if offset < Duration::zero() { '-' } else { '+' };
    let seconds = offset.num_seconds().abs();
    let minutes = format!("{sign}{:02}{:02}", seconds / 3600, seconds / 60 % 60);
    if seconds % 60 == 0 { minutes } else { format!("{minutes}{:02}", seconds % 60) }
}

/// What the clocks show from long ago until `year`, told as a change from itself to itself.
fn before(zone: Tz, year: i32) -> Change {
    let shown = shown(zone, new_year(year));
    let long_ago = NaiveDate::from_ymd_opt(1970, 1, 1).expect("1970 began on 1 January").and_hms_opt(0, 0, 0);
    Change {
        wall: long_ago.expect("every day has a midnight"),
        from: shown.total,
        to: shown.total,
        daylight: shown.summer,
        name: shown.name,
    }
}

/// Every change of the zone's clocks from the beginning of year `from` to the end of year `to`.
fn changes(zone: Tz, from: i32, to: i32) -> Vec<Change> {
    let end = new_year(to + 1);
    let mut found = Vec::new();
    let mut day = new_year(from);
    while day < end {
        let next = day + Duration::days(1);
        if shown(zone, day) != shown(zone, next) {
            found.push(change_between(zone, day, next));
        }
        day = next;
    }
    found
}

/// The change between two instants at which the clocks show different offsets, by halving.
fn change_between(zone: Tz, mut before: DateTime<Utc>, mut after: DateTime<Utc>) -> Change {
    let (old, new) = (shown(zone, before), shown(zone, after));
    while after - before > Duration::seconds(1) {
        let middle = before + Duration::seconds((after - before).num_seconds() / 2);
        if shown(zone, middle) == old { before = middle } else { after = middle }
    }
    Change {
        wall: (after + old.total).naive_utc(),
        from: old.total,
        to: new.total,
        // Dublin and Casablanca call their winter the exception: leaving it is the summer's beginning.
        daylight: new.summer || old.winter_is_exception,
        name: new.name,
    }
}

/// What clocks show at an instant.
#[derive(PartialEq, Eq)]
struct Shown {
    total: Duration,
    summer: bool,
    winter_is_exception: bool,
    name: String,
}

fn shown(zone: Tz, instant: DateTime<Utc>) -> Shown {
    let offset = zone.offset_from_utc_datetime(&instant.naive_utc());
    let total = Duration::seconds(i64::from(offset.fix().local_minus_utc()));
    Shown {
        total,
        summer: offset.dst_offset() > Duration::zero(),
        winter_is_exception: offset.dst_offset() < Duration::zero(),
        name: offset.abbreviation().map_or_else(|| self::offset(total), str::to_owned),
    }
}

/// The beginning of `year` in UTC.
fn new_year(year: i32) -> DateTime<Utc> {
    let day = NaiveDate::from_ymd_opt(year, 1, 1).expect("every year here has a first of January");
    day.and_hms_opt(0, 0, 0).expect("every day has a midnight").and_utc()
}
