//! Jobs of a kind that are done in turn: whoever takes one sees all of them, and nobody takes another
//! meanwhile, on whatever node.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, QuerySelect, sea_query::LockType};

use super::{Able, Claim, JobState, StoredJob, ended, from_row};
use crate::{
    StoreError, Tx,
    entities::job::{ActiveModel, Column, Entity, Model},
    scope::System,
};

/// A job that is neither done nor given up.
#[derive(Debug, Clone, PartialEq)]
pub struct Queued {
    /// It.
    pub job: StoredJob,
    /// Whether a worker has it in hand, who was heard of.
    pub in_hand: bool,
    /// Whether it could be taken in hand now.
    pub is_due: bool,
}

/// The jobs the worker is able to do that are neither done nor given up, oldest first.
///
/// # Errors
/// If the database refuses.
pub async fn open(
    tx: &Tx<System>,
    able: Able<'_>,
    machine_now: DateTime<Utc>,
) -> Result<Vec<Queued>, StoreError> {
    read(tx, able, machine_now, false).await
}

/// The same, and nobody else takes any of them in hand until this transaction ends: not even those that
/// were in another's hands when we looked.
///
/// # Errors
/// If the database refuses.
pub async fn held(
    tx: &Tx<System>,
    able: Able<'_>,
    machine_now: DateTime<Utc>,
) -> Result<Vec<Queued>, StoreError> {
    read(tx, able, machine_now, true).await
}

async fn read(
    tx: &Tx<System>,
    able: Able<'_>,
    machine_now: DateTime<Utc>,
    lock: bool,
) -> Result<Vec<Queued>, StoreError> {
    let states = [JobState::Waiting, JobState::Running].map(JobState::word);
    let rows = tx
        .visible::<Entity>()
        .filter(able.condition())
        .filter(Column::State.is_in(states))
        .order_by_asc(Column::RunAt)
        .order_by_asc(Column::Id)
        .with(|select| if lock { select.lock(LockType::Update) } else { select })
        .all("look who waits for a turn")
        .await?;
    rows.into_iter().map(|row| queued(tx, row, machine_now)).collect()
}

fn queued(tx: &Tx<System>, row: Model, machine_now: DateTime<Utc>) -> Result<Queued, StoreError> {
    let machine_now = domain::time::to_micros(machine_now);
    let held = row.claimed_until.is_some_and(|until| machine_now < until);
    let job = from_row(row)?;
    let running = job.state == JobState::Running;
    let is_due = if running { !held } else { job.run_at <= tx.now() };
    Ok(Queued { in_hand: running && held, is_due, job })
}

/// Takes one of those that are held in hand.
///
/// # Errors
/// If the database refuses.
pub async fn take(tx: &Tx<System>, by: Claim<'_>, job: StoredJob) -> Result<StoredJob, StoreError> {
    super::take(tx, by, job).await
}

/// Nobody wants the job with this key any more: it is done, unless a worker has it in hand. False if one
/// has, or if it was done.
///
/// # Errors
/// If the database refuses.
pub async fn withdraw(tx: &Tx<System>, key: &str) -> Result<bool, StoreError> {
    let Some(job) = super::by_key(tx, key).await? else { return Ok(false) };
    let change = ActiveModel { id: Set(job.id.0), ..ended(JobState::Done, tx.now()) };
    let waiting = Condition::all().add(Column::State.eq(JobState::Waiting.word()));
    Ok(tx.change_where::<Entity, _>(change, waiting, "withdraw a job").await? > 0)
}
