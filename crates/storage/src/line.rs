//! The line of a transaction to the database. Nobody waits on it for ever: a server whose machine lost its
//! power says nothing any more, and the kernel would let us wait a quarter of an hour for its next word.

use std::time::Duration;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult,
    RuntimeErr, Statement, TransactionOptions, TransactionTrait, prelude::async_trait::async_trait,
};
use sqlx::{Connection, PgConnection, SqliteConnection, pool::PoolConnectionMetadata};

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

/// Why PostgreSQL cannot be reached: a pool tries for a while, and then says only that its time is over.
pub(crate) async fn cause(url: &str, error: DbErr) -> DbErr {
    match tokio::time::timeout(GREETING, PgConnection::connect(url)).await {
        Ok(Err(cause)) => DbErr::Conn(RuntimeErr::Internal(cause.to_string())),
        Ok(Ok(_)) | Err(_) => error,
    }
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

/// Whether nothing is begun on a connection to a file. SQLite itself rolls a transaction back when the disk is
/// full or fails, and sqlx (0.9.0) does not notice: what it begins from then on stands within a transaction
/// that nobody ends, and is lost with the process. Such a connection is closed, and another one opened.
pub(crate) async fn is_free(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    if connection.is_in_transaction() {
        // What was dropped is rolled back in its turn; this is answered after it.
        connection.ping().await?;
    }
    Ok(!connection.is_in_transaction())
}

#[cfg(test)]
mod tests {
    use sea_orm::TransactionOptions;

    use super::*;
    use crate::Store;

    #[tokio::test]
    async fn what_sqlite_rolled_back_by_itself_does_not_swallow_what_is_written_after_it() {
        let file = std::env::temp_dir().join(format!("veilleuse line {}.sqlite", std::process::id()));
        std::fs::write(&file, "").unwrap();
        let store = Store::open(&format!("sqlite:{}", file.display())).await.unwrap();
        let begin = || Line::begin(store.for_migrations(), TransactionOptions::default());
        let make = "create table one (number integer primary key)";
        store.for_migrations().execute_unprepared(make).await.unwrap();

        let line = begin().await.unwrap();
        line.execute_unprepared("insert into one values (1)").await.unwrap();
        // As a full disk does it: the whole transaction is gone, and not by our word.
        line.execute_unprepared("insert or rollback into one values (1)").await.unwrap_err();
        drop(line);
        let line = begin().await.unwrap();
        line.execute_unprepared("insert into one values (2)").await.unwrap();
        drop(line);
        let line = begin().await.unwrap();
        line.execute_unprepared("insert into one values (3)").await.unwrap();
        line.commit().await.unwrap();

        let all = Statement::from_string(DbBackend::Sqlite, "select number from one");
        let kept = store.reading().query_all_raw(all).await.unwrap();
        let kept: Vec<i32> = kept.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
        assert_eq!(kept, [3]);
        store.close().await;
        std::fs::remove_file(&file).unwrap();
    }
}
