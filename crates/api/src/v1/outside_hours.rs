//! Hours outside: what people work for employers who are not here, as they say it themselves.

use actix_web::web::{Data, Path};
use app::{
    Advisor, App,
    account::outside::{self, Outside},
};
use chrono::NaiveDate;
use domain::{OutsideHours, OutsideId};
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
use crate::{Answer, As, Signed};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("from", "from_date")];

/// Hours outside, as they are shown. For whom somebody works there is not kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutsideHoursShown {
    /// Their id.
    pub id: Uuid,
    /// Who works then.
    pub person: Uuid,
    /// When, by the clocks of where the person lives. Public holidays count as the weekday they fall on.
    pub hours: Hours,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included; null while it goes on.
    pub until: Option<NaiveDate>,
}

input! {
    /// Hours outside to be added, or as they shall be from now on. A single day has itself as its last.
    pub struct OutsideHoursSaid {
        /// When, by the clocks of where you live. Public holidays count as the weekday they fall on.
        pub hours: Hours,
        /// First day.
        pub from: NaiveDate,
        /// Last day, included; null while it goes on.
        pub until: Option<NaiveDate>,
    }
}

impl From<OutsideHours> for OutsideHoursShown {
    fn from(one: OutsideHours) -> Self {
        Self {
            id: one.id.0,
            person: one.person.0,
            hours: one.window.into(),
            from: one.from,
            until: one.until,
        }
    }
}

impl From<OutsideHoursSaid> for Outside {
    fn from(said: OutsideHoursSaid) -> Self {
        Self { window: said.hours.into(), from: said.from, until: said.until }
    }
}

/// Your own hours outside, if you are an advisor; those of your staff, if you are a manager or planner.
#[utoipa::path(get, path = "/api/v1/outside-hours", tag = "hours",
    params(("person" = Option<Uuid>, Query, description = "Of this person alone")),
    responses((status = 200, description = "A page of hours", body = Listed<OutsideHoursShown>)))]
pub async fn list(app: Data<App>, Signed(session): Signed, mut asked: Asked) -> Result<Answer, Problem> {
    let person = asked.id("person");
    let read = async |ask: &app::Ask| outside::list(&app, &session, person, ask).await;
    asked.list::<OutsideHoursShown, _>(SORTS, read).await
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/outside-hours/{outside_hours}", tag = "hours",
    params(("outside_hours" = Uuid, Path)),
    responses((status = 200, description = "The hours", body = OutsideHoursShown)))]
pub async fn show(app: Data<App>, Signed(session): Signed, id: Path<OutsideId>) -> Result<Answer, Problem> {
    Ok(reply::kept::<OutsideHoursShown, _>(outside::get(&app, &session, *id).await?))
}

/// Says when you work for an employer who is not here: rests and maxima count these hours too.
#[utoipa::path(post, path = "/api/v1/outside-hours", tag = "hours", request_body = OutsideHoursSaid,
    responses((status = 201, description = "The hours", body = OutsideHoursShown)))]
pub async fn add(
    app: Data<App>,
    As(advisor): As<Advisor>,
    Body(said): Body<OutsideHoursSaid>,
) -> Result<Answer, Problem> {
    let made = outside::add(&app, &advisor, said.into()).await?;
    Ok(reply::made::<OutsideHoursShown, _>(&format!("/api/v1/outside-hours/{}", made.is.id), made))
}

/// Changes what you said.
#[utoipa::path(put, path = "/api/v1/outside-hours/{outside_hours}", tag = "hours",
    params(("outside_hours" = Uuid, Path)), request_body = OutsideHoursSaid,
    responses((status = 200, description = "The hours", body = OutsideHoursShown)))]
pub async fn change(
    app: Data<App>,
    As(advisor): As<Advisor>,
    Signed(session): Signed,
    id: Path<OutsideId>,
    IfMatch(seen): IfMatch,
    Body(said): Body<OutsideHoursSaid>,
) -> Result<Answer, Problem> {
    let done = outside::change(&app, &advisor, *id, &seen, said.into()).await;
    reply::changed::<OutsideHoursShown, _>(done, outside::get(&app, &session, *id)).await
}

/// Takes back what you said.
#[utoipa::path(delete, path = "/api/v1/outside-hours/{outside_hours}", tag = "hours",
    params(("outside_hours" = Uuid, Path)), responses((status = 204, description = "Taken back")))]
pub async fn remove(
    app: Data<App>,
    As(advisor): As<Advisor>,
    Signed(session): Signed,
    id: Path<OutsideId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let done = outside::remove(&app, &advisor, *id, &seen).await;
    reply::removed::<OutsideHoursShown, _>(done, outside::get(&app, &session, *id)).await
}
