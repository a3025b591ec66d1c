//! What a board sets up by itself: its pools, what they need covered, and the offices that join.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};
use domain::{
    Days, DemandTerms, DutyKind, Language, Membership, Need, NeedId, OpeningHours, Organisation,
    OrganisationId, OrganisationKind, PoolId, Role, Season, Skills, Window, YearPart, time,
};
use storage::{
    audit, memberships, opening_hours, organisations, pools, roles, school_holidays,
    scope::{self, System},
};
use views::html::{
    forms::Filled,
    pool::{Member, Model, Needed},
};

use super::{needs, proposals};
use crate::{
    App, Caller, Error, Planner,
    account::{
        founding::{self, COLOURS, First, Founding},
        organisations::{Whole, kept},
    },
    checks::Checks,
    desk::accounts,
    kept::Kept,
    rota::{planned, the_pool},
    topics,
};

/// The planner's pools with their needs and members, as the page shows them.
///
/// # Errors
/// If the database cannot be read.
pub async fn setup_page(app: &App, planner: &Caller<Planner>) -> Result<Model, Error> {
    let board = the_board(app, planner).await?;
    let mut all = Vec::new();
    for id in planner.pools() {
        let tx = app.read(planned(planner, *id)?).await?;
        let pool = the_pool(&tx, *id).await?;
        let today = time::day(tx.now(), pool.zone);
        let running = |need: &Need| need.until.is_none_or(|last| today < last);
        let needs = storage::needs::of_pool(&tx, *id).await?.into_iter().filter(running).collect();
        let mut members = Vec::new();
        for member in memberships::of_pool(&tx, *id).await? {
            if member.until.is_none_or(|last| today <= last)
                && let Some(office) = organisations::get(&tx, member.organisation).await?
            {
                let Organisation { id, name, slug, colour, .. } = office;
                members.push(Member { id, name, slug, colour, unmanned: false });
            }
        }
        drop(tx);
        let offices: Vec<OrganisationId> = members.iter().map(|member| member.id).collect();
        let unmanned = unmanned(app, &offices).await?;
        for member in &mut members {
            member.unmanned = unmanned.contains(&member.id);
        }
        let outlook = proposals::of_pool(app, planner, *id, DemandTerms::default()).await?;
        let calendar = pool.calendar;
        all.push(Needed {
            id: *id,
            name: pool.name,
            calendar,
            needs,
            members,
            approval: pool.approval,
            outlook,
        });
    }
    Ok(Model {
        school: school(app, board.id).await?,
        board: board.name,
        zone: board.zone,
        calendar: board.calendar,
        language: board.language,
        pools: all,
        filled: Filled::default(),
    })
}

/// Each zone of school holidays the board keeps, with the last day that is known of it.
async fn school(app: &App, board: OrganisationId) -> Result<Vec<(String, NaiveDate)>, Error> {
    let tx = app.read(scope::Home(board)).await?;
    let mut zones: Vec<(String, NaiveDate)> = Vec::new();
    for (_, one) in school_holidays::of_board(&tx, board).await? {
        match zones.iter_mut().find(|(zone, _)| *zone == one.zone) {
            Some((_, last)) => *last = one.until.max(*last),
            None => zones.push((one.zone, one.until)),
        }
    }
    Ok(zones)
}

/// Makes a pool in the board's own zone and holidays.
///
/// # Errors
/// As [`super::pools::found`].
pub async fn make_pool(app: &App, planner: &Caller<Planner>, name: &str) -> Result<PoolId, Error> {
    let board = the_board(app, planner).await?;
    let said = super::pools::Said {
        name: name.to_owned(),
        zone: board.zone,
        calendar: board.calendar,
        approval: None,
    };
    Ok(super::pools::found(app, planner, said).await?.is.id)
}

/// What a pool is to need.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// When, in the pool's zone and holidays.
    pub window: Window,
    /// How many answer first.
    pub leads: u8,
    /// How many are rung after them.
    pub backups: u8,
    /// Languages that a lead must speak.
    pub languages: Vec<Language>,
    /// At which levels at least, which destinations a lead must know, and on which channels answer.
    pub skills: Skills,
    /// What the hours are in law for whoever watches.
    pub kind: DutyKind,
    /// In which part of the year.
    pub part: YearPart,
    /// First day, today if nothing is said. A past one lets past duties be brought in.
    pub from: Option<NaiveDate>,
    /// Last day, included.
    pub until: Option<NaiveDate>,
}

/// Adds a need.
///
/// # Errors
/// As [`needs::define`].
pub async fn want(app: &App, planner: &Caller<Planner>, pool: PoolId, new: Wanted) -> Result<NeedId, Error> {
    let tx = app.read(planned(planner, pool)?).await?;
    let today = time::day(tx.now(), the_pool(&tx, pool).await?.zone);
    drop(tx);
    let Wanted { window, leads, backups, languages, skills, kind, part, from, until } = new;
    let (from, season) = (from.unwrap_or(today), Season { part, except: Vec::new() });
    let asked = needs::Asked { window, leads, backups, languages, skills, kind, from, until, season };
    Ok(needs::define(app, planner, pool, asked).await?.is.id)
}

