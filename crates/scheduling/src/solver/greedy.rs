//! Fills open places one by one, the scarcest first, each with whoever costs least.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use domain::WishKind;

use super::legal;
use super::penalty::Penalty;
use super::random::Dice;
use super::state::State;
use super::timeline::Model;

/// Puts everybody back where they stood before, as far as the law still allows, in the order of
/// places; returns the units of work it cost. Where the duties of a day stand only together, as when one of
/// them fills the gap between others, they are put back together.
pub(super) fn keep_presets(model: &Model, state: &mut State) -> u64 {
    let mut work = 0;
    let mut refused: BTreeMap<(usize, i32), Vec<usize>> = BTreeMap::new();
    for place in &model.open {
        let spot = &model.spots[*place];
        let Some(person) = spot.preset.filter(|person| spot.eligible.contains(person)) else { continue };
        state.put(model, *place, Some(person));
        work += 1;
        if !legal::stands(model, state, person, *place) {
            state.put(model, *place, None);
            refused.entry((person, spot.day)).or_default().push(*place);
        }
    }
    for ((person, _), places) in
        refused.into_iter().filter(|((person, _), _)| model.people[*person].minds_gaps)
    {
        work += places.len() as u64;
        if legal::all_of(model, state, person, &places) {
            places.iter().for_each(|place| state.put(model, *place, Some(person)));
        }
    }
    work
}

/// Puts places in the order in which they are best filled, the first one last; leads cost more when left
/// open, so they come first among equally scarce places.
pub(super) fn scarcest_last(model: &Model, places: &mut [usize]) {
    let thrift = |place: &usize| (model.spots[*place].eligible.len(), -model.spots[*place].cover, *place);
    places.sort_by_key(|place| Reverse(thrift(place)));
}

/// With dice, of more people than this only about so many are looked at.
const MANY: usize = 24;
/// How often luck overrules thrift, with dice: one time in so many, or once a stretch if it is longer.
const WHIM: usize = 6;

/// Fills the places in `open` that somebody may take; returns the units of work it cost.
///
/// With dice, equals are shuffled, and now and then the dice decide alone: else the same rota
/// would come back each time.
pub(super) fn fill(model: &Model, state: &mut State, open: &[usize], mut dice: Option<&mut Dice>) -> u64 {
    let by_luck_alone = whim(open.len(), &mut dice);
    let luck = shuffled(open.len(), &mut dice);
    let mut order: Vec<usize> = (0..open.len()).collect();
    order.sort_by_key(|number| {
        let spot = &model.spots[open[*number]];
        // Leads cost more when left open, so they come first among equally scarce places.
        let thrift = if by_luck_alone { (0, 0) } else { (spot.eligible.len(), -spot.cover) };
        (thrift, luck[*number])
    });
    let mut work = 0;
    for number in order {
        let place = open[number];
        for person in takers(model, state, place, open.len(), &mut dice) {
            state.put(model, place, Some(person));
            work += 1;
            if legal::stands(model, state, person, place) {
                break;
            }
            state.put(model, place, None);
        }
    }
    work
}

/// Who may take `place`, the cheapest first.
fn takers(
    model: &Model,
    state: &mut State,
    place: usize,
    stretch: usize,
    dice: &mut Option<&mut Dice>,
) -> Vec<usize> {
    let by_luck_alone = whim(stretch, dice);
    let luck = shuffled(model.people.len(), dice);
    let mut people: Vec<(Penalty, usize, usize)> = Vec::with_capacity(model.spots[place].eligible.len());
    let spot = &model.spots[place];
    let eager = |person: usize| model.people[person].wishes.get(&spot.day) == Some(&WishKind::Wish);
    for person in &spot.eligible {
        // Where there are many, some are enough, and those who wish for it: who it is, is luck each time.
        let many = spot.eligible.len() > MANY && !eager(*person);
        if many && dice.as_deref_mut().is_some_and(|dice| dice.roll(spot.eligible.len()) >= MANY) {
            continue;
        }
        state.put(model, place, Some(*person));
        let cost = if by_luck_alone { Penalty::default() } else { state.penalty() };
        people.push((cost, luck[*person], *person));
    }
    state.put(model, place, None);
    people.sort_unstable();
    people.into_iter().map(|(_, _, person)| person).collect()
}

fn whim(stretch: usize, dice: &mut Option<&mut Dice>) -> bool {
    dice.as_deref_mut().is_some_and(|dice| dice.roll(stretch.max(WHIM)) == 0)
}

/// A place in a row for each of `count`: as they are without dice, in any order with them.
fn shuffled(count: usize, dice: &mut Option<&mut Dice>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    if let Some(dice) = dice.as_deref_mut() {
        for last in (1..count).rev() {
            order.swap(last, dice.roll(last + 1));
        }
    }
    order
}
