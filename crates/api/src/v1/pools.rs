//! Pools: co-operations of offices under one board.

use actix_web::web::{Data, Path};
use app::{
    Anybody, App, Planner,
    pool::pools::{self, Said},
};
use domain::{Pool, PoolId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
    words::{HolidaysName, ZoneName},
};
use crate::{Answer, As, Signed};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("name", "name")];

/// A pool, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct PoolShown {
    /// Its id.
    pub id: Uuid,
    /// The board that organises it.
    pub board: Uuid,
    /// Its name.
    pub name: String,
    /// Where the wall clocks of its needs hang.
    pub zone: ZoneName,
    /// Which public holidays its needs keep.
    pub calendar: HolidaysName,
    /// Whether what advisors agree among themselves waits for the planner.
    pub approval: bool,
}

input! {
    /// A pool as it shall be from now on.
    pub struct PoolSaid {
        /// Its name.
        #[schema(min_length = 1, max_length = 80)]
        pub name: String,
        /// Where the wall clocks of its needs hang.
        pub zone: ZoneName,
        /// Which public holidays its needs keep.
        pub calendar: HolidaysName,
        /// Whether what advisors agree among themselves waits for the planner; as before, if it is not said.
        pub approval: Option<bool>,
    }
}

impl From<Pool> for PoolShown {
    fn from(pool: Pool) -> Self {
        Self {
            id: pool.id.0,
            board: pool.board.0,
            name: pool.name,
            zone: ZoneName(pool.zone),
            calendar: HolidaysName(pool.calendar),
            approval: pool.approval,
        }
    }
}

impl From<PoolSaid> for Said {
    fn from(said: PoolSaid) -> Self {
        Self { name: said.name, zone: said.zone.0, calendar: said.calendar.0, approval: said.approval }
    }
}

/// The pools your organisation organises, or is a member of now.
#[utoipa::path(get, path = "/api/v1/pools", tag = "pools",
    responses((status = 200, description = "A page of pools", body = Listed<PoolShown>)))]
pub async fn list(app: Data<App>, As(anybody): As<Anybody>, asked: Asked) -> Result<Answer, Problem> {
    asked.list::<PoolShown, _>(SORTS, async |ask| pools::list(&app, &anybody, ask).await).await
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/pools/{pool}", tag = "pools", params(("pool" = Uuid, Path)),
    responses((status = 200, description = "The pool", body = PoolShown)))]
pub async fn show(app: Data<App>, As(anybody): As<Anybody>, id: Path<PoolId>) -> Result<Answer, Problem> {
    Ok(reply::kept::<PoolShown, _>(pools::get(&app, &anybody, *id).await?))
}

/// Founds a pool that your board organises.
#[utoipa::path(post, path = "/api/v1/pools", tag = "pools", request_body = PoolSaid,
    responses((status = 201, description = "The pool", body = PoolShown)))]
pub async fn found(
    app: Data<App>,
    As(planner): As<Planner>,
    Body(said): Body<PoolSaid>,
) -> Result<Answer, Problem> {
    let made = pools::found(&app, &planner, said.into()).await?;
    Ok(reply::made::<PoolShown, _>(&format!("/api/v1/pools/{}", made.is.id), made))
}

/// Changes a pool that your board organises.
#[utoipa::path(put, path = "/api/v1/pools/{pool}", tag = "pools", params(("pool" = Uuid, Path)),
    request_body = PoolSaid, responses((status = 200, description = "The pool", body = PoolShown)))]
pub async fn change(
    app: Data<App>,
    As(planner): As<Planner>,
    Signed(session): Signed,
    id: Path<PoolId>,
    IfMatch(seen): IfMatch,
    Body(said): Body<PoolSaid>,
) -> Result<Answer, Problem> {
    let anybody = session.caller()?;
    let done = pools::change(&app, &planner, *id, &seen, said.into()).await;
    reply::changed::<PoolShown, _>(done, pools::get(&app, &anybody, *id)).await
}
