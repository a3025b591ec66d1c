//! Tokens with which programs act for somebody: what each may do, and until when. Only a keyed hash of
//! the secret is kept.

use chrono::{DateTime, Utc};
use domain::{ApiTokenId, OrganisationId, PersonId, Role};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, QuerySelect};
use uuid::Uuid;

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
    /// The token it was made with, if it was made with one.
    pub parent: Option<ApiTokenId>,
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
        parent_id: Set(token.parent.map(|parent| parent.0)),
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

/// It once more, held until the transaction ends: whoever revokes it waits, and finds what was made with it.
///
/// # Errors
/// [`StoreError::OutOfSight`] if it was revoked, or is not in sight.
pub async fn hold(tx: &Tx<Person>, id: ApiTokenId) -> Result<StoredToken, StoreError> {
    let doing = "hold an API token";
    let rows = tx.visible::<table::Entity>().filter(table::Column::Id.eq(id.0)).filter(is_kept());
    let row = rows.with(|rows| rows.lock_exclusive()).one(doing).await?;
    row.map(from_row).unwrap_or(Err(StoreError::OutOfSight(doing)))
}

/// The tokens in sight that were not revoked, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(tx: &Tx<Person>, ask: &Ask) -> Result<Page<StoredToken>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(is_kept());
    page::of(rows, ask, "list API tokens", from_row).await
}

/// Revokes a token, those that were made with it, and those made with them; false if there is none of
/// that id in sight.
///
/// # Errors
/// If the database refuses.
pub async fn end(tx: &Tx<Person>, id: ApiTokenId) -> Result<bool, StoreError> {
    let there = end_all(tx, &[id.0]).await? > 0;
    let mut parents = vec![id.0];
    while !parents.is_empty() {
        let made = tx.visible::<table::Entity>().filter(table::Column::ParentId.is_in(parents));
        let made = made.filter(is_kept()).all("list what an API token made").await?;
        parents = made.into_iter().map(|row| row.id).collect();
        end_all(tx, &parents).await?;
    }
    Ok(there)
}

/// Revokes somebody's tokens for an organisation that act in another role than `held`; says how many.
///
/// # Errors
/// If the database refuses.
pub async fn end_without_role(
    tx: &Tx<System>,
    person: PersonId,
    organisation: OrganisationId,
    held: &[Role],
) -> Result<u64, StoreError> {
    let row = table::ActiveModel { ended_at: Set(Some(tx.now())), ..Default::default() };
    let which = is_kept()
        .add(table::Column::PersonId.eq(person.0))
        .add(table::Column::OrganisationId.eq(organisation.0))
        .add(table::Column::Role.is_not_in(held.iter().map(|role| role.word())));
    tx.change_where::<table::Entity, _>(row, which, "revoke the API tokens of a role").await
}

async fn end_all<S: Scope>(tx: &Tx<S>, ids: &[Uuid]) -> Result<u64, StoreError> {
    let row = table::ActiveModel { ended_at: Set(Some(tx.now())), ..Default::default() };
    let which = is_kept().add(table::Column::Id.is_in(ids.iter().copied()));
    tx.change_where::<table::Entity, _>(row, which, "revoke API tokens").await
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
        parent: row.parent_id.map(ApiTokenId),
    })
}
