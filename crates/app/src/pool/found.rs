//! What a board sets up by itself: its pools, what they need covered, and the offices that join.

use chrono::NaiveTime;
use domain::{
    Days, Language, Membership, Need, NeedId, OpeningHours, Organisation, OrganisationId, OrganisationKind,
    PoolId, Window, time,
};
use storage::{
    audit, memberships, opening_hours, organisations,
    scope::{self, System},
};
use views::html::pool::{Member, Model, Needed};

use super::{needs, pools};
use crate::{
    App, Caller, Error, Planner,
    account::house::{self, Founding},
    desk::accounts,
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
                members.push(Member { name: office.name, slug: office.slug, colour: office.colour });
            }
        }
        all.push(Needed { id: *id, name: pool.name, needs, members });
    }
    Ok(Model {
        board: board.name,
        zone: board.zone,
        calendar: board.calendar,
        language: board.language,
        pools: all,
    })
}

/// Makes a pool in the board's own zone and holidays.
///
/// # Errors
/// As [`pools::found`].
pub async fn make_pool(app: &App, planner: &Caller<Planner>, name: &str) -> Result<PoolId, Error> {
    let board = the_board(app, planner).await?;
    let said = pools::Said { name: name.to_owned(), zone: board.zone, calendar: board.calendar };
    Ok(pools::found(app, planner, said).await?.is.id)
}

/// What a pool is to need from today on.
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
}

/// Adds a need from today on.
///
/// # Errors
/// As [`needs::define`].
pub async fn want(app: &App, planner: &Caller<Planner>, pool: PoolId, new: Wanted) -> Result<NeedId, Error> {
    let tx = app.read(planned(planner, pool)?).await?;
    let from = time::day(tx.now(), the_pool(&tx, pool).await?.zone);
    drop(tx);
    let Wanted { window, leads, backups, languages } = new;
    let asked = needs::Asked { window, leads, backups, languages, from, until: None };
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

/// Founds an office that joins a pool today: its desk is open on weekdays from nine to five until it says
/// otherwise, its web chat is open, and its first manager is invited.
///
/// # Errors
/// As [`house::add_board`]; [`Error::NotFound`] if the pool is not the planner's.
pub async fn add_office(
    app: &App,
    planner: &Caller<Planner>,
    pool: PoolId,
    new: Founding,
) -> Result<OrganisationId, Error> {
    let tx = app.read(planned(planner, pool)?).await?;
    let members = memberships::of_pool(&tx, pool).await?.len();
    drop(tx);
    let colour = u8::try_from(members % 8).unwrap_or(0);
    let tx = app.write(System).await?;
    let office =
        house::found(app, &tx, OrganisationKind::Office, colour, new, Some(planner.person())).await?;
    let from = time::day(tx.now(), office.zone);
    let member = Membership { id: app.mint(), pool, organisation: office.id, from, until: None };
    memberships::add(&tx, &member).await?;
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("hours of a day");
    let window = Window { days: Days::WORKDAYS, from: hour(9), until: hour(17) };
    let hours = OpeningHours { organisation: office.id, window, from, until: None };
    opening_hours::add(&tx, app.mint(), &hours).await?;
    tx.signal(topics::coverage(pool));
    tx.commit().await?;
    accounts::open_web_chat(app, office.id, &office.slug).await?;
    Ok(office.id)
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
