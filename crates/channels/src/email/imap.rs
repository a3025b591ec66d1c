//! Fetching mails from the office's mailbox.
//!
//! Reading leaves the mailbox as it is: mails are peeked at, by UID after the last one seen, and marked
//! as read only by [`confirm`], when they are stored. Fetching again what was fetched before is harmless
//! for whoever drops duplicates by Message-ID, so every doubt is resolved towards fetching again.

use std::{future::Future, time::Duration};

use async_imap::{Client, Session, error::Error as Imap, extensions::idle::IdleResponse};
use chrono::NaiveDate;
use futures_util::TryStreamExt;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use tokio::time::timeout;

use super::{
    reach::Reach,
    wire::{Place, Protocol, Security, Wire, told},
};
use crate::Secret;

/// Mails larger than this (in bytes) are fetched as headers only.
pub const LARGEST: u32 = 30 * 1024 * 1024;
/// One call stops taking more once it holds so many bytes.
const ONE_CALL: usize = 60 * 1024 * 1024;

/// A mailbox to read. The password is not part of its settings' JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImapAccount {
    /// The server's name.
    pub host: String,
    /// Its port; usually 993 for [`Security::Tls`] and 143 for [`Security::StartTls`].
    pub port: u16,
    /// How the connection is kept private.
    #[serde(default)]
    pub security: Security,
    /// Who signs in.
    pub username: String,
    /// The folder to read.
    #[serde(default = "inbox")]
    pub mailbox: String,
    /// Mails that came before this day are left alone. Without it, connecting an office's mailbox would
    /// take in its past, and so would a server that numbers its mails anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<NaiveDate>,
    /// A certificate (PEM) to trust besides the public ones, for a server with an authority of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust: Option<String>,
    /// The password: kept apart, encrypted, and put here by whoever reads the settings.
    #[serde(skip)]
    pub password: Secret,
    /// Where the server may stand; put here by whoever reads the settings, as the operator decides.
    #[serde(skip)]
    pub reach: Reach,
}

fn inbox() -> String {
    "INBOX".to_owned()
}

/// How far a mailbox was read. The default is "not at all".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UidMark {
    /// The server's generation of UIDs; when it changes, UIDs mean other mails.
    pub uid_validity: u32,
    /// The last UID taken.
    pub last_uid: u32,
}

/// A mail from the mailbox.
#[derive(Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Its number in the mailbox.
    pub uid: u32,
    /// Its bytes; only the headers if it was too large.
    pub raw: Vec<u8>,
    /// Its size in bytes, if it was too large to fetch whole.
    pub too_large: Option<u32>,
}

impl std::fmt::Debug for Fetched {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fetched(uid {}, {} bytes, too large: {:?})", self.uid, self.raw.len(), self.too_large)
    }
}

/// What one call brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The mails, oldest first.
    pub mails: Vec<Fetched>,
    /// Where to go on; store it once the mails are stored.
    pub mark: UidMark,
    /// Whether more are waiting.
    pub more: bool,
    /// Whether the server numbered its mails anew, so that we read from the beginning again.
    pub started_over: bool,
}

/// What waiting brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Something changed: fetch.
    Arrived,
    /// Nothing, for as long as we waited.
    Quiet,
    /// The server cannot tell (no IDLE): ask every minute instead.
    CannotTell,
}

/// Why a mailbox could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImapError {
    /// The server does not take our name and password: tell a person.
    #[error("the mailbox refuses our credentials: {said}")]
    Credentials {
        /// What the server said.
        said: String,
    },
    /// The server was not reached, or lost. Trying again may help.
    #[error("the mailbox cannot be reached: {why}")]
    Unreachable {
        /// What happened.
        why: String,
    },
    /// The server refuses something or answers something strange, such as "there is no such folder".
    #[error("the mailbox answered unexpectedly: {said}")]
    Protocol {
        /// What it said.
        said: String,
    },
}

/// Fetches up to `at_most` mails after `since`.
pub async fn fetch(account: &ImapAccount, since: UidMark, at_most: usize) -> Result<Batch, ImapError> {
    within(Duration::from_secs(300), async {
        let (mut session, found) = open(account).await?;
        let started_over = since.uid_validity != 0 && since.uid_validity != found.uid_validity;
        let after = if since.uid_validity == found.uid_validity { since.last_uid } else { 0 };
        let batch = fetch_after(&mut session, account, after, at_most.max(1)).await?;
        let _ = session.logout().await;
        let (mails, last, more) = batch;
        // What the server had numbered before we searched and did not name is nothing for us: without
        // stepping over it (a draft deleted again, a mail of another day) one would look at it for ever.
        let passed = found.uid_next.filter(|_| !more).map_or(0, |next| next.saturating_sub(1));
        let last_uid = last.max(passed);
        Ok(Batch { mails, mark: UidMark { uid_validity: found.uid_validity, last_uid }, more, started_over })
    })
    .await
}

