//! Calendar feeds: secret addresses of personal calendars. The secret itself is never stored.

use domain::{FeedId, PersonId};
use sea_orm::{ActiveValue::Set, ColumnTrait, sea_query::ExprTrait};

use crate::{
    StoreError, Tx,
    entities::calendar_feed as table,
    scope::{Person, System},
};

/// Adds a feed.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add(tx: &Tx<Person>, id: FeedId, person: PersonId) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(id.0),
        person_id: Set(person.0),
        created_at: Set(tx.now()),
        revoked_at: Set(None),
    };
    tx.add::<table::Entity, _>(row, "make a calendar address").await
}

/// Revokes every feed of a person; says how many there were.
///
/// # Errors
/// If the database refuses.
pub async fn revoke(tx: &Tx<Person>, person: PersonId) -> Result<u64, StoreError> {
    let row = table::ActiveModel { revoked_at: Set(Some(tx.now())), ..Default::default() };
    let live = table::Column::PersonId.eq(person.0).and(table::Column::RevokedAt.is_null());
    tx.change_where::<table::Entity, _>(row, live, "revoke a calendar address").await
}

/// Somebody's feed, if they have one.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_person(tx: &Tx<Person>, person: PersonId) -> Result<Option<FeedId>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::PersonId.eq(person.0));
    let rows = rows.filter(table::Column::RevokedAt.is_null()).order_by_desc(table::Column::Id);
    Ok(rows.one("read somebody's calendar address").await?.map(|row| FeedId(row.id)))
}

/// Whose feed it is, unless it was revoked.
///
/// # Errors
/// If the database cannot be read.
pub async fn whose(tx: &Tx<System>, id: FeedId) -> Result<Option<PersonId>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::Id.eq(id.0));
    let row = rows.filter(table::Column::RevokedAt.is_null()).one("look up a calendar address").await?;
    Ok(row.map(|row| PersonId(row.person_id)))
}
