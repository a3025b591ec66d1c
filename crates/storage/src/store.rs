//! Opening the database, and beginning transactions. The connection never leaves this crate.

use std::{marker::PhantomData, time::Duration};

use chrono::{DateTime, Utc};
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction,
    DbBackend, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use tokio::sync::broadcast;

use crate::{
    StoreError, Tx,
    error::Doing,
    resolve::Look,
    scope::{Scope, Set, Sets},
    signals::{CHANNEL, Signal},
};

/// Tells those who listen in this process.
#[derive(Debug, Clone)]
pub(crate) struct Bell {
    tell: broadcast::Sender<Signal>,
    /// PostgreSQL tells us itself, so that we do not hear our own words twice.
    told_by_database: bool,
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

impl Store {
    /// Opens the database at `url` (`sqlite:path` or `postgres:…`). Makes no tables.
    ///
    /// # Errors
    /// If it cannot be reached.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let (tell, _) = broadcast::channel(1024);
        if url.starts_with("postgres") {
            let both = Database::connect(postgres_options(url)).await.doing("reach PostgreSQL")?;
            let bell = Bell { tell, told_by_database: true };
            Ok(Self { read: both.clone(), write: both, bell, url: url.to_owned(), unlocked: false })
        } else {
            // One writer: SQLite has one anyway, and several that queue for it give long stalls.
            let write = Database::connect(sqlite_options(url, 1)).await.doing("open the database file")?;
            let read = Database::connect(sqlite_options(url, 4)).await.doing("open the database file")?;
            Ok(Self {
                write,
                read,
                bell: Bell { tell, told_by_database: false },
                url: url.to_owned(),
                unlocked: false,
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
        let options = TransactionOptions {
            access_mode: (self.engine() == Engine::Postgres).then_some(AccessMode::ReadOnly),
            ..Default::default()
        };
        let connection = self.read.begin_with_options(options).await.doing("begin to read")?;
        self.enter(connection, scope, now).await
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
        let connection = self.write.begin_with_options(options).await.doing("begin to write")?;
        self.enter(connection, scope, now).await
    }

    async fn enter<S: Scope>(
        &self,
        connection: DatabaseTransaction,
        scope: S,
        now: DateTime<Utc>,
    ) -> Result<Tx<S>, StoreError> {
        let now = domain::time::to_micros(now);
        let postgres = self.engine() == Engine::Postgres;
        if postgres {
            set(&connection, "looking", "on").await?;
        }
        let mut sets = scope.resolve(Look(&connection), now).await?.0;
        sets.unlocked = self.unlocked;
        if postgres {
            set(&connection, "looking", "off").await?;
            tell_postgres(&connection, &sets).await?;
        }
        Ok(Tx {
            connection,
            sets,
            now,
            bell: self.bell.clone(),
            rung: Default::default(),
            scope: PhantomData,
        })
    }

    /// Hears every signal from now on, from all nodes. A listener that falls behind must re-sync.
    pub fn listen(&self) -> broadcast::Receiver<Signal> {
        self.bell.tell.subscribe()
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
        listener.listen(CHANNEL).await?;
        // Only from here on is nothing missed: whoever listens looks once at what came before.
        let _ = self.bell.tell.send(Signal { id: 0, topic: "resync".to_owned() });
        loop {
            let Some(notification) = listener.try_recv().await? else { return Ok(()) };
            if let Some((id, topic)) = notification.payload().split_once(' ') {
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

async fn set(connection: &DatabaseTransaction, name: &str, value: &str) -> Result<(), StoreError> {
    let words = [format!("veilleuse.{name}").into(), value.into()];
    let set = Statement::from_sql_and_values(DbBackend::Postgres, "select set_config($1, $2, true)", words);
    connection.execute_raw(set).await.doing("enter a scope")?;
    Ok(())
}

/// Sets what the policies compare with, in one round trip.
async fn tell_postgres(connection: &DatabaseTransaction, sets: &Sets) -> Result<(), StoreError> {
    let mut calls = Vec::new();
    let mut words: Vec<sea_orm::Value> = Vec::new();
    let mut call = |name: &str, value: String| {
        calls.push(format!("set_config(${}, ${}, true)", words.len() + 1, words.len() + 2));
        words.extend([format!("veilleuse.{name}").into(), value.into()]);
    };
    for kind in Set::ALL {
        let ids: Vec<String> = sets.of(kind).iter().map(ToString::to_string).collect();
        call(kind.name(), format!("{{{}}}", ids.join(",")));
    }
    call("system", if sets.system { "on" } else { "off" }.to_owned());
    let all =
        Statement::from_sql_and_values(DbBackend::Postgres, format!("select {}", calls.join(", ")), words);
    connection.execute_raw(all).await.doing("enter a scope")?;
    Ok(())
}

fn postgres_options(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(16)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false)
        .test_before_acquire(true);
    options
}

fn sqlite_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(30))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|sqlite| {
            use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
            sqlite
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                // Every commit reaches the disk: an accepted message survives a power cut.
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(10))
        });
    options
}
