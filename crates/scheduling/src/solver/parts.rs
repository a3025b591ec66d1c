//! The best part one person can have against prices, found exactly by a dynamic program over the days.
//!
//! A part is a choice of places for each day: apart from each other, within what the law allows of that
//! day alone and of its week ([`Weeks`]), and worth together what fairness leaves the person. For a bound
//! all other law is left out, so no legal part is missed and what is found is at most what a legal part
//! costs. Nearly all such parts are legal; for a rota, choices that nobody may hold even alone are left out.

use std::cell::Cell;

use domain::WishKind;

use super::legal::{self, Rules};
use super::penalty::{MISSED_WISH, RATHER_NOT};
use super::state::State;
use super::timeline::{Model, Stretch, shared};
use super::weeks::{Arc, Way, Weeks};

/// Places that are the same to everybody: same hours, same worth, same people, same holder of before.
#[derive(Clone, Debug)]
pub(super) struct Sort {
    pub(super) places: Vec<usize>,
    /// Whether one of them may stay open in a rota of the best cover.
    pub(super) optional: bool,
}

/// More ways to spend a day than this are not looked at: then there are no parts.
const MOST_CHOICES: usize = 400;
/// More grains than this in one part are not counted one by one: then there are no parts.
const MOST_GRAINS: usize = 4_000;

/// Some places of one day.
#[derive(Clone, Debug)]
struct Choice {
    sorts: Vec<u32>,
    grains: usize,
    cost: i64,
    /// What it is to the law of the week, as `arcs` of the day count.
    class: u8,
}

/// A day on which something may be chosen.
#[derive(Clone, Debug)]
struct Open {
    choices: Vec<Choice>,
    /// The class of taking nothing.
    nothing: u8,
    /// How the law's states follow each other.
    arcs: Vec<Arc>,
    /// How many states there are after it.
    after: usize,
}

/// What one person may choose from.
#[derive(Clone, Debug)]
pub(super) struct Part {
    days: Vec<Open>,
    range: (usize, usize),
}

/// What one wish weighs against one place that changes hands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weights {
    pub(super) wish: i64,
    pub(super) move_: i64,
}

impl Weights {
    /// What it costs that `person` takes `places`, which are of one day, and no other of that day.
    pub(super) fn cost(self, model: &Model, pinned: &State, person: usize, places: &[usize]) -> i64 {
        let spots = || places.iter().map(|place| &model.spots[*place]);
        let day = spots().next().map_or(0, |spot| spot.day);
        let held = || pinned.duties(person).iter().any(|duty| model.spots[*duty].day == day);
        let wishes = match model.people[person].wishes.get(&day) {
            Some(WishKind::RatherNot) => RATHER_NOT * i64::try_from(places.len()).unwrap_or(i64::MAX),
            Some(WishKind::Wish) if !held() => -MISSED_WISH,
            _ => 0,
        };
        let kept = spots().filter(|spot| spot.preset == Some(person)).count();
        wishes * self.wish - i64::try_from(kept).unwrap_or(0) * self.move_
    }
}

/// The table of the dynamic program, kept so that it need not be made anew each time.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// Before a day and after it: for each state of the law and number of grains, the least cost.
    before: Vec<i64>,
    costs: Vec<i64>,
    /// For each day, state and grains after it, the choice and the state before.
    chosen: Vec<(u16, u8)>,
    /// The best choices of a day.
    offers: Vec<Offer>,
}

/// The cheapest choice of a day of its class and grains.
#[derive(Clone, Copy, Debug)]
struct Offer {
    choice: u16,
    class: u8,
    grains: usize,
    cost: i64,
}

/// The number of no choice.
const NOTHING: u16 = u16::MAX;
const NEVER: i64 = i64::MAX / 4;

impl Part {
    /// What `person` may choose from; `None` if that is too much to look at.
    pub(super) fn of(
        model: &Model,
        pinned: &State,
        sorts: &[Sort],
        (takers, person): (&[Vec<usize>], usize),
        (grain, range): (i64, (usize, usize)),
        weights: Weights,
        known: &mut Weeks,
    ) -> Option<Self> {
        if range.1 > MOST_GRAINS {
            return None;
        }
        let mine = |sort: &Sort| takers[sort.places[0]].binary_search(&person).is_ok();
        let theirs: Vec<usize> = (0..sorts.len()).filter(|sort| mine(&sorts[*sort])).collect();
        let day_of = |sort: &usize| model.spots[sorts[*sort].places[0]].day;
        let mut days = Vec::new();
        for group in theirs.chunk_by(|one, next| day_of(one) == day_of(next)) {
            let looked = Cell::new(0);
            let chooser = Chooser { model, pinned, sorts, person, grain, weights, looked };
            let mut choices = Vec::new();
            chooser.extend(group, &mut Vec::new(), &mut choices);
            if chooser.is_too_much(&choices) {
                return None;
            }
            days.push((day_of(&group[0]), choices));
        }
        let week_of = |(day, _): &(i32, Vec<Choice>)| model.people[person].civil(*day).map(|day| day / 7);
        let weeks = days.chunk_by_mut(|one, next| week_of(one) == week_of(next));
        let mut days = Vec::new();
        for week in weeks {
            days.extend(in_law(model, pinned, sorts, person, week, range.1, known));
        }
        Some(Self { days, range })
    }

