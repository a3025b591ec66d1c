//! Jobs: added in the transaction that causes them, claimed by a worker, tried until done or dead.
//!
//! Two clocks meet here. When a job is *due* is the app's time (`tx.now()`), so that a clock moved
//! forward brings tomorrow's jobs today. How long a *claim* holds is the machine's time, handed in
//! by the worker: a claim guards against a crash, and no crash waits for the demo's clock.

use chrono::{DateTime, Duration, Utc};
use domain::JobId;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, QuerySelect,
    sea_query::{LockBehavior, LockType},
};
use serde_json::Value;

use crate::{
    StoreError, Tx,
    entities::job::{ActiveModel, Column, Entity, Model},
    page::{self, Ask, Page},
    scope::{Scope, System},
};

pub mod queue;

/// After so many tries a job is dead: it waits for a person.
pub const MOST_TRIES: u32 = 12;
/// The signal that wakes workers.
pub const TOPIC: &str = "jobs";
/// How much of an error's words is kept.
const LONGEST_ERROR: usize = 500;

/// A job to be added.
#[derive(Debug, Clone, PartialEq)]
pub struct NewJob {
    /// Its id.
    pub id: JobId,
    /// What makes it the same job: adding it twice adds it once.
    pub key: String,
    /// What to do.
    pub kind: String,
    /// In which form the payload is written.
    pub version: i32,
    /// With what.
    pub payload: Value,
    /// Not before.
    pub run_at: DateTime<Utc>,
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// Not done yet.
    Waiting,
    /// A worker has it in hand.
    Running,
    /// Done.
    Done,
    /// Tried too often: a person looks at it.
    Dead,
}

impl JobState {
    fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Dead => "dead",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        [Self::Waiting, Self::Running, Self::Done, Self::Dead].into_iter().find(|state| state.word() == word)
    }
}

/// A job as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredJob {
    /// Its id.
    pub id: JobId,
    /// What makes it the same job.
    pub key: String,
    /// What to do.
    pub kind: String,
    /// In which form the payload is written.
    pub version: i32,
    /// With what; null once it is done and had something to hide.
    pub payload: Value,
    /// Not before.
    pub run_at: DateTime<Utc>,
    /// How often it was begun.
    pub attempts: u32,
    /// Where it stands.
    pub state: JobState,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When it was done, or given up.
    pub ended_at: Option<DateTime<Utc>>,
}

/// Which jobs a worker can do: of another kind, or in a form it cannot read yet, they are left to those
/// who can, such as the newer program that wrote them.
#[derive(Debug, Clone, Copy)]
pub struct Able<'a> {
    /// The kinds.
    pub kinds: &'a [&'a str],
    /// The newest form of payload it can read.
    pub newest: i32,
}

impl Able<'_> {
    fn condition(self) -> Condition {
        Condition::all()
            .add(Column::Kind.is_in(self.kinds.iter().copied()))
            .add(Column::Version.lte(self.newest))
    }
}

/// Who claims, and how long the claim holds, by the machine's clock.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    /// The worker's name.
    pub node: &'a str,
    /// The machine's time.
    pub machine_now: DateTime<Utc>,
    /// How long until another worker may have it, unless the claim is renewed.
    pub lasts: Duration,
}

/// One try of a job that a worker has in hand. A worker whose claim ran out may have claimed the same job
/// anew: the try before has no say in it any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// The job.
    pub job: JobId,
    /// Which try it is, from 1.
    pub attempt: u32,
}

/// Adds a job and wakes the workers; says whether it was new. Works in every scope: nothing is read back.
///
/// # Errors
/// If the database refuses.
pub async fn add<S: Scope>(tx: &Tx<S>, job: &NewJob) -> Result<bool, StoreError> {
    let row = ActiveModel {
        id: Set(job.id.0),
        key: Set(job.key.clone()),
        kind: Set(job.kind.clone()),
        version: Set(job.version),
        payload: Set(job.payload.clone()),
        run_at: Set(domain::time::to_micros(job.run_at)),
        attempts: Set(0),
        state: Set(JobState::Waiting.word().to_owned()),
        created_at: Set(tx.now()),
        ..Default::default()
    };
    let new = tx.add_once::<Entity, _>(row, "add a job").await?;
    if new {
        tx.signal(TOPIC);
    }
    Ok(new)
}

