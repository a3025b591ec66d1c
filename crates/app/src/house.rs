//! How the house stands: whether this process may be asked, and figures for whoever watches over it.
//! Counts and ages only; nothing in here tells of anybody.

use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use storage::{
    house::Connections,
    jobs::{self, Heap},
    scope::System,
    waiting,
};
use tokio::sync::Mutex;

use crate::{
    App, Error,
    jobs::{Job, claims},
};

/// How long the database may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long what was found of writing is believed: everybody may ask, and each try reaches the disk.
const BELIEVED: Duration = Duration::from_secs(3);

/// What this process knows of itself.
#[derive(Debug, Default)]
pub struct House {
    closing: AtomicBool,
    changes: AtomicU64,
    /// When writing was tried last, and whether it could be done.
    wrote: Mutex<Option<(Instant, bool)>>,
}

impl House {
    /// The process is asked to stop: new visitors go elsewhere.
    pub fn close(&self) {
        self.closing.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop.
    pub fn is_closing(&self) -> bool {
        self.closing.load(Ordering::Relaxed)
    }

    /// How many changes of the tables this program wants.
    pub fn wants_changes(&self, changes: u64) {
        self.changes.store(changes, Ordering::Relaxed);
    }
}

/// Why this process should be asked nothing now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotReady {
    /// It is stopping.
    #[error("this process is stopping")]
    Closing,
    /// The database does not answer.
    #[error("the database does not answer")]
    Database,
    /// It can be read and not be written: SQLite's disk is full or its file another user's, PostgreSQL is a
    /// standby.
    #[error("the database cannot be written")]
    Unwritable,
    /// Its tables are older than the program.
    #[error("{0} changes of the tables are missing: run `veilleuse migrate`")]
    Tables(u64),
}

/// Whether this process may be asked.
///
/// # Errors
/// With the reason why not.
pub async fn ready(app: &App) -> Result<(), NotReady> {
    if app.house.is_closing() {
        return Err(NotReady::Closing);
    }
    let asked = tokio::time::timeout(PATIENCE, app.store.changes_made()).await;
    let made = asked.map_err(|_| NotReady::Database)?.map_err(|error| {
        tracing::warn!(error = crate::told(&error), "the database does not answer");
        NotReady::Database
    })?;
    let wanted = app.house.changes.load(Ordering::Relaxed);
    if made < wanted {
        return Err(NotReady::Tables(wanted - made));
    }
    if can_write(app).await { Ok(()) } else { Err(NotReady::Unwritable) }
}

/// Whether the database can be written; others who ask meanwhile wait for the same answer.
async fn can_write(app: &App) -> bool {
    let mut last = app.house.wrote.lock().await;
    if let Some((when, could)) = *last
        && when.elapsed() < BELIEVED
    {
        return could;
    }
    let could = match tokio::time::timeout(PATIENCE, app.store.try_writing()).await {
        Ok(tried) => tried
            .inspect_err(|error| {
                tracing::warn!(error = crate::told(error), "the database cannot be written");
            })
            .is_ok(),
        // Whoever keeps us waiting is writing.
        Err(_) => true,
    };
    *last = Some((Instant::now(), could));
    could
}

/// How things stand.
#[derive(Debug, Clone)]
pub struct Figures {
    /// Jobs that are not done, by kind and state.
    pub jobs: Vec<Heap>,
    /// For how long some job has waited for hands at most, in seconds; 0 if none does. A job waits too
    /// whose claim ran out: whoever had it in hand is gone.
    pub oldest_due: i64,
    /// Conversations that await us.
    pub waiting: u64,
    /// Since when the first of them does, in seconds.
    pub longest_wait: i64,
    /// The database's connections.
    pub connections: Vec<Connections>,
}

impl Figures {
    /// How many jobs were given up.
    pub fn dead_jobs(&self) -> u64 {
        self.jobs.iter().filter(|heap| heap.state == "dead").map(|heap| heap.jobs).sum()
    }
}

/// Every kind of job and every state it may stand at, so that a figure that is nought is shown as nought.
pub fn heaps() -> impl Iterator<Item = (&'static str, &'static str)> {
    Job::KINDS.into_iter().flat_map(|kind| ["waiting", "running", "dead"].map(|state| (kind, state)))
}

/// Reads them.
///
/// # Errors
/// If the database cannot be read.
pub async fn figures(app: &App) -> Result<Figures, Error> {
    let late = claims::longest_late(app).await?;
    let tx = app.read(System).await?;
    let jobs = jobs::heaps(&tx).await?;
    let (waiting, since) = waiting::figures(&tx).await?;
    let age = |since: Option<DateTime<Utc>>| {
        since.map_or(0, |since| (app.clock.now() - since).num_seconds().max(0))
    };
    Ok(Figures {
        jobs,
        oldest_due: late.num_seconds(),
        waiting,
        longest_wait: age(since),
        connections: app.store.connections(),
    })
}
