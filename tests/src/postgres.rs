//! A real PostgreSQL: one a test process, run by an ordinary user, heard only on a private socket.
//!
//! Tests meet it as the program does: as the role `veilleuse`, which owns nothing and cannot step over
//! a policy. Migrations run as `veilleuse_owner`. Databases are copies of a template that was migrated
//! once, which takes some 50 ms instead of the migrations' second.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tokio::sync::OnceCell;

use crate::keeper::{self, Kept};

/// The oldest PostgreSQL we promise to run on.
const OLDEST: u32 = 15;

const START: &str = r#"
mkdir data socket
give data socket
as_user "$BIN/initdb" -D data --no-sync -A trust -U postgres --locale=C.UTF-8 -E UTF8
as_user "$BIN/pg_ctl" -D data -w -t 60 -l data/server.log -o "-k $FOLDER/socket \
    -c listen_addresses='' -c max_connections=400 -c max_locks_per_transaction=256 \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start
"#;

/// A server that ends without a word and comes back, as after a crash of its own.
const RESTART: &str = r#"
if [ "$(id -u)" = 0 ]; then set -- runuser -u postgres -- "$@"; fi
exec "$@" </dev/null >restart.log 2>&1
"#;

const STOP: &str = r#"as_user "$BIN/pg_ctl" -D data -m immediate -w stop"#;

/// What an operator runs once in a new database.
const ROLES: &str = include_str!("../../deploy/roles.sql");

/// A running server.
#[derive(Debug)]
pub struct Cluster {
    kept: Kept,
    roles: OnceCell<()>,
    template: OnceCell<()>,
    made: AtomicU32,
}

/// A database of one's own.
#[derive(Clone, Debug)]
pub struct Database {
    /// Its name.
    pub name: String,
    /// As the program connects: the plain role.
    pub url: String,
    /// As migrations connect: the owner of the tables.
    pub owner_url: String,
    /// As nobody connects in production: above all policies, to look at what is really there.
    pub superuser_url: String,
}

/// The server of this process, started by whoever asks first.
pub fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(Cluster::start)
}

impl Cluster {
    /// A server of one's own, for what would disturb the others.
    ///
    /// # Panics
    /// When no PostgreSQL is installed, or it does not start.
    pub fn start() -> Self {
        Self::started_by(START)
    }

    /// A server of one's own that keeps every commit through a crash of its own.
    ///
    /// # Panics
    /// When no PostgreSQL is installed, or it does not start.
    pub fn durable() -> Self {
        Self::started_by(&START.replace("synchronous_commit=off", "synchronous_commit=on"))
    }

    /// Ends the server at once, as a crash would, and starts it again; returns once it answers.
    ///
    /// # Panics
    /// When it does not come back.
    pub async fn restarts_at_once(&self) {
        let folder = self.kept.folder();
        let restart = tokio::process::Command::new("sh")
            .args(["-c", RESTART, "sh"])
            .arg(binaries().join("pg_ctl"))
            .args(["-D", "data", "-m", "immediate", "-w", "-t", "60", "-l", "data/server.log", "restart"])
            .current_dir(folder)
            .status();
        let log = || fs::read_to_string(folder.join("restart.log")).unwrap_or_default();
        assert!(restart.await.expect("every Unix has sh").success(), "{}", log());
    }

    fn started_by(start: &str) -> Self {
        let at = format!("BIN='{}'\n", binaries().display());
        Self {
            kept: Kept::start(keeper::folder("pg"), &format!("{at}{start}"), &format!("{at}{STOP}")),
            roles: OnceCell::new(),
            template: OnceCell::new(),
            made: AtomicU32::new(0),
        }
    }

    /// A database with the roles and nothing else: what a first migration finds.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn empty_database(&self) -> Database {
        let name = format!("empty_{}", self.made.fetch_add(1, Ordering::Relaxed));
        self.create_empty(&name).await;
        self.database(name)
    }

    /// A database without even the roles, if nobody made them on this server: what a restore finds.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn bare_database(&self) -> Database {
        let name = format!("bare_{}", self.made.fetch_add(1, Ordering::Relaxed));
        self.as_superuser("postgres", &format!("create database {name}")).await;
        self.database(name)
    }

    /// A database on which `migrate` was run, given the owner's address of a template; it is run once a
    /// process, and every later database is a copy.
    ///
    /// # Panics
    /// When the server or `migrate` refuses.
    pub async fn migrated_database(&self, migrate: impl AsyncFnOnce(&str)) -> Database {
        self.template
            .get_or_init(async || {
                self.create_empty("template_veilleuse").await;
                migrate(&self.database("template_veilleuse".into()).owner_url).await;
            })
            .await;
        let name = format!("town_{}", self.made.fetch_add(1, Ordering::Relaxed));
        let create = format!("create database {name} template template_veilleuse owner veilleuse_owner");
        self.as_superuser("postgres", &create).await;
        self.database(name)
    }

    async fn create_empty(&self, name: &str) {
        // The roles belong to the whole server and must be there before a database can be theirs.
        self.roles.get_or_init(async || self.as_superuser("postgres", ROLES).await).await;
        self.as_superuser("postgres", &format!("create database {name} owner veilleuse_owner")).await;
        self.as_superuser(name, ROLES).await;
    }

    async fn as_superuser(&self, database: &str, sql: &str) {
        let url = self.url("postgres", database);
        let mut connection = PgConnection::connect(&url).await.expect("the server answers on its socket");
        connection
            .execute(AssertSqlSafe(sql.to_owned()))
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
        connection.close().await.expect("the server lets go of a connection");
    }

    fn database(&self, name: String) -> Database {
        Database {
            url: self.url("veilleuse", &name),
            owner_url: self.url("veilleuse_owner", &name),
            superuser_url: self.url("postgres", &name),
            name,
        }
    }

    fn url(&self, role: &str, database: &str) -> String {
        format!("postgres://{role}@localhost/{database}?host={}/socket", self.kept.folder().display())
    }
}

/// Where the newest PostgreSQL of this machine keeps `initdb` and `pg_ctl`.
///
/// Debian keeps them out of the path, a folder a version.
///
/// # Panics
/// When there is none.
pub fn binaries() -> PathBuf {
    let debian = Path::new("/usr/lib/postgresql");
    let newest = fs::read_dir(debian)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter(|version| *version >= OLDEST)
        .max();
    match newest {
        Some(version) => debian.join(version.to_string()).join("bin"),
        None => panic!("no PostgreSQL {OLDEST} or newer under {}: run tests/run", debian.display()),
    }
}
