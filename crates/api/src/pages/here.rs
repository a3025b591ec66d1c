//! Signs of life of people at the desk.

use actix_web::web::{Data, Form, ServiceConfig, post};
use app::{Advisor, App, desk};
use serde::Deserialize;

use crate::{Answer, As, Problem, reply};

/// The routes.
pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/here", post().to(here));
}

#[derive(Debug, Deserialize)]
struct Sign {
    away: Option<bool>,
}

async fn here(app: Data<App>, As(caller): As<Advisor>, form: Form<Sign>) -> Result<Answer, Problem> {
    desk::here(&app, &caller, form.away).await?;
    Ok(reply::nothing())
}
