//! Needs: a board says how many people its pool wants, and when.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{DutyKind, Language, Need, NeedId, OrganisationId, PoolId, Season, Skills, Window, YearPart};
use storage::{
    Tx, audit, memberships, needs,
    page::{Ask, Page},
    scope,
};

use crate::{
    Anybody, App, Caller, Error, Planner,
    checks::{Checks, Wrong},
    kept::{Kept, Seen},
    rota::planned,
    topics,
};

/// The most people a need may ask for on one rung.
const MOST: i64 = 20;
/// The most days on which a need may not run.
const MOST_EXCEPTIONS: usize = 200;
/// The longest name of a zone of school holidays, in characters.
const LONGEST_ZONE: usize = 40;
/// The most languages a need may ask for.
const MOST_LANGUAGES: usize = 20;

/// What a need asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
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
    /// First day it applies.
    pub from: NaiveDate,
    /// Last day, included.
    pub until: Option<NaiveDate>,
    /// In which part of the year, and on which days not.
    pub season: Season,
}

impl Asked {
    /// The need, of a pool with these members: only their destinations can be asked for.
    pub(super) fn checked(
        self,
        id: NeedId,
        pool: PoolId,
        members: &BTreeSet<OrganisationId>,
    ) -> Result<Need, Error> {
        let mut checks = Checks::default();
        checks.window("hours", &self.window);
        checks.within("leads", self.leads, 0, MOST);
        checks.within("backups", self.backups, 0, MOST);
        if self.leads == 0 && self.backups == 0 {
            checks.refuse("leads", Wrong::OutOfRange { least: 1, most: MOST });
        }
        if self.languages.len() > MOST_LANGUAGES {
            checks.refuse("languages", Wrong::TooLong { most: MOST_LANGUAGES });
        }
        if !self.skills.destinations.is_subset(members) {
            checks.refuse("destinations", Wrong::Unknown);
        }
        checks.days(self.from, self.until);
        let season = checked_season(&mut checks, self.season);
        checks.done()?;
        let Self { window, leads, backups, languages, skills, kind, from, until, .. } = self;
        Ok(Need { id, pool, window, leads, backups, languages, skills, kind, from, until, season })
    }
}

/// Days on which it does not run stand once and in order; a zone has a name.
fn checked_season(checks: &mut Checks, mut season: Season) -> Season {
    season.except.sort_unstable();
    season.except.dedup();
    if season.except.len() > MOST_EXCEPTIONS {
        checks.refuse("except", Wrong::TooLong { most: MOST_EXCEPTIONS });
    }
    if let YearPart::School { zone, known, .. } = &mut season.part {
        *zone = checks.name("season/zone", zone, LONGEST_ZONE);
        known.clear();
    }
    season
}

/// The needs of the pools an organisation is part of, or of one of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(
    app: &App,
    anybody: &Caller<Anybody>,
    pool: Option<PoolId>,
    ask: &Ask,
) -> Result<Page<Need>, Error> {
    let tx = app.read(scope::Home(anybody.organisation())).await?;
    Ok(needs::list(&tx, pool, ask).await?)
}

/// One need.
///
/// # Errors
/// If there is none of that id in sight.
pub async fn get(app: &App, anybody: &Caller<Anybody>, id: NeedId) -> Result<Kept<Need>, Error> {
    let tx = app.read(scope::Home(anybody.organisation())).await?;
    Ok(Kept::of(needs::get(&tx, id).await?.ok_or(Error::NotFound("need"))?))
}

/// One need, for whoever plans its pool.
///
/// # Errors
/// If there is none of that id in sight.
pub async fn get_planned(app: &App, planner: &Caller<Planner>, id: NeedId) -> Result<Kept<Need>, Error> {
    let tx = app.read(scope::Home(planner.organisation())).await?;
    Ok(Kept::of(needs::get(&tx, id).await?.ok_or(Error::NotFound("need"))?))
}

/// Adds a need to a pool.
///
/// # Errors
/// If the pool is not theirs, or a field is wrong.
pub async fn define(
    app: &App,
    planner: &Caller<Planner>,
    pool: PoolId,
    asked: Asked,
) -> Result<Kept<Need>, Error> {
    let tx = app.write(planned(planner, pool)?).await?;
    let need = asked.checked(app.mint(), pool, &members(&tx, pool).await?)?;
    needs::add(&tx, &need).await?;
    audit::add(&tx, entry(planner, "define_need", need.id)).await?;
    tx.signal(topics::today(pool));
    tx.commit().await?;
    Ok(Kept::of(need))
}

/// Changes what a need asks for; rotas that were built stay as they are.
///
/// # Errors
/// If there is no such need of theirs, a field is wrong, or somebody else changed it.
pub async fn change(
    app: &App,
    planner: &Caller<Planner>,
    id: NeedId,
    seen: &Seen,
    asked: Asked,
) -> Result<Kept<Need>, Error> {
    let pool = pool_of(app, planner, id).await?;
    let tx = app.write(planned(planner, pool)?).await?;
    seen.check(needs::hold(&tx, id).await?)?;
    let need = asked.checked(id, pool, &members(&tx, pool).await?)?;
    needs::change(&tx, &need).await?;
    audit::add(&tx, entry(planner, "change_need", id)).await?;
    tx.signal(topics::today(pool));
    tx.commit().await?;
    Ok(Kept::of(need))
}

/// Removes a need that no rota was ever built from; others are ended by their last day.
///
/// # Errors
/// If there is no such need of theirs, it is in use, or somebody else changed it.
pub async fn remove(app: &App, planner: &Caller<Planner>, id: NeedId, seen: &Seen) -> Result<(), Error> {
    let pool = pool_of(app, planner, id).await?;
    let tx = app.write(planned(planner, pool)?).await?;
    seen.check(needs::hold(&tx, id).await?)?;
    needs::remove(&tx, id).await.map_err(Error::in_use("need"))?;
    audit::add(&tx, entry(planner, "remove_need", id)).await?;
    tx.signal(topics::today(pool));
    Ok(tx.commit().await?)
}

/// Who is a member of the pool, or was or will be one.
pub(super) async fn members(tx: &Tx<scope::Pool>, pool: PoolId) -> Result<BTreeSet<OrganisationId>, Error> {
    Ok(memberships::of_pool(tx, pool).await?.into_iter().map(|member| member.organisation).collect())
}

/// The pool of a need, if it is one they plan.
pub(super) async fn pool_of(app: &App, planner: &Caller<Planner>, id: NeedId) -> Result<PoolId, Error> {
    let tx = app.read(scope::Home(planner.organisation())).await?;
    let need = needs::get(&tx, id).await?.ok_or(Error::NotFound("need"))?;
    if planner.pools().contains(&need.pool) { Ok(need.pool) } else { Err(Error::NotFound("need")) }
}

pub(super) fn entry(planner: &Caller<Planner>, verb: &'static str, need: NeedId) -> audit::Entry {
    audit::Entry {
        organisation: Some(planner.organisation()),
        person: Some(planner.person()),
        verb,
        object_kind: "need",
        object: Some(need.0),
        detail: None,
    }
}
