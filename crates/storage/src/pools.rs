//! Pools: co-operations of offices under one board.

use domain::{Calendar, OrganisationId, Pool, PoolId};
use sea_orm::{ActiveValue::Set, ColumnTrait, QuerySelect};

use crate::{
    StoreError, Tx, columns,
    entities::pool as table,
    one,
    page::{self, Ask, Page},
    scope::{self, Scope},
};

/// Adds a pool; the house itself does.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add<S: Scope>(tx: &Tx<S>, pool: &Pool) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(pool.id.0),
        organisation_id: Set(pool.board.0),
        name: Set(pool.name.clone()),
        zone: Set(pool.zone.name().to_owned()),
        calendar: Set(pool.calendar.word().to_owned()),
        approval: Set(pool.approval),
        version: Set(1),
        created_at: Set(tx.now()),
    };
    tx.add::<table::Entity, _>(row, "add a pool").await
}

/// The pool of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn by_id<S: Scope>(tx: &Tx<S>, id: PoolId) -> Result<Option<Pool>, StoreError> {
    let row = tx.visible::<table::Entity>().filter(table::Column::Id.eq(id.0)).one("read a pool").await?;
    row.map(from_row).transpose()
}

/// Holds the pool until the transaction ends, so that two publications come one after the other.
/// SQLite has one writer anyway.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is no such pool.
pub async fn hold(tx: &Tx<scope::Pool>, id: PoolId) -> Result<(), StoreError> {
    let doing = "hold a pool";
    let rows = tx.visible::<table::Entity>().filter(table::Column::Id.eq(id.0));
    let held = rows.with(|rows| rows.lock_exclusive()).one(doing).await?;
    held.map(|_| ()).ok_or(StoreError::OutOfSight(doing))
}

/// Every pool in sight, oldest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn all<S: Scope>(tx: &Tx<S>) -> Result<Vec<Pool>, StoreError> {
    let rows = tx.visible::<table::Entity>().order_by_asc(table::Column::Id).all("list the pools").await?;
    rows.into_iter().map(from_row).collect()
}

/// The pools in sight that `board` organises, oldest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn organised_by<S: Scope>(tx: &Tx<S>, board: OrganisationId) -> Result<Vec<Pool>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::OrganisationId.eq(board.0));
    let rows = rows.order_by_asc(table::Column::Id).all("list the pools of a board").await?;
    rows.into_iter().map(from_row).collect()
}

/// The pools in sight, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list<S: Scope>(tx: &Tx<S>, ask: &Ask) -> Result<Page<Pool>, StoreError> {
    page::of(tx.visible::<table::Entity>(), ask, "list pools", from_row).await
}

/// The pool of that id, held until the transaction ends.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none.
pub async fn held(tx: &Tx<scope::Pool>, id: PoolId) -> Result<Pool, StoreError> {
    one::hold::<table::Entity, _>(tx, id.0, "hold a pool", from_row).await
}

/// Keeps a pool's name, zone, holidays and whether the planner approves.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none to be changed.
pub async fn change(tx: &Tx<scope::Pool>, pool: &Pool) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(pool.id.0),
        name: Set(pool.name.clone()),
        zone: Set(pool.zone.name().to_owned()),
        calendar: Set(pool.calendar.word().to_owned()),
        approval: Set(pool.approval),
        ..Default::default()
    };
    one::change::<table::Entity, _>(tx, row, "change a pool").await
}

fn from_row(row: table::Model) -> Result<Pool, StoreError> {
    Ok(Pool {
        id: PoolId(row.id),
        board: OrganisationId(row.organisation_id),
        name: row.name,
        zone: columns::zone("pools", &row.zone)?,
        calendar: columns::word("pools", &row.calendar, Calendar::from_word)?,
        approval: row.approval,
    })
}
