//! Employments: who works for your organisation, from a day to a day.

use actix_web::web::{Data, Path};
use app::{
    App, Keeper,
    account::employments::{self, Terms},
};
use chrono::NaiveDate;
use domain::{Employment, EmploymentId, Minutes, PersonId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
    words::LawName,
};
use crate::{Answer, As};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("from", "from_date")];

/// An employment, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct EmploymentShown {
    /// Its id.
    pub id: Uuid,
    /// Who works.
    pub person: Uuid,
    /// For whom.
    pub organisation: Uuid,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included; null while it goes on.
    pub until: Option<NaiveDate>,
    /// Under which law.
    pub law: LawName,
    /// Contract minutes a week.
    pub weekly_minutes: u32,
    /// When the person was born, so that nobody under age stands watch; null where it is not said. Shown to
    /// their employer alone.
    pub born: Option<NaiveDate>,
}

input! {
    /// An employment to be begun.
    pub struct NewEmployment {
        /// Who works: somebody who works or last worked for you. Everybody else is invited.
        pub person: Uuid,
        /// First day.
        pub from: NaiveDate,
        /// Last day, included; null while it goes on.
        pub until: Option<NaiveDate>,
        /// Under which law.
        pub law: LawName,
        /// Contract minutes a week.
        #[schema(maximum = 3600)]
        pub weekly_minutes: u32,
        /// When the person was born, so that nobody under age stands watch; may be missing.
        pub born: Option<NaiveDate>,
    }
}

input! {
    /// An employment as it shall be from now on; its last day ends it.
    pub struct ChangedEmployment {
        /// First day.
        pub from: NaiveDate,
        /// Last day, included; null while it goes on.
        pub until: Option<NaiveDate>,
        /// Under which law.
        pub law: LawName,
        /// Contract minutes a week.
        #[schema(maximum = 3600)]
        pub weekly_minutes: u32,
        /// When the person was born, so that nobody under age stands watch; may be missing.
        pub born: Option<NaiveDate>,
    }
}

impl From<Employment> for EmploymentShown {
    fn from(one: Employment) -> Self {
        Self {
            id: one.id.0,
            person: one.person.0,
            organisation: one.organisation.0,
            from: one.from,
            until: one.until,
            law: LawName(one.law),
            weekly_minutes: one.weekly.0,
            born: one.born,
        }
    }
}

/// Who works or worked for your organisation.
#[utoipa::path(get, path = "/api/v1/employments", tag = "employments",
    params(("person" = Option<Uuid>, Query, description = "Of this person alone"),
        ("on" = Option<NaiveDate>, Query, description = "Those that run on this day")),
    responses((status = 200, description = "A page of employments", body = Listed<EmploymentShown>)))]
pub async fn list(app: Data<App>, As(keeper): As<Keeper>, mut asked: Asked) -> Result<Answer, Problem> {
    let sought = (asked.id("person"), asked.day("on"));
    asked
        .list::<EmploymentShown, _>(SORTS, async |ask| employments::list(&app, &keeper, sought, ask).await)
        .await
}

/// One employment.
#[utoipa::path(get, path = "/api/v1/employments/{employment}", tag = "employments",
    params(("employment" = Uuid, Path)),
    responses((status = 200, description = "The employment", body = EmploymentShown)))]
pub async fn show(app: Data<App>, As(keeper): As<Keeper>, id: Path<EmploymentId>) -> Result<Answer, Problem> {
    Ok(reply::kept::<EmploymentShown, _>(employments::get(&app, &keeper, *id).await?))
}

/// Employs somebody again, or from later on, who works or last worked for you.
#[utoipa::path(post, path = "/api/v1/employments", tag = "employments", request_body = NewEmployment,
    responses((status = 201, description = "The employment", body = EmploymentShown)))]
pub async fn employ(
    app: Data<App>,
    As(keeper): As<Keeper>,
    Body(new): Body<NewEmployment>,
) -> Result<Answer, Problem> {
    let NewEmployment { person, from, until, law, weekly_minutes, born } = new;
    let terms = Terms { from, until, law: law.0, weekly: Minutes(weekly_minutes), born };
    let made = employments::employ(&app, &keeper, PersonId(person), terms).await?;
    Ok(reply::made::<EmploymentShown, _>(&format!("/api/v1/employments/{}", made.is.id), made))
}

/// Changes what a contract says; its last day ends it.
#[utoipa::path(put, path = "/api/v1/employments/{employment}", tag = "employments",
    params(("employment" = Uuid, Path)), request_body = ChangedEmployment,
    responses((status = 200, description = "The employment", body = EmploymentShown)))]
pub async fn change(
    app: Data<App>,
    As(keeper): As<Keeper>,
    id: Path<EmploymentId>,
    IfMatch(seen): IfMatch,
    Body(body): Body<ChangedEmployment>,
) -> Result<Answer, Problem> {
    let ChangedEmployment { from, until, law, weekly_minutes, born } = body;
    let terms = Terms { from, until, law: law.0, weekly: Minutes(weekly_minutes), born };
    let done = employments::change(&app, &keeper, *id, &seen, terms).await;
    reply::changed::<EmploymentShown, _>(done, employments::get(&app, &keeper, *id)).await
}
