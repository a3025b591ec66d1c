//! Branch and price: what the linear program leaves between its bound and the best roster is split
//! into cases, until each of them is known to hold nothing better.
//!
//! A case is a list of decisions: so much slack over some days and kinds together, or what somebody
//! does on a day. Of those that the program leaves half-way, the one is taken whose two sides raise
//! the program most. The case with the lowest bound comes first. Every bound is Lagrangian, in whole
//! millionths, so that what is proved does not rest on floating point.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
    sync::Arc,
};

use super::{
    best::Finder,
    columns::{WORTH, price_for, whole},
    evaluate::evaluate,
    halt::Halt,
    model::{MILLION, Model, Row},
    program::{BARRED, Cut, Part, Pooled, Program},
    split,
};

/// Cover is made larger by so much, in a case: little, for slack is what cases are about.
const BLUR: f64 = 1e-6;
/// More cases than this are not kept.
const MOST_CASES: usize = 20_000;
/// After so many rounds of questions a case is split, settled or not.
const MOST_ROUNDS: usize = 40;

/// What a case holds somebody or something to.
#[derive(Clone, Debug)]
pub(super) enum Decision {
    /// So much slack.
    Slack(Arc<Cut>),
    /// Somebody has this code on this day, or has not.
    Code { person: usize, day: usize, code: u8, has: bool },
}

impl Decision {
    /// Whether somebody's row keeps to it.
    fn allows(&self, of: usize, row: &[u8]) -> bool {
        match self {
            Self::Code { person, day, code, has } if *person == of => (row[*day] == *code) == *has,
            _ => true,
        }
    }
}

/// A column of a program that outlives it.
#[derive(Clone, Copy, Debug)]
enum Basic {
    Slack(u32),
    Row(u32),
}

/// Something that is still to be looked at.
#[derive(Debug)]
struct Case {
    /// In millionths.
    bound: i64,
    decisions: Vec<Decision>,
    basis: Vec<Basic>,
    /// Rows of the pool that may be in something better.
    rows: Vec<u32>,
    /// Rows that came to the pool later than this may be, too.
    since: usize,
}

/// A case under way.
#[derive(Debug)]
struct Visit<'m> {
    case: Case,
    program: Program<'m>,
    cuts: Vec<Arc<Cut>>,
    prices: Vec<i64>,
    cut_prices: Vec<i64>,
    next: usize,
    sum: i64,
    added: bool,
    rounds: usize,
}

/// All cases, and the rows that were found in them.
#[derive(Debug)]
pub(super) struct Tree<'m> {
    model: &'m Model,
    halt: Halt,
    pool: Vec<(usize, Row)>,
    known: HashMap<(usize, Row), u32>,
    cases: HashMap<usize, Case>,
    order: BinaryHeap<(Reverse<i64>, usize)>,
    next: usize,
    visit: Option<Box<Visit<'m>>>,
    /// The program of the last case split whose decisions are on slack alone.
    likely: Option<Likely<'m>>,
    rows: Vec<Row>,
    cost: i64,
    price: Vec<i64>,
    work: u64,
}

/// A program under cuts in which a good roster may be: its slack is as a good roster's has to be.
#[derive(Debug)]
pub(super) struct Likely<'m> {
    pub program: Program<'m>,
    pub cuts: Vec<Arc<Cut>>,
}

impl<'m> Tree<'m> {
    /// Over everything: with the pool and the bound (in millionths) of a program, and a roster that is
    /// known.
    pub(super) fn new(program: &Program<'m>, bound: i64, rows: &[Row], cost: i64, halt: &Halt) -> Self {
        let mut tree = Self {
            model: program.model,
            halt: halt.clone(),
            pool: Vec::new(),
            known: HashMap::new(),
            cases: HashMap::new(),
            order: BinaryHeap::new(),
            next: 0,
            visit: None,
            likely: None,
            rows: rows.to_vec(),
            cost,
            price: Vec::new(),
            work: 0,
        };
        for pooled in &program.pool {
            tree.remember(pooled.person, &pooled.row);
        }
        let (decisions, basis, rows) = (Vec::new(), Vec::new(), Vec::new());
        tree.put(Case { bound, decisions, basis, rows, since: 0 });
        tree
    }

    /// The best roster it knows, and what it costs.
    pub(super) fn best(&self) -> (&[Row], i64) {
        (&self.rows, self.cost)
    }

