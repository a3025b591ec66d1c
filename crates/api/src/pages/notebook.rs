//! The notebook: facts to read, add, and find still true.

use actix_web::{
    HttpRequest,
    web::{Data, Form, Path, Query},
};
use app::{
    Advisor, App, Refusal, Session,
    desk::{self, NewNote},
};
use domain::{Language, NoteId};
use serde::Deserialize;
use views::html::{notebook as view, shell::Place};

use super::{inbox::watcher, me::came_from};
use crate::{Answer, As, Page, Problem, Signed, html, see_other};

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Sought {
    #[serde(default)]
    office: String,
    #[serde(default)]
    q: String,
}

pub(crate) async fn show(
    page: Page,
    app: Data<App>,
    Signed(session): Signed,
    sought: Query<Sought>,
) -> Result<Answer, Problem> {
    shown(&page, &app, &session, &sought).await
}

async fn shown(page: &Page, app: &App, session: &Session, sought: &Sought) -> Result<Answer, Problem> {
    let office = Some(sought.office.as_str()).filter(|slug| !slug.is_empty());
    let model = desk::notebook(app, watcher(session)?, office, &sought.q).await?;
    let frame = page.frame(Place::Notebook).await?;
    Ok(html(view::render(&page.reader, &frame, &model)))
}

#[derive(Debug, Deserialize)]
pub(crate) struct Written {
    office: String,
    title: String,
    body: String,
    language: String,
    #[serde(default)]
    team_only: bool,
}

pub(crate) async fn add(
    page: Page,
    app: Data<App>,
    Signed(session): Signed,
    As(caller): As<Advisor>,
    req: HttpRequest,
    form: Form<Written>,
) -> Result<Answer, Problem> {
    let form = form.into_inner();
    let new = NewNote {
        language: Language::parse(&form.language).ok_or(Refusal::FieldIsWrong)?,
        office: form.office,
        title: form.title,
        body: form.body,
        team_only: form.team_only,
    };
    desk::add_note(&app, &caller, &new).await?;
    if req.headers().contains_key("x-fragment") {
        return shown(&page, &app, &session, &Sought { office: new.office, q: String::new() }).await;
    }
    Ok(see_other(format!("/notebook?office={}", new.office)))
}

pub(crate) async fn checked(
    page: Page,
    app: Data<App>,
    Signed(session): Signed,
    As(caller): As<Advisor>,
    req: HttpRequest,
    note: Path<NoteId>,
) -> Result<Answer, Problem> {
    desk::check_note(&app, &caller, *note).await?;
    if req.headers().contains_key("x-fragment") {
        return shown(&page, &app, &session, &Sought::default()).await;
    }
    Ok(see_other(came_from(&req, "/notebook")))
}
