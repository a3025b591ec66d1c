//! Exemptions: days on which somebody owes the ledger nothing, because their employer says so.

use actix_web::web::{Data, Path};
use app::{App, Keeper, rota::ledger::exemptions};
use chrono::NaiveDate;
use domain::{Exemption, ExemptionId, PersonId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
};
use crate::{Answer, As, Signed};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("from", "from_date"), ("until", "until_date")];

/// An exemption, as it is shown. Why somebody is exempt is not kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExemptionShown {
    /// Its id.
    pub id: Uuid,
    /// Who owes nothing.
    pub person: Uuid,
    /// Which employer says so.
    pub organisation: Uuid,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included.
    pub until: NaiveDate,
}

input! {
    /// An exemption to be added.
    pub struct NewExemption {
        /// Who owes nothing: somebody on your staff.
        pub person: Uuid,
        /// First day. The first ten exempt days of a ledger's period change nothing.
        pub from: NaiveDate,
        /// Last day, included.
        pub until: NaiveDate,
    }
}

impl From<Exemption> for ExemptionShown {
    fn from(one: Exemption) -> Self {
        Self {
            id: one.id.0,
            person: one.person.0,
            organisation: one.organisation.0,
            from: one.from,
            until: one.until,
        }
    }
}

/// Your own exemptions, if you are an advisor; those of your staff, if you are a manager or planner.
#[utoipa::path(get, path = "/api/v1/exemptions", tag = "ledger",
    params(("person" = Option<Uuid>, Query, description = "Of this person alone")),
    responses((status = 200, description = "A page of exemptions", body = Listed<ExemptionShown>)))]
pub async fn list(app: Data<App>, Signed(session): Signed, mut asked: Asked) -> Result<Answer, Problem> {
    let person = asked.id("person");
    let read = async |ask: &app::Ask| exemptions::list(&app, &session, person, ask).await;
    asked.list::<ExemptionShown, _>(SORTS, read).await
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/exemptions/{exemption}", tag = "ledger", params(("exemption" = Uuid, Path)),
    responses((status = 200, description = "The exemption", body = ExemptionShown)))]
pub async fn show(app: Data<App>, Signed(session): Signed, id: Path<ExemptionId>) -> Result<Answer, Problem> {
    Ok(reply::kept::<ExemptionShown, _>(exemptions::get(&app, &session, *id).await?))
}

/// Says that one of your staff owes the ledger nothing on some days, such as a long sickness.
#[utoipa::path(post, path = "/api/v1/exemptions", tag = "ledger", request_body = NewExemption,
    responses((status = 201, description = "The exemption", body = ExemptionShown)))]
pub async fn add(
    app: Data<App>,
    As(keeper): As<Keeper>,
    Body(new): Body<NewExemption>,
) -> Result<Answer, Problem> {
    let NewExemption { person, from, until } = new;
    let made = exemptions::add(&app, &keeper, PersonId(person), (from, until)).await?;
    Ok(reply::made::<ExemptionShown, _>(&format!("/api/v1/exemptions/{}", made.is.id), made))
}

/// Takes an exemption back.
#[utoipa::path(delete, path = "/api/v1/exemptions/{exemption}", tag = "ledger",
    params(("exemption" = Uuid, Path)), responses((status = 204, description = "Taken back")))]
pub async fn remove(
    app: Data<App>,
    As(keeper): As<Keeper>,
    Signed(session): Signed,
    id: Path<ExemptionId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let done = exemptions::remove(&app, &keeper, *id, &seen).await;
    reply::removed::<ExemptionShown, _>(done, exemptions::get(&app, &session, *id)).await
}
