//! The best part one person can have against prices, found exactly by a dynamic program over the days.
//!
//! A part is a choice of places for each day: apart from each other, within what the law allows of that
//! day alone, and worth together what fairness leaves the person. For a bound all other law is left out, so
//! no legal part is missed and what is found is at most what a legal part costs. For a rota one goes by
//! weeks, with what each week may hold by itself: nearly all such parts are legal.

use domain::WishKind;

use super::legal;
use super::penalty::{MISSED_WISH, RATHER_NOT};
use super::state::State;
use super::timeline::{Model, shared};

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
}

/// What one person may choose from.
#[derive(Clone, Debug)]
pub(super) struct Part {
    days: Vec<Vec<Choice>>,
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
    costs: Vec<i64>,
    chosen: Vec<u16>,
    /// The best choices of a day: choice, grains, cost.
    offers: Vec<(u16, usize, i64)>,
}

const NEVER: i64 = i64::MAX / 4;

impl Part {
    /// What `person` may choose from; `None` if that is too much to look at.
    pub(super) fn of(
        model: &Model,
        pinned: &State,
        sorts: &[Sort],
        takers: &[Vec<usize>],
        person: usize,
        (grain, range): (i64, (usize, usize)),
        weights: Weights,
    ) -> Option<Self> {
        if range.1 > MOST_GRAINS {
            return None;
        }
        let mine = |sort: &Sort| takers[sort.places[0]].binary_search(&person).is_ok();
        let theirs: Vec<usize> = (0..sorts.len()).filter(|sort| mine(&sorts[*sort])).collect();
        let day_of = |sort: &usize| model.spots[sorts[*sort].places[0]].day;
        let mut days = Vec::new();
        for group in theirs.chunk_by(|one, next| day_of(one) == day_of(next)) {
            let chooser = Chooser { model, pinned, sorts, person, grain, weights };
            let mut choices = Vec::new();
            chooser.extend(group, &mut Vec::new(), &mut choices);
            if choices.len() > MOST_CHOICES {
                return None;
            }
            days.push(choices);
        }
        Some(Self { days, range })
    }

    /// The same by weeks: one day of duties in each, or two of which one is wished for, as the law allows.
    pub(super) fn by_weeks(self, model: &Model, pinned: &mut State, sorts: &[Sort], person: usize) -> Self {
        let day_of = |choice: &Choice| model.spots[sorts[choice.sorts[0] as usize].places[0]].day;
        let week_of = |day: &[Choice]| (day_of(&day[0]) - 1).div_euclid(7);
        let wished =
            |choice: &Choice| model.people[person].wishes.get(&day_of(choice)) == Some(&WishKind::Wish);
        let mut days: Vec<Vec<Choice>> = self.days;
        for day in &mut days {
            day.retain(|choice| stands(model, pinned, sorts, person, &choice.sorts));
        }
        days.retain(|day| !day.is_empty());
        let mut weeks = Vec::new();
        for week in days.chunk_by(|one, next| week_of(one) == week_of(next)) {
            let mut choices: Vec<Choice> = week.iter().flatten().cloned().collect();
            for (number, first) in week.iter().enumerate() {
                for (one, two) in first
                    .iter()
                    .flat_map(|one| week[number + 1..].iter().flatten().map(move |two| (one, two)))
                {
                    let both: Vec<u32> = one.sorts.iter().chain(&two.sorts).copied().collect();
                    if (wished(one) || wished(two)) && stands(model, pinned, sorts, person, &both) {
                        choices.push(Choice {
                            sorts: both,
                            grains: one.grains + two.grains,
                            cost: one.cost + two.cost,
                        });
                    }
                }
            }
            weeks.push(choices);
        }
        Self { days: weeks, range: self.range }
    }

