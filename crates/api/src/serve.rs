//! Opening the doors, and closing them without losing what is in hand.

use std::{any::Any, future::Future, net::TcpListener, sync::Arc, time::Duration};

use actix_web::{App as Site, HttpServer, dev::Extensions, rt::net::TcpStream, web::Data};
use app::App;
use socket2::SockRef;
use tokio::sync::watch;

/// How long open requests may take once the doors are closing.
const PATIENCE_SECONDS: u64 = 20;

/// How long a browser may leave unread what was sent: then the line is cut, and what waited for it is
/// let go. A stream beats within that time, so a phone that is gone is noticed by its silence.
const UNREAD: Duration = Duration::from_secs(60);

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

/// The kernel watches over the line: our side cannot, while it waits for a reader that does not read.
fn cuts_silent_lines(line: &dyn Any, _: &mut Extensions) {
    #[cfg(target_os = "linux")]
    if let Some(line) = line.downcast_ref::<TcpStream>()
        && let Err(error) = SockRef::from(line).set_tcp_user_timeout(Some(UNREAD))
    {
        tracing::debug!(%error, "could not set how long a line may be silent");
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
    let server = HttpServer::new(move || {
        Site::new().app_data(app.clone()).app_data(closing.clone()).configure(crate::routes)
    })
    .disable_signals()
    .on_connect(cuts_silent_lines)
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

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_line_that_nobody_reads_from_is_cut_by_the_kernel() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let reader = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (line, _) = listener.accept().await.unwrap();
        cuts_silent_lines(&line, &mut Extensions::new());
        assert_eq!(SockRef::from(&line).tcp_user_timeout().unwrap(), Some(UNREAD));
        drop(reader);
    }
}
