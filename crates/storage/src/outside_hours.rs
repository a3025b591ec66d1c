//! Hours outside: what people work for employers who are not here, as they say it themselves.

use chrono::NaiveDate;
use domain::{OutsideHours, OutsideId, PersonId};
use sea_orm::{ActiveValue::Set, ColumnTrait, sea_query::ExprTrait};

use crate::{
    StoreError, Tx, columns,
    entities::outside_hours as table,
    one,
    page::{self, Ask, Page},
    scope::{Person, Scope},
};

/// Adds hours; the person does.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add(tx: &Tx<Person>, hours: &OutsideHours) -> Result<(), StoreError> {
    tx.add::<table::Entity, _>(row(hours), "add hours outside").await
}

/// Saves changed hours.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there are none of that id.
pub async fn change(tx: &Tx<Person>, hours: &OutsideHours) -> Result<(), StoreError> {
    one::change::<table::Entity, _>(tx, row(hours), "change hours outside").await
}

/// Removes hours.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there are none that the scope may remove.
pub async fn remove(tx: &Tx<Person>, id: OutsideId) -> Result<(), StoreError> {
    one::remove::<table::Entity>(tx, id.0, "remove hours outside").await
}

/// The hours of these people that are in sight and had not ended before `since`, oldest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_people<S: Scope>(
    tx: &Tx<S>,
    people: &[PersonId],
    since: NaiveDate,
) -> Result<Vec<OutsideHours>, StoreError> {
    let ids = people.iter().map(|person| person.0);
    let last = table::Column::UntilDate;
    let rows = tx.visible::<table::Entity>().filter(table::Column::PersonId.is_in(ids));
    let rows = rows.filter(last.is_null().or(last.gte(since)));
    let rows = rows.order_by_asc(table::Column::Id).all("list hours outside").await?;
    rows.into_iter().map(from_row).collect()
}

/// The hours in sight, of one person or of all, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list<S: Scope>(
    tx: &Tx<S>,
    person: Option<PersonId>,
    ask: &Ask,
) -> Result<Page<OutsideHours>, StoreError> {
    let mut rows = tx.visible::<table::Entity>();
    if let Some(person) = person {
        rows = rows.filter(table::Column::PersonId.eq(person.0));
    }
    page::of(rows, ask, "list hours outside", from_row).await
}

/// The hours of that id, if they are in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn get<S: Scope>(tx: &Tx<S>, id: OutsideId) -> Result<Option<OutsideHours>, StoreError> {
    one::get::<table::Entity, _>(tx, id.0, "read hours outside", from_row).await
}

/// The hours of that id, held until the transaction ends.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there are none.
pub async fn hold(tx: &Tx<Person>, id: OutsideId) -> Result<OutsideHours, StoreError> {
    one::hold::<table::Entity, _>(tx, id.0, "hold hours outside", from_row).await
}

fn row(hours: &OutsideHours) -> table::ActiveModel {
    table::ActiveModel {
        id: Set(hours.id.0),
        person_id: Set(hours.person.0),
        days: Set(i32::from(hours.window.days.0)),
        from_time: Set(hours.window.from),
        until_time: Set(hours.window.until),
        from_date: Set(hours.from),
        until_date: Set(hours.until),
    }
}

fn from_row(row: table::Model) -> Result<OutsideHours, StoreError> {
    Ok(OutsideHours {
        id: OutsideId(row.id),
        person: PersonId(row.person_id),
        window: columns::window("outside_hours", row.days, row.from_time, row.until_time)?,
        from: row.from_date,
        until: row.until_date,
    })
}
