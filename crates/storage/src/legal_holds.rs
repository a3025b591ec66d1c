//! Legal holds: conversations that are kept until somebody says otherwise.

use chrono::{DateTime, Utc};
use domain::{ConversationId, OrganisationId, PersonId};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::{
    StoreError, Tx,
    entities::legal_hold::{ActiveModel, Column, Entity},
    scope::Home,
};

/// One conversation that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegalHold {
    /// Which.
    pub conversation: ConversationId,
    /// Who decided so.
    pub person: PersonId,
    /// Why, in their words.
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Keeps a conversation; says whether it was not kept before.
///
/// # Errors
/// If the organisation is not in sight.
pub async fn keep(tx: &Tx<Home>, office: OrganisationId, hold: &LegalHold) -> Result<bool, StoreError> {
    let row = ActiveModel {
        conversation_id: Set(hold.conversation.0),
        organisation_id: Set(office.0),
        person_id: Set(hold.person.0),
        reason: Set(hold.reason.clone()),
        at: Set(hold.at),
    };
    tx.add_once(row, "keep a conversation").await
}

/// Lets it go; says whether it was kept.
///
/// # Errors
/// If the database refuses.
pub async fn release(tx: &Tx<Home>, conversation: ConversationId) -> Result<bool, StoreError> {
    let gone = tx.remove::<Entity>(Column::ConversationId.eq(conversation.0), "let a conversation go");
    Ok(gone.await? > 0)
}

/// Those in sight, newest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn all(tx: &Tx<Home>) -> Result<Vec<LegalHold>, StoreError> {
    let rows = tx.visible::<Entity>().order_by_desc(Column::At).order_by_asc(Column::ConversationId);
    let hold = |row: crate::entities::legal_hold::Model| LegalHold {
        conversation: row.conversation_id.into(),
        person: PersonId(row.person_id),
        reason: row.reason,
        at: row.at,
    };
    Ok(rows.all("list what is kept").await?.into_iter().map(hold).collect())
}
