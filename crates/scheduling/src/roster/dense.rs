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
    halt::Halt,
    model::Row,
    span::Span,
    tables::{Limited, NEVER, Tables},
};

/// No way leads here.
const NOWHERE: f64 = f64::INFINITY;

/// What a person may do on a day: nothing, or a group's kind at a price.
#[derive(Clone, Copy, Debug)]
struct Step {
    next: u16,
    /// One if it makes a weekend.
    weekend: usize,
    /// With fewer units above the floor than this, what follows cannot come right.
    least: usize,
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
    steps: Vec<Step>,
    work: u64,
    halt: Halt,
}

/// How the cells of one day lie: `(block * units + unit) * packed + counter`, a block being a state
/// and a number of weekends. Units and weekends are counted from the floor of the day.
#[derive(Clone, Copy)]
struct Shape {
    states: usize,
    weekends: usize,
    packed: usize,
    units: usize,
}

impl Shape {
    fn of(tables: &Tables, span: &Span) -> Self {
        Self {
            states: tables.states,
            weekends: span.weekends_wide() as usize + 1,
            packed: tables.packed as usize,
            units: span.units_wide(tables) as usize + 1,
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

    /// The units at which a step may land when the floor rises by `rise`: no more than allowed, and
    /// not so few that they cannot come right.
    fn landing(self, step: &Step, reach: &Range<usize>, rise: usize) -> Option<Range<usize>> {
        let from = (reach.start + step.units).max(step.least).max(rise) - rise;
        let until = (reach.end + step.units).min(self.units + rise).saturating_sub(rise);
        (from < until).then_some(from..until)
    }

    /// The weekends after a step, if they are within what is looked at.
    fn weekends_after(self, step: &Step, weekends: usize, rise: usize) -> Option<usize> {
        (weekends + step.weekend).checked_sub(rise).filter(|weekends| *weekends < self.weekends)
    }

    fn line(self, day: usize, block: usize, unit: usize) -> usize {
        day * self.size() + (block * self.units + unit) * self.packed
    }
}

/// How many cells it takes.
pub(super) fn cells(tables: &Tables, span: &Span) -> usize {
    Shape::of(tables, span).size().saturating_mul(span.len() + 1)
}

/// What is asked: open days, with prices and codes day by day and group by group.
#[derive(Clone, Copy)]
struct Task<'t> {
    tables: &'t Tables,
    span: &'t Span,
    shape: Shape,
    cheapest: &'t [(i64, u8)],
}

impl Dense {
    /// Which gives up once `halt` says so.
    pub(super) fn new(halt: Halt) -> Self {
        Self { halt, ..Self::default() }
    }

    /// Work done so far: cells written.
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
        let task = Task { tables, span, shape: Shape::of(tables, span), cheapest };
        let shape = task.shape;
        let size = cells(tables, span);
        if self.cells.len() < size {
            self.cells.resize(size, NOWHERE);
        }
        self.reach.clear();
        self.reach.resize((span.len() + 1) * shape.blocks(), 0..0);
        let start = shape.block(span.start, 0);
        self.cells[shape.line(0, start, 0)..][..shape.packed].fill(NOWHERE);
        self.cells[shape.line(0, start, 0) + span.packed as usize] = 0.0;
        self.reach[start] = 0..1;
        for number in 0..span.len() {
            if self.halt.is_stopped() {
                return None;
            }
            self.pass(task, number);
        }
        let (cost, block, packed, unit) = self.cheapest_end(task)?;
        Some((cost as i64, self.way_back(task, (block, packed, unit))))
    }

    /// One day on: from every block that can be reached through every step there is.
    fn pass(&mut self, task: Task<'_>, number: usize) {
        let shape = task.shape;
        let size = shape.size();
        let rise = task.span.rise(number);
        for state in 0..shape.states as u16 {
            let of_state = number * shape.blocks() + shape.block(state, 0);
            if self.reach[of_state..of_state + shape.weekends].iter().all(Range::is_empty) {
                continue;
            }
            let mut steps = std::mem::take(&mut self.steps);
            steps.clear();
            steps.extend(task.steps(number, state));
            for weekends in 0..shape.weekends {
                let from = shape.block(state, weekends);
                let reach = self.reach[number * shape.blocks() + from].clone();
                if reach.is_empty() {
                    continue;
                }
                for step in &steps {
                    let Some(weekends) = shape.weekends_after(step, weekends, rise.weekends) else {
                        continue;
                    };
                    let to = shape.block(step.next, weekends);
                    let Some(within) = shape.landing(step, &reach, rise.units) else { continue };
                    let first = self.open(shape, number + 1, to, &within, step.packed);
                    let (before, after) = self.cells.split_at_mut((number + 1) * size);
                    let length = within.len() * shape.packed - step.packed;
                    let old = shape.line(number, from, within.start + rise.units - step.units);
                    let new = shape.line(0, to, within.start);
                    let old = &before[old..old + length];
                    let cells = after[new + step.packed..][..length].iter_mut().zip(old);
                    if first {
                        cells.for_each(|(cell, cost)| *cell = cost + step.price);
                    } else {
                        cells.for_each(|(cell, cost)| {
                            let cost = cost + step.price;
                            *cell = if cost < *cell { cost } else { *cell };
                        });
                    }
                    if let Some(limited) = step.limited {
                        empty_guards(&mut after[new..new + within.len() * shape.packed], limited);
                    }
                    self.work += length as u64;
                }
            }
            self.steps = steps;
        }
    }

