//! The bound never says more than the truth: on problems small enough to try every rota.

use domain::{Finding, Minutes, PersonId, Rung, WishKind};
use proptest::prelude::*;

use super::town::*;
use crate::fair::parts;
use crate::solver::{Bound, Budget, Penalty, Quiet, Search, Seed, Status, solve};
use crate::{Problem, judge};

/// What rotas cost, reckoned from the problem's own words and not from the solver's.
struct Prices<'a> {
    problem: &'a Problem,
    fair: Vec<Option<i64>>,
}

impl<'a> Prices<'a> {
    fn of(problem: &'a Problem) -> Self {
        Self { problem, fair: parts(problem) }
    }

    fn price(&self, rota: &[Option<PersonId>]) -> Penalty {
        let filled = || self.problem.places.iter().zip(rota);
        let open = filled().filter(|(_, holder)| holder.is_none()).map(|(place, _)| {
            let minutes = i64::from(place.slot.span.length().0);
            if place.slot.rung == Rung::Lead { 10 * minutes } else { minutes }
        });
        // Somebody who is no candidate any more cannot be kept, so losing them costs nothing.
        let moved = filled().filter(|(place, holder)| {
            place.preset.is_some_and(|before| self.problem.candidate(before).is_some())
                && place.preset != **holder
        });
        let mut penalty = Penalty { cover: open.sum(), ..Penalty::default() };
        penalty.stability = i64::try_from(moved.count()).unwrap();
        for (one, fair) in self.problem.candidates.iter().zip(&self.fair) {
            let held = || filled().filter(|(_, holder)| **holder == Some(one.person)).map(|(place, _)| place);
            let worth: i64 = held().map(|place| i64::from(place.worth.0)).sum();
            let beyond =
                fair.map_or(0, |fair| ((worth - fair).abs() - i64::from(self.problem.tolerance.0)).max(0));
            penalty.fairness += beyond * beyond;
            for wish in &one.wishes {
                let on = held().filter(|place| place.slot.day == wish.day).count();
                let asked = self.problem.places.iter().any(|place| place.slot.day == wish.day);
                penalty.wishes += match wish.kind {
                    WishKind::Wish => i64::from(asked && on == 0),
                    WishKind::RatherNot => 3 * i64::try_from(on).unwrap(),
                    WishKind::Cant => 0,
                };
            }
        }
        penalty
    }

    /// The cheapest legal rota there is, by trying all. What one person may hold depends on nobody else,
    /// so the judge is asked once for each part.
    fn cheapest(&self) -> Penalty {
        let Problem { places, candidates, .. } = self.problem;
        let legal = lawful_parts(self.problem);
        let choices = candidates.len() + 1;
        let count = choices.pow(u32::try_from(places.len()).unwrap());
        let chosen =
            |number: usize, place: usize| number / choices.pow(u32::try_from(place).unwrap()) % choices;
        let lawful = |number: &usize| {
            (0..candidates.len()).all(|one| {
                let held = (0..places.len()).filter(|place| chosen(*number, *place) == one);
                legal[one][held.map(|place| 1 << place).sum::<usize>()]
            })
        };
        let rota = |number: usize| -> Vec<Option<PersonId>> {
            (0..places.len())
                .map(|place| candidates.get(chosen(number, place)).map(|one| one.person))
                .collect()
        };
        (0..count).filter(lawful).map(|number| self.price(&rota(number))).min().unwrap()
    }
}

/// For each person, which sets of places the judge lets them hold; place `n` is bit `n`.
pub(super) fn lawful_parts(problem: &Problem) -> Vec<Vec<bool>> {
    let places = problem.places.len();
    let part = |person: PersonId, part: usize| -> Vec<Option<PersonId>> {
        (0..places).map(|place| (part >> place & 1 == 1).then_some(person)).collect()
    };
    let blocks = |finding: &Finding| finding.gravity.blocks();
    let holds = |person: PersonId, held: usize| !judge(problem, &part(person, held)).iter().any(blocks);
    let people = problem.candidates.iter();
    people.map(|one| (0..1 << places).map(|held| holds(one.person, held)).collect()).collect()
}

/// Up to five duties of one June week and three people, one of them perhaps with a part-time contract.
fn any_week() -> impl Strategy<Value = Problem> {
    let place = (1_u32..8, 0_usize..4, any::<bool>(), prop::option::of(1_u128..4)).prop_map(
        |(date, hours, first, before)| {
            let (from, until) =
                [("09:00", "13:00"), ("12:00", "18:00"), ("18:00", "22:00"), ("18:00", "22:00")][hours];
            let from = format!("2026-06-{date:02} {from}");
            let place = if first { lead(&from, until) } else { backup(&from, until) };
            place.with(before.map(person))
        },
    );
    let wish =
        (1_u32..8, 0_usize..3).prop_map(|(date, kind)| (format!("2026-06-{date:02}"), WishKind::ALL[kind]));
    let share = prop::sample::select(vec![5_000_u32, 10_000]);
    let someone = (prop::collection::vec(wish, 0..3), -300_i64..300, share, any::<bool>());
    (prop::collection::vec(place, 1..6), prop::collection::vec(someone, 1..4)).prop_map(
        |(mut places, people)| {
            places.sort_by_key(|place| (place.slot.span, place.slot.rung));
            let candidates = people.into_iter().zip(1..).map(|((wishes, balance, share, few), number)| {
                let mut one = french(number).at_the_desk("2026-06-03", &[("09:00", "17:00")]);
                // Sixteen hours a week and a tenth more: the desk and two duties, if they are short.
                one.employments[0].weekly = (few && share == 5_000).then_some(Minutes::hours(16));
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
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn no_rota_is_cheaper_than_the_bound_and_what_is_called_optimal_is(problem in any_week()) {
        let prices = Prices::of(&problem);
        let truth = prices.cheapest();
        let mut bound = Bound::new(&problem);
        bound.step(100_000);
        prop_assert!(bound.penalty() <= truth, "{:?} {:?}", bound.penalty(), truth);
        let outcome = solve(&problem, Budget::of_work(4_000), Seed(1), &mut Quiet);
        prop_assert_eq!(prices.price(&outcome.rota), outcome.penalty);
        if outcome.status == Status::Optimal {
            prop_assert_eq!(outcome.penalty, truth);
        }
        // So small a problem is solved whether or not that can be proved: nearly always at once, and
        // with patience always.
        let found = if outcome.penalty == truth {
            truth
        } else {
            solve(&problem, Budget::of_work(2_000_000), Seed(1), &mut Quiet).penalty
        };
        prop_assert_eq!(found, truth);
    }
}

#[test]
fn a_duty_that_fills_a_part_timers_gap_makes_room_for_another() {
    // From ten to one is a longer gap than a part-timer's day may have, unless they work through it.
    let places = vec![lead("2026-06-03 10:00", "13:00"), lead("2026-06-03 13:00", "14:00")];
    let mut one = french(1).at_the_desk("2026-06-03", &[("09:00", "10:00")]);
    one.employments[0].weekly = Some(Minutes::hours(24));
    let problem = problem(places, vec![one]);
    let mut bound = Bound::new(&problem);
    bound.step(100_000);
    assert_eq!(bound.penalty().cover, 0);
    let outcome = solve(&problem, Budget::of_work(4_000), Seed(1), &mut Quiet);
    assert_eq!((outcome.penalty.cover, outcome.status), (0, Status::Optimal));
    assert!(!lawful_parts(&problem)[0][2], "the later duty alone leaves the gap");
    assert!(lawful_parts(&problem)[0][3]);
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
