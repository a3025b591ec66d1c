//! Ordinary office hours: a line a pattern, known by person, days, opening time and first day.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveTime};
use domain::{
    Days, DutyDay, Employment, HoursId, Minutes, OfficeHours, Organisation, PersonId, Window,
    exchange::{Column, Wrong, plain},
    time,
};
use storage::{Tx, office_hours, scope::Home};

use super::{
    Outcome, Tally,
    cells::{self, Cells, Flawed, clock_written, days_written},
    staff::Staff,
    table::{Row, Table},
};
use crate::{
    App, Error,
    account::hours::{LONGEST_BREAK, LONGEST_HOURS, are_too_long},
    topics,
};

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    line: u32,
    email: String,
    days: Days,
    opens: NaiveTime,
    closes: NaiveTime,
    pause: Minutes,
    on_duty: Option<DutyDay>,
    from: NaiveDate,
    until: Option<NaiveDate>,
}

/// What stands for the hours of a day that is free in lieu, in English and in French.
const OFF: (&str, &str) = ("off", "repos");

/// The lines that can be read.
pub(super) fn read(table: &Table, cells: &mut Cells) -> Vec<Wanted> {
    table.rows.iter().filter_map(|row| read_row(row, cells).ok()).collect()
}

fn read_row(row: &Row, cells: &mut Cells) -> Result<Wanted, Flawed> {
    let email = cells.must(row, Column::Email, cells::email);
    let days = cells.must(row, Column::Days, cells::days);
    let opens = cells.must(row, Column::Opens, cells::clock);
    let closes = cells.must(row, Column::Closes, cells::clock);
    let pause = cells.may(row, Column::Pause, cells::minutes(LONGEST_BREAK));
    let (from, until) = cells.period(row)?;
    let (opens, closes) = (opens?, closes?);
    if opens == closes {
        return Err(cells.fault(row.line, Column::Closes, Wrong::EndsBeforeItStarts));
    }
    if are_too_long(opens, closes) {
        return Err(cells.fault(row.line, Column::Closes, Wrong::HoursTooLong(LONGEST_HOURS)));
    }
    let pause = pause?.unwrap_or(Minutes(0));
    if pause >= time::between(opens, closes) {
        return Err(cells.fault(row.line, Column::Pause, Wrong::BreakTooLong));
    }
    let on_duty = duty_day(row, cells)?;
    Ok(Wanted { line: row.line, email: email?, days: days?, opens, closes, pause, on_duty, from, until })
}

/// The hours of days with a duty, if they are others: none of the cells, "off" in the first, or hours.
fn duty_day(row: &Row, cells: &mut Cells) -> Result<Option<DutyDay>, Flawed> {
    let opens = cells.may(row, Column::DutyOpens, |cell| {
        let word = plain(cell);
        if word == OFF.0 || word == OFF.1 { Ok(None) } else { cells::clock(cell).map(Some) }
    });
    let closes = cells.may(row, Column::DutyCloses, cells::clock);
    let pause = cells.may(row, Column::DutyPause, cells::minutes(LONGEST_BREAK));
    let (opens, closes, pause) = (opens?, closes?, pause?.unwrap_or(Minutes(0)));
    let (from, until) = match (opens, closes) {
        (None, None) => return Ok(None),
        (Some(None), None) => return Ok(Some(DutyDay::Off)),
        (Some(Some(from)), Some(until)) if from != until => (from, until),
        (None, Some(_)) => return Err(cells.fault(row.line, Column::DutyOpens, Wrong::Missing)),
        (Some(Some(_)), None) => return Err(cells.fault(row.line, Column::DutyCloses, Wrong::Missing)),
        _ => return Err(cells.fault(row.line, Column::DutyCloses, Wrong::EndsBeforeItStarts)),
    };
    if are_too_long(from, until) {
        return Err(cells.fault(row.line, Column::DutyCloses, Wrong::HoursTooLong(LONGEST_HOURS)));
    }
    if pause >= time::between(from, until) {
        return Err(cells.fault(row.line, Column::DutyPause, Wrong::BreakTooLong));
    }
    Ok(Some(DutyDay::Hours { from, until, pause }))
}

/// Puts the lines beside what is there.
pub(super) async fn apply(
    app: &App,
    tx: &Tx<Home>,
    home: &Organisation,
    wanted: Vec<Wanted>,
    cells: &mut Cells,
) -> Result<Tally, Error> {
    let staff = Staff::load(tx, home).await?;
    let mut there: HashMap<Key, (HoursId, OfficeHours)> = patterns(tx, &staff).await?;
    let mut seen: HashMap<Key, u32> = HashMap::new();
    let mut tally = Tally::default();
    for one in wanted {
        let Some(person) = staff.by_email(&one.email) else {
            cells.fault(one.line, Column::Email, Wrong::NobodyHere);
            continue;
        };
        let Some(employment) = staff.employed_on(person, one.from) else {
            cells.fault(one.line, Column::From, Wrong::NotEmployedThen);
            continue;
        };
        let key = (person, one.days.0, one.opens, one.from);
        if let Some(line) = seen.insert(key, one.line) {
            cells.fault(one.line, Column::Email, Wrong::Twice(line));
            continue;
        }
        let hours = pattern(person, employment, &one);
        let outcome = match there.remove(&key) {
            None => {
                office_hours::add(tx, app.mint(), &hours).await?;
                Outcome::Added
            }
            Some((id, before)) => {
                let hours = OfficeHours { employment: before.employment, ..hours };
                if hours != before {
                    office_hours::keep(tx, id, &hours).await?;
                }
                Outcome::of_change(hours != before)
            }
        };
        if outcome != Outcome::Same {
            tx.signal(topics::shifts(person));
        }
        tally.count(outcome);
    }
    Ok(tally)
}

