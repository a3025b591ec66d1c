//! Wishes: what an advisor says of days before the rota is made. The day is the key.

use actix_web::web::{Data, Path};
use app::{Advisor, App, rota::wishes};
use chrono::NaiveDate;
use domain::Wish;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    query::{Asked, Sorts},
    reply::{self, Listed},
    words::WishName,
};
use crate::{Answer, As};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("day", "day")];

/// A wish, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct WishShown {
    /// Whose.
    pub person: Uuid,
    /// The day, in the pool's zone.
    pub day: NaiveDate,
    /// What was said of it.
    pub kind: WishName,
}

input! {
    /// What is said of a day.
    pub struct WishSaid {
        /// The wish.
        pub kind: WishName,
    }
}

impl From<Wish> for WishShown {
    fn from(wish: Wish) -> Self {
        Self { person: wish.person.0, day: wish.day, kind: WishName(wish.kind) }
    }
}

/// What you said of days.
#[utoipa::path(get, path = "/api/v1/wishes", tag = "wishes",
    params(("from" = Option<NaiveDate>, Query, description = "Of this day and later"),
        ("until" = Option<NaiveDate>, Query, description = "Of this day and earlier")),
    responses((status = 200, description = "A page of wishes", body = Listed<WishShown>)))]
pub async fn list(app: Data<App>, As(advisor): As<Advisor>, mut asked: Asked) -> Result<Answer, Problem> {
    let days = (asked.day("from"), asked.day("until"));
    asked.list::<WishShown, _>(SORTS, async |ask| wishes::list(&app, &advisor, days, ask).await).await
}

/// What you said of a day.
#[utoipa::path(get, path = "/api/v1/wishes/{day}", tag = "wishes", params(("day" = NaiveDate, Path)),
    responses((status = 200, description = "The wish", body = WishShown)))]
pub async fn show(app: Data<App>, As(advisor): As<Advisor>, day: Path<NaiveDate>) -> Result<Answer, Problem> {
    Ok(reply::one(&WishShown::from(wishes::get(&app, &advisor, *day).await?)))
}

/// Says something of a day that is not past and not further than 18 months away. The last word counts.
#[utoipa::path(put, path = "/api/v1/wishes/{day}", tag = "wishes", params(("day" = NaiveDate, Path)),
    request_body = WishSaid, responses((status = 200, description = "The wish", body = WishShown)))]
pub async fn say(
    app: Data<App>,
    As(advisor): As<Advisor>,
    day: Path<NaiveDate>,
    Body(said): Body<WishSaid>,
) -> Result<Answer, Problem> {
    wishes::say(&app, &advisor, *day, Some(said.kind.0)).await?;
    Ok(reply::one(&WishShown { person: advisor.person().0, day: *day, kind: said.kind }))
}

/// Takes back what you said of a day, if you said something.
#[utoipa::path(delete, path = "/api/v1/wishes/{day}", tag = "wishes", params(("day" = NaiveDate, Path)),
    responses((status = 204, description = "Taken back")))]
pub async fn take_back(
    app: Data<App>,
    As(advisor): As<Advisor>,
    day: Path<NaiveDate>,
) -> Result<Answer, Problem> {
    wishes::get(&app, &advisor, *day).await?;
    wishes::say(&app, &advisor, *day, None).await?;
    Ok(reply::gone())
}
