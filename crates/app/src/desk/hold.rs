//! Taking a conversation, giving it back, closing it, and opening it again.

use domain::{Because, ConversationId, ConversationStatus, Decision, Direction, PersonId};
use storage::{
    Tx, audit,
    conversations::{self, Conversation},
    messages::{self, Message},
    scope::Scope,
    waiting::{self, Waiting},
};

use super::{
    seat::{self, Seat, Watcher, at},
    topics,
};
use crate::{Advisor, App, Caller, Error, Refusal};

/// So many messages back one looks for who spoke last.
const LOOK_BACK: u64 = 300;

/// Runs `$do` with a conversation held in the scope in which the caller sees it, as the page showed it.
macro_rules! holding {
    ($app:expr, $caller:expr, $id:expr, $version:expr, ($who:ident, $seat:ident, $tx:ident, $held:ident) => $do:expr) => {{
        let $who = Watcher::from($caller);
        let $seat = seat::find($app, &$who, $id).await?;
        at!($seat, scope => {
            let $tx = $app.write(scope).await?;
            let mut $held = unchanged(&$tx, $id, $version).await?;
            $do
        })
    }};
}

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
    holding!(app, caller, conversation, version, (who, seat, tx, conversation) => {
        let before = conversation.assigned_to;
        conversation.assigned_to = Some(who.person);
        conversation.pool = pool_of(seat).or(conversation.pool);
        conversation.decision = Some(Decision::Assign { to: who.person, because: Because::TookIt });
        conversation.considered.clear();
        if let Some(waits) = waiting::one(&tx, conversation.id).await? {
            let mine = Waiting { assigned_to: Some(who.person), pool: conversation.pool, ..waits.clone() };
            waiting::put(&tx, &mine, Some(&waits)).await?;
        }
        if let Some(before) = before.filter(|before| *before != who.person) {
            let detail = serde_json::json!({ "from": before });
            audit::add(&tx, entry(&who, &conversation, "take", Some(detail))).await?;
        }
        seat.acted(app, &tx, who.person).await?;
        keep(tx, conversation, before).await
    })
}

/// Gives a conversation in the caller's own hand back: nobody is to answer until the next tick decides.
///
/// # Errors
/// As [`take`]; [`Refusal::TakenByAnother`] if it is not in their hand.
pub async fn give_back(
    app: &App,
    caller: &Caller<Advisor>,
    conversation: ConversationId,
    version: i32,
) -> Result<(), Error> {
    holding!(app, caller, conversation, version, (who, _seat, tx, conversation) => {
        if conversation.assigned_to != Some(who.person) {
            return Err(Refusal::TakenByAnother.into());
        }
        conversation.assigned_to = None;
        conversation.decision = None;
        conversation.considered.clear();
        if let Some(waits) = waiting::one(&tx, conversation.id).await? {
            let free = Waiting { assigned_to: None, look_at: Some(tx.now()), ..waits.clone() };
            waiting::put(&tx, &free, Some(&waits)).await?;
        }
        audit::add(&tx, entry(&who, &conversation, "give_back", None)).await?;
        keep(tx, conversation, Some(who.person)).await
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
    holding!(app, caller, conversation, version, (_who, _seat, tx, conversation) => {
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
    holding!(app, caller, conversation, version, (who, seat, tx, conversation) => {
        let before = conversation.assigned_to;
        conversation.status = stands(&messages::of(&tx, conversation.id, LOOK_BACK).await?);
        conversation.assigned_to = Some(who.person);
        conversation.pool = pool_of(seat).or(conversation.pool);
        if conversation.status == ConversationStatus::Waiting {
            waiting::put(&tx, &waits(&conversation, who.person, tx.now()), None).await?;
        }
        seat.acted(app, &tx, who.person).await?;
        keep(tx, conversation, before).await
    })
}

/// Whoever spoke last awaits nothing: only what the office said to the visitor answers them, not what the
/// house said by itself, nor what colleagues noted.
fn stands(said: &[Message]) -> ConversationStatus {
    match said.iter().rfind(|message| message.direction != Direction::Note) {
        Some(last) if last.direction == Direction::Out => ConversationStatus::Answered,
        _ => ConversationStatus::Waiting,
    }
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

/// A line of the audit log about a conversation.
pub(super) fn entry(
    who: &Watcher,
    conversation: &Conversation,
    verb: &'static str,
    detail: Option<serde_json::Value>,
) -> audit::Entry {
    audit::Entry {
        organisation: Some(conversation.organisation),
        person: Some(who.person),
        verb,
        object_kind: "conversation",
        object: Some(conversation.id.0),
        detail,
    }
}

/// The pool through which somebody takes a conversation: while off duty they keep it by that.
fn pool_of(seat: Seat) -> Option<domain::PoolId> {
    match seat {
        Seat::Duty(duty) | Seat::Standby(duty) => Some(duty.pool),
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