/// Takes up to `limit` due jobs in hand, oldest first, as far as the worker is able to do them.
///
/// A job whose claim has run out is due again. On PostgreSQL workers skip each other's rows; SQLite
/// has one writer.
///
/// # Errors
/// If the database refuses.
pub async fn claim(
    tx: &Tx<System>,
    by: Claim<'_>,
    able: Able<'_>,
    limit: u64,
) -> Result<Vec<StoredJob>, StoreError> {
    let due = Condition::any().add(come(tx.now())).add(lapsed(by.machine_now));
    let rows = tx.visible::<Entity>().filter(due).filter(able.condition());
    let rows = rows
        .order_by_asc(Column::RunAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .with(|select| select.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked))
        .all("look for due jobs")
        .await?;
    let mut claimed = Vec::with_capacity(rows.len());
    for row in rows {
        claimed.push(take(tx, by, from_row(row)?).await?);
    }
    Ok(claimed)
}

/// Takes a job in hand.
async fn take(tx: &Tx<System>, by: Claim<'_>, job: StoredJob) -> Result<StoredJob, StoreError> {
    let attempts = job.attempts + 1;
    let change = ActiveModel {
        id: Set(job.id.0),
        state: Set(JobState::Running.word().to_owned()),
        attempts: Set(i32::try_from(attempts).unwrap_or(i32::MAX)),
        claimed_by: Set(Some(by.node.to_owned())),
        claimed_until: Set(Some(domain::time::to_micros(by.machine_now + by.lasts))),
        ..Default::default()
    };
    tx.change::<Entity, _>(change, "claim a job").await?;
    Ok(StoredJob { attempts, state: JobState::Running, ..job })
}

/// Holds on to a job this worker has in hand for another while. False if the claim was lost meanwhile.
///
/// # Errors
/// If the database refuses.
pub async fn renew(tx: &Tx<System>, by: Claim<'_>, hold: Hold) -> Result<bool, StoreError> {
    let change = ActiveModel {
        claimed_until: Set(Some(domain::time::to_micros(by.machine_now + by.lasts))),
        ..Default::default()
    };
    settle(tx, by.node, hold, change, "renew a claim").await
}

/// Makes every claim run out at once: for the only worker of a database, when it starts after a crash.
///
/// # Errors
/// If the database refuses.
pub async fn release_all(tx: &Tx<System>) -> Result<u64, StoreError> {
    let change = ActiveModel {
        state: Set(JobState::Waiting.word().to_owned()),
        claimed_by: Set(None),
        claimed_until: Set(None),
        ..Default::default()
    };
    tx.change_where::<Entity, _>(change, Column::State.eq(JobState::Running.word()), "release claims").await
}

/// It is done. `forget` empties the payload, for jobs that carry what nobody should find later.
/// False if the claim was lost meanwhile.
///
/// # Errors
/// If the database refuses.
pub async fn finish(tx: &Tx<System>, node: &str, hold: Hold, forget: bool) -> Result<bool, StoreError> {
    let mut change = ended(JobState::Done, tx.now());
    if forget {
        change.payload = Set(Value::Null);
    }
    settle(tx, node, hold, change, "finish a job").await
}

/// It failed and is tried again at `run_at`. False if the claim was lost meanwhile.
///
/// # Errors
/// If the database refuses.
pub async fn retry(
    tx: &Tx<System>,
    node: &str,
    hold: Hold,
    run_at: DateTime<Utc>,
    error: &str,
) -> Result<bool, StoreError> {
    let change = ActiveModel {
        state: Set(JobState::Waiting.word().to_owned()),
        run_at: Set(domain::time::to_micros(run_at)),
        last_error: Set(Some(cut(error))),
        claimed_by: Set(None),
        claimed_until: Set(None),
        ..Default::default()
    };
    settle(tx, node, hold, change, "put a job back").await
}

