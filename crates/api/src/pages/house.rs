//! The house: what an operator sees and founds.

use actix_web::web::{Data, Form};
use app::{
    App, Refusal,
    account::house::{self, First, Founding, Spelled},
};
use domain::PoolId;
use serde::Deserialize;
use views::html::{house as view, shell::Place};

use crate::{Answer, Page, Problem, caller::AsOperator, html, see_other};

pub(crate) async fn show(
    page: Page,
    app: Data<App>,
    AsOperator(operator): AsOperator,
) -> Result<Answer, Problem> {
    let boards: Vec<view::Board> = house::boards(&app, &operator)
        .await?
        .into_iter()
        .map(|board| view::Board {
            name: board.name,
            slug: board.slug,
            pools: board.pools,
            offices: board.offices,
            people: board.people,
            unmanned: board.unmanned,
        })
        .collect();
    let frame = page.frame(Place::House).await?;
    Ok(html(view::render(&page.reader, &frame, &boards)))
}

/// A new organisation, as a form has it.
#[derive(Debug, Deserialize)]
pub(crate) struct Written {
    name: String,
    slug: String,
    zone: String,
    calendar: String,
    language: String,
    emergency: String,
    given_name: String,
    family_name: String,
    email: String,
    /// Which pool an office joins; a board joins none.
    pub(crate) pool: Option<PoolId>,
}

impl Written {
    pub(crate) fn read(self) -> Result<Founding, Refusal> {
        let spelled = Spelled {
            name: self.name,
            slug: self.slug,
            zone: self.zone,
            calendar: self.calendar,
            language: self.language,
            emergency: self.emergency,
            first: First { given_name: self.given_name, family_name: self.family_name, email: self.email },
        };
        spelled.read().map_err(|_| Refusal::FieldIsWrong)
    }
}

pub(crate) async fn found(
    app: Data<App>,
    AsOperator(operator): AsOperator,
    form: Form<Written>,
) -> Result<Answer, Problem> {
    house::add_board(&app, &operator, form.into_inner().read()?).await?;
    Ok(see_other("/house"))
}
