//! Learners beside the leads of a rota: added, and taken off.

use actix_web::{
    HttpRequest,
    http::StatusCode,
    web::{Data, Form, Path},
};
use app::{
    App, Planner,
    kept::Seen,
    rota::handovers::learners::{self, Beside},
};
use domain::{AssignmentId, PersonId, RotaId};
use serde::Deserialize;
use views::html::shell::Toast;

use super::{handovers::sentence, me::came_from, rota};
use crate::{Answer, As, Page, Problem, see_other};

#[derive(Debug, Deserialize)]
pub(crate) struct Added {
    assignment: AssignmentId,
    person: PersonId,
}

pub(crate) async fn add(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    req: HttpRequest,
    id: Path<RotaId>,
    form: Form<Added>,
) -> Result<Answer, Problem> {
    match learners::add(&app, &planner, *id, form.assignment, form.person).await? {
        Beside::Done(_) => Ok(back(&req, *id)),
        Beside::Refused(reasons) => {
            let text = sentence(&page, &reasons);
            let page = page.with_toast(Toast { text, undo: None });
            let mut answer = rota::board(page, &app, &planner, *id, &rota::shown_before(&req)).await?;
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
    }
}

pub(crate) async fn remove(
    app: Data<App>,
    As(planner): As<Planner>,
    req: HttpRequest,
    path: Path<(RotaId, AssignmentId)>,
) -> Result<Answer, Problem> {
    let (rota, place) = path.into_inner();
    learners::remove(&app, &planner, rota, place, &Seen::Any).await?;
    Ok(back(&req, rota))
}

/// To the days of the board that were shown.
fn back(req: &HttpRequest, rota: RotaId) -> Answer {
    see_other(came_from(req, &format!("/rota/{rota}")))
}
