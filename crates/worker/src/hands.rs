//! What a worker has in hand: jobs that run beside each other, each watched for panics and patience.

use std::{collections::HashSet, convert::Infallible, num::NonZero, time::Duration};

use app::{
    App, Error,
    jobs::{self, Job, builds, claims},
    rota::build,
};
use tokio::task::{Id, JoinSet};

use crate::{AT_ONCE, CLAIM, FOR_QUICK, RENEWAL};

/// Jobs in hand.
#[derive(Debug)]
pub(crate) struct Hands {
    app: App,
    node: String,
    busy: JoinSet<()>,
    /// Those of them that may take long.
    slow: HashSet<Id>,
    /// Those of them that build a rota.
    builds: HashSet<Id>,
}

impl Hands {
    pub(crate) fn new(app: App, node: String) -> Self {
        Self { app, node, busy: JoinSet::new(), slow: HashSet::new(), builds: HashSet::new() }
    }

    /// Takes as many due jobs as there is room for. Some places are kept for what is done in a moment: a
    /// dozen mail servers that think keep no visitor waiting.
    pub(crate) async fn fill(&mut self) -> Result<(), Error> {
        self.take(&Job::KINDS, self.room_for_all()).await?;
        self.take(&Job::QUICK, self.room()).await
    }

    async fn take(&mut self, kinds: &[&str], room: usize) -> Result<(), Error> {
        if room == 0 {
            return Ok(());
        }
        let room = claims::Room { jobs: room as u64, builds: self.room_for_builds() as u64 };
        for claimed in claims::claim_for(&self.app, &self.node, kinds, room, CLAIM).await? {
            let slow = claimed.job.as_ref().is_ok_and(|job| !job.is_quick());
            let build = claimed.job.as_ref().is_ok_and(|job| job.kind() == builds::KIND);
            let task = self.busy.spawn(one_job(self.app.clone(), self.node.clone(), claimed));
            if slow {
                self.slow.insert(task.id());
            }
            if build {
                self.builds.insert(task.id());
            }
        }
        Ok(())
    }

    fn room(&self) -> usize {
        AT_ONCE.saturating_sub(self.busy.len())
    }

    fn room_for_all(&self) -> usize {
        self.room().min((AT_ONCE - FOR_QUICK).saturating_sub(self.slow.len()))
    }

    /// Each build has threads of its own: more of them at once would only be in each other's way.
    fn room_for_builds(&self) -> usize {
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
        // One place for slow jobs stays free of them, however many threads there are.
        (threads / build::THREADS).clamp(1, AT_ONCE - FOR_QUICK - 1).saturating_sub(self.builds.len())
    }

    /// The kinds there is room for; none if there is no room.
    pub(crate) fn open_for(&self) -> &'static [&'static str] {
        match (self.room(), self.room_for_all()) {
            (0, _) => &[],
            (_, 0) => &Job::QUICK,
            _ => &Job::KINDS,
        }
    }

    pub(crate) fn are_empty(&self) -> bool {
        self.busy.is_empty()
    }

    /// Returns when a job in hand is done; never, if none is.
    pub(crate) async fn one_done(&mut self) {
        match self.busy.join_next_with_id().await {
            Some(Ok((task, ()))) => self.done(task),
            // The claim runs out, and the job is tried again.
            Some(Err(error)) => {
                self.done(error.id());
                tracing::error!(%error, "a worker's task ended badly");
            }
            None => std::future::pending().await,
        }
    }

    fn done(&mut self, task: Id) {
        self.slow.remove(&task);
        self.builds.remove(&task);
    }

    /// Waits for what is in hand, but not for ever.
    pub(crate) async fn rest(mut self, at_most: Duration) {
        let all = async { while self.busy.join_next().await.is_some() {} };
        if tokio::time::timeout(at_most, all).await.is_err() {
            tracing::warn!("stopped with jobs in hand; they are taken up again when their claims run out");
        }
    }
}

/// Does one job and says what became of it.
async fn one_job(app: App, node: String, mut claimed: claims::Claimed) {
    let outcome = match std::mem::replace(&mut claimed.job, Err(Error::Secret("the job is being done"))) {
        Ok(job) => {
            let outcome = tokio::select! {
                outcome = attempt(app.clone(), job.clone()) => outcome,
                never = hold_on(&app, &node, claimed.hold()) => match never {},
            };
            claimed.job = Ok(job);
            outcome
        }
        Err(unreadable) => Err(unreadable),
    };
    let kind = claimed.job.as_ref().map_or("unreadable", jobs::Job::kind);
    let word = if outcome.is_ok() { "done" } else { "failed" };
    metrics::counter!("veilleuse_job_tries_total", "kind" => kind, "outcome" => word).increment(1);
    let said = match outcome {
        Ok(()) => claims::finish(&app, &node, &claimed).await.map(drop),
        Err(error) => {
            tracing::warn!(id = %claimed.id, job = claimed.key, attempt = claimed.attempt, %error, "a job failed");
            claims::fail(&app, &node, &claimed, &error).await.map(drop)
        }
    };
    if let Err(error) = said {
        tracing::warn!(job = claimed.key, %error, "could not say what became of a job; its claim runs out");
    }
}

/// Renews the claim on a job for as long as it is in hand.
async fn hold_on(app: &App, node: &str, hold: claims::Hold) -> Infallible {
    loop {
        tokio::time::sleep(RENEWAL).await;
        if let Err(error) = claims::renew(app, node, hold, CLAIM).await {
            tracing::warn!(job = %hold.job, %error, "could not renew a claim, trying again");
        }
    }
}

/// One try, in a task of its own so that a panic stays there.
async fn attempt(app: App, job: jobs::Job) -> Result<(), Error> {
    let patience = job.patience();
    let task = tokio::spawn(async move { jobs::run(&app, job).await });
    let stop = task.abort_handle();
    match tokio::time::timeout(patience, task).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(Error::Outside { doing: "do a job", because: "it panicked".to_owned() }),
        Err(_) => {
            stop.abort();
            Err(Error::Outside {
                doing: "do a job",
                because: format!("it took over {} s", patience.as_secs()),
            })
        }
    }
}
