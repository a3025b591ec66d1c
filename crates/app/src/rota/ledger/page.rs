//! The page on which a planner decides how duties are counted, and an employer says who owes nothing and
//! what an hour of duty gives.

use chrono::NaiveDate;
use domain::{Employment, Exemption, Pool};
use storage::{compensation, employments, exemptions, ledger_terms, organisations, people, pools, scope};
use views::html::{
    forms::Filled,
    ledger::{Model, Terms},
};

use crate::{App, Caller, Error, Keeper, pool::coverage::currency};

/// How long after its end an exemption is still shown: it counts in a year's ledger.
const SHOWN_FOR: chrono::Months = chrono::Months::new(12);

/// What the keeper's organisation keeps of it.
///
/// # Errors
/// If the database cannot be read.
pub async fn page(app: &App, keeper: &Caller<Keeper>) -> Result<Model, Error> {
    let terms = of_pools(app, keeper).await?;
    let tx = app.read(scope::Home(keeper.organisation())).await?;
    let home =
        organisations::get(&tx, keeper.organisation()).await?.ok_or(Error::NotFound("organisation"))?;
    let today = domain::time::day(tx.now(), home.zone);
    let employed = employments::of_organisations(&tx, &[home.id]).await?;
    let running: Vec<_> =
        employed.iter().filter(|one| one.runs_on(today) || today < one.from).map(|one| one.person).collect();
    let all: Vec<_> = employed.iter().map(|one: &Employment| one.person).collect();
    let mut named = people::named(&tx, &all).await?;
    named.sort_by_key(|person| (person.family_name.clone(), person.given_name.clone(), person.id));
    let mut exempt = exemptions::of_people(&tx, &all).await?;
    exempt.retain(|one| one.organisation == home.id && is_shown(one, today));
    exempt.sort_by_key(|one| std::cmp::Reverse((one.from, one.id)));
    let mut rates = compensation::of_organisation(&tx, home.id).await?;
    rates.sort_by_key(|one| (one.from, one.basis, one.category, one.id));
    let name = |one: Exemption| {
        let person = named.iter().find(|person| person.id == one.person)?;
        let name = person.full_name();
        Some((one, name))
    };
    Ok(Model {
        organisation: home.name,
        terms,
        exemptions: exempt.into_iter().filter_map(name).collect(),
        rates,
        people: named
            .iter()
            .filter(|person| running.contains(&person.id))
            .map(|person| (person.id, person.full_name()))
            .collect(),
        currency: currency(home.calendar),
        filled: Filled::default(),
    })
}

fn is_shown(one: &Exemption, today: NaiveDate) -> bool {
    one.until.checked_add_months(SHOWN_FOR).is_none_or(|last| today <= last)
}

/// How the pools are kept that the keeper's organisation organises.
async fn of_pools(app: &App, keeper: &Caller<Keeper>) -> Result<Vec<Terms>, Error> {
    let mut all = Vec::new();
    for id in keeper.pools().iter().copied() {
        let tx = app.read(scope::Pool { pool: id, viewer: keeper.organisation() }).await?;
        let Some(Pool { board, name, .. }) = pools::by_id(&tx, id).await? else { continue };
        if board == keeper.organisation() {
            all.push(Terms { pool: id, name, terms: ledger_terms::of(&tx, id).await? });
        }
    }
    Ok(all)
}
