//! What time it is: the machine's clock, or a row of the database for demo and tests.
//!
//! Verbs ask [`Clock::now`]. In production it is the machine's time and never goes back. In the demo
//! and in tests a row says how the hands stand, so that several nodes agree on an evening; it is read
//! when somebody moves the hands and, because a signal may be missed, four times a second.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, Utc};
use storage::{
    Store,
    clock::{Hands, TOPIC},
    scope::System,
};
use tokio::sync::broadcast::error::RecvError;

use crate::{App, Error, Settings};

/// How often the row is read again.
const GLANCE: Duration = Duration::from_millis(250);
/// Stands for "not stopped".
const RUNNING: i64 = i64::MIN;

/// What time it is. Cheap to clone; clones move together.
#[derive(Debug, Clone)]
pub struct Clock(Arc<Works>);

#[derive(Debug)]
struct Works {
    /// Whether a row of the database may move the hands.
    has_hands: bool,
    ahead_micros: AtomicI64,
    stopped_at: AtomicI64,
    /// The latest instant that was told, so that it never goes back.
    latest: AtomicI64,
}

impl Clock {
    /// The clock that `settings` ask for: with hands in the demo, without in production.
    ///
    /// # Errors
    /// If the row cannot be read, or if there is one in production: then this database belongs to a
    /// demo, and its rota would be taken for a real one.
    pub async fn of(settings: &Settings, store: &Store) -> Result<Self, Error> {
        let clock = Self::new(settings.demo);
        // Before the first migration there is no table to read.
        match store.clock_hands().await {
            Ok(Some(_)) if !settings.demo => return Err(Error::DemoDatabase),
            Ok(Some(hands)) => clock.obey(hands),
            Ok(None) => {}
            Err(error) => tracing::debug!(%error, "no clock's row to read yet"),
        }
        Ok(clock)
    }

    fn new(has_hands: bool) -> Self {
        Self(Arc::new(Works {
            has_hands,
            ahead_micros: AtomicI64::new(0),
            stopped_at: AtomicI64::new(RUNNING),
            latest: AtomicI64::new(i64::MIN),
        }))
    }

    /// Now, in whole microseconds.
    pub fn now(&self) -> DateTime<Utc> {
        let micros = if self.0.has_hands { self.by_the_hands() } else { self.never_back() };
        DateTime::from_timestamp_micros(micros).expect("the hands are only ever put to instants")
    }

    /// Whether somebody may move the hands.
    pub fn has_hands(&self) -> bool {
        self.0.has_hands
    }

    /// What the machine's own clock says. For leases, which guard against crashes and must run out
    /// even while the hands stand still; for everything else there is [`Clock::now`].
    pub fn machine_now(&self) -> DateTime<Utc> {
        domain::time::to_micros(machine())
    }

    fn by_the_hands(&self) -> i64 {
        match self.0.stopped_at.load(Ordering::Relaxed) {
            RUNNING => {
                machine().timestamp_micros().saturating_add(self.0.ahead_micros.load(Ordering::Relaxed))
            }
            stopped => stopped,
        }
    }

    fn never_back(&self) -> i64 {
        let now = machine().timestamp_micros();
        self.0.latest.fetch_max(now, Ordering::Relaxed).max(now)
    }

    fn obey(&self, hands: Hands) {
        match hands {
            Hands::Ahead(by) => {
                self.0.ahead_micros.store(by.num_microseconds().unwrap_or(0), Ordering::Relaxed);
                self.0.stopped_at.store(RUNNING, Ordering::Relaxed);
            }
            Hands::Stopped(at) => self.0.stopped_at.store(at.timestamp_micros(), Ordering::Relaxed),
        }
    }

    async fn glance(&self, store: &Store) -> Result<(), Error> {
        if let Some(hands) = store.clock_hands().await? {
            self.obey(hands);
        }
        Ok(())
    }

    /// Follows the row for as long as the process lives; returns at once where there is none to follow.
    pub(crate) async fn follow(&self, store: &Store) {
        if !self.0.has_hands {
            return;
        }
        let mut signals = store.listen();
        loop {
            // A glance that fails is followed by another in a moment.
            if let Err(error) = self.glance(store).await {
                tracing::debug!(%error, "could not read the clock's row");
            }
            let moved = async {
                loop {
                    match signals.recv().await {
                        Ok(signal) if signal.topic == TOPIC => break,
                        Ok(_) => {}
                        Err(RecvError::Lagged(_)) => break,
                        Err(RecvError::Closed) => std::future::pending().await,
                    }
                }
            };
            let _ = tokio::time::timeout(GLANCE, moved).await;
        }
    }
}

/// Puts the clock to `at`; from there it runs on. Every node follows.
///
/// # Errors
/// If this clock has no hands, or the database refuses.
pub async fn put_to(app: &App, at: DateTime<Utc>) -> Result<(), Error> {
    move_hands(app, Hands::Ahead(at - machine())).await
}

/// Stops the clock at `at`, for tests that must not race it.
///
/// # Errors
/// If this clock has no hands, or the database refuses.
pub async fn stop_at(app: &App, at: DateTime<Utc>) -> Result<(), Error> {
    move_hands(app, Hands::Stopped(at)).await
}

async fn move_hands(app: &App, hands: Hands) -> Result<(), Error> {
    if !app.clock.has_hands() {
        return Err(Error::NotFound("clock to set"));
    }
    // The transaction begins at the new time, so that what it says is not from the future.
    let now = match hands {
        Hands::Ahead(by) => machine() + by,
        Hands::Stopped(at) => at,
    };
    let tx = app.store.write(System, now).await?;
    storage::clock::set(&tx, hands).await?;
    tx.signal(storage::jobs::TOPIC);
    tx.commit().await?;
    app.clock.obey(hands);
    Ok(())
}

#[allow(clippy::disallowed_methods, reason = "this is the clock everybody else must ask")]
fn machine() -> DateTime<Utc> {
    Utc::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_production_clock_never_goes_back() {
        let clock = Clock::new(false);
        let future = clock.now().timestamp_micros() + 3_600_000_000;
        clock.0.latest.store(future, Ordering::Relaxed);
        assert_eq!(clock.now().timestamp_micros(), future);
    }

    #[test]
    fn a_clock_without_hands_ignores_the_row() {
        let clock = Clock::new(false);
        clock.obey(Hands::Stopped(instant("2001-01-01T00:00:00Z")));
        assert!(clock.now() > instant("2025-01-01T00:00:00Z"));
    }

    #[test]
    fn clones_of_a_clock_move_together() {
        let clock = Clock::new(true);
        let other = clock.clone();
        clock.obey(Hands::Stopped(instant("2026-12-04T20:14:00Z")));
        assert_eq!(other.now(), instant("2026-12-04T20:14:00Z"));
        clock.obey(Hands::Ahead(chrono::Duration::days(400)));
        assert!(other.now() > machine() + chrono::Duration::days(399));
    }

    #[test]
    fn now_is_a_whole_microsecond() {
        use chrono::Timelike;
        assert_eq!(Clock::new(false).now().nanosecond() % 1000, 0);
    }
}
