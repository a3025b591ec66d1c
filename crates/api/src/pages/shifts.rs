//! My shifts, and the secret address of the personal calendar.

use actix_web::{
    HttpRequest,
    web::{Data, Form, Query},
};
use app::{Advisor, App, Caller, rota};
use domain::{Category, NoticeId};
use serde::Deserialize;
use views::html::{forms::Filled, my_ledger, my_shifts, shell::Place};

use super::{done::Done, me::came_from};
use crate::{Answer, As, Page, Problem, html, see_other};

pub(crate) async fn show(
    page: Page,
    app: Data<App>,
    As(advisor): As<Advisor>,
    told: Query<Done>,
) -> Result<Answer, Problem> {
    shown(told.said_on(page), &app, &advisor).await
}

/// Which figure of the account is opened.
#[derive(Debug, Deserialize)]
pub(crate) struct Chosen {
    category: Option<String>,
}

pub(crate) async fn ledger(
    mut page: Page,
    app: Data<App>,
    As(advisor): As<Advisor>,
    chosen: Query<Chosen>,
) -> Result<Answer, Problem> {
    let category = chosen.category.as_deref().and_then(Category::from_word);
    let opened = rota::my_shifts::opened(&app, &advisor, category).await?;
    if let Some(pool) = advisor.pool() {
        page.reader.zone = rota::zone_of(&app, pool).await?;
    }
    let frame = page.frame(Place::Shifts).await?;
    Ok(html(my_ledger::render(&page.reader, &frame, &opened)))
}

/// One has seen what was published or changed: exactly what the page showed.
pub(crate) async fn seen(
    page: Page,
    app: Data<App>,
    As(advisor): As<Advisor>,
    req: HttpRequest,
    form: Form<Vec<(String, String)>>,
) -> Result<Answer, Problem> {
    let ids = form.iter().filter(|(name, _)| name == "notice").map(|(_, id)| id.parse::<NoticeId>());
    let ids: Vec<NoticeId> = ids.collect::<Result<_, _>>().map_err(|_| Problem::Unclear)?;
    rota::notices::confirm(&app, &advisor, &ids).await?;
    back(page, &app, &advisor, &req).await
}

pub(crate) async fn make_feed(
    page: Page,
    app: Data<App>,
    As(advisor): As<Advisor>,
    req: HttpRequest,
) -> Result<Answer, Problem> {
    rota::feed::make_feed(&app, &advisor).await?;
    back(page, &app, &advisor, &req).await
}

pub(crate) async fn revoke_feed(
    page: Page,
    app: Data<App>,
    As(advisor): As<Advisor>,
    req: HttpRequest,
) -> Result<Answer, Problem> {
    rota::feed::revoke_feed(&app, &advisor).await?;
    back(page, &app, &advisor, &req).await
}

/// To the page the form was sent from: the address stands on two.
async fn back(
    page: Page,
    app: &App,
    advisor: &Caller<Advisor>,
    req: &HttpRequest,
) -> Result<Answer, Problem> {
    let from = came_from(req, "/shifts");
    if req.headers().contains_key("x-fragment") && from.starts_with("/shifts") {
        return shown(page, app, advisor).await;
    }
    Ok(see_other(from))
}

pub(super) async fn shown(page: Page, app: &App, advisor: &Caller<Advisor>) -> Result<Answer, Problem> {
    with_outside(page, app, advisor, Filled::default()).await
}

/// The page with the form of hours outside as it was sent.
pub(super) async fn with_outside(
    mut page: Page,
    app: &App,
    advisor: &Caller<Advisor>,
    filled: Filled,
) -> Result<Answer, Problem> {
    let mut model = rota::my_shifts::my_shifts(app, advisor).await?;
    model.outside.filled = filled;
    if let Some(pool) = advisor.pool() {
        page.reader.zone = rota::zone_of(app, pool).await?;
    }
    let frame = page.frame(Place::Shifts).await?;
    Ok(html(my_shifts::render(&page.reader, &frame, &model)))
}
