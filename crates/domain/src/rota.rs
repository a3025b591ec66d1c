//! Rotas: what must be filled, who fills it, and what was published.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{AssignmentId, Language, NeedId, PersonId, PoolId, RotaId, ShiftId, Span};

/// In which order people are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// Answers first.
    Lead,
    /// Is rung when the lead does not answer.
    Backup,
}

impl Rung {
    /// The word stored in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Backup => "backup",
        }
    }

    /// The rung written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Lead, Self::Backup].into_iter().find(|rung| rung.word() == word)
    }
}

/// What the hours of a duty are in law. Independent of the rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyKind {
    /// The whole time is work (*permanence*).
    Active,
    /// Waiting at home is rest; each answer is work (*astreinte*).
    Standby,
}

impl DutyKind {
    /// The word stored in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Standby => "standby",
        }
    }

    /// The kind written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Active, Self::Standby].into_iter().find(|kind| kind.word() == word)
    }
}

/// Where a rota is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RotaStatus {
    /// The solver is at work.
    Building,
    /// Can be changed; advisors do not see it.
    Draft,
    /// Its assignments are shifts.
    Published,
    /// A later publication took its place.
    Superseded,
    /// Put aside.
    Discarded,
}

impl RotaStatus {
    /// Every status.
    pub const ALL: [Self; 5] =
        [Self::Building, Self::Draft, Self::Published, Self::Superseded, Self::Discarded];

    /// The word stored in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Building => "building",
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Superseded => "superseded",
            Self::Discarded => "discarded",
        }
    }

    /// The status written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }
}

/// One place to fill: one person, one rung, one stretch of time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Slot {
    /// The need it comes from.
    pub need: NeedId,
    /// The local day on which it starts, in the pool's zone.
    pub day: NaiveDate,
    /// From when to when.
    pub span: Span,
    /// Lead or backup.
    pub rung: Rung,
    /// Which of several people of the same rung, from 0.
    pub place: u8,
    /// Languages the person must speak.
    pub languages: Vec<Language>,
}

/// A place in a rota: a person, or nobody yet, in a slot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assignment {
    /// Its id.
    pub id: AssignmentId,
    /// The rota it stands in.
    pub rota: RotaId,
    /// The place.
    pub slot: Slot,
    /// Who; `None` is a hole.
    pub person: Option<PersonId>,
    /// Whether a new build must leave it as it is.
    pub pinned: bool,
}

/// A published duty of one person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shift {
    /// Its id: stays the same while it is changed, so that calendars follow it.
    pub id: ShiftId,
    /// The pool that watches.
    pub pool: PoolId,
    /// The rota that published it.
    pub rota: RotaId,
    /// The need it fills.
    pub need: NeedId,
    /// Who is on.
    pub person: PersonId,
    /// Lead or backup.
    pub rung: Rung,
    /// Active or standby.
    pub kind: DutyKind,
    /// From when to when, end excluded.
    pub span: Span,
    /// How often it was changed since it was published (RFC 5545 SEQUENCE).
    pub sequence: u32,
    /// When it was last changed.
    pub changed_at: DateTime<Utc>,
    /// When it was cancelled, if it was.
    pub cancelled_at: Option<DateTime<Utc>>,
}
