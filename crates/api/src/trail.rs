//! A name for each request, and one line of log: what was asked, how it ended, how long it took.
//! Never an address, a body or a query: the route's pattern stands for the path.

use std::{fmt, time::Instant};

use actix_web::{
    HttpMessage, HttpRequest,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{HeaderName, HeaderValue},
    middleware::Next,
    web::Data,
};
use app::App;

/// What a request is called, in the log and on the page that says something failed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Name(String);

impl Name {
    pub(crate) fn of(req: &HttpRequest) -> Self {
        req.extensions().get::<Self>().cloned().unwrap_or_default()
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The middleware.
pub(crate) async fn trail(
    app: Data<App>,
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let began = Instant::now();
    let mut name = app.secrets.random_token();
    name.retain(|letter| letter.is_ascii_alphanumeric());
    name.truncate(12);
    req.extensions_mut().insert(Name(name.clone()));
    let method = req.method().clone();
    let mut res = next.call(req).await?.map_into_boxed_body();
    let route = res.request().match_pattern().unwrap_or_else(|| "nowhere".to_owned());
    tracing::info!(
        request = name,
        %method,
        route,
        status = res.status().as_u16(),
        ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        "answered"
    );
    if let Ok(name) = HeaderValue::from_str(&name) {
        res.headers_mut().insert(HeaderName::from_static("x-request-id"), name);
    }
    Ok(res)
}
