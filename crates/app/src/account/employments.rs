//! Employments: who works for one's organisation, from a day to a day. They are ended, never removed:
//! what somebody did rests on them.

use chrono::{Datelike, NaiveDate};
use domain::{Employment, EmploymentId, Law, Minutes, PersonId};
use storage::{
    audit, employments,
    page::{Ask, Page},
    people, scope,
};

use crate::{
    App, Caller, Error, Keeper,
    checks::Checks,
    kept::{Kept, Seen},
};

/// The most contract minutes a week: no law here allows more than sixty hours.
const MOST_WEEKLY: i64 = 60 * 60;

/// The first year anybody who works was born in.
const FIRST_BIRTH: i64 = 1900;

/// What a contract says.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    /// First day.
    pub from: NaiveDate,
    /// Last day, included.
    pub until: Option<NaiveDate>,
    /// Under which law.
    pub law: Law,
    /// Contract minutes a week.
    pub weekly: Minutes,
    /// When the person was born, if it is said.
    pub born: Option<NaiveDate>,
}

impl Terms {
    fn check(&self) -> Result<(), Error> {
        let mut checks = Checks::default();
        checks.days(self.from, self.until);
        checks.within("weekly_minutes", self.weekly.0, 0, MOST_WEEKLY);
        if let Some(born) = self.born {
            checks.within("born", born.year(), FIRST_BIRTH, self.from.year().into());
        }
        checks.done()
    }
}

/// Who works for one's organisation, a page of it; ended employments too.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(
    app: &App,
    keeper: &Caller<Keeper>,
    person: Option<PersonId>,
    ask: &Ask,
) -> Result<Page<Employment>, Error> {
    let tx = app.read(scope::Home(keeper.organisation())).await?;
    Ok(employments::list(&tx, person, ask).await?)
}

/// One employment.
///
/// # Errors
/// If there is none of that id in sight.
pub async fn get(app: &App, keeper: &Caller<Keeper>, id: EmploymentId) -> Result<Kept<Employment>, Error> {
    let tx = app.read(scope::Home(keeper.organisation())).await?;
    Ok(Kept::of(employments::get(&tx, id).await?.ok_or(Error::NotFound("employment"))?))
}

/// Employs somebody one knows: a person on one's staff, or a colleague of the watch.
///
/// # Errors
/// If they are not in sight, or a field is wrong.
pub async fn employ(
    app: &App,
    keeper: &Caller<Keeper>,
    person: PersonId,
    terms: Terms,
) -> Result<Kept<Employment>, Error> {
    let organisation = keeper.organisation();
    let tx = app.write(scope::Home(organisation)).await?;
    people::get(&tx, person).await?.ok_or(Error::NotFound("person"))?;
    terms.check()?;
    let Terms { from, until, law, weekly, born } = terms;
    let employment = Employment { id: app.mint(), person, organisation, from, until, law, weekly, born };
    employments::add(&tx, &employment).await?;
    audit::add(&tx, entry(keeper, "employ", employment.id)).await?;
    tx.commit().await?;
    Ok(Kept::of(employment))
}

/// Changes what a contract says; its last day ends it.
///
/// # Errors
/// If there is none of theirs, a field is wrong, or somebody else changed it.
pub async fn change(
    app: &App,
    keeper: &Caller<Keeper>,
    id: EmploymentId,
    seen: &Seen,
    terms: Terms,
) -> Result<Kept<Employment>, Error> {
    let tx = app.write(scope::Home(keeper.organisation())).await?;
    let before = seen.check(employments::hold(&tx, id).await?)?;
    terms.check()?;
    let Terms { from, until, law, weekly, born } = terms;
    let employment = Employment { from, until, law, weekly, born, ..before };
    employments::change(&tx, &employment).await?;
    audit::add(&tx, entry(keeper, "change_employment", id)).await?;
    tx.commit().await?;
    Ok(Kept::of(employment))
}

fn entry(keeper: &Caller<Keeper>, verb: &'static str, employment: EmploymentId) -> audit::Entry {
    audit::Entry {
        organisation: Some(keeper.organisation()),
        person: Some(keeper.person()),
        verb,
        object_kind: "employment",
        object: Some(employment.0),
        detail: None,
    }
}
