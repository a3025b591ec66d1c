//! Sessions: browsers in which somebody is signed in.
//!
//! A session is a family of refresh tokens: the newest token's hash counts, and the one before it as
//! long as nobody presented the newest, because an answer may be lost on its way.

use chrono::{DateTime, Utc};
use domain::{PersonId, SessionId};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, sea_query::ExprTrait};

use crate::{
    StoreError, Tx,
    entities::session as table,
    scope::{Scope, System},
};

/// A session as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSession {
    /// Its id.
    pub id: SessionId,
    /// Whose.
    pub person: PersonId,
    /// The hash of the newest refresh token.
    pub refresh_hash: String,
    /// The hash of the token before it.
    pub previous_hash: Option<String>,
    /// What the browser calls itself, such as "Firefox, Android".
    pub agent: String,
    /// Where it was begun: the network, without the part that names one machine.
    pub place: String,
    /// Which of their roles the person wears, as [`wear`] kept it.
    pub hat: Option<String>,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// When it last got a new token.
    pub seen_at: DateTime<Utc>,
    /// Until when, if it is not used.
    pub expires_at: DateTime<Utc>,
    /// When it was ended, if it was.
    pub ended_at: Option<DateTime<Utc>>,
}

impl StoredSession {
    /// Whether it may be used at `now`.
    pub fn lives_at(&self, now: DateTime<Utc>) -> bool {
        self.ended_at.is_none() && now < self.expires_at
    }
}

/// Begins a session.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add<S: Scope>(tx: &Tx<S>, session: &StoredSession) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(session.id.0),
        person_id: Set(session.person.0),
        refresh_hash: Set(session.refresh_hash.clone()),
        previous_hash: Set(session.previous_hash.clone()),
        agent: Set(session.agent.clone()),
        place: Set(session.place.clone()),
        hat: Set(session.hat.clone()),
        created_at: Set(session.created_at),
        seen_at: Set(session.seen_at),
        expires_at: Set(session.expires_at),
        ended_at: Set(session.ended_at),
    };
    tx.add::<table::Entity, _>(row, "begin a session").await
}

/// The session of that id, if it is in sight; ended ones too.
///
/// # Errors
/// If the database cannot be read.
pub async fn get<S: Scope>(tx: &Tx<S>, id: SessionId) -> Result<Option<StoredSession>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::Id.eq(id.0));
    Ok(rows.one("read a session").await?.map(from_row))
}

/// The living sessions of a person, newest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_person<S: Scope>(tx: &Tx<S>, person: PersonId) -> Result<Vec<StoredSession>, StoreError> {
    let rows = tx
        .visible::<table::Entity>()
        .filter(table::Column::PersonId.eq(person.0))
        .filter(table::Column::EndedAt.is_null())
        .filter(table::Column::ExpiresAt.gt(tx.now()))
        .order_by_desc(table::Column::SeenAt)
        .all("list a person's sessions")
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// One refresh token after another, as hashes.
#[derive(Debug, Clone, Copy)]
pub struct Rotation<'a> {
    /// The newest so far, which is replaced.
    pub newest: &'a str,
    /// The one that was presented: the newest, or the one before if the newest was lost.
    pub presented: &'a str,
    /// The newest from now on.
    pub successor: &'a str,
}

/// Puts a new refresh token in place of the newest. False if another was faster.
///
/// # Errors
/// If the database refuses.
pub async fn rotate(
    tx: &Tx<System>,
    id: SessionId,
    next: Rotation<'_>,
    expires_at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let row = table::ActiveModel {
        id: Set(id.0),
        refresh_hash: Set(next.successor.to_owned()),
        previous_hash: Set(Some(next.presented.to_owned())),
        seen_at: Set(tx.now()),
        expires_at: Set(domain::time::to_micros(expires_at)),
        ..Default::default()
    };
    let still = Condition::all()
        .add(table::Column::RefreshHash.eq(next.newest))
        .add(table::Column::EndedAt.is_null());
    Ok(tx.change_where::<table::Entity, _>(row, still, "renew a session").await? > 0)
}

/// Keeps which role the person wears in this browser.
///
/// # Errors
/// If the database refuses.
pub async fn wear<S: Scope>(tx: &Tx<S>, id: SessionId, hat: &str) -> Result<bool, StoreError> {
    let row = table::ActiveModel { id: Set(id.0), hat: Set(Some(hat.to_owned())), ..Default::default() };
    tx.change::<table::Entity, _>(row, "change roles").await
}

/// Ends a session; false if there is no living one of that id in sight.
///
/// # Errors
/// If the database refuses.
pub async fn end<S: Scope>(tx: &Tx<S>, id: SessionId) -> Result<bool, StoreError> {
    let row = table::ActiveModel { id: Set(id.0), ended_at: Set(Some(tx.now())), ..Default::default() };
    let living = table::Column::EndedAt.is_null();
    Ok(tx.change_where::<table::Entity, _>(row, living, "end a session").await? > 0)
}

/// Forgets sessions that ended or ran out before `before`; says how many.
///
/// # Errors
/// If the database refuses.
pub async fn forget_old(tx: &Tx<System>, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let old = table::Column::ExpiresAt.lt(before).or(table::Column::EndedAt.lt(before));
    tx.remove::<table::Entity>(old, "forget old sessions").await
}

fn from_row(row: table::Model) -> StoredSession {
    StoredSession {
        id: SessionId(row.id),
        person: PersonId(row.person_id),
        refresh_hash: row.refresh_hash,
        previous_hash: row.previous_hash,
        agent: row.agent,
        place: row.place,
        hat: row.hat,
        created_at: row.created_at,
        seen_at: row.seen_at,
        expires_at: row.expires_at,
        ended_at: row.ended_at,
    }
}
