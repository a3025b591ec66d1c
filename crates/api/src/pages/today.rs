//! Today: who is on now, and what needs the planner.

use actix_web::web::{Data, Query};
use app::{App, Caller, Planner, rota};
use views::html::today;

use super::done::Done;
use crate::{Answer, As, Page, Problem, html, see_other};

pub(crate) async fn show(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    told: Query<Done>,
) -> Result<Answer, Problem> {
    shown(told.said_on(page), &app, &planner).await
}

pub(super) async fn shown(mut page: Page, app: &App, planner: &Caller<Planner>) -> Result<Answer, Problem> {
    // A new board begins by making its pool.
    let Some(pool) = planner.pool() else { return Ok(see_other("/pool")) };
    let mut model = rota::today::today(app, planner, pool).await?;
    page.reader.zone = rota::zone_of(app, pool).await?;
    // A planner is told that somebody waits, never who.
    for waiting in &mut model.waiting {
        waiting.visitor = page.reader.words().say("inbox-visitor");
    }
    let frame = page.frame_of_today(&model).await?;
    Ok(html(today::render(&page.reader, &frame, &model)))
}
