//! Where a town keeps its rows: a fresh database on either engine, empty or with our tables.

use std::{fs, path::PathBuf};

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use storage::{Engine, Store};
use tokio::sync::OnceCell;

use crate::{keeper, postgres};

/// A connection above all policies.
enum Past<'a> {
    Server(&'a mut PgConnection),
    File(&'a mut SqliteConnection),
}

/// Where a town keeps its rows: a database nobody else has. A file goes when this is dropped, a
/// database when the test process ends.
#[derive(Debug)]
pub struct Rows {
    /// As the program connects.
    pub url: String,
    /// As migrations connect.
    pub owner_url: String,
    /// PostgreSQL only: above all policies, to look at what is really there.
    pub superuser_url: Option<String>,
    folder: Option<PathBuf>,
}

impl Rows {
    /// No tables yet: what the first migration finds.
    ///
    /// # Panics
    /// When the engine does not give a database.
    pub async fn empty(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => Self::in_file(keeper::folder("town")),
            Engine::Postgres => postgres::cluster().empty_database().await.into(),
        }
    }

    /// All our tables, and no row: what a new house starts with.
    ///
    /// # Panics
    /// When the engine does not give a database, or a migration fails.
    pub async fn migrated(engine: Engine) -> Self {
        static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
        match engine {
            Engine::Sqlite => {
                let template = TEMPLATE.get_or_init(migrated_file).await;
                let rows = Self::empty(engine).await;
                fs::write(rows.file(), template).expect("the folder is ours");
                rows
            }
            Engine::Postgres => postgres::cluster().migrated_database(migrate).await.into(),
        }
    }

    /// All our tables, and no row, on a server of one's own.
    ///
    /// # Panics
    /// When a migration fails.
    pub async fn migrated_on(cluster: &postgres::Cluster) -> Self {
        cluster.migrated_database(migrate).await.into()
    }

    /// Changes rows past the program.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn change(&self, sql: &str) {
        self.past_the_program(async |connection| match connection {
            Past::Server(server) => {
                sqlx::query(AssertSqlSafe(sql.to_owned())).execute(server).await.map(drop)
            }
            Past::File(file) => sqlx::query(AssertSqlSafe(sql.to_owned())).execute(file).await.map(drop),
        })
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// The number that `sql` asks for, past the program; a `bigint`.
    ///
    /// # Errors
    /// When the database is away or refuses.
    pub async fn number(&self, sql: &str) -> Result<i64, sqlx::Error> {
        self.past_the_program(async |connection| match connection {
            Past::Server(server) => sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(server).await,
            Past::File(file) => sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(file).await,
        })
        .await
    }

    async fn past_the_program<T>(
        &self,
        ask: impl AsyncFnOnce(Past<'_>) -> Result<T, sqlx::Error>,
    ) -> Result<T, sqlx::Error> {
        if let Some(url) = &self.superuser_url {
            let mut server = PgConnection::connect(url).await?;
            let answer = ask(Past::Server(&mut server)).await?;
            server.close().await?;
            return Ok(answer);
        }
        let mut file = SqliteConnection::connect(&self.url).await?;
        let answer = ask(Past::File(&mut file)).await?;
        file.close().await?;
        Ok(answer)
    }

    fn in_file(folder: PathBuf) -> Self {
        let mut rows =
            Self { url: String::new(), owner_url: String::new(), superuser_url: None, folder: Some(folder) };
        rows.url = format!("sqlite://{}?mode=rwc", rows.file().display());
        rows.owner_url = rows.url.clone();
        Store::make_file(&rows.url).expect("the folder is ours");
        rows
    }

    /// The file.
    ///
    /// # Panics
    /// When these rows are not SQLite's.
    pub fn file(&self) -> PathBuf {
        self.folder.as_ref().expect("only SQLite's rows are asked for their file").join("town.sqlite")
    }
}

impl From<postgres::Database> for Rows {
    fn from(database: postgres::Database) -> Self {
        let postgres::Database { url, owner_url, superuser_url, .. } = database;
        Self { url, owner_url, superuser_url: Some(superuser_url), folder: None }
    }
}

impl Drop for Rows {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = fs::remove_dir_all(folder);
        }
    }
}

async fn migrated_file() -> Vec<u8> {
    let rows = Rows::in_file(keeper::folder("template"));
    migrate(&rows.owner_url).await;
    fs::read(rows.file()).expect("the migrations made a file")
}

async fn migrate(url: &str) {
    let store = Store::open(url).await.expect("the owner may connect");
    migrations::up(store.for_migrations()).await.expect("the migrations run on empty ground");
    store.close().await;
}
