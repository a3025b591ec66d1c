//! Compensation: what your organisation gives for an hour of duty, and by which agreement.

use actix_web::web::{Data, Path};
use app::{
    App, Keeper,
    rota::statements::rates::{self, Agreed},
};
use chrono::NaiveDate;
use domain::{Cents, Minutes, Rate, RateId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
    words::{BasisName, CategoryName},
};
use crate::{Answer, As};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("from", "from_date")];

/// A rate, as it is shown. Of several that apply to a minute the dearest holds; they are not added.
#[derive(Debug, Serialize, ToSchema)]
pub struct RateShown {
    /// Its id.
    pub id: Uuid,
    /// For waiting on standby, or for work.
    pub basis: BasisName,
    /// In this category alone; null for every hour.
    pub category: Option<CategoryName>,
    /// Money an hour, in cents, on top of wages.
    pub hourly_cents: i64,
    /// Rest an hour, in minutes.
    pub rest_minutes: u32,
    /// From which day, until a later rate for the same hours.
    pub from: NaiveDate,
    /// The agreement it comes from, and its date.
    pub source: String,
}

input! {
    /// A rate to be added.
    pub struct NewRate {
        /// For waiting on standby, or for work.
        pub basis: BasisName,
        /// In this category alone; null for every hour.
        pub category: Option<CategoryName>,
        /// Money an hour, in cents, on top of wages.
        #[schema(minimum = 0, maximum = 1_000_000)]
        pub hourly_cents: i64,
        /// Rest an hour, in minutes.
        #[schema(minimum = 0, maximum = 600)]
        pub rest_minutes: u32,
        /// From which day, until a later rate for the same hours.
        pub from: NaiveDate,
        /// The agreement it comes from, and its date.
        #[schema(min_length = 1, max_length = 200)]
        pub source: String,
    }
}

impl From<Rate> for RateShown {
    fn from(rate: Rate) -> Self {
        Self {
            id: rate.id.0,
            basis: BasisName(rate.basis),
            category: rate.category.map(CategoryName),
            hourly_cents: rate.hourly.0,
            rest_minutes: rate.rest.0,
            from: rate.from,
            source: rate.source,
        }
    }
}

/// What your organisation gives.
#[utoipa::path(get, path = "/api/v1/compensation", tag = "statements",
    responses((status = 200, description = "A page of rates", body = Listed<RateShown>)))]
pub async fn list(app: Data<App>, As(keeper): As<Keeper>, asked: Asked) -> Result<Answer, Problem> {
    asked.list::<RateShown, _>(SORTS, async |ask| rates::list(&app, &keeper, ask).await).await
}

/// One of its rates.
#[utoipa::path(get, path = "/api/v1/compensation/{rate}", tag = "statements", params(("rate" = Uuid, Path)),
    responses((status = 200, description = "The rate", body = RateShown)))]
pub async fn show(app: Data<App>, As(keeper): As<Keeper>, id: Path<RateId>) -> Result<Answer, Problem> {
    Ok(reply::kept::<RateShown, _>(rates::get(&app, &keeper, *id).await?))
}

/// Adds a rate.
#[utoipa::path(post, path = "/api/v1/compensation", tag = "statements", request_body = NewRate,
    responses((status = 201, description = "The rate", body = RateShown)))]
pub async fn add(
    app: Data<App>,
    As(keeper): As<Keeper>,
    Body(new): Body<NewRate>,
) -> Result<Answer, Problem> {
    let agreed = Agreed {
        basis: new.basis.0,
        category: new.category.map(|category| category.0),
        hourly: Cents(new.hourly_cents),
        rest: Minutes(new.rest_minutes),
        from: new.from,
        source: new.source,
    };
    let made = rates::add(&app, &keeper, agreed).await?;
    Ok(reply::made::<RateShown, _>(&format!("/api/v1/compensation/{}", made.is.id), made))
}

/// Removes a rate: statements are reckoned as if it never was.
#[utoipa::path(delete, path = "/api/v1/compensation/{rate}", tag = "statements", params(("rate" = Uuid, Path)),
    responses((status = 204, description = "Removed")))]
pub async fn remove(
    app: Data<App>,
    As(keeper): As<Keeper>,
    id: Path<RateId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let done = rates::remove(&app, &keeper, *id, &seen).await;
    reply::removed::<RateShown, _>(done, rates::get(&app, &keeper, *id)).await
}
