//! Acceptances: what the law lets a named person accept, and the reason they gave.

use actix_web::web::Data;
use app::{App, Planner, rota::accepted};
use chrono::{DateTime, Utc};
use domain::Acceptance;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    comparison::FindingShown,
    query::{Asked, Sorts},
    reply::Listed,
};
use crate::{Answer, As};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id")];

/// A finding that somebody accepted.
#[derive(Debug, Serialize, ToSchema)]
pub struct AcceptanceShown {
    /// Its id.
    pub id: Uuid,
    /// The publication it was accepted for; of a handover, the rota its duty stands in.
    pub rota: Uuid,
    /// The handover, if it was one.
    pub handover: Option<Uuid>,
    /// What was found.
    pub finding: FindingShown,
    /// Why it was accepted.
    pub reason: String,
    /// Who accepted it.
    pub accepted_by: Uuid,
    /// When.
    pub accepted_at: DateTime<Utc>,
}

impl From<Acceptance> for AcceptanceShown {
    fn from(one: Acceptance) -> Self {
        Self {
            id: one.id.0,
            rota: one.rota.0,
            handover: one.handover.map(Into::into),
            finding: one.finding.into(),
            reason: one.reason,
            accepted_by: one.by.0,
            accepted_at: one.at,
        }
    }
}

/// What was accepted in the rotas of your pool, with the reasons.
#[utoipa::path(get, path = "/api/v1/acceptances", tag = "rotas",
    params(("rota" = Option<Uuid>, Query, description = "Of this rota alone")),
    responses((status = 200, description = "A page of acceptances", body = Listed<AcceptanceShown>)))]
pub async fn list(app: Data<App>, As(planner): As<Planner>, mut asked: Asked) -> Result<Answer, Problem> {
    let rota = asked.id("rota");
    asked.list::<AcceptanceShown, _>(SORTS, async |ask| accepted::list(&app, &planner, rota, ask).await).await
}
