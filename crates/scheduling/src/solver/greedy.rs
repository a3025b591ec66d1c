//! Fills open places one by one, the scarcest first, each with whoever costs least.

use super::legal;
use super::penalty::Penalty;
use super::random::Dice;
use super::state::State;
use super::timeline::Model;

/// Puts everybody back where they stood before, as far as the law still allows, in the order of
/// places; returns the units of work it cost.
pub(super) fn keep_presets(model: &Model, state: &mut State) -> u64 {
    let mut work = 0;
    for place in &model.open {
        let spot = &model.spots[*place];
        let Some(person) = spot.preset.filter(|person| spot.eligible.contains(person)) else { continue };
        state.put(model, *place, Some(person));
        work += 1;
        if !legal::stands(model, state, person, *place) {
            state.put(model, *place, None);
        }
    }
    work
}

/// Fills the places in `open` that somebody may take; returns the units of work it cost.
///
/// With dice, places that are equally scarce and people who cost the same are shuffled.
pub(super) fn fill(model: &Model, state: &mut State, open: &[usize], mut dice: Option<&mut Dice>) -> u64 {
    let mut shuffled = |count: usize| -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        if let Some(dice) = dice.as_deref_mut() {
            for last in (1..count).rev() {
                order.swap(last, dice.roll(last + 1));
            }
        }
        order
    };
    let luck = shuffled(open.len());
    let mut order: Vec<usize> = (0..open.len()).collect();
    order.sort_by_key(|number| {
        let spot = &model.spots[open[*number]];
        // Leads cost more when left open, so they come first among equally scarce places.
        (spot.eligible.len(), -spot.cover, luck[*number])
    });
    let mut work = 0;
    for number in order {
        let place = open[number];
        let luck = shuffled(model.people.len());
        let mut people: Vec<(Penalty, usize, usize)> = model.spots[place]
            .eligible
            .iter()
            .map(|person| {
                state.put(model, place, Some(*person));
                (state.penalty(), luck[*person], *person)
            })
            .collect();
        state.put(model, place, None);
        people.sort_unstable();
        for (_, _, person) in people {
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
