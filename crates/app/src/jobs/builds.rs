//! Builds of rotas are done in turn: one at a time for a board, and on a node as many as its threads
//! allow. The others wait in the order in which they were asked for.

use std::collections::{BTreeMap, BTreeSet};

use domain::{OrganisationId, PoolId, Rota, RotaId, RotaStatus};
use storage::{
    Tx,
    jobs::{
        Able, Claim, StoredJob,
        queue::{self, Queued},
    },
    pools,
    scope::System,
};

use super::{Job, VERSION};
use crate::{App, Error, topics};

/// The kind of job that is done in turn.
pub const KIND: &str = "build_rota";

const ABLE: Able<'static> = Able { kinds: &[KIND], newest: VERSION };

/// Takes the builds in hand whose turn it is, at most `room` of them.
pub(super) async fn claim(
    app: &App,
    tx: &Tx<System>,
    by: Claim<'_>,
    room: u64,
) -> Result<Vec<StoredJob>, Error> {
    let due = |open: &[Queued]| open.iter().any(|one| one.is_due);
    if room == 0 || !due(&queue::open(tx, ABLE, by.machine_now).await?) {
        return Ok(Vec::new());
    }
    let open = queue::held(tx, ABLE, by.machine_now).await?;
    let boards = boards(app, tx, &open).await?;
    let board = |one: &Queued| boards.get(&of(app, &one.job)?.0).copied();
    let mut busy: BTreeSet<OrganisationId> =
        open.iter().filter(|one| one.in_hand).filter_map(board).collect();
    let (mut taken, mut left) = (Vec::new(), Vec::new());
    for one in open {
        let full = taken.len() as u64 >= room;
        // One that nobody can read is taken too: it fails, and a person looks at it.
        if one.is_due && !full && board(&one).is_none_or(|board| busy.insert(board)) {
            taken.push(queue::take(tx, by, one.job).await?);
        } else {
            left.push(one);
        }
    }
    if !taken.is_empty() {
        tell(app, tx, &left);
    }
    Ok(taken)
}

/// Says to whoever waits that there may be fewer before them, and to the workers that there is room.
pub(super) async fn moved_up(app: &App, tx: &Tx<System>) -> Result<(), Error> {
    let open = queue::open(tx, ABLE, app.clock.machine_now()).await?;
    if !open.is_empty() {
        tell(app, tx, &open);
        tx.signal(topics::JOBS);
    }
    Ok(())
}

fn tell(app: &App, tx: &Tx<System>, open: &[Queued]) {
    for (pool, rota) in open.iter().filter(|one| !one.in_hand).filter_map(|one| of(app, &one.job)) {
        tx.signal(topics::rota(pool, rota));
    }
}

/// How many builds that were asked for earlier are not done yet; nothing where a build is in hand, or
/// where there is none.
pub(crate) async fn before(app: &App, rota: &Rota) -> Result<Option<u32>, Error> {
    if rota.status != RotaStatus::Building {
        return Ok(None);
    }
    let tx = app.read(System).await?;
    let open = queue::open(&tx, ABLE, app.clock.machine_now()).await?;
    let own = key(rota);
    let Some(at) = open.iter().position(|one| one.job.key == own) else { return Ok(None) };
    if open[at].in_hand {
        return Ok(None);
    }
    let earlier = open.iter().enumerate().filter(|(number, one)| one.in_hand || one.is_due && *number < at);
    Ok(Some(u32::try_from(earlier.count()).unwrap_or(u32::MAX)))
}

/// Whether a worker has the build of a rota in hand.
pub(crate) async fn is_in_hand(app: &App, rota: &Rota) -> Result<bool, Error> {
    let tx = app.read(System).await?;
    let open = queue::open(&tx, ABLE, app.clock.machine_now()).await?;
    let own = key(rota);
    // Whoever had it in hand may be gone; then the next one finds out that it shall stop.
    Ok(open.iter().any(|one| one.job.key == own && one.job.state == storage::jobs::JobState::Running))
}

/// Takes a build out of the queue that nobody wants any more, and lets the others move up.
pub(crate) async fn withdraw(app: &App, rota: &Rota) -> Result<(), Error> {
    let tx = app.write(System).await?;
    if queue::withdraw(&tx, &key(rota)).await? {
        moved_up(app, &tx).await?;
    }
    Ok(tx.commit().await?)
}

fn key(rota: &Rota) -> String {
    Job::BuildRota { pool: rota.pool, rota: rota.id, seed: rota.seed }.key()
}

/// What a job builds, and for which pool.
fn of(app: &App, job: &StoredJob) -> Option<(PoolId, RotaId)> {
    match Job::read(app, job) {
        Ok(Job::BuildRota { pool, rota, .. }) => Some((pool, rota)),
        _ => None,
    }
}

/// Whose the pools are that the builds are for.
async fn boards(
    app: &App,
    tx: &Tx<System>,
    open: &[Queued],
) -> Result<BTreeMap<PoolId, OrganisationId>, Error> {
    let asked: BTreeSet<PoolId> =
        open.iter().filter_map(|one| of(app, &one.job)).map(|(pool, _)| pool).collect();
    let mut boards = BTreeMap::new();
    for pool in asked {
        if let Some(known) = pools::by_id(tx, pool).await? {
            boards.insert(pool, known.board);
        }
    }
    Ok(boards)
}