    /// For a rota: leaves out what the law does not let them hold alone; returns the units of work it took.
    pub(super) fn sift(&mut self, model: &Model, pinned: &mut State, sorts: &[Sort], person: usize) -> u64 {
        let mut work = 1;
        for day in &mut self.days {
            // What has the same hours is the same to the law.
            let mut known: Vec<(Vec<(Stretch, bool)>, bool)> = Vec::new();
            day.choices.retain(|choice| {
                let hours = hours(model, sorts, choice);
                if let Some((_, stands)) = known.iter().find(|(other, _)| *other == hours) {
                    return *stands;
                }
                let places: Vec<usize> =
                    choice.sorts.iter().map(|sort| sorts[*sort as usize].places[0]).collect();
                work += places.len() as u64;
                let stands = legal::all_of(model, pinned, person, &places);
                known.push((hours, stands));
                stands
            });
        }
        work
    }

    /// How many steps one question takes.
    pub(super) fn size(&self) -> u64 {
        let steps = |day: &Open| 2 + day.choices.len() + day.arcs.len() * (self.range.1 + 1);
        1 + self.days.iter().map(steps).sum::<usize>() as u64
    }

    /// The most grains that the law of the weeks leaves room for, whatever fairness says.
    pub(super) fn most(&self) -> usize {
        let mut best = vec![Some(0)];
        for day in &self.days {
            let mut after = vec![None; day.after];
            for arc in &day.arcs {
                let nothing = (day.nothing == arc.class).then_some(0);
                let some = day.choices.iter().filter(|choice| choice.class == arc.class);
                let more = some.map(|choice| choice.grains).chain(nothing).max();
                let sum =
                    best[usize::from(arc.from)].zip(more).map(|(held, more): (usize, usize)| held + more);
                after[usize::from(arc.to)] = after[usize::from(arc.to)].max(sum);
            }
            best = after;
        }
        best[0].unwrap_or(0)
    }

    /// The least that a part costs, each sort's price taken off; `taken` says of which sorts it is made.
    /// `None` if no part has a worth that fairness leaves.
    pub(super) fn best(&self, prices: &[i64], table: &mut Table, taken: &mut Vec<u32>) -> Option<i64> {
        let (low, high) = self.range;
        let width = high + 1;
        table.costs.clear();
        table.costs.resize(width, NEVER);
        table.costs[0] = 0;
        table.chosen.clear();
        for day in &self.days {
            offers(day, prices, high, &mut table.offers);
            table.step(day, width);
        }
        let mut grains = (low..=high).min_by_key(|grains| table.costs[*grains])?;
        let least = table.costs[grains];
        if least >= NEVER / 2 {
            return None;
        }
        taken.clear();
        let (mut end, mut state) = (table.chosen.len(), 0);
        for day in self.days.iter().rev() {
            end -= day.after * width;
            let (choice, before) = table.chosen[end + state * width + grains];
            if let Some(choice) = day.choices.get(usize::from(choice)) {
                taken.extend(&choice.sorts);
                grains -= choice.grains;
            }
            state = usize::from(before);
        }
        Some(least)
    }
}

impl Table {
    /// What each state and number of grains after `day` costs, by its `offers`.
    fn step(&mut self, day: &Open, width: usize) {
        std::mem::swap(&mut self.before, &mut self.costs);
        self.costs.clear();
        self.costs.resize(day.after * width, NEVER);
        let begin = self.chosen.len();
        self.chosen.resize(begin + day.after * width, (NOTHING, 0));
        let chosen = &mut self.chosen[begin..];
        for arc in &day.arcs {
            let (from, to) = (usize::from(arc.from) * width, usize::from(arc.to) * width);
            for offer in self.offers.iter().filter(|offer| offer.class == arc.class) {
                let before = &self.before[from..from + width - offer.grains];
                let rows = to + offer.grains..to + width;
                let after = self.costs[rows.clone()].iter_mut().zip(&mut chosen[rows]);
                for (before, (cost, chosen)) in before.iter().zip(after) {
                    if before + offer.cost < *cost {
                        (*cost, *chosen) = (before + offer.cost, (offer.choice, arc.from));
                    }
                }
            }
        }
    }
}

