//! `veilleuse`: the binary. Settings in, doors open.

mod demo;
mod jobs;
mod migrate;
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
    /// How logs look.
    #[arg(long, global = true, env = "VEILLEUSE_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    log_format: LogFormat,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum LogFormat {
    /// For people.
    Text,
    /// For machines, a line an event.
    Json,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start a furnished region on an embedded database, with four doors and a clock one can set.
    Demo(demo::Options),
    /// Open the doors: pages, live updates, calendar feeds; and the jobs, unless told otherwise.
    Serve(serve::Options),
    /// Do jobs and ticks, without doors.
    Work(serve::Common),
    /// List the jobs that were given up, and try them again.
    Jobs(jobs::Options),
    /// Bring the tables up to date.
    Migrate(migrate::Options),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    start_logs(arguments.log_format);
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
            Command::Jobs(options) => jobs::run(options).await,
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

fn start_logs(format: LogFormat) {
    use tracing_subscriber::{EnvFilter, fmt, prelude::*};
    let filter = EnvFilter::try_from_env("VEILLEUSE_LOG").unwrap_or_else(|_| {
        EnvFilter::new("info,sqlx=warn,sea_orm=warn,sea_orm_migration=warn,actix_server=warn")
    });
    let registry = tracing_subscriber::registry().with(filter);
    match format {
        LogFormat::Text => registry
            .with(
                fmt::layer()
                    .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
                    .with_writer(std::io::stderr),
            )
            .init(),
        LogFormat::Json => registry.with(fmt::layer().json().with_writer(std::io::stderr)).init(),
    }
}
