//! Cells as values. Whatever cannot be read is noted with its line and column, and reading goes on:
//! everything wrong with a file is told at once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, Days as CivilDays, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};
use domain::{
    ChannelKind, Days, Language, Level, Minutes, Skills, Span, Spoken, Tz,
    exchange::{Column, Fault, Words, Wrong, plain},
    time,
};

use storage::people;

use super::table::{Row, Table};
use crate::account::sign_in::looks_like_an_address;

/// The cell was wrong, and that is noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Flawed;

/// Reads cells, and keeps what was wrong with them.
#[derive(Debug, Default)]
pub(super) struct Cells {
    names: BTreeMap<Column, String>,
    faults: Vec<Fault>,
}

/// A point of time as people write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// A day.
    Day(NaiveDate),
    /// What a clock on the wall shows.
    Wall(NaiveDateTime),
    /// An instant with its offset.
    Instant(DateTime<Utc>),
}

impl Moment {
    fn begins(self, zone: Tz) -> DateTime<Utc> {
        match self {
            Self::Day(day) => time::civil_day(day, zone).start(),
            Self::Wall(wall) => time::to_utc(wall, zone),
            Self::Instant(instant) => instant,
        }
    }

    /// A day is meant with its last hour.
    fn ends(self, zone: Tz) -> DateTime<Utc> {
        match self {
            Self::Day(day) => time::civil_day(day, zone).end(),
            other => other.begins(zone),
        }
    }
}

impl Cells {
    /// For a table.
    pub(super) fn of(table: &Table) -> Self {
        Self { names: table.names.clone(), faults: table.faults.clone() }
    }

    /// Whether nothing was wrong so far.
    pub(super) fn are_clean(&self) -> bool {
        self.faults.is_empty()
    }

    /// Everything that was wrong, in the order of lines.
    pub(super) fn faults(mut self) -> Vec<Fault> {
        self.faults.sort_by_key(|fault| fault.line);
        self.faults
    }

    /// Notes what is wrong with a cell.
    pub(super) fn fault(&mut self, line: u32, column: Column, wrong: Wrong) -> Flawed {
        let name = self.names.get(&column).cloned().unwrap_or_else(|| column.names().0.to_owned());
        self.faults.push(Fault { line, column: name, wrong });
        Flawed
    }

    /// What `read` makes of a cell that must not be empty.
    pub(super) fn must<T>(
        &mut self,
        row: &Row,
        column: Column,
        read: impl FnOnce(&str) -> Result<T, Wrong>,
    ) -> Result<T, Flawed> {
        let read = row.cell(column).ok_or(Wrong::Missing).and_then(read);
        read.map_err(|wrong| self.fault(row.line, column, wrong))
    }

    /// What `read` makes of a cell that may be empty.
    pub(super) fn may<T>(
        &mut self,
        row: &Row,
        column: Column,
        read: impl FnOnce(&str) -> Result<T, Wrong>,
    ) -> Result<Option<T>, Flawed> {
        if row.cell(column).is_none() {
            return Ok(None);
        }
        self.must(row, column, read).map(Some)
    }

    /// First and last day, in order.
    pub(super) fn period(&mut self, row: &Row) -> Result<(NaiveDate, Option<NaiveDate>), Flawed> {
        let from = self.must(row, Column::From, date);
        let until = self.may(row, Column::Until, date);
        let (from, until) = (from?, until?);
        if until.is_some_and(|until| until < from) {
            return Err(self.fault(row.line, Column::Until, Wrong::EndsBeforeItStarts));
        }
        Ok((from, until))
    }

    /// From one moment to another, as clocks in `zone` show them; `most` days at most.
    pub(super) fn span(&mut self, row: &Row, zone: Tz, most: u32) -> Result<Span, Flawed> {
        let from = self.must(row, Column::From, moment);
        let until = self.must(row, Column::Until, moment);
        let (start, end) = (from?.begins(zone), until?.ends(zone));
        if end - start > chrono::Duration::days(i64::from(most)) {
            return Err(self.fault(row.line, Column::Until, Wrong::LastsTooLong(most)));
        }
        Span::new(start, end).map_err(|_| self.fault(row.line, Column::Until, Wrong::EndsBeforeItStarts))
    }
}

