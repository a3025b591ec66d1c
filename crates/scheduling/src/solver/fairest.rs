//! The fairest way to hand out a known amount of worth, and how much each person then holds.
//!
//! Worth comes in equal grains, and each goes to whoever it hurts least; since the cost is convex, no
//! other way is fairer. Nobody gets more than the law of single weeks leaves them room for. Of all ways that
//! are as fair, the last grain's price tells between which loads each person must lie: those that are best
//! for them at that price.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::parts::{Part, Sort, Weights};
use super::penalty::unfairness;
use super::state::State;
use super::timeline::{Model, Stretch};
use super::weeks::Weeks;

/// What the fairest handing out costs, and what everybody then holds.
#[derive(Clone, Debug)]
pub(super) struct Fairest {
    pub(super) cost: i64,
    /// The largest amount of worth of which every place is worth a multiple; at least 1.
    pub(super) grain: i64,
    /// How many grains each person may hold of the places that are open, from the least to the most.
    pub(super) ranges: Vec<(usize, usize)>,
}

/// How much worth is handed out, and how much of it each person could take; found person by person.
#[derive(Clone, Debug)]
pub(super) struct Rooms {
    pub(super) sorts: Vec<Sort>,
    worth: i64,
    grain: i64,
    /// Grains of those who have been looked at, in order.
    rooms: Vec<usize>,
    weeks: Weeks,
}

impl Rooms {
    /// Of nobody yet.
    pub(super) fn of(model: &Model, takers: &[Vec<usize>], unfilled: &[usize], worth: i64) -> Self {
        let grain = model.open.iter().map(|place| model.spots[*place].worth).fold(0, gcd).max(1);
        Self {
            sorts: sorts(model, takers, unfilled),
            worth,
            grain,
            rooms: Vec::new(),
            weeks: Weeks::default(),
        }
    }

    pub(super) fn is_done(&self, model: &Model) -> bool {
        self.rooms.len() == model.people.len()
    }

    /// Looks at the next person; returns the units of work it took.
    pub(super) fn step(&mut self, model: &Model, pinned: &State, takers: &[Vec<usize>]) -> u64 {
        let person = self.rooms.len();
        if person == model.people.len() {
            return 1;
        }
        let by_hours = self.by_hours(model, takers, person);
        let grains = (self.grain, (0, by_hours));
        let free = Weights { wish: 0, move_: 0 };
        let part = Part::of(model, pinned, &self.sorts, (takers, person), grains, free, &mut self.weeks);
        // Where that is too much to look at, one place of each stretch of time.
        self.rooms.push(part.map_or(by_hours, |part| part.most().min(by_hours)));
        self.sorts.len() as u64
    }

    /// How many grains somebody could take who takes one place of each stretch of time.
    fn by_hours(&self, model: &Model, takers: &[Vec<usize>], person: usize) -> usize {
        let mut best: BTreeMap<Stretch, i64> = BTreeMap::new();
        for place in self.sorts.iter().map(|sort| sort.places[0]) {
            if takers[place].binary_search(&person).is_ok() {
                let worth = best.entry(model.spots[place].time).or_default();
                *worth = model.spots[place].worth.max(*worth);
            }
        }
        usize::try_from(best.values().sum::<i64>() / self.grain).unwrap_or(0)
    }

    /// Hands out the worth over `pinned`, nobody above their room. `None` if it does not fit: then no rota of
    /// that cover exists.
    pub(super) fn fairest(&self, model: &Model, pinned: &State) -> Option<Fairest> {
        fairest(model, pinned, (self.worth, self.grain), &self.rooms)
    }
}

/// Day, hours, whether it is work, worth, holder of before, and who could stand there.
type Alike<'a> = (i32, Stretch, bool, i64, Option<usize>, &'a [usize]);

/// The open places, those together that are the same to everybody.
fn sorts(model: &Model, takers: &[Vec<usize>], unfilled: &[usize]) -> Vec<Sort> {
    let spots = &model.spots;
    let somebody = |place: &&usize| !takers[**place].is_empty();
    let short =
        |place: usize| unfilled.iter().filter(somebody).any(|open| spots[*open].time == spots[place].time);
    let mut sorts: BTreeMap<Alike<'_>, Sort> = BTreeMap::new();
    for place in model.open.iter().copied().filter(|place| somebody(&place)) {
        let spot = &spots[place];
        let kind = (spot.day, spot.time, spot.work, spot.worth, spot.preset, takers[place].as_slice());
        let empty = || Sort { places: Vec::new(), optional: short(place) };
        sorts.entry(kind).or_insert_with(empty).places.push(place);
    }
    sorts.into_values().collect()
}

fn fairest(model: &Model, pinned: &State, (worth, grain): (i64, i64), room: &[usize]) -> Option<Fairest> {
    let rises = Rises { model, pinned, grain };
    let counted: Vec<usize> =
        (0..model.people.len()).filter(|person| model.people[*person].counted).collect();
    let mut cost: i64 = counted.iter().map(|person| rises.cost(*person, 0)).sum();
    let most = |person: usize| room[person];
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
