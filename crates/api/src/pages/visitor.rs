//! The visitor's page: nobody signs in, and no cookie is set before the first message.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
    http::StatusCode,
    web::{Data, Form, Path, Query},
};
use app::{
    App, Error, Refusal,
    desk::{self, Page, Written},
    live::{self, Ear},
};
use domain::Language;
use serde::Deserialize;
use views::{
    Reader, Theme, Words,
    html::visitor::{self as view, Reach, Refusal as Said},
};

use crate::{Answer, Problem, caller::asker, frame::preferred, html, live::stream_to, reply, see_other};

/// For how long a browser finds its conversation again.
const REMEMBERED: Duration = Duration::days(90);

/// What an address says.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Sought {
    /// The language to read in.
    lang: Option<String>,
}

pub(crate) async fn show(
    app: Data<App>,
    slug: Path<String>,
    req: HttpRequest,
    said: Query<Sought>,
) -> Result<Answer, Problem> {
    let (page, reader) = seen(&app, &slug, &req, token(&app, &req, &slug).as_deref(), &said).await?;
    Ok(html(view::render(&reader, &page.model)))
}

/// The page and its reader. The number of the last signal is read first: nothing is missed after it.
async fn seen(
    app: &App,
    slug: &str,
    req: &HttpRequest,
    token: Option<&str>,
    said: &Sought,
) -> Result<(Page, Reader), Problem> {
    let last_signal = live::newest(app).await?;
    let mut page = desk::visitor_page(app, slug, token).await?;
    page.model.last_signal = last_signal;
    let reader = Reader {
        language: language(req, said, page.office.language),
        theme: Theme::Auto,
        zone: page.office.zone,
        now: app.clock.now(),
        csrf: String::new(),
    };
    Ok((page, reader))
}

/// The language the address asks for, or the page before it, or else the browser, or else the office.
fn language(req: &HttpRequest, said: &Sought, office: Language) -> Language {
    let known = |word: &str| Language::parse(word).filter(|one| Words::VISITORS.contains(&one.code()));
    let referer = req.headers().get("referer").and_then(|value| value.to_str().ok());
    let asked = said.lang.as_deref().or_else(|| in_query(referer?, "lang")).and_then(known);
    asked.unwrap_or_else(|| {
        let offered: Vec<&str> = std::iter::once(office.code()).chain(Words::VISITORS).collect();
        preferred(req, &offered)
    })
}

/// The value of `name` in an address's query, for words that need no decoding.
fn in_query<'a>(address: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = address.split('#').next()?.split_once('?')?;
    query
        .split('&')
        .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name))
        .map(|(_, value)| value)
}

#[derive(Debug, Deserialize)]
pub(crate) struct Message {
    body: String,
    key: String,
}

pub(crate) async fn write(
    app: Data<App>,
    slug: Path<String>,
    req: HttpRequest,
    form: Form<Message>,
) -> Result<Answer, Problem> {
    let said = Sought::default();
    let held = token(&app, &req, &slug);
    let office = desk::web_chat_office(&app, &slug).await?;
    let referer = req.headers().get("referer").and_then(|value| value.to_str().ok());
    let written = Written {
        slug: slug.clone(),
        token: held.clone(),
        from: asker(&app, &req),
        body: form.body.clone(),
        key: form.key.clone(),
        language: Some(language(&req, &said, office.language)),
        came_from: referer.and_then(|address| in_query(address, "from")).map(str::to_owned),
    };
    match desk::receive(&app, &written).await {
        Ok(token) => {
            let mut answer = answered(&app, &slug, &req, Some(&token)).await?;
            // A cookie that cannot be written is one the browser would not keep either.
            let _ = answer.add_cookie(&cookie(&app, &slug, &token));
            Ok(answer)
        }
        Err(error) => {
            let (why, status) = refusal(&error)?;
            let (mut page, reader) = seen(&app, &slug, &req, held.as_deref(), &said).await?;
            page.model.refused = Some((form.body.clone(), why));
            let mut answer = html(view::render(&reader, &page.model));
            *answer.status_mut() = status;
            Ok(answer)
        }
    }
}

