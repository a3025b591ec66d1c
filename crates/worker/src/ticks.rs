//! Ticks: what must become true in the end. Each takes no argument, finds what is due, and puts it
//! right; it may run twice, or on two nodes at once.

use std::{future::Future, pin::Pin, time::Duration};

use app::{App, Error};
use tokio::{task::JoinHandle, time::Instant};

type Running<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;

/// One thing that is put right again and again.
pub struct Tick {
    /// For logs.
    pub name: &'static str,
    /// How often, by the machine's clock.
    pub every: Duration,
    /// The verb.
    pub run: for<'a> fn(&'a App) -> Running<'a>,
    /// What it waits for before it may run again, besides its time: news from outside.
    pub news: Option<for<'a> fn(&'a App) -> Running<'a>>,
}

impl std::fmt::Debug for Tick {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tick").field("name", &self.name).field("every", &self.every).finish_non_exhaustive()
    }
}

/// For how long one waits for a mailbox to speak before asking it.
const MAIL_SILENCE: Duration = Duration::from_secs(60);

/// How often last days are looked at: one that is over opens no door for longer.
const MINUTES: Duration = Duration::from_secs(300);

/// How often what is old is forgotten.
const A_WHILE: Duration = Duration::from_secs(3_600);

/// Every tick there is.
pub static ALL: &[Tick] = &[
    Tick {
        name: "decide who answers what waits",
        every: Duration::from_secs(1),
        run: |app| Box::pin(async move { app::desk::route_due(app).await.map(drop) }),
        news: None,
    },
    Tick {
        name: "fetch mail",
        every: Duration::from_secs(2),
        run: |app| Box::pin(async move { app::desk::fetch_mail(app).await.map(drop) }),
        news: Some(|app| Box::pin(app::desk::wait_for_mail(app, MAIL_SILENCE))),
    },
    Tick {
        name: "end what ends with an employment",
        every: MINUTES,
        run: |app| Box::pin(app::account::last_days::keep(app)),
        news: None,
    },
    Tick {
        name: "tell who may take an open duty",
        every: MINUTES,
        run: |app| Box::pin(app::rota::handovers::open::tell::tell(app)),
        news: None,
    },
    Tick {
        name: "write the registers of working time",
        every: A_WHILE,
        run: |app| Box::pin(app::rota::statements::register::ask(app)),
        news: None,
    },
    Tick {
        name: "forget old jobs",
        every: A_WHILE,
        run: |app| Box::pin(app::jobs::claims::forget_old(app)),
        news: None,
    },
    Tick {
        name: "forget old signals",
        every: A_WHILE,
        run: |app| Box::pin(app::live::forget_old(app)),
        news: None,
    },
    Tick {
        name: "forget old sign-in codes",
        every: A_WHILE,
        run: |app| Box::pin(app::account::sign_in::forget_old_codes(app)),
        news: None,
    },
    Tick {
        name: "forget old sessions",
        every: A_WHILE,
        run: |app| Box::pin(app::account::me::forget_old_sessions(app)),
        news: None,
    },
    Tick {
        name: "forget what visitors wrote long ago",
        every: A_WHILE,
        run: |app| Box::pin(app::privacy::enforce(app)),
        news: None,
    },
    Tick {
        name: "forget kept answers of the API",
        every: A_WHILE,
        run: |app| Box::pin(app::answers::forget_old(app)),
        news: None,
    },
    Tick {
        name: "forget old letters of the demo",
        every: A_WHILE,
        run: |app| Box::pin(app::letters::forget_old(app)),
        news: None,
    },
];

/// Runs every tick once, in order; what fails is tried again next time.
pub async fn tick_all(app: &App) {
    for tick in ALL {
        one(app, tick).await;
    }
}

/// Remembers when each tick ran last. Ticks run beside each other and beside jobs: a mailbox that is
/// slow to answer holds up nothing else. A tick that still runs is not begun again.
#[derive(Debug, Default)]
pub struct Clockwork {
    ran: Vec<Option<(Instant, AbortOnDrop)>>,
}

impl Clockwork {
    /// Begins the ticks whose time has come.
    pub fn tick_what_is_due(&mut self, app: &App, now: Instant) {
        self.ran.resize_with(ALL.len(), || None);
        for (tick, ran) in ALL.iter().zip(&mut self.ran) {
            let due = ran
                .as_ref()
                .is_none_or(|(last, task)| task.0.is_finished() && now.duration_since(*last) >= tick.every);
            if due {
                *ran = Some((now, AbortOnDrop(tokio::spawn(run_once(app.clone(), tick)))));
            }
        }
    }
}

/// Ends with the worker: a tick that was cut short runs again somewhere.
#[derive(Debug)]
struct AbortOnDrop(JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn run_once(app: App, tick: &'static Tick) {
    one(&app, tick).await;
    if let Some(news) = tick.news
        && let Err(error) = news(&app).await
    {
        tracing::debug!(tick = tick.name, %error, "could not wait for news");
    }
}

async fn one(app: &App, tick: &Tick) {
    let outcome = (tick.run)(app).await;
    let word = if outcome.is_ok() { "done" } else { "failed" };
    metrics::counter!("veilleuse_ticks_total", "tick" => tick.name, "outcome" => word).increment(1);
    if let Err(error) = outcome {
        tracing::warn!(tick = tick.name, %error, "a tick failed, it is tried again");
    }
}
