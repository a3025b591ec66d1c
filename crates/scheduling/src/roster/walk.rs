//! The cheapest way of a person through their automaton alone, with what their counters hold paid for
//! at prices: it takes microseconds where counting takes a table.

use super::{
    model::Row,
    tables::{NEVER, Tables},
};

/// So many steps cost about as much as one unit of work.
const STEPS_A_UNIT: u64 = 32;
/// Dearer than any way.
const FAR: i64 = i64::MAX / 4;

/// What counters cost, in millionths.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Toll {
    /// A unit of minutes; below zero, it is paid.
    pub unit: i64,
    /// A weekend with work on either day.
    pub weekend: i64,
}

/// Finds ways; keeps its memory between calls.
#[derive(Debug, Default)]
pub(super) struct Walk {
    costs: Vec<i64>,
    /// Day by day and group by group, the price and code of the cheapest kind.
    cheapest: Vec<(i64, u8)>,
    toll: Toll,
    work: u64,
}

impl Walk {
    /// Work done so far.
    pub(super) fn work(&self) -> u64 {
        self.work
    }

    /// What the cheapest way costs; `price` is for working a kind on a day.
    pub(super) fn cost(&mut self, tables: &Tables, toll: Toll, price: impl Fn(usize, usize) -> i64) -> i64 {
        let (days, states) = (tables.away.len(), tables.states);
        self.toll = toll;
        self.price_days(tables, price);
        self.costs.clear();
        self.costs.resize((days + 1) * states, FAR);
        self.costs[usize::from(tables.start)] = 0;
        for day in 0..days {
            self.pass(tables, day);
        }
        self.work += (days * states * (tables.groups.len() + 1)) as u64 / STEPS_A_UNIT;
        self.costs[days * states..].iter().copied().min().expect("an automaton has states")
    }

    /// The cheapest way and what it costs.
    pub(super) fn row(
        &mut self,
        tables: &Tables,
        toll: Toll,
        price: impl Fn(usize, usize) -> i64,
    ) -> (i64, Row) {
        let least = self.cost(tables, toll, price);
        (least, self.way_back(tables, least))
    }

    fn price_days(&mut self, tables: &Tables, price: impl Fn(usize, usize) -> i64) {
        self.cheapest.clear();
        for day in 0..tables.away.len() {
            self.cheapest.extend(tables.groups.iter().map(|group| {
                let of_units = self.toll.unit * i64::from(group.units);
                let priced = group.kinds.iter().map(|kind| (price(day, *kind) + of_units, *kind as u8 + 1));
                priced.min_by_key(|(price, _)| *price).expect("a group has kinds")
            }));
        }
    }

    /// One day on from every state.
    fn pass(&mut self, tables: &Tables, day: usize) {
        let (states, groups) = (tables.states, tables.groups.len());
        let steps = &self.cheapest[day * groups..];
        let (before, after) = self.costs.split_at_mut((day + 1) * states);
        for (state, cost) in before[day * states..].iter().enumerate().filter(|(_, cost)| **cost < FAR) {
            let mut reach = |next: u16, cost: i64| {
                if next != NEVER && cost < after[usize::from(next)] {
                    after[usize::from(next)] = cost;
                }
            };
            reach(tables.off[state], *cost);
            if tables.away[day] {
                continue;
            }
            let cost = *cost + weekend_on(tables, day, state, self.toll.weekend);
            for (next, (price, _)) in tables.on[state * groups..][..groups].iter().zip(steps) {
                reach(*next, cost + price);
            }
        }
    }

    fn way_back(&self, tables: &Tables, least: i64) -> Row {
        let (days, states, groups) = (tables.away.len(), tables.states, tables.groups.len());
        let ends = &self.costs[days * states..];
        let mut at = ends.iter().position(|cost| *cost == least).expect("the cheapest way ends somewhere");
        let mut cost = least;
        let mut row = vec![0; days];
        for day in (0..days).rev() {
            let before = &self.costs[day * states..][..states];
            let found = (0..states).filter(|state| before[*state] < FAR).find_map(|state| {
                if usize::from(tables.off[state]) == at && before[state] == cost {
                    return Some((state, 0));
                }
                let spent = before[state] + weekend_on(tables, day, state, self.toll.weekend);
                let on = tables.on[state * groups..][..groups].iter().zip(&self.cheapest[day * groups..]);
                on.filter(|_| !tables.away[day])
                    .find(|(next, (price, _))| usize::from(**next) == at && spent + price == cost)
                    .map(|(_, (_, code))| (state, *code))
            });
            (at, row[day]) = found.expect("a state has a way that leads to it");
            cost = before[at];
        }
        row
    }
}

/// What working on a day after a state costs for the weekend that it begins.
fn weekend_on(tables: &Tables, day: usize, state: usize, price: i64) -> i64 {
    if day % 7 == 5 || day % 7 == 6 && !tables.works[state] { price } else { 0 }
}

/// Weekends with work on either day.
pub(super) fn busy_weekends(row: &[u8]) -> usize {
    let busy = |day: &usize| row[*day] > 0 || row.get(day + 1).is_some_and(|code| *code > 0);
    (5..row.len()).step_by(7).filter(busy).count()
}
