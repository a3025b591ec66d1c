//! Absences: somebody says when they are away, or their employer's keeper does. Why is for them alone.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Absence, AbsenceId, PersonId, Role, Span, time};
use serde::Serialize;
use storage::{
    Tx, absences, audit,
    page::{Ask, Page, Sought},
    scope::{self, Scope},
};

use crate::{
    Anybody, App, Caller, Error, Keeper, Session,
    checks::{Checks, Wrong},
    kept::{Kept, Seen},
    topics,
};

/// The longest reason, in characters.
pub(crate) const LONGEST_REASON: u32 = 500;
/// The longest one may be, in days: a year of parental leave three times.
pub(crate) const LONGEST: u32 = 1_100;

/// An absence, with its reason as far as that is in sight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Whole {
    /// When, and whose.
    pub absence: Absence,
    /// Why, if it was said.
    pub reason: Option<String>,
}

/// What can be said of an absence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when, excluded.
    pub ends_at: DateTime<Utc>,
    /// Why, for the person and their employer alone.
    pub reason: Option<String>,
}

impl Said {
    fn checked(self, id: AbsenceId, person: PersonId) -> Result<Whole, Error> {
        let mut checks = Checks::default();
        for (field, at) in [("starts_at", self.starts_at), ("ends_at", self.ends_at)] {
            checks.year(field, &at);
        }
        let reason = self.reason.map(|reason| checks.words("reason", &reason, LONGEST_REASON as usize));
        let span = Span::new(time::to_micros(self.starts_at), time::to_micros(self.ends_at));
        if span.is_err() {
            checks.refuse("ends_at", Wrong::NotAfter("starts_at"));
        }
        if TimeDelta::days(LONGEST.into()) < self.ends_at - self.starts_at {
            checks.refuse("ends_at", Wrong::NotA("an end within 1 100 days of the start"));
        }
        checks.done()?;
        let span = span.map_err(|_| Error::NotFound("absence"))?;
        Ok(Whole {
            absence: Absence { id, person, span },
            reason: reason.filter(|reason| !reason.is_empty()),
        })
    }
}

/// An advisor's own absences, or those of a keeper's staff.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(app: &App, session: &Session, sought: Sought, ask: &Ask) -> Result<Page<Whole>, Error> {
    match own_alone(session) {
        true => list_in(&app.read(scope::Person(session.person.id)).await?, sought, ask).await,
        false => list_in(&app.read(home(session)?).await?, sought, ask).await,
    }
}

/// One of them.
///
/// # Errors
/// If there is none of that id in sight.
pub async fn get(app: &App, session: &Session, id: AbsenceId) -> Result<Kept<Whole>, Error> {
    let whole = match own_alone(session) {
        true => whole(&app.read(scope::Person(session.person.id)).await?, id).await,
        false => whole(&app.read(home(session)?).await?, id).await,
    };
    whole?.map(Kept::of).ok_or(Error::NotFound("absence"))
}

/// Says that somebody is away: oneself if nobody is named, or one's staff.
///
/// # Errors
/// If the person is not theirs, or a field is wrong.
pub async fn add(
    app: &App,
    session: &Session,
    person: Option<PersonId>,
    said: Said,
) -> Result<Kept<Whole>, Error> {
    let person = person.unwrap_or(session.person.id);
    match own_alone(session) {
        true => add_in(app, app.write(scope::Person(session.person.id)).await?, session, person, said).await,
        false => add_in(app, app.write(home(session)?).await?, session, person, said).await,
    }
}

/// Changes when somebody is away, and why.
///
/// # Errors
/// If it is not theirs, a field is wrong, or somebody else changed it.
pub async fn change(
    app: &App,
    session: &Session,
    id: AbsenceId,
    seen: &Seen,
    said: Said,
) -> Result<Kept<Whole>, Error> {
    match own_alone(session) {
        true => change_in(app.write(scope::Person(session.person.id)).await?, session, id, seen, said).await,
        false => change_in(app.write(home(session)?).await?, session, id, seen, said).await,
    }
}

/// Takes back that somebody is away.
///
/// # Errors
/// If it is not theirs, or somebody else changed it.
pub async fn remove(app: &App, session: &Session, id: AbsenceId, seen: &Seen) -> Result<(), Error> {
    match own_alone(session) {
        true => remove_in(app.write(scope::Person(session.person.id)).await?, session, id, seen).await,
        false => remove_in(app.write(home(session)?).await?, session, id, seen).await,
    }
}

