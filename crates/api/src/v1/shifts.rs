//! Shifts: published duties, to be read. They change when a rota is published.

use actix_web::web::{Data, Path};
use app::{
    Anybody, App,
    rota::shifts::{self, Which},
};
use chrono::{DateTime, Utc};
use domain::{Shift, ShiftId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    query::{Asked, Sorts},
    reply::{self, Listed},
    words::{DutyKindName, RungName},
};
use crate::{Answer, As};

/// How the list may be sorted.
pub const SORTS: Sorts =
    &[("starts_at", "starts_at"), ("ends_at", "ends_at"), ("changed_at", "changed_at"), ("created", "id")];

/// A published duty, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShiftShown {
    /// Its id, which stays the same while it is changed.
    pub id: Uuid,
    /// The pool that watches.
    pub pool: Uuid,
    /// The need it fills.
    pub need: Uuid,
    /// Who is on.
    pub person: Uuid,
    /// In which order people are asked.
    pub rung: RungName,
    /// What the hours are in law.
    pub kind: DutyKindName,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when, excluded.
    pub ends_at: DateTime<Utc>,
    /// How often it was changed since it was published (RFC 5545 SEQUENCE).
    pub sequence: u32,
    /// When it was last changed.
    pub changed_at: DateTime<Utc>,
    /// When it was cancelled; null while it stands.
    pub cancelled_at: Option<DateTime<Utc>>,
}

impl From<Shift> for ShiftShown {
    fn from(shift: Shift) -> Self {
        Self {
            id: shift.id.0,
            pool: shift.pool.0,
            need: shift.need.0,
            person: shift.person.0,
            rung: RungName(shift.rung),
            kind: DutyKindName(shift.kind),
            starts_at: shift.span.start(),
            ends_at: shift.span.end(),
            sequence: shift.sequence,
            changed_at: shift.changed_at,
            cancelled_at: shift.cancelled_at,
        }
    }
}

/// The published duties of the pools your organisation organises or is a member of.
#[utoipa::path(get, path = "/api/v1/shifts", tag = "shifts",
    params(
        ("pool" = Option<Uuid>, Query, description = "Of this pool alone"),
        ("person" = Option<Uuid>, Query, description = "Of this person alone"),
        ("from" = Option<DateTime<Utc>>, Query, description = "Those that end after this instant"),
        ("until" = Option<DateTime<Utc>>, Query, description = "Those that start before this instant"),
        ("cancelled" = Option<bool>, Query, description = "Cancelled ones too")),
    responses((status = 200, description = "A page of shifts", body = Listed<ShiftShown>)))]
pub async fn list(app: Data<App>, As(anybody): As<Anybody>, mut asked: Asked) -> Result<Answer, Problem> {
    let which = Which {
        pool: asked.id("pool"),
        person: asked.id("person"),
        from: asked.instant("from"),
        until: asked.instant("until"),
        cancelled: asked.yes("cancelled").unwrap_or(false),
    };
    asked.list::<ShiftShown, _>(SORTS, async |ask| shifts::list(&app, &anybody, &which, ask).await).await
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/shifts/{shift}", tag = "shifts", params(("shift" = Uuid, Path)),
    responses((status = 200, description = "The shift", body = ShiftShown)))]
pub async fn show(app: Data<App>, As(anybody): As<Anybody>, id: Path<ShiftId>) -> Result<Answer, Problem> {
    Ok(reply::kept::<ShiftShown, _>(shifts::get(&app, &anybody, *id).await?))
}
