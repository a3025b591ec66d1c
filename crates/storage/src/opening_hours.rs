//! Opening hours: when offices' own desks are open, as dated weekly patterns.

use domain::{HoursId, OpeningHours, OrganisationId};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::{
    StoreError, Tx, columns,
    entities::opening_hours as table,
    one,
    page::{self, Ask, Page},
    scope::{Home, Scope},
};

/// Adds a pattern under `id`; the office or the house itself does.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add<S: Scope>(tx: &Tx<S>, id: HoursId, hours: &OpeningHours) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(id.0),
        organisation_id: Set(hours.organisation.0),
        days: Set(i32::from(hours.window.days.0)),
        from_time: Set(hours.window.from),
        until_time: Set(hours.window.until),
        from_date: Set(hours.from),
        until_date: Set(hours.until),
    };
    tx.add::<table::Entity, _>(row, "add opening hours").await
}

/// Every pattern of these offices that is in sight, oldest first, ended ones too.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_organisations<S: Scope>(
    tx: &Tx<S>,
    organisations: &[OrganisationId],
) -> Result<Vec<OpeningHours>, StoreError> {
    let ids = organisations.iter().map(|organisation| organisation.0);
    let rows = tx.visible::<table::Entity>().filter(table::Column::OrganisationId.is_in(ids));
    let rows = rows.order_by_asc(table::Column::Id).all("list offices' opening hours").await?;
    rows.into_iter().map(from_row).collect()
}

/// The patterns in sight, of one organisation or of all, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list<S: Scope>(
    tx: &Tx<S>,
    organisation: Option<OrganisationId>,
    ask: &Ask,
) -> Result<Page<(HoursId, OpeningHours)>, StoreError> {
    let mut rows = tx.visible::<table::Entity>();
    if let Some(organisation) = organisation {
        rows = rows.filter(table::Column::OrganisationId.eq(organisation.0));
    }
    page::of(rows, ask, "list opening hours", with_id).await
}

/// The pattern of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn get<S: Scope>(tx: &Tx<S>, id: HoursId) -> Result<Option<(HoursId, OpeningHours)>, StoreError> {
    one::get::<table::Entity, _>(tx, id.0, "read opening hours", with_id).await
}

/// The pattern of that id, held until the transaction ends.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none.
pub async fn hold(tx: &Tx<Home>, id: HoursId) -> Result<(HoursId, OpeningHours), StoreError> {
    one::hold::<table::Entity, _>(tx, id.0, "hold opening hours", with_id).await
}

/// Keeps what was changed of a pattern: its hours and dates.
///
/// # Errors
/// If the database refuses.
pub async fn change(tx: &Tx<Home>, id: HoursId, hours: &OpeningHours) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(id.0),
        days: Set(i32::from(hours.window.days.0)),
        from_time: Set(hours.window.from),
        until_time: Set(hours.window.until),
        from_date: Set(hours.from),
        until_date: Set(hours.until),
        ..Default::default()
    };
    one::change::<table::Entity, _>(tx, row, "change opening hours").await
}

/// Removes a pattern.
///
/// # Errors
/// If there is none the scope may remove.
pub async fn remove(tx: &Tx<Home>, id: HoursId) -> Result<(), StoreError> {
    one::remove::<table::Entity>(tx, id.0, "remove opening hours").await
}

fn with_id(row: table::Model) -> Result<(HoursId, OpeningHours), StoreError> {
    Ok((HoursId(row.id), from_row(row)?))
}

fn from_row(row: table::Model) -> Result<OpeningHours, StoreError> {
    Ok(OpeningHours {
        organisation: OrganisationId(row.organisation_id),
        window: columns::window("opening_hours", row.days, row.from_time, row.until_time)?,
        from: row.from_date,
        until: row.until_date,
    })
}
