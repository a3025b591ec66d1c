//! Changes made by hand in a draft, so that the last one can be undone.

use domain::{AssignmentId, ChangeId, PersonId, PoolId, RotaChange, RotaId};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::{StoreError, Tx, entities::rota_change as table, scope::Pool};

/// Writes down a change.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add(tx: &Tx<Pool>, change: &RotaChange) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(change.id.0),
        rota_id: Set(change.rota.0),
        pool_id: Set(change.pool.0),
        assignment_id: Set(change.assignment.0),
        from_person: Set(change.from.map(|person| person.0)),
        to_person: Set(change.to.map(|person| person.0)),
        from_pinned: Set(change.pinned.0),
        to_pinned: Set(change.pinned.1),
        changed_by: Set(change.by.0),
        changed_at: Set(change.at),
        undone_at: Set(None),
        made_with: Set(change.made_with.map(|first| first.0)),
    };
    tx.add::<table::Entity, _>(row, "write down a change").await
}

/// The last change of a rota that was not undone.
///
/// # Errors
/// If the database cannot be read.
pub async fn last(tx: &Tx<Pool>, rota: RotaId) -> Result<Option<RotaChange>, StoreError> {
    let rows = tx
        .visible::<table::Entity>()
        .filter(table::Column::RotaId.eq(rota.0))
        .filter(table::Column::UndoneAt.is_null())
        .order_by_desc(table::Column::ChangedAt)
        .order_by_desc(table::Column::Id);
    Ok(rows.one("read the last change of a rota").await?.map(from_row))
}

/// The changes that were made at once, the first of which is `first`, and were not undone: the last one
/// first.
///
/// # Errors
/// If the database cannot be read.
pub async fn made_with(tx: &Tx<Pool>, first: ChangeId) -> Result<Vec<RotaChange>, StoreError> {
    let rows = tx
        .visible::<table::Entity>()
        .filter(table::Column::MadeWith.eq(first.0))
        .filter(table::Column::UndoneAt.is_null())
        .order_by_desc(table::Column::Id);
    Ok(rows.all("list changes that were made at once").await?.into_iter().map(from_row).collect())
}

/// Marks a change as undone; false if it was already, or is out of sight.
///
/// # Errors
/// If the database refuses.
pub async fn undo(tx: &Tx<Pool>, id: ChangeId) -> Result<bool, StoreError> {
    let row = table::ActiveModel { id: Set(id.0), undone_at: Set(Some(tx.now())), ..Default::default() };
    Ok(tx.change_where::<table::Entity, _>(row, table::Column::UndoneAt.is_null(), "undo a change").await?
        > 0)
}

fn from_row(row: table::Model) -> RotaChange {
    RotaChange {
        id: ChangeId(row.id),
        rota: RotaId(row.rota_id),
        pool: PoolId(row.pool_id),
        assignment: AssignmentId(row.assignment_id),
        from: row.from_person.map(PersonId),
        to: row.to_person.map(PersonId),
        pinned: (row.from_pinned, row.to_pinned),
        made_with: row.made_with.map(ChangeId),
        by: PersonId(row.changed_by),
        at: row.changed_at,
    }
}
