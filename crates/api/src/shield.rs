//! Security headers: what a page may load, who may show it in a frame, what browsers must not guess.

use actix_web::{
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderName, HeaderValue},
    middleware::Next,
    web::Data,
};
use app::App;

/// Everything comes from us; nobody shows our pages in a frame.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; \
                      object-src 'none'; frame-ancestors 'none'";
/// A visitor's page may be shown in an office's own site.
const VISITORS: &str = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; \
                        object-src 'none'; frame-ancestors *";
/// Two years, as the preload list asks.
const ONLY_TLS: &str = "max-age=63072000; includeSubDomains";

/// The middleware.
pub(crate) async fn shield(
    app: Data<App>,
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let visitors = req.path().starts_with("/c/");
    let mut res = next.call(req).await?.map_into_boxed_body();
    let headers = res.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, if visitors { VISITORS } else { POLICY });
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    if !visitors {
        set(header::X_FRAME_OPTIONS, "DENY");
        set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    }
    if app.settings.https() {
        set(header::STRICT_TRANSPORT_SECURITY, ONLY_TLS);
    }
    Ok(res)
}
