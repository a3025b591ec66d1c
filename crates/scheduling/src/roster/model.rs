//! A roster problem in integers: people × days, on each of them one kind of shift or nothing.

/// Prices are in millionths of what things cost, so that bounds can be exact in integers.
pub const MILLION: i64 = 1_000_000;

/// One person's days: 0 is free, `n` is kind `n - 1` of the model.
pub type Row = Vec<u8>;

/// A kind of shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// What files call it.
    pub name: String,
    /// How long it is, in minutes.
    pub minutes: u32,
    /// Kinds that may not be worked on the day after it.
    pub never_before: Vec<usize>,
}

/// Somebody who works, and the rules of their contract. None of them may be broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// What files call them.
    pub name: String,
    /// At most so many shifts of each kind.
    pub at_most: Vec<u32>,
    /// Minutes over the horizon, at least and at most.
    pub minutes: (u32, u32),
    /// Days worked in a row, at least and at most. A run that touches the horizon's edge is long enough.
    pub run: (u32, u32),
    /// Free days in a row, at least; at the horizon's edge any number is enough.
    pub rest: u32,
    /// Weekends with work on either day, at most.
    pub weekends: u32,
    /// Days on which they never work.
    pub away: Vec<usize>,
    /// What it costs to give them a kind on a day, day by day and kind by kind; less than zero for
    /// wishes granted.
    pub price: Vec<i64>,
}

/// How many people are wanted on a day in a kind, and what each one too few or too many costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cover {
    /// So many.
    pub wanted: u32,
    /// For each one missing.
    pub under: i64,
    /// For each one too many.
    pub over: i64,
}

impl Cover {
    /// What it costs if so many are there.
    pub fn cost(self, there: i64) -> i64 {
        let missing = i64::from(self.wanted) - there;
        if missing > 0 { missing * self.under } else { -missing * self.over }
    }
}

/// The whole problem. Day 0 is a Monday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// How many days.
    pub days: usize,
    /// The kinds of shifts; at most 254.
    pub kinds: Vec<Kind>,
    /// Who works.
    pub people: Vec<Person>,
    /// What is wanted, day by day and kind by kind.
    pub cover: Vec<Cover>,
    /// What is paid whatever happens: the weight of all wishes for a shift, taken back by their price.
    pub base: i64,
}

impl Model {
    /// Where day and kind stand in `cover`, and in a person's `price`.
    pub fn at(&self, day: usize, kind: usize) -> usize {
        day * self.kinds.len() + kind
    }

    /// Everybody free on every day; breaks rules where somebody must work.
    pub fn nobody_works(&self) -> Vec<Row> {
        vec![vec![0; self.days]; self.people.len()]
    }
}
