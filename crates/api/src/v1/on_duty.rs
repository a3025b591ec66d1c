//! Who is on duty: the question a wall display, a telephone exchange or a web page asks all day.

use actix_web::web::Data;
use app::{
    Anybody, App,
    rota::on_duty::{self, Duty, Watch, Whose},
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    query::Asked,
    reply,
    words::{DutyKindName, RungName},
};
use crate::{Answer, As};

/// Who watches at an instant.
#[derive(Debug, Serialize, ToSchema)]
pub struct WatchShown {
    /// The instant.
    pub at: DateTime<Utc>,
    /// Until then nobody comes or goes, unless somebody publishes; a day after `at` at most. Ask again then.
    pub good_until: DateTime<Utc>,
    /// Who is on duty, leads first; empty while nobody is.
    pub items: Vec<DutyShown>,
}

/// Somebody on duty.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyShown {
    /// The shift.
    pub shift: Uuid,
    /// The pool that watches.
    pub pool: Uuid,
    /// Who is on.
    pub person: Uuid,
    /// Their given name, which visitors read too; null where it is not yours to know.
    pub given_name: Option<String>,
    /// Who is asked first.
    pub rung: RungName,
    /// What the hours are in law.
    pub kind: DutyKindName,
    /// Since when.
    pub starts_at: DateTime<Utc>,
    /// Until when, excluded.
    pub ends_at: DateTime<Utc>,
}

impl From<Watch> for WatchShown {
    fn from(watch: Watch) -> Self {
        let items = watch.duties.into_iter().map(DutyShown::from).collect();
        Self { at: watch.at, good_until: watch.holds_until, items }
    }
}

impl From<Duty> for DutyShown {
    fn from(Duty { shift, given_name }: Duty) -> Self {
        Self {
            shift: shift.id.0,
            pool: shift.pool.0,
            person: shift.person.0,
            given_name,
            rung: RungName(shift.rung),
            kind: DutyKindName(shift.kind),
            starts_at: shift.span.start(),
            ends_at: shift.span.end(),
        }
    }
}

/// Who is on duty now, in the pools your organisation organises or is a member of.
#[utoipa::path(get, path = "/api/v1/on-duty", tag = "shifts",
    params(
        ("pool" = Option<Uuid>, Query, description = "In this pool alone"),
        ("office" = Option<Uuid>, Query,
            description = "For this office alone: nobody outside the hours it bought"),
        ("at" = Option<DateTime<Utc>>, Query, description = "At this instant instead of now")),
    responses((status = 200, description = "Who is on, and until when that holds", body = WatchShown)))]
pub async fn show(app: Data<App>, As(anybody): As<Anybody>, mut asked: Asked) -> Result<Answer, Problem> {
    let whose = Whose { pool: asked.id("pool"), office: asked.id("office"), at: asked.instant("at") };
    asked.done()?;
    Ok(reply::one(&WatchShown::from(on_duty::on_duty(&app, &anybody, whose).await?)))
}
