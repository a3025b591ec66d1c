//! Certificates: proof of what was removed of a visitor. Only ever added to.

use chrono::{DateTime, Utc};
use domain::{ErasureId, OrganisationId, PersonId};
use sea_orm::{ActiveValue::Set, ColumnTrait};
use serde_json::Value;

use crate::{
    StoreError, Tx,
    entities::erasure::{ActiveModel, Column, Entity, Model},
    scope::Home,
};

/// One certificate.
#[derive(Clone, Debug, PartialEq)]
pub struct Erasure {
    /// Its id.
    pub id: ErasureId,
    /// Whose visitor it was.
    pub organisation: OrganisationId,
    /// Who removed.
    pub person: PersonId,
    /// When.
    pub at: DateTime<Utc>,
    /// What: counts by table, and whose by keyed hashes alone.
    pub certificate: Value,
    /// The keyed hash of the certificate's text.
    pub hash: String,
}

/// Keeps a certificate.
///
/// # Errors
/// If the organisation is not in sight.
pub async fn add(tx: &Tx<Home>, erasure: &Erasure) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(erasure.id.0),
        organisation_id: Set(erasure.organisation.0),
        person_id: Set(erasure.person.0),
        at: Set(erasure.at),
        certificate: Set(erasure.certificate.clone()),
        hash: Set(erasure.hash.clone()),
    };
    tx.add::<Entity, _>(row, "keep a certificate").await
}

/// The certificate, if in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn one(tx: &Tx<Home>, id: ErasureId) -> Result<Option<Erasure>, StoreError> {
    let row = tx.visible::<Entity>().filter(Column::Id.eq(id.0)).one("read a certificate").await?;
    Ok(row.map(from_row))
}

/// The newest in sight, newest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn newest(tx: &Tx<Home>, most: u64) -> Result<Vec<Erasure>, StoreError> {
    let rows = tx.visible::<Entity>().order_by_desc(Column::At).order_by_desc(Column::Id).limit(most);
    Ok(rows.all("list certificates").await?.into_iter().map(from_row).collect())
}

fn from_row(row: Model) -> Erasure {
    Erasure {
        id: row.id.into(),
        organisation: OrganisationId(row.organisation_id),
        person: PersonId(row.person_id),
        at: row.at,
        certificate: row.certificate,
        hash: row.hash,
    }
}
