//! Statements of a month: what each person's duties were and what they owe, the pay elements, and the
//! register of working time.
//!
//! An employer sees its own people, an advisor themselves. Whose duty it was is told by the ledger: of
//! several employers in a pool, the one with most contract hours.

pub(crate) mod answered;
mod chain;
pub mod files;
pub mod interventions;
pub mod page;
pub mod rates;
pub mod register;

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    Employment, Intervention, Month, Organisation, OrganisationId, Person, PersonId, Role, Shift, Span,
    Statement, WorkedDay, WorkedWeek, time,
};
use scheduling::{
    ledger::Clocks,
    needs::{self, Period},
    record,
    statements::{self, Worked},
};
use storage::{
    Tx, absences, compensation, employments, interventions as recorded, office_hours, organisations, people,
    scope, shifts,
};

use super::{ledger::employers::Employers, scene};
use crate::{Advisor, App, Caller, Error, Keeper, Session};

pub use chain::Checked;

/// Everybody's month at one employer.
#[derive(Debug, Clone)]
pub struct Statements {
    /// The employer.
    pub organisation: Organisation,
    /// The month.
    pub month: Month,
    /// Each person's, by family name. Duties that are not over yet do not count.
    pub people: Vec<OnePerson>,
}

/// One person's month.
#[derive(Debug, Clone)]
pub struct OnePerson {
    /// Who.
    pub person: Person,
    /// Their duties, and what is owed.
    pub statement: Statement,
    /// What they worked on each day that is over.
    pub days: Vec<WorkedDay>,
    /// And in each civil week, as far as its days lie in the month and are over.
    pub weeks: Vec<WorkedWeek>,
}

/// The month of everybody who worked for the keeper's organisation.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_staff(app: &App, keeper: &Caller<Keeper>, month: Month) -> Result<Statements, Error> {
    read(app, keeper.organisation(), month, None).await
}

/// One's own month at the office one works for.
///
/// # Errors
/// If the database cannot be read.
pub async fn own(app: &App, advisor: &Caller<Advisor>, month: Month) -> Result<Statements, Error> {
    read(app, advisor.organisation(), month, Some(advisor.person())).await
}

/// What whoever is signed in may see, in the role they wear; of one person alone if one is named.
///
/// # Errors
/// If they hold no role, or the database cannot be read.
pub async fn seen_by(
    app: &App,
    session: &Session,
    month: Month,
    person: Option<PersonId>,
) -> Result<Statements, Error> {
    let mut statements = match session.hat().map(|hat| hat.role) {
        Some(Role::Advisor) | None => own(app, &session.caller()?, month).await?,
        Some(_) => of_staff(app, &session.caller()?, month).await?,
    };
    statements.people.retain(|one| person.is_none_or(|person| one.person.id == person));
    Ok(statements)
}

/// The month before this one, by the clocks of the caller's organisation.
///
/// # Errors
/// If the database cannot be read.
pub async fn last_month(app: &App, keeper: &Caller<Keeper>) -> Result<Month, Error> {
    let tx = app.read(scope::Home(keeper.organisation())).await?;
    let home =
        organisations::get(&tx, keeper.organisation()).await?.ok_or(Error::NotFound("organisation"))?;
    let first = Month::of(time::day(tx.now(), home.zone)).first();
    Ok(Month::of(first - Days::new(1)))
}

async fn read(
    app: &App,
    employer: OrganisationId,
    month: Month,
    only: Option<PersonId>,
) -> Result<Statements, Error> {
    let period = Period { from: month.first(), until: month.last() };
    let Gathered { organisation, employers, told, everybody, now } =
        Gathered::read(app, employer, period, only).await?;
    let tx = app.read(scope::Home(employer)).await?;
    let rates = compensation::of_organisation(&tx, employer).await?;
    drop(tx);
    let clocks = Clocks { zone: organisation.zone, calendar: organisation.calendar };
    let mut people = Vec::with_capacity(everybody.len());
    for person in everybody {
        let own = Own::read(app, person.id, &organisation, &employers, period).await?;
        let held: Vec<Shift> = own.held.iter().filter(|shift| shift.span.end() <= now).cloned().collect();
        let told: Vec<Intervention> = told.iter().filter(|one| one.person == person.id).cloned().collect();
        let worked = Worked { office: own.office, duty: worked_on(&held, &told) };
        let (days, weeks) = past(&worked, period, organisation.zone, now);
        // To which duty an intervention belongs is told by all of them; then by those that count.
        let statement = statements::statement(month, &own.held, &told, &rates, clocks)
            .only(|id| held.iter().any(|shift| shift.id == id), true);
        people.push(OnePerson { person, statement, days, weeks });
    }
    Ok(Statements { organisation, month, people })
}

/// What was worked on each day of a period that is over, by whoever works or worked there then.
pub(crate) async fn worked(
    app: &App,
    employer: OrganisationId,
    period: Period,
) -> Result<Vec<(PersonId, Vec<WorkedDay>)>, Error> {
    let Gathered { organisation, employers, told, everybody, now } =
        Gathered::read(app, employer, period, None).await?;
    let mut all = Vec::with_capacity(everybody.len());
    for person in everybody {
        let own = Own::read(app, person.id, &organisation, &employers, period).await?;
        let held: Vec<Shift> = own.held.into_iter().filter(|shift| shift.span.end() <= now).collect();
        let told: Vec<Intervention> = told.iter().filter(|one| one.person == person.id).cloned().collect();
        let worked = Worked { office: own.office, duty: worked_on(&held, &told) };
        let (mut days, _) = past(&worked, period, organisation.zone, now);
        let there = |day: NaiveDate| {
            let mut own = employers.employments.iter().filter(|one| one.person == person.id);
            own.any(|one| one.organisation == employer && one.runs_on(day))
        };
        days.retain(|day| there(day.day));
        all.push((person.id, days));
    }
    Ok(all)
}

