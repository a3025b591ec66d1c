//! The best legal roster of one person against prices, exactly, by dynamic programming over days.
//!
//! Two ways to the same automaton state with the same counters differ only in what they cost, so
//! only the cheaper one is kept. States from which the minutes cannot come right are not entered.
//! Limits of kinds are counted for a person only once a row broke one (decremental state space
//! relaxation, Righini and Salani 2008): until then the best row of all keeps them anyway.

use std::collections::HashMap;

use super::{
    dense::{self, Day, Dense},
    model::{Model, Row},
    tables::{NEVER, Tables},
};

/// So many cells cost about as much as one label.
const CELLS_A_LABEL: u64 = 16;
/// Beyond so many states a day, they are found by hashing and not by a table.
const LARGEST_TABLE: usize = 1 << 23;

/// Up to so many cells, all of them are kept side by side.
const LARGEST_DENSE: usize = 1 << 23;

/// Finds best rosters; keeps its memory between calls.
#[derive(Debug)]
pub struct Finder<'m> {
    model: &'m Model,
    tables: Vec<Tables>,
    /// Person by person, the kinds whose limit is counted.
    counted: Vec<Vec<bool>>,
    dense: Dense,
    width: usize,
    days: usize,
    labels: Vec<Label>,
    starts: Vec<usize>,
    slots: Vec<(u32, u32)>,
    hashed: HashMap<u64, u32>,
    stamp: u32,
    cheapest: Vec<(i64, u8)>,
    work: u64,
}

/// One way to be somewhere at the end of a day.
#[derive(Clone, Copy, Debug)]
struct Label {
    cost: i64,
    parent: u32,
    packed: u32,
    units: u16,
    state: u16,
    weekends: u8,
    code: u8,
}

/// What may be changed of a row.
#[derive(Clone, Copy, Debug)]
pub struct Open<'r> {
    /// The row as it is.
    pub row: &'r [u8],
    /// The first day that is open.
    pub from: usize,
    /// The first day after it that is not.
    pub until: usize,
}

impl<'m> Finder<'m> {
    /// For the people of `model`.
    pub fn new(model: &'m Model) -> Self {
        let counted = vec![vec![false; model.kinds.len()]; model.people.len()];
        let tables: Vec<Tables> = model
            .people
            .iter()
            .zip(&counted)
            .map(|(person, counted)| Tables::new(model, person, counted))
            .collect();
        let mut finder = Self {
            model,
            tables,
            counted,
            dense: Dense::default(),
            width: model.kinds.len(),
            days: model.days,
            labels: Vec::new(),
            starts: Vec::new(),
            slots: Vec::new(),
            hashed: HashMap::new(),
            stamp: 0,
            cheapest: Vec::new(),
            work: 0,
        };
        (0..model.people.len()).for_each(|person| finder.make_room(person));
        finder
    }

    /// A table large enough for a person's states, unless that would be too large.
    fn make_room(&mut self, person: usize) {
        let size = size(&self.tables[person]);
        let dense = dense::cells(&self.tables[person], self.days) <= LARGEST_DENSE;
        if !dense && size <= LARGEST_TABLE && size > self.slots.len() {
            self.slots.resize(size, (0, 0));
        }
    }

    /// Work done so far: cells written, or labels made.
    pub fn work(&self) -> u64 {
        self.work + self.dense.work() / CELLS_A_LABEL
    }

    /// The cheapest legal row of `person` and its price, if any row is legal; `price` is for working
    /// a kind on a day (day by day, kind by kind). With `open`, other days stay as they are.
    pub fn best(&mut self, person: usize, price: &[i64], open: Option<Open<'_>>) -> Option<(i64, Row)> {
        loop {
            let found = self.relaxed(person, price, open)?;
            let broken = self.broken(person, &found.1);
            if broken.is_empty() {
                return Some(found);
            }
            for kind in broken {
                self.counted[person][kind] = true;
            }
            self.tables[person] = Tables::new(self.model, &self.model.people[person], &self.counted[person]);
            self.make_room(person);
        }
    }

    /// Kinds of which a row has more than the person may work.
    fn broken(&self, person: usize, row: &[u8]) -> Vec<usize> {
        let count = |kind: usize| row.iter().filter(|code| usize::from(**code) == kind + 1).count();
        let most = &self.model.people[person].at_most;
        (0..self.width).filter(|kind| count(*kind) > most[*kind] as usize).collect()
    }

    /// The same with only those limits that are counted.
    fn relaxed(&mut self, person: usize, price: &[i64], open: Option<Open<'_>>) -> Option<(i64, Row)> {
        self.find_cheapest(person, price);
        let tables = &self.tables[person];
        if dense::cells(tables, self.days) <= LARGEST_DENSE {
            let width = tables.groups.len();
            return self.dense.best(tables, self.days, |day| Day {
                cheapest: &self.cheapest[day * width..(day + 1) * width],
                fixed: open.filter(|open| day < open.from || day >= open.until).map(|open| open.row[day]),
            });
        }
        self.by_labels(person, open)
    }

