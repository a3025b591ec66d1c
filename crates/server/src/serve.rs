//! `veilleuse serve` and `veilleuse work`: the doors, the jobs, or both in one process.

use std::{
    future::Future,
    net::{SocketAddr, TcpListener},
};

use app::{App, Settings, key::Standing};
use clap::Args;
use tokio::{sync::watch, task::JoinHandle};

pub use crate::settings::Common;
use crate::{
    alone::Alone,
    figures, migrate,
    settings::{Checked, Doors},
};

/// What `serve` is told.
#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    doors: Doors,
}

/// Which parts of the house are open in this process.
#[derive(Debug)]
pub struct House {
    /// Where pages are asked for.
    pub front: TcpListener,
    /// Whether jobs are done here.
    pub works: bool,
    /// The door for operators.
    pub backstage: Option<TcpListener>,
}

/// Opens the doors.
pub async fn run(options: Options) -> Result<(), String> {
    let Checked { house, listen: front, works, backstage } = options.common.checked_with(options.doors)?;
    let _alone = Alone::on(&house.database)?;
    let front = listen(front)?;
    let backstage = backstage.map(listen).transpose()?;
    migrate::ensure(&house.database).await?;
    let app = open(house).await?;
    note_key(&app).await;
    let open = front.local_addr().map_or_else(|_| String::new(), |address| address.to_string());
    tracing::info!(listen = open, database = app.store.engine().name(), works, "the doors are open");
    doors(app, House { front, works, backstage }, asked_to_stop()).await
}

/// Does jobs alone.
pub async fn work(common: Common) -> Result<(), String> {
    let Checked { house, backstage, .. } = common.checked_with(Doors::default())?;
    let _alone = Alone::on(&house.database)?;
    let backstage = backstage.map(listen).transpose()?;
    migrate::ensure(&house.database).await?;
    let app = open(house).await?;
    note_key(&app).await;
    tracing::info!(database = app.store.engine().name(), "working, without doors");
    let (tell, told) = watch::channel(false);
    let watching = open_backstage(&app, backstage, told)?;
    let tending = tokio::spawn(app.clone().tend());
    let stop = async {
        asked_to_stop().await;
        tracing::info!("stopping: finishing what is in hand");
        app.house.close();
    };
    worker::run(app.clone(), stop).await;
    let _ = tell.send(true);
    ended(watching).await;
    tending.abort();
    app.store.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// Opens the database.
pub async fn open(settings: Settings) -> Result<App, String> {
    let app = App::open(settings).await.map_err(|error| app::told(&error))?;
    app.house.wants_changes(migrations::count() as u64);
    Ok(app)
}

/// Notes which key the house is opened with, for the doctor.
async fn note_key(app: &App) {
    match app::key::standing(app).await {
        Ok(Standing::Other | Standing::Earlier(_)) => {
            tracing::warn!("this database was opened with another key before; `veilleuse doctor` says more");
        }
        Ok(_) => {}
        Err(error) => tracing::warn!(%error, "could not look which key the house was opened with"),
    }
    if let Err(error) = app::key::note(app).await {
        tracing::warn!(%error, "could not note which key the house is opened with");
    }
}

/// A place to listen at.
pub fn listen(address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address).map_err(|error| format!("could not listen at {address}: {error}"))
}

/// Serves until `stop`, and works beside it if asked; then finishes what is in hand. The door for
/// operators closes last, so that it can be seen how the others close.
pub async fn doors(app: App, house: House, stop: impl Future<Output = ()>) -> Result<(), String> {
    let (close_all, all_closed) = watch::channel(false);
    let watching = open_backstage(&app, house.backstage, all_closed)?;
    let tending = tokio::spawn(app.clone().tend());
    let (tell, told) = watch::channel(false);
    let working = house.works.then(|| tokio::spawn(worker::run(app.clone(), until(told.clone()))));
    let mut serving = tokio::spawn(api::serve(app.clone(), house.front, until(told)));
    let outcome = tokio::select! {
        () = stop => {
            tracing::info!("stopping: finishing what is in hand");
            app.house.close();
            let _ = tell.send(true);
            serving.await
        }
        ended = &mut serving => {
            app.house.close();
            let _ = tell.send(true);
            ended
        }
    };
    if let Some(working) = working {
        let _ = working.await;
    }
    let _ = close_all.send(true);
    ended(watching).await;
    tending.abort();
    app.store.close().await;
    tracing::info!("stopped");
    match outcome {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(format!("the doors closed: {error}")),
        Err(error) => Err(format!("the doors closed: {error}")),
    }
}

type Watching = Option<JoinHandle<std::io::Result<()>>>;

/// Opens the door for operators, if there is to be one.
fn open_backstage(
    app: &App,
    listener: Option<TcpListener>,
    closed: watch::Receiver<bool>,
) -> Result<Watching, String> {
    let Some(listener) = listener else { return Ok(None) };
    let figures = figures::of(app.clone(), figures::begin()?);
    Ok(Some(tokio::spawn(api::backstage::backstage(app.clone(), listener, figures, until(closed)))))
}

async fn ended(watching: Watching) {
    if let Some(watching) = watching {
        // Nothing hangs on how this door closed.
        let _ = watching.await;
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
