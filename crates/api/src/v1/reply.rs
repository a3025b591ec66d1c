//! What goes out: a thing with its tag, a page of a list, or nothing.

use actix_web::{
    HttpResponse, HttpResponseBuilder,
    http::{StatusCode, header},
};
use app::{Ask, Error, Page, kept::Kept};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Problem,
    query::{Sorts, cursor},
};
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

/// A thing as it is kept, with the tag of its state.
pub fn kept<S: Serialize + From<T>, T>(Kept { is, tag }: Kept<T>) -> Answer {
    tagged(&S::from(is), &tag)
}

/// A thing just made, which stands at `place`, with the tag of its state.
pub fn made<S: Serialize + From<T>, T>(place: &str, Kept { is, tag }: Kept<T>) -> Answer {
    created(place, &S::from(is), Some(&tag))
}

/// What came of a change: the thing as it is now, or, if somebody else changed it first, a problem that
/// shows it as `now` finds it.
///
/// # Errors
/// If the change was refused.
pub async fn changed<S: Serialize + From<T>, T>(
    done: Result<Kept<T>, Error>,
    now: impl Future<Output = Result<Kept<T>, Error>>,
) -> Result<Answer, Problem> {
    match done {
        Ok(changed) => Ok(kept::<S, T>(changed)),
        Err(error) => Err(stale_or::<S, T>(error, now).await),
    }
}

/// What came of a removal, in the same way.
///
/// # Errors
/// If the removal was refused.
pub async fn removed<S: Serialize + From<T>, T>(
    done: Result<(), Error>,
    now: impl Future<Output = Result<Kept<T>, Error>>,
) -> Result<Answer, Problem> {
    match done {
        Ok(()) => Ok(gone()),
        Err(error) => Err(stale_or::<S, T>(error, now).await),
    }
}

async fn stale_or<S: Serialize + From<T>, T>(
    error: Error,
    now: impl Future<Output = Result<Kept<T>, Error>>,
) -> Problem {
    Problem::or_current(error, async { Ok(S::from(now.await?.is)) }).await
}

/// Done, and nothing to show.
pub fn gone() -> Answer {
    HttpResponse::NoContent().insert_header((header::CACHE_CONTROL, "no-store")).finish()
}

/// A page of the list at `path`, which was asked with `query`, with the way to the next one in its body and
/// in `Link` (RFC 8288).
pub fn paged<T: Serialize>(path: &str, query: &str, sorts: Sorts, ask: &Ask, page: Page<T>) -> Answer {
    let next = page.next.as_ref().map(|next| cursor(sorts, ask, next));
    let mut answer = json(StatusCode::OK);
    if let Some(cursor) = &next {
        let others = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
        let mut query: Vec<String> = others.map(str::to_owned).collect();
        query.push(format!("cursor={cursor}"));
        answer.insert_header((header::LINK, format!("<{path}?{}>; rel=\"next\"", query.join("&"))));
    }
    answer.json(Listed { items: page.items, next })
}

fn json(status: StatusCode) -> HttpResponseBuilder {
    let mut answer = HttpResponse::build(status);
    answer.insert_header((header::CACHE_CONTROL, "private, no-store"));
    answer
}
