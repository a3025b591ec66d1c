//! Cookies: who is signed in, and what a form is bound to while nobody is.
//!
//! All are `HttpOnly` and `SameSite=Lax`; over TLS they are `Secure` and carry `__Host-`, so that no
//! other host can set them. None is set on a visitor's page before the visitor writes.

use actix_web::{
    cookie::{Cookie, SameSite, time::Duration},
    dev::ServiceRequest,
};
use app::{
    App,
    account::{DEVICE_LASTS, SESSION_LASTS, Tokens},
};

/// The access token.
const ACCESS: &str = "veilleuse-access";
/// The refresh token.
const REFRESH: &str = "veilleuse-refresh";
/// What binds forms to a browser in which nobody is signed in.
const STRANGER: &str = "veilleuse-form";
/// What says that somebody signed in here before. It lets nobody in, and stays after they sign out.
const DEVICE: &str = "veilleuse-device";

/// What a browser brought.
#[derive(Debug, Default)]
pub(crate) struct Brought {
    pub(crate) access: Option<String>,
    pub(crate) refresh: Option<String>,
    pub(crate) stranger: Option<String>,
    pub(crate) device: Option<String>,
}

impl Brought {
    pub(crate) fn by(app: &App, req: &ServiceRequest) -> Self {
        let value = |name| req.cookie(&named(app, name)).map(|cookie| cookie.value().to_owned());
        Self {
            access: value(ACCESS),
            refresh: value(REFRESH),
            stranger: value(STRANGER),
            device: value(DEVICE),
        }
    }
}

/// The cookies that keep a browser signed in.
pub(crate) fn signed_in(app: &App, tokens: &Tokens) -> Vec<Cookie<'static>> {
    let days = Duration::days(SESSION_LASTS.num_days());
    // The access token's own end is inside it; the cookie stays, so that a clock that jumps, as the
    // demo's does, finds it and renews it.
    let mut cookies = vec![made(app, ACCESS, &tokens.access, Some(days))];
    cookies.extend(tokens.refresh.as_ref().map(|token| made(app, REFRESH, token, Some(days))));
    let days = Duration::days(DEVICE_LASTS.num_days());
    cookies.extend(tokens.device.as_ref().map(|mark| made(app, DEVICE, mark, Some(days))));
    cookies
}

/// The cookies that sign a browser out.
pub(crate) fn signed_out(app: &App) -> Vec<Cookie<'static>> {
    [ACCESS, REFRESH].map(|name| gone(app, name)).into()
}

/// What binds a stranger's forms, until the browser is closed.
pub(crate) fn stranger(app: &App, token: &str) -> Cookie<'static> {
    made(app, STRANGER, token, None)
}

/// A cookie of ours; without `lasts` it goes when the browser is closed.
fn made(app: &App, name: &str, value: &str, lasts: Option<Duration>) -> Cookie<'static> {
    let mut cookie = Cookie::build(named(app, name), value.to_owned())
        .path("/")
        .http_only(true)
        .secure(app.settings.https())
        .same_site(SameSite::Lax)
        .finish();
    if let Some(lasts) = lasts {
        cookie.set_max_age(lasts);
    }
    cookie
}

fn gone(app: &App, name: &str) -> Cookie<'static> {
    made(app, name, "", Some(Duration::ZERO))
}

fn named(app: &App, name: &str) -> String {
    if app.settings.https() { format!("__Host-{name}") } else { name.to_owned() }
}
