//! The search: legal always, fair, obedient to levels, the same every time.

use std::ops::ControlFlow;

use chrono::Days as CivilDays;
use chrono_tz::Tz;
use domain::{
    Calendar, Days, DutyKind, Finding, Language, Law, Need, NeedId, PersonId, PoolId, Skills, Window,
    WishKind,
};
use proptest::prelude::*;
use uuid::Uuid;

use super::town::*;
use crate::needs::{Period, around, office_days, slots};
use crate::{
    Budget, Candidate, Place, Problem, Quiet, Rota, Score, Seed, Snapshot, Standing, Status, Wish, judge,
    score, solve, who_could,
};

fn solved(problem: &Problem, work: u64) -> crate::Outcome {
    solve(problem, Budget::of_work(work), Seed(1), &mut Quiet)
}

fn evenings(from: &str, days: u64) -> Vec<Place> {
    (0..days)
        .map(|later| (day(from) + CivilDays::new(later)).to_string())
        .map(|date| lead(&format!("{date} 18:00"), "22:00"))
        .collect()
}

#[test]
fn an_empty_problem_is_solved() {
    let outcome = solved(&problem(Vec::new(), vec![french(1)]), 100);
    assert_eq!(outcome.rota, Rota::new());
    assert_eq!(outcome.status, Status::Optimal);
}

#[test]
fn a_place_nobody_may_take_stays_a_hole_and_that_is_proved() {
    let mut places = evenings("2026-06-01", 4);
    places[2].slot.languages = vec![Language::EN];
    let outcome = solved(&problem(places, vec![french(1), french(2)]), 5_000);
    assert_eq!(outcome.rota.iter().map(Option::is_some).collect::<Vec<_>>(), [true, true, false, true]);
    assert_eq!(outcome.status, Status::Optimal);
    assert_eq!(outcome.penalty.cover, 2_400);
}

#[test]
fn two_places_of_one_hour_need_two_people_and_the_lead_comes_first() {
    let places = vec![backup("2026-06-02 18:00", "22:00"), lead("2026-06-02 18:00", "22:00")];
    let outcome = solved(&problem(places, vec![french(1)]), 1_000);
    assert_eq!(outcome.rota, [None, Some(person(1))]);
    assert_eq!(outcome.status, Status::Optimal);
}

#[test]
fn evenings_are_shared_out_evenly() {
    let outcome = solved(&problem(evenings("2026-06-01", 12), vec![french(1), french(2), french(3)]), 20_000);
    let duties = |who| outcome.rota.iter().filter(|holder| **holder == Some(person(who))).count();
    assert_eq!([duties(1), duties(2), duties(3)], [4, 4, 4]);
    assert_eq!(outcome.status, Status::Optimal);
}

#[test]
fn a_part_timer_takes_a_part() {
    let mut half = french(2);
    half.share_bp = 5_000;
    let outcome = solved(&problem(evenings("2026-06-01", 12), vec![french(1), half]), 20_000);
    assert_eq!(outcome.rota.iter().filter(|holder| **holder == Some(person(2))).count(), 4);
}

#[test]
fn what_somebody_gave_before_is_given_back() {
    let mut ahead = french(2);
    ahead.balance = 4 * 240;
    let outcome = solved(&problem(evenings("2026-06-01", 12), vec![french(1), ahead]), 20_000);
    assert_eq!(outcome.rota.iter().filter(|holder| **holder == Some(person(2))).count(), 4);
}

#[test]
fn wishes_are_granted_where_fairness_does_not_mind() {
    let eager = french(1).says("2026-06-03", WishKind::Wish).says("2026-06-06", WishKind::Wish);
    let shy = french(2).says("2026-06-01", WishKind::RatherNot).says("2026-06-04", WishKind::RatherNot);
    let outcome = solved(&problem(evenings("2026-06-01", 8), vec![eager, shy, french(3), french(4)]), 50_000);
    assert_eq!(outcome.penalty.wishes, 0);
    assert_eq!(outcome.status, Status::Optimal);
    assert_eq!(outcome.rota[2], Some(person(1)));
    assert_eq!(outcome.rota[5], Some(person(1)));
}

#[test]
fn somebody_takes_it_even_if_they_would_rather_not() {
    let shy = french(1).says("2026-06-01", WishKind::RatherNot);
    let outcome = solved(&problem(evenings("2026-06-01", 1), vec![shy]), 1_000);
    assert_eq!(outcome.rota, [Some(person(1))]);
    assert_eq!(outcome.status, Status::Optimal);
}

#[test]
fn a_rota_that_is_good_stays_as_it_was() {
    let preset = [3, 1, 2, 2, 3, 1].map(|number| Some(person(number)));
    let places: Vec<Place> =
        evenings("2026-06-01", 6).into_iter().zip(preset).map(|(place, before)| place.with(before)).collect();
    let outcome = solved(&problem(places, vec![french(1), french(2), french(3)]), 20_000);
    assert_eq!(outcome.rota, preset);
    assert_eq!(outcome.status, Status::Optimal);
}

