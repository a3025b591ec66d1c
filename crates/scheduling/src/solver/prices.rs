//! What wishes and moves cost at least, by prices: each place is sold at a price, everybody takes the part
//! that is best for them alone, and prices rise where too few take a place and fall where too many do.
//!
//! Whatever the prices, what all parts cost together, with the places paid for, is a bound (Lagrange). The
//! prices come of a linear program over the parts known so far, in floating point, and are asked between
//! those and the best ones (Wentges, 1997); the bound that is claimed is reckoned in whole numbers.

use std::collections::BTreeMap;

use super::assign::{NEVER, worths};
use super::fairest::Fairest;
use super::parts::{Part, Sort, Table, Weights};
use super::penalty::RATHER_NOT;
use super::program::Program;
use super::state::State;
use super::timeline::Model;
use super::weeks::Weeks;

/// Costs and prices are whole numbers of so many parts of a unit.
const FINE: i64 = 1 << 16;
/// So far from the best prices known, in wishes, the program may look for better ones (a trust region; du
/// Merle and others, 1999).
const REACH: f64 = 0.25;
/// A place that nobody takes, or that one too many takes, costs a dive so many wishes.
const MISMATCH: f64 = 6.0;
/// How much the best prices count when the next are asked, in parts of 256.
const PULL: i64 = 200;
/// Somebody without a part costs so many wishes.
const PARTLESS: f64 = 50.0;
/// The program has no more equations than this: a step takes the square of it.
const MOST_ROWS: usize = 3_000;
/// What the parts known of one person take, in bytes, as seen: about a hundred.
const KNOWN: u64 = 40_000;

/// What is in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Finding first prices, day after day, then what each person may choose from.
    Building,
    /// Asking everybody, one after the other, for the part that is best at the prices of now.
    Asking,
    /// Working on the program with what they answered.
    Solving,
    /// Nothing more can come of it.
    Done,
}

/// A part of somebody that is known.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// Whose, as [`Prices::people`] counts.
    pub(super) one: usize,
    pub(super) sorts: Vec<u32>,
    cost: i64,
}

/// Prices that can be worked on.
#[derive(Clone, Debug)]
pub(super) struct Prices {
    parts: Vec<Part>,
    weeks: Weeks,
    fairest: Fairest,
    /// Whose each part is, and which part each person has.
    people: Vec<usize>,
    sorts: Vec<Sort>,
    weights: Weights,
    /// One wish weighs as much as all moves together.
    wish: i64,
    /// Wishes and moves that stand whatever is chosen.
    fixed: i64,
    program: Program,
    /// How many of the program's variables are no parts; those after them are `known`, in order.
    bare: usize,
    known: Vec<Known>,
    numbers: BTreeMap<(usize, Vec<u32>), usize>,
    /// Who is held to which of the known parts.
    held: Vec<Option<usize>>,
    /// The prices that gave the best bound, and those that are asked now.
    centre: Vec<i64>,
    now: Vec<i64>,
    /// How much the best prices count when the next are asked, in parts of 256.
    pull: i64,
    /// The best bound, in parts of a unit.
    bound: Option<i64>,
    stage: Stage,
    next: usize,
    sum: i64,
    added: bool,
    /// How far from the best prices the program looks, in wishes, and whether they are new.
    reach: f64,
    rose: bool,
    /// Parts of a rota that is known, for the next time the program is solved.
    heard: Vec<(usize, i64, Vec<u32>)>,
    /// For dives: what is good enough, in whole units.
    enough: Option<i64>,
    table: Table,
}

