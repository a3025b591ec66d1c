//! The dynamic program over a full table: every state, weekend count, number of units and packed
//! counter has a cell, and a day is a few passes over cells that lie side by side. Each counter has
//! one value more than its limit, a guard that is emptied after every pass, so that a pass needs not
//! ask whether a limit is reached.
//!
//! Costs are whole numbers kept in floating point, exact as long as they stay below 2^53; that lets
//! the processor compare several at once. The way is found afterwards, by asking which cell of the
//! day before leads to exactly this cost.

use std::ops::Range;

use super::{
    model::Row,
    tables::{Limited, NEVER, Tables},
};

/// No way leads here.
const NOWHERE: f64 = f64::INFINITY;

/// What a person may do on a day: nothing, or a group's kind at a price.
#[derive(Clone, Copy, Debug)]
struct Step {
    next: u16,
    weekend: usize,
    limited: Option<Limited>,
    packed: usize,
    units: usize,
    price: f64,
    code: u8,
}

/// Cells of all days; kept between calls.
#[derive(Debug, Default)]
pub(super) struct Dense {
    cells: Vec<f64>,
    /// Day by day and block by block, the units that may be reached.
    reach: Vec<Range<usize>>,
    work: u64,
}

/// How the cells of one day lie: `(block * units + unit) * packed + counter`, a block being a state
/// and a number of weekends.
#[derive(Clone, Copy)]
struct Shape {
    states: usize,
    weekends: usize,
    packed: usize,
    units: usize,
}

impl Shape {
    fn of(tables: &Tables) -> Self {
        Self {
            states: tables.states,
            weekends: tables.weekends as usize + 1,
            packed: tables.packed as usize,
            units: tables.units.1 as usize + 1,
        }
    }

    fn blocks(self) -> usize {
        self.states * self.weekends
    }

    fn size(self) -> usize {
        self.blocks() * self.packed * self.units
    }

    fn block(self, state: u16, weekends: usize) -> usize {
        usize::from(state) * self.weekends + weekends
    }

    fn line(self, day: usize, block: usize, unit: usize) -> usize {
        day * self.size() + (block * self.units + unit) * self.packed
    }
}

/// How many cells it takes.
pub(super) fn cells(tables: &Tables, days: usize) -> usize {
    Shape::of(tables).size().saturating_mul(days + 1)
}

/// A day as it is asked about: prices and codes group by group, and what it is held to.
#[derive(Clone, Copy)]
pub(super) struct Day<'d> {
    pub cheapest: &'d [(i64, u8)],
    pub fixed: Option<u8>,
}

impl Dense {
    /// Work done so far: cells written.
    pub(super) fn work(&self) -> u64 {
        self.work
    }

