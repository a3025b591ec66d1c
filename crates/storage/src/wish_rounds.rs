//! Until when wishes of some days are taken.

use domain::{PersonId, PoolId, WishRound, WishRoundId};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::{
    StoreError, Tx,
    entities::wish_round as table,
    one,
    page::{self, Ask, Page},
    scope::{Pool, Scope},
};

/// Adds one.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add(tx: &Tx<Pool>, round: &WishRound) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(round.id.0),
        pool_id: Set(round.pool.0),
        from_date: Set(round.from),
        until_date: Set(round.until),
        closes_on: Set(round.closes_on),
        created_by: Set(round.created_by.0),
        created_at: Set(tx.now()),
    };
    tx.add::<table::Entity, _>(row, "open a round of wishes").await
}

/// Removes one.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none that the scope may remove.
pub async fn remove(tx: &Tx<Pool>, id: WishRoundId) -> Result<(), StoreError> {
    one::remove::<table::Entity>(tx, id.0, "remove a round of wishes").await
}

/// The one of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn get<S: Scope>(tx: &Tx<S>, id: WishRoundId) -> Result<Option<WishRound>, StoreError> {
    one::get::<table::Entity, _>(tx, id.0, "read a round of wishes", from_row).await
}

/// Those of these pools, by their first day.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_pools<S: Scope>(tx: &Tx<S>, pools: &[PoolId]) -> Result<Vec<WishRound>, StoreError> {
    let rows = tx
        .visible::<table::Entity>()
        .filter(table::Column::PoolId.is_in(pools.iter().map(|pool| pool.0)))
        .order_by_asc(table::Column::FromDate)
        .order_by_asc(table::Column::Id);
    rows.all("list rounds of wishes").await?.into_iter().map(from_row).collect()
}

/// Those in sight, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list<S: Scope>(tx: &Tx<S>, ask: &Ask) -> Result<Page<WishRound>, StoreError> {
    page::of(tx.visible::<table::Entity>(), ask, "list rounds of wishes", from_row).await
}

fn from_row(row: table::Model) -> Result<WishRound, StoreError> {
    Ok(WishRound {
        id: WishRoundId(row.id),
        pool: PoolId(row.pool_id),
        from: row.from_date,
        until: row.until_date,
        closes_on: row.closes_on,
        created_by: PersonId(row.created_by),
    })
}