impl Prices {
    /// Prices of nothing yet; `None` if the program would be too large, or take more than `memory` bytes.
    pub(super) fn of(
        model: &Model,
        pinned: &State,
        sorts: Vec<Sort>,
        fairest: Fairest,
        memory: u64,
    ) -> Option<Self> {
        let presets = model.open.iter().filter(|place| model.spots[**place].preset.is_some()).count();
        let wish = i64::try_from(presets).ok()? + 1;
        let weights = Weights { wish: wish * FINE, move_: FINE };
        let people: Vec<usize> =
            (0..model.people.len()).filter(|person| model.people[*person].counted).collect();
        let rows = sorts.len() + people.len();
        if sorts.is_empty() || rows > MOST_ROWS || bytes(rows, people.len()) > memory {
            return None;
        }
        let held = pinned.penalty();
        let now = vec![0; sorts.len()];
        let program = program(&sorts, people.len());
        let mut prices = Self {
            bare: program.len(),
            program,
            parts: Vec::new(),
            weeks: Weeks::default(),
            fairest,
            held: vec![None; people.len()],
            people,
            weights,
            wish,
            fixed: held.wishes * wish + held.stability,
            known: Vec::new(),
            numbers: BTreeMap::new(),
            centre: now.clone(),
            now,
            pull: PULL,
            bound: None,
            stage: Stage::Building,
            next: 0,
            sum: 0,
            added: false,
            reach: REACH,
            rose: false,
            enough: None,
            heard: Vec::new(),
            table: Table::default(),
            sorts,
        };
        prices.anchor();
        Some(prices)
    }

    /// Some of the building; returns the units of work it took, or nothing once all is built.
    pub(super) fn build(&mut self, model: &Model, pinned: &State, takers: &[Vec<usize>]) -> Option<u64> {
        if self.stage != Stage::Building {
            return None;
        }
        if self.next < self.sorts.len() {
            return Some(self.price_a_day(model, pinned, takers));
        }
        let one = self.parts.len();
        let Some(person) = self.people.get(one).copied() else {
            self.centre.clone_from(&self.now);
            self.anchor();
            (self.stage, self.next) = (Stage::Asking, 0);
            self.weeks = Weeks::default();
            return Some(1);
        };
        let grains = (self.fairest.grain, self.fairest.ranges[person]);
        match Part::of(model, pinned, &self.sorts, (takers, person), grains, self.weights, &mut self.weeks) {
            Some(part) => self.parts.push(part),
            // That is too much to look at.
            None => self.stage = Stage::Done,
        }
        Some(self.sorts.len() as u64)
    }

    /// What each place of the next day is worth if it is looked at alone, everybody taking one at most.
    fn price_a_day(&mut self, model: &Model, pinned: &State, takers: &[Vec<usize>]) -> u64 {
        let first = self.next;
        let day = |sort: &Sort| model.spots[sort.places[0]].day;
        while self.sorts.get(self.next).is_some_and(|sort| day(sort) == day(&self.sorts[first])) {
            self.next += 1;
        }
        let (mut rows, mut costs) = (Vec::new(), Vec::new());
        for (number, sort) in (first..).zip(&self.sorts[first..self.next]) {
            for place in &sort.places {
                rows.push(number);
                costs.extend(self.people.iter().map(|person| {
                    let may = takers[*place].binary_search(person).is_ok();
                    let cost = || i128::from(self.weights.cost(model, pinned, *person, &[*place]));
                    if may { cost() } else { NEVER }
                }));
            }
        }
        let work = (rows.len() * costs.len()) as u64 / 64;
        for (sort, worth) in rows.into_iter().zip(worths(&costs, self.people.len(), NEVER >> 1)) {
            let worth = i64::try_from(worth).unwrap_or(0).min(RATHER_NOT * self.weights.wish);
            self.now[sort] = if self.sorts[sort].optional { worth.min(0) } else { worth };
        }
        1 + work
    }

