//! What any rota costs at least.
//!
//! Cover: places of the same hours need different people; a matching of places and people who
//! could stand there alone tells which must stay open. Fairness: once every other place is filled
//! the whole worth is known, and handing it out in equal grains to whoever it hurts least is the
//! best there can be, because the cost is convex. Wishes: those that no rota can grant.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use domain::WishKind;

use super::legal;
use super::penalty::{MISSED_WISH, Penalty, RATHER_NOT, unfairness};
use super::state::State;
use super::timeline::{Model, Stretch};
use crate::problem::Problem;

/// A bound that can be continued; it only rises.
#[derive(Clone, Debug)]
pub struct LowerBound {
    model: Model,
    pinned: State,
    /// For each place looked at so far, who could stand there with pinned duties alone.
    takers: Vec<Vec<usize>>,
    penalty: Penalty,
    work: u64,
}

impl LowerBound {
    /// Knows nothing yet: all levels zero.
    pub fn new(problem: &Problem) -> Self {
        let model = Model::of(problem);
        let pinned = State::pinned(&model);
        Self { model, pinned, takers: Vec::new(), penalty: Penalty::default(), work: 0 }
    }

    /// Works on for about `units` units.
    pub fn step(&mut self, units: u64) {
        let until = self.work.saturating_add(units);
        let places = self.model.spots.len();
        if self.takers.len() == places && self.work > 0 {
            return;
        }
        while self.work < until && self.takers.len() < places {
            let place = self.takers.len();
            let takers = self.alone(place);
            self.takers.push(takers);
        }
        if self.takers.len() == places {
            self.work += 1;
            self.conclude();
        }
    }

    /// The bound so far, level by level.
    pub fn penalty(&self) -> Penalty {
        self.penalty
    }

    /// Units of work spent.
    pub fn work(&self) -> u64 {
        self.work
    }

    fn alone(&mut self, place: usize) -> Vec<usize> {
        if self.model.spots[place].pinned {
            return Vec::new();
        }
        let mut takers = Vec::new();
        for person in self.model.spots[place].eligible.clone() {
            self.pinned.put(&self.model, place, Some(person));
            self.work += 1;
            if self.may_stand(person, place) {
                takers.push(person);
            }
        }
        self.pinned.put(&self.model, place, None);
        takers
    }

    /// Whether some rota may have them there. More duties only mean less rest, unless they change
    /// office hours: then the days beside are left out, which other duties might cure.
    fn may_stand(&self, person: usize, place: usize) -> bool {
        let by = if self.model.people[person].fickle { legal::day_holds } else { legal::stands };
        by(&self.model, &self.pinned, person, place)
    }

    fn conclude(&mut self) {
        let filled = self.cover();
        if let Some(worth) = filled {
            self.penalty.fairness = self.fairness(worth);
            self.penalty.wishes = self.wishes();
            self.penalty.stability = self.stability();
        }
    }

    /// Sets the bound on cover. Returns the worth that is handed out by every rota that meets it,
    /// if that is one number.
    fn cover(&mut self) -> Option<i64> {
        let spots = &self.model.spots;
        let mut groups: BTreeMap<Stretch, Vec<usize>> = BTreeMap::new();
        for place in &self.model.open {
            groups.entry(spots[*place].time).or_default().push(*place);
        }
        let pinned_holes = (0..spots.len()).filter(|place| {
            spots[*place].pinned && !spots[*place].stranger && self.pinned.holder(*place).is_none()
        });
        self.penalty.cover = pinned_holes.map(|place| spots[place].cover).sum();
        let mut worth = Some(0);
        for group in groups.into_values() {
            let unfilled = unmatched(group.clone(), &self.takers, |place| spots[place].cover);
            self.penalty.cover += unfilled.iter().map(|place| spots[*place].cover).sum::<i64>();
            // If places that cost the same to leave open differ in worth, several totals are possible.
            let mixed = !unfilled.is_empty()
                && group.iter().any(|one| {
                    group.iter().any(|two| {
                        spots[*one].cover == spots[*two].cover && spots[*one].worth != spots[*two].worth
                    })
                });
            let filled = group
                .iter()
                .filter(|place| !unfilled.contains(place))
                .map(|place| spots[*place].worth)
                .sum::<i64>();
            worth = worth.filter(|_| !mixed).map(|sum| sum + filled);
        }
        worth
    }

