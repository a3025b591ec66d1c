//! When visitors wrote and when they were answered: instants without a word of what was said, for
//! totals that a planner or a manager may see.

use chrono::{DateTime, Utc};
use domain::{ChannelKind, ConversationId, Decision, Direction, OrganisationId, Span};
use sea_orm::{ColumnTrait, QuerySelect};

use crate::{
    StoreError, Tx, columns,
    entities::{conversation, message, waiting},
    scope::Scope,
};

/// A conversation as figures see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Through which channel.
    pub channel: ChannelKind,
    /// When the visitor first wrote.
    pub at: DateTime<Utc>,
    /// When a person first answered, if one did.
    pub answered_at: Option<DateTime<Utc>>,
}

/// A conversation that waits and that nobody has.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// Which.
    pub conversation: ConversationId,
    /// Since when.
    pub since: DateTime<Utc>,
    /// What was last decided.
    pub decision: Option<Decision>,
}

/// The conversations that visitors began with `office` within `span`, first come first.
///
/// # Errors
/// If the database cannot be read.
pub async fn begun<S: Scope>(
    tx: &Tx<S>,
    office: OrganisationId,
    span: Span,
) -> Result<Vec<Written>, StoreError> {
    let rows: Vec<(String, DateTime<Utc>, Option<DateTime<Utc>>)> = tx
        .visible::<conversation::Entity>()
        .filter(conversation::Column::OrganisationId.eq(office.0))
        .filter(conversation::Column::OpenedAt.gte(span.start()))
        .filter(conversation::Column::OpenedAt.lt(span.end()))
        .order_by_asc(conversation::Column::OpenedAt)
        .with(|rows| {
            rows.select_only()
                .column(conversation::Column::Channel)
                .column(conversation::Column::OpenedAt)
                .column(conversation::Column::FirstAnswerAt)
        })
        .tuples("read when visitors wrote")
        .await?;
    let read = |(channel, at, answered_at): (String, _, _)| {
        Ok(Written {
            channel: columns::word("conversations", &channel, ChannelKind::from_word)?,
            at,
            answered_at,
        })
    };
    rows.into_iter().map(read).collect()
}

/// When messages of visitors came to `office` within `span`, first come first.
///
/// # Errors
/// If the database cannot be read.
pub async fn arrived<S: Scope>(
    tx: &Tx<S>,
    office: OrganisationId,
    span: Span,
) -> Result<Vec<DateTime<Utc>>, StoreError> {
    let rows: Vec<(DateTime<Utc>,)> = tx
        .visible::<message::Entity>()
        .filter(message::Column::OrganisationId.eq(office.0))
        .filter(message::Column::Direction.eq(Direction::In.word()))
        .filter(message::Column::At.gte(span.start()))
        .filter(message::Column::At.lt(span.end()))
        .order_by_asc(message::Column::At)
        .with(|rows| rows.select_only().column(message::Column::At))
        .tuples("read when messages came")
        .await?;
    Ok(rows.into_iter().map(|(at,)| at).collect())
}

/// The conversations of `office` that wait and that nobody has, longest wait first.
///
/// # Errors
/// If the database cannot be read.
pub async fn held<S: Scope>(tx: &Tx<S>, office: OrganisationId) -> Result<Vec<Held>, StoreError> {
    let rows = tx
        .visible::<waiting::Entity>()
        .filter(waiting::Column::OrganisationId.eq(office.0))
        .filter(waiting::Column::AssignedTo.is_null())
        .order_by_asc(waiting::Column::Since)
        .limit(200)
        .all("list what nobody has")
        .await?;
    let mut held = Vec::with_capacity(rows.len());
    for row in rows {
        let decided =
            tx.visible::<conversation::Entity>().filter(conversation::Column::Id.eq(row.conversation_id));
        let decided =
            decided.one("read what was decided").await?.and_then(|conversation| conversation.decision);
        held.push(Held {
            conversation: row.conversation_id.into(),
            since: row.since,
            decision: decided.map(|decision| columns::value("conversations", decision)).transpose()?,
        });
    }
    Ok(held)
}
