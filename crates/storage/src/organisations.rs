//! Organisations: the tenants, boards and offices.

use chrono::NaiveDate;
use domain::{Calendar, Language, Minutes, Organisation, OrganisationId, OrganisationKind, Tz};
use sea_orm::{ActiveValue::Set, ColumnTrait, QuerySelect, sea_query::ExprTrait};
use uuid::Uuid;

use crate::{
    StoreError, Tx, columns,
    entities::organisation as table,
    one,
    page::{self, Ask, Page},
    scope::{self, Scope},
};

/// Adds an organisation; the house itself does. `emergency` is what its visitor page says to people
/// in danger, such as "112".
///
/// # Errors
/// If the scope may not, the short name is taken ([`StoreError::is_conflict`]), or the database refuses.
pub async fn add<S: Scope>(
    tx: &Tx<S>,
    organisation: &Organisation,
    emergency: &str,
) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(organisation.id.0),
        kind: Set(organisation.kind.word().to_owned()),
        name: Set(organisation.name.clone()),
        slug: Set(organisation.slug.clone()),
        zone: Set(organisation.zone.name().to_owned()),
        calendar: Set(organisation.calendar.word().to_owned()),
        language: Set(organisation.language.code().to_owned()),
        colour: Set(i32::from(organisation.colour)),
        promise_minutes: Set(columns::number("organisations", organisation.promise.0)?),
        emergency: Set(emergency.to_owned()),
        version: Set(1),
        created_at: Set(tx.now()),
        register_until: Set(None),
    };
    tx.add::<table::Entity, _>(row, "add an organisation").await
}

/// The organisation of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn get<S: Scope>(tx: &Tx<S>, id: OrganisationId) -> Result<Option<Organisation>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::Id.eq(id.0));
    rows.one("read an organisation").await?.map(from_row).transpose()
}

/// Holds the organisation until the transaction ends, so that two orders come one after the other.
/// SQLite has one writer anyway.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is no such organisation.
pub async fn hold<S: Scope>(tx: &Tx<S>, id: OrganisationId) -> Result<(), StoreError> {
    let doing = "hold an organisation";
    let rows = tx.visible::<table::Entity>().filter(table::Column::Id.eq(id.0));
    let held = rows.with(|rows| rows.lock_exclusive()).one(doing).await?;
    held.map(|_| ()).ok_or(StoreError::OutOfSight(doing))
}

/// The organisation with this short name, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn by_slug<S: Scope>(tx: &Tx<S>, slug: &str) -> Result<Option<Organisation>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::Slug.eq(slug));
    rows.one("look up an organisation's short name").await?.map(from_row).transpose()
}

/// Every organisation in sight, by name.
///
/// # Errors
/// If the database cannot be read.
pub async fn all_in_sight<S: Scope>(tx: &Tx<S>) -> Result<Vec<Organisation>, StoreError> {
    let rows = tx.visible::<table::Entity>().order_by_asc(table::Column::Name);
    rows.order_by_asc(table::Column::Id).all("list organisations").await?.into_iter().map(from_row).collect()
}

/// What the organisation's visitor page says to people in danger; empty if it is not in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn emergency<S: Scope>(tx: &Tx<S>, id: OrganisationId) -> Result<String, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::Id.eq(id.0));
    Ok(rows.one("read an emergency number").await?.map(|row| row.emergency).unwrap_or_default())
}

/// The organisations in sight with their emergency numbers, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list<S: Scope>(tx: &Tx<S>, ask: &Ask) -> Result<Page<(Organisation, String)>, StoreError> {
    page::of(tx.visible::<table::Entity>(), ask, "list organisations", with_emergency).await
}

/// The organisation of that id with its emergency number, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn whole<S: Scope>(
    tx: &Tx<S>,
    id: OrganisationId,
) -> Result<Option<(Organisation, String)>, StoreError> {
    one::get::<table::Entity, _>(tx, id.0, "read an organisation", with_emergency).await
}