/// A text of at most so many letters, on one line.
pub(super) fn line(most: u32) -> impl Fn(&str) -> Result<String, Wrong> {
    move |cell| {
        let text = text(most)(cell)?;
        if text.contains(['\n', '\t']) { Err(Wrong::NoText) } else { Ok(text) }
    }
}

/// A text of at most so many letters. Line ends become one kind.
pub(super) fn text(most: u32) -> impl Fn(&str) -> Result<String, Wrong> {
    move |cell| {
        let text = unified(cell);
        if text.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\t')) {
            Err(Wrong::NoText)
        } else if text.chars().count() > most as usize {
            Err(Wrong::TooLong(most))
        } else {
            Ok(text)
        }
    }
}

/// A text with one kind of line ends, and nothing around it: how two texts are compared.
pub(super) fn unified(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

/// An address, in small letters.
pub(super) fn email(cell: &str) -> Result<String, Wrong> {
    let email = people::small(cell);
    if looks_like_an_address(&email) { Ok(email) } else { Err(Wrong::NotAnAddress) }
}

/// A day: 2026-07-14, or 14/07/2026 as people write it.
pub(super) fn date(cell: &str) -> Result<NaiveDate, Wrong> {
    let parts: Vec<&str> = cell.split(['-', '/', '.']).collect();
    let digits = |text: &str, most| text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
    let [first, month, last] = parts[..] else { return Err(Wrong::NotADate) };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    if year.len() != 4 || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return Err(Wrong::NotADate);
    }
    let number = |text: &str| text.parse::<u32>().map_err(|_| Wrong::NotADate);
    let year = i32::try_from(number(year)?).map_err(|_| Wrong::NotADate)?;
    NaiveDate::from_ymd_opt(year, number(month)?, number(day)?)
        .filter(|date| time::YEARS.contains(&date.year()))
        .ok_or(Wrong::NotADate)
}

/// A time: 18:00, 18h30, 18 h; 24:00 is midnight.
pub(super) fn clock(cell: &str) -> Result<NaiveTime, Wrong> {
    let bare: String = cell.chars().filter(|letter| !letter.is_whitespace()).collect();
    let parts: Vec<&str> = bare.split([':', 'h', 'H']).collect();
    let number = |text: &str| {
        let fits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if fits { text.parse::<u32>().map_err(|_| Wrong::NotATime) } else { Err(Wrong::NotATime) }
    };
    let (hour, minute, second) = match parts[..] {
        [hour, ""] => (number(hour)?, 0, 0),
        [hour, minute] => (number(hour)?, number(minute)?, 0),
        [hour, minute, second] => (number(hour)?, number(minute)?, number(second)?),
        _ => return Err(Wrong::NotATime),
    };
    let hour = if (hour, minute, second) == (24, 0, 0) { 0 } else { hour };
    NaiveTime::from_hms_opt(hour, minute, second).ok_or(Wrong::NotATime)
}

/// A day, a day and a time, or an instant with its offset.
pub(super) fn moment(cell: &str) -> Result<Moment, Wrong> {
    if let Ok(day) = date(cell) {
        return Ok(Moment::Day(day));
    }
    if let Ok(instant) = DateTime::parse_from_rfc3339(cell) {
        let known = time::YEARS.contains(&instant.year());
        let instant = time::to_micros(instant.with_timezone(&Utc));
        return if known { Ok(Moment::Instant(instant)) } else { Err(Wrong::NotAMoment) };
    }
    let (day, hour) = cell.split_once([' ', 'T']).ok_or(Wrong::NotAMoment)?;
    let day = date(day).map_err(|_| Wrong::NotAMoment)?;
    let midnight = hour.trim().starts_with("24");
    let hour = clock(hour).map_err(|_| Wrong::NotAMoment)?;
    let day = if midnight { day.checked_add_days(CivilDays::new(1)).ok_or(Wrong::NotAMoment)? } else { day };
    Ok(Moment::Wall(day.and_time(hour)))
}

