//! `veilleuse migrate`: brings the tables up to date.

use std::path::PathBuf;

use app::{Database, told};
use clap::Args;

use crate::{alone::Alone, settings};

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
    let done = up(&database).await?;
    println!(
        "{}",
        if done == 0 { "the tables are up to date".to_owned() } else { format!("{done} changes made") }
    );
    Ok(())
}

/// Makes all changes that are missing; says how many.
pub async fn up(url: &str) -> Result<usize, String> {
    let database = Database::open(url).await.map_err(|error| told(&error))?;
    let done = migrations::up(database.for_migrations()).await.map_err(|error| told(&error));
    database.close().await;
    done
}

/// Refuses to go on with tables that are not those of this program. SQLite's are brought up to date
/// here, since nobody else can be using them.
pub async fn ensure(url: &str) -> Result<(), String> {
    if url.starts_with("sqlite") {
        return up(url).await.map(drop);
    }
    let database = Database::open(url).await.map_err(|error| told(&error))?;
    let missing = migrations::missing(database.for_migrations()).await.map_err(|error| told(&error));
    database.close().await;
    match missing? {
        0 => Ok(()),
        missing => Err(format!(
            "{missing} changes of the tables are missing: run `veilleuse migrate` as their owner"
        )),
    }
}
