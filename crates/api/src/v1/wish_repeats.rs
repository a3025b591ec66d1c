//! Wishes that come again: what an advisor says of a weekday, until a day.

use actix_web::web::{Data, Path};
use app::{
    Advisor, App,
    rota::wishes::repeats::{self, NewRepeat},
};
use chrono::NaiveDate;
use domain::{WishRepeat, WishRepeatId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
    words::{WeekdayName, WishName},
};
use crate::{Answer, As};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("until", "until_date")];

/// What is said of a weekday, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct WishRepeatShown {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub person: Uuid,
    /// Each of these days.
    pub weekday: WeekdayName,
    /// What is said.
    pub kind: WishName,
    /// The first day on which it may fall.
    pub from: NaiveDate,
    /// The last one.
    pub until: NaiveDate,
    /// Days of which it is not said: taken back singly, or closed when it was said.
    pub left_out: Vec<NaiveDate>,
}

impl From<WishRepeat> for WishRepeatShown {
    fn from(repeat: WishRepeat) -> Self {
        Self {
            id: repeat.id.0,
            person: repeat.person.0,
            weekday: WeekdayName(repeat.weekday),
            kind: WishName(repeat.kind),
            from: repeat.from,
            until: repeat.until,
            left_out: repeat.left_out,
        }
    }
}

input! {
    /// What shall be said of a weekday.
    pub struct NewWishRepeat {
        /// Each of these days.
        pub weekday: WeekdayName,
        /// What is said.
        pub kind: WishName,
        /// From this day on; from today, if it is not said.
        pub from: Option<NaiveDate>,
        /// The last day on which it may fall, at most 18 months away.
        pub until: NaiveDate,
    }
}

/// What you say of weekdays. A word about a single day counts before it.
#[utoipa::path(get, path = "/api/v1/wish-repeats", tag = "wishes",
    responses((status = 200, description = "A page of repeated wishes", body = Listed<WishRepeatShown>)))]
pub async fn list(app: Data<App>, As(advisor): As<Advisor>, asked: Asked) -> Result<Answer, Problem> {
    asked.list::<WishRepeatShown, _>(SORTS, async |ask| repeats::list(&app, &advisor, ask).await).await
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/wish-repeats/{wish_repeat}", tag = "wishes",
    params(("wish_repeat" = Uuid, Path)),
    responses((status = 200, description = "The repeated wish", body = WishRepeatShown)))]
pub async fn show(
    app: Data<App>,
    As(advisor): As<Advisor>,
    id: Path<WishRepeatId>,
) -> Result<Answer, Problem> {
    Ok(reply::kept::<WishRepeatShown, _>(repeats::get(&app, &advisor, *id).await?))
}

/// Says something of a weekday. Days for which wishes are closed are left out.
#[utoipa::path(post, path = "/api/v1/wish-repeats", tag = "wishes", request_body = NewWishRepeat,
    responses((status = 201, description = "The repeated wish", body = WishRepeatShown)))]
pub async fn add(
    app: Data<App>,
    As(advisor): As<Advisor>,
    Body(new): Body<NewWishRepeat>,
) -> Result<Answer, Problem> {
    let new = NewRepeat { weekday: new.weekday.0, kind: new.kind.0, from: new.from, until: new.until };
    let made = repeats::add(&app, &advisor, new).await?;
    Ok(reply::made::<WishRepeatShown, _>(&format!("/api/v1/wish-repeats/{}", made.is.id), made))
}

/// Takes it back. What it said of days for which wishes are closed stays said.
#[utoipa::path(delete, path = "/api/v1/wish-repeats/{wish_repeat}", tag = "wishes",
    params(("wish_repeat" = Uuid, Path)), responses((status = 204, description = "Taken back")))]
pub async fn remove(
    app: Data<App>,
    As(advisor): As<Advisor>,
    id: Path<WishRepeatId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let done = repeats::remove(&app, &advisor, *id, &seen).await;
    reply::removed::<WishRepeatShown, _>(done, repeats::get(&app, &advisor, *id)).await
}
