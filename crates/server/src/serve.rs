//! `veilleuse serve` and `veilleuse work`: the doors, the jobs, or both in one process.

use std::{future::Future, net::TcpListener};

use app::{App, Settings};
use clap::Args;
use tokio::sync::watch;

use crate::migrate;
pub use crate::settings::Common;

/// What `serve` is told.
#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    common: Common,
    /// Where to listen.
    #[arg(long, env = "VEILLEUSE_LISTEN", default_value = "127.0.0.1:8080")]
    listen: String,
    /// Leave the jobs to `veilleuse work`.
    #[arg(long, env = "VEILLEUSE_NO_WORKER")]
    no_worker: bool,
}

/// Opens the doors.
pub async fn run(options: Options) -> Result<(), String> {
    let settings = options.common.checked()?;
    let listener = listen(&options.listen)?;
    migrate::ensure(&settings.database).await?;
    let app = open(settings).await?;
    doors(app, listener, !options.no_worker, asked_to_stop()).await
}

/// Does jobs alone.
pub async fn work(common: Common) -> Result<(), String> {
    let settings = common.checked()?;
    migrate::ensure(&settings.database).await?;
    let app = open(settings).await?;
    let tending = tokio::spawn(app.clone().tend());
    worker::run(app.clone(), asked_to_stop()).await;
    tending.abort();
    app.store.close().await;
    Ok(())
}

/// Opens the database.
pub async fn open(settings: Settings) -> Result<App, String> {
    App::open(settings).await.map_err(|error| migrate::told(&error))
}

/// A place to listen at.
pub fn listen(address: &str) -> Result<TcpListener, String> {
    TcpListener::bind(address).map_err(|error| format!("could not listen at {address}: {error}"))
}

/// Serves until `stop`, and works beside it if asked; then finishes what is in hand.
pub async fn doors(
    app: App,
    listener: TcpListener,
    with_worker: bool,
    stop: impl Future<Output = ()>,
) -> Result<(), String> {
    let tending = tokio::spawn(app.clone().tend());
    let (tell, told) = watch::channel(false);
    let working = with_worker.then(|| tokio::spawn(worker::run(app.clone(), until(told.clone()))));
    let serving = tokio::spawn(api::serve(app.clone(), listener, until(told)));
    let mut serving = serving;
    let outcome = tokio::select! {
        () = stop => {
            tracing::info!("stopping: finishing what is in hand");
            let _ = tell.send(true);
            serving.await
        }
        ended = &mut serving => {
            let _ = tell.send(true);
            ended
        }
    };
    if let Some(working) = working {
        let _ = working.await;
    }
    tending.abort();
    app.store.close().await;
    match outcome {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(format!("the doors closed: {error}")),
        Err(error) => Err(format!("the doors closed: {error}")),
    }
}

async fn until(mut told: watch::Receiver<bool>) {
    // If whoever could tell is gone, it is time to stop as well.
    let _ = told.wait_for(|stop| *stop).await;
}

/// Comes true when the process is asked to stop, by SIGTERM or Ctrl-C.
pub async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).expect("a process may listen for SIGTERM");
    let mut interrupt = signal(SignalKind::interrupt()).expect("a process may listen for SIGINT");
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
