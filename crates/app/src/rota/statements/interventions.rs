//! Work during standby, from accepting to the last answer: known from what somebody answered
//! ([`super::answered`]), or said by whoever worked or by their employer; both correct it.

pub mod page;

use chrono::{DateTime, Duration, Utc};
use domain::{Intervention, InterventionId, OrganisationId, PersonId, Role, Source, Span, time};
use storage::{
    Tx, audit, employments, interventions,
    page::{Ask, Page, Sought},
    scope::{self, Scope},
};

use crate::{
    Anybody, App, Error, Keeper, Session,
    checks::{Checks, Wrong},
    kept::{Kept, Seen},
    topics,
};

/// The longest intervention.
const LONGEST: Duration = Duration::hours(24);

/// An advisor's own interventions, or those of a keeper's staff.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(
    app: &App,
    session: &Session,
    sought: Sought,
    ask: &Ask,
) -> Result<Page<Intervention>, Error> {
    let employer = employer(session)?;
    match own_alone(session) {
        true => Ok(interventions::list(&app.read(own(session)).await?, employer, sought, ask).await?),
        false => Ok(interventions::list(&app.read(home(session)?).await?, employer, sought, ask).await?),
    }
}

/// One of them.
///
/// # Errors
/// If there is none of that id in sight.
pub async fn get(app: &App, session: &Session, id: InterventionId) -> Result<Kept<Intervention>, Error> {
    let found = match own_alone(session) {
        true => interventions::get(&app.read(own(session)).await?, id).await?,
        false => interventions::get(&app.read(home(session)?).await?, id).await?,
    };
    let employer = employer(session)?;
    let found = found.filter(|one| one.organisation == employer);
    Ok(Kept::of(found.ok_or(Error::NotFound("intervention"))?))
}

