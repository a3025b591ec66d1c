//! Requests that may be sent again: under one key a thing is done once, and the answer said again.
//!
//! A key is its caller's alone. It is kept for a day; what is kept is sealed, for an answer may hold a
//! secret that is shown once.

use chrono::Duration;
use serde::{Deserialize, Serialize};
use storage::{
    answers,
    scope::{self, System},
};
use uuid::Uuid;

use crate::{App, Error, account::api_tokens::Access, secrets::Purpose};

/// How long an answer is kept.
const KEPT_FOR: Duration = Duration::hours(24);

/// An answer as it is said again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Headers that belong to it.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

/// What a key leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// Nobody asked under it: do it, then [`keep`] or [`release`].
    Taken(Uuid),
    /// This was answered.
    Answered(Answer),
    /// The first request is still being answered.
    InHand,
    /// Something else was asked under it.
    AskedOtherwise,
}

/// Takes `key` for what is asked, or finds what was answered.
///
/// # Errors
/// If the database refuses.
pub async fn take(app: &App, access: &Access, key: &str, asked: &[u8]) -> Result<Key, Error> {
    let person = access.session.person.id;
    let hash = app.secrets.hash(Purpose::IdempotencyKey, &format!("{} {key}", access.credential));
    let fingerprint = app.secrets.hash_bytes(Purpose::IdempotencyKey, asked);
    let id = app.mint();
    let tx = app.write(scope::Person(person)).await?;
    if answers::take(&tx, id, person, (&hash, &fingerprint), tx.now() - KEPT_FOR).await? {
        tx.commit().await?;
        return Ok(Key::Taken(id));
    }
    let Some(kept) = answers::get(&tx, person, &hash).await? else { return Ok(Key::InHand) };
    if kept.fingerprint != fingerprint {
        return Ok(Key::AskedOtherwise);
    }
    let Some((_, sealed)) = kept.answer else { return Ok(Key::InHand) };
    let opened = app.secrets.open_text(&sealed, &belongs_to(kept.id))?;
    let answer = serde_json::from_str(&opened).map_err(|_| Error::Secret("a kept answer does not read"))?;
    Ok(Key::Answered(answer))
}

/// Keeps what was answered under a key that was taken.
///
/// # Errors
/// If the database refuses.
pub async fn keep(app: &App, access: &Access, id: Uuid, answer: &Answer) -> Result<(), Error> {
    let json = serde_json::to_string(answer).expect("texts and a number are JSON");
    let tx = app.write(scope::Person(access.session.person.id)).await?;
    answers::keep(&tx, id, answer.status, &app.secrets.seal_text(&json, &belongs_to(id))).await?;
    Ok(tx.commit().await?)
}

/// Gives a key back under which nothing was done.
///
/// # Errors
/// If the database refuses.
pub async fn release(app: &App, access: &Access, id: Uuid) -> Result<(), Error> {
    let tx = app.write(scope::Person(access.session.person.id)).await?;
    answers::release(&tx, id).await?;
    Ok(tx.commit().await?)
}

/// Forgets answers older than a day.
///
/// # Errors
/// If the database refuses.
pub async fn forget_old(app: &App) -> Result<(), Error> {
    let tx = app.write(System).await?;
    answers::forget_old(&tx, tx.now() - KEPT_FOR).await?;
    Ok(tx.commit().await?)
}

fn belongs_to(id: Uuid) -> String {
    format!("answer/{id}")
}
