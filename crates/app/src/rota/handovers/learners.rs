//! Learners: somebody stands beside a lead, to learn. They cover nothing and are never rung; in law their
//! hours are what the lead's are, active duty or standby. The planner adds and takes off learners, in a
//! draft and in what is published, where notice of it counts from then.

use domain::{
    Assignment, AssignmentId, Gravity, PersonId, Rota, RotaId, RotaStatus, Rung, Shift, Skills, Slot, WhyNot,
    time,
};
use storage::{Tx, assignments, audit, pools, rotas, scope, shifts};
use views::mail::{By, Single};

use super::{follow, ground::Ground, single};
use crate::{
    App, Caller, Error, Planner, Refusal,
    kept::{Kept, Seen},
    rota::{
        draft::expect_draft, period, publish::Plan, scene, scope_of, tell_board, tell_today, the_pool,
        the_rota,
    },
};

/// What became of a learner.
#[derive(Debug, Clone, PartialEq)]
pub enum Beside {
    /// They have a place of their own.
    Done(Box<Kept<Assignment>>),
    /// The law, an absence or another duty stands against it. Nothing was changed.
    Refused(Vec<WhyNot>),
}

/// Lets `person` learn beside the lead of a place to come.
///
/// # Errors
/// If there is no such place of a lead or person, it has begun, or the rota is neither draft nor published.
pub async fn add(
    app: &App,
    planner: &Caller<Planner>,
    rota: RotaId,
    lead: AssignmentId,
    person: PersonId,
) -> Result<Beside, Error> {
    let (tx, rota, places) = held(app, planner, rota).await?;
    let lead = places.iter().find(|place| place.id == lead && place.slot.rung == Rung::Lead);
    let lead = lead.ok_or(Error::NotFound("assignment"))?;
    if lead.slot.span.start() <= tx.now() {
        return Err(Refusal::InThePast.into());
    }
    let place = beside(app, &places, lead, person);
    if rota.status == RotaStatus::Published {
        return publish(app, tx, planner, &rota, place).await;
    }
    expect_draft(&rota)?;
    let reasons = against(&tx, &rota, &places, &place).await?;
    if !reasons.is_empty() {
        return Ok(Beside::Refused(reasons));
    }
    assignments::add(&tx, rota.pool, &place).await?;
    changed(&tx, planner, &rota, "add_learner", &place).await?;
    tx.commit().await?;
    Ok(Beside::Done(Box::new(Kept::of(place))))
}

/// Takes a learner off again.
///
/// # Errors
/// If there is no such learner, somebody saw an older state, or it has begun.
pub async fn remove(
    app: &App,
    planner: &Caller<Planner>,
    rota: RotaId,
    id: AssignmentId,
    seen: &Seen,
) -> Result<(), Error> {
    let (tx, rota, places) = held(app, planner, rota).await?;
    let place = places.into_iter().find(|place| place.id == id && place.slot.rung == Rung::Learner);
    let place = seen.check(place.ok_or(Error::NotFound("assignment"))?)?;
    if place.slot.span.start() <= tx.now() {
        return Err(Refusal::InThePast.into());
    }
    if rota.status == RotaStatus::Published {
        return withdraw(app, tx, planner, &rota, &place).await;
    }
    expect_draft(&rota)?;
    assignments::remove(&tx, place.id).await?;
    changed(&tx, planner, &rota, "remove_learner", &place).await?;
    Ok(tx.commit().await?)
}

/// A rota with its places, in a transaction that holds its pool.
async fn held(
    app: &App,
    planner: &Caller<Planner>,
    rota: RotaId,
) -> Result<(Tx<scope::Pool>, Rota, Vec<Assignment>), Error> {
    let scope = scope_of(app, planner, rota).await?;
    let tx = app.write(scope).await?;
    pools::hold(&tx, scope.pool).await?;
    let rota = the_rota(&tx, rota).await?;
    let places = assignments::of_rota(&tx, rota.id).await?;
    Ok((tx, rota, places))
}

/// The learner's place, in the hours of the lead's.
fn beside(app: &App, places: &[Assignment], lead: &Assignment, person: PersonId) -> Assignment {
    let others = places.iter().filter(|place| {
        (place.slot.need, place.slot.day, place.slot.rung) == (lead.slot.need, lead.slot.day, Rung::Learner)
    });
    let place = others.map(|place| place.slot.place + 1).max().unwrap_or(0);
    let slot = Slot {
        rung: Rung::Learner,
        place,
        languages: Vec::new(),
        skills: Skills::default(),
        ..lead.slot.clone()
    };
    Assignment { id: app.mint(), rota: lead.rota, slot, person: Some(person), pinned: true }
}