/// It failed too often, or for good: a person decides. False if the claim was lost meanwhile.
///
/// # Errors
/// If the database refuses.
pub async fn dead(tx: &Tx<System>, node: &str, hold: Hold, error: &str) -> Result<bool, StoreError> {
    let change = ActiveModel { last_error: Set(Some(cut(error))), ..ended(JobState::Dead, tx.now()) };
    settle(tx, node, hold, change, "give a job up").await
}

/// The dead ones, newest first.
///
/// # Errors
/// If the database refuses.
pub async fn list_dead(tx: &Tx<System>, most: u64) -> Result<Vec<StoredJob>, StoreError> {
    let rows = tx
        .visible::<Entity>()
        .filter(Column::State.eq(JobState::Dead.word()))
        .order_by_desc(Column::EndedAt)
        .limit(most)
        .all("list dead jobs")
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// The dead ones, of one kind or of all, a page of them.
///
/// # Errors
/// If the database refuses.
pub async fn page_of_dead(
    tx: &Tx<System>,
    kind: Option<&str>,
    ask: &Ask,
) -> Result<Page<StoredJob>, StoreError> {
    let mut rows = tx.visible::<Entity>().filter(Column::State.eq(JobState::Dead.word()));
    if let Some(kind) = kind {
        rows = rows.filter(Column::Kind.eq(kind));
    }
    page::of(rows, ask, "list dead jobs", from_row).await
}

/// The dead job of that id.
///
/// # Errors
/// If the database refuses.
pub async fn dead_one(tx: &Tx<System>, job: JobId) -> Result<Option<StoredJob>, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::Id.eq(job.0));
    let row = rows.filter(Column::State.eq(JobState::Dead.word())).one("read a dead job").await?;
    row.map(from_row).transpose()
}

/// Tries a dead job again from the start; false if there is no such dead job.
///
/// # Errors
/// If the database refuses.
pub async fn replay(tx: &Tx<System>, job: JobId) -> Result<bool, StoreError> {
    let change = ActiveModel {
        id: Set(job.0),
        state: Set(JobState::Waiting.word().to_owned()),
        attempts: Set(0),
        run_at: Set(tx.now()),
        ended_at: Set(None),
        ..Default::default()
    };
    let dead = Column::State.eq(JobState::Dead.word());
    let replayed = tx.change_where::<Entity, _>(change, dead, "replay a job").await? > 0;
    if replayed {
        tx.signal(TOPIC);
    }
    Ok(replayed)
}

/// The job with this key.
///
/// # Errors
/// If the database refuses.
pub async fn by_key(tx: &Tx<System>, key: &str) -> Result<Option<StoredJob>, StoreError> {
    tx.visible::<Entity>().filter(Column::Key.eq(key)).one("look up a job").await?.map(from_row).transpose()
}

/// For how long some job has waited for hands at most: since its time came, or since the claim of whoever
/// had it ran out. `machine_now` is the machine's time, by which claims hold. Nought if none waits.
///
/// # Errors
/// If the database refuses.
pub async fn longest_late(
    tx: &Tx<System>,
    able: Able<'_>,
    machine_now: DateTime<Utc>,
) -> Result<Duration, StoreError> {
    let jobs = || tx.visible::<Entity>().filter(able.condition());
    let doing = "look up the latest job";
    let come = jobs().filter(come(tx.now())).order_by_asc(Column::RunAt).one(doing).await?;
    let lapsed = jobs().filter(lapsed(machine_now)).order_by_asc(Column::ClaimedUntil).one(doing).await?;
    let waits = come.map(|row| tx.now() - row.run_at);
    let left = lapsed.and_then(|row| Some(machine_now - row.claimed_until?));
    Ok(waits.max(left).unwrap_or_default())
}

