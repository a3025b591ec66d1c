//! Large neighbourhoods: opens a part of a roster, some people on all days or everybody on some, and
//! dives in it for something better.
//!
//! How much is opened adapts: a little more each time while a part is done with quickly, less when it
//! takes long. Which sort of part is opened depends on what each sort gave for its work.

use super::{
    best::Finder,
    dive::{Dive, Going, Manner},
    halt::Halt,
    merge::merge,
    model::{MILLION, Model, Row},
    program::{Part, Program, cost_of, own_cost, worked},
};
use crate::solver::random::Dice;

/// Work that a part should take.
const AIM: u64 = 600_000;
/// Work that a part of whole rows should take.
const AIM_WHOLE: u64 = 2_400_000;
/// How many equations the first parts have.
const FIRST_PROGRAM: f64 = 250.0;
/// So many rows are remembered of a person.
const MEMORY: usize = 60;

/// What a part is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// Some people on all days.
    People,
    /// Everybody on some days.
    Days,
    /// Some people on some days.
    Block,
}

/// A sort of part, how large it is, and what it gave.
#[derive(Clone, Debug)]
struct Habit {
    sort: Sort,
    people: f64,
    days: f64,
    /// What it saved for its work, newer tries counting more.
    gain: f64,
}

/// The best roster it knows, and the part of it that is open.
#[derive(Debug)]
pub(super) struct Near<'m> {
    model: &'m Model,
    halt: Halt,
    dice: Dice,
    rows: Vec<Row>,
    cost: i64,
    habits: Vec<Habit>,
    memory: Vec<Vec<Row>>,
    turn: Vec<usize>,
    guide: Vec<i64>,
    dive: Option<(Dive<'m>, usize, u64)>,
    /// What the open part was taken from, if a better roster came to be known since.
    learnt_since: Option<Vec<Row>>,
    idle: u32,
    work: u64,
}

impl<'m> Near<'m> {
    /// Around a legal roster; whole rows are asked for only if `whole`.
    pub(super) fn new(
        model: &'m Model,
        rows: &[Row],
        cost: i64,
        whole: bool,
        dice: Dice,
        halt: &Halt,
    ) -> Self {
        let people = model.people.len();
        let habit = |sort, people, days| Habit { sort, people, days, gain: 0.0 };
        let (all, horizon) = (people as f64, model.days as f64);
        let few = |people: f64, days: f64| {
            let fits = (FIRST_PROGRAM - people) / model.kinds.len() as f64;
            days.min(fits.max(2.0)).min(horizon)
        };
        let mut habits = vec![
            habit(Sort::Days, all, few(all, 7.0)),
            habit(Sort::Block, (all / 2.0).max(1.0), few(all / 2.0, 10.0)),
        ];
        if whole {
            habits.push(habit(Sort::People, 6.0_f64.min(all), horizon));
        }
        Self {
            model,
            halt: halt.clone(),
            dice,
            rows: rows.to_vec(),
            cost,
            habits,
            memory: vec![Vec::new(); people],
            turn: vec![0; people],
            guide: Vec::new(),
            dive: None,
            learnt_since: None,
            idle: 0,
            work: 0,
        }
    }

    /// The best roster it knows, and what it costs.
    pub(super) fn best(&self) -> (&[Row], i64) {
        (&self.rows, self.cost)
    }

    /// Goes on from another roster, if it is better.
    pub(super) fn learn(&mut self, rows: &[Row], cost: i64) {
        if cost < self.cost {
            let before = std::mem::replace(&mut self.rows, rows.to_vec());
            (self.cost, self.idle) = (cost, 0);
            if self.dive.is_some() && self.learnt_since.is_none() {
                self.learnt_since = Some(before);
            }
        }
    }

    /// Goes on from another roster, whatever it costs.
    pub(super) fn restart(&mut self, rows: &[Row], cost: i64) {
        (self.rows, self.cost) = (rows.to_vec(), cost);
        (self.dive, self.learnt_since, self.idle) = (None, None, 0);
    }

    /// In how many parts nothing better was found since there was something.
    pub(super) fn idle(&self) -> u32 {
        self.idle
    }

    /// Prices of cover from the bound: they tell whose row is dear.
    pub(super) fn lean_on(&mut self, prices: &[i64]) {
        self.guide = prices.to_vec();
    }

    /// Remembers a row that may be of use again.
    pub(super) fn remember(&mut self, person: usize, row: &Row) {
        let (known, turn) = (&mut self.memory[person], &mut self.turn[person]);
        if known.contains(row) {
            return;
        }
        if known.len() < MEMORY {
            known.push(row.clone());
        } else {
            known[*turn].clone_from(row);
            *turn = (*turn + 1) % MEMORY;
        }
    }

    /// Work done so far in programs.
    pub(super) fn work(&self) -> u64 {
        self.work
    }

    /// A little further.
    pub(super) fn step(&mut self, finder: &mut Finder<'m>) {
        let (mut dive, habit, spent) = match self.dive.take() {
            Some(dive) => dive,
            None => self.open(),
        };
        let before = (dive.work(), finder.work());
        let going = dive.step(finder, &mut self.dice);
        let programs = dive.work() - before.0;
        self.work += programs;
        let spent = spent + programs + finder.work() - before.1;
        match going {
            Going::On => self.dive = Some((dive, habit, spent)),
            Going::Lost => self.close(dive, habit, spent, false),
            Going::Down => self.close(dive, habit, spent, true),
        }
    }