/// What the page says of a message that was not taken; other errors are not the visitor's to mend.
fn refusal(error: &Error) -> Result<(Said, StatusCode), Error> {
    match error {
        Error::Refused(Refusal::MessageIsEmpty) => Ok((Said::Empty, StatusCode::UNPROCESSABLE_ENTITY)),
        Error::Refused(Refusal::MessageIsTooLong) => Ok((Said::TooLong, StatusCode::UNPROCESSABLE_ENTITY)),
        Error::Refused(_) => Ok((Said::Broken, StatusCode::UNPROCESSABLE_ENTITY)),
        Error::TooMany { .. } => Ok((Said::TooMany, StatusCode::TOO_MANY_REQUESTS)),
        Error::NotFound(what) => Err(Error::NotFound(what)),
        other => {
            tracing::error!(error = %other, "could not take a visitor's message");
            Ok((Said::Broken, StatusCode::INTERNAL_SERVER_ERROR))
        }
    }
}

/// The page after something was done: at once for a script, by its address for a plain form.
async fn answered(app: &App, slug: &str, req: &HttpRequest, token: Option<&str>) -> Result<Answer, Problem> {
    if req.headers().contains_key("x-fragment") {
        let (page, reader) = seen(app, slug, req, token, &Sought::default()).await?;
        return Ok(html(view::render(&reader, &page.model)));
    }
    let referer = req.headers().get("referer").and_then(|value| value.to_str().ok());
    let lang = referer.and_then(|address| in_query(address, "lang")).and_then(Language::parse);
    Ok(see_other(lang.map_or_else(|| format!("/c/{slug}"), |lang| format!("/c/{slug}?lang={lang}"))))
}

#[derive(Debug, Deserialize)]
pub(crate) struct Address {
    email: String,
}

pub(crate) async fn reach(
    app: Data<App>,
    slug: Path<String>,
    req: HttpRequest,
    form: Form<Address>,
) -> Result<Answer, Problem> {
    let token = token(&app, &req, &slug).ok_or(Error::NotFound("conversation"))?;
    match desk::reach(&app, &slug, &token, &form.email).await {
        Ok(()) => answered(&app, &slug, &req, Some(&token)).await,
        Err(Error::Refused(Refusal::EmailIsWrong)) => {
            let (mut page, reader) = seen(&app, &slug, &req, Some(&token), &Sought::default()).await?;
            page.model.reach = Reach::Asked { malformed: true };
            let mut answer = html(view::render(&reader, &page.model));
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn writing(app: Data<App>, slug: Path<String>, req: HttpRequest) -> Result<Answer, Problem> {
    if let Some(token) = token(&app, &req, &slug) {
        desk::visitor_writing(&app, &slug, &token).await?;
    }
    Ok(reply::nothing())
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct After {
    after: Option<i64>,
}

/// The news of the visitor's own conversation. Before their first message there is none to hear.
pub(crate) async fn listen(
    app: Data<App>,
    slug: Path<String>,
    req: HttpRequest,
    from: Query<After>,
) -> Result<Answer, Problem> {
    let found = match token(&app, &req, &slug) {
        Some(token) => desk::visitor_conversation(&app, &slug, &token).await?,
        None => None,
    };
    let ear = match found {
        Some((office, conversation)) => Ear::of_visitor(&app, office, conversation),
        None if app.settings.demo => Ear::of_stranger(&app),
        // No content tells a browser not to come back.
        None => return Ok(HttpResponse::NoContent().finish()),
    };
    Ok(stream_to(&app, &req, ear, from.after))
}

/// The token this browser holds for the office's web chat.
fn token(app: &App, req: &HttpRequest, slug: &str) -> Option<String> {
    req.cookie(&cookie_name(app, slug)).map(|cookie| cookie.value().to_owned())
}

fn cookie(app: &App, slug: &str, token: &str) -> Cookie<'static> {
    Cookie::build(cookie_name(app, slug), token.to_owned())
        .path(format!("/c/{slug}"))
        .http_only(true)
        .secure(app.settings.https())
        .same_site(SameSite::Lax)
        .max_age(REMEMBERED)
        .finish()
}

/// Letters, digits and hyphens only: whatever else stands in an address names no office.
fn cookie_name(app: &App, slug: &str) -> String {
    let plain: String = slug.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    if app.settings.https() { format!("__Secure-v_{plain}") } else { format!("v_{plain}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_out_of_an_address() {
        let address = "https://veilleuse.example/c/belrive?from=poster&lang=de#thread";
        assert_eq!(in_query(address, "lang"), Some("de"));
        assert_eq!(in_query(address, "from"), Some("poster"));
        assert_eq!(in_query(address, "x"), None);
        assert_eq!(in_query("https://veilleuse.example/c/belrive", "lang"), None);
    }
}
