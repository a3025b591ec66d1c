//! Dives: a part of a roster out of a linear program, by holding people to rows one after the other.
//!
//! Whoever has a row that the program all but chose is held to it, and the program is asked again,
//! with new rows for those who are still free. If that made it much dearer, they are let go again and
//! somebody else is held (limited discrepancies, after Sadykov and others, 2019). A dive works on a
//! program of its own. As soon as the program shows that nothing good enough can come of it, it is given
//! up, or, over everything, half of those held (a quarter, where few are left) are let go and it goes on
//! from there: what the program learnt is kept.

use std::{collections::HashSet, sync::Arc};

use super::{
    best::{Finder, Open},
    columns::price_for,
    linear::Mark,
    model::Row,
    program::{BARRED, Cut, PATIENCE, Part, Program},
};
use crate::solver::random::Dice;

/// A value from which on a row counts as chosen.
const CHOSEN: f64 = 0.97;
/// So many people are few: they are asked more often before the next is held, and again whenever somebody
/// was let go.
const FEW: usize = 16;
/// Reduced costs nearer to zero than this are not worth a column.
const WORTH: f64 = 1e-4;

/// One dive under way.
#[derive(Debug)]
pub(super) struct Dive<'m> {
    program: Program<'m>,
    cuts: Vec<Arc<Cut>>,
    part: Part,
    rows: Vec<Row>,
    held: Vec<Option<usize>>,
    free: Vec<usize>,
    next: usize,
    added: bool,
    rounds: usize,
    /// What those asked in this round could save at most.
    hope: f64,
    /// Who was held last without having been chosen, to which row, and what the program cost before.
    picked: Vec<(usize, usize)>,
    before: f64,
    /// Where the program stood then.
    mark: Option<Mark>,
    /// Rows that proved dear: nobody is held to them again.
    given_up: HashSet<usize>,
    manner: Manner,
    /// The limit after going back.
    next_limit: i64,
    /// Whether some were let go to begin anew: ever, and just now.
    went_back: bool,
    fresh: bool,
    prices: Vec<i64>,
    price: Vec<i64>,
}

/// How a dive goes about it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    /// Rows are asked for so many times at most before somebody is held.
    pub rounds: usize,
    /// How much chance there is in whom.
    pub shake: f64,
    /// One in so many may be held at once.
    pub share: usize,
    /// A roster that costs so much is not wanted.
    pub limit: i64,
    /// Whoever is held may make the program dearer by so much, or by a quarter of what is left to the limit if
    /// that is less,
    pub patience: f64,
    /// or else is let go again, so many times at most.
    pub regrets: usize,
    /// When nothing good enough can come of it any more, some of those held are let go, so many times at
    /// most.
    pub returns: usize,
}

/// How it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Going {
    /// On.
    On,
    /// Everybody is held.
    Down,
    /// Nothing good enough can come of it.
    Lost,
}

impl<'m> Dive<'m> {
    /// In a program that holds the rows of `rows`, which stay outside `part`.
    pub(super) fn new(program: Program<'m>, part: Part, rows: Vec<Row>, manner: Manner) -> Self {
        Self::under(Vec::new(), program, part, rows, manner)
    }

    /// The same, in a program with those cuts.
    pub(super) fn under(
        cuts: Vec<Arc<Cut>>,
        program: Program<'m>,
        part: Part,
        rows: Vec<Row>,
        manner: Manner,
    ) -> Self {
        let mut dive = Self {
            free: part.free.clone(),
            held: vec![None; rows.len()],
            prices: Vec::new(),
            program,
            cuts,
            part,
            rows,
            next: 0,
            added: false,
            rounds: 0,
            hope: 0.0,
            picked: Vec::new(),
            before: 0.0,
            mark: None,
            given_up: HashSet::new(),
            next_limit: manner.limit,
            went_back: false,
            fresh: false,
            manner,
            price: Vec::new(),
        };
        dive.solve();
        dive
    }

    /// Work done so far.
    pub(super) fn work(&self) -> u64 {
        self.program.work()
    }

