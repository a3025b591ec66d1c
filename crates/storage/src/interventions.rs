//! Interventions: work during standby, from accepting to the last answer.

use domain::{Intervention, InterventionId, OrganisationId, PersonId, Source, Span};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::{
    StoreError, Tx, columns,
    entities::intervention as table,
    error::unreadable,
    one,
    page::{self, Ask, Page, Sought},
    scope::Scope,
};

/// Adds an intervention; the person or the employer does.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add<S: Scope>(tx: &Tx<S>, one: &Intervention) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(one.id.0),
        person_id: Set(one.person.0),
        organisation_id: Set(one.organisation.0),
        starts_at: Set(one.span.start()),
        ends_at: Set(one.span.end()),
        source: Set(one.source.word().to_owned()),
        created_at: Set(tx.now()),
    };
    tx.add::<table::Entity, _>(row, "record an intervention").await
}

/// Says anew from when to when an intervention was, and where that is known from.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none that the scope may change.
pub async fn change<S: Scope>(tx: &Tx<S>, one: &Intervention) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(one.id.0),
        starts_at: Set(one.span.start()),
        ends_at: Set(one.span.end()),
        source: Set(one.source.word().to_owned()),
        ..Default::default()
    };
    one::change::<table::Entity, _>(tx, row, "correct an intervention").await
}

/// The interventions of these people for `organisation` that share time with `span`, soonest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn within<S: Scope>(
    tx: &Tx<S>,
    organisation: OrganisationId,
    people: &[PersonId],
    span: Span,
) -> Result<Vec<Intervention>, StoreError> {
    let rows = tx
        .visible::<table::Entity>()
        .filter(table::Column::OrganisationId.eq(organisation.0))
        .filter(table::Column::PersonId.is_in(people.iter().map(|person| person.0)))
        .filter(table::Column::StartsAt.lt(span.end()))
        .filter(table::Column::EndsAt.gt(span.start()))
        .order_by_asc(table::Column::StartsAt)
        .order_by_asc(table::Column::Id);
    rows.all("list interventions").await?.into_iter().map(from_row).collect()
}

/// The interventions of these people that are in sight and share time with `span`, whoever they were for.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_people<S: Scope>(
    tx: &Tx<S>,
    people: &[PersonId],
    span: Span,
) -> Result<Vec<Intervention>, StoreError> {
    let rows = tx
        .visible::<table::Entity>()
        .filter(table::Column::PersonId.is_in(people.iter().map(|person| person.0)))
        .filter(table::Column::StartsAt.lt(span.end()))
        .filter(table::Column::EndsAt.gt(span.start()))
        .order_by_asc(table::Column::Id);
    rows.all("list people's interventions").await?.into_iter().map(from_row).collect()
}

/// The interventions in sight that one employer said or was told, as far as they are sought, a page of
/// them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list<S: Scope>(
    tx: &Tx<S>,
    employer: OrganisationId,
    sought: Sought,
    ask: &Ask,
) -> Result<Page<Intervention>, StoreError> {
    let mut rows = tx.visible::<table::Entity>().filter(table::Column::OrganisationId.eq(employer.0));
    if let Some(person) = sought.person {
        rows = rows.filter(table::Column::PersonId.eq(person.0));
    }
    if let Some(from) = sought.from {
        rows = rows.filter(table::Column::EndsAt.gt(from));
    }
    if let Some(until) = sought.until {
        rows = rows.filter(table::Column::StartsAt.lt(until));
    }
    page::of(rows, ask, "list interventions", from_row).await
}

/// The intervention of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn get<S: Scope>(tx: &Tx<S>, id: InterventionId) -> Result<Option<Intervention>, StoreError> {
    one::get::<table::Entity, _>(tx, id.0, "read an intervention", from_row).await
}

/// The intervention of that id, held until the transaction ends.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none.
pub async fn hold<S: Scope>(tx: &Tx<S>, id: InterventionId) -> Result<Intervention, StoreError> {
    one::hold::<table::Entity, _>(tx, id.0, "hold an intervention", from_row).await
}

/// Removes an intervention.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none that the scope may remove.
pub async fn remove<S: Scope>(tx: &Tx<S>, id: InterventionId) -> Result<(), StoreError> {
    one::remove::<table::Entity>(tx, id.0, "remove an intervention").await
}

fn from_row(row: table::Model) -> Result<Intervention, StoreError> {
    Ok(Intervention {
        id: InterventionId(row.id),
        person: PersonId(row.person_id),
        organisation: OrganisationId(row.organisation_id),
        span: columns::span("interventions", row.starts_at, row.ends_at)?,
        source: Source::from_word(&row.source)
            .ok_or_else(|| unreadable("interventions", "source", &row.source))?,
    })
}
