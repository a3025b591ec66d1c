//! Signs of life of people at the desk.

use actix_web::web::{Data, Form};
use app::{Advisor, App, desk};
use serde::Deserialize;

use crate::{Answer, As, Problem, reply};

#[derive(Debug, Deserialize)]
pub(crate) struct Sign {
    away: Option<bool>,
}

pub(crate) async fn here(
    app: Data<App>,
    As(caller): As<Advisor>,
    form: Form<Sign>,
) -> Result<Answer, Problem> {
    desk::here(&app, &caller, form.away).await?;
    Ok(reply::nothing())
}
