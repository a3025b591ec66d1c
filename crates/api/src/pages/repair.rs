//! Mending a draft: what would be done, and doing it.

use actix_web::{
    http::StatusCode,
    web::{Data, Form, Path},
};
use app::{App, Caller, Error, Planner, Refusal, kept::Seen, rota as verbs};
use domain::RotaId;
use serde::Deserialize;
use views::html::{
    repair,
    shell::{Place, Toast},
};

use crate::{Answer, As, Page, Problem, html, see_other};

pub(crate) async fn show(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<RotaId>,
) -> Result<Answer, Problem> {
    shown(page, &app, &planner, *id).await
}

async fn shown(mut page: Page, app: &App, planner: &Caller<Planner>, id: RotaId) -> Result<Answer, Problem> {
    let model = verbs::repair::shown(app, planner, id).await?;
    page.reader.zone = verbs::zone_of_rota(app, planner, id).await?;
    let frame = page.frame(Place::Compare).await?;
    Ok(html(repair::render(&page.reader, &frame, &model)))
}

/// What somebody saw who wishes it done.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    seen: String,
}

pub(crate) async fn repair(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    id: Path<RotaId>,
    form: Form<Asked>,
) -> Result<Answer, Problem> {
    let seen = Seen::Tags(vec![form.into_inner().seen]);
    match verbs::repair::repair(&app, &planner, *id, &seen).await {
        Ok(Some(change)) => Ok(see_other(format!("/rota/{}?mended={change}", *id))),
        Ok(None) => Ok(see_other(format!("/rota/{}", *id))),
        // What would be done now, with a word why it was not.
        Err(Error::Stale) => {
            let text = repair::overtaken_words(&page.reader);
            let page = page.with_toast(Toast { text, undo: None });
            let mut answer = shown(page, &app, &planner, *id).await?;
            *answer.status_mut() = StatusCode::CONFLICT;
            Ok(answer)
        }
        // The page says which rule.
        Err(Error::Refused(Refusal::RuleForbids)) => Ok(see_other(format!("/rota/{}/repair", *id))),
        Err(other) => Err(other.into()),
    }
}
