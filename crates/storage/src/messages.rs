//! What was said in conversations, and what became of what we sent.

use chrono::{DateTime, Utc};
use domain::{ConversationId, Delivery, Direction, MessageId, OrganisationId, PersonId};
use sea_orm::{ActiveValue::Set, ColumnTrait, QuerySelect, sea_query::ExprTrait};
use uuid::Uuid;

use crate::{
    StoreError, Tx,
    entities::message::{ActiveModel, Column, Entity, Model},
    error::unreadable,
    page::{self, Ask, Page},
    scope::Scope,
};

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// The conversation it belongs to.
    pub conversation: ConversationId,
    /// The office.
    pub organisation: OrganisationId,
    /// Who says it to whom.
    pub direction: Direction,
    /// Which of us wrote it.
    pub author: Option<PersonId>,
    /// The text.
    pub body: String,
    /// The subject, for mails.
    pub subject: Option<String>,
    /// The provider's id of it; for mails the Message-ID without angle brackets.
    pub provider_id: Option<String>,
    /// The provider's id of the message it answers.
    pub in_reply_to: Option<String>,
    /// When it was written, or reached us.
    pub at: DateTime<Utc>,
    /// What became of it, if we send it.
    pub delivery: Delivery,
    /// When the other side saw it, if that is known.
    pub read_at: Option<DateTime<Utc>>,
    /// The key that makes writing it twice harmless; unique in its conversation.
    pub client_key: Option<String>,
}

/// Adds a message unless its id or key is there already; says whether it was added.
///
/// # Errors
/// If the conversation is not in sight.
pub async fn add<S: Scope>(tx: &Tx<S>, message: &Message) -> Result<bool, StoreError> {
    let (delivery, delivery_at, delivery_said) = delivery_columns(&message.delivery);
    let row = ActiveModel {
        id: Set(message.id.0),
        conversation_id: Set(message.conversation.0),
        organisation_id: Set(message.organisation.0),
        direction: Set(message.direction.word().to_owned()),
        author_id: Set(message.author.map(|author| author.0)),
        body: Set(message.body.clone()),
        subject: Set(message.subject.clone()),
        provider_id: Set(message.provider_id.clone()),
        in_reply_to: Set(message.in_reply_to.clone()),
        at: Set(message.at),
        delivery: Set(delivery.to_owned()),
        delivery_at: Set(delivery_at),
        delivery_said: Set(delivery_said),
        read_at: Set(message.read_at),
        client_key: Set(message.client_key.clone()),
    };
    tx.add_once(row, "add a message").await
}

/// The message, if in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn one<S: Scope>(tx: &Tx<S>, id: MessageId) -> Result<Option<Message>, StoreError> {
    let row = tx.visible::<Entity>().filter(Column::Id.eq(id.0)).one("read a message").await?;
    row.map(from_row).transpose()
}

/// The messages of a conversation, oldest first; of a very long one, the newest `most`.
///
/// # Errors
/// If the database cannot be read.
pub async fn of<S: Scope>(
    tx: &Tx<S>,
    conversation: ConversationId,
    most: u64,
) -> Result<Vec<Message>, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::ConversationId.eq(conversation.0));
    let rows = rows.order_by_desc(Column::At).order_by_desc(Column::Id).limit(most);
    let mut rows = rows.all("read a conversation's messages").await?;
    rows.reverse();
    rows.into_iter().map(from_row).collect()
}

/// The messages of a conversation, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn page<S: Scope>(
    tx: &Tx<S>,
    conversation: ConversationId,
    ask: &Ask,
) -> Result<Page<Message>, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::ConversationId.eq(conversation.0));
    page::of(rows, ask, "list a conversation's messages", from_row).await
}

/// The message of an office that its provider knows by this id.
///
/// # Errors
/// If the database cannot be read.
pub async fn by_provider_id<S: Scope>(
    tx: &Tx<S>,
    organisation: OrganisationId,
    provider_id: &str,
) -> Result<Option<Message>, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::OrganisationId.eq(organisation.0));
    let rows = rows.filter(Column::ProviderId.eq(provider_id)).order_by_desc(Column::At);
    rows.one("look up a message by its provider's id").await?.map(from_row).transpose()
}

/// The message of a conversation that was written under this key.
///
/// # Errors
/// If the database cannot be read.
pub async fn by_client_key<S: Scope>(
    tx: &Tx<S>,
    conversation: ConversationId,
    key: &str,
) -> Result<Option<Message>, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::ConversationId.eq(conversation.0));
    let row = rows.filter(Column::ClientKey.eq(key)).one("look up a message by its key").await?;
    row.map(from_row).transpose()
}

