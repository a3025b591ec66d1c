//! Absences: when somebody is away. Why is shown to them and their employer alone.

use actix_web::web::{Data, Path};
use app::{
    App,
    rota::absences::{self, Said, Whole},
};
use chrono::{DateTime, Utc};
use domain::{AbsenceId, PersonId};
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
pub const SORTS: Sorts = &[("created", "id"), ("starts_at", "starts_at"), ("ends_at", "ends_at")];

/// An absence, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct AbsenceShown {
    /// Its id.
    pub id: Uuid,
    /// Who is away.
    pub person: Uuid,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when, excluded.
    pub ends_at: DateTime<Utc>,
    /// Why, if it was said and is yours to know.
    pub reason: Option<String>,
}

input! {
    /// An absence to be added.
    pub struct NewAbsence {
        /// Who is away; you, if nobody is named. A manager or planner names somebody on their staff.
        pub person: Option<Uuid>,
        /// From when.
        pub starts_at: DateTime<Utc>,
        /// Until when, excluded.
        pub ends_at: DateTime<Utc>,
        /// Why, for the person and their employer alone.
        #[schema(max_length = 500)]
        pub reason: Option<String>,
    }
}

input! {
    /// An absence as it shall be from now on.
    pub struct ChangedAbsence {
        /// From when.
        pub starts_at: DateTime<Utc>,
        /// Until when, excluded.
        pub ends_at: DateTime<Utc>,
        /// Why, for the person and their employer alone; null forgets it.
        #[schema(max_length = 500)]
        pub reason: Option<String>,
    }
}

impl From<Whole> for AbsenceShown {
    fn from(Whole { absence, reason }: Whole) -> Self {
        Self {
            id: absence.id.0,
            person: absence.person.0,
            starts_at: absence.span.start(),
            ends_at: absence.span.end(),
            reason,
        }
    }
}

/// Your own absences, if you are an advisor; those of your staff, if you are a manager or planner.
#[utoipa::path(get, path = "/api/v1/absences", tag = "absences",
    params(("person" = Option<Uuid>, Query, description = "Of this person alone"),
        ("from" = Option<DateTime<Utc>>, Query, description = "What ends after this instant"),
        ("until" = Option<DateTime<Utc>>, Query, description = "What begins before this instant")),
    responses((status = 200, description = "A page of absences", body = Listed<AbsenceShown>)))]
pub async fn list(app: Data<App>, Signed(session): Signed, mut asked: Asked) -> Result<Answer, Problem> {
    let sought = asked.sought();
    asked.list::<AbsenceShown, _>(SORTS, async |ask| absences::list(&app, &session, sought, ask).await).await
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/absences/{absence}", tag = "absences", params(("absence" = Uuid, Path)),
    responses((status = 200, description = "The absence", body = AbsenceShown)))]
pub async fn show(app: Data<App>, Signed(session): Signed, id: Path<AbsenceId>) -> Result<Answer, Problem> {
    Ok(reply::kept::<AbsenceShown, _>(absences::get(&app, &session, *id).await?))
}

/// Says that somebody is away.
#[utoipa::path(post, path = "/api/v1/absences", tag = "absences", request_body = NewAbsence,
    responses((status = 201, description = "The absence", body = AbsenceShown)))]
pub async fn add(
    app: Data<App>,
    Signed(session): Signed,
    Body(new): Body<NewAbsence>,
) -> Result<Answer, Problem> {
    let NewAbsence { person, starts_at, ends_at, reason } = new;
    let said = Said { starts_at, ends_at, reason };
    let made = absences::add(&app, &session, person.map(PersonId), said).await?;
    Ok(reply::made::<AbsenceShown, _>(&format!("/api/v1/absences/{}", made.is.absence.id), made))
}

/// Changes when somebody is away, and why.
#[utoipa::path(put, path = "/api/v1/absences/{absence}", tag = "absences", params(("absence" = Uuid, Path)),
    request_body = ChangedAbsence,
    responses((status = 200, description = "The absence", body = AbsenceShown)))]
pub async fn change(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<AbsenceId>,
    IfMatch(seen): IfMatch,
    Body(body): Body<ChangedAbsence>,
) -> Result<Answer, Problem> {
    let ChangedAbsence { starts_at, ends_at, reason } = body;
    let said = Said { starts_at, ends_at, reason };
    let done = absences::change(&app, &session, *id, &seen, said).await;
    reply::changed::<AbsenceShown, _>(done, absences::get(&app, &session, *id)).await
}

/// Takes back that somebody is away.
#[utoipa::path(delete, path = "/api/v1/absences/{absence}", tag = "absences",
    params(("absence" = Uuid, Path)), responses((status = 204, description = "Taken back")))]
pub async fn remove(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<AbsenceId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let done = absences::remove(&app, &session, *id, &seen).await;
    reply::removed::<AbsenceShown, _>(done, absences::get(&app, &session, *id)).await
}