/// What is read of an employer before one looks at each person.
struct Gathered {
    organisation: Organisation,
    /// Who works for whom, whoever left since too.
    employers: Employers,
    /// Interventions of the period.
    told: Vec<Intervention>,
    /// Who works or worked there in the period, by family name.
    everybody: Vec<Person>,
    now: DateTime<Utc>,
}

impl Gathered {
    /// Of everybody, or of one person alone.
    async fn read(
        app: &App,
        employer: OrganisationId,
        period: Period,
        only: Option<PersonId>,
    ) -> Result<Self, Error> {
        let tx = app.read(scope::Home(employer)).await?;
        let organisation = organisations::get(&tx, employer).await?.ok_or(Error::NotFound("organisation"))?;
        let mut employed = employments::of_organisations(&tx, &[employer]).await?;
        employed.retain(|one| {
            one.from <= period.until
                && one.until.is_none_or(|last| period.from <= last)
                && only.is_none_or(|person| person == one.person)
        });
        let ids: BTreeSet<PersonId> = employed.iter().map(|one| one.person).collect();
        let ids: Vec<PersonId> = ids.into_iter().collect();
        // A duty of the last evening may end in the next month.
        let whole = scene::whole(Period { until: period.until + Days::new(1), ..period }, organisation.zone);
        let told = recorded::within(&tx, employer, &ids, whole).await?;
        let now = tx.now();
        drop(tx);
        let tx = app.read(scope::System).await?;
        let employers = Employers::of_people(&tx, &ids).await?;
        let mut everybody = people::named(&tx, &ids).await?;
        drop(tx);
        everybody.sort_by(|one, other| {
            (&one.family_name, &one.given_name, one.id).cmp(&(
                &other.family_name,
                &other.given_name,
                other.id,
            ))
        });
        Ok(Self { organisation, employers, told, everybody, now })
    }
}

/// One person's month, in their own sight: what an office sees of its people ends with their work there,
/// what they are owed for it does not.
struct Own {
    /// Duties they stood for the employer, a day around the month too.
    held: Vec<Shift>,
    /// Their ordinary hours there, absences left out.
    office: Vec<Span>,
}

impl Own {
    async fn read(
        app: &App,
        person: PersonId,
        employer: &Organisation,
        employers: &Employers,
        period: Period,
    ) -> Result<Self, Error> {
        let tx = app.read(scope::Person(person)).await?;
        let around = Period { from: period.from - Days::new(1), until: period.until + Days::new(1) };
        let mut held = shifts::of_people(&tx, &[person], scene::whole(around, employer.zone)).await?;
        held.retain(|shift| {
            let day = time::day(shift.span.start(), employer.zone);
            employers.on(person, shift.pool, day) == Some(employer.id)
        });
        let employed = employers
            .employments
            .iter()
            .filter(|one| (one.person, one.organisation) == (person, employer.id));
        let employed: Vec<&Employment> = employed.collect();
        let office = office(&tx, employer, &employed, person, period, &held).await?;
        Ok(Self { held, office })
    }
}

/// What was worked on duty: active duties, and interventions on standby.
fn worked_on(held: &[Shift], told: &[Intervention]) -> Vec<Span> {
    let active = held.iter().filter(|shift| shift.kind == domain::DutyKind::Active).map(|shift| shift.span);
    active.chain(told.iter().map(|one| one.span)).collect()
}

/// The register of the days that are over.
fn past(
    worked: &Worked,
    period: Period,
    zone: domain::Tz,
    now: DateTime<Utc>,
) -> (Vec<WorkedDay>, Vec<WorkedWeek>) {
    let yesterday = time::day(now, zone) - Days::new(1);
    let until = period.until.min(yesterday);
    if until < period.from {
        return (Vec::new(), Vec::new());
    }
    statements::register(worked, Period { until, ..period }, zone)
}

/// One person's ordinary hours at the employer in the period, absences left out; on days with one of the
/// duties `held`, those the employer allows then.
async fn office(
    tx: &Tx<scope::Person>,
    organisation: &Organisation,
    employed: &[&Employment],
    person: PersonId,
    period: Period,
    held: &[Shift],
) -> Result<Vec<Span>, Error> {
    let duty_days: BTreeSet<NaiveDate> =
        held.iter().map(|shift| time::day(shift.span.start(), organisation.zone)).collect();
    let away = absences::within(tx, &[person], scene::whole(period, organisation.zone)).await?;
    let away = record::joined(away.iter().map(|absence| absence.span).collect());
    let mut all = Vec::new();
    for hours in office_hours::of_people(tx, &[person]).await? {
        let Some(one) = employed.iter().find(|one| one.id == hours.employment) else { continue };
        let from = hours.from.max(one.from).max(period.from);
        let until = [hours.until, one.until].into_iter().flatten().fold(period.until, NaiveDate::min);
        if until < from {
            continue;
        }
        let (zone, calendar) = (organisation.zone, organisation.calendar);
        let (usual, on_duty) = (hours.windows(), hours.windows_on_duty());
        let days = needs::office_days(&usual, on_duty.as_deref(), Period { from, until }, zone, calendar);
        let spans = days
            .into_iter()
            .flat_map(|day| if duty_days.contains(&day.day) { day.on_duty } else { day.usual });
        all.extend(spans.flat_map(|span| statements::without(span, &away)));
    }
    Ok(all)
}
