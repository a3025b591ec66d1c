//! Opening hours: when an office's own desk is open, as dated weekly patterns.

use actix_web::web::{Data, Path};
use app::{
    Anybody, App, Keeper,
    account::hours::{self, Pattern},
};
use chrono::NaiveDate;
use domain::{HoursId, OpeningHours};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
    time::Hours,
};
use crate::{Answer, As};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("from", "from_date")];

/// A pattern, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpeningHoursShown {
    /// Its id.
    pub id: Uuid,
    /// Whose desk.
    pub organisation: Uuid,
    /// When, in the office's zone and holidays.
    pub hours: Hours,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included; null while it goes on.
    pub until: Option<NaiveDate>,
}

input! {
    /// A pattern as it shall be from now on.
    pub struct OpeningHoursSaid {
        /// When, in the office's zone and holidays.
        pub hours: Hours,
        /// First day.
        pub from: NaiveDate,
        /// Last day, included; null while it goes on.
        pub until: Option<NaiveDate>,
    }
}

impl From<(HoursId, OpeningHours)> for OpeningHoursShown {
    fn from((id, one): (HoursId, OpeningHours)) -> Self {
        Self {
            id: id.0,
            organisation: one.organisation.0,
            hours: one.window.into(),
            from: one.from,
            until: one.until,
        }
    }
}

/// When desks are open: your own, and those of organisations you know.
#[utoipa::path(get, path = "/api/v1/opening-hours", tag = "hours",
    params(("organisation" = Option<Uuid>, Query, description = "Of this organisation alone")),
    responses((status = 200, description = "A page of patterns", body = Listed<OpeningHoursShown>)))]
pub async fn list(app: Data<App>, As(anybody): As<Anybody>, mut asked: Asked) -> Result<Answer, Problem> {
    let organisation = asked.id("organisation");
    asked
        .list::<OpeningHoursShown, _>(SORTS, async |ask| {
            hours::list_desk(&app, &anybody, organisation, ask).await
        })
        .await
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/opening-hours/{opening_hours}", tag = "hours", params(("opening_hours" = Uuid, Path)),
    responses((status = 200, description = "The pattern", body = OpeningHoursShown)))]
pub async fn show(app: Data<App>, As(anybody): As<Anybody>, id: Path<HoursId>) -> Result<Answer, Problem> {
    Ok(reply::kept::<OpeningHoursShown, _>(hours::get_desk(&app, &anybody, *id).await?))
}

/// Adds hours at which your own desk is open.
#[utoipa::path(post, path = "/api/v1/opening-hours", tag = "hours", request_body = OpeningHoursSaid,
    responses((status = 201, description = "The pattern", body = OpeningHoursShown)))]
pub async fn add(
    app: Data<App>,
    As(keeper): As<Keeper>,
    Body(new): Body<OpeningHoursSaid>,
) -> Result<Answer, Problem> {
    let OpeningHoursSaid { hours, from, until } = new;
    let pattern = Pattern { window: hours.into(), from, until };
    let made = hours::add_desk(&app, &keeper, pattern).await?;
    Ok(reply::made::<OpeningHoursShown, _>(&format!("/api/v1/opening-hours/{}", made.is.0), made))
}

/// Changes hours of your own desk.
#[utoipa::path(put, path = "/api/v1/opening-hours/{opening_hours}", tag = "hours", params(("opening_hours" = Uuid, Path)),
    request_body = OpeningHoursSaid, responses((status = 200, description = "The pattern", body = OpeningHoursShown)))]
pub async fn change(
    app: Data<App>,
    As(keeper): As<Keeper>,
    As(anybody): As<Anybody>,
    id: Path<HoursId>,
    IfMatch(seen): IfMatch,
    Body(said): Body<OpeningHoursSaid>,
) -> Result<Answer, Problem> {
    let OpeningHoursSaid { hours, from, until } = said;
    let pattern = Pattern { window: hours.into(), from, until };
    let done = hours::change_desk(&app, &keeper, *id, &seen, pattern).await;
    reply::changed::<OpeningHoursShown, _>(done, hours::get_desk(&app, &anybody, *id)).await
}

/// Removes hours of your own desk.
#[utoipa::path(delete, path = "/api/v1/opening-hours/{opening_hours}", tag = "hours", params(("opening_hours" = Uuid, Path)),
    responses((status = 204, description = "Removed")))]
pub async fn remove(
    app: Data<App>,
    As(keeper): As<Keeper>,
    As(anybody): As<Anybody>,
    id: Path<HoursId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let done = hours::remove_desk(&app, &keeper, *id, &seen).await;
    reply::removed::<OpeningHoursShown, _>(done, hours::get_desk(&app, &anybody, *id)).await
}
