//! For random people, contracts, laws, hours, leave and duties: whatever is offered, the judge accepts after
//! it, and giving it back leaves everything as it was. Much is offered.

mod world;

use std::{
    cell::Cell,
    sync::atomic::{AtomicUsize, Ordering},
};

use chrono::{DateTime, Duration, Utc};
use domain::{Assignment, Finding, PersonId, Rung, Shift, Skills, Slot, Span, Tz, time};
use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseError, TestRunner},
};

use super::{
    eligible::{How, judged},
    follow::Moves,
    ground::Ground,
    open::fair,
    transfer::{Agreed, Deal, back, moved},
};
use crate::rota::{publish::Plan, scene::Scene};
use world::{id, obstacles, worlds};

/// The standing shifts after a plan, and all of them with the cancelled.
fn after(before: &[Shift], plan: &Plan) -> Vec<Shift> {
    let mut all = before.to_vec();
    let changed = plan.change.iter().map(|(_, new)| new);
    for new in changed.chain(&plan.cancel).chain(&plan.restore) {
        *all.iter_mut().find(|one| one.id == new.id).unwrap() = new.clone();
    }
    all.extend(plan.add.iter().cloned());
    all
}

fn standing(shifts: &[Shift]) -> Vec<Shift> {
    let mut all: Vec<Shift> = shifts.iter().filter(|one| one.cancelled_at.is_none()).cloned().collect();
    all.sort_by_key(|one| one.id);
    all
}

/// A duty, who has it, when, as what, and when they were told.
type Standing = (domain::ShiftId, PersonId, Span, Rung, Option<DateTime<Utc>>);

/// Who stands where and since when they know of it, whatever became of it meanwhile.
fn stands(shifts: &[Shift]) -> Vec<Standing> {
    standing(shifts).iter().map(|one| (one.id, one.person, one.span, one.rung, one.told_at)).collect()
}

/// The places in which these shifts stand.
fn places(shifts: &[Shift], zone: Tz) -> Vec<Assignment> {
    let place = |(number, shift): (usize, &Shift)| Assignment {
        id: id(9_000 + number),
        rota: shift.rota,
        slot: Slot {
            need: shift.need,
            day: time::day(shift.span.start(), zone),
            span: shift.span,
            rung: shift.rung,
            place: 0,
            languages: Vec::new(),
            skills: Skills::default(),
        },
        person: Some(shift.person),
        pinned: false,
    };
    shifts.iter().enumerate().map(place).collect()
}

/// Who stands in which place.
fn seated(places: &[Assignment]) -> Vec<(Span, Rung, Option<PersonId>)> {
    let mut all: Vec<_> = places.iter().map(|one| (one.slot.span, one.slot.rung, one.person)).collect();
    all.sort();
    all
}

fn mint() -> impl Fn() -> domain::ShiftId + Sync {
    let next = AtomicUsize::new(5_000);
    move || id(next.fetch_add(1, Ordering::Relaxed))
}

/// A place that nobody fills.
fn hole(scene: &Scene, span: Span) -> Assignment {
    Assignment {
        id: id(7),
        rota: id(0),
        slot: Slot {
            need: id(0),
            day: time::day(span.start(), scene.pool.zone),
            span,
            rung: Rung::Lead,
            place: 0,
            languages: scene.needs[0].languages.clone(),
            skills: scene.needs[0].skills.clone(),
        },
        person: None,
        pinned: false,
    }
}

/// What stands in the way of the hours to come that did not before, or less so: no reason was given for
/// anything in these worlds.
fn worse(scene: &Scene, done: &[Shift]) -> Vec<Finding> {
    let before = obstacles(scene, &standing(&scene.published));
    let mut found = obstacles(scene, &standing(done));
    found.retain(|new| {
        let as_bad = |old: &Finding| new.is_no_worse_than(old);
        scene.now < new.span.end() && !before.iter().any(as_bad)
    });
    found
}

/// Carries a deal out, looks at it, and takes it back.
fn holds(scene: &Scene, plan: &Plan, now: DateTime<Utc>) -> Result<(), TestCaseError> {
    let done = after(&scene.published, plan);
    let broken = worse(scene, &done);
    prop_assert!(broken.is_empty(), "{broken:?} after {plan:?}");
    let minutes = |shifts: &[Shift]| {
        let leads = standing(shifts).into_iter().filter(|one| one.rung == Rung::Lead);
        leads.map(|one| one.span.length().0).sum::<u32>()
    };
    prop_assert_eq!(minutes(&done), minutes(&scene.published), "no led hour is lost or made");
    let undone = back(&moved(plan), &done, now);
    prop_assert!(undone.is_some());
    let undone = undone.unwrap();
    prop_assert_eq!(stands(&after(&done, &undone)), stands(&scene.published));
    let zone = scene.pool.zone;
    let before = places(&scene.published, zone);
    let mut next = 20_000;
    let mut mint = || {
        next += 1;
        id(next)
    };
    let there = Moves::of(plan, zone).followed_by(&before, &mut mint);
    prop_assert!(there.is_some(), "places follow {plan:?}");
    let back = Moves::of(&undone, zone).followed_by(&there.unwrap(), &mut mint);
    prop_assert_eq!(back.map(|back| seated(&back)), Some(seated(&before)), "and come back");
    Ok(())
}

