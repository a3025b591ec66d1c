//! Working time under French private law: which rules a roster breaks, its longest day and week.

use std::collections::BTreeSet;

use chrono::{Duration, NaiveDateTime};
use domain::{Law, Span, Tz, time};
use scheduling::{
    law::{self, Term},
    record::{Record, length},
    rules::{average, breaks, daily_rest, maxima, weekly_rest},
};
use serde::Deserialize;

use super::Outcome;

#[derive(Deserialize)]
struct Roster {
    #[serde(default)]
    id: serde_json::Value,
    #[serde(default)]
    name: String,
    #[serde(default)]
    work: Vec<(String, String)>,
    /// Waiting is rest: it changes nothing.
    #[serde(default, rename = "astreinte")]
    _standby: serde_json::Value,
    #[serde(default)]
    tz: Option<Tz>,
    violations: Option<BTreeSet<String>>,
    max_day_min: Option<i64>,
    max_week_min: Option<i64>,
}

/// Works out a list of rosters.
pub(super) fn run(text: &str) -> Result<Vec<Outcome>, String> {
    let rosters: Vec<Roster> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let outcome = |roster: &Roster| {
        let name = format!("{} {}", roster.id, roster.name);
        match record(roster) {
            Ok(record) => compared(name, roster, &record),
            Err(why) => Outcome::unreadable(name, why),
        }
    };
    Ok(rosters.iter().map(outcome).collect())
}

fn record(roster: &Roster) -> Result<Record, String> {
    let zone = roster.tz.unwrap_or(Tz::Europe__Paris);
    let instant = |text: &str| {
        let told = chrono::DateTime::parse_from_rfc3339(text).map(|told| told.to_utc());
        let wall =
            || ["%FT%R", "%FT%T"].iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
        told.ok().or_else(|| Some(time::to_utc(wall()?, zone))).ok_or(format!("{text:?} is no time"))
    };
    let span = |(from, until): &(String, String)| {
        Span::new(instant(from)?, instant(until)?).map_err(|error| format!("{from} to {until}: {error}"))
    };
    Ok(Record::new(roster.work.iter().map(span).collect::<Result<_, String>>()?, zone))
}

fn compared(name: String, roster: &Roster, record: &Record) -> Outcome {
    let day = record.days().values().map(|worked| length(worked)).max().unwrap_or_default();
    let week = record.weeks().values().copied().max().unwrap_or_default();
    let (mut expected, mut came_out) = (Vec::new(), Vec::new());
    let mut compare = |title: &str, theirs: Option<String>, ours: String| {
        if let Some(theirs) = theirs {
            expected.push(format!("{title} {theirs}"));
            came_out.push(format!("{title} {ours}"));
        }
    };
    let listed =
        |codes: &BTreeSet<String>| format!("[{}]", codes.iter().cloned().collect::<Vec<_>>().join(" "));
    compare("violations", roster.violations.as_ref().map(listed), listed(&broken(record)));
    compare("max_day_min", roster.max_day_min.map(|day| day.to_string()), day.num_minutes().to_string());
    compare("max_week_min", roster.max_week_min.map(|week| week.to_string()), week.num_minutes().to_string());
    Outcome::of(name, expected.join(", "), came_out.join(", "))
}

/// The codes of the rules that are broken.
fn broken(record: &Record) -> BTreeSet<String> {
    let profile = law::profile(Law::FrancePrivate);
    let amount = |term| profile.amount(term).expect("French private law sets it");
    let (rest, week) = (amount(Term::WeeklyRest), Duration::minutes(i64::from(amount(Term::WeeklyMaximum))));
    let due = &profile.breaks[0];
    let found = [
        ("FR_DAILY_REST_11H", daily_rest::breaches(record.work(), record.zone(), amount(Term::DailyRest))),
        ("FR_DAILY_MAX_10H", maxima::days(record, amount(Term::DailyMaximum))),
        ("FR_BREAK_20MIN", breaks::in_a_run(record, due.after.0, due.pause.amount)),
        ("FR_MAX_6_DAYS", maxima::working_days(record, amount(Term::WorkingDays))),
        ("FR_WEEKLY_REST_35H", weekly_rest::breaches(record, rest, profile.weekly_rest_inside.0)),
        ("FR_WEEKLY_REST_35H_STRICT", weekly_rest::breaches(record, rest, rest)),
        ("FR_WEEKLY_MAX_48H", maxima::weeks(record, |_| Some(week))),
        ("FR_AVG_44H_12W", average::breaches(record, profile.average_weeks, amount(Term::AverageMaximum))),
    ];
    found.into_iter().filter(|(_, found)| !found.is_empty()).map(|(code, _)| code.to_owned()).collect()
}