/// A length in hours: 35, 35,5 or 17:30; at most `most`.
pub(super) fn hours(most: u32) -> impl Fn(&str) -> Result<Minutes, Wrong> {
    move |cell| {
        let bare = cell.trim().trim_end_matches(['h', 'H']).trim();
        let (whole, minutes) = match bare.split_once([':', 'h', 'H']) {
            Some((whole, minutes)) => (whole, minutes_of(minutes)?),
            None => match bare.split_once([',', '.']) {
                Some((whole, part)) => (whole, hundredths(part)?),
                None => (bare, 0),
            },
        };
        bounded(number(whole, 3)?.saturating_mul(60) + minutes, most * 60)
    }
}

/// A length in minutes: 45, or 1:30; at most `most`.
pub(super) fn minutes(most: u32) -> impl Fn(&str) -> Result<Minutes, Wrong> {
    move |cell| {
        let bare = cell.trim().trim_end_matches("min").trim();
        let minutes = match bare.split_once([':', 'h']) {
            Some((whole, minutes)) => number(whole, 2)? * 60 + minutes_of(minutes)?,
            None => number(bare, 4)?,
        };
        bounded(minutes, most)
    }
}

fn bounded(minutes: u32, most: u32) -> Result<Minutes, Wrong> {
    if minutes <= most { Ok(Minutes(minutes)) } else { Err(Wrong::NotALength) }
}

fn minutes_of(text: &str) -> Result<u32, Wrong> {
    let minutes = number(text, 2)?;
    if text.len() == 2 && minutes < 60 { Ok(minutes) } else { Err(Wrong::NotALength) }
}

/// Hundredths of an hour as whole minutes, rounded.
fn hundredths(text: &str) -> Result<u32, Wrong> {
    let part = number(text, 2)?;
    let hundredths = if text.len() == 1 { part * 10 } else { part };
    Ok((hundredths * 60 + 50) / 100)
}

fn number(text: &str, most_digits: usize) -> Result<u32, Wrong> {
    let fits = (1..=most_digits).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().map_err(|_| Wrong::NotALength) } else { Err(Wrong::NotALength) }
}

/// Two letters of a language there is.
pub(super) fn language(cell: &str) -> Result<Language, Wrong> {
    let known = Some(cell).filter(|cell| cell.len() == 2).and_then(Language::parse).filter(Language::exists);
    known.ok_or(Wrong::NotALanguage)
}

/// Several, best first, each once, with a level or without: `fr de-B2`.
pub(super) fn languages(cell: &str) -> Result<(Vec<Language>, Skills), Wrong> {
    let spoken = |word: &str| {
        let (tag, level) = word.split_once('-').map_or((word, None), |(tag, level)| (tag, Some(level)));
        let language = language(tag)?;
        let level = level.map(|level| Level::from_word(level).ok_or(Wrong::NotALevel)).transpose()?;
        Ok(Spoken { language, level })
    };
    let mut all: Vec<Spoken> = Vec::new();
    for word in listed(cell) {
        let one = spoken(word)?;
        // Said twice alike is said once; which of two levels is meant, nobody knows.
        if all.iter().any(|other| other.language == one.language && other.level != one.level) {
            return Err(Wrong::TwoLevels);
        }
        all.push(one);
    }
    Ok(Skills::of_spoken(all))
}

/// Channels, by their words or as people call them.
pub(super) fn channels(cell: &str) -> Result<BTreeSet<ChannelKind>, Wrong> {
    let channel = |word: &str| match plain(word).as_str() {
        "web chat" | "webchat" | "chat" => Ok(ChannelKind::WebChat),
        "email" | "e mail" | "mail" | "courriel" => Ok(ChannelKind::Email),
        _ => Err(Wrong::NotAWord(Words::Channels)),
    };
    listed(cell).map(channel).collect()
}

