//! The best legal roster of one person against prices, exactly, by dynamic programming over days.
//!
//! Where all cells fit side by side the program is [`Dense`], otherwise it is [`Labels`]. Limits of
//! kinds are counted for a person only once a row broke one (decremental state space relaxation,
//! Righini and Salani 2008): until then the best row of all keeps them anyway.

use std::ops::Range;

use super::{
    deal::{Dealer, Task},
    dense::{self, Dense},
    halt::Halt,
    labels::Labels,
    model::{MILLION, Model, Row},
    span::{Span, Stray},
    tables::Tables,
};

/// So many cells cost about as much as one label.
const CELLS_A_LABEL: u64 = 16;
/// Up to so many cells, all of them are kept side by side.
const LARGEST_DENSE: usize = 1 << 23;
/// Beyond so many cells, nobody's whole row is asked for.
const LARGEST_WHOLE: usize = 1 << 24;

/// Beyond so many cells, a row that is known changes only within what it may stray:
const LONG_ROW: usize = 1 << 18;
/// so many of the longest days earlier or later,
const STRAY_DAYS: u32 = 3;
/// and so many weekends.
const STRAY_WEEKENDS: u32 = 2;

/// Beyond so many values of the packed counters, a stretch is found without the kinds that would need
/// one more.
const MOST_PACKED: u32 = 24;
/// Where a limit is not counted, a kind that is over it is made dearer by so much at first.
const LEAST_DEARER: i64 = 4 * MILLION;
/// Dearer than this, it is left out instead.
const MOST_DEARER: i64 = 2000 * MILLION;
/// What a kind costs that is not to be worked.
const BARRED: i64 = 10_000_000 * MILLION;

/// Finds best rosters; keeps its memory between calls.
#[derive(Debug)]
pub struct Finder<'m> {
    model: &'m Model,
    tables: Vec<Tables>,
    /// Person by person, the kinds whose limit is counted.
    counted: Vec<Vec<bool>>,
    dealer: Dealer,
    dense: Dense,
    labels: Labels,
    halt: Halt,
    cheapest: Vec<(i64, u8)>,
    /// What kinds cost more in the answer under way, so that fewer of them are taken.
    dearer: Vec<i64>,
}

/// All days of a long row, if that is what is open, within what it may stray.
fn near(tables: &Tables, row: &[u8], open: Range<usize>) -> Option<Span> {
    if open != (0..row.len()) {
        return None;
    }
    let whole = dense::cells(tables, &Span::whole(tables, row.len()));
    let stray = Stray { units: STRAY_DAYS * tables.steepest(), weekends: STRAY_WEEKENDS };
    let span = Span::near(tables, row, stray)?;
    (whole > LONG_ROW && whole > 4 * dense::cells(tables, &span)).then_some(span)
}

/// What may be changed of a row.
#[derive(Clone, Copy, Debug)]
pub struct Open<'r> {
    /// The row as it is, within all rules.
    pub row: &'r [u8],
    /// The first day that is open.
    pub from: usize,
    /// The first day after it that is not.
    pub until: usize,
}

impl<'m> Finder<'m> {
    /// For the people of `model`; finds nothing any more once `halt` says so.
    pub fn new(model: &'m Model, halt: &Halt) -> Self {
        let counted = vec![vec![false; model.kinds.len()]; model.people.len()];
        let tables = model.people.iter().zip(&counted);
        Self {
            model,
            tables: tables.map(|(person, counted)| Tables::new(model, person, counted)).collect(),
            counted,
            dealer: Dealer::new(model.people.len()),
            dense: Dense::new(halt.clone()),
            labels: Labels::new(halt.clone()),
            halt: halt.clone(),
            cheapest: Vec::new(),
            dearer: vec![0; model.kinds.len()],
        }
    }

    /// Work done so far: cells written, or labels made.
    pub fn work(&self) -> u64 {
        self.labels.work() + self.dense.work() / CELLS_A_LABEL + self.dealer.work()
    }

    /// Whether it was told to find nothing any more.
    pub(super) fn is_halted(&self) -> bool {
        self.halt.is_stopped()
    }

    /// Whether whole rows can be asked for within reasonable memory, or only stretches of them.
    pub fn knows_whole_rows(&self) -> bool {
        (0..self.tables.len()).all(|person| self.cells_of_whole(person) <= LARGEST_WHOLE)
    }