/// Marks mails as read, now that they are stored. Does nothing if the server numbered its mails anew.
pub async fn confirm(account: &ImapAccount, uid_validity: u32, uids: &[u32]) -> Result<(), ImapError> {
    if uids.is_empty() {
        return Ok(());
    }
    within(Duration::from_secs(60), async {
        let (mut session, found) = open(account).await?;
        if found.uid_validity == uid_validity {
            for some in uids.chunks(200) {
                let changed =
                    session.uid_store(uid_set(some), "+FLAGS.SILENT (\\Seen)").await.map_err(broken)?;
                changed.try_for_each(|_| async { Ok(()) }).await.map_err(broken)?;
            }
        }
        let _ = session.logout().await;
        Ok(())
    })
    .await
}

/// Signs in, opens the folder and leaves again: whether the account works, and where its mails end now.
///
/// A mailbox connected with this mark takes in what comes from now on.
pub async fn check(account: &ImapAccount) -> Result<UidMark, ImapError> {
    within(Duration::from_secs(60), async {
        let (mut session, found) = open(account).await?;
        let last_uid = match found.uid_next {
            Some(next) => next.saturating_sub(1),
            None => {
                let all = session.uid_search("ALL").await.map_err(broken)?;
                all.into_iter().max().unwrap_or(0)
            }
        };
        let _ = session.logout().await;
        Ok(UidMark { uid_validity: found.uid_validity, last_uid })
    })
    .await
}

/// Waits until the mailbox holds something after `since`, for `up_to` at most (a server need not keep
/// us longer than 29 minutes). A hint, not a promise: fetch, and see.
pub async fn wait_for_news(
    account: &ImapAccount,
    since: UidMark,
    up_to: Duration,
) -> Result<News, ImapError> {
    let up_to = up_to.min(Duration::from_secs(28 * 60));
    let begun = tokio::time::Instant::now();
    let (mut session, found) = within(Duration::from_secs(60), open(account)).await?;
    let more = found.uid_next.is_some_and(|next| next > since.last_uid.saturating_add(1));
    if found.uid_validity != since.uid_validity || more {
        let _ = timeout(Duration::from_secs(5), session.logout()).await;
        return Ok(News::Arrived);
    }
    let can = within(Duration::from_secs(60), async { session.capabilities().await.map_err(broken) }).await?;
    if !can.has_str("IDLE") {
        let _ = timeout(Duration::from_secs(5), session.logout()).await;
        return Ok(News::CannotTell);
    }
    let mut idle = session.idle();
    within(Duration::from_secs(60), async { idle.init().await.map_err(broken) }).await?;
    // Whatever the server says starts its clock anew; ours runs from the beginning.
    let left = up_to.saturating_sub(begun.elapsed());
    let (waiting, _interrupt) = idle.wait_with_timeout(left);
    let news = match timeout(left, waiting).await {
        Err(_) | Ok(Ok(IdleResponse::Timeout)) => News::Quiet,
        Ok(Ok(IdleResponse::NewData(_))) => News::Arrived,
        Ok(Ok(IdleResponse::ManualInterrupt)) => return Err(lost("the server closed the connection")),
        Ok(Err(error)) => return Err(broken(error)),
    };
    let ended = timeout(Duration::from_secs(5), idle.done()).await;
    if let Ok(Ok(mut session)) = ended {
        let _ = timeout(Duration::from_secs(5), session.logout()).await;
    }
    Ok(news)
}

/// What selecting a folder told.
struct Found {
    uid_validity: u32,
    /// The number the next mail gets; some servers do not tell.
    uid_next: Option<u32>,
}

async fn open(account: &ImapAccount) -> Result<(Session<Wire>, Found), ImapError> {
    let place = Place {
        host: &account.host,
        port: account.port,
        security: account.security,
        trust: account.trust.as_deref(),
        reach: account.reach,
    };
    let connecting = timeout(Duration::from_secs(20), place.connect(Protocol::Imap));
    let wire =
        connecting.await.map_err(|_| lost("it took too long to connect"))?.map_err(|e| lost(&told(&e)))?;
    let mut client = Client::new(wire);
    if account.security != Security::StartTls {
        let greeting = client.read_response().await.map_err(|error| lost(&told(&error)))?;
        greeting.ok_or_else(|| lost("the server closed the connection"))?;
    }
    let signed_in = client.login(&account.username, account.password.reveal()).await;
    let mut session = signed_in.map_err(|(error, _)| refused(error))?;
    let mailbox = session.select(&account.mailbox).await.map_err(broken)?;
    let uid_validity = mailbox.uid_validity.ok_or_else(|| strange("the folder has no UIDVALIDITY"))?;
    Ok((session, Found { uid_validity, uid_next: mailbox.uid_next }))
}

