//! One visitor's thread with one office: whose it is, where it stands, and why.

use chrono::{DateTime, Utc};
use domain::{
    ChannelAccountId, ChannelKind, Considered, ConversationId, ConversationStatus, Decision, Language,
    OrganisationId, PersonId, PoolId, VisitorId,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, Condition, QuerySelect,
};

use crate::{
    StoreError, Tx,
    entities::conversation::{ActiveModel, Column, Entity, Model},
    error::unreadable,
    page::{self, Ask, Page},
    scope::Scope,
    tx::Rows,
};

/// One visitor's thread with one office.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// The office.
    pub organisation: OrganisationId,
    /// Through which account.
    pub account: ChannelAccountId,
    /// Through which channel.
    pub channel: ChannelKind,
    /// Who writes.
    pub visitor: VisitorId,
    /// The pool that answers, while one does.
    pub pool: Option<PoolId>,
    /// Where it stands.
    pub status: ConversationStatus,
    /// The visitor's language, if it is known.
    pub language: Option<Language>,
    /// The subject, for mails.
    pub subject: Option<String>,
    /// The beginning of the last message, for lists.
    pub snippet: String,
    /// Who has it in hand.
    pub assigned_to: Option<PersonId>,
    /// The last decision on who answers.
    pub decision: Option<Decision>,
    /// Who was weighed for it.
    pub considered: Vec<Considered>,
    /// When the first message came.
    pub opened_at: DateTime<Utc>,
    /// When a person first answered.
    pub first_answer_at: Option<DateTime<Utc>>,
    /// When the last message came or went.
    pub last_message_at: DateTime<Utc>,
    /// The hash of the token in the visitor's browser, for web chat.
    pub token_hash: Option<String>,
    /// Counts its changes.
    pub version: i32,
}

/// Which conversations a list shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Which {
    /// Only those in somebody's hand.
    pub assigned_to: Option<PersonId>,
    /// Only those not done, and those that were done or answered after this instant.
    pub since: Option<DateTime<Utc>>,
    /// Only of this office.
    pub organisation: Option<OrganisationId>,
    /// Only those that stand so.
    pub status: Option<ConversationStatus>,
    /// Only through this channel.
    pub channel: Option<ChannelKind>,
}

/// Adds a conversation unless it is there already; says whether it was added.
///
/// # Errors
/// If the office is not in sight.
pub async fn add<S: Scope>(tx: &Tx<S>, conversation: &Conversation) -> Result<bool, StoreError> {
    tx.add_once(row_of(conversation)?, "add a conversation").await
}

/// The conversation, if in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn one<S: Scope>(tx: &Tx<S>, id: ConversationId) -> Result<Option<Conversation>, StoreError> {
    let row = tx.visible::<Entity>().filter(Column::Id.eq(id.0)).one("read a conversation").await?;
    row.map(from_row).transpose()
}

/// The conversation, held until the transaction ends so that nobody changes it meanwhile.
///
/// # Errors
/// If the database cannot be read.
pub async fn hold<S: Scope>(tx: &Tx<S>, id: ConversationId) -> Result<Option<Conversation>, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::Id.eq(id.0)).with(|rows| rows.lock_exclusive());
    rows.one("hold a conversation").await?.map(from_row).transpose()
}

/// The web chat whose visitor holds the token with this hash.
///
/// # Errors
/// If the database cannot be read.
pub async fn by_token<S: Scope>(tx: &Tx<S>, hash: &str) -> Result<Option<Conversation>, StoreError> {
    let row = tx
        .visible::<Entity>()
        .filter(Column::TokenHash.eq(hash))
        .one("look up a visitor's conversation")
        .await?;
    row.map(from_row).transpose()
}

/// The last fifty conversations of a visitor, newest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_visitor<S: Scope>(tx: &Tx<S>, visitor: VisitorId) -> Result<Vec<Conversation>, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::VisitorId.eq(visitor.0));
    let rows = rows.order_by_desc(Column::LastMessageAt).limit(50);
    rows.all("list a visitor's last conversations").await?.into_iter().map(from_row).collect()
}

/// Every conversation of a visitor, newest first: for whoever exports or erases them.
///
/// # Errors
/// If the database cannot be read.
pub async fn all_of_visitor(
    tx: &Tx<crate::scope::Home>,
    visitor: VisitorId,
) -> Result<Vec<Conversation>, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::VisitorId.eq(visitor.0));
    let rows = rows.order_by_desc(Column::LastMessageAt);
    rows.all("list a visitor's conversations").await?.into_iter().map(from_row).collect()
}

/// Conversations in sight, those with the newest message first.
///
/// # Errors
/// If the database cannot be read.
pub async fn list<S: Scope>(tx: &Tx<S>, which: Which, most: u64) -> Result<Vec<Conversation>, StoreError> {
    let rows = those(tx, which).order_by_desc(Column::LastMessageAt).limit(most);
    rows.all("list conversations").await?.into_iter().map(from_row).collect()
}

/// The same, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn page<S: Scope>(tx: &Tx<S>, which: Which, ask: &Ask) -> Result<Page<Conversation>, StoreError> {
    page::of(those(tx, which), ask, "list conversations", from_row).await
}