    /// A little further.
    pub(super) fn step(&mut self, finder: &mut Finder<'m>, dice: &mut Dice) -> Going {
        self.fresh = false;
        if self.free.is_empty() {
            return Going::Down;
        }
        if self.rounds < self.rounds_now() {
            self.ask(finder);
            self.next += 1;
            if self.next < self.free.len() {
                return Going::On;
            }
            if self.is_lost(self.program.value() + self.hope) {
                return self.let_go(dice);
            }
            (self.next, self.hope) = (0, 0.0);
            self.rounds = if self.added { self.rounds + 1 } else { usize::MAX };
            if self.added {
                self.added = false;
                self.solve();
            }
            return Going::On;
        }
        let value = self.program.value();
        let patience = self.manner.patience.min((self.manner.limit as f64 - self.before) / 4.0);
        let too_dear = !self.picked.is_empty() && value > self.before + patience;
        if self.is_lost(value) || too_dear && self.given_up.len() < self.manner.regrets {
            return self.let_go(dice);
        }
        self.before = value;
        self.hold(dice);
        if self.free.is_empty() { Going::Down } else { Going::On }
    }

    /// Where there is a way back few people are asked more often: it takes little, and tells more of what is
    /// still to come.
    fn rounds_now(&self) -> usize {
        if self.are_few() { 4 * self.manner.rounds } else { self.manner.rounds }
    }

    fn are_few(&self) -> bool {
        self.manner.regrets > 0 && self.free.len() <= FEW
    }

    fn is_lost(&self, value: f64) -> bool {
        value > self.manner.limit as f64 - 1.0 + 1e-3
    }

    /// The next person's best row at the program's prices.
    fn ask(&mut self, finder: &mut Finder<'m>) {
        let person = self.free[self.next];
        price_for(self.program.model, person, &self.prices, &mut self.price);
        let days = &self.part.days;
        let part = Open { row: &self.rows[person], from: days.start, until: days.end };
        let open = (days.len() < self.program.model.days).then_some(part);
        let Some((_, row)) = finder.best(person, &self.price, open) else { return };
        let reduced = self.program.reduced(person, &row);
        self.hope += reduced.min(0.0);
        if reduced < -WORTH {
            let before = self.program.pool.len();
            self.program.add(person, &row);
            self.added |= self.program.pool.len() > before;
        }
    }

    /// The roster, once everybody is held.
    pub(super) fn rows(&self) -> Vec<Row> {
        let mut rows = self.rows.clone();
        for person in &self.part.free {
            if let Some(number) = self.held[*person] {
                rows[*person].clone_from(&self.program.pool[number].row);
            }
        }
        rows
    }

    /// The rows it came to know, with whose they are.
    pub(super) fn found(&self) -> impl Iterator<Item = (usize, &Row)> {
        self.program.pool.iter().map(|pooled| (pooled.person, &pooled.row))
    }

    fn solve(&mut self) {
        self.program.solve();
        self.prices = self.program.prices_under(&self.cuts);
    }

    /// Lets those go who were picked last, never to pick these rows for them again.
    fn let_go(&mut self, dice: &mut Dice) -> Going {
        if self.picked.is_empty() || self.given_up.len() >= self.manner.regrets {
            return self.go_back(dice);
        }
        for (person, number) in std::mem::take(&mut self.picked) {
            self.given_up.insert(number);
            self.held[person] = None;
            self.free.push(person);
        }
        self.free.sort_unstable();
        if let Some(mark) = self.mark.take() {
            self.program.linear.go_to(mark);
        }
        self.bar();
        // The rows that are there will do for picking somebody else, unless few are left to ask.
        let rounds = if self.are_few() { 0 } else { usize::MAX };
        (self.next, self.hope, self.rounds, self.added) = (0, 0.0, rounds, false);
        Going::On
    }

    /// What a roster may cost that is found after going back: less than `limit`.
    pub(super) fn want_below(&mut self, limit: i64) {
        self.next_limit = limit;
        if self.went_back {
            self.manner.limit = limit;
        }
    }

    /// Whether it has let some of them go just now, and done nothing since.
    pub(super) fn has_just_gone_back(&self) -> bool {
        self.fresh
    }

