//! Ways to fill a hole: by example, and by chance that what is named can be done.

use domain::finding::{Gravity, Rule};
use domain::{Language, PersonId, WishKind};
use proptest::prelude::*;

use super::anybody::any_problem;
use super::town::*;
use crate::explain::why_not;
use crate::{Budget, Problem, Quiet, Seed, Step, Way, solve, ways_to_fill};

/// Done step by step, nothing is broken but what the way says must be accepted or asked.
fn can_be_done(problem: &Problem, rota: &[Option<PersonId>], way: &Way) -> bool {
    let mut now = rota.to_vec();
    way.steps.iter().all(|step| {
        let against = why_not(problem, &now, step.place, step.person);
        now[step.place] = Some(step.person);
        match against {
            None => way.accepted.is_none() && !way.asked,
            Some(finding) if finding.gravity == Gravity::Overridable => way.accepted == Some(finding),
            Some(finding) => way.asked && finding.rule == Rule::Absence,
        }
    })
}

#[test]
fn whoever_is_free_comes_before_whoever_would_rather_not() {
    let people = vec![french(1).says("2026-06-02", WishKind::RatherNot), french(2)];
    let ways = ways_to_fill(&problem(vec![lead("2026-06-02 18:00", "22:00")], people), &[None], 0);
    let takers: Vec<(PersonId, usize)> =
        ways.iter().map(|way| (way.steps[0].person, way.unwilling)).collect();
    assert_eq!(takers, [(person(2), 0), (person(1), 1)]);
}

#[test]
fn a_duty_is_passed_on_where_that_frees_somebody() {
    // The first speaks English and is on duty until ten the evening before an early morning; the second
    // could take that evening, and not the morning.
    let mut morning = lead("2026-06-03 08:00", "12:00");
    morning.slot.languages = vec![Language::EN];
    let mut english = french(1);
    english.languages = vec![Language::EN];
    let question = problem(
        vec![lead("2026-06-02 18:00", "22:00"), morning],
        vec![english, french(2).away("2026-06-03 00:00", "23:59")],
    );
    let rota = [Some(person(1)), None];
    let ways = ways_to_fill(&question, &rota, 1);
    let steps = vec![Step { place: 0, person: person(2) }, Step { place: 1, person: person(1) }];
    assert_eq!(ways[0].steps, steps, "{ways:?}");
    assert!(can_be_done(&question, &rota, &ways[0]));
}

#[test]
fn what_only_a_reason_or_a_request_allows_comes_last_and_says_so() {
    let mut evening = lead("2026-06-02 18:00", "22:00");
    evening.slot.languages = vec![Language::EN];
    let mut asked = french(2).says("2026-06-02", WishKind::Cant);
    asked.languages = vec![Language::EN];
    let question = problem(vec![evening], vec![french(1), asked]);
    let ways = ways_to_fill(&question, &[None], 0);
    let told: Vec<(PersonId, bool, bool)> =
        ways.iter().map(|way| (way.steps[0].person, way.accepted.is_some(), way.asked)).collect();
    assert_eq!(told, [(person(2), false, true), (person(1), true, false)]);
}

#[test]
fn leave_is_nothing_one_is_asked_to_give_up() {
    let away = french(1).away("2026-06-02 00:00", "23:59");
    assert_eq!(ways_to_fill(&problem(vec![lead("2026-06-02 18:00", "22:00")], vec![away]), &[None], 0), []);
}

#[test]
fn three_sorts_are_named_before_a_second_of_one() {
    let mut evening = lead("2026-06-02 18:00", "22:00");
    evening.slot.languages = vec![Language::EN];
    let english = |number| {
        let mut one = french(number);
        one.languages = vec![Language::EN];
        one
    };
    let people =
        vec![english(1), english(2), english(3), english(4).says("2026-06-02", WishKind::Cant), french(5)];
    let ways = ways_to_fill(&problem(vec![evening], people), &[None], 0);
    let sorts: Vec<(bool, bool)> = ways.iter().map(|way| (way.accepted.is_some(), way.asked)).collect();
    assert_eq!(sorts, [(false, false), (false, true), (true, false)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_way_that_is_named_can_be_done(seed in any::<u64>()) {
        let problem = any_problem(seed);
        let rota = solve(&problem, Budget::of_work(300), Seed(seed), &mut Quiet).rota;
        for place in (0..rota.len()).filter(|place| rota[*place].is_none()).take(3) {
            for way in ways_to_fill(&problem, &rota, place) {
                prop_assert!(can_be_done(&problem, &rota, &way), "{way:?}");
                prop_assert_eq!(way.steps.last().map(|step| step.place), Some(place));
            }
        }
    }
}
