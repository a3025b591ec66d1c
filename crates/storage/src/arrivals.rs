//! Messages as the provider delivered them, before anybody read them.

use chrono::{DateTime, Utc};
use domain::{ArrivalId, ChannelAccountId};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::{
    StoreError, Tx,
    entities::arrival::{ActiveModel, Column, Entity, Model},
    scope::System,
};

/// One message as it was delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Its id. What it becomes bears the same id, so that taking it in twice makes one message.
    pub id: ArrivalId,
    /// Where it was delivered.
    pub account: ChannelAccountId,
    /// The provider's id of it; unique for the account.
    pub provider_id: String,
    /// When we had it.
    pub received_at: DateTime<Utc>,
    /// The bytes, until they are taken in.
    pub raw: Option<Vec<u8>>,
    /// When it became a message, or was put aside for good.
    pub taken_in_at: Option<DateTime<Utc>>,
    /// Why it was put aside.
    pub trouble: Option<String>,
}

/// Keeps what was delivered, once: says whether it was new.
///
/// # Errors
/// If the database refuses.
pub async fn keep(tx: &Tx<System>, arrival: &Arrival) -> Result<bool, StoreError> {
    let row = ActiveModel {
        id: Set(arrival.id.0),
        channel_account_id: Set(arrival.account.0),
        provider_id: Set(arrival.provider_id.clone()),
        received_at: Set(arrival.received_at),
        raw: Set(arrival.raw.clone()),
        taken_in_at: Set(arrival.taken_in_at),
        trouble: Set(arrival.trouble.clone()),
    };
    tx.add_once(row, "keep what was delivered").await
}

/// The arrival.
///
/// # Errors
/// If the database cannot be read.
pub async fn one(tx: &Tx<System>, id: ArrivalId) -> Result<Option<Arrival>, StoreError> {
    let row = tx.visible::<Entity>().filter(Column::Id.eq(id.0)).one("read an arrival").await?;
    Ok(row.map(from_row))
}

/// The arrival with the provider's id.
///
/// # Errors
/// If the database cannot be read.
pub async fn by_provider_id(
    tx: &Tx<System>,
    account: ChannelAccountId,
    provider_id: &str,
) -> Result<Option<Arrival>, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::ChannelAccountId.eq(account.0));
    let row = rows.filter(Column::ProviderId.eq(provider_id)).one("look up an arrival").await?;
    Ok(row.map(from_row))
}

/// Notes that it became a message; its bytes are not needed any more.
///
/// # Errors
/// If the database refuses.
pub async fn taken_in(tx: &Tx<System>, id: ArrivalId) -> Result<(), StoreError> {
    let row =
        ActiveModel { id: Set(id.0), taken_in_at: Set(Some(tx.now())), raw: Set(None), ..Default::default() };
    tx.change::<Entity, _>(row, "note that an arrival was taken in").await.map(|_| ())
}

/// Puts it aside with its bytes, for a person to look at: it is of a kind nobody can read.
///
/// # Errors
/// If the database refuses.
pub async fn put_aside(tx: &Tx<System>, id: ArrivalId, trouble: &str) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(id.0),
        taken_in_at: Set(Some(tx.now())),
        trouble: Set(Some(trouble.to_owned())),
        ..Default::default()
    };
    tx.change::<Entity, _>(row, "put an arrival aside").await.map(|_| ())
}

fn from_row(row: Model) -> Arrival {
    Arrival {
        id: row.id.into(),
        account: row.channel_account_id.into(),
        provider_id: row.provider_id,
        received_at: row.received_at,
        raw: row.raw,
        taken_in_at: row.taken_in_at,
        trouble: row.trouble,
    }
}
