//! What a worker asks of the job table: jobs to do, and a place to say what became of them.

use chrono::{DateTime, Duration, Utc};
use domain::JobId;
use storage::{
    Tx,
    jobs::{self as table, Able, Claim, MOST_TRIES, StoredJob},
    scope::System,
};

pub use storage::jobs::Hold;

use super::{Job, VERSION, builds};
use crate::{App, Error, desk, rota};

/// For how long done jobs can still be looked up: until then, adding one again adds nothing.
const REMEMBERED: Duration = Duration::days(7);

/// A job a worker has in hand.
#[derive(Debug)]
pub struct Claimed {
    /// Its id.
    pub id: JobId,
    /// What makes it the same job: for logs.
    pub key: String,
    /// What to do; an error if this program cannot read it.
    pub job: Result<Job, Error>,
    /// Which try this is, from 1.
    pub attempt: u32,
}

impl Claimed {
    /// What tells this try of the job from every other.
    pub fn hold(&self) -> Hold {
        Hold { job: self.id, attempt: self.attempt }
    }
}

/// What becomes of a job that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is tried again at this instant.
    Again(DateTime<Utc>),
    /// A person decides.
    Dead,
}

/// Takes up to `limit` due jobs in hand for `lasts`.
///
/// # Errors
/// If the database refuses.
pub async fn claim(app: &App, node: &str, limit: u64, lasts: Duration) -> Result<Vec<Claimed>, Error> {
    claim_of_kinds(app, node, &Job::KINDS, limit, lasts).await
}

/// [`claim`] for jobs of these kinds only.
///
/// # Errors
/// If the database refuses.
pub async fn claim_of_kinds(
    app: &App,
    node: &str,
    kinds: &[&str],
    limit: u64,
    lasts: Duration,
) -> Result<Vec<Claimed>, Error> {
    claim_for(app, node, kinds, Room { jobs: limit, builds: limit }, lasts).await
}

/// For how many jobs a worker has room.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// Of any kind.
    pub jobs: u64,
    /// How many of them may be builds of rotas.
    pub builds: u64,
}

/// [`claim_of_kinds`] with fewer builds than other jobs.
///
/// # Errors
/// If the database refuses.
pub async fn claim_for(
    app: &App,
    node: &str,
    kinds: &[&str],
    room: Room,
    lasts: Duration,
) -> Result<Vec<Claimed>, Error> {
    let (by, others): (_, Vec<&str>) =
        (claim_of(app, node, lasts), kinds.iter().copied().filter(|kind| *kind != builds::KIND).collect());
    let tx = app.write(System).await?;
    let mut jobs = Vec::new();
    if others.len() < kinds.len() {
        jobs = builds::claim(app, &tx, by, room.builds.min(room.jobs)).await?;
    }
    let left = room.jobs.saturating_sub(jobs.len() as u64);
    if left > 0 {
        jobs.extend(table::claim(&tx, by, able(&others), left).await?);
    }
    tx.commit().await?;
    Ok(jobs.into_iter().map(|job| read(app, job)).collect())
}

/// Holds on to a job for another `lasts`.
///
/// # Errors
/// If the database refuses.
pub async fn renew(app: &App, node: &str, hold: Hold, lasts: Duration) -> Result<(), Error> {
    let tx = app.write(System).await?;
    table::renew(&tx, claim_of(app, node, lasts), hold).await?;
    Ok(tx.commit().await?)
}

