//! Rotas: what must be filled, who fills it, and what was published.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    AssignmentId, ChangeId, HandoverId, Language, NeedId, NoticeId, PersonId, PoolId, Quality, RotaId,
    ShiftId, Skills, Span, finding::Rule,
};

/// In which order people are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// Answers first.
    Lead,
    /// Is rung when the lead does not answer.
    Backup,
    /// Stands beside a lead to learn: covers nothing, is never rung, and works all the same.
    Learner,
}

impl Rung {
    /// Every rung, in that order.
    pub const ALL: [Self; 3] = [Self::Lead, Self::Backup, Self::Learner];

    /// The word stored in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Backup => "backup",
            Self::Learner => "learner",
        }
    }

    /// Whether somebody on it answers visitors, and so covers the hours.
    pub fn covers(self) -> bool {
        self != Self::Learner
    }

    /// The rung written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rung| rung.word() == word)
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
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Active, Self::Standby];

    /// The word stored in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Standby => "standby",
        }
    }

    /// The kind written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
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

/// A plan of assignments for a period, without its assignments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rota {
    /// Its id.
    pub id: RotaId,
    /// The pool it is for.
    pub pool: PoolId,
    /// The how-manieth draft of its pool it is, from 1.
    pub number: u32,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included.
    pub until: NaiveDate,
    /// Where it is on its way.
    pub status: RotaStatus,
    /// Where the solver's dice start: the same seed builds the same rota again.
    pub seed: i64,
    /// Whether somebody asked the build to stop and keep what it has.
    pub stop_asked: bool,
    /// How the build goes or went.
    pub progress: BuildProgress,
    /// What came of the build, once it ended.
    pub outcome: Option<Built>,
    /// What was written to people when it was published.
    pub message: Option<String>,
    /// Who asked for it.
    pub created_by: Option<PersonId>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Who published it.
    pub published_by: Option<PersonId>,
    /// When.
    pub published_at: Option<DateTime<Utc>>,
    /// How often it was changed: every change names the version it saw.
    pub version: i32,
}

/// How a build goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BuildProgress {
    /// When the solver began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it last said something.
    pub heard_at: Option<DateTime<Utc>>,
    /// The best plan at each improvement: tenths of a second since the start, score of 100.
    pub curve: Vec<(u32, u8)>,
    /// Units of work spent.
    pub work: u64,
    /// Units of work allowed.
    pub budget: u64,
    /// When the solver began anew, if the build was interrupted.
    pub begun_again_at: Option<DateTime<Utc>>,
    /// How good the best plan so far is.
    pub quality: Option<Quality>,
}

/// What came of a build.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Built {
    /// Whether it is proved that no better rota exists.
    pub proved: bool,
    /// Whether it was stopped before it was done.
    pub stopped: bool,
    /// For how long the solver worked, in tenths of a second.
    pub tenths: u32,
    /// Places nobody fills, and why.
    pub holes: Vec<Hole>,
    /// How good it is beside the best there can be; not known of what no solver built.
    pub quality: Option<Quality>,
}

/// A place nobody fills, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hole {
    /// The place.
    pub assignment: AssignmentId,
    /// People who could take it as the rota stood, the best first.
    pub free: Vec<PersonId>,
    /// How many people each rule kept from it, the commonest first.
    pub blocked: Vec<(Rule, u32)>,
    /// Whether it was pinned open.
    pub pinned: bool,
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
    /// At which levels at least, which destinations they must know, and on which channels answer.
    #[serde(default)]
    pub skills: Skills,
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
    /// When its holder was told of what others decided: notice counts from then. Nothing where they took
    /// it themselves, since whoever agrees to a duty needs no notice of it.
    pub told_at: Option<DateTime<Utc>>,
    /// When it was cancelled, if it was.
    pub cancelled_at: Option<DateTime<Utc>>,
}

/// A change made by hand in a draft, so that it can be undone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RotaChange {
    /// Its id.
    pub id: ChangeId,
    /// The draft.
    pub rota: RotaId,
    /// Its pool.
    pub pool: PoolId,
    /// The place.
    pub assignment: AssignmentId,
    /// Who stood in it before.
    pub from: Option<PersonId>,
    /// Who stands in it since.
    pub to: Option<PersonId>,
    /// Whether it was pinned before, and since.
    pub pinned: (bool, bool),
    /// The first of several changes that were made at once, and are taken back at once.
    pub made_with: Option<ChangeId>,
    /// Who changed it.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

/// The proof that somebody was told of a publication, of a handover, or of a single change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    /// Its id, which is also the letter's.
    pub id: NoticeId,
    /// The pool.
    pub pool: PoolId,
    /// What was published; of a handover, the rota its shift stands in.
    pub rota: RotaId,
    /// The handover, if it was one.
    pub handover: Option<HandoverId>,
    /// The single change, if it was one: an open duty taken or given back, a learner added or taken off.
    pub change: Option<ChangeId>,
    /// Who was told.
    pub person: PersonId,
    /// When.
    pub told_at: DateTime<Utc>,
    /// Whole days between the day they were told and the day of the first duty that changed for
    /// them: told on Monday of Wednesday's duty is one clear day.
    pub clear_days: i32,
    /// When they first looked, if they did.
    pub seen_at: Option<DateTime<Utc>>,
    /// When they confirmed having seen it, if they did.
    pub confirmed_at: Option<DateTime<Utc>>,
}
