//! `veilleuse`: the binary. Settings in, doors open.

mod alone;
mod backup;
mod demo;
mod doctor;
mod figures;
mod jobs;
mod logs;
mod migrate;
mod people;
mod serve;
mod settings;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// One watch, shared by the tourist offices of a region.
#[derive(Debug, Parser)]
#[command(name = "veilleuse", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// How logs look: `text`, unless VEILLEUSE_LOG_FORMAT says otherwise.
    #[arg(long, global = true, value_enum)]
    log_format: Option<logs::Format>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start a furnished region on an embedded database, with four doors and a clock one can set.
    Demo(demo::Options),
    /// Open the doors: pages, live updates, calendar feeds; and the jobs, unless told otherwise.
    Serve(serve::Options),
    /// Do jobs and ticks, without doors.
    Work(settings::Common),
    /// Look at everything a node needs, and say what to do where something is wrong.
    Doctor(doctor::Options),
    /// Show the settings that are in force, without secrets.
    Settings(settings::ShowOptions),
    /// Write a SQLite database into a file, while it is in use.
    Backup(backup::Options),
    /// Put a backup in a SQLite database's place.
    Restore(backup::Restore),
    /// List the jobs that were given up, and try them again.
    Jobs(jobs::Options),
    /// Say who runs the service.
    Operator(people::Operators),
    /// Found boards, and list them.
    Board(people::Boards),
    /// Bring the tables up to date.
    Migrate(migrate::Options),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    logs::begin(arguments.log_format, matches!(arguments.command, Command::Demo(_)));
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return said(format!("could not start the runtime: {error}")),
    };
    let done = runtime.block_on(async {
        match arguments.command {
            Command::Demo(options) => demo::run(options).await,
            Command::Serve(options) => serve::run(options).await,
            Command::Work(common) => serve::work(common).await,
            Command::Doctor(options) => doctor::run(options).await,
            Command::Settings(options) => settings::show(options),
            Command::Backup(options) => backup::back_up(options).await,
            Command::Restore(options) => backup::restore(options).await,
            Command::Jobs(options) => jobs::run(options).await,
            Command::Operator(options) => people::operators(options).await,
            Command::Board(options) => people::boards(options).await,
            Command::Migrate(options) => migrate::run(options).await,
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => said(error),
    }
}

fn said(error: String) -> ExitCode {
    eprintln!("veilleuse: {error}");
    ExitCode::FAILURE
}
