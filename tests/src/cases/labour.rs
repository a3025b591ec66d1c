//! Working time under French private law: which rules a roster breaks, its longest day and week.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};
use domain::{Gravity, Law, NeedId, PersonId, Rule, Rung, Skills, Slot, Span, Tz, time};
use scheduling::{
    Candidate, Employed, Place, Problem, judge,
    law::{self, Term},
    record::{Record, length},
    rules::weekly_rest,
};
use serde::Deserialize;
use uuid::Uuid;

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

/// The codes of the rules that the judge finds broken by somebody whose duties are the roster.
fn broken(record: &Record) -> BTreeSet<String> {
    let from = NaiveDate::MIN;
    let employed = Employed::new(from, None, Law::FrancePrivate, true);
    let somebody = Candidate::new(PersonId(Uuid::nil()), record.zone(), vec![employed]);
    let places: Vec<Place> = record.work().iter().map(|work| duty(*work, record)).collect();
    let rota = vec![Some(somebody.person); places.len()];
    let findings = judge(&Problem::new(record.zone(), places, vec![somebody]), &rota);
    let absolute = findings.into_iter().filter(|finding| finding.gravity == Gravity::Absolute);
    let rules: BTreeSet<Rule> = absolute.map(|finding| finding.rule).collect();
    let coded = CODES.into_iter().filter(|(_, rule)| rules.contains(rule)).map(|(code, _)| code.to_owned());
    coded.chain(strictly(record)).collect()
}

/// The rules under their codes.
const CODES: [(&str, Rule); 7] = [
    ("FR_DAILY_REST_11H", Rule::DailyRest),
    ("FR_DAILY_MAX_10H", Rule::DailyMaximum),
    ("FR_BREAK_20MIN", Rule::Break),
    ("FR_MAX_6_DAYS", Rule::WorkingDays),
    ("FR_WEEKLY_REST_35H", Rule::WeeklyRest),
    ("FR_WEEKLY_MAX_48H", Rule::WeeklyMaximum),
    ("FR_AVG_44H_12W", Rule::AverageMaximum),
];

fn duty(span: Span, record: &Record) -> Place {
    let day = time::day(span.start(), record.zone());
    let need = NeedId(Uuid::nil());
    Place::open(Slot {
        need,
        day,
        span,
        rung: Rung::Lead,
        place: 0,
        languages: Vec::new(),
        skills: Skills::default(),
    })
}

/// The strict reading of the weekly rest, by which it lies in its week as a whole: no law here asks it.
fn strictly(record: &Record) -> Option<String> {
    let rest = law::profile(Law::FrancePrivate).amount(Term::WeeklyRest)?;
    let missed = !weekly_rest::breaches(record, rest, rest).is_empty();
    missed.then(|| "FR_WEEKLY_REST_35H_STRICT".to_owned())
}