/// Whether an automatic answer went to one of these conversations at `since` or later.
///
/// # Errors
/// If the database cannot be read.
pub async fn automatic_since<S: Scope>(
    tx: &Tx<S>,
    conversations: impl IntoIterator<Item = ConversationId>,
    since: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let rows = tx
        .visible::<Entity>()
        .filter(Column::ConversationId.is_in(conversations.into_iter().map(|id| id.0)))
        .filter(Column::Direction.eq(Direction::Automatic.word()))
        .filter(Column::At.gte(since));
    Ok(rows.one("look for an earlier automatic answer").await?.is_some())
}

/// Who of us answered in these conversations.
///
/// # Errors
/// If the database cannot be read.
pub async fn authors<S: Scope>(
    tx: &Tx<S>,
    conversations: impl IntoIterator<Item = ConversationId>,
) -> Result<Vec<(ConversationId, PersonId)>, StoreError> {
    let pairs: Vec<(Uuid, Option<Uuid>)> = tx
        .visible::<Entity>()
        .filter(Column::ConversationId.is_in(conversations.into_iter().map(|id| id.0)))
        .filter(Column::Direction.eq(Direction::Out.word()))
        .with(|rows| rows.select_only().column(Column::ConversationId).column(Column::AuthorId).distinct())
        .tuples("read who answered")
        .await?;
    Ok(pairs
        .into_iter()
        .filter_map(|(conversation, author)| Some((conversation.into(), author?.into())))
        .collect())
}

/// What a person answered at `since` or later: in which conversation, and when.
///
/// # Errors
/// If the database cannot be read.
pub async fn answered_since<S: Scope>(
    tx: &Tx<S>,
    author: PersonId,
    since: DateTime<Utc>,
) -> Result<Vec<(ConversationId, DateTime<Utc>)>, StoreError> {
    let pairs: Vec<(Uuid, DateTime<Utc>)> = tx
        .visible::<Entity>()
        .filter(Column::AuthorId.eq(author.0))
        .filter(Column::Direction.eq(Direction::Out.word()))
        .filter(Column::At.gte(since))
        .with(|rows| rows.select_only().column(Column::ConversationId).column(Column::At))
        .tuples("read what somebody answered")
        .await?;
    Ok(pairs.into_iter().map(|(conversation, at)| (conversation.into(), at)).collect())
}

/// Who said something when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// In which conversation.
    pub conversation: ConversationId,
    /// Who to whom.
    pub direction: Direction,
    /// Which of us.
    pub author: Option<PersonId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Who said something when in these conversations, at `since` or later, oldest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn turns<S: Scope>(
    tx: &Tx<S>,
    conversations: impl IntoIterator<Item = ConversationId>,
    since: DateTime<Utc>,
) -> Result<Vec<Turn>, StoreError> {
    let rows: Vec<(Uuid, String, Option<Uuid>, DateTime<Utc>)> = tx
        .visible::<Entity>()
        .filter(Column::ConversationId.is_in(conversations.into_iter().map(|id| id.0)))
        .filter(Column::At.gte(since))
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .with(|rows| {
            let columns = [Column::ConversationId, Column::Direction, Column::AuthorId, Column::At];
            rows.select_only().columns(columns)
        })
        .tuples("read who said something when")
        .await?;
    let turn = |(conversation, direction, author, at): (Uuid, String, Option<Uuid>, DateTime<Utc>)| {
        let read = Direction::from_word(&direction);
        let direction = read.ok_or_else(|| unreadable("messages", "direction", &direction))?;
        Ok(Turn { conversation: conversation.into(), direction, author: author.map(Into::into), at })
    };
    rows.into_iter().map(turn).collect()
}

/// Moves a message's delivery on from `from`, unless it has moved meanwhile; says whether it did.
///
/// # Errors
/// If the database refuses.
pub async fn deliver<S: Scope>(
    tx: &Tx<S>,
    id: MessageId,
    from: &Delivery,
    to: &Delivery,
) -> Result<bool, StoreError> {
    let (delivery, delivery_at, delivery_said) = delivery_columns(to);
    let row = ActiveModel {
        id: Set(id.0),
        delivery: Set(delivery.to_owned()),
        delivery_at: Set(delivery_at),
        delivery_said: Set(delivery_said),
        ..Default::default()
    };
    let unmoved = Column::Delivery.eq(delivery_columns(from).0);
    tx.change_where::<Entity, _>(row, unmoved, "move a delivery on").await.map(|moved| moved > 0)
}

