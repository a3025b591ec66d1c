//! What an employer gives for an hour of duty, and by which agreement. The law sets no amount.

use chrono::NaiveDate;
use domain::{Basis, Category, Cents, Minutes, Rate, RateId};
use storage::{
    audit, compensation,
    page::{Ask, Page},
    scope,
};

use crate::{
    App, Caller, Error, Keeper,
    checks::{Checks, Wrong},
    kept::{Kept, Seen},
};

/// The most an hour may give, in cents.
const MOST_CENTS: i64 = 1_000_000;
/// The most rest an hour may give, in minutes: ten hours.
const MOST_REST: i64 = 600;
/// How long the name of an agreement may be.
const LONGEST_SOURCE: usize = 200;

/// What was agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    /// For waiting, or for work.
    pub basis: Basis,
    /// In which category; `None` for every hour.
    pub category: Option<Category>,
    /// Money an hour.
    pub hourly: Cents,
    /// Rest an hour.
    pub rest: Minutes,
    /// From which day.
    pub from: NaiveDate,
    /// The agreement, and its date.
    pub source: String,
}

/// What the keeper's organisation gives, a page of it.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(app: &App, keeper: &Caller<Keeper>, ask: &Ask) -> Result<Page<Rate>, Error> {
    let tx = app.read(scope::Home(keeper.organisation())).await?;
    Ok(compensation::list(&tx, ask).await?)
}

/// One of its rates.
///
/// # Errors
/// If there is none of that id in sight.
pub async fn get(app: &App, keeper: &Caller<Keeper>, id: RateId) -> Result<Kept<Rate>, Error> {
    let tx = app.read(scope::Home(keeper.organisation())).await?;
    Ok(Kept::of(compensation::get(&tx, id).await?.ok_or(Error::NotFound("rate"))?))
}

/// Adds a rate. A later one for the same hours takes its place from its day on.
///
/// # Errors
/// If a field is wrong.
pub async fn add(app: &App, keeper: &Caller<Keeper>, agreed: Agreed) -> Result<Kept<Rate>, Error> {
    let tx = app.write(scope::Home(keeper.organisation())).await?;
    let mut checks = Checks::default();
    checks.within("hourly_cents", agreed.hourly.0, 0, MOST_CENTS);
    checks.within("rest_minutes", agreed.rest.0, 0, MOST_REST);
    if agreed.hourly.0 == 0 && agreed.rest.0 == 0 {
        checks.refuse("hourly_cents", Wrong::Empty);
    }
    checks.days(agreed.from, None);
    let source = checks.name("source", &agreed.source, LONGEST_SOURCE);
    checks.done()?;
    let Agreed { basis, category, hourly, rest, from, .. } = agreed;
    let (id, organisation) = (app.mint(), keeper.organisation());
    let rate = Rate { id, organisation, basis, category, hourly, rest, from, source };
    compensation::add(&tx, &rate).await?;
    audit::add(&tx, entry(keeper, "add_rate", rate.id)).await?;
    tx.commit().await?;
    Ok(Kept::of(rate))
}

/// Removes a rate that should not have been there: statements are reckoned as if it never was.
///
/// # Errors
/// If it is not theirs, or somebody else changed it.
pub async fn remove(app: &App, keeper: &Caller<Keeper>, id: RateId, seen: &Seen) -> Result<(), Error> {
    let tx = app.write(scope::Home(keeper.organisation())).await?;
    seen.check(compensation::hold(&tx, id).await?)?;
    compensation::remove(&tx, id).await?;
    audit::add(&tx, entry(keeper, "remove_rate", id)).await?;
    Ok(tx.commit().await?)
}

fn entry(keeper: &Caller<Keeper>, verb: &'static str, rate: RateId) -> audit::Entry {
    audit::Entry {
        organisation: Some(keeper.organisation()),
        person: Some(keeper.person()),
        verb,
        object_kind: "rate",
        object: Some(rate.0),
        detail: None,
    }
}
