//! Open duties of a published rota, and somebody who takes one.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{HandoverStatus, NeedId, PersonId, PoolId, RotaId, Rung, ShiftId, Span, TakingId};

/// A duty of a published rota that nobody had, and somebody takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taking {
    /// Its id.
    pub id: TakingId,
    /// The pool.
    pub pool: PoolId,
    /// The rota in which it is open.
    pub rota: RotaId,
    /// The need it fills.
    pub need: NeedId,
    /// Lead or backup.
    pub rung: Rung,
    /// From when to when.
    pub span: Span,
    /// Who takes it.
    pub person: PersonId,
    /// When they said so.
    pub asked_at: DateTime<Utc>,
    /// Where it stands: it waits for the planner, is done, was refused, lapsed, or was given back
    /// ([`HandoverStatus::Withdrawn`]).
    pub status: HandoverStatus,
    /// The duty it became.
    pub shift: Option<ShiftId>,
    /// Who ended it: took it, allowed it, refused it or gave it back.
    pub settled_by: Option<PersonId>,
    /// When.
    pub settled_at: Option<DateTime<Utc>>,
}