/// Whether somebody acts for themselves: advisors do.
fn own_alone(session: &Session) -> bool {
    session.hat().is_some_and(|hat| hat.role == Role::Advisor)
}

fn home(session: &Session) -> Result<scope::Home, Error> {
    Ok(scope::Home(session.caller::<Keeper>()?.organisation()))
}

async fn list_in<S: Scope>(tx: &Tx<S>, sought: Sought, ask: &Ask) -> Result<Page<Whole>, Error> {
    let page = absences::list(tx, sought, ask).await?;
    let ids: Vec<AbsenceId> = page.items.iter().map(|absence| absence.id).collect();
    let mut reasons = absences::reasons(tx, &ids).await?;
    Ok(page.map(|absence| Whole { reason: reasons.remove(&absence.id), absence }))
}

async fn whole<S: Scope>(tx: &Tx<S>, id: AbsenceId) -> Result<Option<Whole>, Error> {
    let Some(absence) = absences::get(tx, id).await? else { return Ok(None) };
    let reason = absences::reasons(tx, &[id]).await?.remove(&id);
    Ok(Some(Whole { absence, reason }))
}

async fn add_in<S: Scope>(
    app: &App,
    tx: Tx<S>,
    session: &Session,
    person: PersonId,
    said: Said,
) -> Result<Kept<Whole>, Error> {
    let whole = said.checked(app.mint(), person)?;
    begins_alone(&tx, &whole.absence).await?;
    absences::add(&tx, &whole.absence).await.map_err(|error| match error {
        storage::StoreError::OutOfSight(_) => Error::NotFound("person of yours"),
        other => other.into(),
    })?;
    explain(&tx, session, &whole).await?;
    done(tx, session, "add_absence", &whole).await?;
    Ok(Kept::of(whole))
}

/// An absence is known by whose it is and when it begins: a file tells them apart by that.
async fn begins_alone<S: Scope>(tx: &Tx<S>, absence: &Absence) -> Result<(), Error> {
    let begins = |other: &Absence| other.id != absence.id && other.span.start() == absence.span.start();
    let mut checks = Checks::default();
    if absences::within(tx, &[absence.person], absence.span).await?.iter().any(begins) {
        checks.refuse("starts_at", Wrong::NotA("free: another absence begins then"));
    }
    checks.done()
}

async fn change_in<S: Scope>(
    tx: Tx<S>,
    session: &Session,
    id: AbsenceId,
    seen: &Seen,
    said: Said,
) -> Result<Kept<Whole>, Error> {
    let before = held(&tx, id, seen).await?;
    let whole = said.checked(id, before.absence.person)?;
    begins_alone(&tx, &whole.absence).await?;
    absences::change(&tx, &whole.absence).await?;
    absences::forget_reason(&tx, id).await?;
    explain(&tx, session, &whole).await?;
    done(tx, session, "change_absence", &whole).await?;
    Ok(Kept::of(whole))
}

async fn remove_in<S: Scope>(tx: Tx<S>, session: &Session, id: AbsenceId, seen: &Seen) -> Result<(), Error> {
    let before = held(&tx, id, seen).await?;
    absences::remove(&tx, id).await?;
    done(tx, session, "remove_absence", &before).await
}

async fn held<S: Scope>(tx: &Tx<S>, id: AbsenceId, seen: &Seen) -> Result<Whole, Error> {
    let absence = absences::hold(tx, id).await?;
    let reason = absences::reasons(tx, &[id]).await?.remove(&id);
    seen.check(Whole { absence, reason })
}

async fn explain<S: Scope>(tx: &Tx<S>, session: &Session, whole: &Whole) -> Result<(), Error> {
    if let Some(reason) = &whole.reason {
        let employer = session.caller::<Anybody>()?.organisation();
        absences::explain(tx, &whole.absence, employer, reason).await?;
    }
    Ok(())
}

async fn done<S: Scope>(
    tx: Tx<S>,
    session: &Session,
    verb: &'static str,
    whole: &Whole,
) -> Result<(), Error> {
    let caller: Caller<Anybody> = session.caller()?;
    let entry = audit::Entry {
        organisation: Some(caller.organisation()),
        person: Some(caller.person()),
        verb,
        object_kind: "absence",
        object: Some(whole.absence.id.0),
        detail: None,
    };
    audit::add(&tx, entry).await?;
    tx.signal(topics::shifts(whole.absence.person));
    Ok(tx.commit().await?)
}
