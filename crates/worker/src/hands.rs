//! What a worker has in hand: jobs that run beside each other, each watched for panics and patience.

use std::{convert::Infallible, time::Duration};

use app::{App, Error, jobs, jobs::claims};
use domain::JobId;
use tokio::task::JoinSet;

use crate::{AT_ONCE, CLAIM, PATIENCE, RENEWAL};

/// Jobs in hand.
#[derive(Debug)]
pub(crate) struct Hands {
    app: App,
    node: String,
    busy: JoinSet<()>,
}

impl Hands {
    pub(crate) fn new(app: App, node: String) -> Self {
        Self { app, node, busy: JoinSet::new() }
    }

    /// Takes as many due jobs as there is room for.
    pub(crate) async fn fill(&mut self) -> Result<(), Error> {
        let room = AT_ONCE.saturating_sub(self.busy.len());
        if room == 0 {
            return Ok(());
        }
        for claimed in claims::claim(&self.app, &self.node, room as u64, CLAIM).await? {
            self.busy.spawn(one_job(self.app.clone(), self.node.clone(), claimed));
        }
        Ok(())
    }

    pub(crate) fn are_empty(&self) -> bool {
        self.busy.is_empty()
    }

    /// Returns when a job in hand is done; never, if none is.
    pub(crate) async fn one_done(&mut self) {
        match self.busy.join_next().await {
            Some(Ok(())) => {}
            // The claim runs out, and the job is tried again.
            Some(Err(error)) => tracing::error!(%error, "a worker's task ended badly"),
            None => std::future::pending().await,
        }
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
                never = hold_on(&app, &node, claimed.id) => match never {},
            };
            claimed.job = Ok(job);
            outcome
        }
        Err(unreadable) => Err(unreadable),
    };
    let said = match outcome {
        Ok(()) => claims::finish(&app, &node, &claimed).await.map(drop),
        Err(error) => {
            tracing::warn!(job = claimed.key, attempt = claimed.attempt, %error, "a job failed");
            claims::fail(&app, &node, &claimed, &error).await.map(drop)
        }
    };
    if let Err(error) = said {
        tracing::warn!(job = claimed.key, %error, "could not say what became of a job; its claim runs out");
    }
}

/// Renews the claim on a job for as long as it is in hand.
async fn hold_on(app: &App, node: &str, job: JobId) -> Infallible {
    loop {
        tokio::time::sleep(RENEWAL).await;
        if let Err(error) = claims::renew(app, node, &[job], CLAIM).await {
            tracing::warn!(%job, %error, "could not renew a claim, trying again");
        }
    }
}

/// One try, in a task of its own so that a panic stays there.
async fn attempt(app: App, job: jobs::Job) -> Result<(), Error> {
    let task = tokio::spawn(async move { jobs::run(&app, job).await });
    let stop = task.abort_handle();
    match tokio::time::timeout(PATIENCE, task).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(Error::Outside { doing: "do a job", because: "it panicked".to_owned() }),
        Err(_) => {
            stop.abort();
            Err(Error::Outside {
                doing: "do a job",
                because: format!("it took over {} s", PATIENCE.as_secs()),
            })
        }
    }
}
