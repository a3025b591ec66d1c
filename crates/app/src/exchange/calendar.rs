//! A calendar file (RFC 5545) as a table: each event, and each day it comes again, is a row.
//!
//! Read here and not by a library, because whoever repairs a file needs the line of what is wrong.
//! Understood are folded lines, whole days, zones by their IANA or Windows name, durations, simple
//! recurrences with an end, and single dates taken out or moved. What is not understood is a fault,
//! never a guess.

mod lines;
mod recurrence;

use std::collections::BTreeMap;

use chrono::{DateTime, Days as CivilDays, Duration, NaiveDate, NaiveDateTime, Utc};
use domain::{
    Tz,
    exchange::{Column, Fault, Wrong, plain},
    time,
};

use self::lines::{Property, properties};
use super::{
    duties,
    table::{MOST_ROWS, Row, Table, letters, whole_line},
};

/// The rows of a calendar. `person` is whose events are that name nobody.
pub(super) fn read(bytes: &[u8], person: Option<&str>) -> Result<Table, Vec<Fault>> {
    let text = letters(bytes).map_err(|fault| vec![fault])?;
    let events = events(text).map_err(|fault| vec![fault])?;
    let moved = moved(&events);
    let names = [
        (Column::Email, "ATTENDEE"),
        (Column::From, "DTSTART"),
        (Column::Until, "DTEND"),
        (Column::Reason, "DESCRIPTION"),
        (Column::Rung, "CATEGORIES"),
    ];
    let names = names.into_iter().map(|(column, name)| (column, name.to_owned())).collect();
    let mut table = Table { names, ..Table::default() };
    for event in events.iter().filter(|event| event.value("STATUS") != Some("CANCELLED")) {
        match rows(event, person, &moved) {
            Ok(rows) => table.rows.extend(rows),
            Err(fault) => table.faults.push(fault),
        }
        if table.rows.len() > MOST_ROWS as usize {
            return Err(vec![whole_line(0, Wrong::TooManyRows(MOST_ROWS))]);
        }
    }
    let empty = table.rows.is_empty() && table.faults.is_empty();
    if empty { Err(vec![whole_line(0, Wrong::Empty)]) } else { Ok(table) }
}

/// One event: its line and its properties.
#[derive(Debug)]
struct Event {
    line: u32,
    properties: Vec<Property>,
}

impl Event {
    fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.property(name).map(|property| property.value.as_str())
    }

    fn fault(&self, name: &str, wrong: Wrong) -> Fault {
        let line = self.property(name).map_or(self.line, |property| property.line);
        Fault { line, column: name.to_owned(), wrong }
    }
}

/// The events of a calendar, without what stands inside them (alarms).
fn events(text: &str) -> Result<Vec<Event>, Fault> {
    let mut open: Vec<String> = Vec::new();
    let mut events: Vec<Event> = Vec::new();
    for property in properties(text) {
        let property = property.map_err(|line| whole_line(line, Wrong::NotACalendar))?;
        let begun = property.value.trim().to_uppercase();
        match property.name.as_str() {
            "BEGIN" => {
                if open.is_empty() != (begun == "VCALENDAR") || open.len() > 8 {
                    return Err(whole_line(property.line, Wrong::NotACalendar));
                }
                if open.len() == 1 && begun == "VEVENT" {
                    events.push(Event { line: property.line, properties: Vec::new() });
                }
                open.push(begun);
            }
            "END" => {
                let ended = open.pop();
                if ended != Some(begun) {
                    return Err(whole_line(property.line, Wrong::NotACalendar));
                }
            }
            _ if open.is_empty() => return Err(whole_line(property.line, Wrong::NotACalendar)),
            _ if open.len() == 2 && open[1] == "VEVENT" => {
                if let Some(event) = events.last_mut() {
                    event.properties.push(property);
                }
            }
            _ => {}
        }
    }
    if open.is_empty() { Ok(events) } else { Err(whole_line(0, Wrong::NotACalendar)) }
}

