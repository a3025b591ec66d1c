//! Office hours: the dated weekly patterns in which people work at their office.

use actix_web::web::{Data, Path};
use app::{
    App, Keeper,
    account::hours::{self, Inside, Pattern},
};
use chrono::NaiveDate;
use domain::{DutyDay, EmploymentId, HoursId, Minutes, OfficeHours};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
    time::{Hours, Wall},
};
use crate::{Answer, As, Signed};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("from", "from_date")];

/// A pattern, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfficeHoursShown {
    /// Its id.
    pub id: Uuid,
    /// Who works then.
    pub person: Uuid,
    /// For which employment.
    pub employment: Uuid,
    /// When, in the office's zone and holidays.
    pub hours: Hours,
    /// The break in their middle, which is not work.
    pub break_minutes: u32,
    /// The hours of days on which they also have a duty; null where they are the usual ones.
    pub on_duty: Option<OnDuty>,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included; null while it goes on.
    pub until: Option<NaiveDate>,
}

/// Office hours of a day on which somebody also has a duty: a late start, a longer midday break, or time
/// off in lieu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OnDuty {
    /// When they begin and end; null for time off in lieu.
    pub hours: Option<Clocks>,
    /// The break in their middle, which is not work.
    #[serde(default)]
    #[schema(maximum = 600)]
    pub break_minutes: u32,
}

/// From when to when, as clocks show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Clocks {
    /// When they begin.
    pub from: Wall,
    /// When they end: after midnight if that is not later than `from`.
    pub until: Wall,
}

impl From<OnDuty> for DutyDay {
    fn from(said: OnDuty) -> Self {
        said.hours.map_or(Self::Off, |Clocks { from, until }| Self::Hours {
            from: from.0,
            until: until.0,
            pause: Minutes(said.break_minutes),
        })
    }
}

impl From<DutyDay> for OnDuty {
    fn from(day: DutyDay) -> Self {
        match day {
            DutyDay::Off => Self { hours: None, break_minutes: 0 },
            DutyDay::Hours { from, until, pause } => {
                Self { hours: Some(Clocks { from: Wall(from), until: Wall(until) }), break_minutes: pause.0 }
            }
        }
    }
}

input! {
    /// A pattern to be added to an employment.
    pub struct NewOfficeHours {
        /// The employment, which is with your organisation.
        pub employment: Uuid,
        /// When, in the office's zone and holidays.
        pub hours: Hours,
        /// The break in their middle, which is not work.
        #[schema(maximum = 600)]
        pub break_minutes: u32,
        /// The hours of days on which they also have a duty, if the employer allows others then.
        pub on_duty: Option<OnDuty>,
        /// First day.
        pub from: NaiveDate,
        /// Last day, included; null while it goes on.
        pub until: Option<NaiveDate>,
    }
}

input! {
    /// A pattern as it shall be from now on.
    pub struct ChangedOfficeHours {
        /// When, in the office's zone and holidays.
        pub hours: Hours,
        /// The break in their middle, which is not work.
        #[schema(maximum = 600)]
        pub break_minutes: u32,
        /// The hours of days on which they also have a duty, if the employer allows others then.
        pub on_duty: Option<OnDuty>,
        /// First day.
        pub from: NaiveDate,
        /// Last day, included; null while it goes on.
        pub until: Option<NaiveDate>,
    }
}

impl From<(HoursId, OfficeHours)> for OfficeHoursShown {
    fn from((id, one): (HoursId, OfficeHours)) -> Self {
        Self {
            id: id.0,
            person: one.person.0,
            employment: one.employment.0,
            hours: one.window.into(),
            break_minutes: one.pause.0,
            on_duty: one.on_duty.map(OnDuty::from),
            from: one.from,
            until: one.until,
        }
    }
}

fn inside(break_minutes: u32, on_duty: Option<OnDuty>) -> Inside {
    Inside { pause: Minutes(break_minutes), on_duty: on_duty.map(DutyDay::from) }
}

/// Your own office hours, if you are an advisor; those of your staff, if you are a manager or planner.
#[utoipa::path(get, path = "/api/v1/office-hours", tag = "hours",
    params(("person" = Option<Uuid>, Query, description = "Of this person alone")),
    responses((status = 200, description = "A page of patterns", body = Listed<OfficeHoursShown>)))]
pub async fn list(app: Data<App>, Signed(session): Signed, mut asked: Asked) -> Result<Answer, Problem> {
    let person = asked.id("person");
    asked
        .list::<OfficeHoursShown, _>(SORTS, async |ask| hours::list_office(&app, &session, person, ask).await)
        .await
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/office-hours/{office_hours}", tag = "hours", params(("office_hours" = Uuid, Path)),
    responses((status = 200, description = "The pattern", body = OfficeHoursShown)))]
pub async fn show(app: Data<App>, Signed(session): Signed, id: Path<HoursId>) -> Result<Answer, Problem> {
    Ok(reply::kept::<OfficeHoursShown, _>(hours::get_office(&app, &session, *id).await?))
}

/// Adds office hours to an employment of your staff.
#[utoipa::path(post, path = "/api/v1/office-hours", tag = "hours", request_body = NewOfficeHours,
    responses((status = 201, description = "The pattern", body = OfficeHoursShown)))]
pub async fn add(
    app: Data<App>,
    As(keeper): As<Keeper>,
    Body(new): Body<NewOfficeHours>,
) -> Result<Answer, Problem> {
    let NewOfficeHours { employment, hours, break_minutes, on_duty, from, until } = new;
    let pattern = Pattern { window: hours.into(), from, until };
    let inside = inside(break_minutes, on_duty);
    let made = hours::add_office(&app, &keeper, EmploymentId(employment), inside, pattern).await?;
    Ok(reply::made::<OfficeHoursShown, _>(&format!("/api/v1/office-hours/{}", made.is.0), made))
}

/// Changes office hours of your staff.
#[utoipa::path(put, path = "/api/v1/office-hours/{office_hours}", tag = "hours", params(("office_hours" = Uuid, Path)),
    request_body = ChangedOfficeHours, responses((status = 200, description = "The pattern", body = OfficeHoursShown)))]
pub async fn change(
    app: Data<App>,
    As(keeper): As<Keeper>,
    Signed(session): Signed,
    id: Path<HoursId>,
    IfMatch(seen): IfMatch,
    Body(said): Body<ChangedOfficeHours>,
) -> Result<Answer, Problem> {
    let ChangedOfficeHours { hours, break_minutes, on_duty, from, until } = said;
    let pattern = Pattern { window: hours.into(), from, until };
    let done =
        hours::change_office(&app, &keeper, *id, &seen, (inside(break_minutes, on_duty), pattern)).await;
    reply::changed::<OfficeHoursShown, _>(done, hours::get_office(&app, &session, *id)).await
}

/// Removes office hours of your staff.
#[utoipa::path(delete, path = "/api/v1/office-hours/{office_hours}", tag = "hours", params(("office_hours" = Uuid, Path)),
    responses((status = 204, description = "Removed")))]
pub async fn remove(
    app: Data<App>,
    As(keeper): As<Keeper>,
    Signed(session): Signed,
    id: Path<HoursId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let done = hours::remove_office(&app, &keeper, *id, &seen).await;
    reply::removed::<OfficeHoursShown, _>(done, hours::get_office(&app, &session, *id)).await
}
