//! Prices alone: what any roster costs at least, from the first moments on and however large it is.
//!
//! Not only cover is bought at prices here, but also what counters hold: a person's minutes, weekends
//! and limited kinds. What is left of their rules is the automaton, whose cheapest way is found in no
//! time, so that everybody can be asked hundreds of times. Prices move after every single answer
//! (incremental subgradients, Nedić and Bertsekas, 2001), by strides that shrink, and bounds are taken
//! at their average. They are a little weaker than those of whole rows and come much earlier.

use super::{
    halt::Halt,
    model::{MILLION, Model, Row},
    tables::Tables,
    walk::{Toll, Walk, busy_weekends},
};

/// The first stride, as a part of what the dearest person missing costs.
const STRIDE: f64 = 0.1;
/// It shrinks to so much of itself,
const SHRINKS_TO: f64 = 0.001;
/// in so many moves of everybody the first time, or fewer if they take more than so much work, and in
/// three times as many each further time.
const MOVES: u32 = 300;
const FIRST_WORK: u64 = 100_000_000;
/// But not fewer than this.
const FEWEST_MOVES: u32 = 80;
/// After so many moves, the bound is taken at the average of prices.
const LOOK: u32 = 10;
/// How much longer strides are for units, weekends and kinds than for cover.
const FOR_UNITS: f64 = 5.0;
const FOR_WEEKENDS: f64 = 30.0;
const FOR_KINDS: f64 = 5.0;
/// A time that raises the bound by less than this part of it was the last.
const WORTH: f64 = 0.002;
/// Times at most.
const MOST_TIMES: u32 = 3;

/// Everything that has a price.
#[derive(Clone, Debug)]
struct Prices {
    /// Of cover, day by day and kind by kind: paid to whoever works there.
    cover: Vec<f64>,
    /// Person by person, charged: for a unit of minutes (below zero: paid, for there are too few),
    units: Vec<f64>,
    /// a weekend,
    weekends: Vec<f64>,
    /// and each kind.
    kinds: Vec<f64>,
}

impl Prices {
    fn nothing(model: &Model) -> Self {
        let people = model.people.len();
        Self {
            cover: vec![0.0; model.cover.len()],
            units: vec![0.0; people],
            weekends: vec![0.0; people],
            kinds: vec![0.0; people * model.kinds.len()],
        }
    }

    fn all(&self) -> impl Iterator<Item = f64> {
        self.cover.iter().chain(&self.units).chain(&self.weekends).chain(&self.kinds).copied()
    }

    fn all_mut(&mut self) -> impl Iterator<Item = &mut f64> {
        self.cover.iter_mut().chain(&mut self.units).chain(&mut self.weekends).chain(&mut self.kinds)
    }
}

/// The ascent and where it stands.
#[derive(Debug)]
pub(super) struct Ascent<'m> {
    model: &'m Model,
    halt: Halt,
    tables: Vec<Tables>,
    /// Of the best bound.
    best: Prices,
    /// Of now, and on average lately.
    now: Prices,
    average: Prices,
    /// In millionths.
    bound: Option<i64>,
    /// What it was when this time began.
    before: Option<i64>,
    stride: f64,
    first_moves: u32,
    moves: u32,
    times: u32,
    walk: Walk,
}

impl<'m> Ascent<'m> {
    /// From prices of nothing.
    pub(super) fn new(model: &'m Model, halt: &Halt) -> Self {
        let uncounted = vec![false; model.kinds.len()];
        let tables = model.people.iter().map(|person| Tables::new(model, person, &uncounted));
        let dearest = model.cover.iter().map(|cover| cover.under).max().unwrap_or(0);
        Self {
            model,
            halt: halt.clone(),
            tables: tables.collect(),
            best: Prices::nothing(model),
            now: Prices::nothing(model),
            average: Prices::nothing(model),
            bound: None,
            before: None,
            stride: STRIDE * dearest as f64,
            first_moves: 0,
            moves: 0,
            times: 0,
            walk: Walk::default(),
        }
    }

    /// What any roster costs at least, in millionths.
    pub(super) fn bound(&self) -> Option<i64> {
        self.bound
    }

    /// The prices of cover of the best bound, in millionths, once they are worth something.
    pub(super) fn prices(&self) -> Option<Vec<i64>> {
        (self.times > 0).then(|| self.best.cover.iter().map(|price| millionths(*price)).collect())
    }

    /// Whether more moves would give next to nothing.
    pub(super) fn is_done(&self) -> bool {
        self.times >= MOST_TIMES
    }

    /// Work done so far.
    pub(super) fn work(&self) -> u64 {
        self.walk.work()
    }

    /// Moves on until so much work is done.
    pub(super) fn step(&mut self, work: u64) {
        let until = self.work() + work;
        while self.work() < until && !self.is_done() && !self.halt.is_stopped() {
            self.go();
        }
    }

    /// Everybody is asked once, and prices move after each answer.
    fn go(&mut self) {
        let before = self.work();
        self.move_prices();
        if self.first_moves == 0 {
            let affordable = FIRST_WORK / (self.work() - before).max(1);
            self.first_moves = (affordable as u32).clamp(FEWEST_MOVES, MOVES);
        }
        let moved = self.average.all_mut().zip(self.now.all());
        moved.for_each(|(known, price)| *known += 0.1 * (price - *known));
        let moves = self.first_moves * 3_u32.pow(self.times);
        self.stride *= SHRINKS_TO.powf(1.0 / f64::from(moves));
        self.moves += 1;
        if self.moves.is_multiple_of(LOOK) {
            self.look();
        }
        if self.moves >= moves {
            self.begin_again();
        }
    }