#[test]
fn what_is_pinned_stays_even_where_it_breaks_the_law() {
    let stranger = person(77);
    let cant = french(1).says("2026-06-02", WishKind::Cant);
    let mut places = evenings("2026-06-01", 4);
    places[1] = places[1].clone().with(Some(person(1))).pinned();
    places[2] = places[2].clone().with(Some(stranger)).pinned();
    places[3] = places[3].clone().pinned();
    let outcome = solved(&problem(places, vec![cant, french(2)]), 5_000);
    assert_eq!(outcome.rota[1..], [Some(person(1)), Some(stranger), None]);
    assert!(outcome.rota[0].is_some());
}

#[test]
fn a_short_night_before_sunday_is_left_open_only_when_the_clocks_jump() {
    let weekend = |saturday: &str, sunday: &str| {
        let places =
            vec![lead(&format!("{saturday} 18:00"), "22:00"), lead(&format!("{sunday} 09:00"), "13:00")];
        solved(&problem(places, vec![french(1)]), 1_000).rota.iter().flatten().count()
    };
    assert_eq!(weekend("2026-03-21", "2026-03-22"), 2);
    assert_eq!(weekend("2026-03-28", "2026-03-29"), 1);
}

#[test]
fn ejection_finds_room_that_no_single_hand_over_finds() {
    // Only the first speaks English and stands on the Tuesday already, by preset; only the second
    // may take that Tuesday instead.
    let mut places = vec![lead("2026-06-02 14:00", "18:00"), lead("2026-06-02 16:00", "20:00")];
    places[0] = places[0].clone().with(Some(person(1)));
    places[1].slot.languages = vec![Language::EN];
    let mut first = french(1);
    first.languages = vec![Language::EN];
    let outcome = solved(&problem(places, vec![first, french(2)]), 5_000);
    assert_eq!(outcome.rota, [Some(person(2)), Some(person(1))]);
}

/// A pool in `zone` for `days` days from `first`, with people of all sorts drawn by `dice`.
fn any_pool(zone: Tz, first: chrono::NaiveDate, days: u64, people: &[u64], with_nights: bool) -> Problem {
    let need = |number: u128, days, from, until, backups| Need {
        id: NeedId(Uuid::from_u128(number)),
        pool: PoolId(Uuid::from_u128(1)),
        window: Window { days, from: hour(from), until: hour(until) },
        leads: 1,
        backups,
        languages: if number == 2 { vec![Language::EN] } else { Vec::new() },
        skills: Skills::default(),
        kind: DutyKind::Active,
        from: day("2020-01-01"),
        until: None,
        season: domain::Season::default(),
    };
    let mut needs = vec![
        need(1, Days::WORKDAYS, "18:00", "22:00", 1),
        need(2, Days::FREE, "09:00", "13:00", 0),
        need(3, Days::FREE, "13:00", "18:00", 1),
        need(4, Days::FREE, "18:00", "22:00", 0),
    ];
    if with_nights {
        needs.push(need(5, Days::ALL, "22:00", "06:00", 0));
    }
    let period = Period { from: first, until: first + CivilDays::new(days - 1) };
    let places: Vec<Place> =
        slots(&needs, period, zone, Calendar::France).into_iter().map(Place::open).collect();
    let candidates =
        people.iter().enumerate().map(|(number, dice)| any_person(number, *dice, zone, period)).collect();
    Problem::new(zone, places, candidates)
}

fn any_person(number: usize, dice: u64, zone: Tz, period: Period) -> Candidate {
    let law = Law::ALL[usize::try_from(dice % 3).unwrap()];
    let mut one = Candidate { zone, ..under(law, number as u128 + 1) };
    one.languages = if dice & 8 == 0 { vec![Language::EN] } else { Vec::new() };
    one.share_bp = if dice & 16 == 0 { 10_000 } else { 6_000 };
    one.balance = i64::try_from(dice >> 5 & 0xff).unwrap() - 128;
    let desk = |from, until| Window { days: Days::WORKDAYS, from: hour(from), until: hour(until) };
    let patterns: [(&[Window], Option<&[Window]>); 4] = [
        (&[], None),
        (&[desk("09:00", "12:00"), desk("14:00", "17:00")], None),
        (&[desk("08:00", "12:00"), desk("13:00", "16:00")], Some(&[desk("10:00", "16:00")])),
        (&[desk("08:30", "12:00"), desk("13:30", "17:30")], Some(&[desk("11:30", "17:30")])),
    ];
    let (usual, on_duty) = patterns[usize::try_from(dice >> 13 & 3).unwrap()];
    one.office = office_days(usual, on_duty, around(period), zone, Calendar::France);
    for (bit, date) in period.days().enumerate().take(21) {
        match dice >> (15 + 2 * bit) & 31 {
            0 => one.wishes.push(Wish { day: date, kind: WishKind::Cant }),
            1 => one.wishes.push(Wish { day: date, kind: WishKind::RatherNot }),
            2 => one.wishes.push(Wish { day: date, kind: WishKind::Wish }),
            3 => one.absences.push(domain::time::civil_day(date, zone)),
            4 => one.busy.push(
                Window { days: Days::ALL, from: hour("19:30"), until: hour("21:30") }
                    .on(date, zone)
                    .unwrap()
                    .into(),
            ),
            _ => {}
        }
    }
    one
}

