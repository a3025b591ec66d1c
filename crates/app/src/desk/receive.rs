//! A visitor writes in the web chat: what they wrote is kept at once, then taken in.
//!
//! The arrival and its job share one commit, so that nothing accepted is lost; taking it in right
//! away as well only makes the page show it sooner.

use chrono::{DateTime, Duration, Utc};
use domain::{ArrivalId, ChannelKind, Language};
use serde::{Deserialize, Serialize};
use storage::{
    arrivals::{self, Arrival},
    channel_accounts, conversations,
    scope::{System, Visitor},
};
use uuid::Uuid;

use super::{limits, take_in};
use crate::{
    App, Error, Refusal,
    jobs::{Job, enqueue},
    secrets::{Purpose, Secrets},
};

/// Whoever sends a first message once more gets the same token, for so long: their page is still trying.
/// Later the same key is somebody who found it, and begins a conversation of their own.
const SAME_TOKEN_FOR: Duration = Duration::minutes(10);

/// What a visitor sends.
#[derive(Debug, Clone)]
pub struct Written {
    /// The office, by its short name.
    pub slug: String,
    /// The token their browser holds, if it holds one.
    pub token: Option<String>,
    /// Where they write from, for the limit on how fast: an address, or empty.
    pub from: String,
    /// What they wrote.
    pub body: String,
    /// The key their page made, so that sending twice sends once. Of a first message it begins with the
    /// UUID the page came with: the browser's token is made of it.
    pub key: String,
    /// The language their page is in.
    pub language: Option<Language>,
    /// The poster or link they came by, as a word.
    pub came_from: Option<String>,
}

/// What a web chat's arrival holds until it is taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ChatArrival {
    pub(crate) token_hash: String,
    /// The hash of the page's key.
    pub(crate) key: String,
    pub(crate) body: String,
    pub(crate) language: Option<Language>,
    pub(crate) came_from: Option<String>,
}

/// Takes a visitor's message. Returns the token their browser must hold from now on.
///
/// # Errors
/// [`Refusal::MessageIsEmpty`], [`Refusal::MessageIsTooLong`], [`Error::TooMany`], or
/// [`Error::NotFound`] if no office has a web chat of that name.
pub async fn receive(app: &App, written: &Written) -> Result<String, Error> {
    let body = channels::web_chat::body(&written.body).map_err(|refused| match refused {
        channels::web_chat::BodyError::Empty => Refusal::MessageIsEmpty,
        channels::web_chat::BodyError::TooLong(_) => Refusal::MessageIsTooLong,
    })?;
    let held = written.token.clone().filter(|token| is_token(token));
    if !is_key(&written.key) {
        return Err(Refusal::FieldIsWrong.into());
    }
    let known = known(app, written, held.as_deref()).await?;
    limits::visitor(&app.counts, known.as_deref(), &written.from)?;
    let tx = app.write(System).await?;
    let account = channel_accounts::at(&tx, ChannelKind::WebChat, &written.slug).await?;
    let account = account.filter(|account| account.active).ok_or(Error::NotFound("office"))?;
    let key = app.secrets.hash(Purpose::VisitorToken, &format!("key of a message: {}", written.key));
    let mut token = match held {
        Some(held) => held,
        None => first_token(app, account.id.0, &written.key),
    };
    let id = |token: &str| provider_id(&token_hash(&app.secrets, &written.slug, token), &key);
    if written.token.as_deref() != Some(&*token) {
        let before = arrivals::by_provider_id(&tx, account.id, &id(&token)).await?;
        if before.is_some_and(|before| tx.now() - before.received_at > SAME_TOKEN_FOR) {
            token = app.secrets.random_token();
        }
    }
    let chat = ChatArrival {
        token_hash: token_hash(&app.secrets, &written.slug, &token),
        key,
        body,
        language: written.language,
        came_from: written.came_from.as_deref().map(tidy_word).filter(|word| !word.is_empty()),
    };
    let arrival = arrival(app.mint(), account.id, &chat, tx.now())?;
    let id = if arrivals::keep(&tx, &arrival).await? {
        enqueue(app, &tx, &Job::TakeIn { arrival: arrival.id }).await?;
        Some(arrival.id)
    } else {
        arrivals::by_provider_id(&tx, account.id, &arrival.provider_id).await?.map(|kept| kept.id)
    };
    tx.commit().await?;
    // The job does it too; whoever comes second finds it done.
    if let Some(id) = id
        && let Err(error) = take_in::take_in(app, id).await
    {
        tracing::warn!(arrival = %id, %error, "could not take a message in at once, its job will");
    }
    Ok(token)
}

