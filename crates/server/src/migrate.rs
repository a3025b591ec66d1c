//! `veilleuse migrate`: brings the tables up to date.

use std::path::{Path, PathBuf};

use app::{Database, told};
use clap::Args;

use crate::{alone::Alone, backup, settings};

/// What it is told.
#[derive(Debug, Args)]
pub struct Options {
    /// The database, as the owner of its tables: on PostgreSQL another role than the program's own.
    #[arg(long, env = "VEILLEUSE_OWNER_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// A file of settings, which may hold it as `owner_database`.
    #[arg(long, env = "VEILLEUSE_SETTINGS", value_name = "FILE")]
    pub settings: Option<PathBuf>,
}

/// Brings the tables up to date and says what was done.
pub async fn run(options: Options) -> Result<(), String> {
    let database = settings::owner_database(options.settings, options.database)?;
    let _alone = Alone::on(&database)?;
    let done = up(&database).await.map_err(|why| {
        let denied = why.contains("permission denied");
        if denied { format!("{why}; connect as the owner of the tables, veilleuse_owner") } else { why }
    })?;
    println!(
        "{}",
        if done == 0 { "the tables are up to date".to_owned() } else { format!("{done} changes made") }
    );
    Ok(())
}

/// Makes all changes that are missing, and SQLite's file before them; says how many.
pub async fn up(url: &str) -> Result<usize, String> {
    if let Some(file) = Database::file(url)
        && let Some(fresh) = backup::cut_short(&file)
    {
        let (file, fresh) = (file.display(), fresh.display());
        return Err(format!(
            "there is no database at {file}: a restore was cut short; run `veilleuse restore` again, or remove \
             {fresh} to begin with an empty house"
        ));
    }
    Database::make_file(url).map_err(|error| told(&error))?;
    let database = Database::open(url).await.map_err(|error| told(&error))?;
    // Where there are no tables yet, nobody can say how many changes were made.
    let made = database.changes_made().await.unwrap_or(0);
    let known = migrations::count() as u64;
    let done = if made > known {
        Err(format!("a newer program changed the tables (change {made}, this one knows {known}): {NEWER}"))
    } else {
        migrations::up(database.for_migrations()).await.map_err(|error| told(&error))
    };
    database.close().await;
    done
}

/// Refuses to go on with tables that are not those of this program. SQLite's are brought up to date
/// here: only for whoever holds the file alone.
pub async fn ensure(url: &str) -> Result<(), String> {
    if Database::file(url).is_some() { up(url).await.map(drop) } else { look(url).await }
}

/// The same for whoever comes beside a house that may be running: nothing is made and nothing changed.
pub async fn look(url: &str) -> Result<(), String> {
    let sqlite = Database::file(url);
    if let Some(file) = sqlite.as_ref().filter(|file| is_missing(file)) {
        return Err(format!("there is no database at {}: {NO_FILE}", file.display()));
    }
    let database = Database::open(url).await.map_err(|error| told(&error))?;
    let missing = migrations::missing(database.for_migrations()).await.map_err(|error| told(&error));
    database.close().await;
    match missing? {
        0 => Ok(()),
        missing => Err(format!("{missing} changes of the tables are missing: {}", remedy(url))),
    }
}

/// Whether there is certainly no such file: one that this user may not even look for may be there.
pub fn is_missing(file: &Path) -> bool {
    matches!(file.try_exists(), Ok(false))
}

/// What to do where a newer program changed the tables.
pub const NEWER: &str = "put the new program back, or restore the backup from before the upgrade";

/// What to do where a SQLite file is missing.
pub const NO_FILE: &str =
    "look at VEILLEUSE_DATABASE; if it is right, start `veilleuse serve`, which makes the file";

/// What to do where changes of the tables are missing.
pub fn remedy(url: &str) -> &'static str {
    if Database::file(url).is_some() {
        "restart `veilleuse serve`, which makes them when it starts"
    } else {
        "run `veilleuse migrate` as their owner"
    }
}