    /// Learns what each person holds in a rota that meets the levels before.
    pub(super) fn learn(&mut self, model: &Model, pinned: &State, rota: &State) {
        self.heard.clear();
        let mut sort_of = vec![None; model.spots.len()];
        for (sort, number) in self.sorts.iter().zip(0_u32..) {
            sort.places.iter().for_each(|place| sort_of[*place] = Some(number));
        }
        let day = |place: &usize| model.spots[*place].day;
        for one in 0..self.people.len() {
            let person = self.people[one];
            let held = rota.duties(person).iter().copied().filter(|place| !model.spots[*place].pinned);
            let held: Vec<usize> = held.collect();
            let sorts: Option<Vec<u32>> = held.iter().map(|place| sort_of[*place]).collect();
            let days = held.chunk_by(|one, two| day(one) == day(two));
            let cost = days.map(|places| self.weights.cost(model, pinned, person, places)).sum();
            if let Some(sorts) = sorts {
                self.heard.push((one, cost, sorts));
            }
        }
    }

    /// What wishes and moves cost at least, as far as is known; moves for whoever meets the wishes.
    pub(super) fn bound(&self) -> Option<(i64, i64)> {
        let whole = whole(self.bound?);
        Some((whole.div_euclid(self.wish), whole.rem_euclid(self.wish)))
    }

    /// Works on for about `units` units; returns how many it took.
    pub(super) fn step(&mut self, units: u64) -> u64 {
        let mut steps = 0;
        let mut taken = Vec::new();
        while steps < units.saturating_mul(STEPS) {
            steps += match self.stage {
                Stage::Asking => self.ask(&mut taken),
                Stage::Solving => self.solve(),
                Stage::Building | Stage::Done => break,
            };
        }
        (steps / STEPS).max(1)
    }

    /// Asks the next person, or sums up after the last.
    fn ask(&mut self, taken: &mut Vec<u32>) -> u64 {
        let Some(part) = self.parts.get(self.next) else {
            self.sum_up();
            return 1 + self.sorts.len() as u64;
        };
        let size = part.size();
        if let Some(held) = self.held[self.next] {
            let Known { cost, sorts, .. } = &self.known[held];
            self.sum += cost - sorts.iter().map(|sort| self.now[*sort as usize]).sum::<i64>();
            self.next += 1;
            return 8;
        }
        let Some(cost) = part.best(&self.now, &mut self.table, taken) else {
            // Somebody has no part: the levels before cannot be met.
            self.stage = Stage::Done;
            return size;
        };
        self.sum += cost;
        let cost = cost + taken.iter().map(|sort| self.now[*sort as usize]).sum::<i64>();
        let one = self.next;
        self.next += 1;
        self.added |= self.add(one, cost, taken.clone());
        size
    }

    /// Adds a part of a person to the program; says whether that may make it cheaper.
    fn add(&mut self, one: usize, cost: i64, mut sorts: Vec<u32>) -> bool {
        sorts.sort_unstable();
        let unit = (self.wish * FINE) as f64;
        let mut entries: Vec<(u32, f64)> = Vec::with_capacity(sorts.len() + 1);
        for sort in &sorts {
            match entries.last_mut() {
                Some((last, count)) if last == sort => *count += 1.0,
                _ => entries.push((*sort, 1.0)),
            }
        }
        let row = u32::try_from(self.sorts.len() + one).expect("rows are few");
        entries.push((row, 1.0));
        let prices = self.program.prices();
        let paid: f64 = entries.iter().map(|(row, count)| prices[*row as usize] * count).sum();
        if self.numbers.contains_key(&(one, sorts.clone())) {
            return false;
        }
        self.numbers.insert((one, sorts.clone()), self.known.len());
        self.known.push(Known { one, sorts, cost });
        self.program.add(cost as f64 / unit, entries);
        cost as f64 / unit - paid < -1e-6
    }

    fn sum_up(&mut self) {
        let count = |sort: &Sort| i64::try_from(sort.places.len()).unwrap_or(i64::MAX);
        let sold: i64 = self.sorts.iter().zip(&self.now).map(|(sort, price)| count(sort) * price).sum();
        let value = self.fixed * FINE + sold + self.sum;
        if self.bound.is_none_or(|bound| value > bound) {
            self.bound = Some(value);
            self.centre.clone_from(&self.now);
            self.rose = true;
        }
        self.stage = Stage::Solving;
    }

