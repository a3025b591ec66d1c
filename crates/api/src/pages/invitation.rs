//! Following the link of an invitation, and accepting it.

use actix_web::{
    HttpRequest,
    web::{Data, Path},
};
use app::{
    App, Error, Refusal,
    account::{Browser, join},
};
use views::html::{invitation as view, shell::Place};

use super::sign_in::{agent, welcomed};
use crate::{Answer, Page, Problem, caller::asker, html};

pub(crate) async fn show(page: Page, app: Data<App>, token: Path<String>) -> Result<Answer, Problem> {
    shown(page, &app, &token).await
}

pub(crate) async fn accept(
    page: Page,
    app: Data<App>,
    token: Path<String>,
    req: HttpRequest,
) -> Result<Answer, Problem> {
    let browser = Browser { agent: agent(&req), address: &asker(&app, &req) };
    match join::accept(&app, &token, browser).await {
        Ok(tokens) => Ok(welcomed(&app, &tokens)),
        Err(Error::Refused(Refusal::InvitationIsSpent)) => {
            let mut answer = shown(page, &app, &token).await?;
            *answer.status_mut() = actix_web::http::StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
        Err(other) => Err(other.into()),
    }
}

async fn shown(mut page: Page, app: &App, token: &str) -> Result<Answer, Problem> {
    let invited = join::look(app, token).await?;
    if page.session().is_none() {
        page.reader.language = invited.language;
    }
    let model = view::Model {
        token: invited.good.then(|| token.to_owned()),
        organisation: invited.organisation,
        roles: invited.roles,
        given_name: invited.given_name,
        email: invited.email,
    };
    let frame = page.frame(Place::Invitation).await?;
    Ok(html(view::render(&page.reader, &frame, &model)))
}
