//! The shape of a long row: how a person's minutes and weekends lie best over the whole horizon.
//!
//! Minutes, weekends and limited kinds are counted by no table here but charged for, and charges move
//! until the cheapest way keeps what the contract says, or nearly so: by strides that grow while a
//! charge stays too low or too high and shrink when it was passed. Two ways with about the same
//! charges, one with too few minutes and one with too many, are put together at a day on which both
//! are in the same state. What is left to mend is little and done near to the shape, exactly.

use super::{
    model::{MILLION, Row},
    tables::Tables,
    walk::{Toll, Walk, busy_weekends},
};

/// So many ways are looked at for one shape at most.
const LOOKS: u32 = 24;
/// The shortest strides, for units and for weekends and kinds.
const SHORTEST: (f64, f64) = (MILLION as f64 / 16.0, MILLION as f64 / 4.0);
/// Strides grow to so much of themselves, and shrink.
const GROWS: f64 = 2.0;
const SHRINKS: f64 = 0.4;
/// A weekend or a shift of a kind too many is as bad as so many units.
const AS_BAD: u32 = 6;

/// What something costs and how it is moved.
#[derive(Clone, Copy, Debug)]
struct Charge {
    price: f64,
    stride: f64,
    /// Whether it was moved up or down last.
    up: Option<bool>,
}

impl Charge {
    fn from(price: f64, shortest: f64) -> Self {
        Self { price, stride: 4.0 * shortest, up: None }
    }

    /// A little up or down.
    fn turn(&mut self, up: bool, shortest: f64) {
        match self.up {
            Some(before) if before == up => self.stride *= GROWS,
            Some(_) => self.stride = (self.stride * SHRINKS).max(shortest),
            None => {}
        }
        self.up = Some(up);
        self.price += if up { self.stride } else { -self.stride };
    }

    fn turn_above_zero(&mut self, up: bool, shortest: f64) {
        if up || self.price > 0.0 {
            self.turn(up, shortest);
            self.price = self.price.max(0.0);
        }
    }
}

/// What a person was charged last.
#[derive(Clone, Debug, Default)]
struct Known {
    unit: f64,
    weekend: f64,
    kinds: Vec<f64>,
}

/// Finds shapes, beginning at the charges that were right for the same person before.
#[derive(Debug, Default)]
pub(super) struct Dealer {
    walk: Walk,
    known: Vec<Known>,
}

/// Whose row is sought, and at what prices of days and kinds.
#[derive(Clone, Copy)]
pub(super) struct Task<'t> {
    pub tables: &'t Tables,
    /// At most so many of each kind.
    pub at_most: &'t [u32],
    /// Day by day and kind by kind.
    pub price: &'t [i64],
}

/// Charges of one shape.
struct Charges {
    unit: Charge,
    weekend: Charge,
    kinds: Vec<Charge>,
}

impl Dealer {
    /// For so many people.
    pub(super) fn new(people: usize) -> Self {
        Self { walk: Walk::default(), known: vec![Known::default(); people] }
    }

    /// Work done so far.
    pub(super) fn work(&self) -> u64 {
        self.walk.work()
    }

    /// A row through a person's automaton that keeps to their contract as far as charges can make it.
    pub(super) fn shape(&mut self, person: usize, task: Task<'_>) -> Row {
        let known = &mut self.known[person];
        known.kinds.resize(task.at_most.len(), 0.0);
        let mut charges = Charges {
            unit: Charge::from(known.unit, SHORTEST.0),
            weekend: Charge::from(known.weekend, SHORTEST.1),
            kinds: known.kinds.iter().map(|price| Charge::from(*price, SHORTEST.1)).collect(),
        };
        let (mut few, mut many): (Option<Row>, Option<Row>) = (None, None);
        let mut best: Option<(u32, Row)> = None;
        for _ in 0..LOOKS {
            let row = self.row(task, &charges);
            let units = units(task.tables, &row);
            let off = charges.learn(task, &row, units);
            if best.as_ref().is_none_or(|(known, _)| off < *known) {
                best = Some((off, row.clone()));
            }
            if off == 0 {
                break;
            }
            if units > task.tables.units.1 {
                many = Some(row);
            } else {
                few = Some(row);
            }
        }
        let known = &mut self.known[person];
        (known.unit, known.weekend) = (charges.unit.price, charges.weekend.price);
        known.kinds.iter_mut().zip(&charges.kinds).for_each(|(known, charge)| *known = charge.price);
        let (off, row) = best.expect("at least one way was looked at");
        match (few, many) {
            (Some(few), Some(many)) if off > 0 => {
                let crossed = task.cross(&few, &many);
                if task.off(&crossed, units(task.tables, &crossed)) < off { crossed } else { row }
            }
            _ => row,
        }
    }