/// The mails after a UID, the last UID looked at, and whether more are waiting.
async fn fetch_after(
    session: &mut Session<Wire>,
    account: &ImapAccount,
    after: u32,
    at_most: usize,
) -> Result<(Vec<Fetched>, u32, bool), ImapError> {
    let Some(first) = after.checked_add(1) else { return Ok((Vec::new(), after, false)) };
    let since =
        account.not_before.map(|day| format!(" SINCE {}", day.format("%-d-%b-%Y"))).unwrap_or_default();
    let found = session.uid_search(format!("UID {first}:* UNDELETED{since}")).await.map_err(broken)?;
    // `n:*` also names the last mail where its UID is below n.
    let mut uids: Vec<u32> = found.into_iter().filter(|uid| *uid > after).collect();
    uids.sort_unstable();
    let (mut mails, mut last, mut held) = (Vec::new(), after, 0);
    let waiting = uids.len();
    uids.truncate(at_most);
    let sizes = sizes(session, &uids).await?;
    let mut looked_at = 0;
    for uid in &uids {
        // A mail without a size was deleted since we searched.
        if let Some((_, size)) = sizes.iter().find(|(sized, _)| sized == uid) {
            let ahead = held + *size as usize;
            if !mails.is_empty() && *size <= LARGEST && ahead > ONE_CALL {
                break;
            }
            if let Some(mail) = one(session, *uid, *size).await? {
                held += mail.raw.len();
                mails.push(mail);
            }
        }
        last = *uid;
        looked_at += 1;
    }
    Ok((mails, last, looked_at < waiting))
}

async fn sizes(session: &mut Session<Wire>, uids: &[u32]) -> Result<Vec<(u32, u32)>, ImapError> {
    if uids.is_empty() {
        return Ok(Vec::new());
    }
    let answers = session.uid_fetch(uid_set(uids), "(UID RFC822.SIZE)").await.map_err(broken)?;
    let answers: Vec<_> = answers.try_collect().await.map_err(broken)?;
    Ok(answers.iter().filter_map(|answer| Some((answer.uid?, answer.size?))).collect())
}

async fn one(session: &mut Session<Wire>, uid: u32, size: u32) -> Result<Option<Fetched>, ImapError> {
    let whole = size <= LARGEST;
    let what = if whole { "(UID BODY.PEEK[])" } else { "(UID BODY.PEEK[HEADER])" };
    let answers = session.uid_fetch(uid.to_string(), what).await.map_err(broken)?;
    let answers: Vec<_> = answers.try_collect().await.map_err(broken)?;
    // Servers may tell about other mails in between.
    let mail = answers.iter().filter(|answer| answer.uid == Some(uid)).find_map(|answer| {
        let raw = if whole { answer.body() } else { answer.header() }?;
        Some(Fetched { uid, raw: raw.to_vec(), too_large: (!whole).then_some(size) })
    });
    Ok(mail)
}

/// `3,5,9` as IMAP writes sets.
fn uid_set(uids: &[u32]) -> String {
    uids.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
}

async fn within<T>(
    limit: Duration,
    step: impl Future<Output = Result<T, ImapError>>,
) -> Result<T, ImapError> {
    timeout(limit, step)
        .await
        .unwrap_or_else(|_| Err(lost(&format!("no answer within {} s", limit.as_secs()))))
}

fn lost(why: &str) -> ImapError {
    ImapError::Unreachable { why: why.to_owned() }
}

fn strange(said: &str) -> ImapError {
    ImapError::Protocol { said: words(said) }
}

/// The server's words, for a person to read. async-imap hands them over in Rust's notation.
fn words(said: &str) -> String {
    let quoted =
        said.split_once("Some(\"").and_then(|(_, rest)| rest.split_once("\")")).map(|(words, _)| words);
    super::inbound::one_line(quoted.unwrap_or(said)).chars().take(300).collect()
}

/// Signing in failed: the server said no, unless it says that it is only for now (RFC 5530).
fn refused(error: Imap) -> ImapError {
    match &error {
        Imap::No(said) if said.to_uppercase().contains("UNAVAILABLE") => lost(&error.to_string()),
        Imap::No(said) | Imap::Bad(said) => ImapError::Credentials { said: words(said) },
        Imap::Validate(_) => ImapError::Credentials {
            said: "the name or the password holds a character that IMAP cannot take".to_owned(),
        },
        _ => broken(error),
    }
}

fn broken(error: Imap) -> ImapError {
    match error {
        Imap::Io(_) | Imap::ConnectionLost => lost(&told(&error)),
        _ => strange(&told(&error)),
    }
}

#[cfg(test)]
#[path = "imap_tests.rs"]
mod tests;
