//! Compensation: what an employer gives for an hour of duty, from a day on.

use domain::{Basis, Category, Cents, Minutes, OrganisationId, Rate, RateId};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::{
    StoreError, Tx, columns,
    entities::compensation as table,
    one,
    page::{self, Ask, Page},
    scope::Home,
};

/// Adds a rate.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add(tx: &Tx<Home>, rate: &Rate) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(rate.id.0),
        organisation_id: Set(rate.organisation.0),
        basis: Set(rate.basis.word().to_owned()),
        category: Set(rate.category.map(|category| category.word().to_owned())),
        hourly_cents: Set(i32::try_from(rate.hourly.0).unwrap_or(i32::MAX)),
        rest_minutes: Set(i32::try_from(rate.rest.0).unwrap_or(i32::MAX)),
        from_date: Set(rate.from),
        source: Set(rate.source.clone()),
        created_at: Set(tx.now()),
    };
    tx.add::<table::Entity, _>(row, "agree on compensation").await
}

/// Every rate of an organisation, oldest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_organisation(tx: &Tx<Home>, organisation: OrganisationId) -> Result<Vec<Rate>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::OrganisationId.eq(organisation.0));
    let rows = rows.order_by_asc(table::Column::FromDate).order_by_asc(table::Column::Id);
    rows.all("list compensation").await?.into_iter().map(from_row).collect()
}

/// The rates in sight, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(tx: &Tx<Home>, ask: &Ask) -> Result<Page<Rate>, StoreError> {
    page::of(tx.visible::<table::Entity>(), ask, "list compensation", from_row).await
}

/// The rate of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn get(tx: &Tx<Home>, id: RateId) -> Result<Option<Rate>, StoreError> {
    one::get::<table::Entity, _>(tx, id.0, "read a rate", from_row).await
}

/// The rate of that id, held until the transaction ends.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none.
pub async fn hold(tx: &Tx<Home>, id: RateId) -> Result<Rate, StoreError> {
    one::hold::<table::Entity, _>(tx, id.0, "hold a rate", from_row).await
}

/// Removes a rate.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none that the scope may remove.
pub async fn remove(tx: &Tx<Home>, id: RateId) -> Result<(), StoreError> {
    one::remove::<table::Entity>(tx, id.0, "remove a rate").await
}

fn from_row(row: table::Model) -> Result<Rate, StoreError> {
    let category = |text: String| columns::word("compensation", &text, Category::from_word);
    Ok(Rate {
        id: RateId(row.id),
        organisation: OrganisationId(row.organisation_id),
        basis: columns::word("compensation", &row.basis, Basis::from_word)?,
        category: row.category.map(category).transpose()?,
        hourly: Cents(row.hourly_cents.into()),
        rest: Minutes(columns::number("compensation", row.rest_minutes)?),
        from: row.from_date,
        source: row.source,
    })
}
