//! Fetches what came into the offices' mailboxes. A tick: finds out by itself which are due.
//!
//! The mails of a batch, their jobs and how far the mailbox was read are one commit; a mail fetched
//! twice is known by its Message-ID.

use std::{
    collections::HashSet,
    sync::{LazyLock, Mutex},
    time::Duration as Wait,
};

use channels::{
    Secret,
    email::{
        self,
        imap::{self, Fetched, ImapAccount, UidMark},
    },
};
use chrono::Duration;
use domain::{ChannelAccountId, ChannelKind};
use storage::{
    arrivals::{self, Arrival},
    channel_accounts::{self, ChannelAccount},
    scope::System,
};
use tokio::task::JoinSet;

use super::{accounts, accounts::MailSettings};
use crate::{
    App, Error,
    jobs::{Job, enqueue},
};

/// Mails a transaction.
const BATCH: usize = 50;
/// A mailbox that failed is left alone for so long.
const AFTER_TROUBLE: Duration = Duration::seconds(60);

/// So long one waits for the mailboxes, which are read beside each other.
const AT_MOST: Wait = Wait::from_secs(30);

/// Fetches from every mailbox; says how many mails were new.
///
/// # Errors
/// If the database fails. A mailbox that cannot be read says so in its row, and the others go on.
pub async fn fetch_mail(app: &App) -> Result<usize, Error> {
    let tx = app.read(System).await?;
    let accounts = channel_accounts::in_use(&tx, ChannelKind::Email).await?;
    let now = tx.now();
    drop(tx);
    let mut fetching = JoinSet::new();
    for account in accounts {
        let rests = account.trouble.is_some()
            && account.checked_at.is_some_and(|checked| checked <= now && now - checked < AFTER_TROUBLE);
        // One that is still being read is left to whoever reads it.
        let Some(turn) = (!rests).then(|| Turn::take(account.id)).flatten() else { continue };
        fetching.spawn(one_turn(app.clone(), account, turn));
    }
    let mut new = 0;
    let all = async {
        while let Some(outcome) = fetching.join_next().await {
            new += outcome.unwrap_or(0);
        }
    };
    if tokio::time::timeout(AT_MOST, all).await.is_err() {
        // A slow mailbox, or a large mail: it goes on by itself, and nobody else waits for it.
        fetching.detach_all();
    }
    Ok(new)
}

async fn one_turn(app: App, account: ChannelAccount, _turn: Turn) -> usize {
    match fetch_one(&app, &account).await {
        Ok(count) => count,
        // Another node read it in the same moment, and keeps what came.
        Err(Error::Stale) => {
            tracing::debug!(address = %account.address, "another node read the mailbox");
            0
        }
        Err(error) => {
            trouble(&app, &account, &error).await;
            0
        }
    }
}

/// The mailboxes this process is reading.
static BEING_READ: LazyLock<Mutex<HashSet<ChannelAccountId>>> = LazyLock::new(Mutex::default);

/// The right to read a mailbox; given back when it is dropped.
struct Turn(ChannelAccountId);

impl Turn {
    fn take(account: ChannelAccountId) -> Option<Self> {
        let mut reading = BEING_READ.lock().expect("nobody panics while holding this lock");
        reading.insert(account).then_some(Self(account))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        BEING_READ.lock().expect("nobody panics while holding this lock").remove(&self.0);
    }
}

/// Fetches what came into one mailbox.
async fn fetch_one(app: &App, account: &ChannelAccount) -> Result<usize, Error> {
    let mailbox = mailbox(app, account)?;
    let mut account = account.clone();
    let mut new = 0;
    loop {
        let mark = mark(&account);
        let batch = imap::fetch(&mailbox, mark, BATCH).await.map_err(unreadable)?;
        if batch.mails.is_empty() && batch.mark == mark && account.trouble.is_none() {
            return Ok(new);
        }
        new += keep(app, &account, &batch.mails, batch.mark).await?;
        let uids: Vec<u32> = batch.mails.iter().map(|mail| mail.uid).collect();
        if let Err(error) = imap::confirm(&mailbox, batch.mark.uid_validity, &uids).await {
            tracing::debug!(%error, "could not mark mails as read");
        }
        if !batch.more {
            return Ok(new);
        }
        account.mark = serde_json::to_value(batch.mark).ok();
        account.version += 1;
        account.trouble = None;
    }
}

