//! Search and bound side by side, on two cores or on one: they meet at fixed marks of work and tell
//! each other what they found, so the result depends on the seed and the work and on nothing else.
//!
//! Where rows are too long to be asked for whole, nothing bounds and both sides search.

use super::{
    climb::Climber,
    evaluate::evaluate,
    halt::Halt,
    merge::merge,
    model::{Model, Row},
    seek::Seeker,
    wide::Wide,
};

/// The largest linear program, in equations.
const LARGEST_PROGRAM: usize = 2000;

/// Both sides, and the best roster of either.
#[derive(Debug)]
pub struct Pair<'m> {
    model: &'m Model,
    halt: Halt,
    seeker: Seeker<'m>,
    side: Side<'m>,
    rows: Vec<Row>,
    cost: i64,
}

/// What the second side does.
#[derive(Debug)]
enum Side<'m> {
    Climbs(Box<Climber<'m>>),
    Seeks(Box<Wide<'m>>),
}

impl<'m> Pair<'m> {
    /// Begins with everybody put in one after the other; `None` if somebody has no legal row, or if
    /// `halt` said so before everybody had one.
    pub fn new(model: &'m Model, seed: u64, halt: &Halt) -> Option<Self> {
        let seeker = Seeker::new(model, seed, halt);
        let (rows, cost) = seeker.best();
        let rows = rows.to_vec();
        if !evaluate(model, &rows).broken.is_empty() {
            return None;
        }
        let small = model.people.len() + model.cover.len() <= LARGEST_PROGRAM;
        let side = if small && seeker.knows_whole_rows() {
            Side::Climbs(Box::new(Climber::new(model, &rows, cost, seed, halt)))
        } else {
            Side::Seeks(Box::new(Wide::new(model, &rows, !seed, halt)))
        };
        Some(Self { model, halt: halt.clone(), seeker, side, rows, cost })
    }

    /// The best roster so far, and what it costs.
    pub fn best(&self) -> (&[Row], i64) {
        (&self.rows, self.cost)
    }

    /// What any roster costs at least; `None` before it is known.
    pub fn bound(&self) -> Option<i64> {
        match &self.side {
            Side::Climbs(climber) => climber.bound(),
            Side::Seeks(wide) => wide.bound(),
        }
    }

    /// Whether nothing can be better than the best.
    pub fn is_proved(&self) -> bool {
        self.bound() == Some(self.cost)
    }

    /// Each side does so much work, at once if there are two `threads`. Ends early once everything is
    /// proved, or halted: then the best is still the best, but how far it got depends on the moment.
    pub fn round(&mut self, work: u64, threads: usize) {
        if self.is_proved() || self.halt.is_stopped() {
            return;
        }
        let (seeker, side) = (&mut self.seeker, &mut self.side);
        if threads == 1 {
            seeker.step(work);
            side.step(work);
        } else {
            std::thread::scope(|scope| {
                scope.spawn(|| side.step(work));
                seeker.step(work);
            });
        }
        self.meet();
    }

    fn meet(&mut self) {
        let (one, other) = (self.seeker.best(), self.side.best());
        let (first, second) = if one.1 <= other.1 { (one, other) } else { (other, one) };
        if first.1 < self.cost {
            let both = merge(self.model, &self.rows, first.0, second.0);
            let first = (first.0.to_vec(), first.1);
            (self.rows, self.cost) = if both.1 < first.1 { both } else { first };
        }
        self.seeker.learn(&self.rows, self.cost);
        match &mut self.side {
            Side::Seeks(wide) => {
                wide.learn(&self.rows, self.cost);
                if let Some(prices) = wide.prices() {
                    self.seeker.lean_on(&prices, true);
                }
            }
            Side::Climbs(climber) => {
                climber.learn(&self.rows, self.cost);
                if let Some(prices) = climber.prices() {
                    self.seeker.lean_on(&prices, climber.is_sure_of_prices());
                }
            }
        }
        debug_assert_eq!(evaluate(self.model, &self.rows).penalty, self.cost);
    }
}

impl Side<'_> {
    fn step(&mut self, work: u64) {
        match self {
            Self::Climbs(climber) => climber.step(work),
            Self::Seeks(wide) => wide.step(work),
        }
    }

    fn best(&self) -> (&[Row], i64) {
        match self {
            Self::Climbs(climber) => climber.best(),
            Self::Seeks(wide) => wide.best(),
        }
    }
}
