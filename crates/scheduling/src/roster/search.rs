//! Improves a roster: takes a few people out, puts each back by the best row there is for them
//! against what the others cover, and keeps the result if it is good enough.
//!
//! "Good enough" is a threshold that cools down to nothing and is warmed again, so that the search
//! leaves what no single change improves. Of those taken out, all but the last are put back at
//! prices that were blurred, or leant towards the bound's, so that they leave room for one another.

use std::ops::Range;

use super::{
    best::{Finder, Open},
    draft::Draft,
    halt::Halt,
    model::{MILLION, Model, Row},
};
use crate::solver::random::Dice;

/// The longest stretch that is opened at once, for people whose automaton has many counters.
const LONGEST: usize = 42;
/// So many days at a time are found for somebody whose whole row is too long to be asked for; the next
/// number if the one before does not lead to the end.
const PIECES: [usize; 4] = [14, 21, 10, 28];

/// A search that can be stepped.
#[derive(Debug)]
pub struct Search<'m> {
    model: &'m Model,
    finder: Finder<'m>,
    /// Whether whole rows can be asked for.
    whole: bool,
    dice: Dice,
    draft: Draft<'m>,
    best: Vec<Row>,
    best_cost: i64,
    warmth: f64,
    hottest: f64,
    cycle: u32,
    since: u32,
    /// What changes of whole rows gave for their work, and what changes of stretches gave.
    habits: [Habit; 2],
    guide: Option<Vec<i64>>,
    price: Vec<i64>,
}

impl<'m> Search<'m> {
    /// Begins with everybody put in one after the other; whoever has no legal row stays free, and so
    /// does everybody once `halt` says so.
    pub fn new(model: &'m Model, seed: u64, halt: &Halt) -> Self {
        let mut search = Self::from(model, &model.nobody_works(), seed, halt);
        let mut order: Vec<usize> = (0..model.people.len()).collect();
        search.shuffle(&mut order);
        for person in order {
            if search.whole {
                search.put_in(person, None, Blur::None);
            } else {
                search.put_in_piece_by_piece(person);
            }
        }
        (search.best, search.best_cost) = (search.draft.rows().to_vec(), search.draft.cost());
        search
    }

    /// Begins with a legal roster.
    pub fn from(model: &'m Model, rows: &[Row], seed: u64, halt: &Halt) -> Self {
        let draft = Draft::new(model, rows);
        let dearest = model.cover.iter().map(|cover| cover.under).max().unwrap_or(1);
        let finder = Finder::new(model, halt);
        Self {
            model,
            whole: finder.knows_whole_rows(),
            finder,
            dice: Dice::new(seed),
            best: rows.to_vec(),
            best_cost: draft.cost(),
            draft,
            warmth: 0.0,
            hottest: dearest as f64 / 4.0,
            cycle: 200,
            since: 0,
            habits: [Habit { gain: 0.0, work: 1.0 }; 2],
            guide: None,
            price: Vec::new(),
        }
    }

    /// The best roster so far, and what it costs.
    pub fn best(&self) -> (&[Row], i64) {
        (&self.best, self.best_cost)
    }

    /// Whether whole rows can be asked for, or only stretches of them.
    pub fn knows_whole_rows(&self) -> bool {
        self.whole
    }

