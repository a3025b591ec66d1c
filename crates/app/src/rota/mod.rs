//! Rotas, from the question to the phone: build, adjust, compare, publish, tell, and the calendar.

pub mod absences;
pub mod accepted;
pub mod beside;
pub mod board;
pub mod bring_back;
pub mod build;
pub mod change;
pub mod compare;
pub(crate) mod covered;
pub(crate) mod demand;
pub mod draft;
mod duty;
pub mod explained;
pub mod feed;
pub mod handovers;
pub mod ledger;
pub mod my_shifts;
pub mod notices;
pub mod on_duty;
pub mod preview;
pub mod publish;
pub mod read;
pub mod repair;
pub(crate) mod scene;
pub mod shifts;
pub mod statements;
#[cfg(test)]
mod stories;
pub mod tell;
pub mod today;
pub mod wishes;

use domain::{
    Assignment, AssignmentId, PersonId, Pool, PoolId, Rota, RotaChange, RotaId, RotaStatus, Shift, Tz,
};
use scheduling::{Problem, needs::Period};
use storage::{Tx, assignments, people, pools, rota_changes, rotas, scope};

use self::ledger::books::Staff;
use crate::{App, Caller, Error, Planner, topics};

/// The zone a pool's wall clocks hang in.
///
/// # Errors
/// If there is no such pool.
pub async fn zone_of(app: &App, pool: PoolId) -> Result<Tz, Error> {
    let tx = app.read(scope::System).await?;
    Ok(pools::by_id(&tx, pool).await?.ok_or(Error::NotFound("pool"))?.zone)
}

/// The zone of the pool that `rota` is for.
///
/// # Errors
/// If there is no such rota.
pub async fn zone_of_rota(app: &App, planner: &Caller<Planner>, rota: RotaId) -> Result<Tz, Error> {
    zone_of(app, scope_of(app, planner, rota).await?.pool).await
}

/// The pool that `rota` is for.
///
/// # Errors
/// If the planner plans no such rota.
pub async fn pool_of(app: &App, planner: &Caller<Planner>, rota: RotaId) -> Result<PoolId, Error> {
    Ok(scope_of(app, planner, rota).await?.pool)
}

/// The given name of somebody who may stand in `rota`, if the planner knows them.
///
/// # Errors
/// If there is no such rota.
pub async fn name_of(
    app: &App,
    planner: &Caller<Planner>,
    rota: RotaId,
    person: PersonId,
) -> Result<Option<String>, Error> {
    let tx = app.read(scope_of(app, planner, rota).await?).await?;
    Ok(people::get(&tx, person).await?.map(|person| person.given_name))
}

/// The scope in which a planner plans `pool`, if the planner's board organises it.
pub(crate) fn planned(planner: &Caller<Planner>, pool: PoolId) -> Result<scope::Pool, Error> {
    if planner.pools().contains(&pool) {
        Ok(scope::Pool { pool, viewer: planner.organisation() })
    } else {
        Err(Error::NotFound("pool"))
    }
}

/// The pool of that id, which the transaction is about.
pub(crate) async fn the_pool(tx: &Tx<scope::Pool>, pool: PoolId) -> Result<Pool, Error> {
    pools::by_id(tx, pool).await?.ok_or(Error::NotFound("pool"))
}

/// The rota of that id, which the transaction can see.
pub(crate) async fn the_rota(tx: &Tx<scope::Pool>, rota: RotaId) -> Result<Rota, Error> {
    rotas::by_id(tx, rota).await?.ok_or(Error::NotFound("rota"))
}

/// In which of the planner's pools `rota` stands.
pub(crate) async fn scope_of(
    app: &App,
    planner: &Caller<Planner>,
    rota: RotaId,
) -> Result<scope::Pool, Error> {
    for pool in planner.pools() {
        let scope = scope::Pool { pool: *pool, viewer: planner.organisation() };
        let tx = app.read(scope).await?;
        if rotas::by_id(&tx, rota).await?.is_some() {
            return Ok(scope);
        }
    }
    Err(Error::NotFound("rota"))
}

/// The days of a rota.
pub(crate) fn period(rota: &Rota) -> Period {
    Period { from: rota.from, until: rota.until }
}

/// Says that a rota changed, to whoever has its board open.
pub(crate) fn tell_board(tx: &Tx<scope::Pool>, pool: PoolId, rota: RotaId) {
    tx.signal(topics::rota(pool, rota));
}

/// Says that a pool's Today changed.
pub(crate) fn tell_today(tx: &Tx<scope::Pool>, pool: PoolId) {
    tx.signal(topics::today(pool));
}

/// A rota with its places and everything around it, read in one go.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    /// The rota.
    pub rota: Rota,
    /// Its places, in the order of time. Of a published rota: as they are now.
    pub places: Vec<Assignment>,
    /// Everything around it.
    pub scene: scene::Scene,
    /// The last change made by hand that was not undone.
    pub last_change: Option<RotaChange>,
}

impl Sheet {
    /// The question the solver and the judge are asked, and who stands where.
    pub(crate) fn problem(&self) -> (Problem, Vec<Option<PersonId>>) {
        (self.scene.problem(&self.places), self.places.iter().map(|place| place.person).collect())
    }

    /// Which of the places it is.
    pub(crate) fn position(&self, assignment: AssignmentId) -> Result<usize, Error> {
        let at = self.places.iter().position(|place| place.id == assignment);
        at.ok_or(Error::NotFound("assignment"))
    }
}

/// Reads a rota with everything around it, and lets the database go.
pub(crate) async fn sheet(app: &App, scope: scope::Pool, rota: RotaId) -> Result<Sheet, Error> {
    let staff = Staff::known_to_the_house(app, scope.pool).await?;
    let tx = app.read(scope).await?;
    let rota = the_rota(&tx, rota).await?;
    let pool = the_pool(&tx, rota.pool).await?;
    let scene = scene::load_with_ledger(app, &tx, pool, period(&rota), staff).await?;
    let mut places = assignments::of_rota(&tx, rota.id).await?;
    if matches!(rota.status, RotaStatus::Published | RotaStatus::Superseded) {
        // What was published since counts, not what was planned then.
        let mut published: Vec<&Shift> = scene.published.iter().collect();
        for place in &mut places {
            place.person = build::take_shift(&mut published, &place.slot);
        }
        // A learner who is gone leaves no place open.
        places.retain(|place| place.slot.rung.covers() || place.person.is_some());
    }
    let last_change = rota_changes::last(&tx, rota.id).await?;
    Ok(Sheet { rota, places, scene, last_change })
}
