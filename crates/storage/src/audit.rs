//! The audit log: who did what, when. Only ever added to, in the transaction that did it.

use chrono::{DateTime, Utc};
use domain::{OrganisationId, PersonId};
use sea_orm::{ActiveValue::Set, ColumnTrait};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    StoreError, Tx,
    entities::audit as table,
    scope::{Scope, System},
    tx::Rows,
};

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Entry {
    /// For which organisation, if for one.
    pub organisation: Option<OrganisationId>,
    /// Who; nobody where the house did it.
    pub person: Option<PersonId>,
    /// What was done, such as `sign_in`.
    pub verb: &'static str,
    /// To what kind of thing, such as `session`.
    pub object_kind: &'static str,
    /// To which.
    pub object: Option<Uuid>,
    /// More, without anybody's words or addresses.
    pub detail: Option<Value>,
}

/// A line as it is read back.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredEntry {
    /// When.
    pub at: DateTime<Utc>,
    /// Who; nobody where the house did it.
    pub person: Option<PersonId>,
    /// What was done.
    pub verb: String,
    /// To what kind of thing.
    pub object_kind: String,
    /// To which.
    pub object: Option<Uuid>,
    /// More.
    pub detail: Option<Value>,
}

/// Adds a line. Works in every scope: nothing is read back.
///
/// # Errors
/// If the database refuses.
pub async fn add<S: Scope>(tx: &Tx<S>, entry: Entry) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(Uuid::now_v7()),
        organisation_id: Set(entry.organisation.map(|organisation| organisation.0)),
        person_id: Set(entry.person.map(|person| person.0)),
        at: Set(tx.now()),
        verb: Set(entry.verb.to_owned()),
        object_kind: Set(entry.object_kind.to_owned()),
        object_id: Set(entry.object),
        detail: Set(entry.detail),
    };
    tx.add::<table::Entity, _>(row, "write the audit log").await
}

/// The newest lines in sight, newest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn newest<S: Scope>(tx: &Tx<S>, most: u64) -> Result<Vec<StoredEntry>, StoreError> {
    read(tx.visible::<table::Entity>(), most).await
}

/// The newest lines about one kind of thing, newest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn about(tx: &Tx<System>, object_kind: &str, most: u64) -> Result<Vec<StoredEntry>, StoreError> {
    read(tx.visible::<table::Entity>().filter(table::Column::ObjectKind.eq(object_kind)), most).await
}

async fn read(rows: Rows<'_, table::Entity>, most: u64) -> Result<Vec<StoredEntry>, StoreError> {
    let rows = rows.order_by_desc(table::Column::At).order_by_desc(table::Column::Id);
    let rows = rows.limit(most).all("read the audit log").await?;
    let entry = |row: table::Model| StoredEntry {
        at: row.at,
        person: row.person_id.map(PersonId),
        verb: row.verb,
        object_kind: row.object_kind,
        object: row.object_id,
        detail: row.detail,
    };
    Ok(rows.into_iter().map(entry).collect())
}
