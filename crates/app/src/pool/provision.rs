//! Setting up: pools, members, needs, people's hours and leave, and duties as they were published.
//!
//! For whoever sets the house up: the demo, imports, tests. Nobody who is signed in reaches these;
//! each one opens the narrowest scope that may write the row.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Absence, AbsenceId, Assignment, BuildProgress, Built, Calendar, CoverageId, DutyKind, Employment,
    EmploymentId, HoursId, Language, Law, Membership, MembershipId, Minutes, Need, NeedId, OfferId,
    OfficeHours, OpeningHours, OrganisationId, PersonId, Pool, PoolId, Rota, RotaId, RotaStatus, Rung, Shift,
    ShiftId, Skills, Slot, Span, Tz, Window, WishKind, time,
};
use scheduling::needs::{Period, slots};
use storage::{
    Tx, absences, assignments, employments, memberships, needs, office_hours, opening_hours, pools, rotas,
    scope, shifts, wishes,
};

use super::{NewOffer, coverage};
use crate::{App, Error, Refusal, kept::Seen, rota::the_pool, topics};

/// Makes a pool that `board` organises.
///
/// # Errors
/// If the database refuses.
pub async fn create_pool(
    app: &App,
    board: OrganisationId,
    name: &str,
    zone: Tz,
    calendar: Calendar,
) -> Result<PoolId, Error> {
    let pool = Pool { id: app.mint(), board, name: name.to_owned(), zone, calendar, approval: false };
    let tx = app.write(scope::System).await?;
    pools::add(&tx, &pool).await?;
    tx.commit().await?;
    Ok(pool.id)
}

/// Makes `office` a member of `pool` from a day on.
///
/// # Errors
/// If the database refuses.
pub async fn add_member(
    app: &App,
    pool: PoolId,
    office: OrganisationId,
    from: NaiveDate,
) -> Result<MembershipId, Error> {
    let member = Membership { id: app.mint(), pool, organisation: office, from, until: None };
    let tx = app.write(scope::System).await?;
    memberships::add(&tx, &member).await?;
    tx.commit().await?;
    Ok(member.id)
}

/// A need to be added.
#[derive(Debug, Clone, PartialEq)]
pub struct NewNeed {
    /// When, in the pool's zone and holidays.
    pub window: Window,
    /// How many answer first.
    pub leads: u8,
    /// How many are rung after them.
    pub backups: u8,
    /// Languages that a lead must speak.
    pub languages: Vec<Language>,
    /// First day it applies.
    pub from: NaiveDate,
}

/// Adds a need to a pool.
///
/// # Errors
/// If there is no such pool, or the database refuses.
pub async fn add_need(app: &App, pool: PoolId, new: NewNeed) -> Result<NeedId, Error> {
    let tx = app.write(board_of(app, pool).await?).await?;
    let NewNeed { window, leads, backups, languages, from } = new;
    let need = Need {
        id: app.mint(),
        pool,
        window,
        leads,
        backups,
        languages,
        skills: Skills::default(),
        kind: DutyKind::Active,
        from,
        until: None,
        season: domain::Season::default(),
    };
    needs::add(&tx, &need).await?;
    tx.signal(topics::today(pool));
    tx.commit().await?;
    Ok(need.id)
}

/// Makes an offer, as its board would.
///
/// # Errors
/// If a field is missing or wrong.
pub async fn add_offer(app: &App, pool: PoolId, new: NewOffer) -> Result<OfferId, Error> {
    let tx = app.write(board_of(app, pool).await?).await?;
    let offer = new.checked(app.mint(), pool)?;
    storage::offers::add(&tx, &offer).await?;
    tx.signal(topics::coverage(pool));
    tx.commit().await?;
    Ok(offer.id)
}

/// Orders an offer for `office` as of `at`, as `by` did for it.
///
/// # Errors
/// As [`coverage::order`].
pub async fn order_coverage(
    app: &App,
    office: OrganisationId,
    by: PersonId,
    offer: OfferId,
    at: DateTime<Utc>,
) -> Result<CoverageId, Error> {
    let tx = app.write(scope::Home(office)).await?;
    let coverage = coverage::order_in(app, &tx, office, by, (offer, &Seen::Any), time::to_micros(at)).await?;
    tx.commit().await?;
    Ok(coverage)
}

