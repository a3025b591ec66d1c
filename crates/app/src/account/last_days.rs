//! Last days: what the end of an employment brings about by itself, wherever it was set: by a file, by a
//! program, by a page. Duties after the last day become open places as soon as it is known; roles go once
//! the day is over. Whoever leaves at once goes by [`super::leave`].

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use domain::{Employment, OrganisationId, PersonId, Role, time};
use storage::{
    Tx, audit, employments, organisations,
    roles::{self, Held},
    scope::{Home, System},
};

use super::leave::{open_duties, pools_left_to};
use crate::{
    App, Error,
    jobs::{self, Job},
};

/// An end is looked after for so many days, however long nobody worked the jobs.
const LOOK_BACK: Days = Days::new(92);

/// Looks after every employment that has a last day, and after those that are newly over.
///
/// # Errors
/// The last of those that stopped somebody's end; the others are gone through all the same, and what was
/// not done is done next time.
pub async fn keep(app: &App) -> Result<(), Error> {
    let tx = app.read(System).await?;
    let since = tx.now().date_naive() - LOOK_BACK;
    let ending = employments::ending_since(&tx, since).await?;
    let last_days = last_days(&tx, &ending).await?;
    drop(tx);
    let mut outcome = Ok(());
    for ((person, organisation), last) in last_days {
        if let Err(error) = end(app, person, organisation, last).await {
            tracing::warn!(%organisation, error = crate::told(&error), "could not end somebody's work");
            outcome = Err(error);
        }
    }
    outcome
}

/// The last day somebody works for an organisation; nothing for those whose work there goes on.
async fn last_days(
    tx: &Tx<System>,
    ending: &[Employment],
) -> Result<BTreeMap<(PersonId, OrganisationId), NaiveDate>, Error> {
    let people: Vec<PersonId> = ending.iter().map(|employment| employment.person).collect();
    let mut last_days = BTreeMap::new();
    for employment in employments::of_people(tx, &people).await? {
        let until = employment.until.unwrap_or(NaiveDate::MAX);
        let last = last_days.entry((employment.person, employment.organisation)).or_insert(until);
        *last = until.max(*last);
    }
    last_days.retain(|_, last| *last != NaiveDate::MAX);
    Ok(last_days)
}

/// Opens duties after `last`; takes the roles once it is over. Does nothing where both was done.
async fn end(
    app: &App,
    person: PersonId,
    organisation: OrganisationId,
    last: NaiveDate,
) -> Result<(), Error> {
    let tx = app.read(System).await?;
    let Some(home) = organisations::get(&tx, organisation).await? else { return Ok(()) };
    let over = time::civil_day(last, home.zone).end();
    let works_there = |held: &Held| held.organisation == organisation;
    let held = roles::of_person(&tx, person).await?.iter().any(works_there);
    let kept = pools_left_to(&tx, person, Some(organisation)).await?;
    let now = tx.now();
    drop(tx);
    if held && over <= now {
        take_roles(app, person, organisation).await?;
    }
    open_duties(app, person, &kept, over.max(now)).await
}

/// Takes somebody's roles; who heads the organisation alone keeps that role, or nobody could ever let
/// anybody in again.
async fn take_roles(app: &App, person: PersonId, organisation: OrganisationId) -> Result<(), Error> {
    let tx = app.write(Home(organisation)).await?;
    organisations::hold(&tx, organisation).await?;
    let held = roles::in_organisation(&tx, organisation).await?;
    let mut taken = 0;
    for one in held.iter().filter(|one| one.person == person) {
        let successor = held.iter().any(|other| other.person != person && other.role == one.role);
        if one.role == Role::Advisor || successor {
            taken += u64::from(roles::revoke(&tx, *one).await?);
        }
    }
    if taken == 0 {
        return Ok(());
    }
    let entry = audit::Entry {
        organisation: Some(organisation),
        verb: "employment_over",
        object_kind: "person",
        object: Some(person.0),
        ..audit::Entry::default()
    };
    audit::add(&tx, entry).await?;
    jobs::enqueue(app, &tx, &Job::ClearUp { organisation, person, at: tx.now().timestamp() }).await?;
    Ok(tx.commit().await?)
}
