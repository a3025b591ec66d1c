//! Who is writing just now, on either side.

use chrono::{DateTime, Utc};
use domain::{ConversationId, OrganisationId, PersonId};
use sea_orm::{ActiveValue::Set, ColumnTrait, sea_query::ExprTrait};
use uuid::Uuid;

use crate::{
    StoreError, Tx,
    entities::writer::{ActiveModel, Column, Entity},
    scope::Scope,
};

/// Somebody who writes, or did a moment ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Writer {
    /// Which of us; `None` is the visitor.
    pub person: Option<PersonId>,
    /// When a key was last heard.
    pub at: DateTime<Utc>,
}

/// Notes that somebody (`None` is the visitor) is writing. `id` is for a row that is not there yet.
///
/// # Errors
/// If the conversation is not in sight.
pub async fn beat<S: Scope>(
    tx: &Tx<S>,
    id: Uuid,
    (organisation, conversation): (OrganisationId, ConversationId),
    person: Option<PersonId>,
) -> Result<(), StoreError> {
    let doing = "note that somebody is writing";
    let who = person.map_or_else(|| Column::PersonId.is_null(), |person| Column::PersonId.eq(person.0));
    let row = ActiveModel { at: Set(tx.now()), ..Default::default() };
    let there = Column::ConversationId.eq(conversation.0).and(who);
    if tx.change_where::<Entity, _>(row, there, doing).await? == 0 {
        let row = ActiveModel {
            // A visitor has one row a conversation, with its id: a null column is never unique.
            id: Set(person.map_or(conversation.0, |_| id)),
            conversation_id: Set(conversation.0),
            organisation_id: Set(organisation.0),
            person_id: Set(person.map(|person| person.0)),
            at: Set(tx.now()),
        };
        tx.add_once::<Entity, _>(row, doing).await?;
    }
    Ok(())
}

/// Somebody sent what they wrote, or put it away.
///
/// # Errors
/// If the database refuses.
pub async fn stop<S: Scope>(
    tx: &Tx<S>,
    conversation: ConversationId,
    person: Option<PersonId>,
) -> Result<(), StoreError> {
    let who = person.map_or_else(|| Column::PersonId.is_null(), |person| Column::PersonId.eq(person.0));
    let there = Column::ConversationId.eq(conversation.0).and(who);
    tx.remove::<Entity>(there, "note that somebody stopped writing").await.map(|_| ())
}

/// Who wrote at `since` or later.
///
/// # Errors
/// If the database cannot be read.
pub async fn since<S: Scope>(
    tx: &Tx<S>,
    conversation: ConversationId,
    since: DateTime<Utc>,
) -> Result<Vec<Writer>, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::ConversationId.eq(conversation.0));
    // A clock that went back, as the demo's may, leaves nobody writing for ever.
    let rows = rows.filter(Column::At.lte(tx.now()));
    let rows = rows.filter(Column::At.gte(since)).order_by_asc(Column::At).all("read who is writing").await?;
    Ok(rows.into_iter().map(|row| Writer { person: row.person_id.map(Into::into), at: row.at }).collect())
}