    /// The cheapest legal row of `person` and the price of its open days, if any row is legal; `price`
    /// is for working a kind on a day (day by day, kind by kind). With `open`, other days stay as they
    /// are; if all days are open, a long row stays near to what it is, and a very long one has the best
    /// near to a shape that suits the prices.
    pub fn best(&mut self, person: usize, price: &[i64], open: Option<Open<'_>>) -> Option<(i64, Row)> {
        let all = open.is_some_and(|open| open.until - open.from == open.row.len());
        if all && self.cells_of_whole(person) > LARGEST_WHOLE {
            return self.shaped(person, price);
        }
        if let Some(Open { row, from, until }) = open {
            self.bar_what_is_used_up(person, row[..from].iter().chain(&row[until..]).copied());
        }
        self.keeping_limits(person, open.map(|open| open.from..open.until), MOST_PACKED, |finder| {
            let tables = &finder.tables[person];
            let Some(Open { row, from, until }) = open else {
                return finder.relaxed(person, price, &Span::whole(tables, finder.model.days));
            };
            let span = match near(tables, row, from..until) {
                Some(span) => span,
                None => Span::within(tables, row, from..until)?,
            };
            let (cost, part) = finder.relaxed(person, price, &span)?;
            let mut row = row.to_vec();
            row[from..until].copy_from_slice(&part);
            Some((cost, row))
        })
    }

    /// Goes on from the days in `row` up to `until`, by when the row has its share of what the whole
    /// horizon allows and asks for: give or take as little as makes it possible.
    pub(super) fn onward(&mut self, person: usize, price: &[i64], row: &[u8], until: usize) -> Option<Row> {
        let most = self.tables[person].steepest();
        let slacks = [0, most / 2, most, 2 * most, 4 * most];
        slacks.into_iter().find_map(|slack| self.onward_within(person, price, row, until, slack))
    }

    fn onward_within(
        &mut self,
        person: usize,
        price: &[i64],
        row: &[u8],
        until: usize,
        slack: u32,
    ) -> Option<Row> {
        self.bar_what_is_used_up(person, row.iter().copied());
        let found = self.keeping_limits(person, Some(row.len()..until), MOST_PACKED, |finder| {
            let span = Span::onward(&finder.tables[person], row, until, finder.model.days, slack)?;
            let (cost, part) = finder.relaxed(person, price, &span)?;
            Some((cost, [row, &part].concat()))
        });
        found.map(|(_, row)| row)
    }

    /// A legal row that suits these prices, however long the horizon: the best there is, or where that
    /// would take a large table the best near to the shape that suits them.
    pub(super) fn anew(&mut self, person: usize, price: &[i64]) -> Option<(i64, Row)> {
        if self.cells_of_whole(person) <= LONG_ROW {
            return self.best(person, price, None);
        }
        self.shaped(person, price)
    }

    /// The best row near to the shape that suits these prices, if a legal one is near.
    pub(super) fn shaped(&mut self, person: usize, price: &[i64]) -> Option<(i64, Row)> {
        let (tables, at_most) = (&self.tables[person], &self.model.people[person].at_most);
        let shape = self.dealer.shape(person, Task { tables, at_most, price });
        let stray = Stray { units: tables.steepest(), weekends: 1 };
        self.keeping_limits(person, Some(0..shape.len()), 0, |finder| {
            let span = Span::near(&finder.tables[person], &shape, stray)?;
            finder.relaxed(person, price, &span)
        })
    }

    fn cells_of_whole(&self, person: usize) -> usize {
        let tables = &self.tables[person];
        dense::cells(tables, &Span::whole(tables, self.model.days))
    }

