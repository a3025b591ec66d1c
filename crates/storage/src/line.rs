//! The line of a transaction to the database. Nobody waits on it for ever: a server whose machine lost its
//! power says nothing any more, and the kernel would let us wait a quarter of an hour for its next word.

use std::time::Duration;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult,
    RuntimeErr, Statement, TransactionOptions, TransactionTrait, prelude::async_trait::async_trait,
};
use sqlx::{Connection, PgConnection, pool::PoolConnectionMetadata};

/// How long PostgreSQL may take for one statement. Longer than it lets anybody wait for a lock
/// (`lock_timeout` in deploy/roles.sql): then its own words are heard.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a connection may take to say that it stands.
const GREETING: Duration = Duration::from_secs(3);
/// A connection that rested this long is asked whether it still stands before it is used.
const RESTED: Duration = Duration::from_secs(1);

/// A transaction on a connection. Dropped, it is rolled back.
#[derive(Debug)]
pub(crate) struct Line(DatabaseTransaction);

impl Line {
    /// Begins a transaction. To be awaited to its end: one that is broken off leaves its connection within a
    /// transaction that nobody ends (sqlx 0.9.0, issue 4393; mended after it).
    pub(crate) async fn begin(pool: &DatabaseConnection, options: TransactionOptions) -> Result<Self, DbErr> {
        patiently(pool.get_database_backend(), pool.begin_with_options(options)).await.map(Self)
    }

    /// Makes it true.
    pub(crate) async fn commit(self) -> Result<(), DbErr> {
        patiently(self.get_database_backend(), self.0.commit()).await
    }
}

#[async_trait]
impl ConnectionTrait for Line {
    fn get_database_backend(&self) -> DbBackend {
        self.0.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        patiently(self.get_database_backend(), self.0.execute_raw(statement)).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        patiently(self.get_database_backend(), self.0.execute_unprepared(sql)).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        patiently(self.get_database_backend(), self.0.query_one_raw(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        patiently(self.get_database_backend(), self.0.query_all_raw(statement)).await
    }
}

/// Gives up after [`PATIENCE`], but not on SQLite: no line leads to a file, and it has a patience of its own.
async fn patiently<T>(backend: DbBackend, asked: impl Future<Output = Result<T, DbErr>>) -> Result<T, DbErr> {
    if backend != DbBackend::Postgres {
        return asked.await;
    }
    tokio::time::timeout(PATIENCE, asked).await.unwrap_or_else(|_| {
        let silent = format!("it has not answered for {} s", PATIENCE.as_secs());
        Err(DbErr::Conn(RuntimeErr::Internal(silent)))
    })
}

/// Whether a connection that is about to be used still stands, if it rested.
pub(crate) async fn stands(
    connection: &mut PgConnection,
    meta: PoolConnectionMetadata,
) -> Result<bool, sqlx::Error> {
    if meta.idle_for >= RESTED { answers(connection).await } else { Ok(true) }
}

/// Whether a connection answers, after what was begun on it is rolled back. One on which nobody does is
/// closed, and makes room for another: sqlx itself would keep its place until the kernel gives up.
pub(crate) async fn answers(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let answered = tokio::time::timeout(GREETING, connection.ping()).await;
    answered.map_err(|_| sqlx::Error::Io(std::io::ErrorKind::TimedOut.into()))?.map(|()| true)
}
