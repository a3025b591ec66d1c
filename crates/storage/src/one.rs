//! One row by its id: read, held until the transaction ends, changed, or removed. For tables with a column `id`.

use std::str::FromStr;

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QuerySelect};
use uuid::Uuid;

use crate::{StoreError, Tx, scope::Scope, sight::Scoped};

/// The row of that id, if it is in sight.
pub(crate) async fn get<E: Scoped, T>(
    tx: &Tx<impl Scope>,
    id: Uuid,
    doing: &'static str,
    read: impl FnOnce(E::Model) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    tx.visible::<E>().filter(column::<E>().eq(id)).one(doing).await?.map(read).transpose()
}

/// The row of that id, held until the transaction ends, so that two changes come one after the other.
/// SQLite has one writer anyway.
pub(crate) async fn hold<E: Scoped, T>(
    tx: &Tx<impl Scope>,
    id: Uuid,
    doing: &'static str,
    read: impl FnOnce(E::Model) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let rows = tx.visible::<E>().filter(column::<E>().eq(id)).with(|rows| rows.lock_exclusive());
    rows.one(doing).await?.map(read).unwrap_or(Err(StoreError::OutOfSight(doing)))
}

/// Changes the columns that `row` sets in the row of its id. That nothing was changed is never passed over.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none that this transaction may change.
pub(crate) async fn change<E, A>(tx: &Tx<impl Scope>, row: A, doing: &'static str) -> Result<(), StoreError>
where
    E: Scoped,
    A: ActiveModelTrait<Entity = E>,
{
    if tx.change::<E, A>(row, doing).await? { Ok(()) } else { Err(StoreError::OutOfSight(doing)) }
}

/// Removes the row of that id.
pub(crate) async fn remove<E: Scoped>(
    tx: &Tx<impl Scope>,
    id: Uuid,
    doing: &'static str,
) -> Result<(), StoreError> {
    match tx.remove::<E>(column::<E>().eq(id), doing).await? {
        0 => Err(StoreError::OutOfSight(doing)),
        _ => Ok(()),
    }
}

fn column<E: EntityTrait>() -> E::Column {
    E::Column::from_str("id").ok().expect("tables read one row at a time have a column id")
}
