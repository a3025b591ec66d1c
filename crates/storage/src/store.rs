//! Opening the database, and beginning transactions. The connection never leaves this crate.

use std::{marker::PhantomData, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, SqliteTransactionMode,
    Statement, TransactionOptions,
};
use tokio::sync::broadcast;

use crate::{
    Memory, StoreError, Tx,
    age::{self, Ages},
    error::Doing,
    file,
    line::{self, Line},
    resolve::Look,
    scope::{Remembered, Scope, Set, Sets},
    signals::{CHANNEL, Signal},
};

/// How long the line to other nodes may be silent before we ask whether it still stands.
const SILENCE: Duration = Duration::from_secs(20);

/// Tells those who listen in this process.
#[derive(Debug, Clone)]
pub(crate) struct Bell {
    tell: broadcast::Sender<Signal>,
    /// PostgreSQL tells us itself, so that we do not hear our own words twice.
    told_by_database: bool,
    pub(crate) ages: Ages,
}

impl Bell {
    pub(crate) fn ring(&self, said: Vec<Signal>) {
        if !self.told_by_database {
            for signal in said {
                // Nobody listening is no error.
                let _ = self.tell.send(signal);
            }
        }
    }
}

/// The database, SQLite or PostgreSQL.
#[derive(Clone)]
pub struct Store {
    write: DatabaseConnection,
    read: DatabaseConnection,
    bell: Bell,
    url: String,
    unlocked: bool,
    /// Sets of scopes that read.
    sets: Arc<Memory<Remembered, Sets>>,
}

impl std::fmt::Debug for Store {
    /// Without the address, which may hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("engine", &self.engine()).finish_non_exhaustive()
    }
}

/// Which engine a store runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// One file, one process.
    Sqlite,
    /// A server, any number of nodes.
    Postgres,
}

impl Engine {
    /// Its name, as its makers write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

impl Store {
    /// Opens the database at `url` (`sqlite:path` or `postgres:…`). Makes neither a file nor tables.
    ///
    /// # Errors
    /// If it cannot be reached, or its file is not there.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let (tell, _) = broadcast::channel(1024);
        if url.starts_with("postgres") {
            let both = match Database::connect(postgres_options(url)).await {
                Ok(both) => both,
                Err(error) => return Err(line::cause(url, error).await).doing("reach PostgreSQL"),
            };
            let bell = Bell { tell, told_by_database: true, ages: Ages::deaf() };
            Ok(Self {
                read: both.clone(),
                write: both,
                bell,
                url: url.to_owned(),
                unlocked: false,
                sets: Arc::default(),
            })
        } else {
            file::is_there(url)?;
            // One writer: SQLite has one anyway, and several that queue for it give long stalls.
            let write = Database::connect(sqlite_options(url, 1)).await.doing("open the database file")?;
            let read = Database::connect(sqlite_options(url, 4)).await.doing("open the database file")?;
            Ok(Self {
                write,
                read,
                bell: Bell { tell, told_by_database: false, ages: Ages::hearing() },
                url: url.to_owned(),
                unlocked: false,
                sets: Arc::default(),
            })
        }
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        if self.url.starts_with("postgres") { Engine::Postgres } else { Engine::Sqlite }
    }

    /// The same database with the code's own lock open, so that a test sees whether PostgreSQL's
    /// policies hold alone. There is no such function in a shipped program (docs/decisions/0003).
    ///
    /// # Panics
    /// On SQLite, which has no other lock.
    #[cfg(all(feature = "one-lock", debug_assertions))]
    #[must_use]
    pub fn without_the_codes_lock(&self) -> Self {
        assert_eq!(self.engine(), Engine::Postgres, "SQLite has only the code's lock");
        Self { unlocked: true, ..self.clone() }
    }

    /// A connection without any scope, for the migrations alone: with the program's own role it
    /// sees no scoped row on PostgreSQL.
    pub fn for_migrations(&self) -> &DatabaseConnection {
        &self.write
    }

    /// For the clock's row alone, which belongs to nobody.
    pub(crate) fn reading(&self) -> &DatabaseConnection {
        &self.read
    }