    /// For others on its side.
    pub(super) fn finder(&mut self) -> &mut Finder<'m> {
        &mut self.finder
    }

    /// Work done so far.
    pub fn work(&self) -> u64 {
        self.finder.work()
    }

    /// Prices of cover from the bound, in millionths, day by day and kind by kind.
    pub fn lean_on(&mut self, prices: &[i64]) {
        self.guide = Some(prices.to_vec());
    }

    /// Goes on from a roster that somebody else found.
    pub fn adopt(&mut self, rows: &[Row]) {
        self.draft.adopt(rows);
        self.note_best();
    }

    /// Searches until `work` more is done.
    pub fn step(&mut self, work: u64) {
        let until = self.work() + work;
        while self.work() < until && !self.finder.is_halted() {
            self.change_a_few();
        }
    }

    /// One change, kept or not.
    pub(super) fn change_a_few(&mut self) {
        let people = self.model.people.len();
        let few = (2 + self.dice.roll(3)).min(people);
        let mut chosen: Vec<usize> = (0..people).collect();
        for at in 0..few {
            let other = at + self.dice.roll(people - at);
            chosen.swap(at, other);
        }
        chosen.truncate(few);
        let stretch = self.stretch();
        let (before, best, work) = (self.draft.cost(), self.best_cost, self.work());
        let old: Vec<Row> = chosen.iter().map(|person| self.draft.rows()[*person].clone()).collect();
        for person in &chosen {
            self.draft.take_out(*person, stretch.0..stretch.1);
        }
        for (number, person) in chosen.iter().enumerate() {
            let last = number + 1 == few;
            let blur = if last { Blur::None } else { self.some_blur() };
            self.put_in(*person, Some((&old[number], stretch)), blur);
        }
        if self.draft.cost() as f64 > before as f64 + self.threshold() {
            for (person, row) in chosen.iter().zip(old) {
                self.draft.exchange(*person, &row);
            }
        }
        self.note_best();
        let (gain, work) = ((best - self.best_cost) as f64, (self.work() - work + 1) as f64);
        self.habits[usize::from(stretch != (0, self.model.days))].learn(gain, work);
        self.cool();
    }

    /// Which days are opened: all, or a stretch of a long horizon.
    fn stretch(&mut self) -> (usize, usize) {
        let days = self.model.days;
        let whole = if days <= LONGEST {
            self.dice.roll(3) > 0
        } else {
            // Work goes to either as to what it gave for it, and a little of it to the other.
            let [one, other] = self.habits.map(|habit| habit.gain / habit.work);
            let share = 0.1 + 0.8 * one / (one + other).max(f64::MIN_POSITIVE);
            let [one, other] = [share / self.habits[0].work, (1.0 - share) / self.habits[1].work];
            (self.dice.roll(1 << 20) as f64) < one / (one + other) * f64::from(1 << 20)
        };
        if whole {
            return (0, days);
        }
        let longest = if self.whole { LONGEST } else { LONGEST / 2 };
        let length = (7 + self.dice.roll(longest - 6)).min(days);
        let from = self.dice.roll(days - length + 1);
        (from, from + length)
    }

    fn some_blur(&mut self) -> Blur {
        match self.dice.roll(4) {
            0 => Blur::None,
            1 if self.guide.is_some() => Blur::Guided,
            2 => Blur::By(3 * MILLION),
            _ => Blur::By((self.hottest / 4.0) as i64 * MILLION + MILLION),
        }
    }

    /// How much worse a change may leave things: exponential with the mean of the warmth.
    fn threshold(&mut self) -> f64 {
        let chance = (self.dice.roll(1 << 30) + 1) as f64 / f64::from(1 << 30);
        -self.warmth * chance.ln()
    }

    fn cool(&mut self) {
        self.since += 1;
        self.warmth *= 0.985;
        if self.since >= self.cycle {
            self.since = 0;
            self.cycle = (self.cycle + self.cycle / 4).min(20_000);
            self.warmth = self.hottest * (1 + self.dice.roll(4)) as f64 / 8.0;
            self.draft.adopt(&self.best);
        }
    }

    fn note_best(&mut self) {
        if self.draft.cost() < self.best_cost {
            (self.best, self.best_cost) = (self.draft.rows().to_vec(), self.draft.cost());
        }
    }

    /// Gives a person the best row there is; their old one if, against all odds, there is none.
    fn put_in(&mut self, person: usize, old: Option<(&Row, (usize, usize))>, blur: Blur) {
        let open = old.map(|(row, (from, until))| Open { row, from, until });
        self.find_prices(person, blur, open.map_or(0..self.model.days, |open| open.from..open.until));
        let found = self.finder.best(person, &self.price, open);
        let row = found.map(|(_, row)| row).or_else(|| old.map(|(row, _)| row.clone()));
        if let Some(row) = row {
            self.draft.exchange(person, &row);
        }
    }

    /// Gives a person a row that is found some days at a time, if that leads to the end.
    fn put_in_piece_by_piece(&mut self, person: usize) {
        self.find_prices(person, Blur::None, 0..self.model.days);
        let found = PIECES.into_iter().find_map(|piece| self.piece_by_piece(person, piece));
        if let Some(row) = found {
            self.draft.exchange(person, &row);
        }
    }

    fn piece_by_piece(&mut self, person: usize, piece: usize) -> Option<Row> {
        let days = self.model.days;
        let mut row = Row::new();
        while row.len() < days {
            let until = if row.len() + piece + piece / 2 > days { days } else { row.len() + piece };
            row = self.finder.onward(person, &self.price, &row, until)?;
        }
        Some(row)
    }

    /// What it costs to have a person in a kind on these days.
    fn find_prices(&mut self, person: usize, blur: Blur, days: Range<usize>) {
        let mut price = std::mem::take(&mut self.price);
        price.resize(self.model.cover.len(), 0);
        for at in self.model.at(days.start, 0)..self.model.at(days.end, 0) {
            let marginal = self.draft.marginal(at) * MILLION;
            price[at] = self.model.people[person].price[at] * MILLION
                + match (blur, &self.guide) {
                    (Blur::Guided, Some(guide)) => (marginal - guide[at]) / 2,
                    (Blur::By(most), _) => marginal + self.dice.roll(2 * most as usize + 1) as i64 - most,
                    _ => marginal,
                };
        }
        self.price = price;
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for at in (1..order.len()).rev() {
            let other = self.dice.roll(at + 1);
            order.swap(at, other);
        }
    }
}

/// What a way of changing rows gave lately, and what work it took.
#[derive(Clone, Copy, Debug)]
struct Habit {
    gain: f64,
    work: f64,
}

impl Habit {
    fn learn(&mut self, gain: f64, work: f64) {
        self.gain += (gain - self.gain) / 50.0;
        self.work += (work - self.work) / 50.0;
    }
}

/// How prices are bent for somebody who is not the last to be put back.
#[derive(Clone, Copy, Debug)]
enum Blur {
    /// Not at all.
    None,
    /// By chance, so many millionths up or down at most.
    By(i64),
    /// Half way towards the bound's.
    Guided,
}
