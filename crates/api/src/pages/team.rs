//! The people of an organisation: inviting, sending again, taking back, and letting go.

use actix_web::{
    http::StatusCode,
    web::{Data, Form, Path, Query},
};
use app::{
    App, Error, Manager, Planner, Session,
    account::{
        invite::{self, Head, Newcomer},
        leave, team,
    },
    checks::{Fault, Wrong},
};
use domain::{InvitationId, Language, Law, Minutes, PersonId, Role};
use serde::Deserialize;
use views::html::{forms::Filled, shell::Place, team as view};

use super::{
    done::{Done, done},
    fields::Fields,
};
use crate::{Answer, Page, Problem, Signed, html};

const HERE: &str = "/team";

/// Whoever decides on people, under the hat they wear.
fn head(session: &Session) -> Result<Head, Problem> {
    Ok(match session.hat().map(|hat| hat.role) {
        Some(Role::Manager) => Head::from(&session.caller::<Manager>()?),
        Some(Role::Planner) => Head::from(&session.caller::<Planner>()?),
        _ => match session.caller::<Manager>() {
            Ok(manager) => Head::from(&manager),
            Err(_) => Head::from(&session.caller::<Planner>()?),
        },
    })
}

pub(crate) async fn show(
    page: Page,
    app: Data<App>,
    Signed(session): Signed,
    told: Query<Done>,
) -> Result<Answer, Problem> {
    shown(&told.said_on(page), &app, &head(&session)?, Filled::default()).await
}

async fn shown(page: &Page, app: &App, head: &Head, filled: Filled) -> Result<Answer, Problem> {
    let model = view::Model { filled, ..team::page(app, head).await? };
    let frame = page.frame(Place::Team).await?;
    Ok(html(view::render(&page.reader, &frame, &model)))
}

pub(crate) async fn invite(
    page: Page,
    app: Data<App>,
    Signed(session): Signed,
    form: Form<Vec<(String, String)>>,
) -> Result<Answer, Problem> {
    let (head, fields) = (head(&session)?, Fields::of(form));
    let outcome = match newcomer(&fields) {
        Ok(new) => invite::invite(&app, &head, new).await,
        Err(error) => Err(error),
    };
    let Err(error) = outcome else { return Ok(done(HERE, "invited")) };
    let filled = fields.again(&page.reader, "invite", error)?;
    let mut answer = shown(&page, &app, &head, filled).await?;
    *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(answer)
}

/// Somebody to be invited, as the form has them.
fn newcomer(fields: &Fields) -> Result<Newcomer, Error> {
    let mut faults = Vec::new();
    let language = Language::parse(fields.text("language"));
    let law = Law::from_word(fields.text("law"));
    for (name, read) in [("language", language.is_some()), ("law", law.is_some())] {
        if !read {
            faults.push(Fault::new(name, Wrong::Unknown));
        }
    }
    let from = fields.read("from", &mut faults);
    let hours: Option<u32> = fields.read("weekly_hours", &mut faults);
    let (Some(language), Some(law), Some(from), Some(hours)) = (language, law, from, hours) else {
        return Err(Error::Invalid(faults));
    };
    Ok(Newcomer {
        email: fields.string("email"),
        given_name: fields.string("given_name"),
        family_name: fields.string("family_name"),
        language,
        roles: Role::ALL.into_iter().filter(|role| fields.ticked(role.word())).collect(),
        law,
        weekly: Minutes(hours.saturating_mul(60)),
        from,
    })
}

pub(crate) async fn again(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<InvitationId>,
) -> Result<Answer, Problem> {
    invite::send_again(&app, &head(&session)?, *id).await?;
    Ok(done(HERE, "again"))
}

pub(crate) async fn withdraw(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<InvitationId>,
) -> Result<Answer, Problem> {
    invite::withdraw(&app, &head(&session)?, *id).await?;
    Ok(done(HERE, "withdrawn"))
}

#[derive(Debug, Deserialize)]
pub(crate) struct Leaving {
    person: PersonId,
}

pub(crate) async fn leave(
    app: Data<App>,
    Signed(session): Signed,
    form: Form<Leaving>,
) -> Result<Answer, Problem> {
    leave::leave(&app, &head(&session)?, form.person).await?;
    Ok(done(HERE, "left"))
}
