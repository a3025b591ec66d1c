//! Roles: what a person may do, in which organisation.

use chrono::{DateTime, Utc};
use domain::{OrganisationId, PersonId, Role};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};
use uuid::Uuid;

use crate::{StoreError, Tx, columns, entities::role as table, scope::Scope};

/// One role in one organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Who holds it.
    pub person: PersonId,
    /// Where.
    pub organisation: OrganisationId,
    /// What.
    pub role: Role,
}

/// Grants a role; granting it again changes nothing. Says whether it is new.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn grant<S: Scope>(tx: &Tx<S>, held: Held) -> Result<bool, StoreError> {
    let row = table::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(held.person.0),
        organisation_id: Set(held.organisation.0),
        role: Set(held.role.word().to_owned()),
        granted_at: Set(tx.now()),
    };
    tx.add_once::<table::Entity, _>(row, "grant a role").await
}

/// Takes a role away; says whether there was one.
///
/// # Errors
/// If the database refuses.
pub async fn revoke<S: Scope>(tx: &Tx<S>, held: Held) -> Result<bool, StoreError> {
    let which = Condition::all()
        .add(table::Column::PersonId.eq(held.person.0))
        .add(table::Column::OrganisationId.eq(held.organisation.0))
        .add(table::Column::Role.eq(held.role.word()));
    Ok(tx.remove::<table::Entity>(which, "take a role away").await? > 0)
}

/// The roles of a person that are in sight, oldest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_person<S: Scope>(tx: &Tx<S>, person: PersonId) -> Result<Vec<Held>, StoreError> {
    Ok(granted_to(tx, person).await?.into_iter().map(|(held, _)| held).collect())
}

/// The same, each with when it was granted.
///
/// # Errors
/// If the database cannot be read.
pub async fn granted_to<S: Scope>(
    tx: &Tx<S>,
    person: PersonId,
) -> Result<Vec<(Held, DateTime<Utc>)>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::PersonId.eq(person.0));
    let rows = rows.order_by_asc(table::Column::Id).all("list a person's roles").await?;
    let dated = |row: table::Model| {
        let at = row.granted_at;
        Ok((from_row(row)?, at))
    };
    rows.into_iter().map(dated).collect()
}

/// Who holds a role in `organisation`, as far as is in sight, oldest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn in_organisation<S: Scope>(
    tx: &Tx<S>,
    organisation: OrganisationId,
) -> Result<Vec<Held>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::OrganisationId.eq(organisation.0));
    let rows = rows.order_by_asc(table::Column::Id).all("list who may do what").await?;
    rows.into_iter().map(from_row).collect()
}

/// Those of these organisations where somebody holds `role`, as far as is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn at<S: Scope>(
    tx: &Tx<S>,
    organisations: &[OrganisationId],
    role: Role,
) -> Result<Vec<OrganisationId>, StoreError> {
    let ids = organisations.iter().map(|organisation| organisation.0);
    let rows = tx.visible::<table::Entity>().filter(table::Column::OrganisationId.is_in(ids));
    let rows =
        rows.filter(table::Column::Role.eq(role.word())).all("list where somebody holds a role").await?;
    Ok(rows.into_iter().map(|row| OrganisationId(row.organisation_id)).collect())
}

/// Everybody who holds `role` somewhere in sight, in the order in which it was granted.
///
/// # Errors
/// If the database cannot be read.
pub async fn with<S: Scope>(tx: &Tx<S>, role: Role) -> Result<Vec<Held>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::Role.eq(role.word()));
    let rows = rows.order_by_asc(table::Column::Id).all("list who holds a role").await?;
    rows.into_iter().map(from_row).collect()
}

/// Which of `people` hold `role`, and where, as far as that is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_people<S: Scope>(
    tx: &Tx<S>,
    people: &[PersonId],
    role: Role,
) -> Result<Vec<Held>, StoreError> {
    let ids = people.iter().map(|person| person.0);
    let rows = tx.visible::<table::Entity>().filter(table::Column::PersonId.is_in(ids));
    let rows = rows.filter(table::Column::Role.eq(role.word())).all("list which people hold a role").await?;
    rows.into_iter().map(from_row).collect()
}

fn from_row(row: table::Model) -> Result<Held, StoreError> {
    Ok(Held {
        person: PersonId(row.person_id),
        organisation: OrganisationId(row.organisation_id),
        role: columns::word("roles", &row.role, Role::from_word)?,
    })
}