    fn move_prices(&mut self) {
        for person in 0..self.tables.len() {
            let (_, row) = self.cheapest(person, false);
            self.pay(person, &row);
        }
    }

    /// From the best prices, by strides that begin and end shorter.
    fn begin_again(&mut self) {
        self.stride *= 0.3 / SHRINKS_TO;
        (self.now, self.average) = (self.best.clone(), self.best.clone());
        (self.moves, self.times) = (0, self.times + 1);
        let rise = self.bound.zip(self.before).map(|(now, before)| (now - before) as f64 / now.max(1) as f64);
        if rise.is_some_and(|rise| rise < WORTH) {
            self.times = MOST_TIMES;
        }
        self.before = self.bound;
    }

    /// Moves prices by what a person's row has too much or too little of.
    fn pay(&mut self, person: usize, row: &Row) {
        let (model, tables, now) = (self.model, &self.tables[person], &mut self.now);
        let (who, width, people) = (&model.people[person], model.kinds.len(), model.people.len() as f64);
        for (price, cover) in now.cover.iter_mut().zip(&model.cover) {
            *price += self.stride * f64::from(cover.wanted) / people;
        }
        let (mut units, mut there) = (0, vec![0_u32; width]);
        for (day, code) in row.iter().enumerate().filter(|(_, code)| **code > 0) {
            let kind = usize::from(*code) - 1;
            now.cover[day * width + kind] -= self.stride;
            let group = tables.group_of[kind].expect("whoever works a kind has a group for it");
            units += u32::from(tables.groups[usize::from(group)].units);
            there[kind] += 1;
        }
        for (price, cover) in now.cover.iter_mut().zip(&model.cover) {
            *price = price.clamp(-(cover.over as f64), cover.under as f64);
        }
        let steep = f64::from(tables.steepest().max(1));
        let stride = FOR_UNITS * self.stride / (steep * steep * model.days as f64);
        now.units[person] = unit_price(now.units[person], stride, f64::from(units), tables.units);
        let weekends = busy_weekends(row) as f64 - f64::from(who.weekends);
        let stride = FOR_WEEKENDS * self.stride / (model.days / 7).max(1) as f64;
        now.weekends[person] = (now.weekends[person] + stride * weekends).max(0.0);
        for (kind, (there, most)) in there.into_iter().zip(&who.at_most).enumerate() {
            let (price, most) = (&mut now.kinds[person * width + kind], f64::from(*most));
            *price = (*price + FOR_KINDS * self.stride * (f64::from(there) - most) / (most + 1.0)).max(0.0);
        }
    }

    /// Takes the bound at the average of prices.
    fn look(&mut self) {
        let now = std::mem::replace(&mut self.now, self.average.clone());
        let bought = self.model.cover.iter().zip(&self.now.cover);
        let bought: i64 = bought.map(|(cover, price)| millionths(*price) * i64::from(cover.wanted)).sum();
        let mut value = self.model.base * MILLION + bought;
        let width = self.model.kinds.len();
        for (person, who) in self.model.people.iter().enumerate() {
            value += self.cheapest(person, true).0;
            let unit = millionths(self.now.units[person]);
            let (least, most) = self.tables[person].units;
            value -= unit * i64::from(if unit > 0 { most } else { least });
            value -= millionths(self.now.weekends[person]) * i64::from(who.weekends);
            let of_kinds = self.now.kinds[person * width..][..width].iter().zip(&who.at_most);
            value -= of_kinds.map(|(price, most)| millionths(*price) * i64::from(*most)).sum::<i64>();
        }
        if self.bound.is_none_or(|bound| value > bound) {
            (self.bound, self.best) = (Some(value), self.now.clone());
        }
        self.now = now;
    }

    /// The cheapest way through a person's automaton, and the row unless only the cost is asked for.
    fn cheapest(&mut self, person: usize, only_cost: bool) -> (i64, Row) {
        let (now, width) = (&self.now, self.model.kinds.len());
        let toll = Toll { unit: millionths(now.units[person]), weekend: millionths(now.weekends[person]) };
        let of_kinds: Vec<i64> =
            now.kinds[person * width..][..width].iter().map(|price| millionths(*price)).collect();
        let own = &self.model.people[person].price;
        let price = |day: usize, kind: usize| {
            let at = day * width + kind;
            own[at] * MILLION - millionths(now.cover[at]) + of_kinds[kind]
        };
        let tables = &self.tables[person];
        if only_cost {
            return (self.walk.cost(tables, toll, price), Row::new());
        }
        self.walk.row(tables, toll, price)
    }
}

fn millionths(price: f64) -> i64 {
    (price * MILLION as f64).round() as i64
}

/// What a unit costs after a move by so many units.
fn unit_price(price: f64, stride: f64, units: f64, (least, most): (u32, u32)) -> f64 {
    let (least, most) = (f64::from(least), f64::from(most));
    let off = if price > 0.0 {
        units - most
    } else if price < 0.0 {
        units - least
    } else {
        units - units.clamp(least, most)
    };
    let moved = price + stride * off;
    // Neither price turns into the other in one move.
    if price * moved < 0.0 { 0.0 } else { moved }
}
