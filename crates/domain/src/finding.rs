//! What the judge says of a rota: rule, article, person, instants, measure and limit, and the cure.

use serde::{Deserialize, Serialize};

use crate::{PersonId, Span};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gravity {
    /// Refused everywhere.
    Absolute,
    /// Accepted with a named person's written reason.
    Overridable,
    /// Shown.
    Warning,
}

/// A rule a rota can break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Nobody is in two places at once.
    Overlap,
    /// Nobody is on duty while away, or on a day marked "can't".
    Absence,
    /// Hours free between two working days.
    DailyRest,
    /// Work in one civil day, ordinary office hours included.
    DailyMaximum,
    /// From the first start to the last end of a day's work (French civil service).
    DailySpan,
    /// Free hours on end in a civil week.
    WeeklyRest,
    /// The person does not speak a language the slot needs.
    Language,
    /// The person does not work for a member of the pool on that day.
    NotEmployed,
}

/// The smallest change that cures a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cure {
    /// Give this duty to somebody else.
    GiveAway(Span),
    /// Nothing smaller than a change of the plan is known.
    Replan,
}

/// One thing wrong with a rota.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule that is broken.
    pub rule: Rule,
    /// The article it comes from, such as "L3131-1"; empty for rules of the house.
    pub article: String,
    /// Who is concerned.
    pub person: PersonId,
    /// From when to when.
    pub span: Span,
    /// What was measured, in minutes.
    pub measured: i64,
    /// What the rule allows, in minutes.
    pub limit: i64,
    /// How much it weighs.
    pub gravity: Gravity,
    /// The smallest change that cures it.
    pub cure: Cure,
}
