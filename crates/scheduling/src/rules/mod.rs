//! What laws ask of a [`Record`](crate::record::Record) of work, one rule or family a file. Each
//! tells every place where it is broken, with what was measured; which limits hold for whom is the
//! business of [`law`](crate::law), and whose fault it is that of the judge.
//!
//! Minutes are real: a rest over the night on which clocks go forward is an hour shorter.

pub mod average;
pub mod breaks;
pub mod closed;
pub mod daily_rest;
pub mod maxima;
pub mod night;
pub mod notice;
pub mod overtime;
pub mod part_time;
pub mod refusal;
pub mod runs;
pub mod standby;
pub mod weekly_rest;

use chrono::{Duration, NaiveDate};
use domain::Span;

/// One place where a rule is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// From when to when.
    pub span: Span,
    /// What was measured there, in the rule's unit. Odd seconds count as a whole minute against
    /// whoever planned it.
    pub measured: i64,
    /// Where work has a part in it: at least `span`.
    pub reach: Span,
    /// The civil days whose law asks: from the first to the last.
    pub days: (NaiveDate, NaiveDate),
}

impl Breach {
    /// A breach that only work within `span` has a part in.
    fn new(span: Span, measured: i64, days: (NaiveDate, NaiveDate)) -> Self {
        Self { span, measured, reach: span, days }
    }
}

/// Whole minutes of what must not be more: a part of one counts.
fn most(length: Duration) -> i64 {
    -least(-length)
}

/// Whole minutes of what must not be less: a part of one does not count.
fn least(length: Duration) -> i64 {
    let micros = length.num_microseconds().expect("a length here is shorter than a life");
    micros.div_euclid(60_000_000)
}

/// `minutes` as a length of time.
fn minutes(minutes: u32) -> Duration {
    Duration::minutes(i64::from(minutes))
}