fn any_zone() -> impl Strategy<Value = Tz> {
    prop::sample::select(vec![PARIS, chrono_tz::America::Montreal, chrono_tz::Australia::Lord_Howe])
}

/// Weeks that hold a clock change in Paris or Montreal, or none.
fn any_start() -> impl Strategy<Value = chrono::NaiveDate> {
    prop::sample::select(vec![
        "2026-03-02",
        "2026-03-20",
        "2026-06-01",
        "2026-10-19",
        "2026-10-30",
        "2027-04-01",
    ])
    .prop_map(day)
}

/// What stands in the way of a rota.
fn refused(problem: &Problem, rota: &[Option<PersonId>]) -> Vec<Finding> {
    judge(problem, rota).into_iter().filter(|finding| finding.gravity.blocks()).collect()
}

fn counted(problem: &Problem, rota: &[Option<PersonId>]) -> u32 {
    let Score { absolute, overridable, .. } = score(problem, rota);
    absolute + overridable
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_solver_returns_the_judge_accepts(
        zone in any_zone(), first in any_start(), people in prop::collection::vec(any::<u64>(), 1..5),
        nights in any::<bool>(), seed in any::<u64>(),
    ) {
        let problem = any_pool(zone, first, 12, &people, nights);
        let outcome = solve(&problem, Budget::of_work(3_000), Seed(seed), &mut Quiet);
        prop_assert_eq!(refused(&problem, &outcome.rota), vec![]);
        prop_assert_eq!(counted(&problem, &outcome.rota), 0);
        prop_assert!(outcome.bound <= outcome.penalty, "{:?} {:?}", outcome.bound, outcome.penalty);
    }

    #[test]
    fn no_hole_is_left_that_somebody_could_take(
        first in any_start(), people in prop::collection::vec(any::<u64>(), 1..4), seed in any::<u64>(),
    ) {
        let problem = any_pool(PARIS, first, 9, &people, false);
        let rota = solve(&problem, Budget::of_work(1_000), Seed(seed), &mut Quiet).rota;
        for place in (0..rota.len()).filter(|place| rota[*place].is_none()) {
            let free = who_could(&problem, &rota, place).into_iter().find(|one| one.standing == Standing::Free);
            prop_assert_eq!(free, None);
        }
    }

    #[test]
    fn the_same_problem_seed_and_budget_give_the_same_rota(
        people in prop::collection::vec(any::<u64>(), 1..5), seed in any::<u64>(), work in 1_u64..4_000,
    ) {
        let problem = any_pool(PARIS, day("2026-06-01"), 10, &people, false);
        let once = solve(&problem, Budget::of_work(work), Seed(seed), &mut Quiet);
        prop_assert_eq!(solve(&problem, Budget::of_work(work), Seed(seed), &mut Quiet), once);
    }

    #[test]
    fn a_search_that_is_stopped_keeps_a_legal_rota_no_worse_than_any_before(
        people in prop::collection::vec(any::<u64>(), 2..5), marks in 1_u32..4,
    ) {
        let problem = any_pool(PARIS, day("2026-06-01"), 14, &people, false);
        let mut seen: Vec<crate::Penalty> = Vec::new();
        let mut stop = |snapshot: &Snapshot<'_>| {
            seen.push(snapshot.penalty);
            assert_eq!(refused(&problem, snapshot.rota), vec![]);
            if seen.len() >= marks as usize { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let outcome = solve(&problem, Budget::of_work(1_000_000), Seed(5), &mut stop);
        prop_assert!(seen.is_sorted_by(|one, two| one >= two));
        prop_assert_eq!(refused(&problem, &outcome.rota), vec![]);
        prop_assert!(matches!(outcome.status, Status::Stopped | Status::Optimal));
    }

    #[test]
    fn pinned_places_are_never_touched_and_nothing_illegal_is_added(
        people in prop::collection::vec(any::<u64>(), 2..5), pins in prop::collection::vec((0_usize..30, 0_u128..6), 0..6),
    ) {
        let mut problem = any_pool(PARIS, day("2026-10-19"), 12, &people, false);
        let count = problem.places.len();
        for (place, who) in &pins {
            let place = place % count;
            let holder = (*who > 0).then(|| person(*who));
            problem.places[place] = problem.places[place].clone().with(holder).pinned();
        }
        if let Some(standby) = problem.places.last_mut() {
            standby.kind = DutyKind::Standby;
        }
        let pinned_only: Rota = problem.places.iter().map(|place| place.preset).collect();
        let outcome = solve(&problem, Budget::of_work(2_000), Seed(3), &mut Quiet);
        for (place, holder) in problem.places.iter().zip(&outcome.rota).filter(|(place, _)| place.pinned) {
            prop_assert_eq!(place.preset, *holder);
        }
        let before: Vec<_> = refused(&problem, &pinned_only).into_iter().map(|found| (found.person, found.rule)).collect();
        for found in refused(&problem, &outcome.rota) {
            prop_assert!(before.contains(&(found.person, found.rule)), "{:?}", found);
        }
    }
}
