//! Conversations and what was said in them, as programs read them: under the desk's own rules, those
//! one answers for while on duty, those of the own office while its desk is open, and what a manager
//! may look at.

use domain::{
    ChannelKind, ConversationId, ConversationStatus, Delivery, MessageId, OrganisationId, PersonId,
};
use storage::{
    conversations::{self, Which},
    messages,
    page::{Ask, Page},
    scope::{Duty, Home},
};
use uuid::Uuid;

pub use storage::{conversations::Conversation as Thread, messages::Message as Said};

use super::{
    hold,
    inbox::EARLIER,
    merged::Merged,
    reply::{LONGEST, Reply, reply_having_seen, written},
    resend,
    seat::{self, Watcher, at},
};
use crate::{
    Advisor, App, Caller, Error, Refusal,
    checks::{Fault, Wrong},
    kept::{Kept, Seen},
    privacy::{self, Access},
};

/// Which conversations a program asks for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// Of this office alone.
    pub office: Option<OrganisationId>,
    /// That stand so.
    pub status: Option<ConversationStatus>,
    /// Through this channel.
    pub channel: Option<ChannelKind>,
    /// In this person's hand.
    pub assigned_to: Option<PersonId>,
}

/// The conversations of the inbox as somebody may see it now, a page of them: what waits, and what was
/// spoken in within a day. Older ones are opened by their id, which leaves a line in the access log.
///
/// # Errors
/// If the database cannot be read.
pub async fn threads(
    app: &App,
    who: impl Into<Watcher>,
    wanted: Wanted,
    ask: &Ask,
) -> Result<Page<Thread>, Error> {
    let who = who.into();
    let standing = seat::standing(app, &who).await?;
    let Wanted { office, status, channel, assigned_to } = wanted;
    let which =
        Which { assigned_to, since: Some(app.clock.now() - EARLIER), organisation: office, status, channel };
    let mut merged = Merged::new();
    for pool in who.pools(standing.duty.as_ref()) {
        let tx = app.read(Duty { pool, person: who.person }).await?;
        merged.add(conversations::page(&tx, which, ask).await?);
    }
    let at_desk = who.may_see_own(standing.own_desk_until.is_some(), None);
    if at_desk || assigned_to.is_none_or(|person| person == who.person) {
        let tx = app.read(Home(who.office)).await?;
        let assigned_to = if at_desk { assigned_to } else { Some(who.person) };
        merged.add(conversations::page(&tx, Which { assigned_to, ..which }, ask).await?);
    }
    let at = |one: &Thread| match ask.sort {
        "last_message_at" => Some(one.last_message_at),
        "opened_at" => Some(one.opened_at),
        _ => None,
    };
    let text = |one: &Thread| at(one).map_or_else(|| one.id.to_string(), |at| at.to_rfc3339());
    Ok(merged.page(ask, |one| (at(one), one.id.0), text))
}

/// One conversation.
///
/// # Errors
/// [`Error::NotFound`] if they may not open it now.
pub async fn thread(app: &App, who: impl Into<Watcher>, id: ConversationId) -> Result<Kept<Thread>, Error> {
    let who = who.into();
    let one = look(app, &who, id).await?;
    privacy::note(app, one.organisation, who.person, Access::Opened(id)).await?;
    Ok(kept(one))
}

/// What was said in a conversation, a page of it.
///
/// # Errors
/// [`Error::NotFound`] if they may not open it now.
pub async fn said(
    app: &App,
    who: impl Into<Watcher>,
    id: ConversationId,
    ask: &Ask,
) -> Result<Page<Said>, Error> {
    let who = who.into();
    let seat = seat::find(app, &who, id).await?;
    let one = thread(app, who, id).await?.is;
    at!(seat, scope => Ok(messages::page(&app.read(scope).await?, one.id, ask).await?))
}

