//! Coverage: what offices bought. A manager orders and ends it; routing honours it at once.

use actix_web::{
    http::StatusCode,
    web::{Data, Path},
};
use app::{
    App, Error, Keeper, Manager,
    kept::Seen,
    pool::{
        self, offers,
        read_coverage::{self, Narrowed},
    },
};
use chrono::{DateTime, Utc};
use domain::{Coverage, CoverageId, Offer, OfferId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    offers::OfferShown,
    problem::Faulty,
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
    time::Hours,
    words::ChannelName,
};
use crate::{Answer, As};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("starts_at", "starts_at"), ("created", "id")];

/// What an office bought, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct CoverageShown {
    /// Its id.
    pub id: Uuid,
    /// The pool that watches.
    pub pool: Uuid,
    /// The office that bought.
    pub office: Uuid,
    /// The offer it came from.
    pub offer: Uuid,
    /// Its hours as ordered, in the office's zone and holidays.
    pub hours: Vec<Hours>,
    /// Its channels as ordered.
    pub channels: Vec<ChannelName>,
    /// Price a month before tax as ordered, in cents of the pool's currency.
    pub monthly_cents: i64,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when, excluded; null while it goes on.
    pub ends_at: Option<DateTime<Utc>>,
}

input! {
    /// An order.
    pub struct Order {
        /// The offer, which is open.
        pub offer: Uuid,
    }
}

impl From<Coverage> for CoverageShown {
    fn from(one: Coverage) -> Self {
        Self {
            id: one.id.0,
            pool: one.pool.0,
            office: one.organisation.0,
            offer: one.offer.0,
            hours: one.windows.into_iter().map(Hours::from).collect(),
            channels: one.channels.into_iter().map(ChannelName).collect(),
            monthly_cents: one.monthly.0,
            starts_at: one.from,
            ends_at: one.until,
        }
    }
}

/// What your organisation bought, and what offices bought from the pools it organises; ended ones too.
#[utoipa::path(get, path = "/api/v1/coverage", tag = "coverage",
    params(
        ("pool" = Option<Uuid>, Query, description = "From this pool alone"),
        ("office" = Option<Uuid>, Query, description = "By this office alone"),
        ("at" = Option<DateTime<Utc>>, Query, description = "What runs at this instant, whatever the hour")),
    responses((status = 200, description = "A page of coverage", body = Listed<CoverageShown>)))]
pub async fn list(app: Data<App>, As(keeper): As<Keeper>, mut asked: Asked) -> Result<Answer, Problem> {
    let narrowed = Narrowed { pool: asked.id("pool"), office: asked.id("office"), at: asked.instant("at") };
    asked
        .list::<CoverageShown, _>(SORTS, async |ask| read_coverage::list(&app, &keeper, narrowed, ask).await)
        .await
}

/// One coverage.
#[utoipa::path(get, path = "/api/v1/coverage/{coverage}", tag = "coverage", params(("coverage" = Uuid, Path)),
    responses((status = 200, description = "The coverage", body = CoverageShown)))]
pub async fn show(app: Data<App>, As(keeper): As<Keeper>, id: Path<CoverageId>) -> Result<Answer, Problem> {
    Ok(reply::kept::<CoverageShown, _>(read_coverage::get(&app, &keeper, *id).await?))
}

/// Orders an offer for your office, from now on.
///
/// `If-Match` is the ETag of the offer you saw, so nothing is ordered at a price or for hours you have not
/// seen: if it changed, the answer is 412 with the offer as it is now in `current`. `*` is refused.
#[utoipa::path(post, path = "/api/v1/coverage", tag = "coverage", request_body = Order,
    responses((status = 201, description = "The coverage", body = CoverageShown)))]
pub async fn order(
    app: Data<App>,
    As(manager): As<Manager>,
    IfMatch(seen): IfMatch,
    Body(order): Body<Order>,
) -> Result<Answer, Problem> {
    let offer = OfferId(order.offer);
    if seen == Seen::Any {
        // What is somebody else's is not there, whatever else is wrong.
        offers::get(&app, &manager, offer).await?;
        let said = "must be the ETag of the offer you saw: no office orders at whatever price";
        return Err(Problem::parameters(vec![Faulty::parameter("If-Match", said)]));
    }
    let id = match pool::order(&app, &manager, offer, &seen).await {
        Ok(id) => id,
        Err(Error::Stale) => return Err(changed(offers::get(&app, &manager, offer).await?.is)),
        Err(error) => return Err(Problem::about("/offer", &error)),
    };
    let made = read_coverage::get(&app, &manager, id).await?;
    Ok(reply::made::<CoverageShown, _>(&format!("/api/v1/coverage/{id}"), made))
}

/// The offer is another than the one that was seen.
fn changed(now: Offer) -> Problem {
    let (whole, part) = (now.monthly.0 / 100, now.monthly.0 % 100);
    let detail = format!(
        "The offer changed since you read it, and nothing was ordered: it costs {whole}.{part:02} a month now. `current` is its present state: decide again, and send its new ETag as If-Match."
    );
    Problem::new(StatusCode::PRECONDITION_FAILED, detail).showing(&OfferShown::from(now))
}

/// Ends a coverage of your office, now: it stays in the list, with its end. Ending it twice ends it once.
#[utoipa::path(delete, path = "/api/v1/coverage/{coverage}", tag = "coverage",
    params(("coverage" = Uuid, Path)), responses((status = 204, description = "Ended")))]
pub async fn end(
    app: Data<App>,
    As(manager): As<Manager>,
    id: Path<CoverageId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let done = pool::coverage::end_as_seen(&app, &manager, *id, &seen).await;
    reply::removed::<CoverageShown, _>(done, read_coverage::get(&app, &manager, *id)).await
}
