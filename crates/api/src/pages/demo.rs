//! What only the demo has: doors without signing in, and a clock one can set.

use actix_web::{
    HttpRequest,
    web::{Data, Form, Path},
};
use app::{
    App, Error, Refusal,
    account::Browser,
    demo::{self, Door, Jump},
};
use serde::Deserialize;

use super::{
    me::came_from,
    sign_in::{agent, welcomed},
};
use crate::{Answer, Problem, caller::asker, see_other};

pub(crate) async fn enter(app: Data<App>, door: Path<String>, req: HttpRequest) -> Result<Answer, Problem> {
    let door = Door::from_word(&door).ok_or(Error::NotFound("door"))?;
    let browser = Browser { agent: agent(&req), address: &asker(&app, &req) };
    Ok(welcomed(&app, &demo::enter(&app, door, browser).await?))
}

#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    to: String,
}

pub(crate) async fn set_clock(
    app: Data<App>,
    req: HttpRequest,
    form: Result<Form<Wanted>, actix_web::Error>,
) -> Result<Answer, Problem> {
    // Elsewhere the route leads nowhere, whatever is sent to it.
    demo::only_in_the_demo(&app)?;
    let form = form.map_err(|_| Problem::Unclear)?;
    let to = Jump::from_text(form.to.trim()).ok_or(Refusal::FieldIsWrong)?;
    demo::jump(&app, to).await?;
    Ok(see_other(came_from(&req, "/")))
}