/// Frees what a crashed process had in hand, if this process is the only one there can be: SQLite's.
/// On PostgreSQL claims run out by themselves.
///
/// # Errors
/// If the database refuses.
pub async fn release_if_alone(app: &App) -> Result<(), Error> {
    if app.store.engine() == storage::Engine::Sqlite {
        let tx = app.write(System).await?;
        table::release_all(&tx).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The job is done. What it carried is forgotten if it was secret.
///
/// # Errors
/// If the database refuses.
pub async fn finish(app: &App, node: &str, done: &Claimed) -> Result<(), Error> {
    let secret = done.job.as_ref().is_ok_and(Job::is_secret);
    let tx = app.write(System).await?;
    table::finish(&tx, node, done.hold(), secret).await?;
    next_turn(app, &tx, done).await?;
    Ok(tx.commit().await?)
}

/// The job failed because of `error`: it is put back, or given up. What a visitor was to be told and
/// will not be is then shown to those who wrote it; a rota nobody builds any more is a draft again.
///
/// # Errors
/// If the database refuses.
pub async fn fail(app: &App, node: &str, failed: &Claimed, error: &Error) -> Result<Fate, Error> {
    let most = failed.job.as_ref().map_or(MOST_TRIES, Job::most_tries);
    let last = hopeless(error) || failed.attempt >= most;
    let words = error.to_string();
    // First the message, then the job: whoever dies in between is tried again and finds it settled.
    if let (true, Ok(Job::Deliver { organisation, message, .. })) = (last, &failed.job) {
        desk::give_up(app, *organisation, *message, &words).await?;
    }
    if let (true, Ok(Job::BuildRota { pool, rota, seed })) = (last, &failed.job) {
        rota::build::give_up(app, *pool, *rota, *seed).await?;
    }
    let tx = app.write(System).await?;
    let fate = fate(failed.attempt, last, seed(failed.id), tx.now());
    match fate {
        Fate::Again(at) => table::retry(&tx, node, failed.hold(), at, &words).await?,
        Fate::Dead => table::dead(&tx, node, failed.hold(), &words).await?,
    };
    next_turn(app, &tx, failed).await?;
    tx.commit().await?;
    Ok(fate)
}

/// After a build it is another's turn.
async fn next_turn(app: &App, tx: &Tx<System>, done: &Claimed) -> Result<(), Error> {
    match done.job {
        Ok(Job::BuildRota { .. }) => builds::moved_up(app, tx).await,
        _ => Ok(()),
    }
}

/// For how long some job has waited for hands at most: nought while somebody works.
///
/// # Errors
/// If the database cannot be read.
pub async fn longest_late(app: &App) -> Result<Duration, Error> {
    let tx = app.read(System).await?;
    Ok(table::longest_late(&tx, able(&Job::KINDS), app.clock.machine_now()).await?)
}

/// When the next waiting job is due, if one waits.
///
/// # Errors
/// If the database cannot be read.
pub async fn next_due(app: &App) -> Result<Option<DateTime<Utc>>, Error> {
    next_due_of_kinds(app, &Job::KINDS).await
}

/// [`next_due`] for jobs of these kinds only.
///
/// # Errors
/// If the database cannot be read.
pub async fn next_due_of_kinds(app: &App, kinds: &[&str]) -> Result<Option<DateTime<Utc>>, Error> {
    let tx = app.read(System).await?;
    Ok(table::next_due(&tx, able(kinds)).await?)
}

/// The dead jobs, newest first, for whoever looks after the house.
///
/// # Errors
/// If the database cannot be read.
pub async fn list_dead(app: &App, most: u64) -> Result<Vec<StoredJob>, Error> {
    let tx = app.read(System).await?;
    Ok(table::list_dead(&tx, most).await?)
}

/// Tries a dead job again from the start.
///
/// # Errors
/// If there is no such dead job, or the database refuses.
pub async fn replay(app: &App, job: JobId) -> Result<(), Error> {
    let tx = app.write(System).await?;
    if !table::replay(&tx, job).await? {
        return Err(Error::NotFound("dead job"));
    }
    Ok(tx.commit().await?)
}

/// Forgets jobs that were done long ago.
///
/// # Errors
/// If the database refuses.
pub async fn forget_old(app: &App) -> Result<(), Error> {
    let tx = app.write(System).await?;
    table::forget_done(&tx, tx.now() - REMEMBERED).await?;
    Ok(tx.commit().await?)
}

fn able<'a>(kinds: &'a [&'a str]) -> Able<'a> {
    Able { kinds, newest: VERSION }
}

fn claim_of<'a>(app: &App, node: &'a str, lasts: Duration) -> Claim<'a> {
    Claim { node, machine_now: app.clock.machine_now(), lasts }
}

fn read(app: &App, stored: StoredJob) -> Claimed {
    let job = Job::read(app, &stored);
    Claimed { id: stored.id, key: stored.key, job, attempt: stored.attempts }
}

/// Whether trying again cannot help: the thing is gone, or can never be done.
fn hopeless(error: &Error) -> bool {
    matches!(error, Error::Hopeless { .. } | Error::NotFound(_) | Error::Secret(_))
}

fn fate(attempt: u32, last: bool, seed: u64, now: DateTime<Utc>) -> Fate {
    if last { Fate::Dead } else { Fate::Again(now + wait(attempt, seed)) }
}

/// One second, doubled with each try, a quarter of an hour at most; then up to a fifth more or less,
/// so that what failed together is not tried together.
fn wait(attempt: u32, seed: u64) -> Duration {
    let doubled = 1_000_u64 << attempt.saturating_sub(1).min(20);
    let most = doubled.min(15 * 60 * 1_000);
    let spread = most / 5;
    let jittered = most - spread + mix(seed, attempt) % (2 * spread + 1);
    Duration::milliseconds(i64::try_from(jittered).unwrap_or(i64::MAX))
}

/// The random half of the job's id: enough to scatter tries, and the same in every test.
fn seed(job: JobId) -> u64 {
    job.0.as_u64_pair().1
}

/// One step of SplitMix64 (Steele, Lea, Flood 2014).
fn mix(seed: u64, attempt: u32) -> u64 {
    let mut z = seed.wrapping_add(u64::from(attempt).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wait_is_about_twice_the_one_before_and_never_much_over_a_quarter_of_an_hour() {
        for seed in 0..200 {
            for attempt in 1..MOST_TRIES {
                let about = (1_000_i64 << (attempt - 1)).min(900_000);
                let wait = wait(attempt, seed).num_milliseconds();
                assert!((about * 4 / 5..=about * 6 / 5).contains(&wait), "{attempt}: {wait} ms");
            }
        }
    }

    #[test]
    fn jobs_that_failed_together_are_not_tried_together() {
        let waits: std::collections::HashSet<_> = (0..100).map(|seed| wait(5, seed)).collect();
        assert!(waits.len() > 90);
    }

    #[test]
    fn what_failed_is_tried_again_later_or_never() {
        let now = DateTime::UNIX_EPOCH;
        assert!(matches!(fate(11, false, 1, now), Fate::Again(at) if at > now));
        assert_eq!(fate(1, true, 1, now), Fate::Dead);
    }
}