/// Beginnings of repeated events that were moved: the event that moved stands in the file by itself.
fn moved(events: &[Event]) -> Vec<(String, Start)> {
    let one = |event: &Event| {
        let start = Start::of(event.property("RECURRENCE-ID")?).ok()?;
        Some((event.value("UID")?.to_owned(), start))
    };
    events.iter().filter_map(one).collect()
}

/// A point of time as an event writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    Day(NaiveDate),
    /// What clocks show, in a zone or wherever the office is.
    Wall(NaiveDateTime, Option<Tz>),
    Instant(DateTime<Utc>),
}

impl Start {
    fn of(property: &Property) -> Result<Self, Wrong> {
        let value = property.value.trim();
        if property.parameter("VALUE").is_some_and(|kind| kind.eq_ignore_ascii_case("DATE"))
            || value.len() == 8
        {
            let day = NaiveDate::parse_from_str(value, "%Y%m%d").map_err(|_| Wrong::NotAMoment)?;
            return Ok(Self::Day(day));
        }
        let (bare, utc) = value.strip_suffix('Z').map_or((value, false), |bare| (bare, true));
        let wall = NaiveDateTime::parse_from_str(bare, "%Y%m%dT%H%M%S").map_err(|_| Wrong::NotAMoment)?;
        match property.parameter("TZID") {
            _ if utc => Ok(Self::Instant(wall.and_utc())),
            Some(name) => Ok(Self::Wall(wall, Some(lines::zone(name).ok_or(Wrong::ZoneUnknown)?))),
            None => Ok(Self::Wall(wall, None)),
        }
    }

    /// The same, as wall clocks where it was written show it.
    fn wall(self) -> NaiveDateTime {
        match self {
            Self::Day(day) => day.and_time(chrono::NaiveTime::MIN),
            Self::Wall(wall, _) => wall,
            Self::Instant(instant) => instant.naive_utc(),
        }
    }

    /// At another wall time of the same kind.
    fn at(self, wall: NaiveDateTime) -> Self {
        match self {
            Self::Day(_) => Self::Day(wall.date()),
            Self::Wall(_, zone) => Self::Wall(wall, zone),
            Self::Instant(_) => Self::Instant(wall.and_utc()),
        }
    }

    /// As a cell; the last day of something ends before the day that is written.
    fn cell(self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Wall(wall, None) => wall.format("%Y-%m-%d %H:%M:%S").to_string(),
            Self::Wall(wall, Some(zone)) => rfc3339(time::to_utc(wall, zone)),
            Self::Instant(instant) => rfc3339(instant),
        }
    }
}