fn those<S: Scope>(tx: &Tx<S>, which: Which) -> Rows<'_, Entity> {
    let mut rows = tx.visible::<Entity>();
    if let Some(office) = which.organisation {
        rows = rows.filter(Column::OrganisationId.eq(office.0));
    }
    if let Some(status) = which.status {
        rows = rows.filter(Column::Status.eq(status.word()));
    }
    if let Some(channel) = which.channel {
        rows = rows.filter(Column::Channel.eq(channel.word()));
    }
    if let Some(person) = which.assigned_to {
        rows = rows.filter(Column::AssignedTo.eq(person.0));
    }
    if let Some(since) = which.since {
        let open = Column::Status.eq(ConversationStatus::Waiting.word());
        rows = rows.filter(Condition::any().add(open).add(Column::LastMessageAt.gte(since)));
    }
    rows
}

/// The conversations in sight that wait for `person`: those in their hand, and, unless `only_theirs`,
/// those in nobody's.
///
/// # Errors
/// If the database cannot be read.
pub async fn waiting_for<S: Scope>(
    tx: &Tx<S>,
    person: PersonId,
    only_theirs: bool,
) -> Result<Vec<ConversationId>, StoreError> {
    let theirs = Condition::any().add(Column::AssignedTo.eq(person.0));
    let whose = if only_theirs { theirs } else { theirs.add(Column::AssignedTo.is_null()) };
    let waits = Column::Status.eq(ConversationStatus::Waiting.word());
    let ids: Vec<(uuid::Uuid,)> = tx
        .visible::<Entity>()
        .filter(waits)
        .filter(whose)
        .with(|rows| rows.select_only().column(Column::Id))
        .tuples("list what waits for somebody")
        .await?;
    Ok(ids.into_iter().map(|(id,)| id.into()).collect())
}

/// The conversations of an office that a person first answered at `since` or later: when the visitor
/// wrote, and when that was.
///
/// # Errors
/// If the database cannot be read.
pub async fn first_answers<S: Scope>(
    tx: &Tx<S>,
    organisation: OrganisationId,
    since: DateTime<Utc>,
) -> Result<Vec<(DateTime<Utc>, DateTime<Utc>)>, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::OrganisationId.eq(organisation.0));
    // What was last said is never older than the first answer, and by that the table is ordered.
    let rows = rows.filter(Column::LastMessageAt.gte(since));
    let rows = rows.filter(Column::FirstAnswerAt.gte(since)).limit(5_000);
    rows.with(|rows| rows.select_only().column(Column::OpenedAt).column(Column::FirstAnswerAt))
        .tuples("read how long first answers took")
        .await
}

/// Saves every change of `conversation`, and counts it in its version.
///
/// # Errors
/// [`StoreError::Stale`] if it was changed since it was read.
pub async fn save<S: Scope>(tx: &Tx<S>, conversation: &mut Conversation) -> Result<(), StoreError> {
    let seen = conversation.version;
    conversation.version += 1;
    let row = row_of(conversation)?;
    match tx.change_where::<Entity, _>(row, Column::Version.eq(seen), "save a conversation").await? {
        0 => Err(StoreError::Stale),
        _ => Ok(()),
    }
}

fn row_of(conversation: &Conversation) -> Result<ActiveModel, StoreError> {
    let c = conversation;
    let json = |value: serde_json::Result<serde_json::Value>| {
        value.map_err(|error| unreadable("conversations", "decision", error))
    };
    Ok(ActiveModel {
        id: Set(c.id.0),
        organisation_id: Set(c.organisation.0),
        channel_account_id: Set(c.account.0),
        channel: Set(c.channel.word().to_owned()),
        visitor_id: Set(c.visitor.0),
        pool_id: Set(c.pool.map(|pool| pool.0)),
        status: Set(c.status.word().to_owned()),
        language: Set(c.language.map(|language| language.code().to_owned())),
        subject: Set(c.subject.clone()),
        snippet: Set(c.snippet.clone()),
        assigned_to: Set(c.assigned_to.map(|person| person.0)),
        decision: Set(c
            .decision
            .as_ref()
            .map(|decision| json(serde_json::to_value(decision)))
            .transpose()?),
        considered: Set(Some(json(serde_json::to_value(&c.considered))?)),
        opened_at: Set(c.opened_at),
        first_answer_at: Set(c.first_answer_at),
        last_message_at: Set(c.last_message_at),
        token_hash: Set(c.token_hash.clone()),
        version: Set(c.version),
        anonymised_at: NotSet,
    })
}

fn from_row(row: Model) -> Result<Conversation, StoreError> {
    let unread = |column: &str, value: &dyn std::fmt::Display| unreadable("conversations", column, value);
    Ok(Conversation {
        id: row.id.into(),
        organisation: row.organisation_id.into(),
        account: row.channel_account_id.into(),
        channel: ChannelKind::from_word(&row.channel).ok_or_else(|| unread("channel", &row.channel))?,
        visitor: row.visitor_id.into(),
        pool: row.pool_id.map(Into::into),
        status: ConversationStatus::from_word(&row.status).ok_or_else(|| unread("status", &row.status))?,
        language: row.language.as_deref().and_then(Language::parse),
        subject: row.subject,
        snippet: row.snippet,
        assigned_to: row.assigned_to.map(Into::into),
        decision: row
            .decision
            .map(serde_json::from_value)
            .transpose()
            .map_err(|error| unread("decision", &error))?,
        considered: row
            .considered
            .map(serde_json::from_value)
            .transpose()
            .map_err(|error| unread("considered", &error))?
            .unwrap_or_default(),
        opened_at: row.opened_at,
        first_answer_at: row.first_answer_at,
        last_message_at: row.last_message_at,
        token_hash: row.token_hash,
        version: row.version,
    })
}