/// By what a pattern is known: whose, on which days, from what time, since when.
type Key = (PersonId, u8, NaiveTime, NaiveDate);

async fn patterns(tx: &Tx<Home>, staff: &Staff) -> Result<HashMap<Key, (HoursId, OfficeHours)>, Error> {
    let kept = office_hours::with_ids(tx, &staff.ids()).await?;
    let own = kept.into_iter().filter(|(_, hours)| staff.is_own(hours.employment));
    Ok(own.map(|(id, hours)| (key(&hours), (id, hours))).collect())
}

fn key(hours: &OfficeHours) -> Key {
    (hours.person, hours.window.days.0, hours.window.from, hours.from)
}

fn pattern(person: PersonId, employment: &Employment, one: &Wanted) -> OfficeHours {
    OfficeHours {
        person,
        employment: employment.id,
        window: Window { days: one.days, from: one.opens, until: one.closes },
        pause: one.pause,
        on_duty: one.on_duty,
        from: one.from,
        until: one.until,
    }
}

/// The patterns of everybody who works here, by address.
pub(super) async fn lines(
    tx: &Tx<Home>,
    home: &Organisation,
    french: bool,
) -> Result<Vec<Vec<String>>, Error> {
    let staff = Staff::load(tx, home).await?;
    let emails = staff.emails();
    let patterns = patterns(tx, &staff).await?.into_values();
    let mut lines: Vec<Vec<String>> =
        patterns.filter_map(|(_, hours)| Some(line(emails.get(&hours.person)?, &hours, french))).collect();
    lines.sort();
    Ok(lines)
}

fn line(email: &str, hours: &OfficeHours, french: bool) -> Vec<String> {
    let (opens, closes, pause) = match hours.on_duty {
        None => Default::default(),
        Some(DutyDay::Off) => {
            let off = if french { OFF.1 } else { OFF.0 };
            (off.to_owned(), String::new(), String::new())
        }
        Some(DutyDay::Hours { from, until, pause }) => {
            (clock_written(from), clock_written(until), pause.0.to_string())
        }
    };
    vec![
        email.to_owned(),
        days_written(hours.window.days, french),
        clock_written(hours.window.from),
        clock_written(hours.window.until),
        hours.pause.0.to_string(),
        hours.from.to_string(),
        hours.until.map(|until| until.to_string()).unwrap_or_default(),
        opens,
        closes,
        pause,
    ]
}

#[cfg(test)]
mod tests {
    use domain::exchange::FileKind;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::exchange::{export::csv, table};

    proptest! {
        #[test]
        fn what_goes_out_comes_in_as_it_was(days in 1u8..=255, opens in 0u32..1_440, lasts in 1u32..=960, pause in 0u32..=600, duty in 0u8..3, french: bool) {
            let at = |minute: u32| NaiveTime::from_num_seconds_from_midnight_opt(minute % 1_440 * 60, 0).unwrap();
            let hours = OfficeHours {
                person: Uuid::nil().into(),
                employment: Uuid::nil().into(),
                window: Window { days: Days(days), from: at(opens), until: at(opens + lasts) },
                pause: Minutes(pause.min(lasts - 1)),
                on_duty: match duty {
                    0 => None,
                    1 => Some(DutyDay::Off),
                    _ => Some(DutyDay::Hours {
                        from: at(opens + 7),
                        until: at(opens + 7 + lasts),
                        pause: Minutes(pause.min(lasts - 1)),
                    }),
                },
                from: NaiveDate::from_ymd_opt(2026, 7, 14).unwrap(),
                until: None,
            };
            let text = csv(FileKind::OfficeHours, &[line("ana@a.fr", &hours, french)], french);
            let table = table::read(FileKind::OfficeHours, text.as_bytes()).unwrap();
            let mut cells = Cells::of(&table);
            let read = read(&table, &mut cells);
            prop_assert_eq!(cells.faults(), []);
            let employment = Employment {
                id: Uuid::nil().into(), person: Uuid::nil().into(), organisation: Uuid::nil().into(),
                from: hours.from, until: None, law: domain::Law::Quebec, weekly: Minutes(0), born: None,
            };
            prop_assert_eq!(pattern(Uuid::nil().into(), &employment, &read[0]), hours);
        }
    }
}
