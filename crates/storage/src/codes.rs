//! Sign-in codes: kept as keyed hashes, for ten minutes, for five tries.
//!
//! A row is written for every address asked for, known or not: whoever watches the clock or the
//! answers learns nothing, and the limits hold for both. Address and asker are kept as keyed
//! hashes, so that the table names nobody.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, sea_query::ExprTrait};
use uuid::Uuid;

use crate::{StoreError, Tx, entities::sign_in_code as table, scope::System};

/// A code as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCode {
    /// Its id.
    pub id: Uuid,
    /// The keyed hash of the address it was asked for.
    pub email_hash: String,
    /// The keyed hash of where it was asked from.
    pub asked_from: String,
    /// The keyed hash of what the browser that asked holds: no other may try the code.
    pub browser: String,
    /// The keyed hash of the six digits; of nothing where nobody has the address.
    pub code_hash: String,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// Until when it counts.
    pub expires_at: DateTime<Utc>,
    /// How many tries were made.
    pub tries: u32,
}

/// Keeps a code.
///
/// # Errors
/// If the database refuses.
pub async fn add(tx: &Tx<System>, code: &StoredCode) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(code.id),
        email: Set(code.email_hash.clone()),
        asked_from: Set(code.asked_from.clone()),
        browser: Set(code.browser.clone()),
        code_hash: Set(code.code_hash.clone()),
        created_at: Set(code.created_at),
        expires_at: Set(code.expires_at),
        tries: Set(0),
        used_at: Set(None),
    };
    tx.add::<table::Entity, _>(row, "keep a sign-in code").await
}

/// When codes were asked for since `since`, for this address, newest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn asked_for(
    tx: &Tx<System>,
    email_hash: &str,
    since: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, StoreError> {
    asked(tx, table::Column::Email.eq(email_hash), since).await
}

/// When codes were asked for since `since`, for this address from this place, newest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn asked_for_from(
    tx: &Tx<System>,
    email_hash: &str,
    asker: &str,
    since: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, StoreError> {
    asked(tx, table::Column::Email.eq(email_hash).and(table::Column::AskedFrom.eq(asker)), since).await
}

/// When codes were asked for since `since`, from this place, newest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn asked_from(
    tx: &Tx<System>,
    asker: &str,
    since: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, StoreError> {
    asked(tx, table::Column::AskedFrom.eq(asker), since).await
}

async fn asked(
    tx: &Tx<System>,
    which: sea_orm::sea_query::SimpleExpr,
    since: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, StoreError> {
    let rows = tx
        .visible::<table::Entity>()
        .filter(which.and(table::Column::CreatedAt.gt(since)))
        .order_by_desc(table::Column::CreatedAt)
        .all("count sign-in codes")
        .await?;
    Ok(rows.into_iter().map(|row| row.created_at).collect())
}

/// The newest `most` codes that this browser asked for this address and that are neither used nor too
/// old, whatever their tries.
///
/// # Errors
/// If the database cannot be read.
pub async fn newest(
    tx: &Tx<System>,
    email_hash: &str,
    browser: &str,
    most: u64,
) -> Result<Vec<StoredCode>, StoreError> {
    let rows = tx
        .visible::<table::Entity>()
        .filter(table::Column::Email.eq(email_hash))
        .filter(table::Column::Browser.eq(browser))
        .filter(table::Column::UsedAt.is_null())
        .filter(table::Column::ExpiresAt.gt(tx.now()))
        .order_by_desc(table::Column::CreatedAt)
        .order_by_desc(table::Column::Id)
        .limit(most);
    Ok(rows.all("look up sign-in codes").await?.into_iter().map(from_row).collect())
}

/// Counts a try before the digits are compared. False if `most` tries were made or it was used
/// meanwhile: the count is compared where it is kept, so that tries at the same moment all count.
///
/// # Errors
/// If the database refuses.
pub async fn count_try(tx: &Tx<System>, code: &StoredCode, most: u32) -> Result<bool, StoreError> {
    let tries = i32::try_from(code.tries).unwrap_or(i32::MAX);
    let row =
        table::ActiveModel { id: Set(code.id), tries: Set(tries.saturating_add(1)), ..Default::default() };
    let most = i32::try_from(most).unwrap_or(i32::MAX);
    let still = Condition::all()
        .add(table::Column::Tries.eq(tries))
        .add(table::Column::Tries.lt(most))
        .add(table::Column::UsedAt.is_null());
    Ok(tx.change_where::<table::Entity, _>(row, still, "count a try").await? > 0)
}

/// It was used, and never is again. False if another was faster.
///
/// # Errors
/// If the database refuses.
pub async fn use_up(tx: &Tx<System>, id: Uuid) -> Result<bool, StoreError> {
    let row = table::ActiveModel { id: Set(id), used_at: Set(Some(tx.now())), ..Default::default() };
    let unused = table::Column::UsedAt.is_null();
    Ok(tx.change_where::<table::Entity, _>(row, unused, "use a sign-in code").await? > 0)
}

/// Forgets codes asked for before `before`; says how many.
///
/// # Errors
/// If the database refuses.
pub async fn forget_old(tx: &Tx<System>, before: DateTime<Utc>) -> Result<u64, StoreError> {
    tx.remove::<table::Entity>(table::Column::CreatedAt.lt(before), "forget old sign-in codes").await
}

fn from_row(row: table::Model) -> StoredCode {
    StoredCode {
        id: row.id,
        email_hash: row.email,
        asked_from: row.asked_from,
        browser: row.browser,
        code_hash: row.code_hash,
        created_at: row.created_at,
        expires_at: row.expires_at,
        tries: u32::try_from(row.tries).unwrap_or(0),
    }
}