/// A need ends with today: duties that are published stay.
///
/// # Errors
/// [`Error::NotFound`] if none of the planner's pools has it, or it has ended.
pub async fn end_need(app: &App, planner: &Caller<Planner>, need: NeedId) -> Result<(), Error> {
    for pool in planner.pools() {
        let tx = app.write(planned(planner, *pool)?).await?;
        if !storage::needs::of_pool(&tx, *pool).await?.iter().any(|known| known.id == need) {
            continue;
        }
        let zone = the_pool(&tx, *pool).await?.zone;
        if !storage::needs::end(&tx, need, time::day(tx.now(), zone)).await? {
            return Err(Error::NotFound("need"));
        }
        audit::add(&tx, entry(planner, "end_need", ("need", need.0))).await?;
        tx.signal(topics::today(*pool));
        return Ok(tx.commit().await?);
    }
    Err(Error::NotFound("need"))
}

/// Founds an office that joins a pool: its desk is open on weekdays from nine to five until it says
/// otherwise, its web chat is open, and its first manager is invited if one is named. All of it, or
/// nothing. It joins today unless `from` says otherwise.
///
/// # Errors
/// [`Error::NotFound`] if the pool is not the planner's; [`Error::Invalid`] with every field that is wrong.
pub async fn add_office(
    app: &App,
    planner: &Caller<Planner>,
    (pool, from): (PoolId, Option<NaiveDate>),
    new: Founding,
) -> Result<Kept<Whole>, Error> {
    let tx = app.write(System).await?;
    let known = pools::by_id(&tx, pool).await?.filter(|pool| pool.board == planner.organisation());
    known.ok_or(Error::NotFound("pool"))?;
    if let Some(from) = from {
        let mut checks = Checks::default();
        checks.days(from, None);
        checks.done()?;
    }
    let colour = memberships::of_pool(&tx, pool).await?.len() % usize::from(COLOURS);
    let colour = new.colour.or_else(|| u8::try_from(colour).ok());
    let new = Founding { colour, ..new };
    let office = founding::found(app, &tx, OrganisationKind::Office, new, Some(planner.person())).await?;
    let from = from.unwrap_or_else(|| time::day(tx.now(), office.zone));
    let member = Membership { id: app.mint(), pool, organisation: office.id, from, until: None };
    memberships::add(&tx, &member).await?;
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("hours of a day");
    let window = Window { days: Days::WORKDAYS, from: hour(9), until: hour(17) };
    let hours = OpeningHours { organisation: office.id, window, from, until: None };
    opening_hours::add(&tx, app.mint(), &hours).await?;
    accounts::open_web_chat_in(app, &tx, office.id, &office.slug).await?;
    tx.signal(topics::coverage(pool));
    let whole = organisations::whole(&tx, office.id).await?.ok_or(Error::NotFound("office"))?;
    tx.commit().await?;
    Ok(kept(whole))
}

/// Invites somebody as the first manager of an office of the board's pools in which nobody decides yet;
/// earlier letters lead nowhere.
///
/// # Errors
/// [`Error::NotFound`] if it is no member of theirs; [`crate::Refusal::InvitationIsSpent`] if somebody manages it;
/// [`Error::Invalid`] with every field that is wrong.
pub async fn invite_manager(
    app: &App,
    planner: &Caller<Planner>,
    office: OrganisationId,
    first: First,
) -> Result<(), Error> {
    let tx = app.write(System).await?;
    let known = organisations::get(&tx, office).await?.filter(|one| one.kind == OrganisationKind::Office);
    let known = known.ok_or(Error::NotFound("office"))?;
    let own = pools::organised_by(&tx, planner.organisation()).await?;
    let own: Vec<PoolId> = own.into_iter().map(|pool| pool.id).collect();
    let today = time::day(tx.now(), known.zone);
    let theirs = |one: &Membership| own.contains(&one.pool) && one.until.is_none_or(|last| today <= last);
    if !memberships::of_organisation(&tx, office).await?.iter().any(theirs) {
        return Err(Error::NotFound("office"));
    }
    founding::invite_head(app, &tx, &known, first, Some(planner.person())).await?;
    Ok(tx.commit().await?)
}

/// The offices among `all` in which nobody decides yet.
async fn unmanned(app: &App, all: &[OrganisationId]) -> Result<BTreeSet<OrganisationId>, Error> {
    let tx = app.read(System).await?;
    let headed: BTreeSet<OrganisationId> = roles::at(&tx, all, Role::Manager).await?.into_iter().collect();
    Ok(all.iter().copied().filter(|office| !headed.contains(office)).collect())
}

async fn the_board(app: &App, planner: &Caller<Planner>) -> Result<Organisation, Error> {
    let tx = app.read(scope::Home(planner.organisation())).await?;
    organisations::get(&tx, planner.organisation()).await?.ok_or(Error::NotFound("board"))
}

fn entry(planner: &Caller<Planner>, verb: &'static str, what: (&'static str, uuid::Uuid)) -> audit::Entry {
    audit::Entry {
        organisation: Some(planner.organisation()),
        person: Some(planner.person()),
        verb,
        object_kind: what.0,
        object: Some(what.1),
        ..audit::Entry::default()
    }
}
