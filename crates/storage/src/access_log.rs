//! Who looked at what visitors wrote. Only ever added to, by whoever looked.

use chrono::{DateTime, Duration, DurationRound, Utc};
use domain::{ConversationId, OrganisationId, PersonId, VisitorId};
use sea_orm::{ActiveValue::Set, ColumnTrait};
use uuid::Uuid;

use crate::{
    StoreError, Tx,
    entities::access::{ActiveModel, Column, Entity, Model},
    scope::{Person, Scope},
};

/// What somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Opened a conversation.
    Opened(ConversationId),
    /// Saved a file of a conversation.
    Saved(ConversationId),
    /// Exported everything of a visitor.
    Exported(VisitorId),
}

impl Access {
    fn word(self) -> &'static str {
        match self {
            Self::Opened(_) => "opened",
            Self::Saved(_) => "saved",
            Self::Exported(_) => "exported",
        }
    }
}

/// A line as it is read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub person: PersonId,
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// What.
    pub access: Access,
}

/// Whether the person did the same within this hour already: then it stands in the log.
///
/// # Errors
/// If the database cannot be read.
pub async fn is_noted(tx: &Tx<Person>, person: PersonId, access: Access) -> Result<bool, StoreError> {
    let (Access::Opened(conversation) | Access::Saved(conversation)) = access else { return Ok(false) };
    let rows = tx
        .visible::<Entity>()
        .filter(Column::PersonId.eq(person.0))
        .filter(Column::ConversationId.eq(conversation.0))
        .filter(Column::Verb.eq(access.word()))
        .filter(Column::Hour.eq(hour(tx.now())));
    Ok(rows.one("look into the access log").await?.is_some())
}

/// Adds a line; the same within an hour is one line.
///
/// # Errors
/// If the database refuses.
pub async fn note(
    tx: &Tx<Person>,
    organisation: OrganisationId,
    person: PersonId,
    access: Access,
) -> Result<(), StoreError> {
    let (conversation, visitor) = match access {
        Access::Opened(conversation) | Access::Saved(conversation) => (Some(conversation.0), None),
        Access::Exported(visitor) => (None, Some(visitor.0)),
    };
    let row = ActiveModel {
        id: Set(Uuid::now_v7()),
        organisation_id: Set(organisation.0),
        person_id: Set(person.0),
        at: Set(tx.now()),
        hour: Set(hour(tx.now())),
        verb: Set(access.word().to_owned()),
        conversation_id: Set(conversation),
        visitor_id: Set(visitor),
    };
    tx.add_once(row, "write the access log").await.map(drop)
}

/// The newest lines in sight, newest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn newest<S: Scope>(tx: &Tx<S>, most: u64) -> Result<Vec<Line>, StoreError> {
    let rows = tx.visible::<Entity>().order_by_desc(Column::At).order_by_desc(Column::Id).limit(most);
    Ok(rows.all("read the access log").await?.into_iter().filter_map(from_row).collect())
}

fn hour(at: DateTime<Utc>) -> DateTime<Utc> {
    at.duration_trunc(Duration::hours(1)).unwrap_or(at)
}

fn from_row(row: Model) -> Option<Line> {
    let access = match row.verb.as_str() {
        "opened" => Access::Opened(row.conversation_id?.into()),
        "saved" => Access::Saved(row.conversation_id?.into()),
        _ => Access::Exported(row.visitor_id?.into()),
    };
    Some(Line {
        at: row.at,
        person: PersonId(row.person_id),
        organisation: OrganisationId(row.organisation_id),
        access,
    })
}
