//! What people bring to a duty: said of oneself, or by whoever decides on people of one of them.

use actix_web::web::{Data, Form, Path, Query};
use app::{App, Keeper, Session, account::skills as account};
use domain::PersonId;
use views::html::{shell::Place, skills as view};

use super::{
    done::{Done, done},
    fields::Fields,
};
use crate::{Answer, Page, Problem, Signed, html};

type Sent = Form<Vec<(String, String)>>;

pub(crate) async fn own(
    page: Page,
    app: Data<App>,
    Signed(session): Signed,
    told: Query<Done>,
) -> Result<Answer, Problem> {
    shown(&told.said_on(page), &app, &session, session.person.id, Place::Me).await
}

pub(crate) async fn of_staff(
    page: Page,
    app: Data<App>,
    Signed(session): Signed,
    person: Path<PersonId>,
    told: Query<Done>,
) -> Result<Answer, Problem> {
    session.caller::<Keeper>()?;
    shown(&told.said_on(page), &app, &session, *person, Place::Team).await
}

async fn shown(
    page: &Page,
    app: &App,
    session: &Session,
    person: PersonId,
    place: Place,
) -> Result<Answer, Problem> {
    let model = account::page(app, session, person).await?;
    let frame = page.frame(place).await?;
    Ok(html(view::render(&page.reader, &frame, &model)))
}

pub(crate) async fn say_own(app: Data<App>, Signed(session): Signed, form: Sent) -> Result<Answer, Problem> {
    said(&app, &session, session.person.id, form).await?;
    Ok(done("/me/skills", "skills"))
}

pub(crate) async fn say_of_staff(
    app: Data<App>,
    Signed(session): Signed,
    person: Path<PersonId>,
    form: Sent,
) -> Result<Answer, Problem> {
    session.caller::<Keeper>()?;
    said(&app, &session, *person, form).await?;
    Ok(done(&format!("/team/{person}/skills"), "skills"))
}

async fn said(app: &App, session: &Session, person: PersonId, form: Sent) -> Result<(), Problem> {
    let fields = Fields::of(form);
    let spoken = |code: &str| view::read_field(code, fields.text(code));
    Ok(account::say(app, session, person, spoken, |name| fields.ticked(name)).await?)
}
