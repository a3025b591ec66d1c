//! What people say of weekdays: wishes that come again.

use chrono::{NaiveDate, Weekday};
use domain::{PersonId, WishKind, WishRepeat, WishRepeatId};
use sea_orm::{ActiveValue::Set, ColumnTrait, QuerySelect};

use crate::{
    StoreError, Tx, columns,
    entities::wish_repeat as table,
    one,
    page::{self, Ask, Page},
    scope::{Person, Scope},
};

/// Adds one.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add(tx: &Tx<Person>, repeat: &WishRepeat) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(repeat.id.0),
        person_id: Set(repeat.person.0),
        weekday: Set(i32::from(repeat.weekday.number_from_monday() as u8)),
        kind: Set(repeat.kind.word().to_owned()),
        from_date: Set(repeat.from),
        until_date: Set(repeat.until),
        left_out: Set(columns::json(&repeat.left_out)),
        created_at: Set(tx.now()),
    };
    tx.add::<table::Entity, _>(row, "add a repeated wish").await
}

/// Keeps of which days it is not said.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none of that id.
pub async fn leave_out(tx: &Tx<Person>, repeat: &WishRepeat) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(repeat.id.0),
        left_out: Set(columns::json(&repeat.left_out)),
        ..Default::default()
    };
    one::change::<table::Entity, _>(tx, row, "leave a day out of a repeated wish").await
}

/// Removes one.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none that the scope may remove.
pub async fn remove(tx: &Tx<Person>, id: WishRepeatId) -> Result<(), StoreError> {
    one::remove::<table::Entity>(tx, id.0, "remove a repeated wish").await
}

/// The one of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn get<S: Scope>(tx: &Tx<S>, id: WishRepeatId) -> Result<Option<WishRepeat>, StoreError> {
    one::get::<table::Entity, _>(tx, id.0, "read a repeated wish", from_row).await
}

/// Those of these people that had not ended before `since`, in the order in which they were said.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_people<S: Scope>(
    tx: &Tx<S>,
    people: &[PersonId],
    since: NaiveDate,
) -> Result<Vec<WishRepeat>, StoreError> {
    let rows = tx
        .visible::<table::Entity>()
        .filter(table::Column::PersonId.is_in(people.iter().map(|person| person.0)))
        .filter(table::Column::UntilDate.gte(since))
        .order_by_asc(table::Column::CreatedAt)
        .order_by_asc(table::Column::Id);
    rows.all("list repeated wishes").await?.into_iter().map(from_row).collect()
}

/// One's own, each held until the transaction ends, so that two days left out come one after the other.
///
/// # Errors
/// If the database cannot be read.
pub async fn hold(tx: &Tx<Person>, person: PersonId) -> Result<Vec<WishRepeat>, StoreError> {
    let rows = tx
        .visible::<table::Entity>()
        .filter(table::Column::PersonId.eq(person.0))
        .order_by_asc(table::Column::Id)
        .with(|rows| rows.lock_exclusive());
    rows.all("hold somebody's repeated wishes").await?.into_iter().map(from_row).collect()
}

/// Those in sight, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list<S: Scope>(tx: &Tx<S>, ask: &Ask) -> Result<Page<WishRepeat>, StoreError> {
    page::of(tx.visible::<table::Entity>(), ask, "list repeated wishes", from_row).await
}

fn from_row(row: table::Model) -> Result<WishRepeat, StoreError> {
    let weekday = u8::try_from(row.weekday - 1).ok().and_then(|number| Weekday::try_from(number).ok());
    Ok(WishRepeat {
        id: WishRepeatId(row.id),
        person: PersonId(row.person_id),
        weekday: columns::word("wish_repeats", &row.weekday.to_string(), |_| weekday)?,
        kind: columns::word("wish_repeats", &row.kind, WishKind::from_word)?,
        from: row.from_date,
        until: row.until_date,
        left_out: columns::value("wish_repeats", row.left_out)?,
    })
}