    /// The same, cell by cell as they are reached; prices must have been looked through.
    pub(super) fn by_labels(&mut self, person: usize, open: Option<Open<'_>>) -> Option<(i64, Row)> {
        self.labels.clear();
        self.starts.clear();
        let start = self.tables[person].start;
        self.labels.push(Label {
            cost: 0,
            parent: 0,
            packed: 0,
            units: 0,
            state: start,
            weekends: 0,
            code: 0,
        });
        let mut from = 0;
        for day in 0..self.days {
            self.starts.push(from);
            let until = self.labels.len();
            self.grow(person, day, from..until, open);
            if self.labels.len() == until {
                return None;
            }
            from = until;
        }
        let tables = &self.tables[person];
        let fits = |label: &&Label| u32::from(label.units) >= tables.units.0;
        let (at, label) = self.labels[from..]
            .iter()
            .enumerate()
            .filter(|(_, label)| fits(label))
            .min_by_key(|(_, label)| label.cost)?;
        let cost = label.cost;
        let mut row = vec![0; self.days];
        let mut at = from + at;
        for code in row.iter_mut().rev() {
            *code = self.labels[at].code;
            at = self.labels[at].parent as usize;
        }
        Some((cost, row))
    }

    /// The cheapest kind of each group on each day.
    fn find_cheapest(&mut self, person: usize, price: &[i64]) {
        let groups = &self.tables[person].groups;
        self.cheapest.clear();
        for prices in price.chunks_exact(self.width) {
            self.cheapest.extend(groups.iter().map(|group| {
                let kind =
                    group.kinds.iter().copied().min_by_key(|kind| prices[*kind]).expect("a group has kinds");
                (prices[kind], kind as u8 + 1)
            }));
        }
    }

    fn grow(&mut self, person: usize, day: usize, before: std::ops::Range<usize>, open: Option<Open<'_>>) {
        self.stamp += 1;
        self.hashed.clear();
        let tables = &self.tables[person];
        let width = tables.groups.len();
        let fixed = open.filter(|open| day < open.from || day >= open.until).map(|open| open.row[day]);
        let (saturday, sunday) = (day % 7 == 5, day % 7 == 6);
        let ahead = &tables.ahead[(day + 1) * tables.states..(day + 2) * tables.states];
        let states = (tables.weekends + 1) as u64 * (tables.units.1 + 1) as u64 * u64::from(tables.packed);
        let mut keep = Keep {
            labels: &mut self.labels,
            slots: &mut self.slots,
            hashed: &mut self.hashed,
            stamp: self.stamp,
        };
        let reaches = |state: u16, units: u32| {
            let ahead = ahead[state as usize];
            ahead >= 0 && units as i32 + ahead >= tables.units.0 as i32
        };
        let key = |state: u16, weekends: u8, units: u32, packed: u32| {
            u64::from(state) * states
                + (u64::from(weekends) * (tables.units.1 + 1) as u64 + u64::from(units))
                    * u64::from(tables.packed)
                + u64::from(packed)
        };
        for parent in before {
            let label = keep.labels[parent];
            let next = tables.off[label.state as usize];
            if next != NEVER && fixed.is_none_or(|code| code == 0) && reaches(next, u32::from(label.units)) {
                let key = key(next, label.weekends, u32::from(label.units), label.packed);
                keep.offer(key, Label { parent: parent as u32, state: next, code: 0, ..label });
            }
            if tables.away[day] {
                continue;
            }
            let counts = saturday || (sunday && !tables.works[label.state as usize]);
            let weekends = label.weekends + u8::from(counts);
            if u32::from(weekends) > tables.weekends {
                continue;
            }
            for (at, group) in tables.groups.iter().enumerate() {
                let next = tables.on[label.state as usize * width + at];
                let units = u32::from(label.units) + u32::from(group.units);
                if next == NEVER || units > tables.units.1 || !reaches(next, units) {
                    continue;
                }
                let (price, code) = match fixed {
                    None => self.cheapest[day * width + at],
                    // What a fixed day costs is the same in every row.
                    Some(code) if code > 0 && group.kinds.contains(&(usize::from(code) - 1)) => (0, code),
                    Some(_) => continue,
                };
                let mut packed = label.packed;
                if let Some(limited) = group.limited {
                    if packed / limited.step % (limited.most + 2) == limited.most {
                        continue;
                    }
                    packed += limited.step;
                }
                let key = key(next, weekends, units, packed);
                let cost = label.cost + price;
                keep.offer(
                    key,
                    Label {
                        cost,
                        parent: parent as u32,
                        packed,
                        units: units as u16,
                        state: next,
                        weekends,
                        code,
                    },
                );
            }
        }
        self.work +=
            (self.labels.len() as u64).saturating_sub(self.starts.last().map_or(0, |from| *from as u64));
    }
}

/// How many states a day has at most.
fn size(tables: &Tables) -> usize {
    tables.states * (tables.weekends as usize + 1) * (tables.units.1 as usize + 1) * tables.packed as usize
}

/// Where the labels of a day are kept, one a state.
struct Keep<'f> {
    labels: &'f mut Vec<Label>,
    slots: &'f mut Vec<(u32, u32)>,
    hashed: &'f mut HashMap<u64, u32>,
    stamp: u32,
}

impl Keep<'_> {
    fn offer(&mut self, key: u64, label: Label) {
        let number = self.labels.len() as u32;
        let known = match self.slots.get_mut(key as usize) {
            Some((stamp, known)) if *stamp == self.stamp => Some(*known),
            Some(slot) => {
                *slot = (self.stamp, number);
                None
            }
            None => match self.hashed.entry(key) {
                std::collections::hash_map::Entry::Occupied(known) => Some(*known.get()),
                std::collections::hash_map::Entry::Vacant(slot) => {
                    slot.insert(number);
                    None
                }
            },
        };
        match known {
            Some(known) if self.labels[known as usize].cost <= label.cost => {}
            Some(known) => self.labels[known as usize] = label,
            None => self.labels.push(label),
        }
    }
}
