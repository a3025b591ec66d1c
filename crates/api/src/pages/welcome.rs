//! `/`: in the demo four doors; else one's own first page.

use actix_web::web::Data;
use app::{App, demo};
use views::html::{
    components::Face,
    shell::Place,
    welcome::{self, Model},
};

use crate::{Answer, Page, Problem, html, see_other};

pub(crate) async fn show(page: Page, app: Data<App>) -> Result<Answer, Problem> {
    if !app.settings.demo {
        return Ok(see_other(if page.session().is_some() { page.home() } else { "/sign-in" }));
    }
    let doors = demo::doors(&app).await?;
    let face = |resident: &demo::Resident| {
        Face::of(&resident.person, &resident.organisation.name, resident.organisation.colour)
    };
    let visited = &doors.manager.organisation;
    let model = Model {
        region: doors.pool.name.clone(),
        offices: doors.offices,
        planner: face(&doors.planner),
        advisor: face(&doors.advisor),
        manager: face(&doors.manager),
        visited: (visited.name.clone(), visited.slug.clone()),
    };
    let frame = page.frame(Place::Welcome).await?;
    Ok(html(welcome::render(&page.reader, &frame, &model)))
}