/// Notes the provider's id of a message.
///
/// # Errors
/// If the database refuses.
pub async fn known_as<S: Scope>(tx: &Tx<S>, id: MessageId, provider_id: &str) -> Result<(), StoreError> {
    let row =
        ActiveModel { id: Set(id.0), provider_id: Set(Some(provider_id.to_owned())), ..Default::default() };
    tx.change::<Entity, _>(row, "note a provider's id").await.map(|_| ())
}

/// Notes that the visitor has seen what we said; says how many messages are newly read.
///
/// # Errors
/// If the database refuses.
pub async fn read<S: Scope>(tx: &Tx<S>, conversation: ConversationId) -> Result<u64, StoreError> {
    let row = ActiveModel { read_at: Set(Some(tx.now())), ..Default::default() };
    let ours = Column::Direction.is_in([Direction::Out.word(), Direction::Automatic.word()]);
    let unread = Column::ConversationId.eq(conversation.0).and(ours).and(Column::ReadAt.is_null());
    tx.change_where::<Entity, _>(row, unread, "note that messages were read").await
}

/// Whether the visitor wrote something that none of us has seen.
///
/// # Errors
/// If the database cannot be read.
pub async fn any_unseen<S: Scope>(tx: &Tx<S>, conversation: ConversationId) -> Result<bool, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::ConversationId.eq(conversation.0));
    let rows = rows.filter(Column::Direction.eq(Direction::In.word())).filter(Column::ReadAt.is_null());
    Ok(rows.one("look for unread messages").await?.is_some())
}

/// Whether we said something that the visitor has not seen.
///
/// # Errors
/// If the database cannot be read.
pub async fn any_unread<S: Scope>(tx: &Tx<S>, conversation: ConversationId) -> Result<bool, StoreError> {
    let ours = [Direction::Out.word(), Direction::Automatic.word()];
    let rows = tx.visible::<Entity>().filter(Column::ConversationId.eq(conversation.0));
    let rows = rows.filter(Column::Direction.is_in(ours)).filter(Column::ReadAt.is_null());
    Ok(rows.one("look for messages the visitor has not read").await?.is_some())
}

/// Notes that somebody of us has seen what the visitor wrote; says how many messages are newly read.
///
/// # Errors
/// If the database refuses.
pub async fn seen<S: Scope>(tx: &Tx<S>, conversation: ConversationId) -> Result<u64, StoreError> {
    let row = ActiveModel { read_at: Set(Some(tx.now())), ..Default::default() };
    let theirs = Column::Direction.eq(Direction::In.word());
    let unread = Column::ConversationId.eq(conversation.0).and(theirs).and(Column::ReadAt.is_null());
    tx.change_where::<Entity, _>(row, unread, "note that a visitor's messages were read").await
}

/// The columns of a delivery: its word, its instant, its words.
fn delivery_columns(delivery: &Delivery) -> (&'static str, Option<DateTime<Utc>>, Option<String>) {
    match delivery {
        Delivery::None => ("none", None, None),
        Delivery::Waiting => ("waiting", None, None),
        Delivery::Sending { since } => ("sending", Some(*since), None),
        Delivery::Sent { at } => ("sent", Some(*at), None),
        Delivery::Failed { because } => ("failed", None, Some(because.clone())),
        Delivery::Unknown => ("unknown", None, None),
    }
}

fn delivery_of(row: &Model) -> Result<Delivery, StoreError> {
    let at = || row.delivery_at.ok_or_else(|| unreadable("messages", "delivery_at", "nothing"));
    Ok(match row.delivery.as_str() {
        "none" => Delivery::None,
        "waiting" => Delivery::Waiting,
        "sending" => Delivery::Sending { since: at()? },
        "sent" => Delivery::Sent { at: at()? },
        "failed" => Delivery::Failed { because: row.delivery_said.clone().unwrap_or_default() },
        "unknown" => Delivery::Unknown,
        other => return Err(unreadable("messages", "delivery", other)),
    })
}

fn from_row(row: Model) -> Result<Message, StoreError> {
    let direction = Direction::from_word(&row.direction)
        .ok_or_else(|| unreadable("messages", "direction", &row.direction))?;
    Ok(Message {
        delivery: delivery_of(&row)?,
        id: row.id.into(),
        conversation: row.conversation_id.into(),
        organisation: row.organisation_id.into(),
        direction,
        author: row.author_id.map(Into::into),
        body: row.body,
        subject: row.subject,
        provider_id: row.provider_id,
        in_reply_to: row.in_reply_to,
        at: row.at,
        read_at: row.read_at,
        client_key: row.client_key,
    })
}
