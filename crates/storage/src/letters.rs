//! Letters: the demo's mailbox. What would have left the house by mail can be read there.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait};
use uuid::Uuid;

use crate::{StoreError, Tx, entities::letter as table, scope::System};

/// The signal that says a letter came.
pub const TOPIC: &str = "mailbox";

/// One letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its id.
    pub id: Uuid,
    /// To whom.
    pub recipient: String,
    /// About what.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same as a web page, if it has that form.
    pub html: Option<String>,
    /// When it left.
    pub at: DateTime<Utc>,
}

/// Puts a letter into the mailbox; the same letter twice lies there once.
///
/// # Errors
/// If the database refuses.
pub async fn add_once(tx: &Tx<System>, letter: &Letter) -> Result<bool, StoreError> {
    let row = table::ActiveModel {
        id: Set(letter.id),
        recipient: Set(letter.recipient.clone()),
        subject: Set(letter.subject.clone()),
        text: Set(letter.text.clone()),
        html: Set(letter.html.clone()),
        at: Set(letter.at),
    };
    let new = tx.add_once::<table::Entity, _>(row, "put a letter into the mailbox").await?;
    if new {
        tx.signal(TOPIC);
    }
    Ok(new)
}

/// The newest letters, newest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn newest(tx: &Tx<System>, most: u64) -> Result<Vec<Letter>, StoreError> {
    let rows =
        tx.visible::<table::Entity>().order_by_desc(table::Column::At).order_by_desc(table::Column::Id);
    let rows = rows.limit(most).all("read the mailbox").await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// Forgets letters from before `before`; says how many.
///
/// # Errors
/// If the database refuses.
pub async fn forget_old(tx: &Tx<System>, before: DateTime<Utc>) -> Result<u64, StoreError> {
    tx.remove::<table::Entity>(table::Column::At.lt(before), "forget old letters").await
}

fn from_row(row: table::Model) -> Letter {
    Letter {
        id: row.id,
        recipient: row.recipient,
        subject: row.subject,
        text: row.text,
        html: row.html,
        at: row.at,
    }
}
