//! Jobs that were given up, for whoever runs the service: an operator, with the access token of their
//! session or with a token of theirs.

use actix_web::web::{Data, Path};
use app::{
    App, Ask,
    jobs::dead::{self, StoredJob},
};
use chrono::{DateTime, Utc};
use domain::JobId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    query::{Asked, Sorts},
    reply::{self, Listed},
};
use crate::{Answer, caller::AsOperator};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("ended_at", "ended_at")];

/// A job that was given up. What it carries is not shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct JobShown {
    /// Its id.
    pub id: Uuid,
    /// What to do, as a word.
    pub kind: String,
    /// What makes it the same job.
    pub key: String,
    /// How often it was begun.
    pub attempts: u32,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When it was given up.
    pub ended_at: Option<DateTime<Utc>>,
}

impl From<StoredJob> for JobShown {
    fn from(job: StoredJob) -> Self {
        Self {
            id: job.id.0,
            kind: job.kind,
            key: job.key,
            attempts: job.attempts,
            last_error: job.last_error,
            created_at: job.created_at,
            ended_at: job.ended_at,
        }
    }
}

/// The jobs that were given up: they wait until somebody decides.
#[utoipa::path(get, path = "/api/v1/jobs", tag = "jobs",
    params(("kind" = Option<String>, Query, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
        description = "Of this kind alone, such as deliver")),
    responses((status = 200, description = "A page of jobs", body = Listed<JobShown>)))]
pub async fn list(
    app: Data<App>,
    AsOperator(operator): AsOperator,
    mut asked: Asked,
) -> Result<Answer, Problem> {
    let kind = asked.take::<String>("kind", "a word");
    let list = async |ask: &Ask| dead::list(&app, &operator, kind.as_deref(), ask).await;
    asked.list::<JobShown, _>(SORTS, list).await
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/jobs/{job}", tag = "jobs", params(("job" = Uuid, Path)),
    responses((status = 200, description = "The job", body = JobShown)))]
pub async fn show(
    app: Data<App>,
    AsOperator(operator): AsOperator,
    job: Path<JobId>,
) -> Result<Answer, Problem> {
    Ok(reply::one(&JobShown::from(dead::get(&app, &operator, *job).await?)))
}

/// Tries a job again from the start. It is not given up any more, so it is not found here then.
#[utoipa::path(post, path = "/api/v1/jobs/{job}/replay", tag = "jobs", params(("job" = Uuid, Path)),
    responses((status = 204, description = "It is tried again")))]
pub async fn replay(
    app: Data<App>,
    AsOperator(operator): AsOperator,
    job: Path<JobId>,
) -> Result<Answer, Problem> {
    dead::replay(&app, &operator, *job).await?;
    Ok(reply::gone())
}
