//! Open duties: places of a published rota in which nobody stands. Whoever may take one does so on *My
//! shifts*, and the first has it; in some pools the planner has the last word.
//!
//! A hole is found in what is published last for its day ([`holes`]). Who takes one is judged as for a
//! handover; while there is time, those below their fair share come first ([`fair`]).

pub(super) mod fair;
pub(in crate::rota) mod holes;
pub mod page;
pub mod read;
pub mod take;
pub mod tell;

use domain::{Assignment, AssignmentId, TakingId};
use storage::{Tx, assignments, scope, takings};

use super::Hand;
use crate::{App, Error, rota::build::board_scope};

/// The pool in which a place stands, as its board sees it: what follows is narrowed by [`Hand`].
async fn around_place(app: &App, hand: &Hand, id: AssignmentId) -> Result<scope::Pool, Error> {
    for pool in hand.pools.iter().copied() {
        let Some(scope) = board_scope(app, pool).await? else { continue };
        if assignments::get(&app.read(scope).await?, id).await?.is_some() {
            return Ok(scope);
        }
    }
    Err(Error::NotFound("open duty"))
}

/// The pool of a taking, in the same way.
async fn around_taking(app: &App, hand: &Hand, id: TakingId) -> Result<scope::Pool, Error> {
    for pool in hand.pools.iter().copied() {
        let Some(scope) = board_scope(app, pool).await? else { continue };
        if takings::get(&app.read(scope).await?, id).await?.is_some_and(|one| one.pool == pool) {
            return Ok(scope);
        }
    }
    Err(Error::NotFound("taking"))
}

/// The hole of that id that is still open, if it can be seen: of a draft nobody but its planner knows.
async fn the_hole(tx: &Tx<scope::Pool>, scope: scope::Pool, id: AssignmentId) -> Result<Assignment, Error> {
    let place = assignments::get(tx, id).await?.ok_or(Error::NotFound("open duty"))?;
    match holes::find(tx, scope.pool, &place).await? {
        holes::Found::Open => Ok(place),
        holes::Found::Filled => Err(crate::Refusal::HandoverIsTaken.into()),
        holes::Found::Over => Err(crate::Refusal::InThePast.into()),
        holes::Found::Unseen => Err(Error::NotFound("open duty")),
    }
}
