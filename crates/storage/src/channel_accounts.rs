//! Ways to write to one office: its mailboxes and its web chat.

use std::fmt;

use chrono::{DateTime, Utc};
use domain::{ChannelAccountId, ChannelKind, OrganisationId};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, QuerySelect,
    sea_query::LockType,
};

use crate::{
    StoreError, Tx,
    entities::channel_account::{ActiveModel, Column, Entity, Model},
    error::unreadable,
    one,
    page::{self, Ask, Page},
    scope::{Scope, System},
};

/// A password, encrypted. Shows nothing of itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(pub Vec<u8>);

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed(…)")
    }
}

/// One way to write to one office.
#[derive(Clone, Debug, PartialEq)]
pub struct ChannelAccount {
    /// Its id.
    pub id: ChannelAccountId,
    /// The office.
    pub organisation: OrganisationId,
    /// Mailbox or web chat.
    pub kind: ChannelKind,
    /// The mail address in lower case, or the web chat's short name; unique for its kind.
    pub address: String,
    /// What its kind needs besides: servers, ports.
    pub settings: serde_json::Value,
    /// Its password, sealed.
    pub secret: Option<Sealed>,
    /// Whether it is in use.
    pub active: bool,
    /// How far the mailbox was read.
    pub mark: Option<serde_json::Value>,
    /// When it was last read, successfully or not.
    pub checked_at: Option<DateTime<Utc>>,
    /// What went wrong then.
    pub trouble: Option<String>,
    /// Counts the times its mark moved.
    pub version: i32,
    /// When it was set up.
    pub created_at: DateTime<Utc>,
}

/// Adds an account.
///
/// # Errors
/// If another office has the address, or the office is not in sight.
pub async fn add<S: Scope>(tx: &Tx<S>, account: &ChannelAccount) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(account.id.0),
        organisation_id: Set(account.organisation.0),
        kind: Set(account.kind.word().to_owned()),
        address: Set(account.address.clone()),
        settings: Set(account.settings.clone()),
        secret: Set(account.secret.as_ref().map(|sealed| sealed.0.clone())),
        active: Set(account.active),
        mark: Set(account.mark.clone()),
        checked_at: Set(account.checked_at),
        trouble: Set(account.trouble.clone()),
        version: Set(account.version),
        created_at: Set(account.created_at),
    };
    tx.add(row, "add a channel account").await
}

/// The account, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn one<S: Scope>(tx: &Tx<S>, id: ChannelAccountId) -> Result<Option<ChannelAccount>, StoreError> {
    let row = tx.visible::<Entity>().filter(Column::Id.eq(id.0)).one("read a channel account").await?;
    row.map(from_row).transpose()
}

/// Holds the account until the transaction ends: what two visitors' hands do at once is done one
/// after the other. Rows that merely refer to the account may be added meanwhile. SQLite has a single
/// writer and needs no lock.
///
/// # Errors
/// If the database cannot be read.
pub async fn hold<S: Scope>(tx: &Tx<S>, id: ChannelAccountId) -> Result<Option<ChannelAccount>, StoreError> {
    let rows =
        tx.visible::<Entity>().filter(Column::Id.eq(id.0)).with(|rows| rows.lock(LockType::NoKeyUpdate));
    rows.one("hold a channel account").await?.map(from_row).transpose()
}

/// The account of this kind with this address, in use or not.
///
/// # Errors
/// If the database cannot be read.
pub async fn at<S: Scope>(
    tx: &Tx<S>,
    kind: ChannelKind,
    address: &str,
) -> Result<Option<ChannelAccount>, StoreError> {
    let rows =
        tx.visible::<Entity>().filter(Column::Kind.eq(kind.word())).filter(Column::Address.eq(address));
    rows.one("look up a channel account by its address").await?.map(from_row).transpose()
}

/// The accounts of a kind that are in use, oldest first: all in `System`, its own for an office.
///
/// # Errors
/// If the database cannot be read.
pub async fn in_use<S: Scope>(tx: &Tx<S>, kind: ChannelKind) -> Result<Vec<ChannelAccount>, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::Kind.eq(kind.word())).filter(Column::Active.eq(true));
    let rows = rows.order_by_asc(Column::CreatedAt).all("list the channel accounts in use").await?;
    rows.into_iter().map(from_row).collect()
}

/// The accounts in sight, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn page<S: Scope>(tx: &Tx<S>, ask: &Ask) -> Result<Page<ChannelAccount>, StoreError> {
    page::of(tx.visible::<Entity>(), ask, "list channel accounts", from_row).await
}

/// Keeps how an account is set up from now on, and how far its mailbox was read.
///
/// # Errors
/// [`StoreError::Stale`] if its mark was moved since `account` was read, or it is out of sight.
pub async fn change<S: Scope>(tx: &Tx<S>, account: &ChannelAccount) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(account.id.0),
        settings: Set(account.settings.clone()),
        secret: Set(account.secret.as_ref().map(|sealed| sealed.0.clone())),
        active: Set(account.active),
        mark: Set(account.mark.clone()),
        trouble: Set(account.trouble.clone()),
        // Whoever reads the mailbox right now does not move the mark any more.
        version: Set(account.version + 1),
        ..Default::default()
    };
    let unmoved = Column::Version.eq(account.version);
    match tx.change_where::<Entity, _>(row, unmoved, "change a channel account").await? {
        0 => Err(StoreError::Stale),
        _ => Ok(()),
    }
}

/// Removes an account through which nothing ever came.
///
/// # Errors
/// [`StoreError::is_named_elsewhere`] if something did.
pub async fn remove<S: Scope>(tx: &Tx<S>, id: ChannelAccountId) -> Result<(), StoreError> {
    one::remove::<Entity>(tx, id.0, "remove a channel account").await
}

/// Notes that a mailbox was read up to `mark` (unchanged if `None`), or what prevented it.
///
/// # Errors
/// [`StoreError::Stale`] if another node moved the mark since `account` was read.
pub async fn checked(
    tx: &Tx<System>,
    account: &ChannelAccount,
    mark: Option<serde_json::Value>,
    trouble: Option<String>,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(account.id.0),
        version: if mark.is_some() { Set(account.version + 1) } else { NotSet },
        mark: mark.map_or(NotSet, |mark| Set(Some(mark))),
        checked_at: Set(Some(tx.now())),
        trouble: Set(trouble),
        ..Default::default()
    };
    let unmoved = Column::Version.eq(account.version);
    match tx.change_where::<Entity, _>(row, unmoved, "note how far a mailbox was read").await? {
        0 => Err(StoreError::Stale),
        _ => Ok(()),
    }
}

fn from_row(row: Model) -> Result<ChannelAccount, StoreError> {
    let kind =
        ChannelKind::from_word(&row.kind).ok_or_else(|| unreadable("channel_accounts", "kind", &row.kind))?;
    Ok(ChannelAccount {
        id: row.id.into(),
        organisation: row.organisation_id.into(),
        kind,
        address: row.address,
        settings: row.settings,
        secret: row.secret.map(Sealed),
        active: row.active,
        mark: row.mark,
        checked_at: row.checked_at,
        trouble: row.trouble,
        version: row.version,
        created_at: row.created_at,
    })
}
