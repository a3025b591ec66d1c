//! Tokens with which programs act for somebody: what each may do, and until when. Only a keyed hash of
//! the secret is kept.

use chrono::{DateTime, Utc};
use domain::{ApiTokenId, OrganisationId, PersonId, Role};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};

use crate::{
    StoreError, Tx, columns,
    entities::api_token as table,
    page::{self, Ask, Page},
    scope::{Person, Scope, System},
};

/// A token as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredToken {
    /// Its id.
    pub id: ApiTokenId,
    /// For whom it acts.
    pub person: PersonId,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// In which role.
    pub role: Role,
    /// What its owner calls it.
    pub name: String,
    /// What it may do, such as `needs:read`.
    pub scopes: Vec<String>,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Until when, excluded; without end if nothing is said.
    pub expires_at: Option<DateTime<Utc>>,
    /// In which hour it was last used.
    pub used_at: Option<DateTime<Utc>>,
    /// When it was revoked, if it was.
    pub ended_at: Option<DateTime<Utc>>,
}

impl StoredToken {
    /// Whether it may be used at `now`.
    pub fn lives_at(&self, now: DateTime<Utc>) -> bool {
        self.ended_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }
}

/// Adds a token, of whose secret only the hash is kept.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add(tx: &Tx<Person>, token: &StoredToken, secret_hash: &str) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(token.id.0),
        person_id: Set(token.person.0),
        organisation_id: Set(token.organisation.0),
        role: Set(token.role.word().to_owned()),
        name: Set(token.name.clone()),
        scopes: Set(columns::json(&token.scopes)),
        secret_hash: Set(secret_hash.to_owned()),
        created_at: Set(token.created_at),
        expires_at: Set(token.expires_at),
        used_at: Set(token.used_at),
        ended_at: Set(token.ended_at),
    };
    tx.add::<table::Entity, _>(row, "add an API token").await
}

/// The token whose secret has this hash.
///
/// # Errors
/// If the database cannot be read.
pub async fn by_hash(tx: &Tx<System>, secret_hash: &str) -> Result<Option<StoredToken>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::SecretHash.eq(secret_hash));
    rows.one("look up an API token").await?.map(from_row).transpose()
}

/// The token of that id, if it is in sight and was not revoked.
///
/// # Errors
/// If the database cannot be read.
pub async fn get<S: Scope>(tx: &Tx<S>, id: ApiTokenId) -> Result<Option<StoredToken>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::Id.eq(id.0)).filter(is_kept());
    rows.one("read an API token").await?.map(from_row).transpose()
}

/// The tokens in sight that were not revoked, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(tx: &Tx<Person>, ask: &Ask) -> Result<Page<StoredToken>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(is_kept());
    page::of(rows, ask, "list API tokens", from_row).await
}

/// Revokes a token; false if there is none of that id in sight.
///
/// # Errors
/// If the database refuses.
pub async fn end(tx: &Tx<Person>, id: ApiTokenId) -> Result<bool, StoreError> {
    let row = table::ActiveModel { id: Set(id.0), ended_at: Set(Some(tx.now())), ..Default::default() };
    Ok(tx.change_where::<table::Entity, _>(row, is_kept(), "revoke an API token").await? > 0)
}

/// Notes in which hour a token was used. Who may do what does not hang on it, so nobody forgets.
///
/// # Errors
/// If the database refuses.
pub async fn note_use(tx: &Tx<System>, id: ApiTokenId, hour: DateTime<Utc>) -> Result<(), StoreError> {
    let row = table::ActiveModel { id: Set(id.0), used_at: Set(Some(hour)), ..Default::default() };
    tx.note::<table::Entity, _>(row, "note the use of an API token").await.map(drop)
}

fn is_kept() -> Condition {
    Condition::all().add(table::Column::EndedAt.is_null())
}

fn from_row(row: table::Model) -> Result<StoredToken, StoreError> {
    Ok(StoredToken {
        id: ApiTokenId(row.id),
        person: PersonId(row.person_id),
        organisation: OrganisationId(row.organisation_id),
        role: columns::word("api_tokens", &row.role, Role::from_word)?,
        name: row.name,
        scopes: columns::value("api_tokens", row.scopes)?,
        created_at: row.created_at,
        expires_at: row.expires_at,
        used_at: row.used_at,
        ended_at: row.ended_at,
    })
}
