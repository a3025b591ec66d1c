//! The fairest way to hand out a known amount of worth, and how much each person then holds.
//!
//! Worth comes in equal grains, and each goes to whoever it hurts least; since the cost is convex, no
//! other way is fairer. Of all ways that are as fair, the last grain's price tells between which loads
//! each person must lie: those that are best for them at that price.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::penalty::unfairness;
use super::state::State;
use super::timeline::Model;

/// What the fairest handing out costs, and what everybody then holds.
#[derive(Clone, Debug)]
pub(super) struct Fairest {
    pub(super) cost: i64,
    /// The largest amount of worth of which every place is worth a multiple; at least 1.
    pub(super) grain: i64,
    /// How many grains each person may hold of the places that are open, from the least to the most.
    pub(super) ranges: Vec<(usize, usize)>,
}

/// Hands out `worth` over `pinned`, nobody above their `room`. `None` if it does not fit: then no rota of
/// that cover exists.
pub(super) fn fairest(model: &Model, pinned: &State, worth: i64, room: &[i64]) -> Option<Fairest> {
    let grain = model.open.iter().map(|place| model.spots[*place].worth).fold(0, gcd).max(1);
    let rises = Rises { model, pinned, grain };
    let counted: Vec<usize> =
        (0..model.people.len()).filter(|person| model.people[*person].counted).collect();
    let mut cost: i64 = counted.iter().map(|person| rises.cost(*person, 0)).sum();
    let most = |person: usize| usize::try_from(room[person] / grain).unwrap_or(0);
    let mut held = vec![0; model.people.len()];
    let mut heap: BinaryHeap<Reverse<(i64, usize)>> = BinaryHeap::new();
    heap.extend(counted.iter().filter(|one| most(**one) > 0).map(|one| Reverse((rises.of(*one, 0), *one))));
    let mut last = i64::MIN;
    for _ in 0..worth / grain {
        let Reverse((rise, person)) = heap.pop()?;
        (cost, last) = (cost + rise, rise);
        held[person] += 1;
        if held[person] < most(person) {
            heap.push(Reverse((rises.of(person, held[person]), person)));
        }
    }
    let next = heap.peek().map_or(i64::MAX, |Reverse((rise, _))| *rise);
    let mut ranges = vec![(0, 0); model.people.len()];
    for person in counted {
        let marginal = |grains: usize| rises.of(person, grains);
        // The grains of a person rise in price, so the borders are found by halving.
        let below = |limit: &dyn Fn(i64) -> bool| partition(most(person), |grains| limit(marginal(grains)));
        ranges[person] = (below(&|rise| rise < next), below(&|rise| rise <= last));
    }
    Some(Fairest { cost, grain, ranges })
}

/// What one more grain costs.
struct Rises<'a> {
    model: &'a Model,
    pinned: &'a State,
    grain: i64,
}

impl Rises<'_> {
    fn cost(&self, person: usize, grains: usize) -> i64 {
        let more = self.grain * i64::try_from(grains).unwrap_or(i64::MAX);
        unfairness(self.pinned.deviation(self.model, person) + more, self.model.tolerance)
    }

    fn of(&self, person: usize, grains: usize) -> i64 {
        self.cost(person, grains + 1) - self.cost(person, grains)
    }
}

/// How many numbers below `end`, from 0 on, fulfil `holds`, which no number does after one that does not.
fn partition(end: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, end);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

fn gcd(one: i64, two: i64) -> i64 {
    if two == 0 { one } else { gcd(two, one % two) }
}
