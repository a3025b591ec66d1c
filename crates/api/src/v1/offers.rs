//! Offers: what a board sells to its offices.

use actix_web::web::{Data, Path};
use app::{
    App, Keeper, Planner,
    pool::{NewOffer as Said, define_offer, offers},
};
use domain::{Cents, Offer, OfferId, PoolId, Window};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
    time::Hours,
    words::ChannelName,
};
use crate::{Answer, As};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("name", "name")];

/// An offer, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfferShown {
    /// Its id.
    pub id: Uuid,
    /// The pool whose watch is sold.
    pub pool: Uuid,
    /// Its name.
    pub name: String,
    /// One sentence on what it brings; may be empty.
    pub summary: String,
    /// The hours, in the buying office's zone and holidays.
    pub hours: Vec<Hours>,
    /// The channels.
    pub channels: Vec<ChannelName>,
    /// Price a month before tax, in cents of the pool's currency.
    pub monthly_cents: i64,
    /// Whether offices may order it now.
    pub open: bool,
}

input! {
    /// An offer to be made.
    pub struct NewOffer {
        /// The pool whose watch is sold, which your board organises.
        pub pool: Uuid,
        /// Its name.
        #[schema(min_length = 1, max_length = 80)]
        pub name: String,
        /// One sentence on what it brings; may be empty.
        #[schema(max_length = 300)]
        pub summary: String,
        /// The hours, in the buying office's zone and holidays.
        #[schema(min_items = 1, max_items = 20)]
        pub hours: Vec<Hours>,
        /// The channels.
        #[schema(min_items = 1, max_items = 2)]
        pub channels: Vec<ChannelName>,
        /// Price a month before tax, in cents of the pool's currency.
        #[schema(minimum = 0, maximum = 10_000_000)]
        pub monthly_cents: i64,
    }
}

input! {
    /// An offer as it shall be from now on; what was bought stays as it was ordered.
    pub struct ChangedOffer {
        /// Its name.
        #[schema(min_length = 1, max_length = 80)]
        pub name: String,
        /// One sentence on what it brings; may be empty.
        #[schema(max_length = 300)]
        pub summary: String,
        /// The hours, in the buying office's zone and holidays.
        #[schema(min_items = 1, max_items = 20)]
        pub hours: Vec<Hours>,
        /// The channels.
        #[schema(min_items = 1, max_items = 2)]
        pub channels: Vec<ChannelName>,
        /// Price a month before tax, in cents of the pool's currency.
        #[schema(minimum = 0, maximum = 10_000_000)]
        pub monthly_cents: i64,
        /// Whether offices may order it from now on.
        pub open: bool,
    }
}

impl From<Offer> for OfferShown {
    fn from(offer: Offer) -> Self {
        Self {
            id: offer.id.0,
            pool: offer.pool.0,
            name: offer.name,
            summary: offer.summary,
            hours: offer.windows.into_iter().map(Hours::from).collect(),
            channels: offer.channels.into_iter().map(ChannelName).collect(),
            monthly_cents: offer.monthly.0,
            open: offer.open,
        }
    }
}

impl From<ChangedOffer> for Said {
    fn from(offer: ChangedOffer) -> Self {
        Self {
            name: offer.name,
            summary: offer.summary,
            windows: offer.hours.into_iter().map(Window::from).collect(),
            channels: offer.channels.into_iter().map(|channel| channel.0).collect(),
            monthly: Cents(offer.monthly_cents),
        }
    }
}

/// The offers of the pools your organisation organises or is a member of.
#[utoipa::path(get, path = "/api/v1/offers", tag = "offers",
    params(
        ("pool" = Option<Uuid>, Query, description = "Of this pool alone"),
        ("open" = Option<bool>, Query, description = "Those that can be ordered, or those that cannot")),
    responses((status = 200, description = "A page of offers", body = Listed<OfferShown>)))]
pub async fn list(app: Data<App>, As(keeper): As<Keeper>, mut asked: Asked) -> Result<Answer, Problem> {
    let (pool, open) = (asked.id("pool"), asked.yes("open"));
    asked.list::<OfferShown, _>(SORTS, async |ask| offers::list(&app, &keeper, pool, open, ask).await).await
}

/// One offer.
#[utoipa::path(get, path = "/api/v1/offers/{offer}", tag = "offers", params(("offer" = Uuid, Path)),
    responses((status = 200, description = "The offer", body = OfferShown)))]
pub async fn show(app: Data<App>, As(keeper): As<Keeper>, id: Path<OfferId>) -> Result<Answer, Problem> {
    Ok(reply::kept::<OfferShown, _>(offers::get(&app, &keeper, *id).await?))
}

/// Makes an offer that offices can order at once.
#[utoipa::path(post, path = "/api/v1/offers", tag = "offers", request_body = NewOffer,
    responses((status = 201, description = "The offer", body = OfferShown)))]
pub async fn define(
    app: Data<App>,
    As(planner): As<Planner>,
    Body(new): Body<NewOffer>,
) -> Result<Answer, Problem> {
    let NewOffer { pool, name, summary, hours, channels, monthly_cents } = new;
    let said = ChangedOffer { name, summary, hours, channels, monthly_cents, open: true }.into();
    let made = define_offer(&app, &planner, PoolId(pool), said).await?;
    Ok(reply::made::<OfferShown, _>(&format!("/api/v1/offers/{}", made.is.id), made))
}

/// Changes what an offer says, closes it, or opens it again.
#[utoipa::path(put, path = "/api/v1/offers/{offer}", tag = "offers", params(("offer" = Uuid, Path)),
    request_body = ChangedOffer, responses((status = 200, description = "The offer", body = OfferShown)))]
pub async fn change(
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<OfferId>,
    IfMatch(seen): IfMatch,
    Body(body): Body<ChangedOffer>,
) -> Result<Answer, Problem> {
    let open = body.open;
    let done = offers::change(&app, &planner, *id, &seen, body.into(), open).await;
    reply::changed::<OfferShown, _>(done, offers::get(&app, &planner, *id)).await
}
