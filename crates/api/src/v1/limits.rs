//! How fast programs may ask, and how an answer says where that stands.

use actix_web::http::{
    StatusCode,
    header::{HeaderMap, HeaderName, HeaderValue},
};
use app::limits::Standing;

use super::Problem;

/// Requests a minute with one token.
pub(crate) const WITH_TOKEN: u32 = 1_200;
/// Requests a minute from one line, whatever the token.
pub(crate) const FROM_LINE: u32 = 12_000;
/// Requests a minute from one line with tokens that are none.
pub(crate) const REFUSED: u32 = 1_200;

/// Says it in the headers `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers).
pub(crate) fn tell(standing: Standing, headers: &mut HeaderMap) {
    let policy = format!("\"minute\";q={};w=60", standing.most);
    let left = format!("\"minute\";r={};t={}", standing.left, standing.seconds);
    for (name, value) in [("ratelimit-policy", policy), ("ratelimit", left)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}

/// What is said to a request that was one too many.
pub(crate) fn too_many(standing: Standing) -> Problem {
    let Standing { most, seconds, .. } = standing;
    let detail =
        format!("More than {most} requests in a minute. Wait {seconds} s; ask for larger pages (`limit`).");
    Problem::new(StatusCode::TOO_MANY_REQUESTS, detail).again_in(seconds)
}