/// Runs `case`, which tells how much it offered, on many worlds: something is offered in many of them.
fn on_worlds<T: std::fmt::Debug>(
    strategy: impl Strategy<Value = T>,
    case: impl Fn(T) -> Result<usize, TestCaseError>,
) {
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { Config::default().cases } else { 48 };
    let (runs, offering) = (Cell::new(0), Cell::new(0));
    let mut runner = TestRunner::new(Config { cases, ..Config::default() });
    let ran = runner.run(&strategy, |drawn| {
        let offered = case(drawn)?;
        runs.set(runs.get() + 1);
        offering.set(offering.get() + usize::from(offered > 0));
        Ok(())
    });
    ran.unwrap_or_else(|failed| panic!("{failed}"));
    assert!(offering.get() * 5 > runs.get(), "something is offered in {} of {}", offering.get(), runs.get());
}

#[test]
fn whatever_is_offered_the_judge_accepts_after_it_and_undo_restores_exactly() {
    on_worlds((worlds(), 0_i64..4, 1_i64..6), |(world, from, length)| {
        let scene = world.scene();
        let ground = Ground::of(scene.clone());
        let people: Vec<PersonId> = ground.people().collect();
        let mut offered = 0;
        for shift in &scene.published {
            let part = Span::new(
                shift.span.start() + Duration::hours(from),
                (shift.span.start() + Duration::hours(from + length)).min(shift.span.end()),
            );
            for part in [Some(shift.span), part.ok()].into_iter().flatten() {
                for one in judged(How::WILLINGLY, mint(), &ground, (shift, part), &people) {
                    if one.may() {
                        let deal = Deal {
                            shift,
                            part,
                            counter: None,
                            taker: one.person,
                            agreed: Agreed::BOTH,
                            absent: false,
                        };
                        holds(&scene, &deal.plan(&scene.published, scene.now, mint()), scene.now)?;
                        offered += 1;
                    }
                }
            }
        }
        Ok(offered)
    });
}

#[test]
fn whatever_swap_is_offered_the_judge_accepts_after_it_and_undo_restores_exactly() {
    on_worlds(worlds(), |world| {
        let scene = world.scene();
        let ground = Ground::of(scene.clone());
        let mut offered = 0;
        for shift in &scene.published {
            for counter in scene.published.iter().filter(|one| one.person != shift.person) {
                let taker = counter.person;
                let deal = Deal {
                    shift,
                    part: shift.span,
                    counter: Some(counter),
                    taker,
                    agreed: Agreed::BOTH,
                    absent: false,
                };
                let plan = deal.plan(&scene.published, scene.now, mint());
                let allowed = ground.allows(&deal, &plan);
                prop_assert_eq!(allowed, ground.against_deal(&deal, &plan).is_empty());
                if allowed {
                    holds(&scene, &plan, scene.now)?;
                    offered += 1;
                }
            }
        }
        Ok(offered)
    });
}

#[test]
fn whoever_may_take_an_open_duty_the_judge_accepts_after_it_and_giving_it_back_restores_exactly() {
    on_worlds((worlds(), 7_u64..14, 6_u32..21, 2_u32..6), |(world, day, from, length)| {
        let scene = world.scene();
        let ground = Ground::of(scene.clone());
        let hole = hole(&scene, world.span(day, from, from + length));
        let people: Vec<PersonId> = ground.people().collect();
        let may: Vec<PersonId> =
            people.iter().copied().filter(|one| fair::against(&ground, &hole, *one).is_empty()).collect();
        for person in &may {
            let shift = fair::duty(&ground, &hole, *person, mint()(), None);
            let plan = Plan { add: vec![shift], ..Plan::default() };
            let done = after(&scene.published, &plan);
            let broken = worse(&scene, &done);
            prop_assert!(broken.is_empty(), "{broken:?} after {plan:?}");
            let undone = back(&moved(&plan), &done, scene.now).unwrap();
            prop_assert_eq!(stands(&after(&done, &undone)), stands(&scene.published));
        }
        // Fairness orders those who may, and leaves nobody to take it out of nobody's reach.
        let first = people.iter().filter(|one| fair::against_now(&ground, &hole, **one).is_empty()).count();
        prop_assert_eq!(first == 0, may.is_empty());
        Ok(may.len())
    });
}
