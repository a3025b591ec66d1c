//! Me: language, light, hat, and where one is signed in.

use actix_web::{
    HttpRequest,
    web::{Data, Form, Path},
};
use app::{
    Advisor, App, Refusal, Session,
    account::{callers, me as account, refresh},
    rota,
};
use domain::{Language, Role, SessionId};
use serde::Deserialize;
use views::{
    Theme,
    html::{
        api_tokens,
        me::{self as view, Model},
        shell::Place,
    },
};

use super::api_tokens as tokens;
use crate::{Answer, Page, Problem, Signed, frame, html, see_other};

pub(crate) async fn show(page: Page, app: Data<App>, Signed(session): Signed) -> Result<Answer, Problem> {
    shown(&page, &app, &session, api_tokens::Model::default()).await
}

/// The first page of the hat one wears.
pub(crate) async fn go_home(Signed(session): Signed) -> Answer {
    see_other(frame::home_of(&session))
}

#[derive(Debug, Deserialize)]
pub(crate) struct ChosenLanguage {
    language: String,
}

pub(crate) async fn language(
    app: Data<App>,
    Signed(session): Signed,
    req: HttpRequest,
    form: Form<ChosenLanguage>,
) -> Result<Answer, Problem> {
    let language = Language::parse(&form.language).ok_or(Refusal::FieldIsWrong)?;
    account::choose_language(&app, &session, language).await?;
    Ok(see_other(came_from(&req, "/me")))
}

#[derive(Debug, Deserialize)]
pub(crate) struct ChosenTheme {
    theme: String,
}

pub(crate) async fn theme(
    app: Data<App>,
    Signed(session): Signed,
    req: HttpRequest,
    form: Form<ChosenTheme>,
) -> Result<Answer, Problem> {
    let theme = Theme::from_word(&form.theme).ok_or(Refusal::FieldIsWrong)?;
    account::choose_theme(&app, &session, theme).await?;
    Ok(see_other(came_from(&req, "/me")))
}

#[derive(Debug, Deserialize)]
pub(crate) struct ChosenLetters {
    letters: String,
}

pub(crate) async fn letters(
    app: Data<App>,
    Signed(session): Signed,
    req: HttpRequest,
    form: Form<ChosenLetters>,
) -> Result<Answer, Problem> {
    let wanted = match form.letters.as_str() {
        "on" => true,
        "off" => false,
        _ => return Err(Refusal::FieldIsWrong.into()),
    };
    account::choose_open_letters(&app, &session, wanted).await?;
    Ok(see_other(came_from(&req, "/me")))
}

#[derive(Debug, Deserialize)]
pub(crate) struct ChosenRole {
    role: String,
}

pub(crate) async fn role(
    app: Data<App>,
    Signed(session): Signed,
    form: Form<ChosenRole>,
) -> Result<Answer, Problem> {
    let role = Role::from_word(&form.role).ok_or(Refusal::FieldIsWrong)?;
    callers::wear(&app, &session, role).await?;
    Ok(see_other(frame::home(role)))
}

pub(crate) async fn end(
    page: Page,
    app: Data<App>,
    Signed(session): Signed,
    id: Path<SessionId>,
    req: HttpRequest,
) -> Result<Answer, Problem> {
    refresh::end(&app, &session, *id).await?;
    if req.headers().contains_key("x-fragment") {
        shown(&page, &app, &session, api_tokens::Model::default()).await
    } else {
        Ok(see_other("/me"))
    }
}

pub(crate) async fn end_others(
    page: Page,
    app: Data<App>,
    Signed(session): Signed,
    req: HttpRequest,
) -> Result<Answer, Problem> {
    refresh::end_others(&app, &session).await?;
    if req.headers().contains_key("x-fragment") {
        shown(&page, &app, &session, api_tokens::Model::default()).await
    } else {
        Ok(see_other("/me"))
    }
}

/// The page, with what is said once of `programs`.
pub(crate) async fn shown(
    page: &Page,
    app: &App,
    session: &Session,
    programs: api_tokens::Model,
) -> Result<Answer, Problem> {
    let sessions = account::browsers(app, session).await?.into_iter().map(|browser| view::Session {
        id: browser.id,
        device: browser.device,
        place: browser.place,
        since: browser.since,
        seen: browser.seen,
        current: browser.current,
    });
    let feed = match session.caller::<Advisor>() {
        Ok(advisor) => rota::feed::feed_address(app, &advisor).await?,
        Err(_) => None,
    };
    let programs = match session.hat() {
        Some(_) => Some(api_tokens::Model { tokens: tokens::listed(app, session).await?, ..programs }),
        None => None,
    };
    let model = Model {
        face: frame::face(session),
        email: session.email.clone(),
        roles: session.roles(),
        spoken: session.person.skills.spoken(&session.person.languages),
        hat: session.hat().map(|hat| hat.role),
        feed,
        open_letters: account::wants_open_letters(app, session).await?,
        sessions: sessions.collect(),
        programs,
    };
    let frame = page.frame(Place::Me).await?;
    Ok(html(view::render(&page.reader, &frame, &model)))
}

/// The path of the page a form was sent from, if the browser says and it is ours; else `otherwise`.
pub(crate) fn came_from(req: &HttpRequest, otherwise: &str) -> String {
    let said = req.headers().get("referer").and_then(|value| value.to_str().ok());
    let path = said.and_then(|said| {
        let (_, rest) = said.split_once("://")?;
        let slash = rest.find('/')?;
        Some(&rest[slash..])
    });
    // Two slashes would name another host, and browsers read a backslash as a slash.
    path.filter(|path| !path.starts_with("//") && !path.contains('\\')).unwrap_or(otherwise).to_owned()
}
