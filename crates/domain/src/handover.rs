//! Handovers: changes to a published rota by the people in it, from the asking to the shifts it made.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{HandoverId, PersonId, PoolId, ShiftId, Span, finding::Finding};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandoverKind {
    /// A duty, or a part of it, for whoever may take it.
    GiveAway,
    /// A duty for one of a named colleague's.
    Swap,
    /// The holder cannot come, and stays responsible until somebody takes the duty.
    Absence,
    /// What was handed over goes back to whoever had it before.
    GiveBack,
}

impl HandoverKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::GiveAway, Self::Swap, Self::Absence, Self::GiveBack];

    /// The word stored in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::GiveAway => "give_away",
            Self::Swap => "swap",
            Self::Absence => "absence",
            Self::GiveBack => "give_back",
        }
    }

    /// The kind written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Where a handover stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandoverStatus {
    /// Nobody has taken it yet.
    Open,
    /// Somebody has, and the planner has not said yes yet.
    AwaitingApproval,
    /// The shifts have changed.
    Done,
    /// Whoever asked took it back.
    Withdrawn,
    /// The colleague who was asked, or the planner, said no.
    Refused,
    /// It came to nothing: the duty began, or was changed otherwise.
    Lapsed,
}

impl HandoverStatus {
    /// Every status.
    pub const ALL: [Self; 6] =
        [Self::Open, Self::AwaitingApproval, Self::Done, Self::Withdrawn, Self::Refused, Self::Lapsed];

    /// The word stored in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::AwaitingApproval => "awaiting_approval",
            Self::Done => "done",
            Self::Withdrawn => "withdrawn",
            Self::Refused => "refused",
            Self::Lapsed => "lapsed",
        }
    }

    /// The status written as `word`, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }

    /// Whether something may still come of it.
    pub fn is_under_way(self) -> bool {
        matches!(self, Self::Open | Self::AwaitingApproval)
    }
}

/// A shift that a handover made, changed or cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Which.
    pub shift: ShiftId,
    /// Whose it is or was.
    pub person: PersonId,
    /// Its hours before; none if it was made.
    pub before: Option<Span>,
    /// Its hours since; none if it was cancelled.
    pub after: Option<Span>,
    /// Its sequence since: another one says that it was changed again.
    pub sequence: u32,
}

/// Somebody who was asked to step in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    /// Who.
    pub person: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

/// A duty offered by its holder, or on their behalf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// Its id.
    pub id: HandoverId,
    /// The pool.
    pub pool: PoolId,
    /// The duty.
    pub shift: ShiftId,
    /// Whose it was when this was asked.
    pub person: PersonId,
    /// What is asked.
    pub kind: HandoverKind,
    /// Which part of the duty; all of it, as a rule.
    pub span: Span,
    /// The colleague's duty that is wanted for it, of a swap.
    pub counter: Option<ShiftId>,
    /// Who alone may accept, of a swap and of what is given back.
    pub to: Option<PersonId>,
    /// Who asked: the holder, or somebody on their behalf.
    pub asked_by: PersonId,
    /// What they wrote; empty if nothing.
    pub note: String,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Where it stands.
    pub status: HandoverStatus,
    /// Who takes it or took it.
    pub taken_by: Option<PersonId>,
    /// Who ended it: took it, allowed it, refused it or took it back.
    pub settled_by: Option<PersonId>,
    /// When.
    pub settled_at: Option<DateTime<Utc>>,
    /// What became of the shifts.
    pub moved: Vec<Moved>,
    /// Who was asked to step in, in order; of an absence.
    pub called: Vec<Called>,
    /// Whether everybody who could step in was asked, and nobody has.
    pub all_called: bool,
    /// What it gives back, if it does.
    pub gives_back: Option<HandoverId>,
}

impl Handover {
    /// Whether somebody else asked for the holder.
    pub fn is_on_behalf(&self) -> bool {
        self.asked_by != self.person
    }

    /// Until when it can be taken: the beginning of the duty, or its end where the holder cannot come.
    pub fn deadline(&self) -> DateTime<Utc> {
        match self.kind {
            HandoverKind::Absence => self.span.end(),
            _ => self.span.start(),
        }
    }
}

/// Why somebody cannot take a duty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "why")]
pub enum WhyNot {
    /// It is theirs.
    Holds,
    /// They are on duty in the pool meanwhile.
    OnDuty {
        /// From when to when.
        span: Span,
    },
    /// A rule stands against it.
    Rule {
        /// Which, with article and measure.
        finding: Finding,
    },
    /// They are not free; why is for them and their planner to know.
    NotFree,
    /// Something stands against what it would leave or give whoever has the duty; what is for them and their
    /// planner to know.
    Holder,
    /// Others, who are below their fair share, come first for a while.
    OthersFirst {
        /// Until then.
        until: DateTime<Utc>,
    },
}

/// A colleague, and whether they may take a duty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Eligibility {
    /// Who.
    pub person: PersonId,
    /// What stands against it; nothing, if they may.
    pub reasons: Vec<WhyNot>,
    /// Whether they stand behind the duty as its backup.
    pub is_backup: bool,
    /// By how many worth-minutes they would be over (or under) their fair share with it. Said, and never
    /// a reason.
    pub over_with: i64,
}

impl Eligibility {
    /// Whether they may take it.
    pub fn may(&self) -> bool {
        self.reasons.is_empty()
    }
}
