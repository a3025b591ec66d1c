//! The database as whoever runs it sees it: which one it is, whether it keeps its locks, how far its
//! tables are, how busy its connections. Rows of tenants are not in here.

use std::path::Path;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, QueryResult, Statement, TryGetable, Value};

use crate::{Engine, Store, StoreError, error::Doing};

/// The connections of one pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connections {
    /// What they are for: `all` on PostgreSQL; `read` and `write` on SQLite.
    pub pool: &'static str,
    /// Open ones.
    pub open: u32,
    /// Those of them that do nothing now.
    pub idle: u32,
}

/// What PostgreSQL says of the role the program connects as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseRole {
    /// Its name.
    pub name: String,
    /// Whether policies do not hold it: a superuser, or `bypassrls`.
    pub above_policies: bool,
    /// Whether it owns tables, and so could change them.
    pub owns_tables: bool,
}

impl Store {
    /// The engine's version, such as `PostgreSQL 15.14` or `SQLite 3.46.0`.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn version(&self) -> Result<String, StoreError> {
        match self.engine() {
            Engine::Postgres => {
                let number: String = self.ask("select current_setting('server_version')").await?;
                Ok(format!("PostgreSQL {number}"))
            }
            Engine::Sqlite => Ok(format!("SQLite {}", self.ask::<String>("select sqlite_version()").await?)),
        }
    }

    /// How many changes were made to the tables; 0 where there are none yet.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn changes_made(&self) -> Result<u64, StoreError> {
        let there = match self.engine() {
            Engine::Postgres => "select count(*) from pg_class where oid = to_regclass('seaql_migrations')",
            Engine::Sqlite => "select count(*) from sqlite_master where name = 'seaql_migrations'",
        };
        if self.ask::<i64>(there).await? == 0 {
            return Ok(0);
        }
        let made: i64 = self.ask("select count(*) from seaql_migrations").await?;
        Ok(u64::try_from(made).unwrap_or(0))
    }

    /// What time the database's machine has; nothing on SQLite, which has no machine of its own.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn its_time(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        match self.engine() {
            Engine::Postgres => self.ask("select clock_timestamp()").await.map(Some),
            Engine::Sqlite => Ok(None),
        }
    }

    /// As whom we are connected; nothing on SQLite.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn role(&self) -> Result<Option<DatabaseRole>, StoreError> {
        if self.engine() == Engine::Sqlite {
            return Ok(None);
        }
        let above = "select rolsuper or rolbypassrls from pg_roles where rolname = current_user";
        let owns = "select exists (select 1 from pg_tables where schemaname = current_schema() and tableowner = current_user)";
        let name = self.ask("select current_user::text").await?;
        Ok(Some(DatabaseRole {
            name,
            above_policies: self.ask(above).await?,
            owns_tables: self.ask(owns).await?,
        }))
    }

    /// Whether PostgreSQL lets go of what we had in hand if we are gone without a farewell; true on SQLite,
    /// whose locks go with the process.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn lets_go(&self) -> Result<bool, StoreError> {
        match self.engine() {
            Engine::Sqlite => Ok(true),
            Engine::Postgres => {
                self.ask("select current_setting('idle_in_transaction_session_timeout') <> '0'").await
            }
        }
    }

    /// Tables of ours that have no policy, or one that does not hold their owner; `open` ones are meant
    /// to have none. Empty on SQLite, which has no policies.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn without_policy(&self, open: &[&str]) -> Result<Vec<String>, StoreError> {
        if self.engine() == Engine::Sqlite {
            return Ok(Vec::new());
        }
        let sql = "select relname::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace \
                   and not (relrowsecurity and relforcerowsecurity and exists \
                   (select from pg_policy where polrelid = pg_class.oid)) order by 1";
        let mut tables: Vec<String> = Vec::new();
        for row in self.reading().query_all_raw(plain(self, sql)).await.doing(ASKING)? {
            tables.push(row.try_get_by_index(0).doing(ASKING)?);
        }
        tables.retain(|table| !open.contains(&table.as_str()));
        Ok(tables)
    }

    /// Writes the whole database into a new file, while it is in use: SQLite's alone.
    ///
    /// # Errors
    /// If the file is there already or cannot be written, or this is PostgreSQL.
    pub async fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        if self.engine() == Engine::Postgres {
            let why = "PostgreSQL is copied by its own tools: see deploy/backup-postgres.sh";
            return Err(StoreError::Unusable(why.to_owned()));
        }
        let name = file.to_string_lossy().into_owned();
        let copy = Statement::from_sql_and_values(DbBackend::Sqlite, "vacuum into ?", [Value::from(name)]);
        self.reading().execute_raw(copy).await.doing("copy the database into a file")?;
        Ok(())
    }

    /// What is damaged in a SQLite file, in its own words; nothing if all is well.
    ///
    /// # Errors
    /// If it cannot be read at all.
    pub async fn damage(&self) -> Result<Option<String>, StoreError> {
        if self.engine() == Engine::Postgres {
            return Ok(None);
        }
        let said: String = self.ask("pragma integrity_check").await?;
        Ok((said != "ok").then_some(said))
    }

    /// Tries whether the database can be written. SQLite's file is told again what it says already, and that
    /// is waited for until it is on the disk. PostgreSQL is asked whether it takes writes: one that a
    /// failover left behind does not; its own figures tell of its disk.
    ///
    /// # Errors
    /// If it cannot be written: the disk is full, the file is another user's, or the server only reads.
    pub async fn try_writing(&self) -> Result<(), StoreError> {
        if self.engine() == Engine::Postgres {
            let only_reads = "select pg_is_in_recovery() or current_setting('transaction_read_only')::bool";
            let why = "PostgreSQL only reads: it is a standby, or `default_transaction_read_only` is on";
            let only_reads: bool = self.ask(only_reads).await?;
            return if only_reads { Err(StoreError::Unusable(why.to_owned())) } else { Ok(()) };
        }
        let number: i32 = self.ask("pragma user_version").await?;
        let again = format!("pragma user_version = {number}");
        self.for_migrations().execute_unprepared(&again).await.doing("write the database")?;
        Ok(())
    }

    /// How busy the connections are.
    pub fn connections(&self) -> Vec<Connections> {
        match self.engine() {
            Engine::Postgres => vec![connections("all", self.reading())],
            Engine::Sqlite => {
                vec![connections("read", self.reading()), connections("write", self.for_migrations())]
            }
        }
    }

    /// The one value that `sql` answers with.
    async fn ask<T: TryGetable>(&self, sql: &'static str) -> Result<T, StoreError> {
        let row: Option<QueryResult> = self.reading().query_one_raw(plain(self, sql)).await.doing(ASKING)?;
        let row = row.ok_or_else(|| StoreError::Unusable(format!("{sql:?} has no answer")))?;
        row.try_get_by_index(0).doing(ASKING)
    }
}

/// What we were doing when one of these questions has no answer.
const ASKING: &str = "ask the database how it is";

fn plain(store: &Store, sql: &'static str) -> Statement {
    Statement::from_string(store.reading().get_database_backend(), sql)
}

fn connections(pool: &'static str, connection: &DatabaseConnection) -> Connections {
    let (open, idle) = match connection.get_database_backend() {
        DbBackend::Postgres => {
            let pool = connection.get_postgres_connection_pool();
            (pool.size(), pool.num_idle())
        }
        _ => {
            let pool = connection.get_sqlite_connection_pool();
            (pool.size(), pool.num_idle())
        }
    };
    Connections { pool, open, idle: u32::try_from(idle).unwrap_or(u32::MAX) }
}
