//! Both clocks of an answer: minutes by the calendar and inside covered hours, and when a promise
//! of covered minutes runs out.

use chrono::{DateTime, Duration, NaiveDateTime, NaiveTime, Utc};
use domain::{Calendar, Days, Span, Tz, Window, time};
use routing::Hours;

use super::{Outcome, Row, Table};

/// Works out a table of messages and answers.
pub(super) fn run(text: &str) -> Result<Vec<Outcome>, String> {
    let table = Table::read(text)?;
    let outcome = |row: Row<'_>| {
        let name = row.get("name").unwrap_or("a case").to_owned();
        case(row).map_or_else(
            |why| Outcome::unreadable(name.clone(), why),
            |(expected, came_out)| Outcome::of(name.clone(), expected.join(", "), came_out.join(", ")),
        )
    };
    Ok(table.rows().map(outcome).collect())
}

/// What a line expects, and what comes out, figure by figure.
fn case(row: Row<'_>) -> Result<(Vec<String>, Vec<String>), String> {
    let zone: Tz = row.parsed("tz").ok_or("tz is no time zone")?;
    let windows = windows(row.get("windows").ok_or("windows is missing")?)?;
    let calendar = match zone {
        Tz::America__Toronto | Tz::America__Montreal => Calendar::Quebec,
        _ => Calendar::France,
    };
    let hours = Hours { windows: &windows, zone, calendar };
    let received = instant(row, "received", zone).ok_or("received_utc or received_local is missing")?;
    let answered = instant(row, "answered", zone);
    let mut all = (Vec::new(), Vec::new());
    let mut compare = |column: &str, ours: Option<String>| {
        if let Some(theirs) = row.get(column) {
            all.0.push(format!("{column} {theirs}"));
            all.1.push(format!("{column} {}", ours.unwrap_or_else(|| "none".into())));
        }
    };
    let span = answered.and_then(|answered| Span::new(received, answered).ok());
    let covered = answered.map(|_| span.map_or(Duration::zero(), |span| hours.covered(span)));
    let passed = answered.map(|answered| answered - received);
    compare("calendar_minutes", passed.map(|passed| passed.num_minutes().to_string()));
    compare("covered_minutes", covered.map(|covered| covered.num_minutes().to_string()));
    if let Some(target) = row.parsed::<i64>("target_covered_minutes").map(Duration::minutes) {
        let met = covered.is_some_and(|covered| covered <= target);
        let shown = if met { "True" } else { "False" };
        compare("met", Some(cased_like(row.get("met"), shown)));
        let due = hours.due(received, target);
        compare("due_utc", due.map(|due| due.format("%FT%T+00:00").to_string()));
        compare("due_local", due.map(|due| due.with_timezone(&zone).format("%FT%T%:z").to_string()));
    }
    Ok(all)
}

/// Some tables write `true`, some `True`.
fn cased_like(theirs: Option<&str>, ours: &str) -> String {
    match theirs {
        Some(theirs) if theirs.starts_with(char::is_lowercase) => ours.to_lowercase(),
        _ => ours.to_owned(),
    }
}

fn instant(row: Row<'_>, what: &str, zone: Tz) -> Option<DateTime<Utc>> {
    let told = row.parsed::<DateTime<chrono::FixedOffset>>(&format!("{what}_utc")).map(|told| told.to_utc());
    let wall = || {
        let text = row.get(&format!("{what}_local"))?;
        ["%FT%R", "%FT%T"].iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
    };
    told.or_else(|| Some(time::to_utc(wall()?, zone)))
}

/// The hours a table names. `NIGHT20-02`, and others of that form, run every day.
fn windows(name: &str) -> Result<Vec<Window>, String> {
    let at = |hour: u32| {
        NaiveTime::from_hms_opt(hour % 24, 0, 0).ok_or_else(|| format!("{name}: {hour} is no hour of a day"))
    };
    let window = |days, from, until| Ok::<_, String>(Window { days, from: at(from)?, until: at(until)? });
    let hours = |text: &str| {
        let (from, until) = text.split_once('-')?;
        Some((from.parse().ok()?, until.parse().ok()?))
    };
    match name {
        "EVE" => Ok(vec![window(Days::WORKDAYS, 18, 22)?, window(Days::FREE, 9, 22)?]),
        "CON" => Ok(vec![window(Days::ALL, 8, 22)?]),
        "ALL" => Ok(vec![window(Days::ALL, 0, 0)?]),
        _ => match hours(name.trim_start_matches(|letter: char| !letter.is_ascii_digit())) {
            Some((from, until)) => Ok(vec![window(Days::ALL, from, until)?]),
            None => Err(format!("no hours are called {name}")),
        },
    }
}
