//! What a named person accepted of what the judge found, and why: the law knows exceptions, and none
//! without a reason that can be shown.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{AcceptanceId, Finding, Gravity, HandoverId, PersonId, PoolId, RotaId};

/// A finding that somebody accepted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Acceptance {
    /// Its id.
    pub id: AcceptanceId,
    /// The pool.
    pub pool: PoolId,
    /// The publication it was accepted for; of a handover, the rota its duty stands in.
    pub rota: RotaId,
    /// The handover, if it was one.
    pub handover: Option<HandoverId>,
    /// What was found.
    pub finding: Finding,
    /// Why it was accepted, in their words.
    pub reason: String,
    /// Who accepted it.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

impl Acceptance {
    /// Whether it covers `finding`: the same rule for the same person over the same hours, missed by no
    /// more than was accepted.
    pub fn covers(&self, finding: &Finding) -> bool {
        let same = |one: &Finding| (one.rule, one.person, one.span, one.unit);
        same(&self.finding) == same(finding)
            && finding.gravity == Gravity::Overridable
            && finding.missing() <= self.finding.missing()
            && self.finding.excuses(finding)
    }
}
