//! API tokens: one's own, listed, made and revoked. The secret is shown once, when it is made.

use actix_web::web::{Data, Path, ReqData};
use app::{
    App,
    account::api_tokens::{self, Access, NewToken, StoredToken},
};
use chrono::{DateTime, Utc};
use domain::{ApiTokenId, OrganisationId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    query::{Asked, Sorts},
    reply::{self, Listed},
    words::RoleName,
};
use crate::{Answer, Signed};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("name", "name")];

/// A token, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokenShown {
    /// Its id.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// In which role it acts.
    pub role: RoleName,
    /// For which organisation.
    pub organisation: Uuid,
    /// What it may do.
    pub scopes: Vec<String>,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Until when; null without end.
    pub expires_at: Option<DateTime<Utc>>,
    /// In which hour it was last used.
    pub used_at: Option<DateTime<Utc>>,
}

/// A token just made.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokenMade {
    /// The token.
    pub token: TokenShown,
    /// What the program sends after `Authorization: Bearer`. It is shown now and never again.
    pub secret: String,
}

input! {
    /// A token to be made.
    pub struct NewTokenBody {
        /// What you call it.
        #[schema(min_length = 1, max_length = 80)]
        pub name: String,
        /// In which of your roles it acts: with `organisation`, or neither for the one you wear.
        pub role: Option<RoleName>,
        /// For which organisation it acts.
        pub organisation: Option<Uuid>,
        /// What it may do, such as `needs:read`; no more than you may.
        #[schema(min_items = 1, max_items = 100)]
        pub scopes: Vec<String>,
        /// Until when, within three years; null without end. A token makes none that outlasts itself.
        pub expires_at: Option<DateTime<Utc>>,
    }
}

impl From<StoredToken> for TokenShown {
    fn from(token: StoredToken) -> Self {
        Self {
            id: token.id.0,
            name: token.name,
            role: RoleName(token.role),
            organisation: token.organisation.0,
            scopes: token.scopes,
            created_at: token.created_at,
            expires_at: token.expires_at,
            used_at: token.used_at,
        }
    }
}

/// Your tokens.
#[utoipa::path(get, path = "/api/v1/tokens", tag = "tokens",
    responses((status = 200, description = "A page of tokens", body = Listed<TokenShown>)))]
pub async fn list(app: Data<App>, Signed(session): Signed, asked: Asked) -> Result<Answer, Problem> {
    asked.list::<TokenShown, _>(SORTS, async |ask| api_tokens::list(&app, &session, ask).await).await
}

/// One of your tokens.
#[utoipa::path(get, path = "/api/v1/tokens/{api_token}", tag = "tokens", params(("api_token" = Uuid, Path)),
    responses((status = 200, description = "The token", body = TokenShown)))]
pub async fn show(
    app: Data<App>,
    Signed(session): Signed,
    token: Path<ApiTokenId>,
) -> Result<Answer, Problem> {
    Ok(reply::one(&TokenShown::from(api_tokens::get(&app, &session, *token).await?)))
}

/// Makes a token that may do no more than you. Its secret is in the answer, and never shown again.
#[utoipa::path(post, path = "/api/v1/tokens", tag = "tokens", request_body = NewTokenBody,
    responses((status = 201, description = "The token and its secret", body = TokenMade)))]
pub async fn make(
    app: Data<App>,
    access: ReqData<Access>,
    Body(new): Body<NewTokenBody>,
) -> Result<Answer, Problem> {
    let NewTokenBody { name, role, organisation, scopes, expires_at } = new;
    let hat = role.map(|role| role.0).zip(organisation.map(OrganisationId));
    if hat.is_none() && (role.is_some() || organisation.is_some()) {
        let (missing, other) =
            if role.is_none() { ("role", "organisation") } else { ("organisation", "role") };
        let said = format!("is missing: it is said together with `{other}`");
        return Err(Problem::fields(vec![super::problem::Faulty::at(format!("/{missing}"), said)]));
    }
    let made = api_tokens::make(&app, &access, NewToken { name, hat, scopes, expires_at }).await?;
    let place = format!("/api/v1/tokens/{}", made.token.id);
    let shown = TokenMade { token: made.token.into(), secret: made.secret };
    Ok(reply::created(&place, &shown, None))
}

/// Revokes a token and what was made with it: whoever bears them is let in no more.
#[utoipa::path(delete, path = "/api/v1/tokens/{api_token}", tag = "tokens", params(("api_token" = Uuid, Path)),
    responses((status = 204, description = "Revoked")))]
pub async fn revoke(
    app: Data<App>,
    Signed(session): Signed,
    token: Path<ApiTokenId>,
) -> Result<Answer, Problem> {
    api_tokens::revoke(&app, &session, *token).await?;
    Ok(reply::gone())
}
