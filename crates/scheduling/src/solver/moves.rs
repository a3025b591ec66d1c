//! The small changes a search tries: give a place to somebody else, swap two, push one aside.

use std::collections::BTreeMap;

use domain::WishKind;

use super::legal;
use super::random::Dice;
use super::state::State;
use super::timeline::{DAY, Model};

/// One place, and who is to have it.
pub(super) type Change = (usize, Option<usize>);

/// A change to try, of a kind that the dice choose. Empty if the dice found none.
pub(super) fn propose(model: &Model, state: &State, dice: &mut Dice) -> Vec<Change> {
    if dice.roll(4) == 0 {
        return grant(model, state, dice);
    }
    let Some(place) = some_place(model, state, dice) else { return Vec::new() };
    match dice.roll(8) {
        0..=2 => hand_over(model, state, dice, place),
        3..=4 => swap(model, state, dice, place),
        5..=6 => push_aside(model, state, dice, place, 1),
        _ => push_aside(model, state, dice, place, 2),
    }
}

/// Somebody gets a duty on a day they wished for, and its holder one of theirs, or somebody else does.
fn grant(model: &Model, state: &State, dice: &mut Dice) -> Vec<Change> {
    if model.people.is_empty() {
        return Vec::new();
    }
    let person = dice.roll(model.people.len());
    let wished = |wishes: &BTreeMap<i32, WishKind>, day: i32| wishes.get(&day) == Some(&WishKind::Wish);
    let wishes = &model.people[person].wishes;
    let has = |day: i32| state.duties(person).iter().any(|duty| model.spots[*duty].day == day);
    let missed: Vec<i32> = wishes.keys().copied().filter(|day| wished(wishes, *day) && !has(*day)).collect();
    let Some(day) = dice.pick(&missed) else { return Vec::new() };
    let first = model.open.partition_point(|place| model.spots[*place].day < day);
    let places = model.open[first..].iter().copied().take_while(|place| model.spots[*place].day == day);
    let free = |place: &usize| {
        model.spots[*place].eligible.binary_search(&person).is_ok()
            && state.holder(*place).is_none_or(|holder| !wished(&model.people[holder].wishes, day))
    };
    let places: Vec<usize> = places.filter(free).collect();
    let Some(place) = dice.pick(&places) else { return Vec::new() };
    let given = |duty: &usize| !model.spots[*duty].pinned && !wished(wishes, model.spots[*duty].day);
    let duties: Vec<usize> = state.duties(person).iter().copied().filter(given).collect();
    let Some(duty) = dice.pick(&duties) else { return vec![(place, Some(person))] };
    let swapped = state.holder(place).filter(|_| dice.roll(3) > 0);
    let taker = swapped.or_else(|| some_taker(model, state, dice, duty));
    let fits = |taker: &usize| model.spots[duty].eligible.binary_search(taker).is_ok();
    match taker.filter(fits) {
        Some(taker) => vec![(place, None), (duty, Some(taker)), (place, Some(person))],
        None => Vec::new(),
    }
}

/// A place to change: often a hole, often one of somebody who has more than their share.
fn some_place(model: &Model, state: &State, dice: &mut Dice) -> Option<usize> {
    let mut best = dice.pick(&model.open)?;
    let weight = |place: usize| match state.holder(place) {
        None => i64::MAX,
        Some(person) => state.deviation(model, person),
    };
    for _ in 0..dice.roll(4) {
        let other = dice.pick(&model.open)?;
        if weight(other) > weight(best) {
            best = other;
        }
    }
    Some(best)
}

/// Somebody who may take `place`: more often one who has less than their share.
fn some_taker(model: &Model, state: &State, dice: &mut Dice, place: usize) -> Option<usize> {
    let eligible = &model.spots[place].eligible;
    let mut best = dice.pick(eligible)?;
    for _ in 0..dice.roll(3) {
        let other = dice.pick(eligible)?;
        if state.deviation(model, other) < state.deviation(model, best) {
            best = other;
        }
    }
    (state.holder(place) != Some(best)).then_some(best)
}

fn hand_over(model: &Model, state: &State, dice: &mut Dice, place: usize) -> Vec<Change> {
    some_taker(model, state, dice, place).map(|person| vec![(place, Some(person))]).unwrap_or_default()
}

fn swap(model: &Model, state: &State, dice: &mut Dice, place: usize) -> Vec<Change> {
    let Some(other) = dice.pick(&model.open) else { return Vec::new() };
    let (one, two) = (state.holder(place), state.holder(other));
    let fits = |place: usize, person: Option<usize>| {
        person.is_none_or(|person| model.spots[place].eligible.binary_search(&person).is_ok())
    };
    if one == two || !fits(place, two) || !fits(other, one) {
        return Vec::new();
    }
    vec![(place, None), (other, one), (place, two)]
}

/// Somebody takes `place` and hands on a duty that stands in its way, `links` times.
fn push_aside(model: &Model, state: &State, dice: &mut Dice, place: usize, links: usize) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut place = place;
    for link in 0..=links {
        let Some(person) = some_taker(model, state, dice, place) else { return Vec::new() };
        changes.push((place, Some(person)));
        if link == links {
            break;
        }
        let time = model.spots[place].time;
        let near: Vec<usize> = state
            .duties(person)
            .iter()
            .copied()
            .filter(|duty| !model.spots[*duty].pinned && changes.iter().all(|(moved, _)| moved != duty))
            .filter(|duty| {
                let other = model.spots[*duty].time;
                other.0 < time.1 + 7 * DAY && time.0 < other.1 + 7 * DAY
            })
            .collect();
        let Some(duty) = dice.pick(&near) else { break };
        place = duty;
    }
    changes
}

/// Applies `changes` if they cost no more and are legal; else leaves everything as it was.
/// Returns whether they were kept, and the units of work it cost.
pub(super) fn attempt(model: &Model, state: &mut State, changes: &[Change]) -> (bool, u64) {
    let before = state.penalty();
    let undo: Vec<Change> = changes.iter().map(|(place, _)| (*place, state.holder(*place))).collect();
    for (place, person) in changes {
        state.put(model, *place, *person);
    }
    let (legal, work) = if state.penalty() <= before { all_stand(model, state, &undo) } else { (false, 1) };
    if !legal {
        // Backwards, so that a place changed twice ends where it began.
        for (place, person) in undo.iter().rev() {
            state.put(model, *place, *person);
        }
    }
    (legal, work)
}

/// Whether everybody who gained a place stands the law there, and everybody who lost one for
/// whom that may break something. (Losing a duty can break nothing else: the time becomes rest. On a day
/// that keeps another duty it may be a gap too long, or no pause any more.)
pub(super) fn all_stand(model: &Model, state: &State, before: &[Change]) -> (bool, u64) {
    let mut work = 1;
    for (place, had) in before {
        let time = model.spots[*place].time;
        let lost = had.filter(|person| {
            let someone = &model.people[*person];
            let same_day = |duty: &usize| someone.on_same_day(model.spots[*duty].time, time);
            someone.fickle || someone.minds_gaps && state.duties(*person).iter().any(same_day)
        });
        for person in state.holder(*place).into_iter().chain(lost) {
            work += 1;
            if !legal::stands(model, state, person, *place) {
                return (false, work);
            }
        }
    }
    (true, work)
}
