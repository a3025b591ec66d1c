//! What laws ask of a [`Record`](crate::record::Record) of work, one rule a file. Each tells every place where it is
//! broken, with what was measured; which limits hold for whom is `law`'s business.
//!
//! Minutes are real: a rest over the night on which clocks go forward is an hour shorter.

pub mod average;
pub mod breaks;
pub mod daily_rest;
pub mod maxima;
pub mod weekly_rest;

use chrono::Duration;
use domain::Span;

/// One place where a rule is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// From when to when.
    pub span: Span,
    /// What was measured there, as a length of time.
    pub measured: Duration,
}