/// The same, held until the transaction ends.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is no such organisation.
pub async fn held(tx: &Tx<scope::Home>, id: OrganisationId) -> Result<(Organisation, String), StoreError> {
    one::hold::<table::Entity, _>(tx, id.0, "hold an organisation", with_emergency).await
}

/// Keeps what was changed of an organisation: all but its kind and its short name, which stands in links.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none to be changed.
pub async fn change(
    tx: &Tx<scope::Home>,
    organisation: &Organisation,
    emergency: &str,
) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(organisation.id.0),
        name: Set(organisation.name.clone()),
        zone: Set(organisation.zone.name().to_owned()),
        calendar: Set(organisation.calendar.word().to_owned()),
        language: Set(organisation.language.code().to_owned()),
        colour: Set(i32::from(organisation.colour)),
        promise_minutes: Set(columns::number("organisations", organisation.promise.0)?),
        emergency: Set(emergency.to_owned()),
        ..Default::default()
    };
    one::change::<table::Entity, _>(tx, row, "change an organisation").await
}

/// Organisations whose register of working time may want writing, each with the day until which it is.
///
/// # Errors
/// If the database cannot be read.
pub async fn with_unwritten_days(
    tx: &Tx<scope::System>,
) -> Result<Vec<(OrganisationId, Tz, Option<NaiveDate>)>, StoreError> {
    // Zones ahead of UTC are found some hours late, so that those that are written are not read.
    let latest = tx.now().date_naive() - chrono::Days::new(1);
    let behind = table::Column::RegisterUntil.is_null().or(table::Column::RegisterUntil.lt(latest));
    let columns = [table::Column::Id, table::Column::Zone, table::Column::RegisterUntil];
    let rows: Vec<(Uuid, String, Option<NaiveDate>)> = tx
        .visible::<table::Entity>()
        .filter(behind)
        .order_by_asc(table::Column::Id)
        .with(|rows| rows.select_only().columns(columns))
        .tuples("look for registers to be written")
        .await?;
    let zoned = |(id, zone, until): (Uuid, String, Option<NaiveDate>)| {
        Ok((OrganisationId(id), columns::zone("organisations", &zone)?, until))
    };
    rows.into_iter().map(zoned).collect()
}

/// Notes that the register of working time is written until `day`, included.
///
/// # Errors
/// If the database refuses.
pub async fn register_is_written(
    tx: &Tx<scope::Home>,
    id: OrganisationId,
    day: NaiveDate,
) -> Result<(), StoreError> {
    let row = table::ActiveModel { id: Set(id.0), register_until: Set(Some(day)), ..Default::default() };
    // Nothing that nodes remember hangs on it.
    tx.note::<table::Entity, _>(row, "note until when the register is written").await.map(drop)
}

/// Until which day the register of working time is written.
///
/// # Errors
/// If the database cannot be read.
pub async fn register_until(
    tx: &Tx<scope::Home>,
    id: OrganisationId,
) -> Result<Option<NaiveDate>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::Id.eq(id.0));
    Ok(rows.one("read until when the register is written").await?.and_then(|row| row.register_until))
}

fn with_emergency(row: table::Model) -> Result<(Organisation, String), StoreError> {
    let emergency = row.emergency.clone();
    Ok((from_row(row)?, emergency))
}

fn from_row(row: table::Model) -> Result<Organisation, StoreError> {
    const TABLE: &str = "organisations";
    Ok(Organisation {
        id: OrganisationId(row.id),
        kind: columns::word(TABLE, &row.kind, OrganisationKind::from_word)?,
        zone: columns::zone(TABLE, &row.zone)?,
        calendar: columns::word(TABLE, &row.calendar, Calendar::from_word)?,
        language: columns::word(TABLE, &row.language, Language::parse)?,
        colour: columns::number(TABLE, row.colour)?,
        promise: Minutes(columns::number(TABLE, row.promise_minutes)?),
        name: row.name,
        slug: row.slug,
    })
}
