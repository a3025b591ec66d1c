//! What only the demo has: doors without signing in, and a clock one can set.

use actix_web::{
    HttpRequest,
    web::{Data, Form, Path, ServiceConfig, post},
};
use app::{
    App, Error, Refusal,
    demo::{self, Door, Jump},
};
use serde::Deserialize;

use super::{
    me::came_from,
    sign_in::{agent, welcomed},
};
use crate::{Answer, Problem, see_other};

/// The routes. In a real house they lead nowhere.
pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/demo/enter/{door}", post().to(enter)).route("/demo/clock", post().to(set_clock));
}

async fn enter(app: Data<App>, door: Path<String>, req: HttpRequest) -> Result<Answer, Problem> {
    let door = Door::from_word(&door).ok_or(Error::NotFound("door"))?;
    Ok(welcomed(&app, &demo::enter(&app, door, agent(&req)).await?))
}

#[derive(Debug, Deserialize)]
struct Wanted {
    to: String,
}

async fn set_clock(app: Data<App>, req: HttpRequest, form: Form<Wanted>) -> Result<Answer, Problem> {
    let to = Jump::from_text(form.to.trim()).ok_or(Refusal::FieldIsWrong)?;
    demo::jump(&app, to).await?;
    Ok(see_other(came_from(&req, "/")))
}
