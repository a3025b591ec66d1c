//! Opening hours: when offices' own desks are open, as dated weekly patterns.

use domain::{HoursId, OpeningHours, OrganisationId};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::{StoreError, Tx, columns, entities::opening_hours as table, scope::Scope};

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

fn from_row(row: table::Model) -> Result<OpeningHours, StoreError> {
    Ok(OpeningHours {
        organisation: OrganisationId(row.organisation_id),
        window: columns::window("opening_hours", row.days, row.from_time, row.until_time)?,
        from: row.from_date,
        until: row.until_date,
    })
}
