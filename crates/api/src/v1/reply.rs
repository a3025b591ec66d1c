//! What goes out: a thing with its tag, a page of a list, or nothing.

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{StatusCode, header},
};
use app::{Ask, Page};
use serde::Serialize;
use utoipa::ToSchema;

use super::query::{Sorts, cursor};
use crate::Answer;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listed<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// The cursor of the next page; null on the last one.
    pub next: Option<String>,
}

/// A thing.
pub fn one(body: &impl Serialize) -> Answer {
    json(StatusCode::OK).json(body)
}

/// A thing whose state has this tag.
pub fn tagged(body: &impl Serialize, tag: &str) -> Answer {
    let mut answer = json(StatusCode::OK);
    answer.insert_header((header::ETAG, format!("\"{tag}\"")));
    answer.json(body)
}

/// A thing just made, which stands at `place`.
pub fn created(place: &str, body: &impl Serialize, tag: Option<&str>) -> Answer {
    let mut answer = json(StatusCode::CREATED);
    answer.insert_header((header::LOCATION, place));
    if let Some(tag) = tag {
        answer.insert_header((header::ETAG, format!("\"{tag}\"")));
    }
    answer.json(body)
}

/// Done, and nothing to show.
pub fn gone() -> Answer {
    HttpResponse::NoContent().insert_header((header::CACHE_CONTROL, "no-store")).finish()
}

/// A page, with the way to the next one in its body and in `Link` (RFC 8288).
pub fn listed<T: Serialize>(req: &HttpRequest, sorts: Sorts, ask: &Ask, page: Page<T>) -> Answer {
    let next = page.next.as_ref().map(|next| cursor(sorts, ask, next));
    let mut answer = json(StatusCode::OK);
    if let Some(cursor) = &next {
        let others =
            req.query_string().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
        let mut query: Vec<String> = others.map(str::to_owned).collect();
        query.push(format!("cursor={cursor}"));
        answer.insert_header((header::LINK, format!("<{}?{}>; rel=\"next\"", req.path(), query.join("&"))));
    }
    answer.json(Listed { items: page.items, next })
}

fn json(status: StatusCode) -> HttpResponseBuilder {
    let mut answer = HttpResponse::build(status);
    answer.insert_header((header::CACHE_CONTROL, "private, no-store"));
    answer
}