fn arrival(
    id: ArrivalId,
    account: domain::ChannelAccountId,
    chat: &ChatArrival,
    now: DateTime<Utc>,
) -> Result<Arrival, Error> {
    let raw = serde_json::to_vec(chat).map_err(|_| Error::Secret("could not write a message down"))?;
    Ok(Arrival {
        id,
        account,
        // With the hash, a key copied by a stranger does not pass as a repetition.
        provider_id: provider_id(&chat.token_hash, &chat.key),
        received_at: now,
        raw: Some(raw),
        taken_in_at: None,
        trouble: None,
    })
}

/// The hash of the token a browser holds, if a conversation goes by it.
async fn known(app: &App, written: &Written, held: Option<&str>) -> Result<Option<String>, Error> {
    let Some(held) = held else { return Ok(None) };
    let hash = token_hash(&app.secrets, &written.slug, held);
    let tx = app.read(Visitor(&hash)).await?;
    let found = conversations::by_token(&tx, &hash).await?;
    Ok(found.map(|_| hash.clone()))
}

/// By what an arrival is known again. Hashes both: whoever reads them could not write as the visitor.
fn provider_id(token_hash: &str, key_hash: &str) -> String {
    format!("{}/{}", &token_hash[..16], &key_hash[..32])
}

/// The token of a browser that has none yet: 32 bytes nobody can guess, and the same again if the
/// browser never got our answer and sends its first message once more.
fn first_token(app: &App, account: Uuid, key: &str) -> String {
    let made_of = match key.get(..36).map(Uuid::parse_str) {
        Some(Ok(_)) => format!("made for {account} and {key}"),
        _ => app.secrets.random_token(),
    };
    app.secrets.hash(Purpose::VisitorToken, &made_of)
}

fn is_token(token: &str) -> bool {
    token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'))
}

/// Letters, digits and hyphens, enough of them that no two messages share a key by chance.
fn is_key(key: &str) -> bool {
    (16..=80).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// What is kept of a visitor's token at the web chat called `slug`: enough to recognise it, not to
/// present it, and another one at every office.
pub(crate) fn token_hash(secrets: &Secrets, slug: &str, token: &str) -> String {
    secrets.hash(Purpose::VisitorToken, &format!("kept for {slug}: {token}"))
}

/// A word of a link, without anything a page would stumble over.
fn tidy_word(word: &str) -> String {
    word.chars().filter(|c| !c.is_control()).take(80).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_thirty_two_bytes_are_a_token() {
        assert!(is_token(&"0f".repeat(32)));
        for wrong in [String::new(), "0f".repeat(31), "0F".repeat(32), "é".repeat(32)] {
            assert!(!is_token(&wrong), "{wrong}");
        }
    }

    #[test]
    fn a_key_is_a_word_long_enough_not_to_be_made_twice() {
        let id = Uuid::from_u128(7).to_string();
        for right in [id.clone(), format!("{id}-1234"), "1764871200000-9f2c1d".to_owned()] {
            assert!(is_key(&right), "{right}");
        }
        for wrong in [String::new(), "1".to_owned(), format!("{id}/x"), format!("{id}-{id}-{id}")] {
            assert!(!is_key(&wrong), "{wrong}");
        }
    }

    #[test]
    fn a_token_is_kept_under_another_hash_at_each_office() {
        let secrets = Secrets::from_key(&"42".repeat(32)).unwrap();
        let (here, there) =
            (token_hash(&secrets, "vieux-port", "token"), token_hash(&secrets, "belrive", "token"));
        assert_ne!(here, there);
        assert!(is_token(&here), "as long as what it hides: {here}");
    }
}
