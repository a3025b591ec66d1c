//! The bound never says more than the truth: on problems small enough to try every rota.

use domain::{PersonId, WishKind};
use proptest::prelude::*;

use super::town::*;
use crate::solver::{Bound, Budget, Penalty, Quiet, Search, Seed, Status, solve};
use crate::{Place, Problem, judge};

/// What a given rota costs: every place pinned, so that the search only counts.
fn price(problem: &Problem, rota: &[Option<PersonId>]) -> Penalty {
    let mut fixed = problem.clone();
    for (place, holder) in fixed.places.iter_mut().zip(rota) {
        *place = Place { preset: *holder, pinned: true, ..place.clone() };
    }
    let mut penalty = Search::new(&fixed, Seed(0)).penalty();
    // Somebody who is no candidate any more cannot be kept, so losing them costs nothing.
    let moved = |(place, holder): &(&Place, &Option<PersonId>)| {
        place.preset.is_some_and(|before| problem.candidate(before).is_some()) && place.preset != **holder
    };
    penalty.stability = i64::try_from(problem.places.iter().zip(rota).filter(moved).count()).unwrap();
    penalty
}

/// The cheapest legal rota there is, by trying all.
fn cheapest(problem: &Problem) -> Penalty {
    let choices: Vec<Option<PersonId>> =
        problem.candidates.iter().map(|candidate| Some(candidate.person)).chain([None]).collect();
    let places = problem.places.len();
    let count = choices.len().pow(u32::try_from(places).unwrap());
    (0..count)
        .map(|number| {
            (0..places)
                .map(|place| {
                    choices[number / choices.len().pow(u32::try_from(place).unwrap()) % choices.len()]
                })
                .collect::<Vec<_>>()
        })
        .filter(|rota| judge(problem, rota).is_empty())
        .map(|rota| price(problem, &rota))
        .min()
        .unwrap()
}

/// Up to five duties of one June week and three people.
fn any_week() -> impl Strategy<Value = Problem> {
    let place = (1_u32..6, 0_usize..4, any::<bool>(), prop::option::of(1_u128..4)).prop_map(
        |(date, hours, first, before)| {
            let (from, until) =
                [("09:00", "13:00"), ("12:00", "18:00"), ("18:00", "22:00"), ("18:00", "22:00")][hours];
            let from = format!("2026-06-{date:02} {from}");
            let place = if first { lead(&from, until) } else { backup(&from, until) };
            place.with(before.map(person))
        },
    );
    let wish =
        (1_u32..6, 0_usize..3).prop_map(|(date, kind)| (format!("2026-06-{date:02}"), WishKind::ALL[kind]));
    let someone =
        (prop::collection::vec(wish, 0..3), -300_i64..300, prop::sample::select(vec![5_000_u32, 10_000]));
    (prop::collection::vec(place, 1..6), prop::collection::vec(someone, 1..4)).prop_map(
        |(mut places, people)| {
            places.sort_by_key(|place| (place.slot.span, place.slot.rung));
            let candidates = people.into_iter().zip(1..).map(|((wishes, balance, share), number)| {
                let mut one = french(number).at_the_desk("2026-06-03", &[("09:00", "17:00")]);
                let mut days: Vec<String> = Vec::new();
                for (on, kind) in wishes {
                    if !days.contains(&on) {
                        one = one.says(&on, kind);
                        days.push(on);
                    }
                }
                (one.balance, one.share_bp) = (balance, share);
                one
            });
            problem(places, candidates.collect())
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_rota_is_cheaper_than_the_bound_and_what_is_called_optimal_is(problem in any_week()) {
        let truth = cheapest(&problem);
        let mut bound = Bound::new(&problem);
        bound.step(u64::MAX);
        prop_assert!(bound.penalty() <= truth, "{:?} {:?}", bound.penalty(), truth);
        let outcome = solve(&problem, Budget { work: 20_000 }, Seed(1), &mut Quiet);
        prop_assert_eq!(price(&problem, &outcome.rota), outcome.penalty);
        if outcome.status == Status::Optimal {
            prop_assert_eq!(outcome.penalty, truth);
        }
        // So small a problem is solved whether or not that can be proved: nearly always at once, and
        // with patience always.
        let found = if outcome.penalty == truth {
            truth
        } else {
            solve(&problem, Budget { work: 2_000_000 }, Seed(1), &mut Quiet).penalty
        };
        prop_assert_eq!(found, truth);
    }
}

#[test]
fn a_bound_comes_to_the_same_in_many_steps_as_in_one() {
    let places = (1..20).map(|date| lead(&format!("2026-06-{date:02} 18:00"), "22:00")).collect();
    let problem = problem(places, vec![french(1), french(2).says("2026-06-05", WishKind::Wish)]);
    let mut once = Bound::new(&problem);
    once.step(1_000_000);
    let mut often = Bound::new(&problem);
    for _ in 0..60 {
        often.step(1);
    }
    assert_eq!(once.penalty(), often.penalty());
}

#[test]
fn a_search_in_many_steps_ends_where_one_solve_ends() {
    let places = (1..20).map(|date| lead(&format!("2026-06-{date:02} 18:00"), "22:00")).collect();
    let mut people = vec![french(1), french(2), french(3)];
    people[0].balance = 55;
    let problem = problem(places, people);
    let mut search = Search::new(&problem, Seed(9));
    let before = search.penalty();
    for _ in 0..5 {
        search.step(500);
        assert_eq!(judge(&problem, search.rota()), []);
    }
    assert!(search.penalty() <= before);
}
