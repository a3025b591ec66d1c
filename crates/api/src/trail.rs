//! A name for each request, one line of log and one figure: what was asked, how it ended, how long it
//! took. `HEAD` is asked like `GET` here, and its answer goes out without its body.
//! Never an address, a body or a query: the route's pattern stands for the path.

use std::{fmt, time::Instant};

use actix_web::{
    HttpMessage, HttpRequest,
    body::{self, BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{HeaderName, HeaderValue},
    },
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
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let began = Instant::now();
    let mut name = app.secrets.random_token();
    name.retain(|letter| letter.is_ascii_alphanumeric());
    name.truncate(12);
    req.extensions_mut().insert(Name(name.clone()));
    let method = req.method().clone();
    let bare = method == Method::HEAD;
    if bare {
        req.head_mut().method = Method::GET;
    }
    let mut res = next.call(req).await?.map_into_boxed_body();
    if bare {
        res = res.map_body(|_, _| BoxBody::new(body::None::new()));
    }
    let route = res.request().match_pattern().unwrap_or_else(|| "nowhere".to_owned());
    let status = res.status().as_str().to_owned();
    metrics::histogram!(
        "veilleuse_http_request_seconds", "method" => asked(&method), "route" => route.clone(), "status" => status
    )
    .record(began.elapsed());
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

/// The method as a figure's label: what nobody knows is one thing, or a stranger could make up labels
/// without end.
fn asked(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
