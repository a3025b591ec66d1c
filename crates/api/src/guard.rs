//! Refuses what another site made a browser send: the origin must be ours, and a form must carry the
//! token that was put into it (double submit, bound to the session).

use actix_web::{
    dev::{Payload, ServiceRequest},
    http::{Method, StatusCode, header},
    web,
};
use app::{
    App,
    account::forms::{self, Shown},
};

use crate::Problem;

/// Where files come in, and what one may weigh with the fields around it.
const FILES: &str = "/exchange";
const LARGEST_FILE: usize = app::exchange::LARGEST + 16 * 1024;

/// Whether the request changes nothing by its nature.
pub(crate) fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whether the request may come from a page of ours, by what the browser says of it.
///
/// # Errors
/// If it says that it comes from elsewhere.
pub(crate) fn from_our_pages(app: &App, req: &ServiceRequest) -> Result<(), Problem> {
    let said = |name: &str| req.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = said("sec-fetch-site")
        && !matches!(site, "same-origin" | "none")
    {
        return Err(Problem::StaleForm);
    }
    match said("origin") {
        // Programs that are no browsers say nothing, and carry nobody's cookies by accident.
        None => Ok(()),
        Some(origin) if ours(app, req, origin) => Ok(()),
        Some(_) => Err(Problem::StaleForm),
    }
}

fn ours(app: &App, req: &ServiceRequest, origin: &str) -> bool {
    if origin == app.settings.public_url {
        return true;
    }
    // The demo is opened as localhost, 127.0.0.1 or by the machine's name alike.
    let host = req.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    app.settings.demo && host.is_some_and(|host| origin == format!("http://{host}"))
}

/// Reads the form's token out of the body, compares it, and puts the body back for the handler.
///
/// # Errors
/// If the token is missing or was made for somebody else, or the body is too large.
pub(crate) async fn carries_its_token(
    app: &App,
    req: &mut ServiceRequest,
    shown: Shown<'_>,
) -> Result<(), Problem> {
    let most = if req.path() == FILES { LARGEST_FILE } else { crate::LARGEST_FORM };
    let body = req.extract::<web::Payload>().await.map_err(unread)?;
    let body = body.to_bytes_limited(most).await.map_err(|_| Problem::TooLarge)?.map_err(unread)?;
    let token = token_in(&body);
    req.set_payload(Payload::from(body));
    match token {
        Some(token) if forms::is_ours(app, shown, &token) => Ok(()),
        _ => Err(Problem::StaleForm),
    }
}

/// Why a body could not be read.
fn unread(error: actix_web::Error) -> Problem {
    match error.as_response_error().status_code() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        _ => Problem::Unclear,
    }
}

/// The value of the field `csrf`. It is hexadecimal, so nothing in it needs decoding.
///
/// A form with a file in it is in parts, and there a line holds it alone.
fn token_in(body: &[u8]) -> Option<String> {
    const PART: &[u8] = b"name=\"csrf\"\r\n\r\n";
    if body.starts_with(b"--") {
        let at = body.windows(PART.len()).position(|part| part == PART)?;
        let line = body[at + PART.len()..].split(|byte| *byte == b'\r').next()?;
        return std::str::from_utf8(line).ok().map(str::to_owned);
    }
    body.split(|byte| *byte == b'&')
        .find_map(|field| field.strip_prefix(b"csrf="))
        .and_then(|token| std::str::from_utf8(token).ok())
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_found_wherever_it_stands_in_a_form() {
        assert_eq!(token_in(b"csrf=ab12&body=x").as_deref(), Some("ab12"));
        assert_eq!(token_in(b"body=csrf%3Dfalse&csrf=ab12").as_deref(), Some("ab12"));
        assert_eq!(token_in(b"body=x"), None);
        assert_eq!(token_in(b""), None);
        let parts = b"--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nab12\r\n--x--\r\n";
        assert_eq!(token_in(parts).as_deref(), Some("ab12"));
        assert_eq!(token_in(b"--x\r\ncsrf=ab12"), None);
    }

    #[test]
    fn only_reading_is_safe() {
        assert!(is_safe(&Method::GET) && is_safe(&Method::HEAD));
        assert!(!is_safe(&Method::POST) && !is_safe(&Method::DELETE) && !is_safe(&Method::PUT));
    }
}