    /// The least unfairness of handing out `worth` in grains, nobody above what they could take.
    fn fairness(&self, worth: i64) -> i64 {
        let model = &self.model;
        let grain = model.open.iter().map(|place| model.spots[*place].worth).fold(0, gcd);
        let held = |person: usize| self.pinned.deviation(model, person);
        let cost = |deviation: i64| unfairness(deviation, model.tolerance);
        let counted: Vec<usize> =
            (0..model.people.len()).filter(|person| model.people[*person].counted).collect();
        let mut total: i64 = counted.iter().map(|person| cost(held(*person))).sum();
        if grain == 0 {
            return total;
        }
        let mut room: Vec<i64> = self.room();
        let mut heap: BinaryHeap<Reverse<(i64, usize, i64)>> = BinaryHeap::new();
        let offer = |person: usize, deviation: i64| {
            Reverse((cost(deviation + grain) - cost(deviation), person, deviation))
        };
        heap.extend(
            counted
                .iter()
                .filter(|person| room[**person] >= grain)
                .map(|person| offer(*person, held(*person))),
        );
        for _ in 0..worth / grain {
            // Fewer grains fit than there are: some rota of that cover cannot exist; no bound from here.
            let Some(Reverse((rise, person, deviation))) = heap.pop() else { return 0 };
            total += rise;
            room[person] -= grain;
            if room[person] >= grain {
                heap.push(offer(person, deviation + grain));
            }
        }
        total
    }

    /// How much worth each person could take at most: one place of each stretch of time.
    fn room(&self) -> Vec<i64> {
        let mut best: BTreeMap<(usize, Stretch), i64> = BTreeMap::new();
        for place in &self.model.open {
            let spot = &self.model.spots[*place];
            for person in &self.takers[*place] {
                let worth = best.entry((*person, spot.time)).or_default();
                *worth = spot.worth.max(*worth);
            }
        }
        let mut room = vec![0; self.model.people.len()];
        for ((person, _), worth) in best {
            room[person] += worth;
        }
        room
    }

    /// Wishes that cannot be granted, and places that only the unwilling can take.
    fn wishes(&self) -> i64 {
        let model = &self.model;
        let mut least = 0;
        let mut places_on: BTreeMap<i32, i64> = BTreeMap::new();
        for place in &model.open {
            let spot = &model.spots[*place];
            *places_on.entry(spot.day).or_default() += 1;
            let takers = &self.takers[*place];
            let unwilling =
                |person: &usize| model.people[*person].wishes.get(&spot.day) == Some(&WishKind::RatherNot);
            least += if !takers.is_empty() && takers.iter().all(unwilling) && self.stands_alone(*place) {
                RATHER_NOT
            } else {
                0
            };
        }
        let mut grantable: BTreeMap<i32, i64> = BTreeMap::new();
        for (number, person) in model.people.iter().enumerate() {
            let has = |day: i32| self.pinned.duties(number).iter().any(|duty| model.spots[*duty].day == day);
            for duty in self.pinned.duties(number) {
                let rather_not = person.wishes.get(&model.spots[*duty].day) == Some(&WishKind::RatherNot);
                least += if rather_not { RATHER_NOT } else { 0 };
            }
            for (day, _) in person.wishes.iter().filter(|(_, kind)| **kind == WishKind::Wish) {
                let could =
                    |place: &usize| model.spots[*place].day == *day && self.takers[*place].contains(&number);
                if has(*day) {
                    continue;
                }
                if model.open.iter().any(could) {
                    *grantable.entry(*day).or_default() += 1;
                } else {
                    least += MISSED_WISH;
                }
            }
        }
        let crowded =
            grantable.iter().map(|(day, wishes)| (wishes - places_on.get(day).unwrap_or(&0)).max(0));
        least + MISSED_WISH * crowded.sum::<i64>()
    }

    /// Whether no other place has the same hours: then a rota of the best cover fills it.
    fn stands_alone(&self, place: usize) -> bool {
        let time = self.model.spots[place].time;
        self.model.open.iter().filter(|other| self.model.spots[**other].time == time).count() == 1
    }

    /// Places whose holder of before can no longer stand there.
    fn stability(&self) -> i64 {
        let lost = |place: &&usize| {
            self.model.spots[**place].preset.is_some_and(|person| !self.takers[**place].contains(&person))
        };
        i64::try_from(self.model.open.iter().filter(lost).count()).unwrap_or(0)
    }
}

/// The places of one stretch of time that stay open when as much as possible is filled, each by
/// another person: costly places first, each finding a person by moving others aside.
fn unmatched(mut group: Vec<usize>, takers: &[Vec<usize>], cover: impl Fn(usize) -> i64) -> Vec<usize> {
    group.sort_by_key(|place| (Reverse(cover(*place)), *place));
    let mut matched: BTreeMap<usize, usize> = BTreeMap::new();
    group.retain(|place| !augment(*place, takers, &mut matched, &mut Vec::new()));
    group
}

fn augment(
    place: usize,
    takers: &[Vec<usize>],
    matched: &mut BTreeMap<usize, usize>,
    seen: &mut Vec<usize>,
) -> bool {
    for person in &takers[place] {
        if seen.contains(person) {
            continue;
        }
        seen.push(*person);
        let free = match matched.get(person).copied() {
            None => true,
            Some(other) => augment(other, takers, matched, seen),
        };
        if free {
            matched.insert(*person, place);
            return true;
        }
    }
    false
}

fn gcd(one: i64, two: i64) -> i64 {
    if two == 0 { one } else { gcd(two, one % two) }
}
