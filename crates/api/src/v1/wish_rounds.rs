//! Rounds of wishes: until when a pool takes wishes for the days of a rota.

use actix_web::web::{Data, Path};
use app::{Anybody, App, Planner, rota::wishes::rounds};
use chrono::NaiveDate;
use domain::{PoolId, WishRound, WishRoundId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
};
use crate::{Answer, As};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("from", "from_date"), ("closes_on", "closes_on")];

/// A round, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct WishRoundShown {
    /// Its id.
    pub id: Uuid,
    /// The pool.
    pub pool: Uuid,
    /// First of the days it is about.
    pub from: NaiveDate,
    /// Last of them.
    pub until: NaiveDate,
    /// The last day on which wishes for them are taken.
    pub closes_on: NaiveDate,
}

impl From<WishRound> for WishRoundShown {
    fn from(round: WishRound) -> Self {
        Self {
            id: round.id.0,
            pool: round.pool.0,
            from: round.from,
            until: round.until,
            closes_on: round.closes_on,
        }
    }
}

input! {
    /// Until when wishes of which days shall be taken.
    pub struct NewWishRound {
        /// The pool, which your board organises.
        pub pool: Uuid,
        /// First of the days it is about.
        pub from: NaiveDate,
        /// Last of them, at most thirteen weeks after the first.
        pub until: NaiveDate,
        /// The last day on which wishes for them are taken: before the last of them.
        pub closes_on: NaiveDate,
    }
}

/// The rounds of your pools.
#[utoipa::path(get, path = "/api/v1/wish-rounds", tag = "wishes",
    responses((status = 200, description = "A page of rounds", body = Listed<WishRoundShown>)))]
pub async fn list(app: Data<App>, As(anybody): As<Anybody>, asked: Asked) -> Result<Answer, Problem> {
    asked.list::<WishRoundShown, _>(SORTS, async |ask| rounds::list(&app, &anybody, ask).await).await
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/wish-rounds/{wish_round}", tag = "wishes",
    params(("wish_round" = Uuid, Path)),
    responses((status = 200, description = "The round", body = WishRoundShown)))]
pub async fn show(
    app: Data<App>,
    As(anybody): As<Anybody>,
    id: Path<WishRoundId>,
) -> Result<Answer, Problem> {
    Ok(reply::kept::<WishRoundShown, _>(rounds::get(&app, &anybody, *id).await?))
}

/// Says until when wishes for some days are taken. Where several rounds are about a day, the one that is
/// open longest counts.
#[utoipa::path(post, path = "/api/v1/wish-rounds", tag = "wishes", request_body = NewWishRound,
    responses((status = 201, description = "The round", body = WishRoundShown)))]
pub async fn open(
    app: Data<App>,
    As(planner): As<Planner>,
    Body(new): Body<NewWishRound>,
) -> Result<Answer, Problem> {
    let days = (new.from, new.until);
    let made = rounds::open(&app, &planner, PoolId(new.pool), days, new.closes_on).await?;
    Ok(reply::made::<WishRoundShown, _>(&format!("/api/v1/wish-rounds/{}", made.is.id), made))
}

/// Takes a round back.
#[utoipa::path(delete, path = "/api/v1/wish-rounds/{wish_round}", tag = "wishes",
    params(("wish_round" = Uuid, Path)), responses((status = 204, description = "Taken back")))]
pub async fn remove(
    app: Data<App>,
    As(planner): As<Planner>,
    As(anybody): As<Anybody>,
    id: Path<WishRoundId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let done = rounds::remove(&app, &planner, *id, &seen).await;
    reply::removed::<WishRoundShown, _>(done, rounds::get(&app, &anybody, *id)).await
}
