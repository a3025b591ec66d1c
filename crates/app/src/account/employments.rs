//! Employments: who works for one's organisation, from a day to a day. They are ended, never removed:
//! what somebody did rests on them.
//!
//! Whoever employs somebody sees and keeps their absences and hours. So nobody is employed unasked who
//! does not belong here already: everybody else is invited, and accepts ([`super::join`]). And nobody has
//! two contracts here at a time. Each door asks both ([`belongs`], [`meeting`]).

use chrono::{Datelike, NaiveDate};
use domain::{Employment, EmploymentId, Law, Minutes, OrganisationId, PersonId, time};
use storage::{
    Tx, audit, employments, organisations,
    page::{Ask, Page},
    scope::{self, Home},
};

use crate::{
    App, Caller, Error, Keeper,
    checks::{Checks, Wrong},
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

/// Whether somebody who works from a day on can be born on another.
pub(crate) fn can_be_born(born: NaiveDate, from: NaiveDate) -> bool {
    FIRST_BIRTH <= i64::from(born.year()) && born.year() < from.year()
}

impl Terms {
    /// Whether they can be those of `of`, beside `others` of the same person here.
    fn check(&self, others: &[Employment], of: Option<EmploymentId>) -> Checks {
        let mut checks = Checks::default();
        checks.days(self.from, self.until);
        if meeting(others, of, (self.from, self.until)).is_some() {
            checks.refuse("from", Wrong::NotA("free: another employment here runs on one of these days"));
        }
        checks.within("weekly_minutes", self.weekly.0, 0, MOST_WEEKLY);
        if let Some(born) = self.born
            && !can_be_born(born, self.from)
        {
            checks.within("born", born.year(), FIRST_BIRTH, i64::from(self.from.year()) - 1);
        }
        checks
    }
}

/// Whether somebody with these employments belongs to `organisation`: they work there today or will, or
/// did last. Who works elsewhere meanwhile has to be asked.
pub(crate) fn belongs(employments: &[Employment], organisation: OrganisationId, today: NaiveDate) -> bool {
    let goes_on = |employment: &&Employment| employment.until.is_none_or(|until| until >= today);
    let (here, elsewhere): (Vec<&Employment>, Vec<&Employment>) =
        employments.iter().partition(|employment| employment.organisation == organisation);
    here.iter().any(goes_on) || (!here.is_empty() && !elsewhere.iter().any(goes_on))
}

/// The first of somebody's employments by one employer, but for `but`, that shares a day with `days`.
pub(crate) fn meeting(
    all: &[Employment],
    but: Option<EmploymentId>,
    (from, until): (NaiveDate, Option<NaiveDate>),
) -> Option<&Employment> {
    all.iter().find(|other| Some(other.id) != but && other.meets(from, until))
}

/// Who works for one's organisation, a page of it: one person or all, those employed on a day or ended
/// employments too.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(
    app: &App,
    keeper: &Caller<Keeper>,
    sought: (Option<PersonId>, Option<NaiveDate>),
    ask: &Ask,
) -> Result<Page<Employment>, Error> {
    let tx = app.read(scope::Home(keeper.organisation())).await?;
    Ok(employments::list(&tx, sought, ask).await?)
}

/// One employment.
///
/// # Errors
/// If there is none of that id in sight.
pub async fn get(app: &App, keeper: &Caller<Keeper>, id: EmploymentId) -> Result<Kept<Employment>, Error> {
    let tx = app.read(scope::Home(keeper.organisation())).await?;
    Ok(Kept::of(employments::get(&tx, id).await?.ok_or(Error::NotFound("employment"))?))
}

/// Employs somebody again, or from later on, who works or last worked for one's organisation. Everybody
/// else is invited ([`super::invite`]).
///
/// # Errors
/// If they do not belong here, or a field is wrong.
pub async fn employ(
    app: &App,
    keeper: &Caller<Keeper>,
    person: PersonId,
    terms: Terms,
) -> Result<Kept<Employment>, Error> {
    let organisation = keeper.organisation();
    if !standing(app, organisation, person).await?.belongs {
        return Err(Error::NotFound("person who works or worked for you"));
    }
    let tx = app.write(Home(organisation)).await?;
    // Two who employ at the same moment come one after the other.
    organisations::hold(&tx, organisation).await?;
    terms.check(&by(&tx, organisation, person).await?, None).done()?;
    let Terms { from, until, law, weekly, born } = terms;
    let employment = Employment { id: app.mint(), person, organisation, from, until, law, weekly, born };
    employments::add(&tx, &employment).await?;
    audit::add(&tx, entry(keeper, "employ", employment.id)).await?;
    tx.commit().await?;
    Ok(Kept::of(employment))
}

/// How somebody stands to an organisation, for which the house looks at all employers.
struct Standing {
    belongs: bool,
    today: NaiveDate,
}

async fn standing(app: &App, organisation: OrganisationId, person: PersonId) -> Result<Standing, Error> {
    let tx = app.read(scope::System).await?;
    let home = organisations::get(&tx, organisation).await?.ok_or(Error::NotFound("organisation"))?;
    let all = employments::of_people(&tx, &[person]).await?;
    let today = time::day(tx.now(), home.zone);
    Ok(Standing { belongs: belongs(&all, organisation, today), today })
}

/// Somebody's employments by `organisation`, ended ones too.
async fn by(tx: &Tx<Home>, organisation: OrganisationId, person: PersonId) -> Result<Vec<Employment>, Error> {
    let mut all = employments::of_people(tx, &[person]).await?;
    all.retain(|one| one.organisation == organisation);
    Ok(all)
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
    let organisation = keeper.organisation();
    let Standing { belongs, today } =
        standing(app, organisation, get(app, keeper, id).await?.is.person).await?;
    let tx = app.write(Home(organisation)).await?;
    organisations::hold(&tx, organisation).await?;
    let before = seen.check(employments::hold(&tx, id).await?)?;
    let mut checks = terms.check(&by(&tx, organisation, before.person).await?, Some(id));
    if !belongs && terms.until.is_none_or(|until| today <= until) {
        checks.refuse("until", Wrong::NotA("over: they work elsewhere now, so invite them"));
    }
    checks.done()?;
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
