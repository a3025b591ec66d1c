//! API tokens on the page Me: made, shown once, revoked.

use actix_web::web::{Data, Form, Path};
use app::{
    App, Ask, Error, Session,
    account::api_tokens::{self, Access, NewToken, SCOPES},
};
use chrono::Duration;
use domain::ApiTokenId;
use serde::Deserialize;
use views::html::api_tokens::{Model, Token};

use super::me;
use crate::{Answer, Page, Problem, Signed, see_other};

/// How long a token made on the page lasts.
const LASTS: Duration = Duration::days(365);
/// The most tokens the page lists.
const MOST: u64 = 100;

#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    name: String,
    may: String,
}

pub(crate) async fn make(
    page: Page,
    app: Data<App>,
    Signed(session): Signed,
    Form(wanted): Form<Wanted>,
) -> Result<Answer, Problem> {
    let writes = wanted.may == "write";
    let scopes = SCOPES.iter().filter(|scope| writes || scope.ends_with(":read"));
    let new = NewToken {
        name: wanted.name,
        hat: None,
        scopes: scopes.map(ToString::to_string).collect(),
        expires_at: Some(app.clock.now() + LASTS),
    };
    let access = Access::of_session(session.clone());
    let (secret, nameless) = match api_tokens::make(&app, &access, new).await {
        Ok(made) => (Some(made.secret), false),
        Err(Error::Invalid(_)) => (None, true),
        Err(other) => return Err(other.into()),
    };
    me::shown(&page, &app, &session, Model { secret, nameless, ..Model::default() }).await
}

pub(crate) async fn revoke(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<ApiTokenId>,
) -> Result<Answer, Problem> {
    api_tokens::revoke(&app, &session, *id).await?;
    Ok(see_other("/me"))
}

/// Somebody's tokens, newest first.
pub(crate) async fn listed(app: &App, session: &Session) -> Result<Vec<Token>, Problem> {
    let ask = Ask { sort: "id", descending: true, after: None, limit: MOST };
    let tokens = api_tokens::list(app, session, &ask).await?.items.into_iter().map(|token| Token {
        id: token.id,
        name: token.name,
        writes: token.scopes.iter().any(|scope| scope.ends_with(":write")),
        used_at: token.used_at,
        expires_at: token.expires_at,
    });
    Ok(tokens.collect())
}
