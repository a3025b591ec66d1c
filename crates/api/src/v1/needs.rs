//! Needs: how many people a pool wants, and when.

use actix_web::web::{Data, Path};
use app::{
    Anybody, App, Planner,
    pool::needs::{self, Asked as Wanted},
};
use chrono::NaiveDate;
use domain::{DutyKind, Need, NeedId, PoolId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
    time::{Hours, Tongue},
    words::DutyKindName,
};
use crate::{Answer, As};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("from", "from_date")];

/// A need, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedShown {
    /// Its id.
    pub id: Uuid,
    /// The pool that has it.
    pub pool: Uuid,
    /// When, in the pool's zone and holidays.
    pub hours: Hours,
    /// How many answer first.
    pub leads: u8,
    /// How many are rung after them.
    pub backups: u8,
    /// Languages that a lead must speak.
    pub languages: Vec<Tongue>,
    /// What the hours are in law for whoever watches: all of it work, or waiting at home.
    pub kind: DutyKindName,
    /// First day it applies.
    pub from: NaiveDate,
    /// Last day, included; null while it goes on.
    pub until: Option<NaiveDate>,
}

input! {
    /// A need to be added.
    pub struct NewNeed {
        /// The pool that has it.
        pub pool: Uuid,
        /// When, in the pool's zone and holidays.
        pub hours: Hours,
        /// How many answer first; with `backups` at least one.
        #[schema(maximum = 20)]
        pub leads: u8,
        /// How many are rung after them.
        #[schema(maximum = 20)]
        pub backups: u8,
        /// Languages that a lead must speak.
        #[schema(max_items = 20)]
        pub languages: Vec<Tongue>,
        /// What the hours are in law for whoever watches: all of it work, or waiting at home. `active`
        /// where it is not said.
        pub kind: Option<DutyKindName>,
        /// First day it applies.
        pub from: NaiveDate,
        /// Last day, included; null while it goes on.
        pub until: Option<NaiveDate>,
    }
}

input! {
    /// A need as it shall be from now on.
    pub struct ChangedNeed {
        /// When, in the pool's zone and holidays.
        pub hours: Hours,
        /// How many answer first; with `backups` at least one.
        #[schema(maximum = 20)]
        pub leads: u8,
        /// How many are rung after them.
        #[schema(maximum = 20)]
        pub backups: u8,
        /// Languages that a lead must speak.
        #[schema(max_items = 20)]
        pub languages: Vec<Tongue>,
        /// What the hours are in law for whoever watches: all of it work, or waiting at home. `active`
        /// where it is not said.
        pub kind: Option<DutyKindName>,
        /// First day it applies.
        pub from: NaiveDate,
        /// Last day, included; null while it goes on.
        pub until: Option<NaiveDate>,
    }
}

impl From<Need> for NeedShown {
    fn from(need: Need) -> Self {
        Self {
            id: need.id.0,
            pool: need.pool.0,
            hours: need.window.into(),
            leads: need.leads,
            backups: need.backups,
            languages: need.languages.into_iter().map(Tongue).collect(),
            kind: DutyKindName(need.kind),
            from: need.from,
            until: need.until,
        }
    }
}

impl From<ChangedNeed> for Wanted {
    fn from(need: ChangedNeed) -> Self {
        Self {
            window: need.hours.into(),
            leads: need.leads,
            backups: need.backups,
            languages: need.languages.into_iter().map(|tongue| tongue.0).collect(),
            kind: need.kind.map_or(DutyKind::Active, |kind| kind.0),
            from: need.from,
            until: need.until,
        }
    }
}

/// The needs of the pools your organisation is part of.
#[utoipa::path(get, path = "/api/v1/needs", tag = "needs",
    params(("pool" = Option<Uuid>, Query, description = "Of this pool alone")),
    responses((status = 200, description = "A page of needs", body = Listed<NeedShown>)))]
pub async fn list(app: Data<App>, As(anybody): As<Anybody>, mut asked: Asked) -> Result<Answer, Problem> {
    let pool = asked.id("pool");
    asked.list::<NeedShown, _>(SORTS, async |ask| needs::list(&app, &anybody, pool, ask).await).await
}

/// One need.
#[utoipa::path(get, path = "/api/v1/needs/{need}", tag = "needs", params(("need" = Uuid, Path)),
    responses((status = 200, description = "The need", body = NeedShown)))]
pub async fn show(app: Data<App>, As(anybody): As<Anybody>, need: Path<NeedId>) -> Result<Answer, Problem> {
    Ok(reply::kept::<NeedShown, _>(needs::get(&app, &anybody, *need).await?))
}

/// Adds a need to a pool that your board organises.
#[utoipa::path(post, path = "/api/v1/needs", tag = "needs", request_body = NewNeed,
    responses((status = 201, description = "The need", body = NeedShown)))]
pub async fn define(
    app: Data<App>,
    As(planner): As<Planner>,
    Body(new): Body<NewNeed>,
) -> Result<Answer, Problem> {
    let NewNeed { pool, hours, leads, backups, languages, kind, from, until } = new;
    let wanted = ChangedNeed { hours, leads, backups, languages, kind, from, until }.into();
    let made = needs::define(&app, &planner, PoolId(pool), wanted).await?;
    Ok(reply::made::<NeedShown, _>(&format!("/api/v1/needs/{}", made.is.id), made))
}

/// Changes a need; rotas that were built stay as they are.
#[utoipa::path(put, path = "/api/v1/needs/{need}", tag = "needs", params(("need" = Uuid, Path)),
    request_body = ChangedNeed, responses((status = 200, description = "The need", body = NeedShown)))]
pub async fn change(
    app: Data<App>,
    As(planner): As<Planner>,
    need: Path<NeedId>,
    IfMatch(seen): IfMatch,
    Body(body): Body<ChangedNeed>,
) -> Result<Answer, Problem> {
    let done = needs::change(&app, &planner, *need, &seen, body.into()).await;
    reply::changed::<NeedShown, _>(done, needs::get_planned(&app, &planner, *need)).await
}

/// Removes a need that no rota was built from. Others are ended by their last day.
#[utoipa::path(delete, path = "/api/v1/needs/{need}", tag = "needs", params(("need" = Uuid, Path)),
    responses((status = 204, description = "Removed")))]
pub async fn remove(
    app: Data<App>,
    As(planner): As<Planner>,
    need: Path<NeedId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let done = needs::remove(&app, &planner, *need, &seen).await;
    reply::removed::<NeedShown, _>(done, needs::get_planned(&app, &planner, *need)).await
}
