//! The page of a month's interventions: an advisor's own, or those of a keeper's staff.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, NaiveTime};
use domain::{Month, OrganisationId, PersonId, Span, Tz, time};
use scheduling::needs::Period;
use storage::{Tx, employments, interventions, organisations, people, scope::Scope};
use views::html::interventions::{Line, Model};

use super::{employer, home, own, own_alone};
use crate::{App, Error, Session, checks::Fault, checks::Wrong, rota::scene};

/// The interventions that begin in a month; in this one if none is named.
///
/// # Errors
/// If the database cannot be read.
pub async fn page(app: &App, session: &Session, month: Option<Month>) -> Result<Model, Error> {
    let employer = employer(session)?;
    if own_alone(session) {
        let tx = app.read(own(session)).await?;
        gathered(&tx, employer, month, Some(session.person.id)).await
    } else {
        gathered(&app.read(home(session)?).await?, employer, month, None).await
    }
}

async fn gathered<S: Scope>(
    tx: &Tx<S>,
    employer: OrganisationId,
    month: Option<Month>,
    alone: Option<PersonId>,
) -> Result<Model, Error> {
    let organisation = organisations::get(tx, employer).await?.ok_or(Error::NotFound("organisation"))?;
    let this_month = Month::of(time::day(tx.now(), organisation.zone));
    let month = month.unwrap_or(this_month);
    let period = Period { from: month.first(), until: month.last() };
    let mut ids = match alone {
        Some(person) => vec![person],
        None => staff(tx, employer, period).await?,
    };
    ids.sort_unstable();
    let mut staff = people::named(tx, &ids).await?;
    staff.sort_by_key(|person| (person.family_name.clone(), person.given_name.clone(), person.id));
    let known = interventions::within(tx, employer, &ids, scene::whole(period, organisation.zone)).await?;
    let name = |person: PersonId| staff.iter().find(|one| one.id == person).map(domain::Person::full_name);
    let line = |one: domain::Intervention| Line {
        id: one.id,
        name: name(one.person).filter(|_| alone.is_none()),
        span: one.span,
        source: one.source,
    };
    let after = Month::of(month.last() + Days::new(1));
    Ok(Model {
        organisation: organisation.name.clone(),
        zone: organisation.zone,
        month,
        before: Month::of(month.first() - Days::new(1)),
        after: (after <= this_month).then_some(after),
        lines: known.into_iter().map(line).collect(),
        people: match alone {
            Some(_) => Vec::new(),
            None => staff.iter().map(|person| (person.id, person.full_name())).collect(),
        },
        filled: views::html::forms::Filled::default(),
    })
}

/// Whoever works there on a day of the period.
async fn staff<S: Scope>(
    tx: &Tx<S>,
    employer: OrganisationId,
    period: Period,
) -> Result<Vec<PersonId>, Error> {
    let mut employed = employments::of_organisations(tx, &[employer]).await?;
    employed.retain(|one| one.from <= period.until && one.until.is_none_or(|last| period.from <= last));
    Ok(employed.into_iter().map(|one| one.person).collect::<BTreeSet<_>>().into_iter().collect())
}

/// The zone by whose clocks somebody says when they worked.
///
/// # Errors
/// If the database cannot be read.
pub async fn zone(app: &App, session: &Session) -> Result<Tz, Error> {
    let employer = employer(session)?;
    let found = match own_alone(session) {
        true => organisations::get(&app.read(own(session)).await?, employer).await?,
        false => organisations::get(&app.read(home(session)?).await?, employer).await?,
    };
    Ok(found.ok_or(Error::NotFound("organisation"))?.zone)
}

/// From a time of `day` to the next time the clocks in `zone` show `until`, past midnight if that comes
/// first.
///
/// # Errors
/// If both are the same.
pub fn between(day: NaiveDate, from: NaiveTime, until: NaiveTime, zone: Tz) -> Result<Span, Error> {
    let last = if until <= from { day + Days::new(1) } else { day };
    let span = Span::new(time::to_utc(day.and_time(from), zone), time::to_utc(last.and_time(until), zone));
    let empty = || Error::Invalid(vec![Fault::new("until_time", Wrong::NotAfter("from_time"))]);
    if from == until { Err(empty()) } else { span.map_err(|_| empty()) }
}
