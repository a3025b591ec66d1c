//! Hours outside: people say themselves when they work for an employer who is not here. Their employers
//! and whoever plans them see the hours, and not for whom they are.

use chrono::NaiveDate;
use domain::{Days, OutsideHours, OutsideId, PersonId, Role, Window};
use storage::{
    audit, outside_hours,
    page::{Ask, Page},
    scope,
};

use super::Session;
use crate::{
    Advisor, App, Caller, Error, Keeper,
    checks::{Checks, Fault, Wrong},
    kept::{Kept, Seen},
    topics,
};

/// How many one person says at most that have not ended.
const MOST: usize = 50;

/// When somebody works elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outside {
    /// The hours, by the clocks of where they live.
    pub window: Window,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included.
    pub until: Option<NaiveDate>,
}

impl Outside {
    fn checked(self, id: OutsideId, person: PersonId) -> Result<OutsideHours, Error> {
        let mut checks = Checks::default();
        // Which public holidays another employer keeps is not known: only weekdays are told apart.
        let days = Days(self.window.days.0 & !Days::HOLIDAYS.0);
        if days.0 == 0 {
            checks.refuse("hours/days", Wrong::Empty);
        }
        checks.days(self.from, self.until);
        checks.done()?;
        let window = Window { days, ..self.window };
        Ok(OutsideHours { id, person, window, from: self.from, until: self.until })
    }
}

/// An advisor's own hours outside, or those of a keeper's staff.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(
    app: &App,
    session: &Session,
    person: Option<PersonId>,
    ask: &Ask,
) -> Result<Page<OutsideHours>, Error> {
    if own_alone(session) {
        let tx = app.read(scope::Person(session.person.id)).await?;
        return Ok(outside_hours::list(&tx, person, ask).await?);
    }
    let tx = app.read(scope::Home(session.caller::<Keeper>()?.organisation())).await?;
    Ok(outside_hours::list(&tx, person, ask).await?)
}

/// One of them.
///
/// # Errors
/// If there is none of that id in sight.
pub async fn get(app: &App, session: &Session, id: OutsideId) -> Result<Kept<OutsideHours>, Error> {
    let found = if own_alone(session) {
        outside_hours::get(&app.read(scope::Person(session.person.id)).await?, id).await?
    } else {
        let home = session.caller::<Keeper>()?.organisation();
        outside_hours::get(&app.read(scope::Home(home)).await?, id).await?
    };
    Ok(Kept::of(found.ok_or(Error::NotFound("outside hours"))?))
}

/// Says when one works elsewhere.
///
/// # Errors
/// If a field is wrong.
pub async fn add(app: &App, advisor: &Caller<Advisor>, said: Outside) -> Result<Kept<OutsideHours>, Error> {
    let tx = app.write(scope::Person(advisor.person())).await?;
    let hours = said.checked(app.mint(), advisor.person())?;
    let today = tx.now().date_naive();
    let others = outside_hours::of_people(&tx, &[advisor.person()], today).await?;
    if others.len() >= MOST {
        return Err(Error::Invalid(vec![Fault::new("until", Wrong::Enough { most: MOST })]));
    }
    outside_hours::add(&tx, &hours).await?;
    audit::add(&tx, entry(advisor, "add_outside_hours", hours.id)).await?;
    tx.signal(topics::shifts(advisor.person()));
    tx.commit().await?;
    Ok(Kept::of(hours))
}

/// Changes what one said.
///
/// # Errors
/// If there is none of theirs, a field is wrong, or somebody else changed it.
pub async fn change(
    app: &App,
    advisor: &Caller<Advisor>,
    id: OutsideId,
    seen: &Seen,
    said: Outside,
) -> Result<Kept<OutsideHours>, Error> {
    let tx = app.write(scope::Person(advisor.person())).await?;
    seen.check(outside_hours::hold(&tx, id).await?)?;
    let hours = said.checked(id, advisor.person())?;
    outside_hours::change(&tx, &hours).await?;
    audit::add(&tx, entry(advisor, "change_outside_hours", id)).await?;
    tx.signal(topics::shifts(advisor.person()));
    tx.commit().await?;
    Ok(Kept::of(hours))
}

/// Takes back what one said.
///
/// # Errors
/// If there is none of theirs, or somebody else changed it.
pub async fn remove(app: &App, advisor: &Caller<Advisor>, id: OutsideId, seen: &Seen) -> Result<(), Error> {
    let tx = app.write(scope::Person(advisor.person())).await?;
    seen.check(outside_hours::hold(&tx, id).await?)?;
    outside_hours::remove(&tx, id).await?;
    audit::add(&tx, entry(advisor, "remove_outside_hours", id)).await?;
    tx.signal(topics::shifts(advisor.person()));
    Ok(tx.commit().await?)
}

/// Whether somebody looks for themselves: advisors do.
fn own_alone(session: &Session) -> bool {
    session.hat().is_some_and(|hat| hat.role == Role::Advisor)
}

fn entry(advisor: &Caller<Advisor>, verb: &'static str, hours: OutsideId) -> audit::Entry {
    audit::Entry {
        organisation: Some(advisor.organisation()),
        person: Some(advisor.person()),
        verb,
        object_kind: "outside_hours",
        object: Some(hours.0),
        detail: None,
    }
}
