//! Ways out of a duty: exactly those after which the law still lets everybody stand.

use std::collections::BTreeSet;

use domain::PersonId;
use proptest::prelude::*;

use super::anybody::any_problem;
use super::town::*;
use crate::{Budget, Problem, Quiet, Rota, Seed, judge_person, solve, swaps};

type Moves = Vec<(usize, PersonId)>;

fn done(rota: &Rota, moves: &Moves) -> Rota {
    let mut rota = rota.clone();
    for (place, person) in moves {
        rota[*place] = Some(*person);
    }
    rota
}

fn blocked(problem: &Problem, rota: &Rota, person: PersonId) -> bool {
    judge_person(problem, rota, person).iter().any(|finding| finding.gravity.blocks())
}

/// Every gift, swap and circle of three, by trying all of them before the judge.
fn tried(problem: &Problem, rota: &Rota, place: usize) -> BTreeSet<Moves> {
    let Some(holder) = rota[place] else { return BTreeSet::new() };
    let people: Vec<PersonId> = problem.candidates.iter().map(|one| one.person).collect();
    let held = |person: PersonId| (0..rota.len()).filter(move |other| rota[*other] == Some(person));
    let mut all: Vec<Moves> = Vec::new();
    for taker in people.iter().copied().filter(|taker| *taker != holder) {
        all.push(vec![(place, taker)]);
        for given in held(taker) {
            all.push(vec![(place, taker), (given, holder)]);
            for third in people.iter().copied().filter(|third| ![holder, taker].contains(third)) {
                all.extend(held(third).map(|got| vec![(place, taker), (given, third), (got, holder)]));
            }
        }
    }
    let stands = |moves: &Moves| {
        let after = done(rota, moves);
        let touched = moves.iter().map(|(_, person)| *person).chain([holder]);
        touched.into_iter().all(|person| !blocked(problem, &after, person))
    };
    all.into_iter().filter(stands).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn all_ways_are_found_that_the_judge_accepts_and_no_others(seed in any::<u64>(), place in any::<usize>()) {
        let problem = any_problem(seed);
        let rota = solve(&problem, Budget::of_work(2_000), Seed(1), &mut Quiet).rota;
        prop_assume!(!rota.is_empty());
        let place = place % rota.len();
        let exchanges = swaps(&problem, &rota, place, 400, Budget::USUAL);
        prop_assert!(exchanges.complete);
        let found: BTreeSet<Moves> = exchanges.found.iter().map(|way| way.moves.clone()).collect();
        prop_assert_eq!(found, tried(&problem, &rota, place));
        prop_assert!(exchanges.found.is_sorted_by_key(|way| way.penalty));
    }
}

#[test]
fn three_people_pass_their_duties_round_where_no_two_can_swap() {
    // Each is away on the day of one of the others: only the circle leaves everybody with a duty they can hold.
    let places = (1..4).map(|date| lead(&format!("2026-06-0{date} 18:00"), "22:00")).collect();
    let away = |number: u128, date: u32| {
        let mut one = french(number);
        one.absences.push(span(&format!("2026-06-0{date} 00:00"), "23:59"));
        one
    };
    let problem = problem(places, vec![away(1, 3), away(2, 1), away(3, 2)]);
    let rota: Rota = (1..4).map(|number| Some(person(number))).collect();
    let exchanges = swaps(&problem, &rota, 0, 14, Budget::USUAL);
    let circles: Vec<&Moves> =
        exchanges.found.iter().map(|way| &way.moves).filter(|way| way.len() > 1).collect();
    assert_eq!(circles, [&vec![(0, person(3)), (2, person(2)), (1, person(1))]]);
    let circle = exchanges.found.iter().find(|way| way.moves.len() == 3).unwrap();
    assert_eq!(circle.penalty, exchanges.before, "everybody has one as before");
    assert_eq!(exchanges.found[0].moves.len(), 3, "it is the fairest");
}

#[test]
fn only_duties_near_by_are_given_for_one() {
    let places = [1, 20].map(|date| lead(&format!("2026-06-{date:02} 18:00"), "22:00")).to_vec();
    let problem = problem(places, vec![french(1), french(2)]);
    let rota: Rota = (1..3).map(|number| Some(person(number))).collect();
    let ways = |days| swaps(&problem, &rota, 0, days, Budget::USUAL).found.len();
    assert_eq!((ways(14), ways(28)), (1, 2), "a gift, and a swap if three weeks are near");
    assert!(!swaps(&problem, &rota, 0, 28, Budget::of_work(2)).complete);
}

#[test]
fn what_is_pinned_stays_where_it_is() {
    let places = [1, 3].map(|date| lead(&format!("2026-06-{date:02} 18:00"), "22:00")).to_vec();
    let mut problem = problem(places, vec![french(1), french(2)]);
    let rota: Rota = (1..3).map(|number| Some(person(number))).collect();
    (problem.places[1].pinned, problem.places[1].preset) = (true, rota[1]);
    assert_eq!(swaps(&problem, &rota, 0, 28, Budget::USUAL).found.len(), 1, "a gift, and no swap");
    assert!(swaps(&problem, &rota, 1, 28, Budget::USUAL).found.is_empty());
}
