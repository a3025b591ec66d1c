//! An advisor answers. The answer and the job that carries it are one commit.

use domain::{
    Because, ConversationId, ConversationStatus, Decision, Delivery, Direction, MessageId, PersonId,
};
use storage::{
    Tx,
    conversations::{self, Conversation},
    messages::{self, Message},
    scope::Scope,
    waiting::{self, Waiting},
    writers,
};

use super::{
    seat::{self, Seat, Watcher, at},
    take_in::snippet,
    topics,
};
use crate::{
    Advisor, App, Caller, Error, Refusal,
    jobs::{Job, enqueue},
};

/// The longest answer, in characters.
pub(super) const LONGEST: usize = 4_000;

/// So many messages back one looks for what is answered.
const LOOK_BACK: u64 = 300;

/// Answers a visitor as the office. `key` is the page's: the same key again answers once.
///
/// Whoever answers has the conversation from then on, if nobody had it; if a colleague has it, it must
/// be taken first.
///
/// # Errors
/// [`Refusal::MessageIsEmpty`], [`Refusal::MessageIsTooLong`], [`Refusal::TakenByAnother`], or
/// [`Error::NotFound`] if the conversation is out of the caller's sight.
pub async fn reply(
    app: &App,
    caller: &Caller<Advisor>,
    conversation: ConversationId,
    body: &str,
    key: &str,
) -> Result<MessageId, Error> {
    reply_having_seen(app, caller, conversation, Reply { body, key, seen: None }).await
}

/// An answer as the page sends it.
#[derive(Debug, Clone, Copy)]
pub struct Reply<'a> {
    /// The text.
    pub body: &'a str,
    /// The page's key.
    pub key: &'a str,
    /// The visitor's last message that the page showed; unknown if `None`.
    pub seen: Option<MessageId>,
}

/// [`reply`] from a page that says what it showed: what the visitor wrote since is not answered by this,
/// and goes on waiting.
///
/// # Errors
/// As [`reply`].
pub async fn reply_having_seen(
    app: &App,
    caller: &Caller<Advisor>,
    conversation: ConversationId,
    Reply { body, key, seen }: Reply<'_>,
) -> Result<MessageId, Error> {
    let body = written(body)?;
    if key.is_empty() || key.len() > 80 {
        return Err(Refusal::FieldIsWrong.into());
    }
    let who = Watcher::from(caller);
    let seat = seat::find(app, &who, conversation).await?;
    let reply = Reply { body: &body, key, seen };
    at!(seat, scope => reply_in(app, app.write(scope).await?, (who.person, seat), conversation, reply).await)
}

async fn reply_in<S: Scope>(
    app: &App,
    tx: Tx<S>,
    (person, seat): (PersonId, Seat),
    conversation: ConversationId,
    Reply { body, key, seen }: Reply<'_>,
) -> Result<MessageId, Error> {
    let mut conversation =
        conversations::hold(&tx, conversation).await?.ok_or(Error::NotFound("conversation"))?;
    let key = format!("{person}/{key}");
    if let Some(before) = messages::by_client_key(&tx, conversation.id, &key).await? {
        return Ok(before.id);
    }
    if conversation.assigned_to.is_some_and(|holder| holder != person) {
        return Err(Refusal::TakenByAnother.into());
    }
    let said = messages::of(&tx, conversation.id, LOOK_BACK).await?;
    let message = answer(app, &tx, &conversation, person, (body, key, &said));
    messages::add(&tx, &message).await?;
    let job = Job::Deliver { organisation: conversation.organisation, message: message.id, again: 0 };
    enqueue(app, &tx, &job).await?;
    answered(&tx, &mut conversation, person, (body, unseen(&said, seen))).await?;
    writers::stop(&tx, conversation.id, Some(person)).await?;
    seat.acted(app, &tx, person).await?;
    topics::changed(&tx, &conversation);
    tx.commit().await?;
    Ok(message.id)
}

/// The message as it is kept. What it answers is the visitor's last one, for the thread of a mail.
fn answer<S: Scope>(
    app: &App,
    tx: &Tx<S>,
    conversation: &Conversation,
    person: PersonId,
    (body, key, said): (&str, String, &[Message]),
) -> Message {
    let answered = said.iter().rev().find(|message| message.direction == Direction::In);
    Message {
        id: app.mint(),
        conversation: conversation.id,
        organisation: conversation.organisation,
        direction: Direction::Out,
        author: Some(person),
        body: body.to_owned(),
        subject: answered.and_then(|message| message.subject.clone()),
        provider_id: None,
        in_reply_to: answered.and_then(|message| message.provider_id.clone()),
        at: tx.now(),
        delivery: Delivery::Waiting,
        read_at: None,
        client_key: Some(key),
    }
}

/// What the visitor wrote after the message the page showed last.
fn unseen(said: &[Message], seen: Option<MessageId>) -> &[Message] {
    let Some(at) = seen.and_then(|seen| said.iter().position(|message| message.id == seen)) else {
        return &[];
    };
    let since = &said[at + 1..];
    let first = since.iter().position(|message| message.direction == Direction::In);
    first.map_or(&[], |first| &since[first..])
}

/// The conversation stands answered, in the hand of whoever answered; unless the visitor wrote what the
/// answer knows nothing of.
async fn answered<S: Scope>(
    tx: &Tx<S>,
    conversation: &mut Conversation,
    person: PersonId,
    (body, unseen): (&str, &[Message]),
) -> Result<(), Error> {
    if conversation.assigned_to.is_none() {
        conversation.assigned_to = Some(person);
        conversation.decision = Some(Decision::Assign { to: person, because: Because::TookIt });
        conversation.considered.clear();
    }
    conversation.first_answer_at = conversation.first_answer_at.or(Some(tx.now()));
    conversation.last_message_at = tx.now();
    let Some(first) = unseen.first() else {
        conversation.status = ConversationStatus::Answered;
        conversation.snippet = snippet(body);
        conversations::save(tx, conversation).await?;
        return Ok(waiting::over(tx, conversation.id).await?);
    };
    conversation.status = ConversationStatus::Waiting;
    conversations::save(tx, conversation).await?;
    let waits = Waiting {
        conversation: conversation.id,
        organisation: conversation.organisation,
        pool: conversation.pool,
        assigned_to: conversation.assigned_to,
        load_halves: conversation.channel.load_halves(),
        since: first.at,
        look_at: Some(tx.now()),
    };
    Ok(waiting::put(tx, &waits, None).await?)
}

/// What somebody of us wrote, checked and tidied.
pub(super) fn written(body: &str) -> Result<String, Error> {
    let body = body.replace("\r\n", "\n").replace('\0', "");
    let body = body.trim();
    match body.chars().count() {
        0 => Err(Refusal::MessageIsEmpty.into()),
        length if length > LONGEST => Err(Refusal::MessageIsTooLong.into()),
        _ => Ok(body.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_trimmed_and_never_empty_or_endless() {
        assert_eq!(written("  Bonsoir,\r\nc'est ouvert.\n").unwrap(), "Bonsoir,\nc'est ouvert.");
        assert!(matches!(written(" \n\t "), Err(Error::Refused(Refusal::MessageIsEmpty))));
        assert!(written(&"é".repeat(LONGEST)).is_ok());
        assert!(matches!(written(&"é".repeat(LONGEST + 1)), Err(Error::Refused(Refusal::MessageIsTooLong))));
    }
}
