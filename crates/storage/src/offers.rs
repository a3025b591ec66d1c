//! Offers: what a board sells to its offices.

use domain::{Cents, Offer, OfferId, PoolId};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::{
    StoreError, Tx, columns,
    entities::offer as table,
    one,
    page::{self, Ask, Page},
    scope::{Pool, Scope},
};

/// Adds an offer; the pool's board does.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add(tx: &Tx<Pool>, offer: &Offer) -> Result<(), StoreError> {
    let row = table::ActiveModel { version: Set(1), created_at: Set(tx.now()), ..to_row(offer) };
    tx.add::<table::Entity, _>(row, "add an offer").await
}

/// Closes an offer: what was bought goes on, nobody can order it any more.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is no such offer.
pub async fn close(tx: &Tx<Pool>, id: OfferId) -> Result<(), StoreError> {
    let row = table::ActiveModel { id: Set(id.0), open: Set(false), ..Default::default() };
    one::change::<table::Entity, _>(tx, row, "close an offer").await
}

/// The offer of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn by_id<S: Scope>(tx: &Tx<S>, id: OfferId) -> Result<Option<Offer>, StoreError> {
    let row = tx.visible::<table::Entity>().filter(table::Column::Id.eq(id.0)).one("read an offer").await?;
    row.map(from_row).transpose()
}

/// Every offer of these pools, open ones first, then oldest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_pools<S: Scope>(tx: &Tx<S>, pools: &[PoolId]) -> Result<Vec<Offer>, StoreError> {
    let rows = tx
        .visible::<table::Entity>()
        .filter(table::Column::PoolId.is_in(pools.iter().map(|pool| pool.0)))
        .order_by_desc(table::Column::Open)
        .order_by_asc(table::Column::Id);
    rows.all("list offers").await?.into_iter().map(from_row).collect()
}

/// The offers in sight, of one pool or of all, open or closed or both, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list<S: Scope>(
    tx: &Tx<S>,
    pool: Option<PoolId>,
    open: Option<bool>,
    ask: &Ask,
) -> Result<Page<Offer>, StoreError> {
    let mut rows = tx.visible::<table::Entity>();
    if let Some(pool) = pool {
        rows = rows.filter(table::Column::PoolId.eq(pool.0));
    }
    if let Some(open) = open {
        rows = rows.filter(table::Column::Open.eq(open));
    }
    page::of(rows, ask, "list offers", from_row).await
}

/// The offer of that id, held until the transaction ends, so that two changes come one after the other.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none.
pub async fn hold(tx: &Tx<Pool>, id: OfferId) -> Result<Offer, StoreError> {
    one::hold::<table::Entity, _>(tx, id.0, "hold an offer", from_row).await
}

/// Keeps what an offer says from now on; what was bought stays as it was.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is no such offer to be changed.
pub async fn change(tx: &Tx<Pool>, offer: &Offer) -> Result<(), StoreError> {
    one::change::<table::Entity, _>(tx, to_row(offer), "change an offer").await
}

fn to_row(offer: &Offer) -> table::ActiveModel {
    table::ActiveModel {
        id: Set(offer.id.0),
        pool_id: Set(offer.pool.0),
        name: Set(offer.name.clone()),
        summary: Set(offer.summary.clone()),
        windows: Set(columns::json(&offer.windows)),
        channels: Set(columns::json(&offer.channels)),
        monthly_cents: Set(offer.monthly.0),
        open: Set(offer.open),
        ..Default::default()
    }
}

fn from_row(row: table::Model) -> Result<Offer, StoreError> {
    Ok(Offer {
        id: OfferId(row.id),
        pool: PoolId(row.pool_id),
        name: row.name,
        summary: row.summary,
        windows: columns::value("offers", row.windows)?,
        channels: columns::value("offers", row.channels)?,
        monthly: Cents(row.monthly_cents),
        open: row.open,
    })
}
