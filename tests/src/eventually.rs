//! Waiting for something outside this process, with a deadline and never with a bare sleep.
//!
//! Only browsers, mail servers and child processes are waited for like this. What the program does by
//! itself is driven to its end (`work until idle`), not waited for.

use std::time::{Duration, Instant};

/// How long anything outside may take. Generous, for a machine that is busy with other tests; a
/// condition that comes true is noticed within [`LOOK_EVERY`].
pub const PATIENCE: Duration = Duration::from_secs(20);

const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Looks again and again until `look` finds something, and returns it.
///
/// # Panics
/// When [`PATIENCE`] is over; the message says that `what` did not happen.
pub async fn eventually<T>(what: &str, look: impl AsyncFnMut() -> Option<T>) -> T {
    eventually_within(PATIENCE, what, look).await
}

/// As [`eventually`], with a patience of its own.
///
/// # Panics
/// When `patience` is over.
pub async fn eventually_within<T>(patience: Duration, what: &str, look: impl AsyncFnMut() -> Option<T>) -> T {
    within(patience, look).await.unwrap_or_else(|| panic!("waited {patience:?} in vain: {what}"))
}

/// What `look` finds before `patience` is over; nothing if it finds nothing.
pub async fn within<T>(patience: Duration, mut look: impl AsyncFnMut() -> Option<T>) -> Option<T> {
    let started = Instant::now();
    loop {
        if let Some(found) = look().await {
            return Some(found);
        }
        if started.elapsed() >= patience {
            return None;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}
