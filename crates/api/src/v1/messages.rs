//! Messages of a conversation: what the visitor wrote, what the office answered, what the house said by
//! itself, and notes among colleagues.

use actix_web::web::{Data, Path};
use app::{
    Advisor, App, Ask,
    desk::threads::{self, Said},
};
use chrono::{DateTime, Utc};
use domain::{ConversationId, Delivery, MessageId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    conversations::watcher,
    query::{Asked, Sorts},
    reply::{self, Listed},
    words::DirectionName,
};
use crate::{Answer, As, Signed};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("at", "at")];

/// What became of a message that is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum DeliveryWord {
    /// There is nothing to send.
    None,
    /// It will be sent.
    Waiting,
    /// It is being sent.
    Sending,
    /// The provider took it.
    Sent,
    /// The provider refused it for good.
    Failed,
    /// It may have been sent or not: decide whether it goes again.
    Unknown,
}

/// A message, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageShown {
    /// Its id.
    pub id: Uuid,
    /// The conversation it belongs to.
    pub conversation: Uuid,
    /// Who says it to whom.
    pub direction: DirectionName,
    /// Which of us wrote it.
    pub author: Option<Uuid>,
    /// The text.
    pub text: String,
    /// The subject, of mails.
    pub subject: Option<String>,
    /// When it was written, or reached us.
    pub at: DateTime<Utc>,
    /// What became of it, if we send it.
    pub delivery: DeliveryWord,
    /// Why it was not sent, in the provider's words.
    pub failed_because: Option<String>,
    /// When the other side saw it, if that is known.
    pub read_at: Option<DateTime<Utc>>,
}

input! {
    /// An answer to the visitor.
    pub struct NewAnswer {
        /// The text.
        #[schema(min_length = 1, max_length = 4000)]
        pub text: String,
        /// The visitor's last message you know of: what they wrote since goes on waiting.
        pub seen: Option<Uuid>,
    }
}

impl From<Said> for MessageShown {
    fn from(one: Said) -> Self {
        let failed_because = match &one.delivery {
            Delivery::Failed { because } if !because.is_empty() => Some(because.clone()),
            _ => None,
        };
        Self {
            id: one.id.0,
            conversation: one.conversation.0,
            direction: DirectionName(one.direction),
            author: one.author.map(|person| person.0),
            text: one.body,
            subject: one.subject,
            at: one.at,
            delivery: match one.delivery {
                Delivery::None => DeliveryWord::None,
                Delivery::Waiting => DeliveryWord::Waiting,
                Delivery::Sending { .. } => DeliveryWord::Sending,
                Delivery::Sent { .. } => DeliveryWord::Sent,
                Delivery::Failed { .. } => DeliveryWord::Failed,
                Delivery::Unknown => DeliveryWord::Unknown,
            },
            failed_because,
            read_at: one.read_at,
        }
    }
}

/// What was said in a conversation you may open. That you looked stands in the office's access log.
#[utoipa::path(get, path = "/api/v1/conversations/{conversation}/messages", tag = "messages",
    params(("conversation" = Uuid, Path)),
    responses((status = 200, description = "A page of messages", body = Listed<MessageShown>)))]
pub async fn list(
    app: Data<App>,
    Signed(session): Signed,
    conversation: Path<ConversationId>,
    asked: Asked,
) -> Result<Answer, Problem> {
    let list = async |ask: &Ask| threads::said(&app, watcher(&session)?, *conversation, ask).await;
    asked.list::<MessageShown, _>(SORTS, list).await
}

/// One message.
#[utoipa::path(get, path = "/api/v1/conversations/{conversation}/messages/{message}", tag = "messages",
    params(("conversation" = Uuid, Path), ("message" = Uuid, Path)),
    responses((status = 200, description = "The message", body = MessageShown)))]
pub async fn show(
    app: Data<App>,
    Signed(session): Signed,
    ids: Path<(ConversationId, MessageId)>,
) -> Result<Answer, Problem> {
    let (conversation, message) = *ids;
    let one = threads::message(&app, watcher(&session)?, conversation, message).await?;
    Ok(reply::one(&MessageShown::from(one)))
}

/// Answers the visitor as the office. Whoever answers has the conversation from then on, if nobody had
/// it; out of a colleague's hand it must be taken first (409).
#[utoipa::path(post, path = "/api/v1/conversations/{conversation}/messages", tag = "messages",
    params(("conversation" = Uuid, Path)), request_body = NewAnswer,
    responses((status = 201, description = "The answer", body = MessageShown)))]
pub async fn answer(
    app: Data<App>,
    As(advisor): As<Advisor>,
    conversation: Path<ConversationId>,
    Body(new): Body<NewAnswer>,
) -> Result<Answer, Problem> {
    let seen = new.seen.map(MessageId);
    let one = threads::answer(&app, &advisor, *conversation, &new.text, seen).await?;
    let place = format!("/api/v1/conversations/{}/messages/{}", one.conversation, one.id);
    Ok(reply::created(&place, &MessageShown::from(one), None))
}

/// Sends a message again that failed, or of which nobody knows whether it went.
#[utoipa::path(post, path = "/api/v1/conversations/{conversation}/messages/{message}/resend",
    tag = "messages", params(("conversation" = Uuid, Path), ("message" = Uuid, Path)),
    responses((status = 200, description = "The message", body = MessageShown)))]
pub async fn resend(
    app: Data<App>,
    As(advisor): As<Advisor>,
    ids: Path<(ConversationId, MessageId)>,
) -> Result<Answer, Problem> {
    let (conversation, message) = *ids;
    let one = threads::send_again(&app, &advisor, conversation, message).await?;
    Ok(reply::one(&MessageShown::from(one)))
}
