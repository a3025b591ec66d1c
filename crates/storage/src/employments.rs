//! Employments: who works for whom, from a date to a date, under which law.

use chrono::NaiveDate;
use domain::{Employment, EmploymentId, Law, Minutes, OrganisationId, PersonId};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};

use crate::{
    StoreError, Tx, columns,
    entities::employment as table,
    one,
    page::{self, Ask, Page},
    scope::{Home, Scope},
};

/// Adds an employment; the employer or the house itself does.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add<S: Scope>(tx: &Tx<S>, employment: &Employment) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(employment.id.0),
        person_id: Set(employment.person.0),
        organisation_id: Set(employment.organisation.0),
        from_date: Set(employment.from),
        until_date: Set(employment.until),
        law: Set(employment.law.word().to_owned()),
        weekly_minutes: Set(i32::try_from(employment.weekly.0).unwrap_or(i32::MAX)),
        created_at: Set(tx.now()),
        born: Set(employment.born),
    };
    tx.add::<table::Entity, _>(row, "add an employment").await
}

/// Somebody's employments by an organisation end with `last`, those that would go on longer. Says how
/// many did.
///
/// # Errors
/// If the database refuses.
pub async fn end<S: Scope>(
    tx: &Tx<S>,
    person: PersonId,
    organisation: OrganisationId,
    last: chrono::NaiveDate,
) -> Result<u64, StoreError> {
    let row = table::ActiveModel { until_date: Set(Some(last)), ..Default::default() };
    let longer =
        Condition::any().add(table::Column::UntilDate.is_null()).add(table::Column::UntilDate.gt(last));
    let which = Condition::all()
        .add(table::Column::PersonId.eq(person.0))
        .add(table::Column::OrganisationId.eq(organisation.0))
        .add(longer);
    tx.change_where::<table::Entity, _>(row, which, "end an employment").await
}

/// Every employment of these people that is in sight, oldest first, ended ones too.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_people<S: Scope>(tx: &Tx<S>, people: &[PersonId]) -> Result<Vec<Employment>, StoreError> {
    let ids = people.iter().map(|person| person.0);
    let rows = tx.visible::<table::Entity>().filter(table::Column::PersonId.is_in(ids));
    let rows = rows.order_by_asc(table::Column::Id).all("list people's employments").await?;
    rows.into_iter().map(from_row).collect()
}

/// Everybody who works or worked for these organisations, as far as is in sight, oldest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_organisations<S: Scope>(
    tx: &Tx<S>,
    organisations: &[OrganisationId],
) -> Result<Vec<Employment>, StoreError> {
    let ids = organisations.iter().map(|organisation| organisation.0);
    let rows = tx.visible::<table::Entity>().filter(table::Column::OrganisationId.is_in(ids));
    let rows = rows.order_by_asc(table::Column::Id).all("list who works for organisations").await?;
    rows.into_iter().map(from_row).collect()
}

/// Every employment in sight whose last day is known, and no earlier than `since`.
///
/// # Errors
/// If the database cannot be read.
pub async fn ending_since<S: Scope>(tx: &Tx<S>, since: NaiveDate) -> Result<Vec<Employment>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::UntilDate.gte(since));
    let rows = rows.order_by_asc(table::Column::Id).all("list employments that end").await?;
    rows.into_iter().map(from_row).collect()
}

/// The employments in sight, of one person or of all, those that run on a day or all, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list<S: Scope>(
    tx: &Tx<S>,
    (person, on): (Option<PersonId>, Option<NaiveDate>),
    ask: &Ask,
) -> Result<Page<Employment>, StoreError> {
    let mut rows = tx.visible::<table::Entity>();
    if let Some(person) = person {
        rows = rows.filter(table::Column::PersonId.eq(person.0));
    }
    if let Some(day) = on {
        let goes_on =
            Condition::any().add(table::Column::UntilDate.is_null()).add(table::Column::UntilDate.gte(day));
        rows = rows.filter(table::Column::FromDate.lte(day)).filter(goes_on);
    }
    page::of(rows, ask, "list employments", from_row).await
}

/// The employment of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn get<S: Scope>(tx: &Tx<S>, id: EmploymentId) -> Result<Option<Employment>, StoreError> {
    one::get::<table::Entity, _>(tx, id.0, "read an employment", from_row).await
}

/// The employment of that id, held until the transaction ends.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none.
pub async fn hold(tx: &Tx<Home>, id: EmploymentId) -> Result<Employment, StoreError> {
    one::hold::<table::Entity, _>(tx, id.0, "hold an employment", from_row).await
}

/// Keeps what was changed of an employment: its dates, law, hours, and the birth date.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none to be changed.
pub async fn change<S: Scope>(tx: &Tx<S>, employment: &Employment) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(employment.id.0),
        from_date: Set(employment.from),
        until_date: Set(employment.until),
        law: Set(employment.law.word().to_owned()),
        weekly_minutes: Set(i32::try_from(employment.weekly.0).unwrap_or(i32::MAX)),
        born: Set(employment.born),
        ..Default::default()
    };
    one::change::<table::Entity, _>(tx, row, "change an employment").await
}

fn from_row(row: table::Model) -> Result<Employment, StoreError> {
    Ok(Employment {
        id: EmploymentId(row.id),
        person: PersonId(row.person_id),
        organisation: OrganisationId(row.organisation_id),
        from: row.from_date,
        until: row.until_date,
        law: columns::word("employments", &row.law, Law::from_word)?,
        weekly: Minutes(columns::number("employments", row.weekly_minutes)?),
        born: row.born,
    })
}
