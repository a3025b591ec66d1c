//! Conversations: one visitor's thread with one office each, under the rules of the desk. An advisor sees
//! those they answer for while on duty, those of their own office while its desk is open, and those in
//! their hand; a manager looks at those of the office and answers nobody; a planner sees none.

use actix_web::web::{Data, Path};
use app::{
    Advisor, App, Ask, Caller, Manager,
    desk::{
        Watcher,
        threads::{self, Act, Thread, Wanted},
    },
    kept::Seen,
};
use chrono::{DateTime, Utc};
use domain::{ChannelKind, ConversationId, ConversationStatus, Role};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
    time::Tongue,
    words::{ChannelName, ConversationStatusName},
};
use crate::{Answer, As, Signed};

/// How the list may be sorted.
pub const SORTS: Sorts =
    &[("created", "id"), ("last_message_at", "last_message_at"), ("opened_at", "opened_at")];

/// A conversation, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConversationShown {
    /// Its id.
    pub id: Uuid,
    /// The office the visitor wrote to.
    pub organisation: Uuid,
    /// Through which channel.
    pub channel: ChannelName,
    /// Where it stands.
    pub status: ConversationStatusName,
    /// The visitor's language, if it is known.
    pub language: Option<Tongue>,
    /// The subject, of mails.
    pub subject: Option<String>,
    /// The beginning of the last message.
    pub snippet: String,
    /// In whose hand it is.
    pub assigned_to: Option<Uuid>,
    /// The pool that answers, while one does.
    pub pool: Option<Uuid>,
    /// When the first message came.
    pub opened_at: DateTime<Utc>,
    /// When a person first answered.
    pub first_answer_at: Option<DateTime<Utc>>,
    /// When the last message came or went.
    pub last_message_at: DateTime<Utc>,
}

impl From<Thread> for ConversationShown {
    fn from(one: Thread) -> Self {
        Self {
            id: one.id.0,
            organisation: one.organisation.0,
            channel: ChannelName(one.channel),
            status: ConversationStatusName(one.status),
            language: one.language.map(Tongue),
            subject: one.subject,
            snippet: one.snippet,
            assigned_to: one.assigned_to.map(|person| person.0),
            pool: one.pool.map(|pool| pool.0),
            opened_at: one.opened_at,
            first_answer_at: one.first_answer_at,
            last_message_at: one.last_message_at,
        }
    }
}

/// Who looks at the desk: the token's role says.
pub(super) fn watcher(session: &app::Session) -> Result<Watcher, app::Error> {
    match session.hat().map(|hat| hat.role) {
        Some(Role::Manager) => Ok(Watcher::from(&session.caller::<Manager>()?)),
        _ => session
            .caller::<Advisor>()
            .map(|advisor| Watcher::from(&advisor))
            .or_else(|_| Ok(Watcher::from(&session.caller::<Manager>()?))),
    }
}

/// The conversations of your inbox: what waits, and what was spoken in within a day.
///
/// Older ones can be opened by their id.
#[utoipa::path(get, path = "/api/v1/conversations", tag = "conversations",
    params(
        ("organisation" = Option<Uuid>, Query, description = "With this office alone"),
        ("status" = Option<ConversationStatusName>, Query, description = "That stand so"),
        ("channel" = Option<ChannelName>, Query, description = "Through this channel"),
        ("assigned_to" = Option<Uuid>, Query, description = "In this person's hand")),
    responses((status = 200, description = "A page of conversations", body = Listed<ConversationShown>)))]
pub async fn list(app: Data<App>, Signed(session): Signed, mut asked: Asked) -> Result<Answer, Problem> {
    let wanted = Wanted {
        office: asked.id("organisation"),
        status: asked.word("status", "waiting, answered or done", ConversationStatus::from_word),
        channel: asked.word("channel", "web_chat or email", ChannelKind::from_word),
        assigned_to: asked.id("assigned_to"),
    };
    let list = async |ask: &Ask| threads::threads(&app, watcher(&session)?, wanted, ask).await;
    asked.list::<ConversationShown, _>(SORTS, list).await
}

/// One of them. That you looked stands in the office's access log.
#[utoipa::path(get, path = "/api/v1/conversations/{conversation}", tag = "conversations",
    params(("conversation" = Uuid, Path)),
    responses((status = 200, description = "The conversation", body = ConversationShown)))]
pub async fn show(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<ConversationId>,
) -> Result<Answer, Problem> {
    Ok(reply::kept::<ConversationShown, _>(threads::thread(&app, watcher(&session)?, *id).await?))
}

/// Takes a conversation into your hand, also out of a colleague's.
#[utoipa::path(post, path = "/api/v1/conversations/{conversation}/take", tag = "conversations",
    params(("conversation" = Uuid, Path)),
    responses((status = 200, description = "The conversation", body = ConversationShown)))]
pub async fn take(
    app: Data<App>,
    As(advisor): As<Advisor>,
    id: Path<ConversationId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    done(&app, &advisor, *id, &seen, Act::Take).await
}

/// Gives a conversation in your hand back: it is decided anew who answers. If it is not yours to see
/// any more, the answer is empty.
#[utoipa::path(post, path = "/api/v1/conversations/{conversation}/give-back", tag = "conversations",
    params(("conversation" = Uuid, Path)),
    responses((status = 200, description = "The conversation", body = ConversationShown),
        (status = 204, description = "Given back, and out of your sight")))]
pub async fn give_back(
    app: Data<App>,
    As(advisor): As<Advisor>,
    id: Path<ConversationId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    done(&app, &advisor, *id, &seen, Act::GiveBack).await
}

/// Closes a conversation: nobody needs to answer. A new message opens it again. If it is not yours to see
/// any more, the answer is empty.
#[utoipa::path(post, path = "/api/v1/conversations/{conversation}/close", tag = "conversations",
    params(("conversation" = Uuid, Path)),
    responses((status = 200, description = "The conversation", body = ConversationShown),
        (status = 204, description = "Closed, and out of your sight")))]
pub async fn close(
    app: Data<App>,
    As(advisor): As<Advisor>,
    id: Path<ConversationId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    done(&app, &advisor, *id, &seen, Act::Close).await
}

/// Opens a closed conversation again, in your hand.
#[utoipa::path(post, path = "/api/v1/conversations/{conversation}/reopen", tag = "conversations",
    params(("conversation" = Uuid, Path)),
    responses((status = 200, description = "The conversation", body = ConversationShown)))]
pub async fn reopen(
    app: Data<App>,
    As(advisor): As<Advisor>,
    id: Path<ConversationId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    done(&app, &advisor, *id, &seen, Act::Reopen).await
}

async fn done(
    app: &App,
    advisor: &Caller<Advisor>,
    id: ConversationId,
    seen: &Seen,
    act: Act,
) -> Result<Answer, Problem> {
    let done = match threads::act(app, advisor, id, seen, act).await {
        Ok(None) => return Ok(reply::gone()),
        Ok(Some(kept)) => Ok(kept),
        Err(error) => Err(error),
    };
    reply::changed::<ConversationShown, _>(done, threads::thread(app, advisor, id)).await
}
