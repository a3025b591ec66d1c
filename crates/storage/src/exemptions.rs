//! Exemptions: days on which somebody owes the ledger nothing, because their employer says so.

use domain::{Exemption, ExemptionId, OrganisationId, PersonId};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::{
    StoreError, Tx,
    entities::exemption as table,
    one,
    page::{self, Ask, Page},
    scope::{Home, Scope},
};

/// Adds an exemption.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add(tx: &Tx<Home>, exemption: &Exemption) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(exemption.id.0),
        person_id: Set(exemption.person.0),
        organisation_id: Set(exemption.organisation.0),
        from_date: Set(exemption.from),
        until_date: Set(exemption.until),
        created_at: Set(tx.now()),
    };
    tx.add::<table::Entity, _>(row, "exempt somebody").await
}

/// Every exemption of these people that is in sight, whoever says so.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_people<S: Scope>(tx: &Tx<S>, people: &[PersonId]) -> Result<Vec<Exemption>, StoreError> {
    let ids = people.iter().map(|person| person.0);
    let rows = tx.visible::<table::Entity>().filter(table::Column::PersonId.is_in(ids));
    let rows = rows.order_by_asc(table::Column::Id).all("list who owes nothing").await?;
    rows.into_iter().map(from_row).collect()
}

/// The exemptions in sight that one employer said or was told, of one person or of all, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list<S: Scope>(
    tx: &Tx<S>,
    employer: OrganisationId,
    person: Option<PersonId>,
    ask: &Ask,
) -> Result<Page<Exemption>, StoreError> {
    let mut rows = tx.visible::<table::Entity>().filter(table::Column::OrganisationId.eq(employer.0));
    if let Some(person) = person {
        rows = rows.filter(table::Column::PersonId.eq(person.0));
    }
    page::of(rows, ask, "list exemptions", from_row).await
}

/// The exemption of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn get<S: Scope>(tx: &Tx<S>, id: ExemptionId) -> Result<Option<Exemption>, StoreError> {
    one::get::<table::Entity, _>(tx, id.0, "read an exemption", from_row).await
}

/// The exemption of that id, held until the transaction ends.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none.
pub async fn hold(tx: &Tx<Home>, id: ExemptionId) -> Result<Exemption, StoreError> {
    one::hold::<table::Entity, _>(tx, id.0, "hold an exemption", from_row).await
}

/// Removes an exemption.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none that the scope may remove.
pub async fn remove(tx: &Tx<Home>, id: ExemptionId) -> Result<(), StoreError> {
    one::remove::<table::Entity>(tx, id.0, "remove an exemption").await
}

fn from_row(row: table::Model) -> Result<Exemption, StoreError> {
    Ok(Exemption {
        id: ExemptionId(row.id),
        person: PersonId(row.person_id),
        organisation: OrganisationId(row.organisation_id),
        from: row.from_date,
        until: row.until_date,
    })
}
