//! What any rota costs at least.
//!
//! Cover: places of the same hours need different people; a matching of places and people who
//! could stand there alone tells which must stay open. Fairness: once every other place is filled
//! the whole worth is known, and the fairest way to hand it out bounds every rota. Wishes and moves:
//! at first those that one person or one day rules out, then what prices tell of all together.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use domain::WishKind;

use super::Budget;
use super::dive::Dive;
use super::fairest::Rooms;
use super::legal::{self, Rules};
use super::penalty::{MISSED_WISH, Penalty, RATHER_NOT};
use super::prices::Prices;
use super::state::State;
use super::timeline::{Model, Stretch, shared};
use crate::problem::Problem;

/// A bound that can be continued; it only rises.
#[derive(Clone, Debug)]
pub struct LowerBound {
    model: Arc<Model>,
    pinned: State,
    /// For each place looked at so far, who could stand there with pinned duties alone.
    takers: Vec<Vec<usize>>,
    penalty: Penalty,
    /// Once cover is known: how much worth everybody may take.
    rooms: Option<Rooms>,
    /// Whether all levels have been looked at once.
    concluded: bool,
    /// What wishes cost at least for reasons of one person or one day.
    plain: Penalty,
    /// Works on wishes and moves, once the levels before are known.
    prices: Option<Prices>,
    /// What the rota cost that it learnt from last.
    heard: Option<Penalty>,
    /// Bytes that prices may take.
    memory: u64,
    work: u64,
}

impl LowerBound {
    /// Knows nothing yet: all levels zero.
    pub fn new(problem: &Problem) -> Self {
        Self::over(Arc::new(Model::of(problem)), Budget::USUAL.memory)
    }

    pub(super) fn over(model: Arc<Model>, memory: u64) -> Self {
        let pinned = State::pinned(&model);
        let (penalty, plain) = (Penalty::default(), Penalty::default());
        Self {
            model,
            pinned,
            takers: Vec::new(),
            penalty,
            rooms: None,
            concluded: false,
            plain,
            prices: None,
            heard: None,
            memory,
            work: 0,
        }
    }

    /// Works on for about `units` units.
    pub fn step(&mut self, units: u64) {
        let until = self.work.saturating_add(units);
        let places = self.model.spots.len();
        while !self.concluded && self.work < until {
            if self.takers.len() < places {
                let takers = self.alone(self.takers.len());
                self.takers.push(takers);
            } else if let Some(rooms) = &mut self.rooms {
                self.work += rooms.step(&self.model, &self.pinned, &self.takers);
                self.concluded = rooms.is_done(&self.model);
                if self.concluded {
                    self.hand_out();
                }
            } else {
                self.work += 1;
                self.conclude();
            }
        }
        if self.work < until {
            self.work_on_prices(until);
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

    /// Who may hold an open place in some rota, as far as can be told.
    pub(super) fn alone(&mut self, place: usize) -> Vec<usize> {
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
    /// office hours: then the days beside are left out, which other duties might cure; or unless they
    /// change the gaps of the same day.
    fn may_stand(&self, person: usize, place: usize) -> bool {
        let someone = &self.model.people[person];
        let gaps_may_change = someone.minds_gaps && self.may_hold_more(person, place);
        let rules = if gaps_may_change { Rules::ButGaps } else { Rules::OwnGaps };
        if someone.fickle {
            legal::day_holds(rules, &self.model, &self.pinned, person, &[place])
        } else {
            legal::stands_by(rules, &self.model, &self.pinned, person, place)
        }
    }

    /// Whether they may have another open place too on the civil days of `place`.
    fn may_hold_more(&self, person: usize, place: usize) -> bool {
        let (spots, spot) = (&self.model.spots, &self.model.spots[place]);
        let from = self.model.open.partition_point(|other| spots[*other].day < spot.day - 1);
        let near = self.model.open[from..].iter().take_while(|other| spots[**other].day <= spot.day + 1);
        let mut theirs = near.copied().filter(|other| spots[*other].eligible.binary_search(&person).is_ok());
        theirs.any(|other| {
            let other = &spots[other];
            !shared(other.time, spot.time) && self.model.people[person].on_same_day(other.time, spot.time)
        })
    }

    /// Learns from a rota that is known: whoever meets its levels has its parts at hand.
    pub(super) fn learn(&mut self, known: &State) {
        let cost = known.penalty();
        let met = (cost.cover, cost.fairness) == (self.penalty.cover, self.penalty.fairness);
        if let Some(prices) = self.prices.as_mut().filter(|_| met && self.heard != Some(cost)) {
            self.heard = Some(cost);
            prices.learn(&self.model, &self.pinned, known);
        }
    }

    /// A dive with prices that are found, once, for whoever has a rota that meets the levels before wishes:
    /// nothing more can come of them here.
    pub(super) fn hand_over(&mut self, known: Penalty) -> Option<Dive> {
        let met = (known.cover, known.fairness) == (self.penalty.cover, self.penalty.fairness);
        let prices = self.prices.take_if(|prices| met && prices.is_done())?;
        Some(Dive::new(prices, self.pinned.clone()))
    }

    fn work_on_prices(&mut self, until: u64) {
        let Some(prices) = &mut self.prices else { return };
        while self.work < until {
            let Some(work) = prices.build(&self.model, &self.pinned, &self.takers) else { break };
            self.work += work;
        }
        let units = until.saturating_sub(self.work);
        if units == 0 {
            return;
        }
        self.work += prices.step(units);
        if prices.bound().is_some_and(|(wishes, _)| wishes > self.model.dearest_wishes()) {
            // More than any rota costs: none is as fair as that.
            self.prices = None;
            self.penalty = Penalty { fairness: self.penalty.fairness + 1, ..self.plain };
            return;
        }
        if let Some((wishes, stability)) = prices.bound().filter(|(wishes, _)| *wishes >= self.plain.wishes) {
            self.penalty.wishes = wishes;
            self.penalty.stability = stability.max(self.plain.stability);
        }
    }

    fn conclude(&mut self) {
        let (filled, unfilled) = self.cover();
        let Some(worth) = filled else {
            self.concluded = true;
            return;
        };
        self.penalty.wishes = self.wishes();
        self.penalty.stability = self.stability();
        self.plain = self.penalty;
        self.rooms = Some(Rooms::of(&self.model, &self.takers, &unfilled, worth));
    }

    /// Bounds fairness, and begins with prices.
    fn hand_out(&mut self) {
        let Some(rooms) = self.rooms.take() else { return };
        // Where it does not fit, no rota of that cover exists; no bound from here.
        let Some(fairest) = rooms.fairest(&self.model, &self.pinned) else { return };
        self.penalty.fairness = fairest.cost;
        self.prices = Prices::of(&self.model, &self.pinned, rooms.sorts, fairest, self.memory);
    }

    /// Sets the bound on cover. Returns the worth that is handed out by every rota that meets it,
    /// if that is one number, and the places that stay open, or others that cost the same.
    fn cover(&mut self) -> (Option<i64>, Vec<usize>) {
        let spots = &self.model.spots;
        let mut groups: BTreeMap<Stretch, Vec<usize>> = BTreeMap::new();
        for place in &self.model.open {
            groups.entry(spots[*place].time).or_default().push(*place);
        }
        let pinned_holes = (0..spots.len()).filter(|place| {
            spots[*place].pinned && !spots[*place].stranger && self.pinned.holder(*place).is_none()
        });
        self.penalty.cover = pinned_holes.map(|place| spots[place].cover).sum();
        let (mut worth, mut open) = (Some(0), Vec::new());
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
            open.extend(unfilled);
        }
        (worth, open)
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