    /// One step of the program, or the next prices once it is solved.
    fn solve(&mut self) -> u64 {
        let size = self.program.size();
        let solved = !self.program.step();
        if solved {
            for (one, cost, sorts) in std::mem::take(&mut self.heard) {
                self.add(one, cost, sorts);
            }
            self.conclude();
        }
        size
    }

    /// The program is solved: is that enough, or is everybody to be asked again?
    fn conclude(&mut self) {
        let unit = (self.wish * FINE) as f64;
        let least = self.least();
        // No prices give more than the program's cost, so once both are the same whole it is over.
        let known = self.bound.map_or(i64::MIN, whole);
        let exhausted = self.pull == 0 && !self.added;
        let beyond = self.leans();
        let enough = self.enough.is_some_and(|enough| whole((least - unit / 200.0) as i64) <= enough);
        let over = exhausted || known >= whole((least - unit / 200.0) as i64);
        if enough || over && !(beyond && self.reach == REACH) {
            self.stage = Stage::Done;
        } else {
            if self.rose || over {
                self.anchor();
            }
            self.ask_again();
        }
    }

    /// Whether prices would go further if they were allowed to.
    fn leans(&self) -> bool {
        let people = self.sorts.len()..self.sorts.len() + self.people.len();
        let bare =
            self.program.chosen().filter(|(column, _)| *column < self.bare && !people.contains(column));
        bare.into_iter().any(|(column, value)| value > 0.01 && self.program.cost_of(column) != 0.0)
    }

    /// From here on the program looks around the best prices.
    fn anchor(&mut self) {
        self.rose = false;
        let unit = (self.wish * FINE) as f64;
        let (sorts, people) = (self.sorts.len(), self.people.len());
        let costs = self.sorts.iter().enumerate().flat_map(|(number, sort)| {
            let centre = if self.reach == REACH { self.centre[number] as f64 / unit } else { 0.0 };
            let open = centre + self.reach;
            let open = if sort.optional { open.min(0.0) } else { open };
            [(number, open), (sorts + people + number, self.reach - centre)]
        });
        let costs: Vec<(usize, f64)> = costs.collect();
        self.program.reprice(costs);
    }

    fn ask_again(&mut self) {
        let unit = (self.wish * FINE) as f64;
        self.pull = if self.added { PULL } else { self.pull / 2 };
        for (number, sort) in self.sorts.iter().enumerate() {
            let price = (self.program.prices()[number] * unit) as i64;
            // A place that may stay open is never sold for less than nothing.
            let price = if sort.optional { price.min(0) } else { price };
            self.now[number] = price + (self.centre[number] - price) * self.pull / 256;
        }
        (self.stage, self.next, self.sum, self.added) = (Stage::Asking, 0, 0, false);
    }
}

/// What dives need of prices.
impl Prices {
    /// For a rota: see [`Part::sift`]. One person; returns the units of work it took, `None` after the last.
    pub(super) fn sift(&mut self, model: &Model, pinned: &mut State, one: usize) -> Option<u64> {
        let part = self.parts.get_mut(one)?;
        Some(part.sift(model, pinned, &self.sorts, self.people[one]))
    }

    /// What the program costs now, in parts of a unit.
    fn least(&self) -> f64 {
        self.fixed as f64 * FINE as f64 + self.program.cost() * (self.wish * FINE) as f64
    }

    /// Whether the program is solved and shows that nothing of it can be better than `wishes` and `moves`.
    pub(super) fn is_hopeless(&self, wishes: i64, moves: i64) -> bool {
        self.is_done()
            && whole((self.least() - (self.wish * FINE) as f64 / 200.0) as i64) >= wishes * self.wish + moves
    }

    /// From here on every place is to be taken, whatever it costs.
    pub(super) fn insist(&mut self) {
        self.reach = MISMATCH;
        self.anchor();
    }

    /// From here on what the program costs now is good enough.
    pub(super) fn be_content(&mut self) {
        self.enough = Some(whole((self.least() - (self.wish * FINE) as f64 / 200.0) as i64));
    }