/// Somebody works for an organisation from a day on.
///
/// # Errors
/// If the database refuses.
pub async fn employ(
    app: &App,
    person: PersonId,
    organisation: OrganisationId,
    law: Law,
    weekly: Minutes,
    from: NaiveDate,
) -> Result<EmploymentId, Error> {
    let employment =
        Employment { id: app.mint(), person, organisation, from, until: None, law, weekly, born: None };
    let tx = app.write(scope::System).await?;
    employments::add(&tx, &employment).await?;
    tx.commit().await?;
    Ok(employment.id)
}

/// Adds somebody's ordinary hours at an office, with a break in their middle.
///
/// # Errors
/// If the office does not employ them, or the database refuses.
pub async fn add_office_hours(
    app: &App,
    office: OrganisationId,
    hours: &OfficeHours,
) -> Result<HoursId, Error> {
    let tx = app.write(scope::Home(office)).await?;
    let id = app.mint();
    office_hours::add(&tx, id, hours).await?;
    tx.commit().await?;
    Ok(id)
}

/// Adds hours at which an office's own desk is open.
///
/// # Errors
/// If the database refuses.
pub async fn add_opening_hours(
    app: &App,
    office: OrganisationId,
    window: Window,
    from: NaiveDate,
) -> Result<HoursId, Error> {
    let tx = app.write(scope::System).await?;
    let id = app.mint();
    opening_hours::add(&tx, id, &OpeningHours { organisation: office, window, from, until: None }).await?;
    tx.signal(topics::inbox(office));
    tx.commit().await?;
    Ok(id)
}

/// Somebody is away; why is for them and `employer` alone.
///
/// # Errors
/// If the database refuses.
pub async fn add_absence(
    app: &App,
    person: PersonId,
    span: Span,
    employer: Option<(OrganisationId, &str)>,
) -> Result<AbsenceId, Error> {
    let tx = app.write(scope::Person(person)).await?;
    let absence = Absence { id: app.mint(), person, span };
    absences::add(&tx, &absence).await?;
    if let Some((employer, reason)) = employer {
        absences::explain(&tx, &absence, employer, reason).await?;
    }
    tx.commit().await?;
    Ok(absence.id)
}

/// Somebody says something of a day, also of a day that is past.
///
/// # Errors
/// If the database refuses.
pub async fn add_wish(app: &App, person: PersonId, day: NaiveDate, kind: WishKind) -> Result<(), Error> {
    let tx = app.write(scope::Person(person)).await?;
    wishes::say(&tx, app.mint(), person, day, Some(kind)).await?;
    tx.signal(topics::shifts(person));
    Ok(tx.commit().await?)
}

/// A duty as it was published.
#[derive(Debug, Clone, PartialEq)]
pub struct NewShift {
    /// The need it fills.
    pub need: NeedId,
    /// Who.
    pub person: PersonId,
    /// Lead or backup.
    pub rung: Rung,
    /// From when to when.
    pub span: Span,
}

/// Publishes one duty, today's or any day's, as a rota of its own: for tests and the demo.
///
/// # Errors
/// If the person is on duty elsewhere at that time, or the database refuses.
pub async fn publish_shift(app: &App, pool: PoolId, new: NewShift) -> Result<ShiftId, Error> {
    let scope = board_of(app, pool).await?;
    let tx = app.write(scope).await?;
    let known = the_pool(&tx, pool).await?;
    let day = time::day(new.span.start(), known.zone);
    let ids = publish_all(app, &tx, &known, Period { from: day, until: day }, &[new]).await?.1;
    tx.commit().await?;
    ids.first().copied().ok_or(Error::NotFound("shift"))
}

/// Publishes a whole rota as it stood, also one of the past: its places are those the needs ask for
/// and those of `shifts`; the others stay open. Tells nobody.
///
/// # Errors
/// If somebody would be in two places at once, or the database refuses.
pub async fn publish_rota(
    app: &App,
    pool: PoolId,
    from: NaiveDate,
    until: NaiveDate,
    shifts: &[NewShift],
) -> Result<RotaId, Error> {
    if until < from {
        return Err(Refusal::PeriodIsWrong.into());
    }
    let tx = app.write(board_of(app, pool).await?).await?;
    let known = the_pool(&tx, pool).await?;
    let (rota, _) = publish_all(app, &tx, &known, Period { from, until }, shifts).await?;
    tx.commit().await?;
    Ok(rota)
}