/// What nobody may accept and would be new in a draft with the learner in it.
async fn against(
    tx: &Tx<scope::Pool>,
    rota: &Rota,
    places: &[Assignment],
    learner: &Assignment,
) -> Result<Vec<WhyNot>, Error> {
    let scene = scene::load(tx, the_pool(tx, rota.pool).await?, period(rota)).await?;
    if !scene.people.iter().any(|known| Some(known.id) == learner.person) {
        return Err(Error::NotFound("person"));
    }
    let theirs: Vec<Assignment> =
        places.iter().filter(|place| place.person == learner.person).cloned().collect();
    let judged = |places: &[Assignment]| {
        let holders: Vec<_> = places.iter().map(|place| place.person).collect();
        scheduling::judge(&scene.problem(places), &holders)
    };
    let known = judged(&theirs);
    let with: Vec<Assignment> = theirs.into_iter().chain([learner.clone()]).collect();
    let new = judged(&with).into_iter().filter(|finding| {
        Some(finding.person) == learner.person
            && finding.gravity == Gravity::Absolute
            && !known.contains(finding)
    });
    Ok(new.map(|finding| WhyNot::Rule { finding }).collect())
}

/// Makes a shift of it at once, and a place in the open drafts of its day.
async fn publish(
    app: &App,
    tx: Tx<scope::Pool>,
    planner: &Caller<Planner>,
    rota: &Rota,
    place: Assignment,
) -> Result<Beside, Error> {
    let person = place.person.ok_or(Error::NotFound("person"))?;
    let ground = Ground::load(&tx, rota.pool, &[place.slot.span]).await?;
    if !ground.people().any(|known| known == person) {
        return Err(Error::NotFound("person"));
    }
    let shift = Shift {
        id: app.mint(),
        pool: rota.pool,
        rota: rota.id,
        need: place.slot.need,
        person,
        rung: Rung::Learner,
        kind: ground.scene.kind_of(place.slot.need),
        span: place.slot.span,
        sequence: 0,
        changed_at: tx.now(),
        told_at: Some(tx.now()),
        cancelled_at: None,
    };
    let plan = Plan { add: vec![shift], ..Plan::default() };
    let reasons = ground.against(person, &plan);
    if !reasons.is_empty() {
        return Ok(Beside::Refused(reasons));
    }
    single::tell(app, &tx, &ground, &plan, By::Single(Single::Learner)).await?;
    assignments::add(&tx, rota.pool, &place).await?;
    changed(&tx, planner, rota, "add_learner", &place).await?;
    for draft in drafts(&tx, rota.pool, &place).await? {
        let copy = Assignment { id: app.mint(), rota: draft.id, ..place.clone() };
        assignments::add(&tx, rota.pool, &copy).await?;
        follow::changed(&tx, &draft).await?;
    }
    single::finished(app, tx, &ground).await?;
    Ok(Beside::Done(Box::new(Kept::of(place))))
}

/// Cancels the shift, and takes the place out of the open drafts of its day.
async fn withdraw(
    app: &App,
    tx: Tx<scope::Pool>,
    planner: &Caller<Planner>,
    rota: &Rota,
    place: &Assignment,
) -> Result<(), Error> {
    let ground = Ground::load(&tx, rota.pool, &[place.slot.span]).await?;
    let now = tx.now();
    let is_its = |shift: &Shift| {
        (Some(shift.person), shift.need, shift.rung, shift.span)
            == (place.person, place.slot.need, Rung::Learner, place.slot.span)
    };
    let standing = shifts::of_pool(&tx, rota.pool, place.slot.span).await?;
    let gone = standing.into_iter().find(is_its).map(|shift| Shift {
        sequence: shift.sequence + 1,
        changed_at: now,
        cancelled_at: Some(now),
        ..shift
    });
    let plan = Plan { cancel: gone.into_iter().collect(), ..Plan::default() };
    single::tell(app, &tx, &ground, &plan, By::Single(Single::NoLearner)).await?;
    assignments::remove(&tx, place.id).await?;
    changed(&tx, planner, rota, "remove_learner", place).await?;
    for draft in drafts(&tx, rota.pool, place).await? {
        let same = |other: &&Assignment| {
            (other.person, other.slot.need, other.slot.rung, other.slot.span)
                == (place.person, place.slot.need, Rung::Learner, place.slot.span)
        };
        let places = assignments::of_rota(&tx, draft.id).await?;
        if let Some(copy) = places.iter().find(same) {
            assignments::remove(&tx, copy.id).await?;
            follow::changed(&tx, &draft).await?;
        }
    }
    single::finished(app, tx, &ground).await
}

/// The open drafts that hold the day of a place, those that are being built among them.
async fn drafts(tx: &Tx<scope::Pool>, pool: domain::PoolId, place: &Assignment) -> Result<Vec<Rota>, Error> {
    let day = time::day(place.slot.span.start(), the_pool(tx, pool).await?.zone);
    let mut all = rotas::of_pool(tx, pool).await?;
    all.retain(|rota| follow::is_open(rota) && rota.from <= day && day <= rota.until);
    Ok(all)
}

/// Says that a rota changed: its version, its audit log, its pages.
async fn changed(
    tx: &Tx<scope::Pool>,
    planner: &Caller<Planner>,
    rota: &Rota,
    verb: &'static str,
    place: &Assignment,
) -> Result<(), Error> {
    rotas::change(tx, rota).await?;
    tell_board(tx, rota.pool, rota.id);
    tell_today(tx, rota.pool);
    let entry = audit::Entry {
        organisation: Some(planner.organisation()),
        person: Some(planner.person()),
        verb,
        object_kind: "assignment",
        object: Some(place.id.0),
        detail: Some(serde_json::json!({ "rota": rota.id, "person": place.person })),
    };
    Ok(audit::add(tx, entry).await?)
}
