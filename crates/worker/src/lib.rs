//! Jobs and ticks: what was promised in a transaction is done here, and what must become true in the
//! end is put right. Nothing is lost if a worker dies: its claims run out and others take over.
//!
//! [`run`] works until it is told to stop, [`run_until_idle`] until nothing is left to do.

mod hands;
pub mod ticks;

use std::{future::Future, time::Duration};

use app::{
    App,
    jobs::{builds, claims},
    topics,
};
use chrono::Duration as Length;
use tokio::{sync::broadcast::error::RecvError, time::Instant};
use uuid::Uuid;

use hands::Hands;

/// How many jobs one worker does at a time.
const AT_ONCE: usize = 8;
/// How many of these places are kept for jobs that are done in a moment.
const FOR_QUICK: usize = 2;
/// How long a claim lasts unless it is renewed: so long after a crash others take over.
const CLAIM: Length = Length::seconds(30);
/// How often claims on what is in hand are renewed; thrice in a claim, so that one may fail.
const RENEWAL: Duration = Duration::from_secs(10);
/// How long one looks away at most when no signal comes: signals are hints.
const GLANCE: Duration = Duration::from_secs(1);
/// How long the database may take to give us what it has begun to give when we are asked to stop.
const LAST_CLAIM: Duration = Duration::from_secs(5);
/// How long work in hand may still take when the process is asked to stop.
const FAREWELL: Duration = Duration::from_secs(20);

/// Works until `stop` comes true; then finishes what is in hand.
pub async fn run(app: App, stop: impl Future<Output = ()>) {
    let node = name();
    let mut signals = app.store.listen();
    let mut hands = Hands::new(app.clone(), node);
    let mut clockwork = ticks::Clockwork::default();
    if let Err(error) = claims::release_if_alone(&app).await {
        tracing::warn!(%error, "could not free what a crashed worker had in hand");
    }
    tokio::pin!(stop);
    loop {
        tokio::select! {
            biased;
            () = &mut stop => break,
            () = std::future::ready(()) => {}
        }
        clockwork.tick_what_is_due(&app, Instant::now());
        // Not broken off at once when we are asked to stop: what the database has given us by then would
        // be in nobody's hand until its claim runs out. We finish that too.
        let mut stopping = false;
        let patience = async {
            (&mut stop).await;
            stopping = true;
            tokio::time::sleep(LAST_CLAIM).await;
        };
        let filled = tokio::select! {
            filled = hands.fill() => filled,
            () = patience => Ok(()),
        };
        if let Err(error) = filled {
            tracing::warn!(%error, "could not take jobs in hand, trying again");
        }
        if stopping {
            break;
        }
        tokio::select! {
            () = &mut stop => break,
            () = wait_for_news(&app, &mut signals, hands.open_for()) => {}
            () = hands.one_done() => {}
        }
    }
    hands.rest(FAREWELL).await;
}

/// Ticks once and does jobs, again and again, until nothing is left that is due now. For tests, which
/// set the clock instead of waiting.
///
/// # Panics
/// When it does not come to an end: a job that asks for itself for ever.
pub async fn run_until_idle(app: &App) {
    let mut hands = Hands::new(app.clone(), name());
    for _ in 0..1_000 {
        ticks::tick_all(app).await;
        let mut done = 0;
        loop {
            match hands.fill().await {
                Ok(()) => {}
                Err(error) => tracing::warn!(%error, "could not take jobs in hand"),
            }
            if hands.are_empty() {
                break;
            }
            hands.one_done().await;
            done += 1;
        }
        if done == 0 {
            return;
        }
    }
    panic!("the worker does not come to rest: some job asks for itself again and again");
}

/// Returns when a job of these kinds may be due: a signal said so, or its time has come. With no room for
/// any, nothing is asked; a job that is done makes room.
async fn wait_for_news(
    app: &App,
    signals: &mut tokio::sync::broadcast::Receiver<app::Signal>,
    kinds: &[&str],
) {
    if kinds.is_empty() {
        // The ticks go on meanwhile.
        return tokio::time::sleep(GLANCE).await;
    }
    // A build that waits for its turn is due all the while: when it comes, a signal says so.
    let kinds: Vec<&str> = kinds.iter().copied().filter(|kind| *kind != builds::KIND).collect();
    let until = match claims::next_due_of_kinds(app, &kinds).await {
        Ok(Some(due)) => (due - app.clock.now()).to_std().unwrap_or(Duration::ZERO).min(GLANCE),
        // The database is away or nothing waits: look again in a while.
        Ok(None) | Err(_) => GLANCE,
    };
    // A job that is due but could not be claimed (another node has it) must not make us spin.
    let until = until.max(Duration::from_millis(20));
    let heard = async {
        loop {
            match signals.recv().await {
                Ok(signal) if signal.topic == topics::JOBS || signal.topic == topics::RESYNC => break,
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => break,
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    };
    let _ = tokio::time::timeout(until, heard).await;
}

/// A name no other worker has, nor had before it: claims are told apart by it. Containers share names of
/// hosts and numbers of processes, so that these are for people alone.
fn name() -> String {
    let host = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
    format!("{}/{}/{}", host.trim(), std::process::id(), Uuid::new_v4())
}
