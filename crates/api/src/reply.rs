//! What handlers answer: a page, or the way to one.

use actix_web::{HttpResponse, http::header};

/// An answer of a handler.
pub type Answer = HttpResponse;

/// A page. Pages are somebody's: no cache between keeps them.
///
/// The same page answers `X-Fragment` requests: the browser picks the parts it asked for.
pub fn html(page: impl Into<String>) -> Answer {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .content_type("text/html; charset=utf-8")
        .body(page.into())
}

/// The way to `path`, after something was done.
pub fn see_other(path: impl AsRef<str>) -> Answer {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, path.as_ref()))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

/// Done, and nothing to show: heartbeats.
pub fn nothing() -> Answer {
    HttpResponse::NoContent().finish()
}
