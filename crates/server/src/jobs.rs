//! `veilleuse jobs`: what could not be done, and another try.

use app::{App, jobs::claims};
use clap::{Args, Subcommand};

use crate::{migrate, serve, settings::Common};

/// How many dead jobs are listed.
const MOST: u64 = 500;

/// What it is told.
#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List the jobs that were given up, newest first: id, kind, tries, and why.
    Dead,
    /// Try one of them again from the start; `all` tries every one.
    Replay {
        /// The id that `dead` shows, or `all`.
        job: String,
    },
}

/// Lists dead jobs, or tries them again.
pub async fn run(options: Options) -> Result<(), String> {
    let settings = options.common.checked()?;
    migrate::look(&settings.database).await?;
    let app = serve::open(settings).await?;
    let outcome = match options.what {
        What::Dead => list(&app).await,
        What::Replay { job } if job == "all" => replay_all(&app).await,
        What::Replay { job } => replay(&app, &job).await,
    };
    app.store.close().await;
    outcome
}

async fn list(app: &App) -> Result<(), String> {
    let dead = claims::list_dead(app, MOST).await.map_err(|error| app::told(&error))?;
    if dead.is_empty() {
        println!("no job was given up");
    }
    for job in dead {
        let because = job.last_error.unwrap_or_default();
        println!("{}  {}  {} tries  {}", job.id, job.kind, job.attempts, because);
    }
    Ok(())
}

async fn replay(app: &App, job: &str) -> Result<(), String> {
    let id = job.parse().map_err(|_| format!("{job} is no job's id: `veilleuse jobs dead` lists them"))?;
    claims::replay(app, id).await.map_err(|error| app::told(&error))?;
    println!("{id} is tried again");
    Ok(())
}

async fn replay_all(app: &App) -> Result<(), String> {
    let dead = claims::list_dead(app, MOST).await.map_err(|error| app::told(&error))?;
    for job in &dead {
        claims::replay(app, job.id).await.map_err(|error| app::told(&error))?;
    }
    println!("{} jobs are tried again", dead.len());
    Ok(())
}
