//! Form tokens: proof that a form was made for the browser that sends it (double submit, bound by a
//! keyed hash to the session, or to a random cookie where nobody is signed in).

use domain::SessionId;

use crate::{App, secrets::Purpose};

/// To whom a form was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown<'a> {
    /// To somebody signed in.
    To(SessionId),
    /// To a stranger, whose browser holds this random cookie.
    ToStranger(&'a str),
}

impl Shown<'_> {
    fn text(&self) -> String {
        match self {
            Self::To(session) => format!("session {session}"),
            Self::ToStranger(cookie) => format!("stranger {cookie}"),
        }
    }
}

/// The token a form carries.
pub fn token(app: &App, shown: Shown<'_>) -> String {
    app.secrets.hash(Purpose::Form, &shown.text())
}

/// Whether `token` is the one that was put into the form.
pub fn is_ours(app: &App, shown: Shown<'_>, token: &str) -> bool {
    app.secrets.hashes_to(Purpose::Form, &shown.text(), token)
}