async fn publish_all(
    app: &App,
    tx: &Tx<scope::Pool>,
    pool: &Pool,
    period: Period,
    new: &[NewShift],
) -> Result<(RotaId, Vec<ShiftId>), Error> {
    let rota = published(app, tx, pool, period).await?;
    rotas::add(tx, &rota).await?;
    let needs = needs::of_pool(tx, pool.id).await?;
    let asked = slots(&needs, period, pool.zone, pool.calendar);
    // A single duty is not a plan of its day: the day's other places are not open because of it.
    let asked = if new.len() == 1 && period.from == period.until { Vec::new() } else { asked };
    assignments::settle(tx, rota.id, pool.id, &places(app, rota.id, pool, asked, new)).await?;
    let shifts: Vec<Shift> = new.iter().map(|one| shift(app, tx, &rota, &needs, one)).collect();
    shifts::add_all(tx, &shifts).await?;
    let people: BTreeSet<PersonId> = new.iter().map(|one| one.person).collect();
    for person in &people {
        tx.signal(topics::shifts(*person));
    }
    shifts::refuse_two_places(tx, &people.into_iter().collect::<Vec<_>>()).await?;
    tx.signal(topics::today(pool.id));
    Ok((rota.id, shifts.iter().map(|shift| shift.id).collect()))
}

async fn published(app: &App, tx: &Tx<scope::Pool>, pool: &Pool, period: Period) -> Result<Rota, Error> {
    Ok(Rota {
        id: app.mint(),
        pool: pool.id,
        number: rotas::next_number(tx, pool.id).await?,
        from: period.from,
        until: period.until,
        status: RotaStatus::Published,
        seed: 1,
        stop_asked: false,
        progress: BuildProgress::default(),
        outcome: Some(Built::default()),
        message: None,
        created_by: None,
        created_at: tx.now(),
        published_by: None,
        published_at: Some(tx.now()),
        version: 1,
    })
}

/// The places the needs ask for, filled where a duty fits, and one more for each that fits none.
fn places(app: &App, rota: RotaId, pool: &Pool, asked: Vec<Slot>, new: &[NewShift]) -> Vec<Assignment> {
    let mut left: Vec<&NewShift> = new.iter().collect();
    let mut all: Vec<Assignment> = asked
        .into_iter()
        .map(|slot| {
            let fits = |one: &&NewShift| (one.need, one.rung, one.span) == (slot.need, slot.rung, slot.span);
            let person = left.iter().position(fits).map(|at| left.remove(at).person);
            Assignment { id: app.mint(), rota, slot, person, pinned: false }
        })
        .collect();
    all.extend(left.into_iter().map(|one| Assignment {
        id: app.mint(),
        rota,
        slot: Slot {
            need: one.need,
            day: time::day(one.span.start(), pool.zone),
            span: one.span,
            rung: one.rung,
            place: 0,
            languages: Vec::new(),
            skills: Skills::default(),
        },
        person: Some(one.person),
        pinned: false,
    }));
    all
}

fn shift(app: &App, tx: &Tx<scope::Pool>, rota: &Rota, needs: &[Need], one: &NewShift) -> Shift {
    let need = needs.iter().find(|need| need.id == one.need);
    Shift {
        id: app.mint(),
        pool: rota.pool,
        rota: rota.id,
        need: one.need,
        person: one.person,
        rung: one.rung,
        kind: need.map_or(DutyKind::Active, |need| need.kind),
        span: one.span,
        sequence: 0,
        changed_at: tx.now(),
        told_at: Some(tx.now()),
        cancelled_at: None,
    }
}

async fn board_of(app: &App, pool: PoolId) -> Result<scope::Pool, Error> {
    crate::rota::build::board_scope(app, pool).await?.ok_or(Error::NotFound("pool"))
}
