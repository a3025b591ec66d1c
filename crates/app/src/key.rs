//! Whether the master key is the one this database was opened with before. Nothing else would tell: with a
//! wrong key everybody is signed out, and mailboxes and letters stay shut, one by one.
//!
//! The audit log notes a hash of the key whenever it is another than the last one.

use chrono::{DateTime, Utc};
use serde_json::json;
use storage::{Tx, audit, scope::System};

use crate::{App, Error, secrets::Purpose};

/// Of which kind of thing the lines of the audit log speak.
const KIND: &str = "key";

/// How many changes of the key are looked back on.
const MOST_LINES: u64 = 100;

/// How the key stands to the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has opened this database with any.
    New,
    /// It is the only one there was.
    Same,
    /// There was another before this one, until then.
    Changed(DateTime<Utc>),
    /// The database was opened with another key last, and with this one before, until then.
    Earlier(DateTime<Utc>),
    /// The database was opened with another key last, and never with this one.
    Other,
}

/// How this process's key stands to the database.
///
/// # Errors
/// If the database cannot be read.
pub async fn standing(app: &App) -> Result<Standing, Error> {
    let tx = app.read(System).await?;
    known(app, &tx).await
}

/// Notes that the database is opened with this process's key, unless that is known.
///
/// # Errors
/// If the database refuses.
pub async fn note(app: &App) -> Result<(), Error> {
    let tx = app.write(System).await?;
    if matches!(known(app, &tx).await?, Standing::Same | Standing::Changed(_)) {
        return Ok(());
    }
    let detail = Some(json!({ "mark": mark(app) }));
    audit::add(&tx, audit::Entry { verb: "open_house", object_kind: KIND, detail, ..Default::default() })
        .await?;
    Ok(tx.commit().await?)
}

async fn known(app: &App, tx: &Tx<System>) -> Result<Standing, Error> {
    let own = mark(app);
    let lines = audit::about(tx, KIND, MOST_LINES).await?;
    let is_own = |line: &audit::StoredEntry| line.detail.as_ref().is_some_and(|detail| detail["mark"] == own);
    Ok(match &lines[..] {
        [] => Standing::New,
        [last, ..] if !is_own(last) => match lines.iter().position(is_own) {
            // What follows a line is the key that came after it.
            Some(ours) => Standing::Earlier(lines[ours - 1].at),
            None => Standing::Other,
        },
        [_] => Standing::Same,
        [last, ..] => Standing::Changed(last.at),
    })
}

/// By which the key is known again, and nothing made with it.
fn mark(app: &App) -> String {
    app.secrets.hash(Purpose::House, "the key of this house")
}
