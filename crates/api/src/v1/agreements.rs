//! Agreements: what your organisation's agreements and permits change of the law.

use actix_web::web::{Data, Path};
use app::{
    App, Keeper,
    account::agreements::{self, Agreed},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{Agreement, AgreementId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
    words::{LawName, TermName},
};
use crate::{Answer, As};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("from", "from_date")];

/// An agreement, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgreementShown {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub organisation: Uuid,
    /// For people under this law alone; null for all who work for you.
    pub law: Option<LawName>,
    /// What it changes.
    pub term: TermName,
    /// To how much, in `unit`.
    pub amount: u32,
    /// What amounts of the term count: `minutes`, `days`, `times`, `percent` or `years`.
    pub unit: String,
    /// Which document says so, with its date.
    pub document: String,
    /// First day it holds.
    pub from: NaiveDate,
    /// Last day, included; null while it goes on.
    pub until: Option<NaiveDate>,
    /// Who entered it.
    pub entered_by: Uuid,
    /// When.
    pub entered_at: DateTime<Utc>,
}

input! {
    /// An agreement to be entered, or as it shall be from now on.
    pub struct AgreementSaid {
        /// For people under this law alone; null for all who work for you, under whichever law.
        pub law: Option<LawName>,
        /// What it changes.
        pub term: TermName,
        /// To how much, in the unit of the term: minutes, days, times, hundredths or years. What goes further
        /// than a law it is for lets any agreement go is refused, with the article.
        #[schema(maximum = 600_000)]
        pub amount: u32,
        /// Which document says so, with its date.
        #[schema(min_length = 1, max_length = 200)]
        pub document: String,
        /// First day it holds.
        pub from: NaiveDate,
        /// Last day, included; null while it goes on.
        pub until: Option<NaiveDate>,
    }
}

impl From<Agreement> for AgreementShown {
    fn from(one: Agreement) -> Self {
        Self {
            id: one.id.0,
            organisation: one.organisation.0,
            law: one.law.map(LawName),
            term: TermName(one.term),
            amount: one.amount,
            unit: one.term.unit().word().to_owned(),
            document: one.document,
            from: one.from,
            until: one.until,
            entered_by: one.entered_by.0,
            entered_at: one.entered_at,
        }
    }
}

impl From<AgreementSaid> for Agreed {
    fn from(said: AgreementSaid) -> Self {
        Self {
            law: said.law.map(|law| law.0),
            term: said.term.0,
            amount: said.amount,
            document: said.document,
            from: said.from,
            until: said.until,
        }
    }
}

/// The agreements of your organisation, ended ones too.
#[utoipa::path(get, path = "/api/v1/agreements", tag = "agreements",
    responses((status = 200, description = "A page of agreements", body = Listed<AgreementShown>)))]
pub async fn list(app: Data<App>, As(keeper): As<Keeper>, asked: Asked) -> Result<Answer, Problem> {
    asked.list::<AgreementShown, _>(SORTS, async |ask| agreements::list(&app, &keeper, ask).await).await
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/agreements/{agreement}", tag = "agreements",
    params(("agreement" = Uuid, Path)),
    responses((status = 200, description = "The agreement", body = AgreementShown)))]
pub async fn show(app: Data<App>, As(keeper): As<Keeper>, id: Path<AgreementId>) -> Result<Answer, Problem> {
    Ok(reply::kept::<AgreementShown, _>(agreements::get(&app, &keeper, *id).await?))
}

/// Enters an agreement: every rota in which your people stand is judged by it from its first day on.
#[utoipa::path(post, path = "/api/v1/agreements", tag = "agreements", request_body = AgreementSaid,
    responses((status = 201, description = "The agreement", body = AgreementShown)))]
pub async fn add(
    app: Data<App>,
    As(keeper): As<Keeper>,
    Body(said): Body<AgreementSaid>,
) -> Result<Answer, Problem> {
    let made = agreements::add(&app, &keeper, said.into()).await?;
    Ok(reply::made::<AgreementShown, _>(&format!("/api/v1/agreements/{}", made.is.id), made))
}

/// Changes an agreement; its last day ends it.
#[utoipa::path(put, path = "/api/v1/agreements/{agreement}", tag = "agreements",
    params(("agreement" = Uuid, Path)), request_body = AgreementSaid,
    responses((status = 200, description = "The agreement", body = AgreementShown)))]
pub async fn change(
    app: Data<App>,
    As(keeper): As<Keeper>,
    id: Path<AgreementId>,
    IfMatch(seen): IfMatch,
    Body(said): Body<AgreementSaid>,
) -> Result<Answer, Problem> {
    let done = agreements::change(&app, &keeper, *id, &seen, said.into()).await;
    reply::changed::<AgreementShown, _>(done, agreements::get(&app, &keeper, *id)).await
}

/// Removes an agreement that should not have been there: rotas are judged as if it never was.
#[utoipa::path(delete, path = "/api/v1/agreements/{agreement}", tag = "agreements",
    params(("agreement" = Uuid, Path)), responses((status = 204, description = "Removed")))]
pub async fn remove(
    app: Data<App>,
    As(keeper): As<Keeper>,
    id: Path<AgreementId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let done = agreements::remove(&app, &keeper, *id, &seen).await;
    reply::removed::<AgreementShown, _>(done, agreements::get(&app, &keeper, *id)).await
}
