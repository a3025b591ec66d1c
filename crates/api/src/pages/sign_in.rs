//! Signing in by a code, and signing out.

use actix_web::{
    HttpMessage, HttpRequest,
    http::{StatusCode, header},
    web::{Data, Form},
};
use app::{
    App, Error, Refusal,
    account::{Asker, refresh, sign_in},
};
use serde::Deserialize;
use views::html::{
    shell::Place,
    sign_in::{self as view, Model, Refusal as Said},
};

use crate::{Answer, Page, Problem, Signed, caller::asker, cookies, html, see_other, visit::Visit};

#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    email: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Entered {
    email: String,
    code: String,
}

/// The address is asked for; whoever is signed in is at home already.
pub(crate) async fn show(page: Page) -> Result<Answer, Problem> {
    if page.session().is_some() {
        return Ok(see_other(page.home()));
    }
    shown(&page, StatusCode::OK, address(String::new(), false, false)).await
}

/// A code is asked for: the same answer whether or not anybody has the address.
pub(crate) async fn ask(
    page: Page,
    app: Data<App>,
    req: HttpRequest,
    form: Form<Asked>,
) -> Result<Answer, Problem> {
    let email = form.into_inner().email.trim().to_owned();
    let (from, Visit { browser, device, .. }) = (asker(&app, &req), visit(&req));
    let asker = Asker { address: &from, browser: &browser, device: &device };
    match sign_in::ask_for_code(&app, &email, asker, page.reader.language).await {
        Ok(()) => shown(&page, StatusCode::OK, Model::Code { email, refused: None }).await,
        Err(Error::Refused(Refusal::EmailIsWrong)) => {
            shown(&page, StatusCode::UNPROCESSABLE_ENTITY, address(email, true, false)).await
        }
        Err(Error::TooMany { seconds }) => {
            let mut answer = shown(&page, StatusCode::TOO_MANY_REQUESTS, address(email, false, true)).await?;
            answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            Ok(answer)
        }
        Err(other) => Err(other.into()),
    }
}

/// The code is tried.
pub(crate) async fn enter(
    page: Page,
    app: Data<App>,
    req: HttpRequest,
    form: Form<Entered>,
) -> Result<Answer, Problem> {
    let Entered { email, code } = form.into_inner();
    let (from, Visit { browser, device, .. }) = (asker(&app, &req), visit(&req));
    let asker = Asker { address: &from, browser: &browser, device: &device };
    let refused = match sign_in::enter_code(&app, &email, &code, asker, agent(&req)).await {
        Ok(tokens) => return Ok(welcomed(&app, &tokens)),
        Err(Error::Refused(Refusal::CodeIsWrong)) => Some(Said::Wrong),
        Err(Error::Refused(_)) => Some(Said::Expired),
        Err(other) => return Err(other.into()),
    };
    shown(&page, StatusCode::UNPROCESSABLE_ENTITY, Model::Code { email, refused }).await
}

pub(crate) async fn leave(app: Data<App>, Signed(session): Signed) -> Result<Answer, Problem> {
    refresh::sign_out(&app, &session).await?;
    let mut answer = see_other("/");
    for cookie in cookies::signed_out(&app) {
        // A cookie of ours is always a valid header.
        let _ = answer.add_cookie(&cookie);
    }
    Ok(answer)
}

/// Signed in, and on the way home.
pub(crate) fn welcomed(app: &App, tokens: &app::account::Tokens) -> Answer {
    let mut answer = see_other("/home");
    for cookie in cookies::signed_in(app, tokens) {
        let _ = answer.add_cookie(&cookie);
    }
    answer
}

/// What the browser of a stranger holds.
fn visit(req: &HttpRequest) -> Visit {
    req.extensions().get::<Visit>().cloned().unwrap_or_default()
}

/// What the browser calls itself.
pub(crate) fn agent(req: &HttpRequest) -> &str {
    req.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default()
}

fn address(email: String, malformed: bool, too_many: bool) -> Model {
    Model::Address { email, malformed, too_many }
}

async fn shown(page: &Page, status: StatusCode, model: Model) -> Result<Answer, Problem> {
    let frame = page.frame(Place::SignIn).await?;
    let mut answer = html(view::render(&page.reader, &frame, &model));
    *answer.status_mut() = status;
    Ok(answer)
}
