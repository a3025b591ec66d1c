//! "Is writing", on both sides, and the sign of life of a visitor's open page.

use chrono::Duration;
use domain::ConversationId;
use storage::{Tx, conversations, scope, scope::Scope, writers};
use uuid::Uuid;

use super::{
    receive::token_hash,
    seat::{self, Watcher, at},
    topics,
};
use crate::{Advisor, App, Caller, Error};

/// Somebody who pressed a key so long ago still counts as writing.
pub(crate) const WRITING_FOR: Duration = Duration::seconds(8);

/// The caller is writing an answer.
///
/// # Errors
/// [`Error::NotFound`] if the conversation is out of their sight.
pub async fn writing(app: &App, caller: &Caller<Advisor>, conversation: ConversationId) -> Result<(), Error> {
    let who = Watcher::from(caller);
    let seat = seat::find(app, &who, conversation).await?;
    at!(seat, scope => beat(app, app.write(scope).await?, conversation, Some(who.person)).await)
}

/// The visitor whose browser holds `token` at the web chat called `slug` is writing.
///
/// # Errors
/// If the database fails. A visitor without a conversation is no error.
pub async fn visitor_writing(app: &App, slug: &str, token: &str) -> Result<(), Error> {
    let hash = token_hash(&app.secrets, slug, token);
    let tx = app.write(scope::Visitor(&hash)).await?;
    match conversations::by_token(&tx, &hash).await? {
        Some(conversation) => beat(app, tx, conversation.id, None).await,
        None => Ok(()),
    }
}

async fn beat<S: Scope>(
    app: &App,
    tx: Tx<S>,
    conversation: ConversationId,
    person: Option<domain::PersonId>,
) -> Result<(), Error> {
    let conversation = conversations::one(&tx, conversation).await?.ok_or(Error::NotFound("conversation"))?;
    let since = tx.now() - WRITING_FOR;
    let known = writers::since(&tx, conversation.id, since).await?;
    let begins = !known.iter().any(|writer| writer.person == person);
    writers::beat(&tx, app.mint::<Uuid>(), (conversation.organisation, conversation.id), person).await?;
    if begins {
        tx.signal(topics::conversation(conversation.organisation, conversation.id));
    }
    Ok(tx.commit().await?)
}