    fn row(&mut self, task: Task<'_>, charges: &Charges) -> Row {
        let width = task.at_most.len();
        let toll = Toll { unit: charges.unit.price as i64, weekend: charges.weekend.price as i64 };
        let kinds: Vec<i64> = charges.kinds.iter().map(|charge| charge.price as i64).collect();
        self.walk.row(task.tables, toll, |day, kind| task.price[day * width + kind] + kinds[kind]).1
    }
}

impl Charges {
    /// Moves towards what a row should keep to, and says how far it is from that.
    fn learn(&mut self, task: Task<'_>, row: &[u8], units: u32) -> u32 {
        let (least, most) = task.tables.units;
        if units > most || units < least {
            self.unit.turn(units > most, SHORTEST.0);
        }
        let weekends = busy_weekends(row) as u32;
        if weekends != task.tables.weekends {
            self.weekend.turn_above_zero(weekends > task.tables.weekends, SHORTEST.1);
        }
        for ((charge, there), most) in self.kinds.iter_mut().zip(task.tally(row)).zip(task.at_most) {
            if there != *most {
                charge.turn_above_zero(there > *most, SHORTEST.1);
            }
        }
        task.off(row, units)
    }
}

impl Task<'_> {
    /// How far a row is from keeping to the contract.
    fn off(self, row: &[u8], units: u32) -> u32 {
        let (least, most) = self.tables.units;
        let weekends = (busy_weekends(row) as u32).saturating_sub(self.tables.weekends);
        let kinds = self.tally(row).into_iter().zip(self.at_most);
        let kinds: u32 = kinds.map(|(there, most)| there.saturating_sub(*most)).sum();
        least.saturating_sub(units) + units.saturating_sub(most) + AS_BAD * (weekends + kinds)
    }

    fn tally(self, row: &[u8]) -> Vec<u32> {
        let mut there = vec![0; self.at_most.len()];
        row.iter().filter(|code| **code > 0).for_each(|code| there[usize::from(*code) - 1] += 1);
        there
    }

    /// The first days of one row and the last days of the other, so that minutes are right, or as near
    /// to that as it gets; of several such, the cheapest.
    fn cross(self, few: &Row, many: &Row) -> Row {
        let traces = (trace(self, few), trace(self, many));
        let both = [(few, &traces.0, many, &traces.1), (many, &traces.1, few, &traces.0)];
        let (least, most) = self.tables.units;
        let last = few.len();
        let mut best: Option<((u32, i64), Row)> = None;
        for (first, before, second, after) in both {
            for day in (0..=last).filter(|day| before[*day].state == after[*day].state) {
                let units = before[day].units + after[last].units - after[day].units;
                let off = least.saturating_sub(units).max(units.saturating_sub(most));
                let cost = before[day].cost + after[last].cost - after[day].cost;
                if best.as_ref().is_none_or(|(known, _)| (off, cost) < *known) {
                    best = Some(((off, cost), [&first[..day], &second[day..]].concat()));
                }
            }
        }
        best.expect("before the first day all rows are in the same state").1
    }
}

/// Where a row is before a day.
#[derive(Clone, Copy)]
struct Trace {
    state: u16,
    units: u32,
    cost: i64,
}

fn trace(task: Task<'_>, row: &[u8]) -> Vec<Trace> {
    let mut at = Trace { state: task.tables.start, units: 0, cost: 0 };
    let mut trace = vec![at];
    for (day, code) in row.iter().enumerate() {
        if *code > 0 {
            at.cost += task.price[day * task.at_most.len() + usize::from(*code) - 1];
        }
        at.units += units_of(task.tables, *code);
        at.state = task.tables.next(at.state, *code).expect("the row goes through the automaton");
        trace.push(at);
    }
    trace
}

fn units(tables: &Tables, row: &[u8]) -> u32 {
    row.iter().map(|code| units_of(tables, *code)).sum()
}

fn units_of(tables: &Tables, code: u8) -> u32 {
    let group = usize::from(code).checked_sub(1).and_then(|kind| tables.group_of[kind]);
    group.map_or(0, |group| u32::from(tables.groups[usize::from(group)].units))
}