    /// Whether it is in a program with cuts.
    pub(super) fn is_under_cuts(&self) -> bool {
        !self.cuts.is_empty()
    }

    /// Lets half of those go who are held, by chance, or a quarter, and forgets what was given up.
    pub(super) fn go_back(&mut self, dice: &mut Dice) -> Going {
        if self.manner.returns == 0 {
            return Going::Lost;
        }
        self.manner.returns -= 1;
        (self.manner.limit, self.went_back, self.fresh) = (self.next_limit, true, true);
        // Where few were left it was nearly well.
        let one_in = if 4 * self.free.len() <= self.part.free.len() { 4 } else { 2 };
        let held: Vec<usize> =
            self.part.free.iter().copied().filter(|person| self.held[*person].is_some()).collect();
        let one = dice.pick(&held);
        for person in held {
            if dice.roll(one_in) == 0 || one == Some(person) {
                self.held[person] = None;
                self.free.push(person);
            }
        }
        self.free.sort_unstable();
        self.given_up.clear();
        self.picked.clear();
        (self.next, self.hope, self.rounds, self.added) = (0, 0.0, 0, false);
        self.bar();
        Going::On
    }

    /// Holds those whose row is chosen, and the likeliest of the others.
    fn hold(&mut self, dice: &mut Dice) {
        let mut likes: Vec<Option<(f64, usize)>> = vec![None; self.held.len()];
        for (number, pooled) in self.program.pool.iter().enumerate() {
            let value = self.program.linear.value(pooled.column);
            let better = likes[pooled.person].is_none_or(|(most, _)| value > most);
            if self.held[pooled.person].is_none() && better && !self.given_up.contains(&number) {
                likes[pooled.person] = Some((value, number));
            }
        }
        let mut by_value: Vec<(f64, usize, usize)> = Vec::with_capacity(self.free.len());
        for person in &self.free {
            let Some((value, number)) = likes[*person] else { continue };
            let chance =
                if value < CHOSEN { self.manner.shake * dice.roll(1000) as f64 / 1000.0 } else { 1.0 };
            by_value.push((value + chance, *person, number));
        }
        by_value.sort_by(|one, other| other.0.total_cmp(&one.0));
        // One more than what is chosen already, or several if they are many.
        let several = if self.given_up.is_empty() { self.free.len().div_ceil(self.manner.share) } else { 1 };
        let chosen = by_value.iter().take_while(|(value, ..)| *value >= 1.0 + CHOSEN).count();
        self.picked.clear();
        for (at, (_, person, number)) in by_value.into_iter().take((chosen + 1).max(several)).enumerate() {
            self.held[person] = Some(number);
            if at >= chosen {
                self.picked.push((person, number));
            }
        }
        self.free.retain(|person| self.held[*person].is_none());
        self.mark = (self.given_up.len() < self.manner.regrets).then(|| self.program.linear.mark());
        (self.next, self.rounds, self.added) = (0, 0, false);
        self.bar();
    }

    /// Bars the rows that those who are held do not have, and those that were given up.
    fn bar(&mut self) {
        let linear = &mut self.program.linear;
        let mut leaving = Vec::new();
        for (number, pooled) in self.program.pool.iter().enumerate() {
            let held = self.held[pooled.person];
            let barred = held.map_or(self.given_up.contains(&number), |held| held != number);
            let leaves = barred && linear.is_basic(pooled.column);
            if leaves {
                leaving.push((pooled.column, pooled.cost));
            }
            linear.set_closed(pooled.column, barred && !leaves);
            linear.set_cost(pooled.column, pooled.cost as f64);
        }
        // First what is open again, while everything is as it was; then what is barred leaves.
        linear.renew_duals();
        linear.solve(PATIENCE);
        for (column, _) in &leaving {
            linear.set_closed(*column, true);
        }
        let before = linear.mark();
        if !linear.drive_out(PATIENCE) {
            linear.go_to(before);
            for (column, cost) in leaving {
                linear.set_cost(column, (cost + BARRED) as f64);
            }
            linear.renew_duals();
        }
        self.solve();
    }
}