    /// The person and places of the known part of that number, if there is one.
    pub(super) fn known_places(&self, number: usize) -> Option<(usize, Vec<usize>)> {
        (number < self.known.len()).then(|| self.places(number, |_| false))
    }

    /// Whether nothing more can come of it.
    pub(super) fn is_done(&self) -> bool {
        self.stage == Stage::Done
    }

    /// Who is not held yet, with their likeliest part and how likely the program finds it.
    pub(super) fn likeliest(&self) -> Vec<(usize, usize, f64)> {
        let mut best: Vec<Option<(usize, f64)>> = vec![None; self.people.len()];
        for (column, value) in self.program.chosen().filter(|(column, _)| *column >= self.bare) {
            let known = column - self.bare;
            let best = &mut best[self.known[known].one];
            if best.is_none_or(|(_, most)| value > most) {
                *best = Some((known, value));
            }
        }
        let free = best.into_iter().enumerate().filter(|(one, _)| self.held[*one].is_none());
        free.filter_map(|(one, best)| best.map(|(known, value)| (one, known, value))).collect()
    }

    /// The person and places of a known part: of each sort the first that is not `taken`.
    pub(super) fn places(&self, known: usize, taken: impl Fn(usize) -> bool) -> (usize, Vec<usize>) {
        let Known { one, sorts, .. } = &self.known[known];
        let place = |sort: &u32| {
            let places = &self.sorts[*sort as usize].places;
            places.iter().copied().find(|place| !taken(*place))
        };
        (self.people[*one], sorts.iter().filter_map(place).collect())
    }

    /// Everybody's part, held or likeliest.
    pub(super) fn all(&self) -> Vec<usize> {
        let free = self.likeliest();
        let likely = |one: usize| free.iter().find(|(other, ..)| *other == one).map(|(_, known, _)| *known);
        (0..self.people.len()).filter_map(|one| self.held[one].or_else(|| likely(one))).collect()
    }

    /// Holds people to parts, and shuts out parts that cannot be; with nothing, lets everybody go.
    pub(super) fn hold(&mut self, parts: &[usize], shut: &[bool]) {
        self.held.fill(None);
        parts.iter().for_each(|known| self.held[self.known[*known].one] = Some(*known));
        let unit = (self.wish * FINE) as f64;
        let (held, bare) = (&self.held, self.bare);
        let costs = self.known.iter().enumerate().map(|(number, known)| {
            let out = shut.get(number) == Some(&true) || held[known.one].is_some_and(|other| other != number);
            (bare + number, if out { PARTLESS } else { known.cost as f64 / unit })
        });
        self.program.reprice(costs);
        (self.bound, self.pull, self.added, self.stage) = (None, PULL, true, Stage::Solving);
    }
}

/// Steps of a dynamic program, or of an equation, that make one unit of work.
const STEPS: u64 = 512;

/// What a program of so many equations will take.
fn bytes(rows: usize, people: usize) -> u64 {
    let (rows, people) = (rows as u64, people as u64);
    8 * rows * rows + KNOWN * people
}

/// So many whole units at least.
fn whole(parts: i64) -> i64 {
    -(-parts).div_euclid(FINE)
}

/// Each sort is taken as often as it has places, and each person has one part.
fn program(sorts: &[Sort], people: usize) -> Program {
    let taken = sorts.iter().map(|sort| sort.places.len() as f64);
    let right: Vec<f64> = taken.chain(std::iter::repeat_n(1.0, people)).collect();
    let open = sorts.iter().map(|sort| if sort.optional { 0.0 } else { MISMATCH });
    let costs: Vec<f64> = open.chain(std::iter::repeat_n(PARTLESS, people)).collect();
    let mut program = Program::new(&right, &costs);
    for sort in 0..u32::try_from(sorts.len()).expect("sorts are few") {
        program.add(MISMATCH, vec![(sort, -1.0)]);
    }
    program
}
