//! The dynamic program cell by cell as they are reached, for people of whom a full table would be too
//! large. Two ways to the same state with the same counters differ only in what they cost, so only
//! the cheaper one is kept.

use std::{collections::HashMap, ops::Range};

use super::{
    halt::Halt,
    model::Row,
    span::Span,
    tables::{NEVER, Tables},
};

/// Beyond so many states a day, they are found by hashing and not by a table.
const LARGEST_TABLE: usize = 1 << 23;

/// So many labels are kept at most, some 800 MB: a row that takes more is not found.
const MOST_LABELS: usize = 1 << 25;

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

/// Labels of all days; kept between calls.
#[derive(Debug, Default)]
pub(super) struct Labels {
    labels: Vec<Label>,
    slots: Vec<(u32, u32)>,
    hashed: HashMap<u64, u32>,
    stamp: u32,
    work: u64,
    halt: Halt,
}

/// How many states a day has at most.
fn size(tables: &Tables, span: &Span) -> usize {
    let counts = (span.weekends_within() as usize + 1) * (span.units_within(tables) as usize + 1);
    (tables.states * counts).saturating_mul(tables.packed as usize)
}

impl Labels {
    /// Which gives up once `halt` says so.
    pub(super) fn new(halt: Halt) -> Self {
        Self { halt, ..Self::default() }
    }

    /// Work done so far: labels made.
    pub(super) fn work(&self) -> u64 {
        self.work
    }

    /// The cheapest way through the open days and its price; `cheapest` has a price and a code for
    /// each open day and group.
    pub(super) fn best(
        &mut self,
        tables: &Tables,
        span: &Span,
        cheapest: &[(i64, u8)],
    ) -> Option<(i64, Row)> {
        let size = size(tables, span);
        if size <= LARGEST_TABLE && size > self.slots.len() {
            self.slots.resize(size, (0, 0));
        }
        self.labels.clear();
        let (state, packed) = (span.start, span.packed);
        self.labels.push(Label { cost: 0, parent: 0, packed, units: 0, state, weekends: 0, code: 0 });
        let mut from = 0;
        for day in span.days.clone() {
            let until = self.labels.len();
            if self.halt.is_stopped() || until > MOST_LABELS {
                return None;
            }
            self.grow(tables, span, cheapest, day, from..until);
            if self.labels.len() == until {
                return None;
            }
            from = until;
        }
        let fits =
            |label: &&Label| span.may_end(label.state, u32::from(label.weekends), u32::from(label.units));
        let ends = self.labels[from..].iter().enumerate().filter(|(_, label)| fits(label));
        let (at, cost) = ends.map(|(at, label)| (at, label.cost)).min_by_key(|(_, cost)| *cost)?;
        let mut row = vec![0; span.len()];
        let mut at = from + at;
        for code in row.iter_mut().rev() {
            *code = self.labels[at].code;
            at = self.labels[at].parent as usize;
        }
        Some((cost, row))
    }

    fn grow(
        &mut self,
        tables: &Tables,
        span: &Span,
        cheapest: &[(i64, u8)],
        day: usize,
        before: Range<usize>,
    ) {
        self.stamp += 1;
        self.hashed.clear();
        let width = tables.groups.len();
        let cheapest = &cheapest[(day - span.days.start) * width..][..width];
        let (saturday, sunday) = (day % 7 == 5, day % 7 == 6);
        let (most, first) = ((span.weekends_within(), span.units_within(tables)), self.labels.len());
        let mut keep = Keep {
            labels: &mut self.labels,
            slots: &mut self.slots,
            hashed: &mut self.hashed,
            stamp: self.stamp,
            most,
            packed: tables.packed,
        };
        let reaches = |state: u16, units: u32| {
            span.ahead(tables, day + 1, state).is_some_and(|ahead| units + ahead >= span.units.0)
        };
        for parent in before {
            let label = Label { parent: parent as u32, ..keep.labels[parent] };
            let next = tables.off[usize::from(label.state)];
            if next != NEVER && reaches(next, u32::from(label.units)) {
                keep.offer(Label { state: next, code: 0, ..label });
            }
            let counts = saturday || (sunday && !tables.works[usize::from(label.state)]);
            let weekends = label.weekends + u8::from(counts);
            if tables.away[day] || u32::from(weekends) > most.0 {
                continue;
            }
            for (at, group) in tables.groups.iter().enumerate() {
                let state = tables.on[usize::from(label.state) * width + at];
                let units = u32::from(label.units) + u32::from(group.units);
                if state == NEVER || units > most.1 || !reaches(state, units) {
                    continue;
                }
                let mut packed = label.packed;
                if let Some(limited) = group.limited {
                    if packed / limited.step % (limited.most + 2) == limited.most {
                        continue;
                    }
                    packed += limited.step;
                }
                let (price, code) = cheapest[at];
                let cost = label.cost + price;
                keep.offer(Label { cost, packed, units: units as u16, state, weekends, code, ..label });
            }
        }
        self.work += (self.labels.len() - first) as u64;
    }
}

/// Where the labels of a day are kept, one a state.
struct Keep<'f> {
    labels: &'f mut Vec<Label>,
    slots: &'f mut Vec<(u32, u32)>,
    hashed: &'f mut HashMap<u64, u32>,
    stamp: u32,
    /// Weekends and units at most.
    most: (u32, u32),
    packed: u32,
}

impl Keep<'_> {
    fn key(&self, label: &Label) -> u64 {
        let weekend = u64::from(label.state) * u64::from(self.most.0 + 1) + u64::from(label.weekends);
        let unit = weekend * u64::from(self.most.1 + 1) + u64::from(label.units);
        unit * u64::from(self.packed) + u64::from(label.packed)
    }

    fn offer(&mut self, label: Label) {
        let (key, number) = (self.key(&label), self.labels.len() as u32);
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
