//! Interventions: work during standby, from accepting to the last answer, known from what somebody
//! answered or said by hand.

use actix_web::web::{Data, Path};
use app::{App, rota::statements::interventions};
use chrono::{DateTime, Utc};
use domain::{Intervention, InterventionId, PersonId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
};
use crate::{Answer, Signed};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("starts_at", "starts_at"), ("created", "id")];

/// An intervention, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct InterventionShown {
    /// Its id.
    pub id: Uuid,
    /// Who worked.
    pub person: Uuid,
    /// For which employer.
    pub organisation: Uuid,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when, excluded.
    pub ends_at: DateTime<Utc>,
    /// `answers`: known from what was answered on standby. `said`: somebody said or corrected it.
    pub source: &'static str,
}

input! {
    /// An intervention to be recorded.
    pub struct NewIntervention {
        /// Who worked; you, if nobody is named. A manager or planner names somebody on their staff.
        pub person: Option<Uuid>,
        /// From when: accepting.
        pub starts_at: DateTime<Utc>,
        /// Until when, excluded: the last answer. It is past, and a day later at most.
        pub ends_at: DateTime<Utc>,
    }
}

input! {
    /// An intervention as it shall be.
    pub struct InterventionCorrected {
        /// From when: accepting.
        pub starts_at: DateTime<Utc>,
        /// Until when, excluded: the last answer. It is past, and a day later at most.
        pub ends_at: DateTime<Utc>,
    }
}

impl From<Intervention> for InterventionShown {
    fn from(one: Intervention) -> Self {
        Self {
            id: one.id.0,
            person: one.person.0,
            organisation: one.organisation.0,
            starts_at: one.span.start(),
            ends_at: one.span.end(),
            source: one.source.word(),
        }
    }
}

/// Your own interventions, if you are an advisor; those of your staff, if you are a manager or planner.
#[utoipa::path(get, path = "/api/v1/interventions", tag = "statements",
    params(("person" = Option<Uuid>, Query, description = "Of this person alone"),
        ("from" = Option<DateTime<Utc>>, Query, description = "What ends after this instant"),
        ("until" = Option<DateTime<Utc>>, Query, description = "What begins before this instant")),
    responses((status = 200, description = "A page of interventions", body = Listed<InterventionShown>)))]
pub async fn list(app: Data<App>, Signed(session): Signed, mut asked: Asked) -> Result<Answer, Problem> {
    let sought = asked.sought();
    let read = async |ask: &app::Ask| interventions::list(&app, &session, sought, ask).await;
    asked.list::<InterventionShown, _>(SORTS, read).await
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/interventions/{intervention}", tag = "statements",
    params(("intervention" = Uuid, Path)),
    responses((status = 200, description = "The intervention", body = InterventionShown)))]
pub async fn show(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<InterventionId>,
) -> Result<Answer, Problem> {
    Ok(reply::kept::<InterventionShown, _>(interventions::get(&app, &session, *id).await?))
}

/// Records that somebody worked during standby. Only what lies in a standby counts, and one time is
/// recorded once: what is known already, from their answers too, is corrected.
#[utoipa::path(post, path = "/api/v1/interventions", tag = "statements", request_body = NewIntervention,
    responses((status = 201, description = "The intervention", body = InterventionShown)))]
pub async fn add(
    app: Data<App>,
    Signed(session): Signed,
    Body(new): Body<NewIntervention>,
) -> Result<Answer, Problem> {
    let NewIntervention { person, starts_at, ends_at } = new;
    let made = interventions::add(&app, &session, person.map(PersonId), (starts_at, ends_at)).await?;
    Ok(reply::made::<InterventionShown, _>(&format!("/api/v1/interventions/{}", made.is.id), made))
}

/// Corrects from when to when an intervention was.
#[utoipa::path(put, path = "/api/v1/interventions/{intervention}", tag = "statements",
    params(("intervention" = Uuid, Path)), request_body = InterventionCorrected,
    responses((status = 200, description = "The intervention", body = InterventionShown)))]
pub async fn correct(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<InterventionId>,
    IfMatch(seen): IfMatch,
    Body(said): Body<InterventionCorrected>,
) -> Result<Answer, Problem> {
    let times = (said.starts_at, said.ends_at);
    let done = interventions::correct(&app, &session, *id, &seen, times).await;
    reply::changed::<InterventionShown, _>(done, interventions::get(&app, &session, *id)).await
}

/// Takes an intervention back.
#[utoipa::path(delete, path = "/api/v1/interventions/{intervention}", tag = "statements",
    params(("intervention" = Uuid, Path)), responses((status = 204, description = "Taken back")))]
pub async fn remove(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<InterventionId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let done = interventions::remove(&app, &session, *id, &seen).await;
    reply::removed::<InterventionShown, _>(done, interventions::get(&app, &session, *id)).await
}