    fn close(&mut self, dive: Dive<'m>, habit: usize, spent: u64, down: bool) {
        if self.habits[habit].sort == Sort::People {
            dive.found().for_each(|(person, row)| self.remember(person, row));
        }
        let mut saved = 0;
        if !down {
            self.learnt_since = None;
        } else {
            let rows = dive.rows();
            let (rows, cost) = match self.learnt_since.take() {
                Some(base) => merge(self.model, &base, &self.rows, &rows),
                None => {
                    let cost = cost_of(self.model, &rows);
                    (rows, cost)
                }
            };
            if cost <= self.cost {
                saved = self.cost - cost;
                (self.rows, self.cost) = (rows, cost);
            }
        }
        self.idle = if saved > 0 { 0 } else { self.idle + 1 };
        let (people, horizon) = (self.model.people.len() as f64, self.model.days as f64);
        let habit = &mut self.habits[habit];
        habit.gain = 0.9 * habit.gain + 0.1 * saved as f64 / (spent.max(1) as f64 / AIM as f64);
        let aim = if habit.sort == Sort::People { AIM_WHOLE } else { AIM };
        let factor = if spent < aim / 2 {
            1.07
        } else if spent > 8 * aim {
            0.7
        } else if spent > 2 * aim {
            0.9
        } else {
            1.0
        };
        match habit.sort {
            Sort::People => habit.people = (habit.people * factor).clamp(2.0, people),
            Sort::Days => habit.days = (habit.days * factor).clamp(2.0, horizon),
            Sort::Block => {
                habit.people = (habit.people * factor).clamp(2.0, people);
                habit.days = (habit.days * factor).clamp(3.0, horizon);
            }
        }
    }

    /// A part to be dived in.
    fn open(&mut self) -> (Dive<'m>, usize, u64) {
        let number = self.choose_habit();
        let habit = &self.habits[number];
        let (sort, people, days) = (habit.sort, habit.people.max(1.0) as usize, habit.days.max(1.0) as usize);
        let part = Part {
            free: if sort == Sort::Days { (0..self.rows.len()).collect() } else { self.some_people(people) },
            days: if sort == Sort::People { 0..self.model.days } else { self.some_days(days) },
        };
        let mut program = Program::new(self.model, &self.rows, &part, &self.halt);
        if part.days.len() == self.model.days {
            for person in &part.free {
                self.memory[*person].iter().for_each(|row| {
                    program.add(*person, row);
                });
            }
        }
        // Now and then something that costs the same is welcome: it leads elsewhere.
        let limit = self.cost + i64::from(self.dice.roll(2) == 0);
        let manner =
            Manner { rounds: 8, shake: 0.1, share: 12, limit, patience: 0.0, regrets: 0, returns: 0 };
        let dive = Dive::new(program, part, self.rows.clone(), manner);
        let spent = dive.work();
        self.work += spent;
        (dive, number, spent)
    }

    fn choose_habit(&mut self) -> usize {
        let most = self.habits.iter().map(|habit| habit.gain).fold(0.0, f64::max);
        let weight = |habit: &Habit| 1 + if most > 0.0 { (8.0 * habit.gain / most) as usize } else { 0 };
        let weights: Vec<usize> = self.habits.iter().map(weight).collect();
        self.weighted(&weights)
    }

    /// A number, as likely as its weight is large.
    fn weighted(&mut self, weights: &[usize]) -> usize {
        let mut rolled = self.dice.roll(weights.iter().sum::<usize>().max(1));
        for (number, weight) in weights.iter().enumerate() {
            if rolled < *weight {
                return number;
            }
            rolled -= weight;
        }
        weights.len() - 1
    }

    /// By chance, half of the time more likely those whose row is dear at the bound's prices.
    fn some_people(&mut self, few: usize) -> Vec<usize> {
        let people = self.rows.len();
        let by_regret = !self.guide.is_empty() && self.dice.roll(2) == 0;
        let mut weights = vec![1; people];
        if by_regret {
            let dear: Vec<i64> = (0..people).map(|person| self.dearness(person)).collect();
            let least = dear.iter().copied().min().unwrap_or(0);
            for (weight, dear) in weights.iter_mut().zip(dear) {
                *weight = 1 + ((dear - least) / MILLION) as usize;
            }
        }
        let mut chosen = Vec::with_capacity(few);
        for _ in 0..few.min(people) {
            let person = self.weighted(&weights);
            weights[person] = 0;
            if !chosen.contains(&person) {
                chosen.push(person);
            }
        }
        chosen.sort_unstable();
        chosen
    }

    /// What a person's row costs at the bound's prices, beyond the cheapest of those remembered.
    fn dearness(&self, person: usize) -> i64 {
        let price = |row: &Row| {
            let bought: i64 = worked(self.model, row).map(|at| self.guide[at]).sum();
            own_cost(self.model, person, row) * MILLION - bought
        };
        let own = price(&self.rows[person]);
        own - self.memory[person].iter().map(price).min().map_or(own, |least| least.min(own))
    }

    /// Some days in a row, two times in three around one on which too many or too few work.
    fn some_days(&mut self, length: usize) -> std::ops::Range<usize> {
        let days = self.model.days;
        let length = length.min(days);
        let from = if self.dice.roll(3) == 0 {
            self.dice.roll(days - length + 1)
        } else {
            let costs = self.costs_of_days();
            let day = self.weighted(&costs);
            day.saturating_sub(self.dice.roll(length)).min(days - length)
        };
        from..from + length
    }

    fn costs_of_days(&self) -> Vec<usize> {
        let mut there = vec![0; self.model.cover.len()];
        for row in &self.rows {
            worked(self.model, row).for_each(|at| there[at] += 1);
        }
        let width = self.model.kinds.len();
        let costs: Vec<usize> =
            self.model.cover.iter().zip(there).map(|(cover, there)| cover.cost(there) as usize).collect();
        costs.chunks(width).map(|day| 1 + day.iter().sum::<usize>()).collect()
    }
}
