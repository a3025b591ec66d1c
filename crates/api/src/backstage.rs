//! The door for whoever watches over the house, at an address of its own: health and figures.
//!
//! `GET /healthz` answers as long as the process does; `GET /readyz` says whether it may be asked, or why
//! not; `GET /metrics` has the figures for Prometheus. The first two are at the front door as well, for
//! proxies; the figures are only here.

use std::{future::Future, net::TcpListener, pin::Pin, sync::Arc};

use actix_web::{App as Site, HttpResponse, HttpServer, http::header, web::Data};
use app::{App, house};

use crate::{
    Answer,
    routes::{self, Route, Who},
};

/// What makes the text of the figures when somebody asks.
pub type Figures = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = String> + Send>> + Send + Sync>;

/// What may be asked here by whoever reaches the address.
static ROUTES: &[Route] = routes::table! {
    GET "/healthz" may Who::Everybody => healthz;
    GET "/readyz" may Who::Everybody => readyz;
    GET "/metrics" may Who::Operator => metrics;
};

/// Opens it until `stop`.
///
/// # Errors
/// If it cannot be opened.
pub async fn backstage(
    app: App,
    listener: TcpListener,
    figures: Figures,
    stop: impl Future<Output = ()>,
) -> std::io::Result<()> {
    let app = Data::from(Arc::new(app));
    let figures = Data::new(figures);
    let server = HttpServer::new(move || {
        Site::new()
            .app_data(app.clone())
            .app_data(figures.clone())
            .configure(|cfg| routes::mount(cfg, ROUTES, ""))
    })
    .workers(1)
    .disable_signals()
    .shutdown_timeout(1)
    .listen(listener)?
    .run();
    let handle = server.handle();
    let server = tokio::spawn(server);
    stop.await;
    handle.stop(true).await;
    server.await.map_err(std::io::Error::other)?
}

pub(crate) async fn healthz() -> Answer {
    text(HttpResponse::Ok(), "well\n".to_owned())
}

pub(crate) async fn readyz(app: Data<App>) -> Answer {
    match house::ready(&app).await {
        Ok(()) => text(HttpResponse::Ok(), "ready\n".to_owned()),
        Err(why) => text(HttpResponse::ServiceUnavailable(), format!("{why}\n")),
    }
}

async fn metrics(figures: Data<Figures>) -> Answer {
    let said = (**figures)().await;
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(said)
}

fn text(mut answer: actix_web::HttpResponseBuilder, said: String) -> Answer {
    answer.insert_header((header::CACHE_CONTROL, "no-store")).content_type("text/plain").body(said)
}
