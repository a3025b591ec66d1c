//! One value of a law: how much, where it is written, how sure we are, how far it bends.

use std::borrow::Cow;

use domain::Gravity;
use serde::{Deserialize, Serialize};

/// Where a value was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The text of the law, read in its version of 2026.
    Text,
    /// A page of the authority that watches over it, or a published judgment.
    Authority,
    /// Pages about the law; to be checked before it is relied on.
    Secondary,
    /// Nobody has read it for this table; to be checked before it is relied on.
    Memory,
    /// A rule of the house, or an agreement.
    House,
}

/// What circumstances allow beyond a limit, if a named person writes down why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exception {
    /// How far; of notice, in clear days.
    pub amount: u32,
    /// Where that is written.
    pub article: &'static str,
    /// Whether it may be used once in a civil week and no more.
    pub once_a_week: bool,
}

/// How far an agreement, a permit or a local statute may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// How far, in the unit of the term.
    pub amount: u32,
    /// Where that is written; empty where no article says so, and the document alone is named.
    pub article: &'static str,
}

/// A value of a law, in the unit of its [`Term`](super::Term).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// How much.
    pub amount: u32,
    /// Where it is written, such as "L3131-1".
    pub article: Cow<'static, str>,
    /// Where we read it.
    pub source: Source,
    /// How much it weighs where it is missed.
    pub gravity: Gravity,
    /// What circumstances allow.
    pub exception: Option<Exception>,
    /// What an agreement may allow; `None` where the law lets none go further.
    pub agreement: Option<Agreement>,
}

impl Limit {
    /// A limit that refuses everywhere, read in the text of the law.
    pub(super) const fn new(amount: u32, article: &'static str) -> Self {
        Self {
            amount,
            article: Cow::Borrowed(article),
            source: Source::Text,
            gravity: Gravity::Absolute,
            exception: None,
            agreement: None,
        }
    }

    /// The same, in hours.
    pub(super) const fn hours(hours: u32, article: &'static str) -> Self {
        Self::new(hours * 60, article)
    }

    /// The same, read elsewhere.
    pub(super) fn from(self, source: Source) -> Self {
        Self { source, ..self }
    }

    /// The same, weighing less.
    pub(super) fn weighing(self, gravity: Gravity) -> Self {
        Self { gravity, ..self }
    }

    /// The same, bending so far for a written reason.
    pub(super) fn bending(self, amount: u32, article: &'static str) -> Self {
        Self { exception: Some(Exception { amount, article, once_a_week: false }), ..self }
    }

    /// The same, bending so far once in a civil week.
    pub(super) fn bending_once_a_week(self, amount: u32, article: &'static str) -> Self {
        Self { exception: Some(Exception { amount, article, once_a_week: true }), ..self }
    }

    /// The same, which an agreement may take so far.
    pub(super) fn by_agreement(self, amount: u32, article: &'static str) -> Self {
        Self { agreement: Some(Agreement { amount, article }), ..self }
    }
}
