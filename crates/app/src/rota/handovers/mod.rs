//! Handovers: a published duty changes hands among the people of a rota, as far as the law lets it.
//!
//! A holder, or somebody on their behalf, asks ([`ask`]); a colleague takes it ([`accept`]), who was
//! judged eligible then and is judged again now ([`eligible`]); `carry` makes shifts, places, notices
//! and letters of it in the same transaction. Whoever cannot come stays responsible until somebody
//! takes the duty; the others are called one after the other ([`call`]). Duties that are nobody's are
//! taken in [`open`]; somebody may stand beside a lead to learn ([`learners`]).

pub mod accept;
pub mod ask;
pub mod call;
mod carry;
pub mod eligible;
mod follow;
mod ground;
pub mod learners;
mod letters;
pub mod open;
pub mod page;
pub mod read;
mod single;
pub mod swaps;
#[cfg(test)]
mod tests;
mod transfer;

use domain::{Handover, HandoverId, HandoverStatus, OrganisationId, PersonId, PoolId, Role, Shift, ShiftId};
use storage::{Tx, employments, handovers, scope, shifts};

pub(crate) use carry::end_what_no_longer_stands;

use super::{build::board_scope, tell_today};
use crate::{Advisor, App, Caller, Error, Manager, Planner, Session, topics};

/// Who asks, takes or decides: an advisor for themselves, a manager for the people of the office, a
/// planner for everybody in the pool.
#[derive(Debug, Clone)]
pub struct Hand {
    person: PersonId,
    organisation: OrganisationId,
    pools: Vec<PoolId>,
    role: Role,
}

impl Hand {
    fn of<R>(caller: &Caller<R>, role: Role) -> Self {
        Self {
            person: caller.person(),
            organisation: caller.organisation(),
            pools: caller.pools().to_vec(),
            role,
        }
    }

    /// Whoever is signed in, under the hat they wear.
    ///
    /// # Errors
    /// [`Error::RoleMissing`] if they work nowhere.
    pub fn worn(session: &Session) -> Result<Self, Error> {
        match session.hat().map(|hat| hat.role) {
            Some(Role::Planner) => Ok(Self::from(&session.caller::<Planner>()?)),
            Some(Role::Manager) => Ok(Self::from(&session.caller::<Manager>()?)),
            _ => Ok(Self::from(&session.caller::<Advisor>()?)),
        }
    }

    /// Whether it is a planner's.
    pub fn plans(&self) -> bool {
        self.role == Role::Planner
    }

    /// Whose.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// The first of their pools, which lists show when none is named.
    pub fn pool(&self) -> Option<PoolId> {
        self.pools.first().copied()
    }

    /// Whether they may speak for `person` in the pool of `tx`, whose board is `board`.
    async fn speaks_for(
        &self,
        tx: &Tx<scope::Pool>,
        board: OrganisationId,
        person: PersonId,
    ) -> Result<bool, Error> {
        Ok(match self.role {
            Role::Advisor => self.person == person,
            Role::Planner => self.organisation == board,
            Role::Manager => self.staff(tx).await?.contains(&person),
        })
    }

    /// The people of a manager's office.
    async fn staff(&self, tx: &Tx<scope::Pool>) -> Result<Vec<PersonId>, Error> {
        let today = tx.now().date_naive();
        let all = employments::of_organisations(tx, &[self.organisation]).await?;
        // A day more: where it is today already or still is for the office's own zone to say.
        let works = |one: &&domain::Employment| {
            one.until.is_none_or(|last| today.pred_opt().is_none_or(|before| before <= last))
        };
        Ok(all.iter().filter(works).map(|one| one.person).collect())
    }

    /// Whether a handover is theirs to see.
    async fn sees(&self, tx: &Tx<scope::Pool>, board: OrganisationId, one: &Handover) -> Result<bool, Error> {
        let concerned = [Some(one.person), Some(one.asked_by), one.to, one.taken_by];
        Ok(match self.role {
            Role::Planner => self.organisation == board,
            Role::Manager => {
                let staff = self.staff(tx).await?;
                concerned.into_iter().flatten().any(|person| staff.contains(&person))
            }
            Role::Advisor => {
                let offered = one.status == HandoverStatus::Open && one.to.is_none();
                concerned.contains(&Some(self.person)) || offered
            }
        })
    }
}

impl From<&Caller<Advisor>> for Hand {
    fn from(caller: &Caller<Advisor>) -> Self {
        Self::of(caller, Role::Advisor)
    }
}

impl From<&Caller<Manager>> for Hand {
    fn from(caller: &Caller<Manager>) -> Self {
        Self::of(caller, Role::Manager)
    }
}

impl From<&Caller<Planner>> for Hand {
    fn from(caller: &Caller<Planner>) -> Self {
        Self::of(caller, Role::Planner)
    }
}

/// The pool in which `shift` stands, as its board sees it: what follows is narrowed by [`Hand`].
async fn around_shift(app: &App, hand: &Hand, shift: ShiftId) -> Result<scope::Pool, Error> {
    for pool in hand.pools.iter().copied() {
        let Some(scope) = board_scope(app, pool).await? else { continue };
        let tx = app.read(scope).await?;
        if shifts::get(&tx, shift).await?.is_some_and(|shift| shift.pool == pool) {
            return Ok(scope);
        }
    }
    Err(Error::NotFound("shift"))
}

/// The pool of a handover, in the same way.
async fn around_handover(app: &App, hand: &Hand, id: HandoverId) -> Result<scope::Pool, Error> {
    for pool in hand.pools.iter().copied() {
        let Some(scope) = board_scope(app, pool).await? else { continue };
        let tx = app.read(scope).await?;
        if handovers::get(&tx, id).await?.is_some_and(|one| one.pool == pool) {
            return Ok(scope);
        }
    }
    Err(Error::NotFound("handover"))
}

/// The handover of that id, if it is theirs to see.
async fn the_handover(
    tx: &Tx<scope::Pool>,
    board: OrganisationId,
    hand: &Hand,
    id: HandoverId,
) -> Result<Handover, Error> {
    let found = handovers::get(tx, id).await?.ok_or(Error::NotFound("handover"))?;
    if hand.sees(tx, board, &found).await? { Ok(found) } else { Err(Error::NotFound("handover")) }
}

/// Whether the duty is still as it was when it was offered: held by the same, and as long.
fn stands(one: &Handover, shift: Option<&Shift>) -> bool {
    shift.is_some_and(|shift| {
        shift.cancelled_at.is_none()
            && shift.person == one.person
            && shift.span.start() <= one.span.start()
            && one.span.end() <= shift.span.end()
    })
}

/// Says that a handover changed, to the pages that show it.
fn tell_pages(tx: &Tx<scope::Pool>, one: &Handover) {
    for person in [Some(one.person), one.to, one.taken_by].into_iter().flatten() {
        tx.signal(topics::shifts(person));
    }
    tell_today(tx, one.pool);
}