    /// The cheapest row and its price.
    pub(super) fn best<'d>(
        &mut self,
        tables: &Tables,
        days: usize,
        day: impl Fn(usize) -> Day<'d>,
    ) -> Option<(i64, Row)> {
        let shape = Shape::of(tables);
        let size = cells(tables, days);
        if self.cells.len() < size {
            self.cells.resize(size, NOWHERE);
        }
        self.reach.clear();
        self.reach.resize((days + 1) * shape.blocks(), 0..0);
        let start = shape.block(tables.start, 0);
        self.cells[shape.line(0, start, 0)..][..shape.packed].fill(NOWHERE);
        self.cells[shape.line(0, start, 0)] = 0.0;
        self.reach[start] = 0..1;
        for number in 0..days {
            self.pass(tables, shape, number, day(number));
        }
        let (cost, block, packed, unit) = self.cheapest_end(tables, shape, days)?;
        Some((cost as i64, self.way_back(tables, shape, days, day, (block, packed, unit))))
    }

    /// One day on: from every block that can be reached through every step there is.
    fn pass(&mut self, tables: &Tables, shape: Shape, number: usize, day: Day<'_>) {
        let size = shape.size();
        for state in 0..shape.states as u16 {
            for weekends in 0..shape.weekends {
                let from = shape.block(state, weekends);
                let reach = self.reach[number * shape.blocks() + from].clone();
                if reach.is_empty() {
                    continue;
                }
                for step in steps(tables, number, day, state, weekends) {
                    let to = shape.block(step.next, step.weekend);
                    let Some(within) = landing(tables, shape, number, &step, &reach) else { continue };
                    self.open(shape, number + 1, to, &within);
                    let (before, after) = self.cells.split_at_mut((number + 1) * size);
                    let length = within.len() * shape.packed - step.packed;
                    let old = shape.line(number, from, within.start - step.units);
                    let new = shape.line(0, to, within.start);
                    let old = &before[old..old + length];
                    for (cell, cost) in after[new + step.packed..][..length].iter_mut().zip(old) {
                        let cost = cost + step.price;
                        *cell = if cost < *cell { cost } else { *cell };
                    }
                    if let Some(limited) = step.limited {
                        empty_guards(&mut after[new..new + within.len() * shape.packed], limited);
                    }
                    self.work += length as u64;
                }
            }
        }
    }

    /// Makes room in a block for these units: cells not reached before are emptied.
    fn open(&mut self, shape: Shape, number: usize, block: usize, within: &Range<usize>) {
        let known = &mut self.reach[number * shape.blocks() + block];
        let wider = if known.start >= known.end {
            within.clone()
        } else {
            known.start.min(within.start)..known.end.max(within.end)
        };
        let fresh = if known.start >= known.end {
            [wider.clone(), 0..0]
        } else {
            [wider.start..known.start, known.end..wider.end]
        };
        *known = wider;
        for part in &fresh {
            let line = shape.line(number, block, part.start);
            self.cells[line..line + part.len() * shape.packed].fill(NOWHERE);
        }
    }

    fn cheapest_end(&self, tables: &Tables, shape: Shape, days: usize) -> Option<(f64, usize, usize, usize)> {
        let mut best: Option<(f64, usize, usize, usize)> = None;
        for block in 0..shape.blocks() {
            let reach = &self.reach[days * shape.blocks() + block];
            for unit in reach.start.max(tables.units.0 as usize)..reach.end {
                for packed in 0..shape.packed {
                    let cost = self.cells[shape.line(days, block, unit) + packed];
                    if cost < best.map_or(NOWHERE, |(least, ..)| least) {
                        best = Some((cost, block, packed, unit));
                    }
                }
            }
        }
        best
    }

    /// The row that ends in a cell.
    fn way_back<'d>(
        &self,
        tables: &Tables,
        shape: Shape,
        days: usize,
        day: impl Fn(usize) -> Day<'d>,
        mut at: (usize, usize, usize),
    ) -> Row {
        let mut row = vec![0; days];
        for number in (0..days).rev() {
            let cost = self.cells[shape.line(number + 1, at.0, at.2) + at.1];
            let (before, code) = self
                .before(tables, shape, number, day(number), at, cost)
                .expect("a cell has a way that leads to it");
            row[number] = code;
            at = before;
        }
        row
    }

    fn before(
        &self,
        tables: &Tables,
        shape: Shape,
        number: usize,
        day: Day<'_>,
        (block, packed, unit): (usize, usize, usize),
        cost: f64,
    ) -> Option<((usize, usize, usize), u8)> {
        for state in 0..shape.states as u16 {
            for weekends in 0..shape.weekends {
                let from = shape.block(state, weekends);
                let reach = &self.reach[number * shape.blocks() + from];
                for step in steps(tables, number, day, state, weekends) {
                    if shape.block(step.next, step.weekend) != block
                        || unit < step.units
                        || packed < step.packed
                    {
                        continue;
                    }
                    let (packed_from, unit_from) = (packed - step.packed, unit - step.units);
                    if reach.contains(&unit_from)
                        && self.cells[shape.line(number, from, unit_from) + packed_from] + step.price == cost
                    {
                        return Some(((from, packed_from, unit_from), step.code));
                    }
                }
            }
        }
        None
    }
}

/// The units at which a step may land: no more than allowed, and not so few that they cannot come right.
fn landing(
    tables: &Tables,
    shape: Shape,
    number: usize,
    step: &Step,
    reach: &Range<usize>,
) -> Option<Range<usize>> {
    let ahead = tables.ahead[(number + 1) * tables.states + usize::from(step.next)];
    let ahead = usize::try_from(ahead).ok()?;
    let from = (reach.start + step.units).max((tables.units.0 as usize).saturating_sub(ahead));
    let until = (reach.end + step.units).min(shape.units);
    (from < until).then_some(from..until)
}

/// Nothing may stay where a counter is beyond its limit.
fn empty_guards(cells: &mut [f64], limited: Limited) {
    let step = limited.step as usize;
    let whole = step * (limited.most as usize + 2);
    for counter in cells.chunks_exact_mut(whole) {
        counter[whole - step..].fill(NOWHERE);
    }
}

/// Every step out of a state on a day.
fn steps<'t>(
    tables: &'t Tables,
    number: usize,
    day: Day<'t>,
    state: u16,
    weekends: usize,
) -> impl Iterator<Item = Step> + 't {
    let width = tables.groups.len();
    let next = tables.off[usize::from(state)];
    let off = (next != NEVER && day.fixed.is_none_or(|code| code == 0)).then_some(Step {
        next,
        weekend: weekends,
        limited: None,
        packed: 0,
        units: 0,
        price: 0.0,
        code: 0,
    });
    let counts = number % 7 == 5 || (number % 7 == 6 && !tables.works[usize::from(state)]);
    let weekend = weekends + usize::from(counts);
    let may_work = !tables.away[number] && weekend <= tables.weekends as usize;
    let on = (0..if may_work { width } else { 0 }).filter_map(move |at| {
        let group = &tables.groups[at];
        let next = tables.on[usize::from(state) * width + at];
        let (price, code) = match day.fixed {
            None => day.cheapest[at],
            // What a fixed day costs is the same in every row.
            Some(code) if code > 0 && group.kinds.contains(&(usize::from(code) - 1)) => (0, code),
            Some(_) => return None,
        };
        (next != NEVER).then(|| Step {
            next,
            weekend,
            limited: group.limited,
            packed: group.limited.map_or(0, |limited| limited.step as usize),
            units: usize::from(group.units),
            price: price as f64,
            code,
        })
    });
    off.into_iter().chain(on)
}