async fn keep(app: &App, account: &ChannelAccount, mails: &[Fetched], mark: UidMark) -> Result<usize, Error> {
    let tx = app.write(System).await?;
    let mut new = 0;
    for mail in mails {
        let raw = match mail.too_large {
            Some(size) => email::headers_only(&mail.raw, size),
            None => mail.raw.clone(),
        };
        let arrival = Arrival {
            id: app.mint(),
            account: account.id,
            provider_id: message_id(&raw, mail.uid, mark),
            received_at: tx.now(),
            raw: Some(raw),
            taken_in_at: None,
            trouble: None,
        };
        if arrivals::keep(&tx, &arrival).await? {
            enqueue(app, &tx, &Job::TakeIn { arrival: arrival.id }).await?;
            new += 1;
        }
    }
    let mark = serde_json::to_value(mark).map_err(|_| Error::Secret("could not write a mark down"))?;
    channel_accounts::checked(&tx, account, Some(mark), None).await?;
    tx.commit().await?;
    Ok(new)
}

/// The id by which a mail is known again; what cannot be read at all is known by its number.
fn message_id(raw: &[u8], uid: u32, mark: UidMark) -> String {
    email::parse(raw)
        .map(|mail| mail.message_id)
        .unwrap_or_else(|_| format!("unreadable/{}/{uid}", mark.uid_validity))
}

async fn trouble(app: &App, account: &ChannelAccount, error: &Error) {
    tracing::warn!(address = %account.address, %error, "could not read a mailbox");
    let noted = async {
        let tx = app.write(System).await?;
        // Whoever moved the mark meanwhile could read it.
        if channel_accounts::checked(&tx, account, None, Some(error.to_string())).await.is_ok() {
            tx.commit().await?;
        }
        Ok::<(), Error>(())
    };
    if let Err(error) = noted.await {
        tracing::warn!(%error, "could not note a mailbox's trouble");
    }
}

/// Waits until one of the mailboxes says that something came, for `up_to` at most. A hint: fetch, and
/// see. Where no mailbox can tell, it waits the whole time.
///
/// # Errors
/// If the database fails.
pub async fn wait_for_mail(app: &App, up_to: Wait) -> Result<(), Error> {
    let tx = app.read(System).await?;
    let accounts = channel_accounts::in_use(&tx, ChannelKind::Email).await?;
    drop(tx);
    let mut waiting = JoinSet::new();
    for account in accounts.into_iter().filter(|account| account.trouble.is_none()) {
        let mailbox = mailbox(app, &account)?;
        let mark = mark(&account);
        waiting.spawn(async move {
            match imap::wait_for_news(&mailbox, mark, up_to).await {
                Ok(imap::News::Arrived) => {}
                _ => tokio::time::sleep(up_to).await,
            }
        });
    }
    let any = async {
        match waiting.join_next().await {
            Some(_) => {}
            None => tokio::time::sleep(up_to).await,
        }
    };
    let _ = tokio::time::timeout(up_to, any).await;
    Ok(())
}

fn mailbox(app: &App, account: &ChannelAccount) -> Result<ImapAccount, Error> {
    let password = Secret::new(accounts::password(app, account)?);
    Ok(MailSettings::of(account)?.completed(app, &password).imap)
}

fn mark(account: &ChannelAccount) -> UidMark {
    account.mark.clone().and_then(|mark| serde_json::from_value(mark).ok()).unwrap_or_default()
}

fn unreadable(error: imap::ImapError) -> Error {
    Error::Outside { doing: "read a mailbox", because: error.to_string() }
}
