//! Outside cases: rosters with the findings that must come out, and the table of labour rules.
//!
//! They stand in the folder named by `VEILLEUSE_CASES`; without it these tests say so and pass.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveDateTime;
use domain::finding::Rule;
use domain::{Gravity, Law, NeedId, Rung, Skills, Slot, Span, to_utc};
use serde_json::Value;
use uuid::Uuid;

use super::town::*;
use crate::law::{Term, profile};
use crate::{Place, judge};

fn cases(file: &str) -> Option<String> {
    let Some(folder) = std::env::var_os("VEILLEUSE_CASES") else {
        // Past the capture of test output: a run without cases must be seen.
        let _ = writeln!(
            std::io::stderr(),
            "\n*** NOT RUN: {file}: VEILLEUSE_CASES names no folder of outside cases ***\n"
        );
        return None;
    };
    let path = PathBuf::from(folder).join(file);
    Some(std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// The rules under the codes of the cases; the strict reading of the weekly rest is nobody's rule.
const CODES: [(&str, Rule); 7] = [
    ("FR_DAILY_REST_11H", Rule::DailyRest),
    ("FR_DAILY_MAX_10H", Rule::DailyMaximum),
    ("FR_WEEKLY_REST_35H", Rule::WeeklyRest),
    ("FR_BREAK_20MIN", Rule::Break),
    ("FR_MAX_6_DAYS", Rule::WorkingDays),
    ("FR_WEEKLY_MAX_48H", Rule::WeeklyMaximum),
    ("FR_AVG_44H_12W", Rule::AverageMaximum),
];

fn place(interval: &Value) -> Place {
    let wall =
        |value: &Value| NaiveDateTime::parse_from_str(value.as_str().unwrap(), "%Y-%m-%dT%H:%M").unwrap();
    let (from, until) = (wall(&interval[0]), wall(&interval[1]));
    let span = Span::new(to_utc(from, PARIS), to_utc(until, PARIS)).unwrap();
    let need = NeedId(Uuid::from_u128(1));
    Place::open(Slot {
        need,
        day: from.date(),
        span,
        rung: Rung::Lead,
        place: 0,
        languages: Vec::new(),
        skills: Skills::default(),
    })
}

#[test]
fn the_judge_finds_what_the_labour_cases_ask_for_and_nothing_else() {
    let Some(text) = cases("labour/labour_cases.json") else { return };
    let all: Vec<Value> = serde_json::from_str(&text).unwrap();
    let mut judged = 0;
    for case in &all {
        let places: Vec<Place> = case["work"].as_array().unwrap().iter().map(place).collect();
        let rota = vec![Some(person(1)); places.len()];
        let found = judge(&problem(places, vec![french(1)]), &rota).into_iter();
        let found: BTreeSet<Rule> = found
            .filter(|finding| finding.gravity == Gravity::Absolute)
            .map(|finding| finding.rule)
            .collect();
        let asked = |code: &str| case["violations"].as_array().unwrap().iter().any(|one| one == code);
        let wanted: BTreeSet<Rule> =
            CODES.into_iter().filter(|(code, _)| asked(code)).map(|(_, rule)| rule).collect();
        assert_eq!(found, wanted, "case {}: {}", case["id"], case["name"]);
        judged += 1;
    }
    println!("{judged} labour cases judged");
    assert!(judged >= 10, "{judged}");
}

/// The fields of a line of comma-separated values, quotes removed.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            other => fields.last_mut().unwrap().push(other),
        }
    }
    fields
}

