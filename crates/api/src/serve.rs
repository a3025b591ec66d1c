//! Opening the doors, and closing them without losing what is in hand.

use std::{future::Future, net::TcpListener, sync::Arc};

use actix_web::{App as Site, HttpServer, web::Data};
use app::App;
use tokio::sync::watch;

/// How long open requests may take once the doors are closing.
const PATIENCE_SECONDS: u64 = 20;

/// Says when the doors are closing: streams that never end by themselves end then.
#[derive(Debug, Clone, Default)]
pub struct Closing(Option<watch::Receiver<bool>>);

impl Closing {
    /// Returns when the doors are closing.
    pub(crate) async fn now(&mut self) {
        match &mut self.0 {
            Some(closing) => {
                let _ = closing.wait_for(|closing| *closing).await;
            }
            None => std::future::pending().await,
        }
    }
}

/// Open doors, before anybody is let in: what a test or the program needs to know of them.
#[derive(Debug)]
pub struct Doors {
    listener: TcpListener,
}

impl Doors {
    /// Listens at `address`, such as `127.0.0.1:8080`; port 0 takes any that is free.
    ///
    /// # Errors
    /// If the address cannot be listened at.
    pub fn at(address: &str) -> std::io::Result<Self> {
        Ok(Self { listener: TcpListener::bind(address)? })
    }

    /// Where they are.
    ///
    /// # Errors
    /// If the system does not say.
    pub fn address(&self) -> std::io::Result<std::net::SocketAddr> {
        self.listener.local_addr()
    }
}

/// Answers requests at `doors` until `stop`, then finishes those in hand.
///
/// # Errors
/// If the doors cannot be opened.
pub async fn serve(app: App, doors: Doors, stop: impl Future<Output = ()>) -> std::io::Result<()> {
    let (close, closing) = watch::channel(false);
    let app = Data::from(Arc::new(app));
    let closing = Data::new(Closing(Some(closing)));
    let server = HttpServer::new(move || {
        Site::new().app_data(app.clone()).app_data(closing.clone()).configure(crate::routes)
    })
    .disable_signals()
    .shutdown_timeout(PATIENCE_SECONDS)
    .listen(doors.listener)?
    .run();
    let handle = server.handle();
    let server = tokio::spawn(server);
    stop.await;
    // Nobody listening any more is no error.
    let _ = close.send(true);
    handle.stop(true).await;
    server.await.map_err(std::io::Error::other)?
}
