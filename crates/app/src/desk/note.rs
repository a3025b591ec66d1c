//! A note among colleagues, in a conversation. Visitors never see it, and nothing is sent.

use domain::{ConversationId, Delivery, Direction};
use storage::{
    Tx, conversations,
    messages::{self, Message},
    scope::Scope,
};

use super::{
    reply::written,
    seat::{self, Watcher, at},
    topics,
};
use crate::{Advisor, App, Caller, Error};

/// Writes a note into a conversation.
///
/// # Errors
/// As [`super::reply::reply`], but a colleague's conversation takes notes too.
pub async fn note(
    app: &App,
    caller: &Caller<Advisor>,
    conversation: ConversationId,
    body: &str,
) -> Result<(), Error> {
    let body = written(body)?;
    let who = Watcher::from(caller);
    let seat = seat::find(app, &who, conversation).await?;
    at!(seat, scope => note_in(app, app.write(scope).await?, &who, conversation, body).await)
}

async fn note_in<S: Scope>(
    app: &App,
    tx: Tx<S>,
    who: &Watcher,
    conversation: ConversationId,
    body: String,
) -> Result<(), Error> {
    let mut conversation =
        conversations::hold(&tx, conversation).await?.ok_or(Error::NotFound("conversation"))?;
    let note = Message {
        id: app.mint(),
        conversation: conversation.id,
        organisation: conversation.organisation,
        direction: Direction::Note,
        author: Some(who.person),
        body,
        subject: None,
        provider_id: None,
        in_reply_to: None,
        at: tx.now(),
        delivery: Delivery::None,
        read_at: None,
        client_key: None,
    };
    messages::add(&tx, &note).await?;
    conversations::save(&tx, &mut conversation).await?;
    topics::changed(&tx, &conversation);
    Ok(tx.commit().await?)
}
