//! What handlers answer: a page, or the way to one.

use actix_web::{HttpResponse, http::header};
use app::exchange;

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

/// A file that a browser saves under its name.
pub(crate) fn attached(file: exchange::File) -> Answer {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, file.media_type))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name)))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(file.text)
}
