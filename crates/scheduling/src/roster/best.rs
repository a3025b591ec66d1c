//! The best legal roster of one person against prices, exactly, by dynamic programming over days.
//!
//! Where all cells fit side by side the program is [`Dense`], otherwise it is [`Labels`]. Limits of
//! kinds are counted for a person only once a row broke one (decremental state space relaxation,
//! Righini and Salani 2008): until then the best row of all keeps them anyway.

use std::ops::Range;

use super::{
    dense::{self, Dense},
    halt::Halt,
    labels::Labels,
    model::{MILLION, Model, Row},
    span::Span,
    tables::Tables,
};

/// So many cells cost about as much as one label.
const CELLS_A_LABEL: u64 = 16;
/// Up to so many cells, all of them are kept side by side.
const LARGEST_DENSE: usize = 1 << 23;
/// Beyond so many cells, nobody's whole row is asked for.
const LARGEST_WHOLE: usize = 1 << 24;

/// Beyond so many values of the packed counters, a stretch is found without the kinds that would need
/// one more.
const MOST_PACKED: u32 = 64;
/// What a kind costs that is not to be worked.
const BARRED: i64 = 10_000_000 * MILLION;

/// Finds best rosters; keeps its memory between calls.
#[derive(Debug)]
pub struct Finder<'m> {
    model: &'m Model,
    tables: Vec<Tables>,
    /// Person by person, the kinds whose limit is counted.
    counted: Vec<Vec<bool>>,
    dense: Dense,
    labels: Labels,
    halt: Halt,
    cheapest: Vec<(i64, u8)>,
    /// Kinds that are left out of the answer under way.
    barred: Vec<bool>,
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
            dense: Dense::new(halt.clone()),
            labels: Labels::new(halt.clone()),
            halt: halt.clone(),
            cheapest: Vec::new(),
            barred: vec![false; model.kinds.len()],
        }
    }

    /// Work done so far: cells written, or labels made.
    pub fn work(&self) -> u64 {
        self.labels.work() + self.dense.work() / CELLS_A_LABEL
    }

    /// Whether it was told to find nothing any more.
    pub(super) fn is_halted(&self) -> bool {
        self.halt.is_stopped()
    }

    /// Whether whole rows can be asked for within reasonable memory, or only stretches of them.
    pub fn knows_whole_rows(&self) -> bool {
        let cells = |tables: &Tables| dense::cells(tables, &Span::whole(tables, self.model.days));
        self.tables.iter().all(|tables| cells(tables) <= LARGEST_WHOLE)
    }

    /// The cheapest legal row of `person` and the price of its open days, if any row is legal; `price`
    /// is for working a kind on a day (day by day, kind by kind). With `open`, other days stay as they are.
    pub fn best(&mut self, person: usize, price: &[i64], open: Option<Open<'_>>) -> Option<(i64, Row)> {
        if let Some(Open { row, from, until }) = open {
            self.bar_what_is_used_up(person, row[..from].iter().chain(&row[until..]).copied());
        }
        self.keeping_limits(person, open.is_some(), |finder| {
            let tables = &finder.tables[person];
            let Some(Open { row, from, until }) = open else {
                return finder.relaxed(person, price, &Span::whole(tables, finder.model.days));
            };
            let span = Span::within(tables, row, from..until)?;
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
        let found = self.keeping_limits(person, true, |finder| {
            let span = Span::onward(&finder.tables[person], row, until, finder.model.days, slack)?;
            let (cost, part) = finder.relaxed(person, price, &span)?;
            Some((cost, [row, &part].concat()))
        });
        found.map(|(_, row)| row)
    }

    /// Asks again, with more limits counted, until the answer keeps them all. For a stretch, kinds are
    /// left out instead once too many limits are counted.
    fn keeping_limits(
        &mut self,
        person: usize,
        stretch: bool,
        mut ask: impl FnMut(&mut Self) -> Option<(i64, Row)>,
    ) -> Option<(i64, Row)> {
        let found = loop {
            let Some(found) = ask(self).filter(|(cost, _)| *cost < BARRED / 2) else { break None };
            let broken = self.broken(person, &found.1);
            if broken.is_empty() {
                break Some(found);
            }
            let mut counts_more = false;
            for kind in broken {
                let more = self.model.people[person].at_most[kind] + 2;
                if stretch && self.tables[person].packed.saturating_mul(more) > MOST_PACKED {
                    self.barred[kind] = true;
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
        self.barred.fill(false);
        found
    }

    /// Leaves out what a row has enough of on the days that stand.
    fn bar_what_is_used_up(&mut self, person: usize, standing: impl Iterator<Item = u8>) {
        let there = self.tally(standing);
        let most = &self.model.people[person].at_most;
        for ((barred, there), most) in self.barred.iter_mut().zip(there).zip(most) {
            *barred = there >= *most;
        }
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

    /// The cheapest kind of each group on each open day.
    fn find_cheapest(&mut self, person: usize, price: &[i64], days: &Range<usize>) {
        let (groups, width) = (&self.tables[person].groups, self.model.kinds.len());
        self.cheapest.clear();
        for prices in price[days.start * width..days.end * width].chunks_exact(width) {
            self.cheapest.extend(groups.iter().map(|group| {
                let price = |kind: &usize| if self.barred[*kind] { BARRED } else { prices[*kind] };
                let kind = group.kinds.iter().copied().min_by_key(price).expect("a group has kinds");
                (price(&kind), kind as u8 + 1)
            }));
        }
    }
}
