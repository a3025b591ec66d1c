//! Ordinary hours: of people at their office, and of an office's own desk. Their keeper keeps both.
//!
//! Hours of people are known by whose they are, their days, the time they begin, and their first day: a
//! file tells them apart by these, and so there are no two alike.

use chrono::{NaiveDate, NaiveTime};
use domain::{
    DutyDay, Employment, EmploymentId, HoursId, Minutes, OfficeHours, OpeningHours, OrganisationId, PersonId,
    Role, Window, time,
};
use storage::{
    Tx, audit, employments, office_hours, opening_hours,
    page::{Ask, Page},
    scope,
};

use super::Session;
use crate::{
    Anybody, App, Caller, Error, Keeper,
    checks::{Checks, Wrong},
    kept::{Kept, Seen},
    topics,
};

/// The longest break, in minutes.
pub(crate) const LONGEST_BREAK: u32 = 10 * 60;
/// The longest hours of one day, from the first to the last, in hours: no law lets a day of work be so long,
/// and what is longer has its ends swapped.
pub(crate) const LONGEST_HOURS: u32 = 16;

/// Whether hours of one day are longer than [`LONGEST_HOURS`].
pub(crate) fn are_too_long(from: NaiveTime, until: NaiveTime) -> bool {
    time::between(from, until) > Minutes::hours(LONGEST_HOURS)
}

/// Somebody's hours, under their id.
pub type Office = Kept<(HoursId, OfficeHours)>;
/// A desk's hours, under their id.
pub type Desk = Kept<(HoursId, OpeningHours)>;

/// When, and from when to when it applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pattern {
    /// The hours, in the office's zone and holidays.
    pub window: Window,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included.
    pub until: Option<NaiveDate>,
}

/// What lies inside the hours of somebody at the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inside {
    /// The break in their middle.
    pub pause: Minutes,
    /// The hours of days on which they also have a duty, if they are others.
    pub on_duty: Option<DutyDay>,
}

impl Pattern {
    fn check(&self) -> Checks {
        let mut checks = Checks::default();
        checks.window("hours", &self.window);
        checks.days(self.from, self.until);
        checks
    }

    /// Whether somebody can have these hours under `employment`, beside `others` of theirs.
    fn check_office(
        &self,
        Inside { pause, on_duty }: Inside,
        employment: &Employment,
        others: &[(HoursId, OfficeHours)],
    ) -> Result<(), Error> {
        let mut checks = self.check();
        if let Some(DutyDay::Hours { from, until, pause }) = on_duty {
            checks.within("on_duty/break_minutes", pause.0, 0, LONGEST_BREAK.into());
            if from == until {
                checks.refuse("on_duty/until", Wrong::NotA("another time than `from`"));
            } else if are_too_long(from, until) {
                checks
                    .refuse("on_duty/until", Wrong::NotA("within 16 hours of `from`: are the two swapped?"));
            } else if pause.0 <= LONGEST_BREAK && pause >= time::between(from, until) {
                checks.refuse("on_duty/break_minutes", Wrong::NotA("shorter than the hours"));
            }
        }
        checks.within("break_minutes", pause.0, 0, LONGEST_BREAK.into());
        if self.window.from == self.window.until {
            checks.refuse("hours/until", Wrong::NotA("another time than `from`"));
        } else if are_too_long(self.window.from, self.window.until) {
            checks.refuse("hours/until", Wrong::NotA("within 16 hours of `from`: are the two swapped?"));
        } else if pause.0 <= LONGEST_BREAK && pause >= time::between(self.window.from, self.window.until) {
            checks.refuse("break_minutes", Wrong::NotA("shorter than the hours"));
        }
        if !employment.runs_on(self.from) {
            checks.refuse("from", Wrong::NotA("a day of the employment"));
        }
        let known_by = |window: &Window, from| (window.days, window.from, from);
        let alike = |other: &OfficeHours| {
            other.employment == employment.id
                && known_by(&other.window, other.from) == known_by(&self.window, self.from)
        };
        if others.iter().any(|(_, other)| alike(other)) {
            checks
                .refuse("hours", Wrong::NotA("free: hours of these days, this time and first day are there"));
        }
        checks.done()
    }
}

