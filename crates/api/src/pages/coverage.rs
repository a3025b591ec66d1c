//! Coverage: a manager orders and ends it, a planner makes and closes offers.

use actix_web::{
    HttpRequest,
    http::StatusCode,
    web::{Data, Form, Path},
};
use app::{
    App, Caller, Error, Manager, Planner, Session,
    kept::Seen,
    pool::{self, NewOffer},
};
use chrono::NaiveTime;
use domain::{ChannelKind, CoverageId, Days, OfferId, Role, Window};
use serde::Deserialize;
use views::html::{
    coverage::{self, Draft, Model, Office, Wrong},
    shell::{Place, Toast},
};

use super::fields::cents;
use crate::{Answer, As, Page, Problem, Signed, html, see_other};

pub(crate) async fn show(page: Page, app: Data<App>, Signed(session): Signed) -> Result<Answer, Problem> {
    shown(page, &app, &session).await
}

/// As seen under the hat one wears: a planner's pool, else a manager's office.
async fn shown(page: Page, app: &App, session: &Session) -> Result<Answer, Problem> {
    if session.hat().is_some_and(|hat| hat.role == Role::Planner) {
        let planner = session.caller::<Planner>()?;
        if planner.pool().is_none() {
            return Ok(see_other("/pool"));
        }
        return shown_to_planner(page, app, &planner, Draft::default()).await;
    }
    let office = pool::office_page(app, &session.caller::<Manager>()?).await?;
    shown_to_manager(page, office).await
}

async fn shown_to_planner(
    page: Page,
    app: &App,
    planner: &Caller<Planner>,
    draft: Draft,
) -> Result<Answer, Problem> {
    let id = planner.pool().ok_or(Error::NotFound("pool"))?;
    let mut model = pool::pool_page(app, planner, id).await?;
    let wrong = draft.wrong.is_some();
    model.draft = draft;
    let frame = page.frame(Place::Coverage).await?;
    let mut answer = html(coverage::render(&page.reader, &frame, &Model::Pool(model)));
    if wrong {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

#[derive(Debug, Deserialize)]
pub(crate) struct Ordered {
    offer: OfferId,
    /// The tag of the offer that was read.
    seen: String,
}

/// Whoever saw another price or other hours gets the page as it is, with a sentence.
pub(crate) async fn order(
    page: Page,
    app: Data<App>,
    As(manager): As<Manager>,
    Signed(session): Signed,
    req: HttpRequest,
    form: Form<Ordered>,
) -> Result<Answer, Problem> {
    let Ordered { offer, seen } = form.into_inner();
    match pool::order(&app, &manager, offer, &Seen::Tags(vec![seen])).await {
        Ok(_) => back(page, &app, &session, &req).await,
        Err(Error::Stale) => shown_changed(page, &app, &manager, offer).await,
        Err(other) => Err(other.into()),
    }
}

async fn shown_changed(
    page: Page,
    app: &App,
    manager: &Caller<Manager>,
    offer: OfferId,
) -> Result<Answer, Problem> {
    let office = pool::office_page(app, manager).await?;
    let text = coverage::changed(&page.reader, &office, offer);
    let page = page.with_toast(Toast { text, undo: None });
    let mut answer = shown_to_manager(page, office).await?;
    *answer.status_mut() = StatusCode::CONFLICT;
    Ok(answer)
}

async fn shown_to_manager(page: Page, office: Office) -> Result<Answer, Problem> {
    let frame = page.frame(Place::Coverage).await?;
    Ok(html(coverage::render(&page.reader, &frame, &Model::Office(office))))
}

pub(crate) async fn end(
    page: Page,
    app: Data<App>,
    As(manager): As<Manager>,
    Signed(session): Signed,
    req: HttpRequest,
    id: Path<CoverageId>,
) -> Result<Answer, Problem> {
    pool::end(&app, &manager, *id).await?;
    back(page, &app, &session, &req).await
}

pub(crate) async fn close(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    Signed(session): Signed,
    req: HttpRequest,
    id: Path<OfferId>,
) -> Result<Answer, Problem> {
    pool::close_offer(&app, &planner, *id).await?;
    back(page, &app, &session, &req).await
}

#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    name: String,
    #[serde(default)]
    summary: String,
    days: String,
    from: String,
    until: String,
    monthly: String,
}

pub(crate) async fn define(
    page: Page,
    app: Data<App>,
    As(planner): As<Planner>,
    form: Form<Typed>,
) -> Result<Answer, Problem> {
    let typed = form.into_inner();
    let id = planner.pool().ok_or(Error::NotFound("pool"))?;
    let wrong = match read(&typed) {
        Ok(new) => match pool::define_offer(&app, &planner, id, new).await {
            Ok(_) => return Ok(see_other("/coverage")),
            // Everything else was read: what is left to be wrong is a name that is too long.
            Err(Error::Invalid(_)) => Wrong::Name,
            Err(other) => return Err(other.into()),
        },
        Err(wrong) => wrong,
    };
    let Typed { name, summary, days, from, until, monthly } = typed;
    let draft = Draft { name, summary, days, from, until, monthly, wrong: Some(wrong) };
    shown_to_planner(page, &app, &planner, draft).await
}

/// What was typed, as an offer on every channel there is.
fn read(typed: &Typed) -> Result<NewOffer, Wrong> {
    if typed.name.trim().is_empty() {
        return Err(Wrong::Name);
    }
    let days = match typed.days.as_str() {
        "workdays" => Days::WORKDAYS,
        "free" => Days::FREE,
        "all" => Days::ALL,
        _ => return Err(Wrong::Hours),
    };
    let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").map_err(|_| Wrong::Hours);
    let (from, until) = (time(&typed.from)?, time(&typed.until)?);
    if from == until {
        return Err(Wrong::Hours);
    }
    Ok(NewOffer {
        name: typed.name.clone(),
        summary: typed.summary.clone(),
        windows: vec![Window { days, from, until }],
        channels: ChannelKind::ALL.to_vec(),
        monthly: cents(&typed.monthly).ok_or(Wrong::Price)?,
    })
}

async fn back(page: Page, app: &App, session: &Session, req: &HttpRequest) -> Result<Answer, Problem> {
    if req.headers().contains_key("x-fragment") {
        return shown(page, app, session).await;
    }
    Ok(see_other("/coverage"))
}

#[cfg(test)]
mod tests {
    use domain::Cents;

    use super::*;

    #[test]
    fn the_first_wrong_field_is_named() {
        let typed = |name: &str, from: &str, until: &str, monthly: &str| Typed {
            name: name.to_owned(),
            summary: String::new(),
            days: "workdays".to_owned(),
            from: from.to_owned(),
            until: until.to_owned(),
            monthly: monthly.to_owned(),
        };
        assert_eq!(read(&typed(" ", "18:00", "22:00", "129")), Err(Wrong::Name));
        assert_eq!(read(&typed("Evenings", "18:00", "18:00", "129")), Err(Wrong::Hours));
        assert_eq!(read(&typed("Evenings", "six", "22:00", "129")), Err(Wrong::Hours));
        assert_eq!(read(&typed("Evenings", "18:00", "22:00", "cheap")), Err(Wrong::Price));
        let offer = read(&typed("Evenings", "18:00", "22:00", "129")).unwrap();
        assert_eq!((offer.monthly, offer.channels.len()), (Cents(12_900), ChannelKind::ALL.len()));
    }
}
