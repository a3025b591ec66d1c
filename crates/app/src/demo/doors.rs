//! The demo's four doors: planner, advisor, manager without signing in, and the visitor's page.

use domain::{Organisation, OrganisationKind, Person, Pool, Role};
use storage::{Tx, memberships, organisations, people, pools, roles, scope::System};

use super::only_in_the_demo;
use crate::{
    App, Error,
    account::{Browser, Tokens, sign_in},
};

/// A door one enters by pressing a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// As who plans.
    Planner,
    /// As who stands watch.
    Advisor,
    /// As who buys.
    Manager,
}

impl Door {
    /// The door of that name in the address.
    pub fn from_word(word: &str) -> Option<Self> {
        [(Role::Planner, Self::Planner), (Role::Advisor, Self::Advisor), (Role::Manager, Self::Manager)]
            .into_iter()
            .find(|(role, _)| role.word() == word)
            .map(|(_, door)| door)
    }
}

/// Somebody behind a door.
#[derive(Debug, Clone, PartialEq)]
pub struct Resident {
    /// Who.
    pub person: Person,
    /// Where they work.
    pub organisation: Organisation,
}

/// Who is behind which door.
#[derive(Debug, Clone, PartialEq)]
pub struct Doors {
    /// The region.
    pub pool: Pool,
    /// How many offices watch together.
    pub offices: usize,
    /// Who plans.
    pub planner: Resident,
    /// Who stands watch.
    pub advisor: Resident,
    /// Who buys.
    pub manager: Resident,
}

/// Who is behind which door: of the oldest pool, the first planner of its board, and the first
/// advisor and manager of its offices, in the order in which they were given their roles.
///
/// # Errors
/// If this is no demo, or it is not furnished yet.
pub async fn doors(app: &App) -> Result<Doors, Error> {
    only_in_the_demo(app)?;
    let tx = app.read(System).await?;
    let pool = pools::all(&tx).await?.into_iter().next().ok_or(Error::NotFound("pool"))?;
    let board = organisations::get(&tx, pool.board).await?.ok_or(Error::NotFound("board"))?;
    let mut members = Vec::new();
    for membership in memberships::of_pool(&tx, pool.id).await? {
        let office = organisations::get(&tx, membership.organisation).await?;
        members.extend(office.filter(|office| office.kind == OrganisationKind::Office));
    }
    Ok(Doors {
        offices: members.len(),
        planner: first(&tx, Role::Planner, std::slice::from_ref(&board)).await?,
        advisor: first(&tx, Role::Advisor, &members).await?,
        manager: first(&tx, Role::Manager, &members).await?,
        pool,
    })
}

/// Where the demo region's clocks hang; nothing where there is no demo, or it is not furnished yet.
pub async fn zone(app: &App) -> Option<domain::Tz> {
    only_in_the_demo(app).ok()?;
    let tx = app.read(System).await.ok()?;
    pools::all(&tx).await.ok()?.into_iter().next().map(|pool| pool.zone)
}

async fn first(tx: &Tx<System>, role: Role, places: &[Organisation]) -> Result<Resident, Error> {
    let held = roles::with(tx, role).await?;
    let (held, organisation) = held
        .iter()
        .find_map(|held| Some((held, places.iter().find(|place| place.id == held.organisation)?)))
        .ok_or(Error::NotFound("door"))?;
    let person = people::get(tx, held.person).await?.ok_or(Error::NotFound("door"))?;
    Ok(Resident { person, organisation: organisation.clone() })
}

/// Goes in by `door`: a session as whoever is behind it.
///
/// # Errors
/// If this is no demo, or it is not furnished yet.
pub async fn enter(app: &App, door: Door, browser: Browser<'_>) -> Result<Tokens, Error> {
    let doors = doors(app).await?;
    let resident = match door {
        Door::Planner => doors.planner,
        Door::Advisor => doors.advisor,
        Door::Manager => doors.manager,
    };
    let tx = app.write(System).await?;
    let account = people::account(&tx, resident.person.id).await?.ok_or(Error::NotFound("door"))?;
    let tokens = sign_in::begin(app, &tx, &account, browser, "demo_enter").await?;
    tx.commit().await?;
    Ok(tokens)
}
