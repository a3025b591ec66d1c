//! What is asked of a row: its free days, what came before them, what must follow, and how much of
//! each counter is left.
//!
//! A whole row is the plain case. Where only a few days of a row are open, the days before them fix
//! the state that they begin from, the days after them fix which states they may end in, and both
//! use up minutes, weekends and limits; the program then walks the open days alone.

use std::ops::Range;

use super::tables::Tables;

/// No row may end its open days in this state.
const BARRED: u8 = u8::MAX;

/// The days that are open, and what they have to fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// These days are open.
    pub days: Range<usize>,
    /// The state before them.
    pub start: u16,
    /// The packed counters of limited kinds, with everything counted that stands.
    pub packed: u32,
    /// Weekends that may still be worked.
    pub weekends: u32,
    /// Units still to be worked, at least and at most.
    pub units: (u32, u32),
    /// By the state they end in: one if a weekend counts only then, [`BARRED`] if what follows forbids it.
    ends: Vec<u8>,
    /// The most units a day can have, if something follows the open days.
    steepest: Option<u32>,
    /// What ways keep to, if not all are looked at.
    band: Option<Band>,
}

/// Ways that stay near to a row: at each day they have counted at least `floors`, and at most so much
/// more as it is wide.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Band {
    floors: Vec<Floor>,
    units: u32,
    weekends: u32,
}

/// Units and weekends that all ways have before a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Floor {
    pub units: usize,
    pub weekends: usize,
}

/// How far ways may stray from a row, up and down.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stray {
    pub units: u32,
    pub weekends: u32,
}

impl Span {
    /// All days.
    pub(super) fn whole(tables: &Tables, days: usize) -> Self {
        Self {
            days: 0..days,
            start: tables.start,
            packed: 0,
            weekends: tables.weekends,
            units: tables.units,
            ends: vec![0; tables.states],
            steepest: None,
            band: None,
        }
    }

    /// All days, but only ways that never have much more or fewer units and weekends than `row` has by then.
    pub(super) fn near(tables: &Tables, row: &[u8], stray: Stray) -> Option<Self> {
        let mut span = Self::whole(tables, row.len());
        let units = tables.units.1.min(2 * stray.units);
        let weekends = tables.weekends.min(2 * stray.weekends);
        let floor = |used: Used| Floor {
            units: used.units.saturating_sub(stray.units).min(tables.units.1 - units) as usize,
            weekends: used.weekends.saturating_sub(stray.weekends).min(tables.weekends - weekends) as usize,
        };
        let (mut used, mut state) = (Used::default(), tables.start);
        let mut floors = vec![floor(used)];
        for (day, code) in row.iter().enumerate() {
            used.count(tables, day, state, *code, false);
            state = tables.next(state, *code)?;
            floors.push(floor(used));
        }
        span.band = Some(Band { floors, units, weekends });
        Some(span)
    }

    /// What all ways have counted before an open day.
    pub(super) fn floor(&self, number: usize) -> Floor {
        self.band.as_ref().map_or(Floor::default(), |band| band.floors[number])
    }

    /// By how much the floor rises on an open day.
    pub(super) fn rise(&self, number: usize) -> Floor {
        let (before, after) = (self.floor(number), self.floor(number + 1));
        Floor { units: after.units - before.units, weekends: after.weekends - before.weekends }
    }

    /// How many weekends more than the floor are looked at.
    pub(super) fn weekends_wide(&self) -> u32 {
        self.band.as_ref().map_or_else(|| self.weekends_within(), |band| band.weekends)
    }

    /// How many units more than the floor are looked at.
    pub(super) fn units_wide(&self, tables: &Tables) -> u32 {
        self.band.as_ref().map_or_else(|| self.units_within(tables), |band| band.units)
    }

    /// The days `open` of a row whose other days stand; `None` if those alone break a rule.
    pub(super) fn within(tables: &Tables, row: &[u8], open: Range<usize>) -> Option<Self> {
        if open == (0..row.len()) {
            return Some(Self::whole(tables, row.len()));
        }
        let mut used = Used::default();
        let mut trace = Vec::with_capacity(row.len() + 1);
        trace.push(tables.start);
        let mut state = Some(tables.start);
        for (day, code) in row.iter().enumerate() {
            if let Some(state) = state.filter(|_| !open.contains(&day)) {
                used.count(tables, day, state, *code, day == open.end);
            }
            state = state.and_then(|state| tables.next(state, *code));
            // A state that cannot be is never met.
            trace.push(state.unwrap_or(u16::MAX));
        }
        let start = trace[open.start];
        if start == u16::MAX {
            return None;
        }
        let ends = (0..tables.states as u16).map(|state| end(tables, row, &trace, open.end, state)).collect();
        Some(Self {
            start,
            packed: used.packed,
            weekends: tables.weekends.checked_sub(used.weekends)?,
            units: (tables.units.0.saturating_sub(used.units), tables.units.1.checked_sub(used.units)?),
            ends,
            steepest: (open.end < row.len()).then(|| tables.steepest()),
            band: None,
            days: open,
        })
    }

