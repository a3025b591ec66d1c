//! School holidays: what a board keeps of them, by zone.

use domain::{OrganisationId, SchoolHolidays};
use sea_orm::{ActiveValue::Set, ColumnTrait};
use uuid::Uuid;

use crate::{
    StoreError, Tx,
    entities::school_holidays as table,
    one,
    scope::{Home, Scope},
};

/// Adds school holidays under `id`.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add(
    tx: &Tx<Home>,
    id: Uuid,
    board: OrganisationId,
    new: &SchoolHolidays,
) -> Result<(), StoreError> {
    let row =
        table::ActiveModel { organisation_id: Set(board.0), created_at: Set(tx.now()), ..to_row(id, new) };
    tx.add::<table::Entity, _>(row, "add school holidays").await
}

/// Keeps what is said of school holidays from now on.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there are none to be changed.
pub async fn change(tx: &Tx<Home>, id: Uuid, said: &SchoolHolidays) -> Result<(), StoreError> {
    one::change::<table::Entity, _>(tx, to_row(id, said), "change school holidays").await
}

/// The school holidays a board keeps, by zone and first day, each with its id.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_board<S: Scope>(
    tx: &Tx<S>,
    board: OrganisationId,
) -> Result<Vec<(Uuid, SchoolHolidays)>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::OrganisationId.eq(board.0));
    let rows = rows.order_by_asc(table::Column::FromDate).all("list school holidays").await?;
    let mut all: Vec<(Uuid, SchoolHolidays)> = rows.into_iter().map(from_row).collect();
    all.sort_by(|(_, one), (_, other)| one.cmp(other));
    Ok(all)
}

fn to_row(id: Uuid, said: &SchoolHolidays) -> table::ActiveModel {
    table::ActiveModel {
        id: Set(id),
        zone: Set(said.zone.clone()),
        name: Set(said.name.clone()),
        from_date: Set(said.from),
        until_date: Set(said.until),
        ..Default::default()
    }
}

fn from_row(row: table::Model) -> (Uuid, SchoolHolidays) {
    let table::Model { id, zone, name, from_date: from, until_date: until, .. } = row;
    (id, SchoolHolidays { zone, from, until, name })
}
