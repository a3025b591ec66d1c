//! Outside cases: rosters with the findings that must come out, and the table of labour rules.
//!
//! They stand in the folder named by `VEILLEUSE_CASES`; without it these tests say so and pass.

use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveDateTime;
use domain::finding::Rule;
use domain::{Law, Minutes, NeedId, Rung, Slot, Span, to_utc};
use serde_json::Value;
use uuid::Uuid;

use super::town::*;
use crate::law::values;
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

/// The rules we know under the codes of the cases; codes of rules we do not judge yet are left out.
const CODES: [(&str, Rule); 3] = [
    ("FR_DAILY_REST_11H", Rule::DailyRest),
    ("FR_DAILY_MAX_10H", Rule::DailyMaximum),
    ("FR_WEEKLY_REST_35H", Rule::WeeklyRest),
];

fn place(interval: &Value) -> Place {
    let wall =
        |value: &Value| NaiveDateTime::parse_from_str(value.as_str().unwrap(), "%Y-%m-%dT%H:%M").unwrap();
    let (from, until) = (wall(&interval[0]), wall(&interval[1]));
    let span = Span::new(to_utc(from, PARIS), to_utc(until, PARIS)).unwrap();
    let need = NeedId(Uuid::from_u128(1));
    Place::open(Slot { need, day: from.date(), span, rung: Rung::Lead, place: 0, languages: Vec::new() })
}

#[test]
fn the_judge_finds_what_the_labour_cases_ask_for_and_nothing_else() {
    let Some(text) = cases("labour/labour_cases.json") else { return };
    let all: Vec<Value> = serde_json::from_str(&text).unwrap();
    let mut judged = 0;
    for case in &all {
        let places: Vec<Place> = case["work"].as_array().unwrap().iter().map(place).collect();
        let rota = vec![Some(person(1)); places.len()];
        let mut found: Vec<Rule> =
            judge(&problem(places, vec![french(1)]), &rota).into_iter().map(|finding| finding.rule).collect();
        found.sort_unstable();
        found.dedup();
        let asked = |code: &str| case["violations"].as_array().unwrap().iter().any(|one| one == code);
        let mut wanted: Vec<Rule> =
            CODES.into_iter().filter(|(code, _)| asked(code)).map(|(_, rule)| rule).collect();
        wanted.sort_unstable();
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

#[test]
fn the_values_of_each_law_are_those_of_the_table_of_rules() {
    let Some(text) = cases("labour/labour_rules.csv") else { return };
    let table: Vec<Vec<String>> = text.lines().map(fields).collect();
    let hours = |jurisdiction: &str, rule: &str| -> (u32, String) {
        let row = table
            .iter()
            .find(|row| row[0].starts_with(jurisdiction) && row[1] == rule)
            .unwrap_or_else(|| panic!("{jurisdiction} {rule}"));
        (row[3].parse().unwrap(), row[5].clone())
    };
    let same = |ours: Option<crate::law::Limit>, theirs: (u32, String)| {
        assert_eq!(ours.map_or(0, |limit| limit.minutes.0), theirs.0 * 60);
        if let Some(limit) = ours {
            let short = limit.article.trim_start_matches("LNT, ").trim_start_matches("décret ");
            assert!(theirs.1.contains(short.split(',').next().unwrap()), "{} {}", limit.article, theirs.1);
        }
    };
    let (private, public, quebec) =
        (values(Law::FrancePrivate), values(Law::FrancePublic), values(Law::Quebec));
    same(private.daily_rest, hours("FR-PRIVATE", "daily_rest"));
    same(private.daily_maximum, hours("FR-PRIVATE", "daily_max"));
    same(private.weekly_rest, hours("FR-PRIVATE", "weekly_rest"));
    same(public.daily_rest, hours("FR-FPT", "daily_rest"));
    same(public.daily_maximum, hours("FR-FPT", "daily_max"));
    same(public.daily_span, hours("FR-FPT", "amplitude"));
    same(public.weekly_rest, hours("FR-FPT", "weekly_rest"));
    same(quebec.daily_rest, hours("CA-QC", "daily_rest"));
    same(quebec.weekly_rest, hours("CA-QC", "weekly_rest"));
}

#[test]
fn the_weekly_rest_lies_in_its_week_for_a_day() {
    for law in Law::ALL {
        assert_eq!(values(law).weekly_rest_inside, Minutes::hours(24));
    }
}
