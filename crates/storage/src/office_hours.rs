//! Office hours: people's ordinary hours, as dated weekly patterns.

use chrono::NaiveTime;
use domain::{DutyDay, EmploymentId, HoursId, Minutes, OfficeHours, PersonId};
use sea_orm::{
    ActiveValue::{self, Set},
    ColumnTrait,
};

use crate::{
    StoreError, Tx, columns,
    entities::office_hours as table,
    one,
    page::{self, Ask, Page},
    scope::{Home, Scope},
};

/// Adds a pattern under `id`; the employer does.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add(tx: &Tx<Home>, id: HoursId, hours: &OfficeHours) -> Result<(), StoreError> {
    tx.add::<table::Entity, _>(row(id, hours), "add office hours").await
}

/// Saves a changed pattern.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is no such pattern.
pub async fn keep(tx: &Tx<Home>, id: HoursId, hours: &OfficeHours) -> Result<(), StoreError> {
    one::change::<table::Entity, _>(tx, row(id, hours), "change office hours").await
}

fn row(id: HoursId, hours: &OfficeHours) -> table::ActiveModel {
    let (duty_from, duty_until, duty_break) = duty_columns(hours);
    table::ActiveModel {
        id: Set(id.0),
        person_id: Set(hours.person.0),
        employment_id: Set(hours.employment.0),
        days: Set(i32::from(hours.window.days.0)),
        from_time: Set(hours.window.from),
        until_time: Set(hours.window.until),
        break_minutes: Set(i32::try_from(hours.pause.0).unwrap_or(i32::MAX)),
        duty_from: Set(duty_from),
        duty_until: Set(duty_until),
        duty_break_minutes: Set(duty_break),
        from_date: Set(hours.from),
        until_date: Set(hours.until),
    }
}

/// The hours of duty days as columns: when they begin, when they end, their break; a break without hours
/// is a day off.
fn duty_columns(hours: &OfficeHours) -> (Option<NaiveTime>, Option<NaiveTime>, Option<i32>) {
    match hours.on_duty {
        None => (None, None, None),
        Some(DutyDay::Off) => (None, None, Some(0)),
        Some(DutyDay::Hours { from, until, pause }) => {
            (Some(from), Some(until), Some(i32::try_from(pause.0).unwrap_or(i32::MAX)))
        }
    }
}

fn duty_day(row: &table::Model) -> Result<Option<DutyDay>, StoreError> {
    let Some(pause) = row.duty_break_minutes else { return Ok(None) };
    let pause = Minutes(columns::number("office_hours", pause)?);
    let hours = row.duty_from.zip(row.duty_until);
    Ok(Some(hours.map_or(DutyDay::Off, |(from, until)| DutyDay::Hours { from, until, pause })))
}

/// Every pattern of these people that is in sight, oldest first, ended ones too.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_people<S: Scope>(tx: &Tx<S>, people: &[PersonId]) -> Result<Vec<OfficeHours>, StoreError> {
    Ok(with_ids(tx, people).await?.into_iter().map(|(_, hours)| hours).collect())
}

/// The same, each with its id.
///
/// # Errors
/// If the database cannot be read.
pub async fn with_ids<S: Scope>(
    tx: &Tx<S>,
    people: &[PersonId],
) -> Result<Vec<(HoursId, OfficeHours)>, StoreError> {
    let ids = people.iter().map(|person| person.0);
    let rows = tx.visible::<table::Entity>().filter(table::Column::PersonId.is_in(ids));
    let rows = rows.order_by_asc(table::Column::Id).all("list people's office hours").await?;
    rows.into_iter().map(|row| Ok((HoursId(row.id), from_row(row)?))).collect()
}

/// The patterns in sight, of one person or of all, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list<S: Scope>(
    tx: &Tx<S>,
    person: Option<PersonId>,
    ask: &Ask,
) -> Result<Page<(HoursId, OfficeHours)>, StoreError> {
    let mut rows = tx.visible::<table::Entity>();
    if let Some(person) = person {
        rows = rows.filter(table::Column::PersonId.eq(person.0));
    }
    page::of(rows, ask, "list office hours", with_id).await
}

/// The pattern of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn get<S: Scope>(tx: &Tx<S>, id: HoursId) -> Result<Option<(HoursId, OfficeHours)>, StoreError> {
    one::get::<table::Entity, _>(tx, id.0, "read office hours", with_id).await
}

/// The pattern of that id, held until the transaction ends.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none.
pub async fn hold(tx: &Tx<Home>, id: HoursId) -> Result<(HoursId, OfficeHours), StoreError> {
    one::hold::<table::Entity, _>(tx, id.0, "hold office hours", with_id).await
}

/// Keeps what was changed of a pattern: its hours and dates.
///
/// # Errors
/// If the database refuses.
pub async fn change(tx: &Tx<Home>, id: HoursId, hours: &OfficeHours) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        person_id: ActiveValue::NotSet,
        employment_id: ActiveValue::NotSet,
        ..self::row(id, hours)
    };
    one::change::<table::Entity, _>(tx, row, "change office hours").await
}

/// Removes a pattern.
///
/// # Errors
/// If there is none the scope may remove.
pub async fn remove(tx: &Tx<Home>, id: HoursId) -> Result<(), StoreError> {
    one::remove::<table::Entity>(tx, id.0, "remove office hours").await
}

fn with_id(row: table::Model) -> Result<(HoursId, OfficeHours), StoreError> {
    Ok((HoursId(row.id), from_row(row)?))
}

fn from_row(row: table::Model) -> Result<OfficeHours, StoreError> {
    Ok(OfficeHours {
        person: PersonId(row.person_id),
        employment: EmploymentId(row.employment_id),
        window: columns::window("office_hours", row.days, row.from_time, row.until_time)?,
        pause: Minutes(columns::number("office_hours", row.break_minutes)?),
        on_duty: duty_day(&row)?,
        from: row.from_date,
        until: row.until_date,
    })
}