/// The days of one civil week with the ways in which its law lets them follow each other.
fn in_law(
    model: &Model,
    pinned: &State,
    sorts: &[Sort],
    person: usize,
    week: &mut [(i32, Vec<Choice>)],
    most: usize,
    weeks: &mut Weeks,
) -> Vec<Open> {
    // What has the same hours is the same to the law.
    let mut ways: Vec<(i32, Vec<Way>)> = Vec::new();
    let mut way_of: Vec<Vec<usize>> = Vec::new();
    for (day, choices) in week.iter() {
        let mut known: Vec<(Vec<(Stretch, bool)>, Way)> = Vec::new();
        let numbers = choices.iter().map(|choice| {
            let hours = hours(model, sorts, choice);
            let number = known.iter().position(|(other, _)| *other == hours).unwrap_or(known.len());
            if number == known.len() {
                let places = choice.sorts.iter().map(|sort| sorts[*sort as usize].places[0]).collect();
                known.push((hours, Way { places, grains: choice.grains }));
            }
            let way = &mut known[number].1;
            way.grains = way.grains.min(choice.grains);
            number
        });
        way_of.push(numbers.collect());
        ways.push((*day, known.into_iter().map(|(_, way)| way).collect()));
    }
    let days = weeks.days(model, pinned, person, &ways, most);
    let open = days.into_iter().zip(week).zip(way_of).map(|((day, (_, choices)), ways)| {
        let mut class = ways.iter().map(|way| day.classes[1 + way]);
        let lawful = std::mem::take(choices)
            .into_iter()
            .filter_map(|choice| class.next().flatten().map(|class| Choice { class, ..choice }));
        Open {
            choices: lawful.collect(),
            nothing: day.classes[0].expect("nothing may always be taken"),
            arcs: day.arcs,
            after: day.after,
        }
    });
    open.collect()
}

/// The hours of a choice, and which of them are work.
fn hours(model: &Model, sorts: &[Sort], choice: &Choice) -> Vec<(Stretch, bool)> {
    let spots = choice.sorts.iter().map(|sort| &model.spots[sorts[*sort as usize].places[0]]);
    spots.map(|spot| (spot.time, spot.work)).collect()
}

/// Nothing, and of choices worth the same and the same to the law, the cheapest.
fn offers(day: &Open, prices: &[i64], high: usize, offers: &mut Vec<Offer>) {
    offers.clear();
    offers.push(Offer { choice: NOTHING, class: day.nothing, grains: 0, cost: 0 });
    for (number, choice) in day.choices.iter().enumerate().filter(|(_, choice)| choice.grains <= high) {
        let price: i64 = choice.sorts.iter().map(|sort| prices[*sort as usize]).sum();
        let (cost, Choice { class, grains, .. }) = (choice.cost - price, choice);
        let choice = u16::try_from(number).expect("a day has few choices");
        let offer = Offer { choice, class: *class, grains: *grains, cost };
        match offers.iter_mut().find(|known| (known.class, known.grains) == (*class, *grains)) {
            Some(known) if cost < known.cost => *known = offer,
            Some(_) => {}
            None => offers.push(offer),
        }
    }
}

/// Finds the ways in which somebody may spend a day.
struct Chooser<'a> {
    model: &'a Model,
    pinned: &'a State,
    sorts: &'a [Sort],
    person: usize,
    grain: i64,
    weights: Weights,
    /// How many ways were looked at.
    looked: Cell<usize>,
}

impl Chooser<'_> {
    fn is_too_much(&self, choices: &[Choice]) -> bool {
        choices.len() > MOST_CHOICES || self.looked.get() > 8 * MOST_CHOICES
    }

    /// Adds every way that holds `chosen` and something of `left`.
    fn extend(&self, left: &[usize], chosen: &mut Vec<usize>, choices: &mut Vec<Choice>) {
        for (at, sort) in left.iter().enumerate() {
            if self.is_too_much(choices) {
                return;
            }
            let time = |sort: &usize| self.model.spots[self.sorts[*sort].places[0]].time;
            if chosen.iter().any(|other| shared(time(other), time(sort))) {
                continue;
            }
            self.looked.set(self.looked.get() + 1);
            chosen.push(*sort);
            if chosen.len() == 1 || self.day_holds(Rules::All, chosen) {
                choices.push(self.choice(chosen));
            }
            if chosen.len() == 1 || self.day_holds(Rules::ButGaps, chosen) {
                self.extend(&left[at + 1..], chosen, choices);
            }
            chosen.pop();
        }
    }

    fn day_holds(&self, rules: Rules, chosen: &[usize]) -> bool {
        let places: Vec<usize> = chosen.iter().map(|sort| self.sorts[*sort].places[0]).collect();
        legal::day_holds(rules, self.model, self.pinned, self.person, &places)
    }

    fn choice(&self, chosen: &[usize]) -> Choice {
        let places: Vec<usize> = chosen.iter().map(|sort| self.sorts[*sort].places[0]).collect();
        let worth: i64 = places.iter().map(|place| self.model.spots[*place].worth).sum();
        Choice {
            sorts: chosen.iter().map(|sort| u32::try_from(*sort).expect("sorts are few")).collect(),
            class: 0,
            grains: usize::try_from(worth / self.grain).expect("worth is not negative"),
            cost: self.weights.cost(self.model, self.pinned, self.person, &places),
        }
    }
}