    /// Begins a transaction that only reads, in `scope`, at `now`.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn read<S: Scope>(&self, scope: S, now: DateTime<Utc>) -> Result<Tx<S>, StoreError> {
        let options = TransactionOptions::default();
        let connection = begin(&self.read, options, "begin to read").await?;
        self.enter(connection, scope, now, true).await
    }

    /// Begins a transaction that may write, in `scope`, at `now`.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn write<S: Scope>(&self, scope: S, now: DateTime<Utc>) -> Result<Tx<S>, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: (self.engine() == Engine::Sqlite)
                .then_some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        let connection = begin(&self.write, options, "begin to write").await?;
        self.enter(connection, scope, now, false).await
    }

    /// PostgreSQL is told twice at most: before looking things up, where a scope has to, and after.
    async fn enter<S: Scope>(
        &self,
        connection: Line,
        scope: S,
        now: DateTime<Utc>,
        only_reads: bool,
    ) -> Result<Tx<S>, StoreError> {
        let now = domain::time::to_micros(now);
        let postgres = self.engine() == Engine::Postgres;
        let mut told = Told::default();
        if only_reads {
            told.say("transaction_read_only", "on");
        }
        // Who only reads may do so by what was seen a moment ago; who writes looks anew.
        let (age, key) = (self.age(), scope.remembered().filter(|_| only_reads));
        let sets = match key.and_then(|key| self.sets.recall(&key, age, now)) {
            Some(sets) => sets,
            None => {
                if postgres && S::LOOKS {
                    told.say("veilleuse.looking", "on");
                    std::mem::take(&mut told).to(&connection).await?;
                    told.say("veilleuse.looking", "off");
                }
                let mut sets = scope.resolve(Look(&connection), now).await?.0;
                sets.unlocked = self.unlocked;
                if let Some(key) = key {
                    self.sets.keep(key, sets.clone(), age, now, None);
                }
                sets
            }
        };
        if postgres {
            told.say_sets(&sets);
            told.to(&connection).await?;
        }
        Ok(Tx {
            connection,
            sets,
            now,
            age,
            bell: self.bell.clone(),
            rung: Default::default(),
            aged: Default::default(),
            scope: PhantomData,
        })
    }

    /// Hears every signal from now on, from all nodes. A listener that falls behind must re-sync.
    pub fn listen(&self) -> broadcast::Receiver<Signal> {
        self.bell.tell.subscribe()
    }

    /// How old what stands in the remembered tables is: it grows with each change of them, on whichever
    /// node. What was read at this age, asked for before reading, is true as long as it is the same.
    /// None while this node does not hear the others: then nothing may be remembered.
    pub fn age(&self) -> Option<u64> {
        if self.unlocked { None } else { self.bell.ages.now() }
    }

    /// Passes on what other nodes say, until the database is closed for good. Returns at once on
    /// SQLite, where there are no other nodes. Reconnects by itself.
    pub async fn relay(&self) {
        if self.engine() == Engine::Sqlite {
            return;
        }
        loop {
            if let Err(error) = self.relay_once().await {
                tracing::warn!(%error, "lost the line to other nodes, trying again");
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    async fn relay_once(&self) -> Result<(), sqlx::Error> {
        let mut listener = sqlx::postgres::PgListener::connect(&self.url).await?;
        timely(listener.listen(CHANNEL)).await?;
        let _hearing = self.bell.ages.hear();
        // Only from here on is nothing missed: whoever listens looks once at what came before.
        let _ = self.bell.tell.send(Signal { id: 0, topic: "resync".to_owned() });
        loop {
            let Ok(heard) = tokio::time::timeout(SILENCE, listener.try_recv()).await else {
                // Whoever only listens never learns that the other side is gone.
                timely(sqlx::query("select 1").execute(&mut listener)).await?;
                continue;
            };
            let Some(notification) = heard? else { return Ok(()) };
            if notification.payload() == age::GROWN {
                self.bell.ages.grow();
            } else if let Some((id, topic)) = notification.payload().split_once(' ') {
                let signal = Signal { id: id.parse().unwrap_or(0), topic: topic.to_owned() };
                let _ = self.bell.tell.send(signal);
            }
        }
    }

    /// Closes all connections.
    pub async fn close(&self) {
        let _ = self.write.clone().close().await;
        let _ = self.read.clone().close().await;
    }
}

/// Begins a transaction, in a task of its own that comes to its end even where whoever waits goes away
/// ([`Line::begin`]).
async fn begin(
    pool: &DatabaseConnection,
    options: TransactionOptions,
    doing: &'static str,
) -> Result<Line, StoreError> {
    let pool = pool.clone();
    match tokio::spawn(async move { Line::begin(&pool, options).await }).await {
        Ok(begun) => begun.doing(doing),
        Err(broken) if broken.is_panic() => std::panic::resume_unwind(broken.into_panic()),
        Err(_) => Err(StoreError::Unusable(format!("could not {doing}: the program is ending"))),
    }
}

/// What the listening line answers, unless it is silent for too long.
async fn timely<T>(asked: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, sqlx::Error> {
    let silent = |_| sqlx::Error::Io(std::io::ErrorKind::TimedOut.into());
    tokio::time::timeout(SILENCE, asked).await.map_err(silent)?
}

/// What PostgreSQL is told for one transaction, in one round trip: what policies compare with. A set
/// that is not told is empty.
#[derive(Debug, Default)]
struct Told {
    calls: Vec<String>,
    words: Vec<sea_orm::Value>,
}

impl Told {
    fn say(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let (name, value): (String, String) = (name.into(), value.into());
        let next = self.words.len() + 1;
        self.calls.push(format!("set_config(${next}, ${}, true)", next + 1));
        self.words.extend([name.into(), value.into()]);
    }

    fn say_sets(&mut self, sets: &Sets) {
        for kind in Set::ALL.into_iter().filter(|kind| !sets.of(*kind).is_empty()) {
            let ids: Vec<String> = sets.of(kind).iter().map(ToString::to_string).collect();
            self.say(format!("veilleuse.{}", kind.name()), format!("{{{}}}", ids.join(",")));
        }
        if sets.system {
            self.say("veilleuse.system", "on");
        }
    }

    async fn to(self, connection: &Line) -> Result<(), StoreError> {
        if self.calls.is_empty() {
            return Ok(());
        }
        let sql = format!("select {}", self.calls.join(", "));
        let all = Statement::from_sql_and_values(DbBackend::Postgres, sql, self.words);
        connection.execute_raw(all).await.doing("enter a scope")?;
        Ok(())
    }
}

fn postgres_options(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(16)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false)
        .test_before_acquire(false)
        .map_sqlx_postgres_before_acquire(|connection, meta| Box::pin(line::stands(connection, meta)))
        .map_sqlx_postgres_pool_opts(|pool| {
            pool.after_release(|connection, _| Box::pin(line::answers(connection)))
        });
    options
}

fn sqlite_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(30))
        .sqlx_logging(false)
        .test_before_acquire(false)
        .map_sqlx_sqlite_before_acquire(|connection, _| Box::pin(line::is_free(connection)))
        .map_sqlx_sqlite_opts(|sqlite| {
            use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
            sqlite
                .create_if_missing(false)
                .journal_mode(SqliteJournalMode::Wal)
                // Every commit reaches the disk: an accepted message survives a power cut.
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(10))
        });
    options
}