/// The parts of a list.
pub(super) fn listed(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([',', ';', '/', ' ', '+', '\n']).filter(|part| !part.is_empty())
}

/// Yes or no, in both languages and as spreadsheets write it.
pub(super) fn yes_or_no(cell: &str) -> Result<bool, Wrong> {
    match plain(cell).as_str() {
        "yes" | "oui" | "true" | "vrai" | "1" | "x" => Ok(true),
        "no" | "non" | "false" | "faux" | "0" => Ok(false),
        _ => Err(Wrong::NotAWord(Words::YesNo)),
    }
}

/// Weekdays in English and French, by number, and public holidays as an eighth kind of day.
const DAYS: [&[&str]; 8] = [
    &["mon", "lun", "monday", "lundi", "1"],
    &["tue", "mar", "tuesday", "mardi", "2"],
    &["wed", "mer", "wednesday", "mercredi", "3"],
    &["thu", "jeu", "thursday", "jeudi", "4"],
    &["fri", "ven", "friday", "vendredi", "5"],
    &["sat", "sam", "saturday", "samedi", "6"],
    &["sun", "dim", "sunday", "dimanche", "7"],
    &["holidays", "feries", "holiday", "ferie", "8"],
];

/// Days: mon-fri, "sam dim", "mon, wed, holidays".
pub(super) fn days(cell: &str) -> Result<Days, Wrong> {
    let number = |word: &str| {
        let word = plain(word);
        DAYS.iter().position(|names| names.contains(&word.as_str())).ok_or(Wrong::NotDays)
    };
    let mut days = Days(0);
    for part in listed(cell) {
        let (first, last) = match part.split_once('-') {
            Some((first, last)) => (number(first)?, number(last)?),
            None => (number(part)?, number(part)?),
        };
        if last < first || (last == 7 && first != 7) {
            return Err(Wrong::NotDays);
        }
        for day in first..=last {
            days = days.and(Days(1 << day));
        }
    }
    if days == Days(0) { Err(Wrong::NotDays) } else { Ok(days) }
}

/// Days as they are written.
pub(super) fn days_written(days: Days, french: bool) -> String {
    let name = |day: usize| DAYS[day][usize::from(french)];
    let held = (0..8).filter(|day| days.has(Days(1 << day))).map(name);
    held.collect::<Vec<_>>().join(" ")
}

/// A time as it is written: 18:00, with seconds where there are any.
pub(super) fn clock_written(time: NaiveTime) -> String {
    time.format(if time.second() == 0 { "%H:%M" } else { "%H:%M:%S" }).to_string()
}

/// When something begins, as it is written: a day, if the day begins with it.
pub(super) fn beginning_written(instant: DateTime<Utc>, zone: Tz) -> String {
    let day = time::day(instant, zone);
    if Moment::Day(day).begins(zone) == instant { day.to_string() } else { instant_written(instant, zone) }
}

/// When something ends, as it is written: the last day of it, if it ends with a day.
pub(super) fn end_written(instant: DateTime<Utc>, zone: Tz) -> String {
    let day = time::day(instant - chrono::Duration::microseconds(1), zone);
    if Moment::Day(day).ends(zone) == instant { day.to_string() } else { instant_written(instant, zone) }
}

/// What the clocks in `zone` show; an instant in full where that would be read as another.
pub(super) fn instant_written(instant: DateTime<Utc>, zone: Tz) -> String {
    let wall = time::wall(instant, zone);
    if wall.nanosecond() == 0 && time::to_utc(wall, zone) == instant {
        return format!("{} {}", wall.date(), clock_written(wall.time()));
    }
    instant.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
}

#[cfg(test)]
#[path = "cells_tests.rs"]
mod tests;
