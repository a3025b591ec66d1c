//! A region as it is: twenty advisors with a desk of seven hours, evenings and weekends to watch.

use chrono::Days as CivilDays;
use domain::{Calendar, Days, DutyKind, Language, Need, NeedId, PoolId, Skills, Window, WishKind};
use uuid::Uuid;

use super::town::*;
use crate::needs::{Period, around, office_days, slots};
use crate::{Budget, Candidate, Place, Problem, Quiet, Seed, Wish, judge, score, solve};

/// Eight weeks of summer: a lead and a backup on weekday evenings, three duties on free days.
fn region() -> Problem {
    let need = |number, days, from, until, backups| Need {
        id: NeedId(Uuid::from_u128(number)),
        pool: PoolId(Uuid::from_u128(1)),
        window: Window { days, from: hour(from), until: hour(until) },
        leads: 1,
        backups,
        languages: vec![Language::EN],
        skills: Skills::default(),
        kind: DutyKind::Active,
        from: day("2020-01-01"),
        until: None,
        season: domain::Season::default(),
    };
    let needs = [
        need(1, Days::WORKDAYS, "18:00", "22:00", 1),
        need(2, Days::FREE, "09:00", "13:00", 0),
        need(3, Days::FREE, "13:00", "18:00", 1),
        need(4, Days::FREE, "18:00", "22:00", 0),
    ];
    let period = Period { from: day("2026-06-29"), until: day("2026-08-23") };
    let places = slots(&needs, period, PARIS, Calendar::France).into_iter().map(Place::open).collect();
    problem(places, (0..20).map(|number| advisor(number, period)).collect())
}

fn advisor(number: u64, period: Period) -> Candidate {
    let desk = |from, until| Window { days: Days::WORKDAYS, from: hour(from), until: hour(until) };
    let usual = [desk("09:00", "12:30"), desk("13:30", "17:00")];
    let late = [desk("11:00", "13:00"), desk("13:30", "17:00")];
    let mut one = french(u128::from(number) + 1);
    one.languages =
        if number.is_multiple_of(4) { vec![Language::FR] } else { vec![Language::FR, Language::EN] };
    one.share_bp = if number.is_multiple_of(5) { 5_000 } else { 10_000 };
    one.office = office_days(&usual, Some(&late), around(period), PARIS, Calendar::France);
    for (step, kind) in
        [(0, WishKind::Cant), (11, WishKind::RatherNot), (23, WishKind::Wish), (37, WishKind::Cant)]
    {
        let date = period.from + CivilDays::new((number * 7 + step) % 56);
        one.wishes.push(Wish { day: date, kind });
    }
    one
}

#[test]
fn a_region_of_twenty_is_watched_wholly_legally_and_fairly() {
    let problem = region();
    let outcome = solve(&problem, Budget::of_work(40_000), Seed(1), &mut Quiet);
    let figures = score(&problem, &outcome.rota);
    println!("{:?} {:?} {:?} work {}", outcome.status, outcome.penalty, outcome.bound, outcome.work);
    println!(
        "leads {:?} backups {:?} wishes {:?} spared {:?} gap {}",
        figures.leads, figures.backups, figures.wishes, figures.spared, figures.gap
    );
    let findings = judge(&problem, &outcome.rota);
    assert!(findings.iter().all(|finding| !finding.gravity.blocks()), "{findings:?}");
    assert_eq!((figures.leads.filled, figures.backups.filled), (figures.leads.of, figures.backups.of));
    // Nobody is further from their fair share than one long duty.
    assert!(figures.shares.iter().all(|share| share.over().abs() <= 300), "{:?}", figures.shares);
    assert_eq!(figures.spared.filled, figures.spared.of);
}

#[test]
fn a_planner_who_cancels_is_heard_after_little_work_at_any_moment() {
    let problem = crate::region::Region { offices: 12, advisors: 60, weeks: 13, seed: 1 }.problem();
    let mut heard = 0;
    let mut watch = |snapshot: &crate::Snapshot<'_>| {
        assert!(snapshot.work - heard <= 8_000, "{} units of work unheard", snapshot.work - heard);
        heard = snapshot.work;
        std::ops::ControlFlow::Continue(())
    };
    solve(&problem, Budget::of_work(100_000), Seed(1), &mut watch);
    let mut bound = crate::Bound::new(&problem);
    for _ in 0..100 {
        let before = bound.work();
        bound.step(2_000);
        assert!(bound.work() - before <= 4_000, "{} units of work unheard", bound.work() - before);
    }
}

#[test]
fn two_threads_make_the_rota_that_one_makes() {
    let problem = region();
    let once = solve(&problem, Budget::of_work(20_000), Seed(1), &mut Quiet);
    assert_eq!(crate::solve_on(2, &problem, Budget::of_work(20_000), Seed(1), &mut Quiet), once);
}

#[test]
fn where_prices_would_take_too_much_memory_the_rota_is_made_all_the_same() {
    let problem = crate::region::Region { offices: 3, advisors: 10, weeks: 4, seed: 2 }.problem();
    let solved = |memory| solve(&problem, Budget { memory, ..Budget::of_work(20_000) }, Seed(1), &mut Quiet);
    let (none, usual) = (solved(0), solved(Budget::USUAL.memory));
    assert!(none.bound <= usual.bound);
    assert_eq!((none.penalty.cover, none.penalty.fairness), (usual.penalty.cover, usual.penalty.fairness));
}
