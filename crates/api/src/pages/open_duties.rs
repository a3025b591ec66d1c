//! Open duties: an advisor takes one, the planner has a word, and it is given back.

use actix_web::{
    http::StatusCode,
    web::{Data, Path},
};
use app::{
    Advisor, App, Error, Planner,
    kept::Seen,
    rota::handovers::{
        Hand,
        open::take::{self, Taken},
    },
};
use domain::{AssignmentId, TakingId};
use views::html::{problem::refused as refusal_words, shell::Toast};

use super::{
    done::done,
    handovers::{on_shifts, sentence},
    today,
};
use crate::{Answer, As, Page, Problem, problem::said};

pub(crate) async fn take(
    page: Page,
    app: Data<App>,
    As(advisor): As<Advisor>,
    id: Path<AssignmentId>,
) -> Result<Answer, Problem> {
    match take::take(&app, &Hand::from(&advisor), *id).await {
        Ok(Taken::Done(_)) => Ok(done("/shifts", "taken")),
        Ok(Taken::Refused(reasons)) => {
            let text = sentence(&page, &reasons);
            on_shifts(page, &app, &advisor, text, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        // Whoever came second is told so where they stand.
        Err(Error::Refused(refusal)) => {
            let text = refusal_words(&page.reader, said(refusal));
            on_shifts(page, &app, &advisor, text, StatusCode::CONFLICT).await
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn give_back(
    page: Page,
    app: Data<App>,
    As(advisor): As<Advisor>,
    id: Path<TakingId>,
) -> Result<Answer, Problem> {
    match take::give_back(&app, &Hand::from(&advisor), *id, &Seen::Any).await {
        Ok(_) => Ok(done("/shifts", "taken-back")),
        Err(Error::Refused(refusal)) => {
            let text = refusal_words(&page.reader, said(refusal));
            on_shifts(page, &app, &advisor, text, StatusCode::CONFLICT).await
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn approve(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<TakingId>,
) -> Result<Answer, Problem> {
    match take::approve(&app, &Hand::from(&planner), *id, &Seen::Any).await? {
        Taken::Done(_) => Ok(done("/today", "handed-over")),
        Taken::Refused(reasons) => {
            let text = sentence(&page, &reasons);
            let page = page.with_toast(Toast { text, undo: None });
            let mut answer = today::shown(page, &app, &planner).await?;
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
    }
}

pub(crate) async fn refuse(
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<TakingId>,
) -> Result<Answer, Problem> {
    take::refuse(&app, &Hand::from(&planner), *id, &Seen::Any).await?;
    Ok(done("/today", "refused"))
}
