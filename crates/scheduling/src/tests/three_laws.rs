//! One rota, three employers under three laws: each finding names its own law's article.

use domain::finding::Rule;
use domain::{Gravity, Law, PersonId};

use super::town::*;
use crate::{Budget, Candidate, Employed, Place, Problem, Quiet, Seed, judge, solve};

const MONTREAL: chrono_tz::Tz = chrono_tz::America::Montreal;

/// An office in France, a town's own office, and one in Quebec that lives by its own clocks.
fn people() -> Vec<Candidate> {
    let quebec = Candidate { zone: MONTREAL, ..under(Law::Quebec, 3) };
    vec![french(1), under(Law::FrancePublic, 2), quebec]
}

/// The rules and articles that each of the three finds who holds all of `places`.
fn articles(places: &[Place]) -> Vec<Vec<(Rule, String)>> {
    let problem = problem(places.to_vec(), people());
    let of = |number| {
        let rota: Vec<Option<PersonId>> = vec![Some(person(number)); places.len()];
        let findings = judge(&problem, &rota);
        assert!(findings.iter().all(|finding| finding.person == person(number)));
        findings.into_iter().map(|finding| (finding.rule, finding.article)).collect()
    };
    [1, 2, 3].map(of).to_vec()
}

fn named(all: &[(Rule, &str)]) -> Vec<(Rule, String)> {
    all.iter().map(|(rule, article)| (*rule, (*article).to_owned())).collect()
}

#[test]
fn a_short_night_is_a_rest_in_france_and_nothing_in_quebec() {
    let night = [lead("2026-06-02 18:00", "22:00"), lead("2026-06-03 08:00", "12:00")];
    assert_eq!(
        articles(&night),
        [
            named(&[(Rule::DailyRest, "L3131-1")]),
            named(&[(Rule::DailyRest, "décret 2000-815, art. 3")]),
            named(&[]),
        ]
    );
}

#[test]
fn a_day_in_two_halves_is_too_wide_for_the_public_service_alone() {
    let halves = [lead("2026-06-06 09:00", "13:00"), lead("2026-06-06 18:00", "22:00")];
    assert_eq!(
        articles(&halves),
        [named(&[]), named(&[(Rule::DailySpan, "décret 2000-815, art. 3")]), named(&[])]
    );
}

#[test]
fn five_and_a_half_hours_on_end_want_a_pause_in_quebec_alone() {
    let run = [lead("2026-06-02 16:00", "21:30")];
    assert_eq!(articles(&run), [named(&[]), named(&[]), named(&[(Rule::Break, "LNT, art. 79")])]);
}

#[test]
fn seven_days_break_the_week_of_all_three_each_under_its_own_article() {
    let week: Vec<Place> = (1..=7).map(|day| lead(&format!("2026-06-{day:02} 12:00"), "17:00")).collect();
    assert_eq!(
        articles(&week),
        [
            named(&[(Rule::WeeklyRest, "L3132-2"), (Rule::WorkingDays, "L3132-1")]),
            named(&[(Rule::WeeklyRest, "décret 2000-815, art. 3")]),
            named(&[(Rule::WeeklyRest, "LNT, art. 78")]),
        ]
    );
}

#[test]
fn the_quebec_week_ends_when_it_is_midnight_there() {
    // Monday 1:00 to 5:00 in Paris is Sunday evening in Montreal: with it, seven days of the week
    // hold work there, and six in Paris.
    let mut week: Vec<Place> = (1..=6).map(|day| lead(&format!("2026-06-{day:02} 17:00"), "21:00")).collect();
    week.push(lead("2026-06-08 01:00", "05:00"));
    let [france, _, quebec] = articles(&week).try_into().unwrap();
    assert!(!france.iter().any(|(rule, _)| *rule == Rule::WorkingDays), "{france:?}");
    assert_eq!(quebec, named(&[(Rule::WeeklyRest, "LNT, art. 78")]));
}

#[test]
fn who_works_under_two_laws_hears_the_stricter_and_each_from_its_first_day() {
    let mut both = under(Law::FrancePrivate, 1);
    both.employments.push(Employed::new(day("2026-06-08"), None, Law::FrancePublic, true));
    let halves =
        |date: &str| vec![lead(&format!("{date} 09:00"), "13:00"), lead(&format!("{date} 18:00"), "22:00")];
    let said = |date: &str| {
        let findings = judge(&problem(halves(date), vec![both.clone()]), &[Some(person(1)); 2]);
        findings.into_iter().map(|finding| (finding.rule, finding.article)).collect::<Vec<_>>()
    };
    assert_eq!(said("2026-06-07"), []);
    assert_eq!(said("2026-06-08"), named(&[(Rule::DailySpan, "décret 2000-815, art. 3")]));
}

#[test]
fn a_rota_of_all_three_is_planned_and_nothing_stands_against_it() {
    let mut places: Vec<Place> = Vec::new();
    for date in 1..=28 {
        places.push(lead(&format!("2026-06-{date:02} 18:00"), "22:00"));
        places.push(backup(&format!("2026-06-{date:02} 09:00"), "13:00"));
    }
    let mut people = people();
    for candidate in &mut people[..2] {
        for date in (1..=5).chain(8..=12) {
            *candidate = candidate.clone().at_the_desk(&format!("2026-06-{date:02}"), &[("14:00", "17:00")]);
        }
    }
    let problem = Problem { told: None, ..problem(places, people) };
    let outcome = solve(&problem, Budget::of_work(20_000), Seed(1), &mut Quiet);
    let findings = judge(&problem, &outcome.rota);
    assert!(findings.iter().all(|finding| finding.gravity == Gravity::Warning), "{findings:?}");
    for number in 1..=3 {
        assert!(outcome.rota.contains(&Some(person(number))), "everybody has a part");
    }
}
