//! Somebody falls ill: the rota is mended, and nobody is touched who need not be.

use std::collections::BTreeSet;

use domain::{PersonId, time};

use super::bounds::lawful_parts;
use super::town::*;
use crate::solver::random::Dice;
use crate::{Budget, Candidate, Place, Problem, Quiet, Seed, judge, repair, solve};

/// Five people of whom two work part of the week, seven duties within ten days, and a rota for them.
fn published(dice: &mut Dice) -> Problem {
    let people: Vec<Candidate> = (1..=5)
        .map(|number| {
            let one = french(number);
            let on = format!("2026-06-{:02}", 1 + dice.roll(5));
            if dice.roll(2) == 0 { one.at_the_desk(&on, &[("10:00", "19:00")]) } else { one }
        })
        .collect();
    let mut places: Vec<Place> = (0..7)
        .map(|_| {
            let hours = [("09:00", "13:00"), ("12:00", "18:00"), ("18:00", "22:00")][dice.roll(3)];
            let from = format!("2026-06-{:02} {}", 1 + dice.roll(8), hours.0);
            if dice.roll(2) == 0 { lead(&from, hours.1) } else { backup(&from, hours.1) }
        })
        .collect();
    places.sort_by_key(|place| (place.slot.span, place.slot.rung));
    let mut problem = problem(places, people);
    let rota = solve(&problem, Budget::of_work(2_000), Seed(1), &mut Quiet).rota;
    for (place, holder) in problem.places.iter_mut().zip(rota) {
        place.preset = holder;
    }
    problem
}

/// What stays open, how many people are touched, and how many duties move.
fn change(problem: &Problem, rota: &[Option<PersonId>], excused: &BTreeSet<PersonId>) -> (i64, usize, usize) {
    let filled = || problem.places.iter().zip(rota);
    let open = filled().filter(|(_, holder)| holder.is_none()).map(|(place, _)| {
        let minutes = i64::from(place.slot.span.length().0);
        if place.slot.rung == domain::Rung::Lead { 10 * minutes } else { minutes }
    });
    let changed = || filled().filter(|(place, holder)| place.preset != **holder);
    let concerned: BTreeSet<PersonId> =
        changed().flat_map(|(place, holder)| [place.preset, *holder]).flatten().collect();
    (open.sum(), concerned.difference(excused).count(), changed().count())
}

/// The least change of all legal rotas, by trying all.
fn least(problem: &Problem, excused: &BTreeSet<PersonId>) -> (i64, usize, usize) {
    let legal = lawful_parts(problem);
    let (people, places) = (problem.candidates.len(), problem.places.len());
    let mut best = (i64::MAX, 0, 0);
    let mut chosen = vec![0; places];
    loop {
        let stands = (0..people).all(|one| {
            let held = (0..places).filter(|place| chosen[*place] == one).map(|place| 1 << place);
            legal[one][held.sum::<usize>()]
        });
        if stands {
            let rota: Vec<Option<PersonId>> =
                chosen.iter().map(|one| problem.candidates.get(*one).map(|one| one.person)).collect();
            best = best.min(change(problem, &rota, excused));
        }
        let Some(next) = (0..places).find(|place| chosen[*place] < people) else { return best };
        chosen[..next].fill(0);
        chosen[next] += 1;
    }
}

#[test]
fn a_sudden_absence_touches_no_more_people_than_the_least_change_there_is() {
    for case in 0..50 {
        let mut dice = Dice::new(case);
        let mut problem = published(&mut dice);
        let ill = dice.roll(problem.candidates.len());
        let first = day("2026-06-01") + chrono::Days::new(dice.roll(6) as u64);
        let days = (0..3).map(|later| time::civil_day(first + chrono::Days::new(later), PARIS));
        problem.candidates[ill].absences.extend(days);
        let who = problem.candidates[ill].person;
        let away = &problem.candidates[ill].absences;
        let lost = problem.places.iter().any(|place| {
            place.preset == Some(who) && away.iter().any(|away| away.overlaps(&place.slot.span))
        });
        let excused = if lost { BTreeSet::from([who]) } else { BTreeSet::new() };
        let mended = repair(&problem, Budget::of_work(200_000));
        assert!(judge(&problem, &mended.rota).iter().all(|found| !found.gravity.blocks()), "case {case}");
        assert!(mended.complete, "case {case}");
        let seen = change(&problem, &mended.rota, &excused);
        assert_eq!(seen.1, mended.touched.len(), "case {case}");
        assert_eq!(seen, least(&problem, &excused), "case {case}");
    }
}

#[test]
fn whoever_is_well_keeps_what_they_had() {
    let mut places: Vec<Place> =
        (1..6).map(|date| lead(&format!("2026-06-{date:02} 18:00"), "22:00").with(Some(person(1)))).collect();
    places[2].preset = Some(person(2));
    let mut problem = problem(places, vec![french(1), french(2), french(3)]);
    problem.candidates[1].absences.push(time::civil_day(day("2026-06-03"), PARIS));
    let mended = repair(&problem, Budget::of_work(10_000));
    assert_eq!(mended.touched, [person(3)]);
    assert_eq!(mended.rota.iter().filter(|holder| **holder == Some(person(1))).count(), 4);
}

#[test]
fn duties_that_stand_only_together_are_both_kept() {
    // Either alone leaves a part-timer's day a longer gap than it may have: from ten, or until four.
    let keep = |place: Place| Place { preset: Some(person(1)), ..place };
    let places = [lead("2026-06-03 10:00", "13:00"), lead("2026-06-03 13:30", "16:00")].map(keep);
    let mut one = french(1).at_the_desk("2026-06-03", &[("08:00", "10:00"), ("16:00", "18:00")]);
    one.employments[0].weekly = Some(domain::Minutes::hours(24));
    let problem = problem(places.to_vec(), vec![one]);
    assert_eq!(lawful_parts(&problem)[0], [true, false, false, true]);
    let mended = repair(&problem, Budget::USUAL);
    assert_eq!(mended.rota, problem.preset());
    assert!(mended.touched.is_empty());
}