    /// How many steps one question takes.
    pub(super) fn size(&self) -> u64 {
        let choices: usize = self.days.iter().map(|day| 2 + day.len()).sum();
        (1 + choices + self.days.len() * (self.range.1 + 1)) as u64
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
        table.chosen.resize(width * self.days.len(), u16::MAX);
        for (day, choices) in self.days.iter().enumerate() {
            offers(choices, prices, high, &mut table.offers);
            let chosen = &mut table.chosen[day * width..(day + 1) * width];
            for grains in (0..width).rev() {
                let mut best = table.costs[grains];
                for (choice, more, cost) in &table.offers {
                    if *more <= grains && table.costs[grains - more] + cost < best {
                        best = table.costs[grains - more] + cost;
                        chosen[grains] = *choice;
                    }
                }
                table.costs[grains] = best;
            }
        }
        let mut grains = (low..=high).min_by_key(|grains| table.costs[*grains])?;
        let least = table.costs[grains];
        if least >= NEVER / 2 {
            return None;
        }
        taken.clear();
        for (day, choices) in self.days.iter().enumerate().rev() {
            if let Some(choice) = choices.get(usize::from(table.chosen[day * width + grains])) {
                taken.extend(&choice.sorts);
                grains -= choice.grains;
            }
        }
        Some(least)
    }
}

/// Whether the law lets somebody hold one place of each sort, and pinned ones, and nothing else.
fn stands(model: &Model, pinned: &mut State, sorts: &[Sort], person: usize, chosen: &[u32]) -> bool {
    let places: Vec<usize> = chosen.iter().map(|sort| sorts[*sort as usize].places[0]).collect();
    legal::all_of(model, pinned, person, &places)
}

/// Of choices worth the same, the cheapest.
fn offers(choices: &[Choice], prices: &[i64], high: usize, offers: &mut Vec<(u16, usize, i64)>) {
    offers.clear();
    for (number, choice) in choices.iter().enumerate().filter(|(_, choice)| choice.grains <= high) {
        let price: i64 = choice.sorts.iter().map(|sort| prices[*sort as usize]).sum();
        let cost = choice.cost - price;
        let number = u16::try_from(number).expect("a day has few choices");
        match offers.iter_mut().find(|(_, grains, _)| *grains == choice.grains) {
            Some(known) if cost < known.2 => *known = (number, choice.grains, cost),
            Some(_) => {}
            None => offers.push((number, choice.grains, cost)),
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
}

impl Chooser<'_> {
    /// Adds every way that holds `chosen` and something of `left`.
    fn extend(&self, left: &[usize], chosen: &mut Vec<usize>, choices: &mut Vec<Choice>) {
        for (at, sort) in left.iter().enumerate() {
            if choices.len() > MOST_CHOICES {
                return;
            }
            let time = |sort: &usize| self.model.spots[self.sorts[*sort].places[0]].time;
            if chosen.iter().any(|other| shared(time(other), time(sort))) {
                continue;
            }
            chosen.push(*sort);
            if chosen.len() == 1 || self.day_holds(chosen) {
                choices.push(self.choice(chosen));
                self.extend(&left[at + 1..], chosen, choices);
            }
            chosen.pop();
        }
    }

    fn day_holds(&self, chosen: &[usize]) -> bool {
        let places: Vec<usize> = chosen.iter().map(|sort| self.sorts[*sort].places[0]).collect();
        legal::day_holds(self.model, self.pinned, self.person, &places)
    }

    fn choice(&self, chosen: &[usize]) -> Choice {
        let places: Vec<usize> = chosen.iter().map(|sort| self.sorts[*sort].places[0]).collect();
        let worth: i64 = places.iter().map(|place| self.model.spots[*place].worth).sum();
        Choice {
            sorts: chosen.iter().map(|sort| u32::try_from(*sort).expect("sorts are few")).collect(),
            grains: usize::try_from(worth / self.grain).expect("worth is not negative"),
            cost: self.weights.cost(self.model, self.pinned, self.person, &places),
        }
    }
}