    /// The days after `row` up to `until`, towards rows of `horizon` days: by then, they have their
    /// share of the whole horizon's weekends and units, give or take `slack` units.
    pub(super) fn onward(
        tables: &Tables,
        row: &[u8],
        until: usize,
        horizon: usize,
        slack: u32,
    ) -> Option<Self> {
        let mut used = Used::default();
        let mut state = tables.start;
        for (day, code) in row.iter().enumerate() {
            used.count(tables, day, state, *code, false);
            state = tables.next(state, *code)?;
        }
        // Days count by what can be worked from them on: leave is no time to catch up in.
        let ahead = |day: usize| {
            let of_day = &tables.ahead[day * tables.states..(day + 1) * tables.states];
            u64::from(of_day.iter().copied().max().unwrap_or(0).max(0).unsigned_abs())
        };
        let (whole, left) = (ahead(0).max(1), ahead(until));
        let share = |of: u32| (u64::from(of) * (whole - left.min(whole))).div_ceil(whole) as u32;
        let last = until == horizon;
        let slack = if last { 0 } else { slack };
        Some(Self {
            days: row.len()..until,
            start: state,
            packed: used.packed,
            weekends: share(tables.weekends).checked_sub(used.weekends)?,
            units: (
                share(tables.units.0).saturating_sub(used.units + slack),
                (share(tables.units.1) + slack).checked_sub(used.units)?,
            ),
            ends: vec![0; tables.states],
            steepest: (!last).then(|| tables.steepest()),
            band: None,
        })
    }

    /// How many days are open.
    pub(super) fn len(&self) -> usize {
        self.days.len()
    }

    /// The most weekends that the open days can add.
    pub(super) fn weekends_within(&self) -> u32 {
        let touched = self.days.end.div_ceil(7) - self.days.start / 7;
        self.weekends.min(touched as u32)
    }

    /// The most units that the open days can add.
    pub(super) fn units_within(&self, tables: &Tables) -> u32 {
        self.units.1.min(tables.steepest() * self.len() as u32)
    }

    /// The most units from a state after `day` on, within the open days; `None` if no row goes on from it.
    pub(super) fn ahead(&self, tables: &Tables, day: usize, state: u16) -> Option<u32> {
        let whole = u32::try_from(tables.ahead[day * tables.states + usize::from(state)]).ok()?;
        Some(self.steepest.map_or(whole, |steepest| steepest * (self.days.end - day) as u32))
    }

    /// Whether open days may end so.
    pub(super) fn may_end(&self, state: u16, weekends: u32, units: u32) -> bool {
        let end = self.ends[usize::from(state)];
        end != BARRED && weekends + u32::from(end) <= self.weekends && units >= self.units.0
    }
}

/// What the days that stand use up.
#[derive(Clone, Copy, Debug, Default)]
struct Used {
    units: u32,
    weekends: u32,
    packed: u32,
}

impl Used {
    /// Counts a day; whether its Sunday makes a weekend is left open if the Saturday is `unsure`.
    fn count(&mut self, tables: &Tables, day: usize, state: u16, code: u8, unsure: bool) {
        let Some(group) = usize::from(code).checked_sub(1).and_then(|kind| tables.group_of[kind]) else {
            return;
        };
        let group = &tables.groups[usize::from(group)];
        self.units += u32::from(group.units);
        self.packed += group.limited.map_or(0, |limited| limited.step);
        let sunday = day % 7 == 6 && !unsure && !tables.works[usize::from(state)];
        self.weekends += u32::from(day % 7 == 5 || sunday);
    }
}

/// What becomes of a state before day `from` if the rest of the row follows; `trace` is what the row
/// itself goes through, and whoever meets it may go on as it does.
fn end(tables: &Tables, row: &[u8], trace: &[u16], from: usize, state: u16) -> u8 {
    let mut now = state;
    for (known, code) in trace[from..].iter().zip(&row[from..]) {
        if now == *known {
            break;
        }
        match tables.next(now, *code) {
            Some(next) => now = next,
            None => return BARRED,
        }
    }
    let sunday_follows = from < row.len() && from % 7 == 6 && row[from] > 0;
    u8::from(sunday_follows && !tables.works[usize::from(state)])
}
