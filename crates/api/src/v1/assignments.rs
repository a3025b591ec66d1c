//! Assignments: the places of a rota. Somebody is put in one, it is opened, pinned, or let go.

use actix_web::web::{Data, Path};
use app::{
    App, Ask, Planner,
    rota::{
        change::{self, Put, Wanted},
        read::{self, Which},
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{Assignment, AssignmentId, PersonId, RotaId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    comparison::said,
    problem::Faulty,
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
    skills,
    time::{Spoken, spoken},
    words::{ChannelName, RungName},
};
use crate::{Answer, As};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("starts_at", "starts_at"), ("created", "id")];

/// A place of a rota, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignmentShown {
    /// Its id.
    pub id: Uuid,
    /// The rota it stands in.
    pub rota: Uuid,
    /// The need it fills.
    pub need: Uuid,
    /// The day it begins on, in the pool's zone.
    pub day: NaiveDate,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when, excluded.
    pub ends_at: DateTime<Utc>,
    /// In which order people are asked.
    pub rung: RungName,
    /// Languages that whoever stands in it must speak, at these levels at least where one is said.
    pub languages: Vec<Spoken>,
    /// Destinations it asks for, by the office that looks after each.
    pub destinations: Vec<Uuid>,
    /// Channels it asks for.
    pub channels: Vec<ChannelName>,
    /// Who stands in it; null while nobody does.
    pub person: Option<Uuid>,
    /// Whether a new build leaves it as it is.
    pub pinned: bool,
}

input! {
    /// A place as it shall be from now on.
    pub struct ChangedAssignment {
        /// Who stands in it; null opens it.
        pub person: Option<Uuid>,
        /// Whether a new build leaves it as it is.
        pub pinned: bool,
    }
}

impl From<Assignment> for AssignmentShown {
    fn from(place: Assignment) -> Self {
        let slot = place.slot;
        Self {
            id: place.id.0,
            rota: place.rota.0,
            need: slot.need.0,
            day: slot.day,
            starts_at: slot.span.start(),
            ends_at: slot.span.end(),
            rung: RungName(slot.rung),
            languages: spoken(&slot.skills, &slot.languages),
            destinations: skills::ids(&slot.skills.destinations),
            channels: skills::names(&slot.skills.channels),
            person: place.person.map(|person| person.0),
            pinned: place.pinned,
        }
    }
}

/// The places of a rota, as it plans them. What became of a published one is told by its shifts.
#[utoipa::path(get, path = "/api/v1/rotas/{rota}/assignments", tag = "assignments",
    params(
        ("rota" = Uuid, Path),
        ("person" = Option<Uuid>, Query, description = "Those this person stands in"),
        ("open" = Option<bool>, Query, description = "Those nobody stands in, or those somebody does")),
    responses((status = 200, description = "A page of places", body = Listed<AssignmentShown>)))]
pub async fn list(
    app: Data<App>,
    As(planner): As<Planner>,
    rota: Path<RotaId>,
    mut asked: Asked,
) -> Result<Answer, Problem> {
    let which = Which { person: asked.id("person"), open: asked.yes("open") };
    let list = async |ask: &Ask| read::places(&app, &planner, *rota, &which, ask).await;
    asked.list::<AssignmentShown, _>(SORTS, list).await
}

/// One place of a rota.
#[utoipa::path(get, path = "/api/v1/rotas/{rota}/assignments/{assignment}", tag = "assignments",
    params(("rota" = Uuid, Path), ("assignment" = Uuid, Path)),
    responses((status = 200, description = "The place", body = AssignmentShown)))]
pub async fn show(
    app: Data<App>,
    As(planner): As<Planner>,
    path: Path<(RotaId, AssignmentId)>,
) -> Result<Answer, Problem> {
    let (rota, id) = path.into_inner();
    Ok(reply::kept::<AssignmentShown, _>(read::place(&app, &planner, rota, id).await?))
}

/// Puts somebody in a place of a draft or opens it, pins it or lets it go. What the law, an absence or a
/// "can't" forbids is refused (409) with its reasons; the place then stays as it was.
#[utoipa::path(put, path = "/api/v1/rotas/{rota}/assignments/{assignment}", tag = "assignments",
    params(("rota" = Uuid, Path), ("assignment" = Uuid, Path)), request_body = ChangedAssignment,
    responses((status = 200, description = "The place", body = AssignmentShown)))]
pub async fn change(
    app: Data<App>,
    As(planner): As<Planner>,
    path: Path<(RotaId, AssignmentId)>,
    IfMatch(seen): IfMatch,
    Body(body): Body<ChangedAssignment>,
) -> Result<Answer, Problem> {
    let (rota, id) = path.into_inner();
    let wanted = Wanted { person: body.person.map(PersonId), pinned: body.pinned };
    let done = match change::put(&app, &planner, rota, id, &seen, wanted).await {
        Ok(Put::Refused(findings)) => {
            let reasons = findings.iter().map(|finding| Faulty::at("/person", said(finding))).collect();
            return Err(Problem::conflict(
                "Rules forbid it: see `errors`, and choose somebody else.",
                reasons,
            ));
        }
        Ok(Put::Done(place)) => Ok(place),
        Err(error) => Err(error),
    };
    reply::changed::<AssignmentShown, _>(done, read::place(&app, &planner, rota, id)).await
}
