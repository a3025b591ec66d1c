//! Notices: who was told of a published rota, and that they have seen it.

use actix_web::web::{Data, Path};
use app::{Advisor, App, Planner, rota::notices};
use chrono::{DateTime, Utc};
use domain::{Language, Notice, NoticeId, RotaId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    files::staffs,
    query::{Asked, Sorts},
    reply::{self, Listed},
};
use crate::{Answer, As, reply::attached};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("told_at", "told_at")];

/// A notice, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticeShown {
    /// Its id.
    pub id: Uuid,
    /// The pool.
    pub pool: Uuid,
    /// What was published, or the rota in which something changed since.
    pub rota: Uuid,
    /// The handover it tells of, if it is one.
    pub handover: Option<Uuid>,
    /// The single change it tells of, if it is one: an open duty, a learner.
    pub change: Option<Uuid>,
    /// Who was told.
    pub person: Uuid,
    /// When.
    pub told_at: DateTime<Utc>,
    /// Whole days between that day and the day of the first duty that changed.
    pub clear_days: i32,
    /// When they first looked, if they did.
    pub seen_at: Option<DateTime<Utc>>,
    /// When they confirmed having seen it, if they did.
    pub confirmed_at: Option<DateTime<Utc>>,
}

impl From<Notice> for NoticeShown {
    fn from(notice: Notice) -> Self {
        Self {
            id: notice.id.0,
            pool: notice.pool.0,
            rota: notice.rota.0,
            handover: notice.handover.map(Into::into),
            change: notice.change.map(Into::into),
            person: notice.person.0,
            told_at: notice.told_at,
            clear_days: notice.clear_days,
            seen_at: notice.seen_at,
            confirmed_at: notice.confirmed_at,
        }
    }
}

/// What you were told.
#[utoipa::path(get, path = "/api/v1/notices", tag = "notices",
    responses((status = 200, description = "A page of notices", body = Listed<NoticeShown>)))]
pub async fn list(app: Data<App>, As(advisor): As<Advisor>, asked: Asked) -> Result<Answer, Problem> {
    asked.list::<NoticeShown, _>(SORTS, async |ask| notices::own(&app, &advisor, ask).await).await
}

/// Says that you have seen what a notice told you. Saying it twice says it once.
#[utoipa::path(post, path = "/api/v1/notices/{notice}/confirm", tag = "notices",
    params(("notice" = Uuid, Path)),
    responses((status = 200, description = "The notice", body = NoticeShown)))]
pub async fn confirm(
    app: Data<App>,
    As(advisor): As<Advisor>,
    id: Path<NoticeId>,
) -> Result<Answer, Problem> {
    Ok(reply::kept::<NoticeShown, _>(notices::confirm_one(&app, &advisor, *id).await?))
}

/// Who was told of a rota, of its publication and of what changed in it since, and who has seen it.
#[utoipa::path(get, path = "/api/v1/rotas/{rota}/notices", tag = "notices", params(("rota" = Uuid, Path)),
    responses((status = 200, description = "A page of notices", body = Listed<NoticeShown>)))]
pub async fn of_rota(
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<RotaId>,
    asked: Asked,
) -> Result<Answer, Problem> {
    asked.list::<NoticeShown, _>(SORTS, async |ask| notices::of_rota(&app, &planner, *id, ask).await).await
}

/// The same as a table, with names and the pool's own times: the proof of notice.
#[utoipa::path(get, path = "/api/v1/rotas/{rota}/proof", tag = "notices",
    params(
        ("rota" = Uuid, Path),
        ("language" = Option<super::files::HeaderLanguage>, Query, description = "Of the header")),
    responses((status = 200, description = "The file", content_type = "text/csv", body = String)))]
pub async fn proof(
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<RotaId>,
    mut asked: Asked,
) -> Result<Answer, Problem> {
    let language = asked.word("language", "en or fr", staffs).unwrap_or(Language::EN);
    asked.done()?;
    Ok(attached(notices::proof(&app, &planner, *id, language).await?))
}