/// Rows of the table a rota can break, and where each stands: jurisdiction, rule, law, term, and how
/// many of our units one of theirs is.
const ROWS: [(&str, &str, Law, Term, u32); 34] = [
    ("EU-WTD", "daily_rest", Law::EuropeanUnion, Term::DailyRest, 60),
    ("EU-WTD", "weekly_max", Law::EuropeanUnion, Term::AverageMaximum, 60),
    ("FR-PRIVATE", "daily_rest", Law::FrancePrivate, Term::DailyRest, 60),
    ("FR-PRIVATE", "daily_max", Law::FrancePrivate, Term::DailyMaximum, 60),
    ("FR-PRIVATE", "weekly_max", Law::FrancePrivate, Term::WeeklyMaximum, 60),
    ("FR-PRIVATE", "weekly_avg", Law::FrancePrivate, Term::AverageMaximum, 60),
    ("FR-PRIVATE", "max_days", Law::FrancePrivate, Term::WorkingDays, 1),
    ("FR-PRIVATE", "weekly_rest", Law::FrancePrivate, Term::WeeklyRest, 60),
    ("FR-PRIVATE", "legal_week", Law::FrancePrivate, Term::OvertimeWeek, 60),
    ("FR-PRIVATE", "overtime_quota", Law::FrancePrivate, Term::OvertimeYear, 60),
    ("FR-PRIVATE", "astreinte_notice", Law::FrancePrivate, Term::StandbyNotice, 1),
    ("FR-PRIVATE", "parttime_extra_default", Law::FrancePrivate, Term::ExtraHours, 100),
    ("FR-PRIVATE", "parttime_notice", Law::FrancePrivate, Term::PartTimeNotice, 1),
    ("FR-PRIVATE", "minor_exclusion", Law::FrancePrivate, Term::Age, 1),
    ("FR-ALSACE-MOSELLE", "sunday_holiday_work", Law::AlsaceMoselle, Term::SundayWork, 60),
    ("FR-ALSACE-MOSELLE", "sunday_holiday_work", Law::AlsaceMoselle, Term::HolidayWork, 60),
    ("FR-FPT", "daily_rest", Law::FrancePublic, Term::DailyRest, 60),
    ("FR-FPT", "daily_max", Law::FrancePublic, Term::DailyMaximum, 60),
    ("FR-FPT", "amplitude", Law::FrancePublic, Term::DailySpan, 60),
    ("FR-FPT", "weekly_rest", Law::FrancePublic, Term::WeeklyRest, 60),
    ("FR-FPT", "overtime_cap", Law::FrancePublic, Term::OvertimeMonth, 60),
    ("CA-QC", "week", Law::Quebec, Term::OvertimeWeek, 60),
    ("CA-QC", "weekly_rest", Law::Quebec, Term::WeeklyRest, 60),
    ("CA-QC", "refuse_weekly", Law::Quebec, Term::RefusableWeek, 60),
    ("CA-QC", "notice", Law::Quebec, Term::DutyNotice, 1),
    ("CH", "daily_span", Law::Switzerland, Term::DailySpan, 60),
    ("CH", "daily_rest", Law::Switzerland, Term::DailyRest, 60),
    ("CH", "weekly_rest", Law::Switzerland, Term::WeeklyRest, 60),
    ("CH", "piquet_max", Law::Switzerland, Term::StandbyDays, 1),
    ("BE", "weekly_max", Law::Belgium, Term::AverageMaximum, 60),
    ("BE", "daily_rest", Law::Belgium, Term::DailyRest, 60),
    ("BE", "weekly_rest", Law::Belgium, Term::WeeklyRest, 60),
    ("BE", "min_shift", Law::Belgium, Term::ShortDuty, 60),
    ("BE", "parttime_notice", Law::Belgium, Term::PartTimeNotice, 1),
];

#[test]
fn the_values_of_each_law_are_those_of_the_table_of_rules() {
    let Some(text) = cases("labour/labour_rules.csv") else { return };
    let table: Vec<Vec<String>> = text.lines().map(fields).collect();
    for (jurisdiction, rule, law, term, unit) in ROWS {
        let row = table
            .iter()
            .find(|row| row[0].starts_with(jurisdiction) && row[1] == rule)
            .unwrap_or_else(|| panic!("{jurisdiction} {rule}"));
        let amount = profile(law).amount(term).unwrap_or_else(|| panic!("{law:?} {term:?}"));
        let theirs: u32 =
            row[3].trim().parse().unwrap_or_else(|_| panic!("{jurisdiction} {rule}: {}", row[3]));
        assert_eq!(amount, theirs * unit, "{jurisdiction} {rule}");
    }
}
