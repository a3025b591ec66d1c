//! Agreements: what organisations have agreed on, or have permits for, beyond or within the law.

use domain::{Agreement, AgreementId, Law, OrganisationId, PersonId, Term};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::{
    StoreError, Tx, columns,
    entities::agreement as table,
    one,
    page::{self, Ask, Page},
    scope::{Home, Scope},
};

/// Adds an agreement.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add(tx: &Tx<Home>, agreement: &Agreement) -> Result<(), StoreError> {
    tx.add::<table::Entity, _>(row(agreement), "add an agreement").await
}

/// Saves a changed agreement.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is no such agreement.
pub async fn change(tx: &Tx<Home>, agreement: &Agreement) -> Result<(), StoreError> {
    one::change::<table::Entity, _>(tx, row(agreement), "change an agreement").await
}

/// Removes an agreement.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none that the scope may remove.
pub async fn remove(tx: &Tx<Home>, id: AgreementId) -> Result<(), StoreError> {
    one::remove::<table::Entity>(tx, id.0, "remove an agreement").await
}

/// Every agreement in sight of these organisations, in the order in which they begin.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_organisations<S: Scope>(
    tx: &Tx<S>,
    organisations: &[OrganisationId],
) -> Result<Vec<Agreement>, StoreError> {
    let ids = organisations.iter().map(|organisation| organisation.0);
    let rows = tx.visible::<table::Entity>().filter(table::Column::OrganisationId.is_in(ids));
    let rows = rows.order_by_asc(table::Column::FromDate).order_by_asc(table::Column::Id);
    rows.all("list agreements").await?.into_iter().map(from_row).collect()
}

/// The agreements of an organisation, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(
    tx: &Tx<Home>,
    organisation: OrganisationId,
    ask: &Ask,
) -> Result<Page<Agreement>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::OrganisationId.eq(organisation.0));
    page::of(rows, ask, "list agreements", from_row).await
}

/// The agreement of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn get(tx: &Tx<Home>, id: AgreementId) -> Result<Option<Agreement>, StoreError> {
    one::get::<table::Entity, _>(tx, id.0, "read an agreement", from_row).await
}

/// The agreement of that id, held until the transaction ends.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none.
pub async fn hold(tx: &Tx<Home>, id: AgreementId) -> Result<Agreement, StoreError> {
    one::hold::<table::Entity, _>(tx, id.0, "hold an agreement", from_row).await
}

fn row(one: &Agreement) -> table::ActiveModel {
    table::ActiveModel {
        id: Set(one.id.0),
        organisation_id: Set(one.organisation.0),
        law: Set(one.law.map(|law| law.word().to_owned())),
        term: Set(one.term.word().to_owned()),
        amount: Set(i32::try_from(one.amount).unwrap_or(i32::MAX)),
        document: Set(one.document.clone()),
        from_date: Set(one.from),
        until_date: Set(one.until),
        entered_by: Set(one.entered_by.0),
        entered_at: Set(one.entered_at),
    }
}

fn from_row(row: table::Model) -> Result<Agreement, StoreError> {
    let law = |text: String| columns::word("agreements", &text, Law::from_word);
    Ok(Agreement {
        id: AgreementId(row.id),
        organisation: OrganisationId(row.organisation_id),
        law: row.law.map(law).transpose()?,
        term: columns::word("agreements", &row.term, Term::from_word)?,
        amount: columns::number("agreements", row.amount)?,
        document: row.document,
        from: row.from_date,
        until: row.until_date,
        entered_by: PersonId(row.entered_by),
        entered_at: row.entered_at,
    })
}
