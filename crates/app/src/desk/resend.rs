//! A message whose fate nobody knows: a person decides whether it goes again.

use domain::{ConversationId, Delivery, MessageId};
use storage::{
    Tx, audit,
    conversations::{self, Conversation},
    messages,
    scope::Scope,
};

use super::{
    hold,
    seat::{self, Watcher, at},
    topics,
};
use crate::{
    Advisor, App, Caller, Error,
    jobs::{Job, enqueue},
};

/// Sends a message again whose outcome is unknown, or that failed; under the same Message-ID, so that
/// a mailbox that has it already may know it again.
///
/// # Errors
/// [`Error::Stale`] if it is not unknown or failed (any more); [`Error::NotFound`] if it is out of the
/// caller's sight.
pub async fn resend(
    app: &App,
    caller: &Caller<Advisor>,
    conversation: ConversationId,
    message: MessageId,
) -> Result<(), Error> {
    let who = Watcher::from(caller);
    let seat = seat::find(app, &who, conversation).await?;
    at!(seat, scope => {
        let tx = app.write(scope).await?;
        let again = tx.now().timestamp_micros();
        let decided = decide(&tx, conversation, message, &Delivery::Waiting).await?;
        let organisation = decided.organisation;
        let detail = serde_json::json!({ "message": message });
        audit::add(&tx, hold::entry(&who, &decided, "resend", Some(detail))).await?;
        enqueue(app, &tx, &Job::Deliver { organisation, message, again }).await?;
        Ok(tx.commit().await?)
    })
}

/// Leaves a message as it is: it is not sent again, and the page stops asking.
///
/// # Errors
/// As [`resend`].
pub async fn leave(
    app: &App,
    caller: &Caller<Advisor>,
    conversation: ConversationId,
    message: MessageId,
) -> Result<(), Error> {
    let who = Watcher::from(caller);
    let seat = seat::find(app, &who, conversation).await?;
    at!(seat, scope => {
        let tx = app.write(scope).await?;
        let decided = decide(&tx, conversation, message, &dropped()).await?;
        let detail = serde_json::json!({ "message": message });
        audit::add(&tx, hold::entry(&who, &decided, "leave_unsent", Some(detail))).await?;
        Ok(tx.commit().await?)
    })
}

/// Not sent, as far as a person decided; nobody said why it failed.
fn dropped() -> Delivery {
    Delivery::Failed { because: String::new() }
}

async fn decide<S: Scope>(
    tx: &Tx<S>,
    conversation: ConversationId,
    message: MessageId,
    to: &Delivery,
) -> Result<Conversation, Error> {
    let mut conversation =
        conversations::hold(tx, conversation).await?.ok_or(Error::NotFound("conversation"))?;
    let message = messages::one(tx, message).await?.ok_or(Error::NotFound("message"))?;
    if message.conversation != conversation.id {
        return Err(Error::NotFound("message"));
    }
    let open = matches!(message.delivery, Delivery::Unknown | Delivery::Failed { .. });
    if !open || !messages::deliver(tx, message.id, &message.delivery, to).await? {
        return Err(Error::Stale);
    }
    conversations::save(tx, &mut conversation).await?;
    topics::changed(tx, &conversation);
    Ok(conversation)
}