    /// Somebody else found a better roster.
    pub(super) fn learn(&mut self, rows: &[Row], cost: i64) {
        if cost < self.cost {
            (self.rows, self.cost) = (rows.to_vec(), cost);
        }
    }

    /// What any roster costs at least.
    pub(super) fn bound(&self) -> i64 {
        let open = self.order.peek().map(|(Reverse(bound), _)| *bound);
        let visited = self.visit.as_ref().map(|visit| visit.case.bound);
        open.into_iter().chain(visited).map(whole).min().unwrap_or(self.cost).min(self.cost)
    }

    /// Whether there is more to look at, and room for it.
    pub(super) fn goes_on(&self) -> bool {
        self.visit.is_some() || !self.order.is_empty() && self.cases.len() < MOST_CASES
    }

    /// Whether there is one that was not taken yet.
    pub(super) fn has_likely(&self) -> bool {
        self.likely.is_some()
    }

    /// That program: its bound was the lowest when it was begun. Each is given once.
    pub(super) fn take_likely(&mut self) -> Option<Likely<'m>> {
        self.likely.take()
    }

    /// Work done so far in programs.
    pub(super) fn work(&self) -> u64 {
        self.work
    }

    /// A little further.
    pub(super) fn step(&mut self, finder: &mut Finder<'m>) {
        let Some(mut visit) = self.visit.take() else {
            self.visit = self.begin();
            return;
        };
        if !self.ask(&mut visit, finder) {
            // A halt: the case stays as it is.
            self.visit = Some(visit);
            return;
        }
        if visit.next < self.model.people.len() {
            self.visit = Some(visit);
            return;
        }
        let bound = self.bound_of(&visit);
        visit.case.bound = visit.case.bound.max(bound);
        if whole(visit.case.bound) >= self.cost {
            return;
        }
        visit.rounds += 1;
        if visit.added && visit.rounds < MOST_ROUNDS {
            let before = visit.program.work();
            visit.program.solve();
            self.work += visit.program.work() - before;
            start_round(&mut visit);
            self.visit = Some(visit);
            return;
        }
        self.note_roster(&visit);
        if self.halt.is_stopped() {
            self.visit = Some(visit);
        } else if whole(visit.case.bound) < self.cost {
            self.split(*visit);
        }
    }

    fn put(&mut self, case: Case) {
        self.order.push((Reverse(case.bound), self.next));
        self.cases.insert(self.next, case);
        self.next += 1;
    }

    fn remember(&mut self, person: usize, row: &Row) -> u32 {
        let next = self.pool.len() as u32;
        let number = *self.known.entry((person, row.clone())).or_insert(next);
        if number == next {
            self.pool.push((person, row.clone()));
        }
        number
    }

    /// The case with the lowest bound.
    fn begin(&mut self) -> Option<Box<Visit<'m>>> {
        let (_, number) = self.order.pop()?;
        let case = self.cases.remove(&number)?;
        if whole(case.bound) >= self.cost {
            return None;
        }
        let mut program = self.build(&case.decisions, &case.basis, &case.rows, case.since);
        program.solve();
        self.work += program.work() + building(&program);
        let cuts = cuts(&case.decisions);
        let (prices, cut_prices) = (Vec::new(), Vec::new());
        let mut visit =
            Visit { case, program, cuts, prices, cut_prices, next: 0, sum: 0, added: false, rounds: 0 };
        start_round(&mut visit);
        Some(Box::new(visit))
    }

    /// The program of a case, from the basis of the case that it was split from.
    fn build(&self, decisions: &[Decision], basis: &[Basic], rows: &[u32], since: usize) -> Program<'m> {
        let part = Part::whole(self.model);
        let cuts = cuts(decisions);
        let mut program = Program::with_cuts(self.model, &self.rows, &part, &cuts, BLUR, &self.halt);
        let later = since as u32..self.pool.len() as u32;
        for number in rows.iter().copied().chain(later) {
            let (person, row) = &self.pool[number as usize];
            if decisions.iter().all(|decision| decision.allows(*person, row)) {
                program.add(*person, row);
            }
        }
        let columns: Vec<usize> = basis
            .iter()
            .map(|basic| match basic {
                Basic::Slack(column) => *column as usize,
                Basic::Row(number) => {
                    let (person, row) = &self.pool[*number as usize];
                    let number = program.add(*person, row);
                    program.pool[number].column
                }
            })
            .collect();
        let mut barred = vec![0; program.pool.len()];
        for (pooled, barred) in program.pool.iter().zip(&mut barred) {
            let broken = decisions.iter().filter(|decision| !decision.allows(pooled.person, &pooled.row));
            *barred = broken.count() as i64;
        }
        for (number, broken) in barred.into_iter().enumerate().filter(|(_, broken)| *broken > 0) {
            let (column, cost) = (program.pool[number].column, program.pool[number].cost);
            program.linear.set_cost(column, (cost + broken * BARRED) as f64);
            program.linear.set_closed(column, true);
        }
        if columns.is_empty() || !program.linear.begin_again(columns) {
            program.begin_plainly();
        }
        program
    }

    /// The next person's best row; false if there was no answer.
    fn ask(&mut self, visit: &mut Visit<'m>, finder: &mut Finder<'m>) -> bool {
        let person = visit.next;
        price_for(self.model, person, &visit.prices, &mut self.price);
        let promised = self.hold_to(person, &visit.case.decisions);
        let Some((cost, row)) = finder.best(person, &self.price, None) else { return false };
        visit.sum += cost + promised;
        let kept = visit.case.decisions.iter().all(|decision| decision.allows(person, &row));
        if kept && visit.program.reduced(person, &row) < -WORTH {
            let before = visit.program.pool.len();
            visit.program.add(person, &row);
            visit.added |= visit.program.pool.len() > before;
            self.remember(person, &row);
        }
        visit.next += 1;
        true
    }

    /// Bends a person's prices towards what a case holds them to; gives what was promised for it.
    fn hold_to(&mut self, of: usize, decisions: &[Decision]) -> i64 {
        let (bar, width) = (BARRED * MILLION, self.model.kinds.len());
        let mut promised = 0;
        for decision in decisions {
            let Decision::Code { person, day, code, has } = decision else { continue };
            if *person != of {
                continue;
            }
            let of_day = &mut self.price[day * width..(day + 1) * width];
            match (code.checked_sub(1), has) {
                (Some(kind), false) => of_day[usize::from(kind)] += bar,
                (Some(kind), true) => of_day[usize::from(kind)] -= bar,
                (None, true) => of_day.iter_mut().for_each(|price| *price += bar),
                (None, false) => of_day.iter_mut().for_each(|price| *price -= bar),
            }
            promised += if *has == (*code > 0) { bar } else { 0 };
        }
        promised
    }

    /// What any roster of the case costs at least, after everybody was asked.
    fn bound_of(&self, visit: &Visit<'m>) -> i64 {
        let people = self.model.people.len() as i64;
        let mut spared = vec![[0_i64; 2]; self.model.cover.len()];
        let mut bound = self.model.base * MILLION + visit.sum;
        for (cut, price) in visit.cuts.iter().zip(&visit.cut_prices) {
            bound += price * cut.value;
            cut.cells.iter().for_each(|at| spared[*at][cut.slack as usize] += price);
        }
        for ((cover, price), spared) in self.model.cover.iter().zip(&visit.prices).zip(spared) {
            let under = cover.under * MILLION - price - spared[0];
            let over = cover.over * MILLION + price - spared[1];
            let wanted = i64::from(cover.wanted);
            bound += price * wanted + under.min(0) * wanted + over.min(0) * people;
        }
        bound
    }

    /// A roster of the rows that the program likes best, if it is better.
    fn note_roster(&mut self, visit: &Visit<'m>) {
        let mut likes: Vec<(f64, usize)> = vec![(-1.0, 0); self.model.people.len()];
        for (number, pooled) in visit.program.pool.iter().enumerate() {
            let value = visit.program.linear.value(pooled.column);
            if value > likes[pooled.person].0 {
                likes[pooled.person] = (value, number);
            }
        }
        let rows: Vec<Row> =
            likes.iter().map(|(_, number)| visit.program.pool[*number].row.clone()).collect();
        let cost = evaluate(self.model, &rows).penalty;
        self.learn(&rows, cost);
    }

    /// Two cases out of one.
    fn split(&mut self, visit: Visit<'m>) {
        let basis = self.basis_of(&visit.program);
        let gap = (self.cost * MILLION - visit.case.bound) as f64 / MILLION as f64;
        let keeps = |pooled: &&Pooled| visit.program.linear.reduced(pooled.column) < gap;
        let near: Vec<(usize, Row)> =
            visit.program.pool.iter().filter(keeps).map(|one| (one.person, one.row.clone())).collect();
        let rows: Vec<u32> = near.iter().map(|(person, row)| self.remember(*person, row)).collect();
        let (since, before) = (self.pool.len(), visit.program.value());
        let mut best: Option<(f64, [Decision; 2])> = None;
        for sides in split::candidates(&visit.program, &visit.case.decisions) {
            if self.halt.is_stopped() {
                self.put(Case { basis, rows, since, ..visit.case });
                return;
            }
            let mut rises = [0.0; 2];
            for (side, rise) in sides.iter().zip(&mut rises) {
                let decisions = [&visit.case.decisions[..], std::slice::from_ref(side)].concat();
                let mut program =
                    self.build(&decisions, &self.extend(&basis, side, &visit.program), &rows, since);
                program.solve();
                self.work += program.work() + building(&program);
                *rise = (program.value() - before).clamp(1e-3, gap + 1.0);
            }
            let score = rises[0] * rises[1];
            if best.as_ref().is_none_or(|(most, _)| score > *most) {
                best = Some((score, sides));
            }
        }
        let Some((_, sides)) = best else {
            // Nothing is half-way, and yet the bound is below: only blur can do that. It stays open.
            self.put(Case { basis, rows, since, ..visit.case });
            return;
        };
        for side in sides {
            let basis = self.extend(&basis, &side, &visit.program);
            let decisions = [&visit.case.decisions[..], &[side]].concat();
            self.put(Case { bound: visit.case.bound, decisions, basis, rows: rows.clone(), since });
        }
        if !visit.cuts.is_empty() && visit.cuts.len() == visit.case.decisions.len() {
            self.likely = Some(Likely { program: visit.program, cuts: visit.cuts });
        }
    }

    fn basis_of(&mut self, program: &Program<'m>) -> Vec<Basic> {
        let slacks = program.slack_columns();
        let row_of: HashMap<usize, usize> =
            program.pool.iter().enumerate().map(|(number, pooled)| (pooled.column, number)).collect();
        let basic = |column: &usize| {
            if *column < slacks {
                return Basic::Slack(*column as u32);
            }
            let pooled = &program.pool[row_of[column]];
            Basic::Row(self.remember(pooled.person, &pooled.row))
        };
        program.linear.basis().iter().map(basic).collect()
    }

    /// A basis for one decision more: a cut begins as far from holding as it is.
    fn extend(&self, basis: &[Basic], side: &Decision, program: &Program<'m>) -> Vec<Basic> {
        let mut basis = basis.to_vec();
        if let Decision::Slack(cut) = side {
            let sum: f64 = cut.cells.iter().map(|at| program.slack(*at, cut.slack)).sum();
            let value = cut.value as f64;
            let holds = if cut.at_least { sum >= value } else { sum <= value };
            basis.push(Basic::Slack((program.slack_columns() + usize::from(!holds)) as u32));
        }
        basis
    }
}

/// Begins to ask everybody at the program's prices.
fn start_round(visit: &mut Visit<'_>) {
    visit.prices = visit.program.prices_under(&visit.cuts);
    let most = BARRED * MILLION;
    let number = visit.cuts.len();
    visit.cut_prices = (0..number)
        .map(|cut| {
            let price = (visit.program.price_of_cut(cut, number) * MILLION as f64).round() as i64;
            if visit.cuts[cut].at_least { price.clamp(0, most) } else { price.clamp(-most, 0) }
        })
        .collect();
    (visit.next, visit.sum, visit.added) = (0, 0, false);
}

fn cuts(decisions: &[Decision]) -> Vec<Arc<Cut>> {
    let cut = |decision: &Decision| match decision {
        Decision::Slack(cut) => Some(cut.clone()),
        Decision::Code { .. } => None,
    };
    decisions.iter().filter_map(cut).collect()
}

/// What it takes to build a program, in units of work.
fn building(program: &Program<'_>) -> u64 {
    let rows = program.linear.basis().len() as u64;
    rows * rows * rows / 128 + program.pool.len() as u64
}