/// One message of a conversation.
///
/// # Errors
/// [`Error::NotFound`] if they may not open the conversation now, or it holds no such message.
pub async fn message(
    app: &App,
    who: impl Into<Watcher>,
    conversation: ConversationId,
    id: MessageId,
) -> Result<Said, Error> {
    let who = who.into();
    let seat = seat::find(app, &who, conversation).await?;
    let one = thread(app, who, conversation).await?.is;
    let found = at!(seat, scope => messages::one(&app.read(scope).await?, id).await?);
    found.filter(|message| message.conversation == one.id).ok_or(Error::NotFound("message"))
}

/// Answers a visitor as the office, having seen their message `seen`.
///
/// # Errors
/// As [`super::reply()`]; [`Error::Invalid`] for a text that is none, or if `seen` is none of this
/// conversation.
pub async fn answer(
    app: &App,
    caller: &Caller<Advisor>,
    conversation: ConversationId,
    text: &str,
    seen: Option<MessageId>,
) -> Result<Said, Error> {
    let invalid = |field: &str, wrong| Error::Invalid(vec![Fault::new(field, wrong)]);
    if let Some(seen) = seen {
        match message(app, caller, conversation, seen).await {
            Err(Error::NotFound("message")) => {
                return Err(invalid("seen", Wrong::NotA("a message of this conversation")));
            }
            other => drop(other?),
        }
    }
    let text = written(text).map_err(|error| match error {
        Error::Refused(Refusal::MessageIsEmpty) => invalid("text", Wrong::Empty),
        Error::Refused(Refusal::MessageIsTooLong) => invalid("text", Wrong::TooLong { most: LONGEST }),
        other => other,
    })?;
    let key = app.mint::<Uuid>().to_string();
    let reply = Reply { body: &text, key: &key, seen };
    let id = reply_having_seen(app, caller, conversation, reply).await?;
    message(app, caller, conversation, id).await
}

/// Sends a message again whose outcome is unknown, or that failed.
///
/// # Errors
/// As [`super::resend()`]; [`Refusal::NothingToSend`] if it is neither.
pub async fn send_again(
    app: &App,
    caller: &Caller<Advisor>,
    conversation: ConversationId,
    id: MessageId,
) -> Result<Said, Error> {
    let before = message(app, caller, conversation, id).await?;
    if !matches!(before.delivery, Delivery::Failed { .. } | Delivery::Unknown) {
        return Err(Refusal::NothingToSend.into());
    }
    match resend::resend(app, caller, conversation, id).await {
        Err(Error::Stale) => Err(Refusal::NothingToSend.into()),
        Err(other) => Err(other),
        Ok(()) => message(app, caller, conversation, id).await,
    }
}

/// What may be done to a whole conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Into one's own hand, also out of a colleague's.
    Take,
    /// Out of one's own hand, back to whoever is chosen next.
    GiveBack,
    /// Nobody needs to answer.
    Close,
    /// Open again, in one's own hand.
    Reopen,
}

/// Does it to the state somebody saw, and shows what became of it if it is still theirs to see.
///
/// # Errors
/// [`Error::Stale`] if somebody changed it since, and as the act itself.
pub async fn act(
    app: &App,
    caller: &Caller<Advisor>,
    id: ConversationId,
    seen: &Seen,
    act: Act,
) -> Result<Option<Kept<Thread>>, Error> {
    let now = look(app, &caller.into(), id).await?;
    seen.check((now.id, now.version))?;
    match act {
        Act::Take => hold::take(app, caller, id, now.version).await?,
        Act::GiveBack => hold::give_back(app, caller, id, now.version).await?,
        Act::Close => hold::done(app, caller, id, now.version).await?,
        Act::Reopen => hold::reopen(app, caller, id, now.version).await?,
    }
    match thread(app, caller, id).await {
        Ok(one) => Ok(Some(one)),
        Err(Error::NotFound(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Without a line in the access log: for what is decided before anybody is shown anything.
async fn look(app: &App, who: &Watcher, id: ConversationId) -> Result<Thread, Error> {
    let seat = seat::find(app, who, id).await?;
    let found = at!(seat, scope => conversations::one(&app.read(scope).await?, id).await?);
    found.ok_or(Error::NotFound("conversation"))
}

fn kept(one: Thread) -> Kept<Thread> {
    Kept { tag: Kept::of((one.id, one.version)).tag, is: one }
}
