//! The people of an organisation: inviting, sending again, taking back, and letting go.

use actix_web::web::{Data, Form, Path};
use app::{
    App, Manager, Planner, Refusal, Session,
    account::{
        invite::{self, Head, Newcomer},
        leave, team,
    },
};
use chrono::NaiveDate;
use domain::{InvitationId, Language, Law, Minutes, PersonId, Role};
use serde::Deserialize;
use views::html::{shell::Place, team as view};

use crate::{Answer, Page, Problem, Signed, html, see_other};

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

pub(crate) async fn show(page: Page, app: Data<App>, Signed(session): Signed) -> Result<Answer, Problem> {
    let model = team::page(&app, &head(&session)?).await?;
    let frame = page.frame(Place::Team).await?;
    Ok(html(view::render(&page.reader, &frame, &model)))
}

#[derive(Debug, Deserialize)]
pub(crate) struct Written {
    given_name: String,
    family_name: String,
    email: String,
    #[serde(default)]
    planner: bool,
    #[serde(default)]
    advisor: bool,
    #[serde(default)]
    manager: bool,
    law: String,
    weekly_hours: u32,
    from: NaiveDate,
    language: String,
}

pub(crate) async fn invite(
    app: Data<App>,
    Signed(session): Signed,
    form: Form<Written>,
) -> Result<Answer, Problem> {
    let form = form.into_inner();
    let ticked =
        [(form.planner, Role::Planner), (form.advisor, Role::Advisor), (form.manager, Role::Manager)];
    let new = Newcomer {
        email: form.email,
        given_name: form.given_name,
        family_name: form.family_name,
        language: Language::parse(&form.language).ok_or(Refusal::FieldIsWrong)?,
        roles: ticked.into_iter().filter(|(ticked, _)| *ticked).map(|(_, role)| role).collect(),
        law: Law::from_word(&form.law).ok_or(Refusal::FieldIsWrong)?,
        weekly: Minutes(form.weekly_hours.saturating_mul(60)),
        from: form.from,
    };
    invite::invite(&app, &head(&session)?, new).await?;
    Ok(see_other(HERE))
}

pub(crate) async fn again(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<InvitationId>,
) -> Result<Answer, Problem> {
    invite::send_again(&app, &head(&session)?, *id).await?;
    Ok(see_other(HERE))
}

pub(crate) async fn withdraw(
    app: Data<App>,
    Signed(session): Signed,
    id: Path<InvitationId>,
) -> Result<Answer, Problem> {
    invite::withdraw(&app, &head(&session)?, *id).await?;
    Ok(see_other(HERE))
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
    Ok(see_other(HERE))
}
