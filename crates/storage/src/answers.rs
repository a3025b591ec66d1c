//! Answers kept for requests that may be sent again: what is asked twice under one key is done once.

use chrono::{DateTime, Utc};
use domain::PersonId;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};
use uuid::Uuid;

use crate::{
    StoreError, Tx,
    entities::answer as table,
    scope::{Person, System},
};

/// An answer as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// Its id.
    pub id: Uuid,
    /// What was asked, as a hash: another question under the same key is a mistake.
    pub fingerprint: String,
    /// The status, and the sealed rest; nothing while the first request is still being answered.
    pub answer: Option<(u16, String)>,
}

/// Takes the key for a new request; false if it is taken. Answers from before `before` are forgotten.
///
/// # Errors
/// If the database refuses.
pub async fn take(
    tx: &Tx<Person>,
    id: Uuid,
    person: PersonId,
    (key_hash, fingerprint): (&str, &str),
    before: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let old = of(person, key_hash).add(table::Column::CreatedAt.lt(before));
    tx.remove::<table::Entity>(old, "forget an old answer").await?;
    let row = table::ActiveModel {
        id: Set(id),
        person_id: Set(person.0),
        key_hash: Set(key_hash.to_owned()),
        fingerprint: Set(fingerprint.to_owned()),
        status: Set(None),
        sealed: Set(None),
        created_at: Set(tx.now()),
    };
    tx.add_once::<table::Entity, _>(row, "take an idempotency key").await
}

/// What is kept under a key.
///
/// # Errors
/// If the database cannot be read.
pub async fn get(
    tx: &Tx<Person>,
    person: PersonId,
    key_hash: &str,
) -> Result<Option<StoredAnswer>, StoreError> {
    let row = tx.visible::<table::Entity>().filter(of(person, key_hash)).one("read a kept answer").await?;
    Ok(row.map(|row| StoredAnswer {
        id: row.id,
        fingerprint: row.fingerprint,
        answer: row.status.and_then(|status| Some((u16::try_from(status).ok()?, row.sealed?))),
    }))
}

/// Keeps what was answered.
///
/// # Errors
/// If the database refuses.
pub async fn keep(tx: &Tx<Person>, id: Uuid, status: u16, sealed: &str) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(id),
        status: Set(Some(i32::from(status))),
        sealed: Set(Some(sealed.to_owned())),
        ..Default::default()
    };
    tx.change::<table::Entity, _>(row, "keep an answer").await.map(drop)
}

/// Gives a key back: what was asked under it was not done.
///
/// # Errors
/// If the database refuses.
pub async fn release(tx: &Tx<Person>, id: Uuid) -> Result<(), StoreError> {
    tx.remove::<table::Entity>(table::Column::Id.eq(id), "give an idempotency key back").await.map(drop)
}

/// Forgets answers from before `before`; says how many.
///
/// # Errors
/// If the database refuses.
pub async fn forget_old(tx: &Tx<System>, before: DateTime<Utc>) -> Result<u64, StoreError> {
    tx.remove::<table::Entity>(table::Column::CreatedAt.lt(before), "forget old answers").await
}

fn of(person: PersonId, key_hash: &str) -> Condition {
    Condition::all().add(table::Column::PersonId.eq(person.0)).add(table::Column::KeyHash.eq(key_hash))
}