fn rfc3339(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

/// The rows of an event: one, or as many as it comes again.
fn rows(event: &Event, person: Option<&str>, moved: &[(String, Start)]) -> Result<Vec<Row>, Fault> {
    let start = event.property("DTSTART").ok_or_else(|| event.fault("DTSTART", Wrong::Missing))?;
    let start = Start::of(start).map_err(|wrong| event.fault("DTSTART", wrong))?;
    let length = length(event, start)?;
    let cells = cells(event, person)?;
    let walls = match event.property("RRULE") {
        _ if event.property("RDATE").is_some() => return Err(event.fault("RDATE", Wrong::RepeatsOddly)),
        None => vec![start.wall()],
        Some(rule) => recurrence::walls(&rule.value, start.wall())
            .ok_or_else(|| event.fault("RRULE", Wrong::RepeatsOddly))?,
    };
    let out = taken_out(event, moved)?;
    let mut rows = Vec::new();
    for wall in walls {
        let begins = start.at(wall);
        if event.property("RRULE").is_some() && out.contains(&begins) {
            continue;
        }
        let last = wall.checked_add_signed(length).ok_or_else(|| event.fault("DTEND", Wrong::NotAMoment))?;
        let ends = match begins {
            // A whole day's end is the day after it; our files name the last day itself.
            Start::Day(_) => Start::Day(last.date() - CivilDays::new(1)),
            other => other.at(last),
        };
        let mut cells = cells.clone();
        cells.insert(Column::From, begins.cell());
        cells.insert(Column::Until, end_cell(event, begins, ends));
        rows.push(Row { line: event.line, cells });
    }
    Ok(rows)
}

/// An end is written in a zone of its own where the event does so and does not come again.
fn end_cell(event: &Event, begins: Start, ends: Start) -> String {
    let written = event.property("DTEND").and_then(|end| Start::of(end).ok());
    match (begins, written) {
        (Start::Day(_), _) | (_, None | Some(Start::Day(_))) => ends.cell(),
        (_, Some(written)) if event.property("RRULE").is_none() => written.cell(),
        _ => ends.cell(),
    }
}

/// How long an event lasts, as wall clocks count.
fn length(event: &Event, start: Start) -> Result<Duration, Fault> {
    let whole_day = matches!(start, Start::Day(_));
    let length = match (event.property("DTEND"), event.value("DURATION")) {
        (Some(end), _) => {
            let end = Start::of(end).map_err(|wrong| event.fault("DTEND", wrong))?;
            if whole_day != matches!(end, Start::Day(_)) {
                return Err(event.fault("DTEND", Wrong::NotAMoment));
            }
            // Ends and starts in other zones are compared as instants by whoever reads the row.
            let same = std::mem::discriminant(&start) == std::mem::discriminant(&end);
            if same { end.wall() - start.wall() } else { Duration::zero() }
        }
        (None, Some(length)) => {
            lines::duration(length).ok_or_else(|| event.fault("DURATION", Wrong::NotALength))?
        }
        (None, None) if whole_day => Duration::days(1),
        (None, None) => return Err(event.fault("DTEND", Wrong::Missing)),
    };
    if whole_day && length < Duration::days(1) {
        return Err(event.fault("DTEND", Wrong::EndsBeforeItStarts));
    }
    Ok(length)
}

/// Whose it is and what it says.
fn cells(event: &Event, person: Option<&str>) -> Result<BTreeMap<Column, String>, Fault> {
    let named: Vec<&Property> =
        event.properties.iter().filter(|property| property.name == "ATTENDEE").collect();
    let email = match named[..] {
        [one] => lines::address(&one.value),
        _ => person,
    };
    let email = email.ok_or_else(|| event.fault("ATTENDEE", Wrong::NoAttendee))?;
    let mut cells = BTreeMap::from([(Column::Email, email.to_owned())]);
    // The title of our own events is a name; elsewhere it says why.
    let ours = event.value("UID").is_some_and(|uid| uid.ends_with("@veilleuse"));
    let title = event.value("SUMMARY").filter(|_| !ours);
    let reason = event.value("DESCRIPTION").filter(|text| !text.trim().is_empty()).or(title);
    if let Some(reason) = reason.map(lines::unescaped).filter(|reason| !reason.trim().is_empty()) {
        cells.insert(Column::Reason, reason.trim().to_owned());
    }
    for word in event.value("CATEGORIES").unwrap_or_default().split(',') {
        if duties::read_rung(word).is_ok() {
            cells.insert(Column::Rung, plain(word));
        } else if duties::read_duty(word).is_ok() {
            cells.insert(Column::Duty, plain(word));
        }
    }
    Ok(cells)
}

/// Beginnings that a repeated event leaves out, or that were moved.
fn taken_out(event: &Event, moved: &[(String, Start)]) -> Result<Vec<Start>, Fault> {
    let uid = event.value("UID").unwrap_or_default();
    let mut out: Vec<Start> = moved.iter().filter(|(of, _)| of == uid).map(|(_, start)| *start).collect();
    for property in event.properties.iter().filter(|property| property.name == "EXDATE") {
        for value in property.value.split(',') {
            let one = Property { value: value.to_owned(), ..property.clone() };
            out.push(Start::of(&one).map_err(|wrong| event.fault("EXDATE", wrong))?);
        }
    }
    Ok(out)
}

#[cfg(test)]
#[path = "calendar/tests.rs"]
mod tests;