/// When the next waiting job that the worker is able to do is due, if one waits.
///
/// # Errors
/// If the database refuses.
pub async fn next_due(tx: &Tx<System>, able: Able<'_>) -> Result<Option<DateTime<Utc>>, StoreError> {
    let next = tx
        .visible::<Entity>()
        .filter(Column::State.eq(JobState::Waiting.word()))
        .filter(able.condition())
        .order_by_asc(Column::RunAt)
        .one("look up the next job")
        .await?;
    Ok(next.map(|row| row.run_at))
}

/// Forgets jobs done before `before`; says how many. Dead ones stay until a person has decided.
///
/// # Errors
/// If the database refuses.
pub async fn forget_done(tx: &Tx<System>, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let old = Condition::all().add(Column::State.eq(JobState::Done.word())).add(Column::EndedAt.lt(before));
    tx.remove::<Entity>(old, "forget old jobs").await
}

/// How many jobs of a kind stand at the same point. Done ones are not counted: they are history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heap {
    /// The kind.
    pub kind: String,
    /// `waiting`, `running` or `dead`.
    pub state: String,
    /// How many.
    pub jobs: u64,
}

/// How the jobs that are not done stand.
///
/// # Errors
/// If the database refuses.
pub async fn heaps(tx: &Tx<System>) -> Result<Vec<Heap>, StoreError> {
    let rows: Vec<(String, String, i64)> = tx
        .visible::<Entity>()
        .filter(Column::State.ne(JobState::Done.word()))
        .with(|rows| {
            rows.select_only()
                .column(Column::Kind)
                .column(Column::State)
                .column_as(Column::Id.count(), "jobs")
                .group_by(Column::Kind)
                .group_by(Column::State)
        })
        .tuples("count the jobs")
        .await?;
    let heap = |(kind, state, jobs)| Heap { kind, state, jobs: u64::try_from(jobs).unwrap_or(0) };
    Ok(rows.into_iter().map(heap).collect())
}

/// Jobs whose time has come.
fn come(now: DateTime<Utc>) -> Condition {
    Condition::all().add(Column::State.eq(JobState::Waiting.word())).add(Column::RunAt.lte(now))
}

/// Jobs whose claim ran out: whoever had them in hand is gone.
fn lapsed(machine_now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(Column::State.eq(JobState::Running.word()))
        .add(Column::ClaimedUntil.lte(domain::time::to_micros(machine_now)))
}

async fn settle(
    tx: &Tx<System>,
    node: &str,
    hold: Hold,
    change: ActiveModel,
    doing: &'static str,
) -> Result<bool, StoreError> {
    let change = ActiveModel { id: Set(hold.job.0), ..change };
    let mine = Condition::all()
        .add(Column::State.eq(JobState::Running.word()))
        .add(Column::ClaimedBy.eq(node))
        .add(Column::Attempts.eq(i32::try_from(hold.attempt).unwrap_or(i32::MAX)));
    Ok(tx.change_where::<Entity, _>(change, mine, doing).await? > 0)
}

fn ended(state: JobState, at: DateTime<Utc>) -> ActiveModel {
    ActiveModel {
        state: Set(state.word().to_owned()),
        ended_at: Set(Some(at)),
        claimed_by: Set(None),
        claimed_until: Set(None),
        ..Default::default()
    }
}

fn cut(error: &str) -> String {
    error.chars().take(LONGEST_ERROR).collect()
}

fn from_row(row: Model) -> Result<StoredJob, StoreError> {
    let state = JobState::from_word(&row.state)
        .ok_or_else(|| StoreError::Unreadable { table: "jobs", what: format!("state {:?}", row.state) })?;
    Ok(StoredJob {
        id: JobId(row.id),
        key: row.key,
        kind: row.kind,
        version: row.version,
        payload: row.payload,
        run_at: row.run_at,
        attempts: u32::try_from(row.attempts).unwrap_or(0),
        state,
        last_error: row.last_error,
        created_at: row.created_at,
        ended_at: row.ended_at,
    })
}
