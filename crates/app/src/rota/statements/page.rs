//! The page of a month's statements, as whoever keeps the organisation sees it.

use chrono::Days;
use domain::{Month, time};
use storage::{compensation, scope};
use views::html::statements::{Model, OnePerson};

use super::of_staff;
use crate::{App, Caller, Error, Keeper, pool::coverage::currency};

/// The month's statements of the keeper's organisation.
///
/// # Errors
/// If the database cannot be read.
pub async fn page(app: &App, keeper: &Caller<Keeper>, month: Option<Month>) -> Result<Model, Error> {
    let month = match month {
        Some(month) => month,
        None => super::last_month(app, keeper).await?,
    };
    let statements = of_staff(app, keeper, month).await?;
    let tx = app.read(scope::Home(keeper.organisation())).await?;
    let rates = compensation::of_organisation(&tx, keeper.organisation()).await?;
    let this_month = Month::of(time::day(tx.now(), statements.organisation.zone));
    let after = Month::of(month.last() + Days::new(1));
    let one = |one: super::OnePerson| OnePerson {
        id: one.person.id,
        name: one.person.full_name(),
        worked: one.days.iter().map(|day| day.total).sum(),
        statement: one.statement,
    };
    Ok(Model {
        organisation: statements.organisation.name.clone(),
        month,
        before: Month::of(month.first() - Days::new(1)),
        after: (after <= this_month).then_some(after),
        people: statements.people.into_iter().map(one).collect(),
        has_rates: !rates.is_empty(),
        currency: currency(statements.organisation.calendar),
    })
}
