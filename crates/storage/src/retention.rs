//! How long an organisation keeps what visitors wrote.

use domain::{OrganisationId, PersonId};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::{
    StoreError, Tx,
    entities::retention::{ActiveModel, Column, Entity},
    scope::Home,
};

/// How long an organisation keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// After so many months without a word a conversation is anonymised.
    pub conversation_months: u32,
    /// After so many days a file that came with a message is removed.
    pub attachment_days: u32,
}

impl Default for Retention {
    /// What holds where nobody decided.
    fn default() -> Self {
        Self { conversation_months: 12, attachment_days: 30 }
    }
}

/// What the organisation decided, or the default.
///
/// # Errors
/// If the database cannot be read.
pub async fn of(tx: &Tx<Home>, organisation: OrganisationId) -> Result<Retention, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::OrganisationId.eq(organisation.0));
    let row = rows.one("read how long an organisation keeps").await?;
    // Nothing is kept for less than one of each, whatever a hand wrote into the table.
    let at_least_one = |number: i32| u32::try_from(number).unwrap_or(1).max(1);
    Ok(row.map_or_else(Retention::default, |row| Retention {
        conversation_months: at_least_one(row.conversation_months),
        attachment_days: at_least_one(row.attachment_days),
    }))
}

/// Decides it.
///
/// # Errors
/// If the organisation is not in sight.
pub async fn decide(
    tx: &Tx<Home>,
    organisation: OrganisationId,
    by: PersonId,
    retention: Retention,
) -> Result<(), StoreError> {
    let doing = "decide how long an organisation keeps";
    let number = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let row = ActiveModel {
        organisation_id: Set(organisation.0),
        conversation_months: Set(number(retention.conversation_months)),
        attachment_days: Set(number(retention.attachment_days)),
        person_id: Set(by.0),
        at: Set(tx.now()),
    };
    if !tx.change::<Entity, _>(row.clone(), doing).await? {
        tx.add::<Entity, _>(row, doing).await?;
    }
    Ok(())
}
