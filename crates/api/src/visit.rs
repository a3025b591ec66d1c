//! Finds out who asks, once for each request, and keeps browsers signed in without anybody noticing.

use actix_web::{
    HttpMessage, HttpResponse,
    body::{BoxBody, MessageBody},
    cookie::Cookie,
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web::Data,
};
use app::{
    App, Error, Session,
    account::{
        callers,
        forms::{self, Shown},
        refresh,
    },
};

use crate::{
    Problem,
    cookies::{self, Brought},
    guard, problem,
};

/// Who asks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Visit {
    /// Who is signed in, if anybody is.
    pub(crate) session: Option<Session>,
    /// The token that forms on the answer carry; empty where they carry none.
    pub(crate) csrf: String,
    /// The random word that a browser holds in which nobody is signed in.
    pub(crate) browser: String,
    /// The mark of an earlier sign-in in that browser; empty without one.
    pub(crate) device: String,
}

/// How much of a visit a path needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Nobody: assets, health, calendars, which bring their own secret in the address.
    Nobodys,
    /// A visitor's page: never a session, never a cookie before need.
    Visitors,
    /// Everything else.
    Staffs,
}

fn kind(path: &str) -> Kind {
    let starts =
        |with: &str| path.strip_prefix(with).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if starts("/assets") || starts("/healthz") || starts("/readyz") || starts("/calendar") {
        Kind::Nobodys
    } else if starts("/c") {
        Kind::Visitors
    } else {
        Kind::Staffs
    }
}

/// The middleware.
pub(crate) async fn visit(
    app: Data<App>,
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let mut set = Vec::new();
    let admitted = admit(&app, &mut req, &mut set).await;
    let mut res = match admitted {
        Ok(()) => next.call(req).await?.map_into_boxed_body(),
        Err(problem) => {
            let (req, _) = req.into_parts();
            ServiceResponse::new(req, HttpResponse::from_error(problem))
        }
    };
    if res.response().error().is_some() || res.status().is_client_error() {
        res = problem::as_page(&app, res).await;
    }
    for cookie in set {
        // A handler that signs in or out has the last word.
        if res.response().cookies().all(|own| own.name() != cookie.name()) {
            res.response_mut().add_cookie(&cookie)?;
        }
    }
    Ok(res)
}

async fn admit(app: &App, req: &mut ServiceRequest, set: &mut Vec<Cookie<'static>>) -> Result<(), Problem> {
    let kind = kind(req.path());
    let safe = guard::is_safe(req.method());
    if !safe {
        guard::from_our_pages(app, req)?;
    }
    if kind != Kind::Staffs {
        return Ok(());
    }
    let mut brought = Brought::by(app, req);
    let device = brought.device.take().unwrap_or_default();
    let session = session(app, &brought, set).await?;
    let stranger = match (&session, brought.stranger) {
        (Some(_), _) => String::new(),
        (None, Some(token)) => token,
        (None, None) => {
            let token = app.secrets.random_token();
            set.push(cookies::stranger(app, &token));
            token
        }
    };
    let shown = session.as_ref().map_or(Shown::ToStranger(&stranger), |session| Shown::To(session.id));
    let csrf = forms::token(app, shown);
    let checked = if safe { Ok(()) } else { guard::carries_its_token(app, req, shown).await };
    req.extensions_mut().insert(Visit { session, csrf, browser: stranger, device });
    checked
}

/// Who is signed in: by the access token, or else by the refresh token, which brings new ones.
async fn session(
    app: &App,
    brought: &Brought,
    set: &mut Vec<Cookie<'static>>,
) -> Result<Option<Session>, Problem> {
    if let Some(access) = &brought.access {
        match callers::of(app, access).await {
            Ok(session) => return Ok(Some(session)),
            Err(Error::SignedOut) => {}
            Err(other) => return Err(other.into()),
        }
    }
    let Some(token) = &brought.refresh else { return Ok(None) };
    match refresh::refresh(app, token).await {
        Ok(tokens) => {
            match callers::of(app, &tokens.access).await {
                Ok(session) => {
                    set.extend(cookies::signed_in(app, &tokens));
                    Ok(Some(session))
                }
                // Their last role was taken away: they are nobody here, and may sign in as somebody.
                Err(Error::SignedOut) => {
                    set.extend(cookies::signed_out(app));
                    Ok(None)
                }
                Err(other) => Err(other.into()),
            }
        }
        Err(Error::SignedOut) => {
            set.extend(cookies::signed_out(app));
            Ok(None)
        }
        Err(other) => Err(other.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_path_is_of_one_kind() {
        for (path, expected) in [
            ("/", Kind::Staffs),
            ("/coverage", Kind::Staffs),
            ("/c/vieux-port", Kind::Visitors),
            ("/c/vieux-port/messages", Kind::Visitors),
            ("/calendar/abc.ics", Kind::Nobodys),
            ("/assets/app-1.css", Kind::Nobodys),
            ("/assetsx", Kind::Staffs),
            ("/healthz", Kind::Nobodys),
            ("/readyz", Kind::Nobodys),
        ] {
            assert_eq!(kind(path), expected, "{path}");
        }
    }
}