/// Says that somebody worked during standby: oneself if nobody is named, or one's staff.
///
/// # Errors
/// If the person is not theirs, or a field is wrong.
pub async fn add(
    app: &App,
    session: &Session,
    person: Option<PersonId>,
    (starts_at, ends_at): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Kept<Intervention>, Error> {
    let employer = employer(session)?;
    let person = person.unwrap_or(session.person.id);
    let said = (person, starts_at, ends_at);
    match own_alone(session) {
        true if person != session.person.id => Err(Error::NotFound("person of yours")),
        true => add_in(app, app.write(own(session)).await?, session, employer, said).await,
        false => add_in(app, app.write(home(session)?).await?, session, employer, said).await,
    }
}

/// Corrects from when to when an intervention was; what answers told is then said by hand.
///
/// # Errors
/// If it is not theirs, somebody else changed it, or a field is wrong.
pub async fn correct(
    app: &App,
    session: &Session,
    id: InterventionId,
    seen: &Seen,
    times: (DateTime<Utc>, DateTime<Utc>),
) -> Result<Kept<Intervention>, Error> {
    match own_alone(session) {
        true => correct_in(app.write(own(session)).await?, session, id, seen, times).await,
        false => correct_in(app.write(home(session)?).await?, session, id, seen, times).await,
    }
}

/// Takes an intervention back.
///
/// # Errors
/// If it is not theirs, or somebody else changed it.
pub async fn remove(app: &App, session: &Session, id: InterventionId, seen: &Seen) -> Result<(), Error> {
    match own_alone(session) {
        true => remove_in(app.write(own(session)).await?, session, id, seen).await,
        false => remove_in(app.write(home(session)?).await?, session, id, seen).await,
    }
}

async fn add_in<S: Scope>(
    app: &App,
    tx: Tx<S>,
    session: &Session,
    organisation: OrganisationId,
    (person, starts_at, ends_at): (PersonId, DateTime<Utc>, DateTime<Utc>),
) -> Result<Kept<Intervention>, Error> {
    let employed = employments::of_people(&tx, &[person]).await?;
    if !employed.iter().any(|one| one.organisation == organisation) {
        return Err(Error::NotFound("person of yours"));
    }
    let told = (person, organisation);
    let span = checked(&tx, told, None, (starts_at, ends_at)).await?;
    let told = Intervention { id: app.mint(), person, organisation, span, source: Source::Said };
    interventions::add(&tx, &told).await?;
    audit::add(&tx, entry(session, "add_intervention", &told)).await?;
    tx.signal(topics::shifts(person));
    tx.commit().await?;
    Ok(Kept::of(told))
}

async fn correct_in<S: Scope>(
    tx: Tx<S>,
    session: &Session,
    id: InterventionId,
    seen: &Seen,
    times: (DateTime<Utc>, DateTime<Utc>),
) -> Result<Kept<Intervention>, Error> {
    let told = interventions::hold(&tx, id).await?;
    if told.organisation != employer(session)? {
        return Err(Error::NotFound("intervention"));
    }
    let told = seen.check(told)?;
    let span = checked(&tx, (told.person, told.organisation), Some(id), times).await?;
    let told = Intervention { span, source: Source::Said, ..told };
    interventions::change(&tx, &told).await?;
    audit::add(&tx, entry(session, "correct_intervention", &told)).await?;
    tx.signal(topics::shifts(told.person));
    tx.commit().await?;
    Ok(Kept::of(told))
}

/// The time of an intervention: past, a day long at most, and of no other one that is known, `but` itself.
async fn checked<S: Scope>(
    tx: &Tx<S>,
    (person, organisation): (PersonId, OrganisationId),
    but: Option<InterventionId>,
    (starts_at, ends_at): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Span, Error> {
    let (starts_at, ends_at) = (time::to_micros(starts_at), time::to_micros(ends_at));
    let mut checks = Checks::default();
    if tx.now() < ends_at {
        checks.refuse("ends_at", Wrong::InTheFuture);
    }
    checks.year("starts_at", &starts_at);
    checks.year("ends_at", &ends_at);
    if LONGEST < ends_at - starts_at {
        checks.refuse("ends_at", Wrong::NotA("an end within a day of the start"));
    }
    let Ok(span) = Span::new(starts_at, ends_at) else {
        checks.refuse("ends_at", Wrong::NotAfter("starts_at"));
        return Err(checks.done().err().unwrap_or(Error::NotFound("intervention")));
    };
    checks.done()?;
    let mut checks = Checks::default();
    let known = interventions::within(tx, organisation, &[person], span).await?;
    if known.iter().any(|one| Some(one.id) != but) {
        // Whoever worked then is known to have: another one would say it twice.
        checks.refuse("starts_at", Wrong::Taken);
    }
    checks.done()?;
    Ok(span)
}

async fn remove_in<S: Scope>(
    tx: Tx<S>,
    session: &Session,
    id: InterventionId,
    seen: &Seen,
) -> Result<(), Error> {
    let told = interventions::hold(&tx, id).await?;
    if told.organisation != employer(session)? {
        return Err(Error::NotFound("intervention"));
    }
    let told = seen.check(told)?;
    interventions::remove(&tx, id).await?;
    audit::add(&tx, entry(session, "remove_intervention", &told)).await?;
    tx.signal(topics::shifts(told.person));
    Ok(tx.commit().await?)
}

/// Whether somebody acts for themselves: advisors do.
fn own_alone(session: &Session) -> bool {
    session.hat().is_some_and(|hat| hat.role == Role::Advisor)
}

/// For whom they act: what they said at another employer is not spoken of.
fn employer(session: &Session) -> Result<OrganisationId, Error> {
    Ok(session.caller::<Anybody>()?.organisation())
}

fn own(session: &Session) -> scope::Person {
    scope::Person(session.person.id)
}

fn home(session: &Session) -> Result<scope::Home, Error> {
    Ok(scope::Home(session.caller::<Keeper>()?.organisation()))
}

fn entry(session: &Session, verb: &'static str, told: &Intervention) -> audit::Entry {
    audit::Entry {
        organisation: Some(told.organisation),
        person: Some(session.person.id),
        verb,
        object_kind: "intervention",
        object: Some(told.id.0),
        detail: None,
    }
}
