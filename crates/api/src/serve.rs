//! Opening the doors, and closing them without losing what is in hand.

use std::{future::Future, net::TcpListener, sync::Arc};

use actix_web::{App as Site, HttpServer, web::Data};
use app::App;
use tokio::sync::watch;

use crate::v1;

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

/// Answers requests at `listener` until `stop`, then finishes those in hand.
///
/// # Errors
/// If the doors cannot be opened.
pub async fn serve(app: App, listener: TcpListener, stop: impl Future<Output = ()>) -> std::io::Result<()> {
    let (close, closing) = watch::channel(false);
    let app = Data::from(Arc::new(app));
    let closing = Data::new(Closing(Some(closing)));
    let counts = Data::new(v1::Counts::default());
    let server = HttpServer::new(move || {
        Site::new()
            .app_data(app.clone())
            .app_data(closing.clone())
            .app_data(counts.clone())
            .configure(crate::routes)
    })
    .disable_signals()
    .shutdown_timeout(PATIENCE_SECONDS)
    .listen(listener)?
    .run();
    let handle = server.handle();
    let server = tokio::spawn(server);
    stop.await;
    // Nobody listening any more is no error.
    let _ = close.send(true);
    handle.stop(true).await;
    server.await.map_err(std::io::Error::other)?
}