/// Somebody's hours that are in sight, but for those of one id.
async fn others(
    tx: &Tx<scope::Home>,
    person: PersonId,
    but: Option<HoursId>,
) -> Result<Vec<(HoursId, OfficeHours)>, Error> {
    let mut all = office_hours::with_ids(tx, &[person]).await?;
    all.retain(|(id, _)| Some(*id) != but);
    Ok(all)
}

/// Office hours: an advisor's own, a keeper's staff's.
///
/// # Errors
/// If the database cannot be read.
pub async fn list_office(
    app: &App,
    session: &Session,
    person: Option<PersonId>,
    ask: &Ask,
) -> Result<Page<(HoursId, OfficeHours)>, Error> {
    if acts_alone(session) {
        let tx = app.read(scope::Person(session.person.id)).await?;
        return Ok(office_hours::list(&tx, person, ask).await?);
    }
    let tx = app.read(scope::Home(session.caller::<Keeper>()?.organisation())).await?;
    Ok(office_hours::list(&tx, person, ask).await?)
}

/// One pattern of office hours.
///
/// # Errors
/// If there is none of that id in sight.
pub async fn get_office(app: &App, session: &Session, id: HoursId) -> Result<Office, Error> {
    let found = if acts_alone(session) {
        office_hours::get(&app.read(scope::Person(session.person.id)).await?, id).await?
    } else {
        let home = session.caller::<Keeper>()?.organisation();
        office_hours::get(&app.read(scope::Home(home)).await?, id).await?
    };
    Ok(Kept::of(found.ok_or(Error::NotFound("office hours"))?))
}

/// Adds office hours to an employment of one's staff.
///
/// # Errors
/// If the employment is not theirs, or a field is wrong.
pub async fn add_office(
    app: &App,
    keeper: &Caller<Keeper>,
    employment: EmploymentId,
    inside: Inside,
    pattern: Pattern,
) -> Result<Office, Error> {
    let tx = app.write(scope::Home(keeper.organisation())).await?;
    let found =
        employments::get(&tx, employment).await?.filter(|one| one.organisation == keeper.organisation());
    let found = found.ok_or(Error::NotFound("employment"))?;
    let person = found.person;
    pattern.check_office(inside, &found, &others(&tx, person, None).await?)?;
    let Pattern { window, from, until } = pattern;
    let id: HoursId = app.mint();
    let Inside { pause, on_duty } = inside;
    let hours = OfficeHours { person, employment, window, pause, on_duty, from, until };
    office_hours::add(&tx, id, &hours).await?;
    audit::add(&tx, entry(keeper, "add_office_hours", "office_hours", id)).await?;
    tx.signal(topics::shifts(person));
    tx.commit().await?;
    Ok(Kept::of((id, hours)))
}

/// Changes office hours of one's staff.
///
/// # Errors
/// If they are not theirs, a field is wrong, or somebody else changed them.
pub async fn change_office(
    app: &App,
    keeper: &Caller<Keeper>,
    id: HoursId,
    seen: &Seen,
    (inside, pattern): (Inside, Pattern),
) -> Result<Office, Error> {
    let tx = app.write(scope::Home(keeper.organisation())).await?;
    let (_, before) = seen.check(office_hours::hold(&tx, id).await?)?;
    let found = employments::get(&tx, before.employment).await?.ok_or(Error::NotFound("office hours"))?;
    pattern.check_office(inside, &found, &others(&tx, before.person, Some(id)).await?)?;
    let Pattern { window, from, until } = pattern;
    let Inside { pause, on_duty } = inside;
    let hours = OfficeHours { window, pause, on_duty, from, until, ..before };
    office_hours::change(&tx, id, &hours).await?;
    audit::add(&tx, entry(keeper, "change_office_hours", "office_hours", id)).await?;
    tx.signal(topics::shifts(hours.person));
    tx.commit().await?;
    Ok(Kept::of((id, hours)))
}

/// Removes office hours of one's staff.
///
/// # Errors
/// If they are not theirs, or somebody else changed them.
pub async fn remove_office(
    app: &App,
    keeper: &Caller<Keeper>,
    id: HoursId,
    seen: &Seen,
) -> Result<(), Error> {
    let tx = app.write(scope::Home(keeper.organisation())).await?;
    let (_, before) = seen.check(office_hours::hold(&tx, id).await?)?;
    office_hours::remove(&tx, id).await?;
    audit::add(&tx, entry(keeper, "remove_office_hours", "office_hours", id)).await?;
    tx.signal(topics::shifts(before.person));
    Ok(tx.commit().await?)
}

