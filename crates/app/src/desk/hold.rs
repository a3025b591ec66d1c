//! Taking a conversation, closing it, and opening it again.

use domain::{Because, ConversationId, ConversationStatus, Decision, PersonId};
use storage::{
    Tx,
    conversations::{self, Conversation},
    scope::Scope,
    waiting::{self, Waiting},
};

use super::{
    seat::{self, Seat, Watcher, at},
    topics,
};
use crate::{Advisor, App, Caller, Error};

/// Takes a conversation, also out of a colleague's hand. `version` is the one the page showed.
///
/// # Errors
/// [`Error::Stale`] if it changed since, [`Error::NotFound`] if it is out of the caller's sight.
pub async fn take(
    app: &App,
    caller: &Caller<Advisor>,
    conversation: ConversationId,
    version: i32,
) -> Result<(), Error> {
    let who = Watcher::from(caller);
    let seat = seat::find(app, &who, conversation).await?;
    at!(seat, scope => {
        let tx = app.write(scope).await?;
        let mut conversation = unchanged(&tx, conversation, version).await?;
        let before = conversation.assigned_to;
        conversation.assigned_to = Some(who.person);
        conversation.pool = pool_of(seat).or(conversation.pool);
        conversation.decision = Some(Decision::Assign { to: who.person, because: Because::TookIt });
        conversation.considered.clear();
        if let Some(waits) = waiting::one(&tx, conversation.id).await? {
            waiting::put(&tx, &Waiting { assigned_to: Some(who.person), pool: conversation.pool, ..waits }).await?;
        }
        keep(tx, conversation, before).await
    })
}

/// Closes a conversation: nobody needs to answer. A new message opens it again.
///
/// # Errors
/// As [`take`].
pub async fn done(
    app: &App,
    caller: &Caller<Advisor>,
    conversation: ConversationId,
    version: i32,
) -> Result<(), Error> {
    let who = Watcher::from(caller);
    let seat = seat::find(app, &who, conversation).await?;
    at!(seat, scope => {
        let tx = app.write(scope).await?;
        let mut conversation = unchanged(&tx, conversation, version).await?;
        conversation.status = ConversationStatus::Done;
        waiting::over(&tx, conversation.id).await?;
        keep(tx, conversation, None).await
    })
}

/// Opens a closed conversation again, in the caller's hand.
///
/// # Errors
/// As [`take`].
pub async fn reopen(
    app: &App,
    caller: &Caller<Advisor>,
    conversation: ConversationId,
    version: i32,
) -> Result<(), Error> {
    let who = Watcher::from(caller);
    let seat = seat::find(app, &who, conversation).await?;
    at!(seat, scope => {
        let tx = app.write(scope).await?;
        let mut conversation = unchanged(&tx, conversation, version).await?;
        let before = conversation.assigned_to;
        conversation.status = match conversation.first_answer_at {
            Some(_) => ConversationStatus::Answered,
            None => ConversationStatus::Waiting,
        };
        conversation.assigned_to = Some(who.person);
        conversation.pool = pool_of(seat).or(conversation.pool);
        if conversation.status == ConversationStatus::Waiting {
            waiting::put(&tx, &waits(&conversation, who.person, tx.now())).await?;
        }
        keep(tx, conversation, before).await
    })
}

fn waits(conversation: &Conversation, person: PersonId, now: chrono::DateTime<chrono::Utc>) -> Waiting {
    Waiting {
        conversation: conversation.id,
        organisation: conversation.organisation,
        pool: conversation.pool,
        assigned_to: Some(person),
        load_halves: conversation.channel.load_halves(),
        since: now,
        look_at: Some(now + chrono::Duration::minutes(2)),
    }
}

/// The pool through which somebody takes a conversation: while off duty they keep it by that.
fn pool_of(seat: Seat) -> Option<domain::PoolId> {
    match seat {
        Seat::Duty(duty) => Some(duty.pool),
        Seat::Own(_) => None,
    }
}

/// The conversation, held, if it still is what the page showed.
async fn unchanged<S: Scope>(tx: &Tx<S>, id: ConversationId, version: i32) -> Result<Conversation, Error> {
    let conversation = conversations::hold(tx, id).await?.ok_or(Error::NotFound("conversation"))?;
    if conversation.version == version { Ok(conversation) } else { Err(Error::Stale) }
}

async fn keep<S: Scope>(
    tx: Tx<S>,
    mut conversation: Conversation,
    before: Option<PersonId>,
) -> Result<(), Error> {
    conversations::save(&tx, &mut conversation).await?;
    topics::changed(&tx, &conversation);
    if let Some(before) = before {
        tx.signal(topics::desk(before));
    }
    Ok(tx.commit().await?)
}
