//! Ticks: what must become true in the end. Each takes no argument, finds what is due, and puts it
//! right; it may run twice, or on two nodes at once.

use std::{future::Future, pin::Pin, time::Duration};

use app::{App, Error};
use tokio::time::Instant;

type Running<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;

/// One thing that is put right again and again.
pub struct Tick {
    /// For logs.
    pub name: &'static str,
    /// How often, by the machine's clock.
    pub every: Duration,
    /// The verb.
    pub run: for<'a> fn(&'a App) -> Running<'a>,
}

impl std::fmt::Debug for Tick {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tick").field("name", &self.name).field("every", &self.every).finish_non_exhaustive()
    }
}

/// Every tick there is.
pub const ALL: &[Tick] = &[Tick {
    name: "forget old jobs",
    every: Duration::from_secs(3_600),
    run: |app| Box::pin(app::jobs::claims::forget_old(app)),
}];

/// Runs every tick once, in order; what fails is tried again next time.
pub async fn tick_all(app: &App) {
    for tick in ALL {
        one(app, tick).await;
    }
}

/// Remembers when each tick ran last.
#[derive(Debug, Default)]
pub struct Clockwork {
    ran: Vec<Option<Instant>>,
}

impl Clockwork {
    /// Runs the ticks whose time has come.
    pub async fn tick_what_is_due(&mut self, app: &App, now: Instant) {
        self.ran.resize(ALL.len(), None);
        for (tick, ran) in ALL.iter().zip(&mut self.ran) {
            if ran.is_none_or(|last| now.duration_since(last) >= tick.every) {
                *ran = Some(now);
                one(app, tick).await;
            }
        }
    }
}

async fn one(app: &App, tick: &Tick) {
    if let Err(error) = (tick.run)(app).await {
        tracing::warn!(tick = tick.name, %error, "a tick failed, it is tried again");
    }
}
