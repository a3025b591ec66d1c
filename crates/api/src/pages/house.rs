//! The house: what an operator sees and founds.

use actix_web::{
    http::StatusCode,
    web::{Data, Form, Query},
};
use app::{
    App, Error, Operator,
    account::house::{self, First, Founded, Spelled},
};
use views::html::{forms::Filled, house as view, shell::Place};

use super::{
    done::{Done, done},
    fields::Fields,
};
use crate::{Answer, Page, Problem, caller::AsOperator, html};

const HERE: &str = "/house";

pub(crate) async fn show(
    page: Page,
    app: Data<App>,
    AsOperator(operator): AsOperator,
    told: Query<Done>,
) -> Result<Answer, Problem> {
    shown(&told.said_on(page), &app, &operator, &Filled::default()).await
}

async fn shown(page: &Page, app: &App, operator: &Operator, filled: &Filled) -> Result<Answer, Problem> {
    let boards: Vec<view::Board> = house::boards(app, operator)
        .await?
        .into_iter()
        .map(|board| view::Board {
            id: board.id,
            name: board.name,
            slug: board.slug,
            pools: board.pools,
            offices: board.offices,
            people: board.people,
            unmanned: board.unmanned,
        })
        .collect();
    let frame = page.frame(Place::House).await?;
    Ok(html(view::render(&page.reader, &frame, &boards, filled)))
}

/// A new organisation, as its form spells it.
pub(crate) fn spelled(fields: &Fields) -> Spelled {
    Spelled {
        name: fields.string("name"),
        slug: fields.string("slug"),
        zone: fields.string("zone"),
        calendar: fields.string("calendar"),
        language: fields.string("language"),
        emergency: fields.string("emergency"),
        first: first(fields),
    }
}

/// Whoever comes first to it.
pub(crate) fn first(fields: &Fields) -> First {
    First {
        given_name: fields.string("given_name"),
        family_name: fields.string("family_name"),
        email: fields.string("email"),
    }
}

pub(crate) async fn found(
    page: Page,
    app: Data<App>,
    AsOperator(operator): AsOperator,
    form: Form<Vec<(String, String)>>,
) -> Result<Answer, Problem> {
    let fields = Fields::of(form);
    match founded(&app, &operator, spelled(&fields)).await {
        Ok(Founded::New) => Ok(done(HERE, "board")),
        Ok(Founded::There) => Ok(done(HERE, "board-there")),
        Ok(Founded::Again) => Ok(done(HERE, "again")),
        Err(error) => refused(&page, &app, &operator, fields.again(&page.reader, "board", error)?).await,
    }
}

async fn founded(app: &App, operator: &Operator, spelled: Spelled) -> Result<Founded, Error> {
    house::add_board(app, operator, spelled.read()?).await
}

pub(crate) async fn invite_planner(
    page: Page,
    app: Data<App>,
    AsOperator(operator): AsOperator,
    form: Form<Vec<(String, String)>>,
) -> Result<Answer, Problem> {
    let fields = Fields::of(form);
    match house::invite_planner(&app, &operator, fields.id("organisation")?, first(&fields)).await {
        Ok(()) => Ok(done(HERE, "again")),
        Err(error) => refused(&page, &app, &operator, fields.again(&page.reader, "first", error)?).await,
    }
}

/// The page again, with the form that was refused.
async fn refused(page: &Page, app: &App, operator: &Operator, filled: Filled) -> Result<Answer, Problem> {
    let mut answer = shown(page, app, operator, &filled).await?;
    *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(answer)
}