    /// Asks again, with more limits counted, until the answer keeps them all. Where only some days are
    /// open, or a row stays near to one, kinds are made dearer instead where counting them would take
    /// more than `most` values of the packed counters.
    fn keeping_limits(
        &mut self,
        person: usize,
        open: Option<Range<usize>>,
        most: u32,
        mut ask: impl FnMut(&mut Self) -> Option<(i64, Row)>,
    ) -> Option<(i64, Row)> {
        let found = loop {
            let Some(mut found) = ask(self).filter(|(cost, _)| *cost < BARRED / 2) else { break None };
            let broken = self.broken(person, &found.1);
            if let Some(open) = &open {
                found.0 -= self.added(&found.1[open.clone()]);
            }
            if broken.is_empty() {
                break Some(found);
            }
            let mut counts_more = false;
            for kind in broken {
                let more = self.model.people[person].at_most[kind] + 2;
                if open.is_some() && self.tables[person].packed.saturating_mul(more) > most {
                    let dearer = (4 * self.dearer[kind]).max(LEAST_DEARER);
                    self.dearer[kind] = if dearer > MOST_DEARER { BARRED } else { dearer };
                } else {
                    self.counted[person][kind] = true;
                    counts_more = true;
                }
            }
            if counts_more {
                let who = &self.model.people[person];
                self.tables[person] = Tables::new(self.model, who, &self.counted[person]);
            }
        };
        self.dearer.fill(0);
        found
    }

    /// Leaves out what a row has enough of on the days that stand.
    fn bar_what_is_used_up(&mut self, person: usize, standing: impl Iterator<Item = u8>) {
        let there = self.tally(standing);
        let most = &self.model.people[person].at_most;
        for ((dearer, there), most) in self.dearer.iter_mut().zip(there).zip(most) {
            *dearer = if there >= *most { BARRED } else { 0 };
        }
    }

    /// What a row costs more than it should because kinds were made dearer.
    fn added(&self, row: &[u8]) -> i64 {
        self.tally(row.iter().copied())
            .iter()
            .zip(&self.dearer)
            .map(|(there, dearer)| i64::from(*there) * dearer)
            .sum()
    }

    /// Kinds of which a row has more than the person may work.
    fn broken(&self, person: usize, row: &[u8]) -> Vec<usize> {
        let most = &self.model.people[person].at_most;
        let there = self.tally(row.iter().copied()).into_iter().enumerate();
        there.filter(|(kind, there)| *there > most[*kind]).map(|(kind, _)| kind).collect()
    }

    /// How many of each kind there are.
    fn tally(&self, codes: impl Iterator<Item = u8>) -> Vec<u32> {
        let mut there = vec![0; self.model.kinds.len()];
        codes.filter(|code| *code > 0).for_each(|code| there[usize::from(code) - 1] += 1);
        there
    }

    /// The best way through the open days with only those limits that are counted.
    fn relaxed(&mut self, person: usize, price: &[i64], span: &Span) -> Option<(i64, Row)> {
        self.find_cheapest(person, price, &span.days);
        let tables = &self.tables[person];
        if dense::cells(tables, span) <= LARGEST_DENSE {
            return self.dense.best(tables, span, &self.cheapest);
        }
        self.labels.best(tables, span, &self.cheapest)
    }

    /// The cost of what was last asked for, as the other program finds it.
    #[cfg(test)]
    pub(super) fn by_labels(&mut self, person: usize, open: Option<Open<'_>>) -> Option<i64> {
        let tables = &self.tables[person];
        let span = match open {
            Some(open) => Span::within(tables, open.row, open.from..open.until)?,
            None => Span::whole(tables, self.model.days),
        };
        self.labels.best(tables, &span, &self.cheapest).map(|(cost, _)| cost)
    }

    /// The cheapest row that strays no further from one that is legal; all kinds' limits are counted.
    #[cfg(test)]
    pub(super) fn straying(
        &mut self,
        person: usize,
        price: &[i64],
        row: &[u8],
        (units, weekends): (u32, u32),
    ) -> Option<(i64, Row)> {
        let counted = vec![true; self.model.kinds.len()];
        let tables = Tables::new(self.model, &self.model.people[person], &counted);
        let span = Span::near(&tables, row, Stray { units, weekends })?;
        self.tables[person] = tables;
        self.relaxed(person, price, &span)
    }

    /// The cheapest kind of each group on each open day.
    fn find_cheapest(&mut self, person: usize, price: &[i64], days: &Range<usize>) {
        let (groups, width) = (&self.tables[person].groups, self.model.kinds.len());
        self.cheapest.clear();
        for prices in price[days.start * width..days.end * width].chunks_exact(width) {
            self.cheapest.extend(groups.iter().map(|group| {
                let price = |kind: &usize| prices[*kind] + self.dearer[*kind];
                let kind = group.kinds.iter().copied().min_by_key(price).expect("a group has kinds");
                (price(&kind), kind as u8 + 1)
            }));
        }
    }
}
