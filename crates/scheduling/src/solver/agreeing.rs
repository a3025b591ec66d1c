//! The search and the judge agree: what one lets stand, the other finds nothing against, and the automata
//! of weeks refuse nothing of it.

use domain::{Cure, Finding, PersonId};
use proptest::prelude::*;

use super::Bound;
use super::legal::{self, Rules};
use super::moves::all_stand;
use super::random::Dice;
use super::state::State;
use super::timeline::Model;
use super::weeks::{Way, Weeks};
use crate::judge::{judge_person, obstacles};
use crate::problem::{Problem, Rota};
use crate::tests::anybody::any_problem;

fn rota(problem: &Problem, state: &State) -> Rota {
    let person = |number: usize| problem.candidates[number].person;
    (0..problem.places.len()).map(|place| state.holder(place).map(person)).collect()
}

/// What stands in the way of somebody's part.
fn refused(problem: &Problem, state: &State, number: usize) -> Vec<Finding> {
    let (rota, person) = (rota(problem, state), problem.candidates[number].person);
    let mut findings = judge_person(problem, &rota, person);
    findings.retain(|finding| finding.gravity.blocks());
    let plain = |findings: Vec<Finding>| -> Vec<Finding> {
        findings.into_iter().map(|finding| Finding { cure: Cure::Replan, ..finding }).collect()
    };
    let alone = plain(obstacles(problem, &rota, person));
    assert_eq!(alone, plain(findings.clone()), "what stands in the way is the same asked alone");
    findings
}

/// Whether the search would let `rota` stand as it is.
pub(crate) fn accepts(problem: &Problem, rota: &[Option<PersonId>]) -> bool {
    let model = Model::of(problem);
    let mut state = State::pinned(&model);
    let number = |person| problem.candidates.iter().position(|candidate| candidate.person == person);
    let held: Vec<(usize, usize)> =
        rota.iter().enumerate().filter_map(|(place, person)| Some((place, number((*person)?)?))).collect();
    for (place, person) in &held {
        state.put(&model, *place, Some(*person));
    }
    held.iter().all(|(place, person)| {
        model.spots[*place].eligible.contains(person) && legal::stands(&model, &state, *person, *place)
    })
}

/// Whether the weeks' automata let somebody hold what `state` gives them, among other ways to spend the days.
fn weeks_allow(model: &Model, state: &State, number: usize) -> bool {
    let mut days: Vec<(i32, Vec<Way>)> = Vec::new();
    for place in state.duties(number) {
        let day = model.spots[*place].day;
        if days.last().is_none_or(|(last, _)| *last != day) {
            days.push((day, vec![Way { places: Vec::new(), grains: 1 }]));
        }
        days.last_mut().unwrap().1[0].places.push(*place);
    }
    for (day, ways) in &mut days {
        let others = model.open.iter().filter(|place| model.spots[**place].day == *day);
        ways.extend(others.map(|place| Way { places: vec![*place], grains: 1 }));
    }
    let (pinned, mut weeks) = (State::pinned(model), Weeks::default());
    let week = |day: i32| model.people[number].civil(day).unwrap() / 7;
    days.chunk_by(|one, next| week(one.0) == week(next.0)).all(|ways| {
        let mut at = 0;
        let all = weeks.days(model, &pinned, number, ways, days.len());
        all.iter().all(|day| {
            let arc = day.arcs.iter().find(|arc| arc.from == at && Some(arc.class) == day.classes[1]);
            arc.inspect(|arc| at = arc.to).is_some()
        })
    })
}

/// The same, with a place in four pinned to somebody, where they stand there.
fn some_pinned(mut problem: Problem, dice: &mut Dice) -> Problem {
    for place in 0..problem.places.len() {
        if dice.roll(4) > 0 || problem.candidates.is_empty() {
            continue;
        }
        let number = dice.roll(problem.candidates.len());
        let before = problem.places[place].clone();
        let person = problem.candidates[number].person;
        problem.places[place].pinned = true;
        problem.places[place].preset = Some(person);
        let model = Model::of(&problem);
        let state = State::pinned(&model);
        let fits = model.spots[place].eligible.contains(&number);
        if !fits || !refused(&problem, &state, number).is_empty() {
            problem.places[place] = before;
        }
    }
    problem
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    /// Random changes to a legal rota, kept where both say yes: places given, moved and taken away.
    #[test]
    fn a_change_stands_in_the_search_exactly_if_the_judge_finds_nothing_against_it(
        seed in any::<u64>(), changes in any::<u64>(),
    ) {
        let mut dice = Dice::new(changes);
        let problem = some_pinned(any_problem(seed), &mut dice);
        let model = Model::of(&problem);
        let mut state = State::pinned(&model);
        let mut bound = Bound::new(&problem);
        let takers: Vec<Vec<usize>> = (0..model.spots.len()).map(|place| bound.alone(place)).collect();
        for _ in 0..120 {
            if model.open.is_empty() {
                return Ok(());
            }
            let place = model.open[dice.roll(model.open.len())];
            let before = state.holder(place);
            let person = (dice.roll(6) > 0).then(|| dice.roll(problem.candidates.len()));
            if person == before {
                continue;
            }
            state.put(&model, place, person);
            let eligible = person.is_none_or(|person| model.spots[place].eligible.contains(&person));
            let (stands, _) = all_stand(&model, &state, &[(place, before)]);
            let touched = [before, person].into_iter().flatten();
            let refused: Vec<Finding> =
                touched.flat_map(|number| refused(&problem, &state, number)).collect();
            prop_assert_eq!(
                eligible && stands, refused.is_empty(),
                "place {:?} to {:?}: eligible {} stands {}: {:?}",
                problem.places[place].slot.span, person, eligible, stands, refused
            );
            if !refused.is_empty() {
                state.put(&model, place, before);
            }
            for number in [before, person].into_iter().flatten() {
                prop_assert!(weeks_allow(&model, &state, number), "the bound leaves out a legal part");
                let open = |place: &&usize| !model.spots[**place].pinned;
                let held: Vec<usize> = state.duties(number).iter().filter(open).copied().collect();
                for place in &held {
                    prop_assert!(takers[*place].contains(&number), "the bound leaves out who may take a place");
                }
                for day in held.chunk_by(|one, next| model.spots[*one].day == model.spots[*next].day) {
                    prop_assert!(
                        day.len() == 1
                            || legal::day_holds(Rules::All, &model, &State::pinned(&model), number, day),
                        "the bound leaves out a legal day"
                    );
                }
            }
        }
    }
}