    /// Makes room in a block for these units: cells not reached before are emptied. True if none were
    /// reached before: then only the first `skipped` are emptied, for the others are about to be written.
    fn open(
        &mut self,
        shape: Shape,
        number: usize,
        block: usize,
        within: &Range<usize>,
        skipped: usize,
    ) -> bool {
        let known = &mut self.reach[number * shape.blocks() + block];
        let line = |unit: usize| shape.line(number, block, unit);
        if known.start >= known.end {
            *known = within.clone();
            self.cells[line(within.start)..][..skipped].fill(NOWHERE);
            return true;
        }
        let wider = known.start.min(within.start)..known.end.max(within.end);
        let (before, after) = (known.start, known.end);
        *known = wider.clone();
        self.cells[line(wider.start)..line(before)].fill(NOWHERE);
        self.cells[line(after)..line(wider.end)].fill(NOWHERE);
        false
    }

    fn cheapest_end(&self, task: Task<'_>) -> Option<(f64, usize, usize, usize)> {
        let (shape, days) = (task.shape, task.span.len());
        let mut best: Option<(f64, usize, usize, usize)> = None;
        for state in 0..shape.states as u16 {
            for weekends in 0..shape.weekends {
                let block = shape.block(state, weekends);
                for unit in self.reach[days * shape.blocks() + block].clone() {
                    let floor = task.span.floor(days);
                    let (of_all, units) = (floor.weekends + weekends, floor.units + unit);
                    if !task.span.may_end(state, of_all as u32, units as u32) {
                        continue;
                    }
                    for packed in 0..shape.packed {
                        let cost = self.cells[shape.line(days, block, unit) + packed];
                        if cost < best.map_or(NOWHERE, |(least, ..)| least) {
                            best = Some((cost, block, packed, unit));
                        }
                    }
                }
            }
        }
        best
    }

    /// The way that ends in a cell.
    fn way_back(&self, task: Task<'_>, mut at: (usize, usize, usize)) -> Row {
        let mut row = vec![0; task.span.len()];
        for (number, code) in row.iter_mut().enumerate().rev() {
            let cost = self.cells[task.shape.line(number + 1, at.0, at.2) + at.1];
            (at, *code) = self.before(task, number, at, cost).expect("a cell has a way that leads to it");
        }
        row
    }

    fn before(
        &self,
        task: Task<'_>,
        number: usize,
        (block, packed, unit): (usize, usize, usize),
        cost: f64,
    ) -> Option<((usize, usize, usize), u8)> {
        let shape = task.shape;
        let rise = task.span.rise(number);
        for state in 0..shape.states as u16 {
            for step in task.steps(number, state) {
                for weekends in 0..shape.weekends {
                    let from = shape.block(state, weekends);
                    let reach = &self.reach[number * shape.blocks() + from];
                    let after = shape.weekends_after(&step, weekends, rise.weekends);
                    if reach.is_empty()
                        || after.is_none_or(|after| shape.block(step.next, after) != block)
                        || unit + rise.units < step.units
                        || packed < step.packed
                    {
                        continue;
                    }
                    let (packed_from, unit_from) = (packed - step.packed, unit + rise.units - step.units);
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

impl<'t> Task<'t> {
    /// Every step out of a state on an open day that can be followed to the end.
    fn steps(self, number: usize, state: u16) -> impl Iterator<Item = Step> + 't {
        let Self { tables, span, .. } = self;
        let width = tables.groups.len();
        let cheapest = &self.cheapest[number * width..(number + 1) * width];
        let (day, floor) = (span.days.start + number, span.floor(number).units);
        let least = move |next: u16| {
            let ahead = (next != NEVER).then(|| span.ahead(tables, day + 1, next)).flatten()?;
            Some((span.units.0.saturating_sub(ahead) as usize).saturating_sub(floor))
        };
        let next = tables.off[usize::from(state)];
        let off = least(next).map(|least| Step {
            next,
            weekend: 0,
            least,
            limited: None,
            packed: 0,
            units: 0,
            price: 0.0,
            code: 0,
        });
        let counts = day % 7 == 5 || (day % 7 == 6 && !tables.works[usize::from(state)]);
        let weekend = usize::from(counts);
        let may_work = !tables.away[day] && weekend <= span.weekends as usize;
        let on = (0..if may_work { width } else { 0 }).filter_map(move |at| {
            let group = &tables.groups[at];
            let next = tables.on[usize::from(state) * width + at];
            let (price, code) = cheapest[at];
            Some(Step {
                next,
                weekend,
                least: least(next)?,
                limited: group.limited,
                packed: group.limited.map_or(0, |limited| limited.step as usize),
                units: usize::from(group.units),
                price: price as f64,
                code,
            })
        });
        off.into_iter().chain(on)
    }
}

/// Nothing may stay where a counter is beyond its limit.
fn empty_guards(cells: &mut [f64], limited: Limited) {
    let step = limited.step as usize;
    let whole = step * (limited.most as usize + 2);
    for counter in cells.chunks_exact_mut(whole) {
        counter[whole - step..].fill(NOWHERE);
    }
}