/// When desks are open, of all organisations in sight or of one.
///
/// # Errors
/// If the database cannot be read.
pub async fn list_desk(
    app: &App,
    anybody: &Caller<Anybody>,
    organisation: Option<OrganisationId>,
    ask: &Ask,
) -> Result<Page<(HoursId, OpeningHours)>, Error> {
    let tx = app.read(scope::Home(anybody.organisation())).await?;
    Ok(opening_hours::list(&tx, organisation, ask).await?)
}

/// One pattern of opening hours.
///
/// # Errors
/// If there is none of that id in sight.
pub async fn get_desk(app: &App, anybody: &Caller<Anybody>, id: HoursId) -> Result<Desk, Error> {
    let tx = app.read(scope::Home(anybody.organisation())).await?;
    Ok(Kept::of(opening_hours::get(&tx, id).await?.ok_or(Error::NotFound("opening hours"))?))
}

/// Adds hours at which one's own desk is open.
///
/// # Errors
/// If a field is wrong.
pub async fn add_desk(app: &App, keeper: &Caller<Keeper>, pattern: Pattern) -> Result<Desk, Error> {
    let organisation = keeper.organisation();
    let tx = app.write(scope::Home(organisation)).await?;
    pattern.check().done()?;
    let Pattern { window, from, until } = pattern;
    let id: HoursId = app.mint();
    let hours = OpeningHours { organisation, window, from, until };
    opening_hours::add(&tx, id, &hours).await?;
    audit::add(&tx, entry(keeper, "add_opening_hours", "opening_hours", id)).await?;
    tx.signal(topics::inbox(organisation));
    tx.commit().await?;
    Ok(Kept::of((id, hours)))
}

/// Changes hours of one's own desk. Those of neighbours are in sight, and not one's own to change.
///
/// # Errors
/// If they are not theirs, a field is wrong, or somebody else changed them.
pub async fn change_desk(
    app: &App,
    keeper: &Caller<Keeper>,
    id: HoursId,
    seen: &Seen,
    pattern: Pattern,
) -> Result<Desk, Error> {
    let tx = app.write(scope::Home(keeper.organisation())).await?;
    let (_, before) = own(keeper, opening_hours::hold(&tx, id).await?, seen)?;
    pattern.check().done()?;
    let Pattern { window, from, until } = pattern;
    let hours = OpeningHours { window, from, until, ..before };
    opening_hours::change(&tx, id, &hours).await?;
    audit::add(&tx, entry(keeper, "change_opening_hours", "opening_hours", id)).await?;
    tx.signal(topics::inbox(hours.organisation));
    tx.commit().await?;
    Ok(Kept::of((id, hours)))
}

/// Removes hours of one's own desk.
///
/// # Errors
/// If they are not theirs, or somebody else changed them.
pub async fn remove_desk(app: &App, keeper: &Caller<Keeper>, id: HoursId, seen: &Seen) -> Result<(), Error> {
    let tx = app.write(scope::Home(keeper.organisation())).await?;
    own(keeper, opening_hours::hold(&tx, id).await?, seen)?;
    opening_hours::remove(&tx, id).await?;
    audit::add(&tx, entry(keeper, "remove_opening_hours", "opening_hours", id)).await?;
    tx.signal(topics::inbox(keeper.organisation()));
    Ok(tx.commit().await?)
}

/// Whether somebody acts for themselves: advisors do.
fn acts_alone(session: &Session) -> bool {
    session.hat().is_some_and(|hat| hat.role == Role::Advisor)
}

fn own(
    keeper: &Caller<Keeper>,
    found: (HoursId, OpeningHours),
    seen: &Seen,
) -> Result<(HoursId, OpeningHours), Error> {
    if found.1.organisation != keeper.organisation() {
        return Err(Error::NotFound("opening hours of yours"));
    }
    seen.check(found)
}

fn entry(
    keeper: &Caller<Keeper>,
    verb: &'static str,
    object_kind: &'static str,
    hours: HoursId,
) -> audit::Entry {
    audit::Entry {
        organisation: Some(keeper.organisation()),
        person: Some(keeper.person()),
        verb,
        object_kind,
        object: Some(hours.0),
        detail: None,
    }
}
