//! Absences: when somebody is away. Why stands in a table of its own, for few eyes.

use std::collections::HashMap;

use domain::{Absence, AbsenceId, OrganisationId, PersonId, Span};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::{
    StoreError, Tx, columns,
    entities::{absence as table, absence_reason},
    one,
    page::{self, Ask, Page, Sought},
    scope::Scope,
};

/// Adds an absence; the person or the employer does.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add<S: Scope>(tx: &Tx<S>, absence: &Absence) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(absence.id.0),
        person_id: Set(absence.person.0),
        starts_at: Set(absence.span.start()),
        ends_at: Set(absence.span.end()),
        created_at: Set(tx.now()),
    };
    tx.add::<table::Entity, _>(row, "add an absence").await
}

/// Says why, for the person and `employer` alone.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn explain<S: Scope>(
    tx: &Tx<S>,
    absence: &Absence,
    employer: OrganisationId,
    reason: &str,
) -> Result<(), StoreError> {
    let row = absence_reason::ActiveModel {
        absence_id: Set(absence.id.0),
        person_id: Set(absence.person.0),
        organisation_id: Set(employer.0),
        reason: Set(reason.to_owned()),
    };
    tx.add::<absence_reason::Entity, _>(row, "say why somebody is away").await
}

/// Says why anew, or for the first time; false if another employer has said it, which is not in sight.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn explain_again<S: Scope>(
    tx: &Tx<S>,
    absence: &Absence,
    employer: OrganisationId,
    reason: &str,
) -> Result<bool, StoreError> {
    let row = absence_reason::ActiveModel {
        absence_id: Set(absence.id.0),
        reason: Set(reason.to_owned()),
        ..Default::default()
    };
    let own = absence_reason::Column::OrganisationId.eq(employer.0);
    let doing = "say anew why somebody is away";
    if tx.change_where::<absence_reason::Entity, _>(row, own, doing).await? > 0 {
        return Ok(true);
    }
    let row = absence_reason::ActiveModel {
        absence_id: Set(absence.id.0),
        person_id: Set(absence.person.0),
        organisation_id: Set(employer.0),
        reason: Set(reason.to_owned()),
    };
    tx.add_once::<absence_reason::Entity, _>(row, doing).await
}

/// Saves when a changed absence is.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is no such absence.
pub async fn keep<S: Scope>(tx: &Tx<S>, absence: &Absence) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(absence.id.0),
        starts_at: Set(absence.span.start()),
        ends_at: Set(absence.span.end()),
        ..Default::default()
    };
    one::change::<table::Entity, _>(tx, row, "change an absence").await
}

/// Every absence of these people that is in sight, soonest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_people<S: Scope>(tx: &Tx<S>, people: &[PersonId]) -> Result<Vec<Absence>, StoreError> {
    let ids = people.iter().map(|person| person.0);
    let rows = tx.visible::<table::Entity>().filter(table::Column::PersonId.is_in(ids));
    let rows = rows.order_by_asc(table::Column::StartsAt).order_by_asc(table::Column::Id);
    rows.all("list people's absences").await?.into_iter().map(from_row).collect()
}

/// Why these people are away, as far as it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn reasons_of<S: Scope>(
    tx: &Tx<S>,
    people: &[PersonId],
) -> Result<Vec<(AbsenceId, String)>, StoreError> {
    let ids = people.iter().map(|person| person.0);
    let rows = tx.visible::<absence_reason::Entity>().filter(absence_reason::Column::PersonId.is_in(ids));
    let rows = rows.all("read why people are away").await?;
    Ok(rows.into_iter().map(|row| (AbsenceId(row.absence_id), row.reason)).collect())
}

/// Absences of these people that share time with `span`, soonest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn within<S: Scope>(
    tx: &Tx<S>,
    people: &[PersonId],
    span: Span,
) -> Result<Vec<Absence>, StoreError> {
    let rows = tx
        .visible::<table::Entity>()
        .filter(table::Column::PersonId.is_in(people.iter().map(|person| person.0)))
        .filter(table::Column::StartsAt.lt(span.end()))
        .filter(table::Column::EndsAt.gt(span.start()))
        .order_by_asc(table::Column::StartsAt)
        .order_by_asc(table::Column::Id);
    rows.all("list absences").await?.into_iter().map(from_row).collect()
}

/// The absences in sight, as far as they are sought, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list<S: Scope>(tx: &Tx<S>, sought: Sought, ask: &Ask) -> Result<Page<Absence>, StoreError> {
    let mut rows = tx.visible::<table::Entity>();
    if let Some(person) = sought.person {
        rows = rows.filter(table::Column::PersonId.eq(person.0));
    }
    if let Some(from) = sought.from {
        rows = rows.filter(table::Column::EndsAt.gt(from));
    }
    if let Some(until) = sought.until {
        rows = rows.filter(table::Column::StartsAt.lt(until));
    }
    page::of(rows, ask, "list absences", from_row).await
}

/// The absence of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn get<S: Scope>(tx: &Tx<S>, id: AbsenceId) -> Result<Option<Absence>, StoreError> {
    one::get::<table::Entity, _>(tx, id.0, "read an absence", from_row).await
}

/// The absence of that id, held until the transaction ends.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none.
pub async fn hold<S: Scope>(tx: &Tx<S>, id: AbsenceId) -> Result<Absence, StoreError> {
    one::hold::<table::Entity, _>(tx, id.0, "hold an absence", from_row).await
}

/// Why these absences are, as far as that is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn reasons<S: Scope>(
    tx: &Tx<S>,
    absences: &[AbsenceId],
) -> Result<HashMap<AbsenceId, String>, StoreError> {
    let ids = absences.iter().map(|absence| absence.0);
    let rows = tx.visible::<absence_reason::Entity>().filter(absence_reason::Column::AbsenceId.is_in(ids));
    let rows = rows.all("read why people are away").await?;
    Ok(rows.into_iter().map(|row| (AbsenceId(row.absence_id), row.reason)).collect())
}

/// Keeps when somebody is away.
///
/// # Errors
/// If there is no such absence that the scope may change.
pub async fn change<S: Scope>(tx: &Tx<S>, absence: &Absence) -> Result<(), StoreError> {
    const DOING: &str = "change an absence";
    let row = table::ActiveModel {
        id: Set(absence.id.0),
        starts_at: Set(absence.span.start()),
        ends_at: Set(absence.span.end()),
        ..Default::default()
    };
    one::change::<table::Entity, _>(tx, row, DOING).await
}

/// Forgets why somebody is away.
///
/// # Errors
/// If the database refuses.
pub async fn forget_reason<S: Scope>(tx: &Tx<S>, id: AbsenceId) -> Result<(), StoreError> {
    let which = absence_reason::Column::AbsenceId.eq(id.0);
    tx.remove::<absence_reason::Entity>(which, "forget why somebody is away").await.map(drop)
}

/// Removes an absence and its reason.
///
/// # Errors
/// If there is none that the scope may remove.
pub async fn remove<S: Scope>(tx: &Tx<S>, id: AbsenceId) -> Result<(), StoreError> {
    forget_reason(tx, id).await?;
    one::remove::<table::Entity>(tx, id.0, "remove an absence").await
}

fn from_row(row: table::Model) -> Result<Absence, StoreError> {
    Ok(Absence {
        id: AbsenceId(row.id),
        person: PersonId(row.person_id),
        span: columns::span("absences", row.starts_at, row.ends_at)?,
    })
}
