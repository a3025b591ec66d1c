//! Building a draft: the job that reads what is known, lets the solver think, and saves the result.
//!
//! A build that was interrupted begins again and says so: its job is tried again, and nothing of it was
//! saved. One that is given up leaves a draft as it was before, so that nobody waits for it for ever.

mod thought;

use domain::{
    Assignment, BuildProgress, Built, Hole, Need, PersonId, PoolId, Rota, RotaId, RotaStatus, Rung, Shift,
    Skills, Slot, Span, time,
};
use scheduling::{Outcome, Problem, Status, needs};
use storage::{assignments, pools, rotas, scope};

use self::thought::{Thought, think};
use super::{
    ledger::books::Staff,
    period,
    scene::{self, Scene},
    tell_board, tell_today,
};
use crate::{App, Error};

/// One thread looks for better rotas, the other for how good one could be.
pub const THREADS: usize = 2;

/// Builds the draft, unless somebody discarded it or asked for another build meanwhile.
///
/// # Errors
/// If the tables cannot be read or written; the job is then tried again.
pub async fn run(app: &App, pool: PoolId, rota: RotaId, seed: i64) -> Result<(), Error> {
    let Some(scope) = board_scope(app, pool).await? else { return Ok(()) };
    let Some(begun) = begin(app, pool, rota, seed).await? else { return Ok(()) };
    while let Some((rota, scene, places)) = read(app, scope, rota, seed).await? {
        let problem = scene.problem(&places);
        let thought = think(app, scope, &rota, problem.clone(), &begun).await?;
        if save(app, scope, &rota, &scene, places, &problem, thought).await? == Saved::Done {
            break;
        }
    }
    Ok(())
}

/// Writes down that the solver begins. If the same build began before, it was interrupted, and what it
/// had is lost. Nothing if nobody wants it any more.
///
/// # Errors
/// If the tables cannot be read or written.
pub async fn begin(app: &App, pool: PoolId, rota: RotaId, seed: i64) -> Result<Option<BuildProgress>, Error> {
    let Some(scope) = board_scope(app, pool).await? else { return Ok(None) };
    let tx = app.write(scope).await?;
    let Some(rota) = rotas::by_id(&tx, rota).await?.filter(|rota| is_wanted(rota, seed)) else {
        return Ok(None);
    };
    let now = tx.now();
    let begun = BuildProgress {
        started_at: Some(now),
        heard_at: Some(now),
        begun_again_at: rota.progress.started_at.map(|_| now),
        ..BuildProgress::default()
    };
    rotas::hear(&tx, rota.id, &begun).await?;
    tell_board(&tx, scope.pool, rota.id);
    tx.commit().await?;
    Ok(Some(begun))
}

/// Whether it is this build that somebody waits for.
fn is_wanted(rota: &Rota, seed: i64) -> bool {
    rota.status == RotaStatus::Building && rota.seed == seed
}

/// The pool as its board sees it: the worker works for whoever planned.
pub(crate) async fn board_scope(app: &App, pool: PoolId) -> Result<Option<scope::Pool>, Error> {
    let tx = app.read(scope::System).await?;
    Ok(pools::by_id(&tx, pool).await?.map(|known| scope::Pool { pool, viewer: known.board }))
}

async fn read(
    app: &App,
    scope: scope::Pool,
    rota: RotaId,
    seed: i64,
) -> Result<Option<(Rota, Scene, Vec<Assignment>)>, Error> {
    let staff = Staff::known_to_the_house(app, scope.pool).await?;
    let tx = app.read(scope).await?;
    let Some(rota) = rotas::by_id(&tx, rota).await?.filter(|rota| is_wanted(rota, seed)) else {
        return Ok(None);
    };
    let pool = super::the_pool(&tx, scope.pool).await?;
    let scene = scene::load_with_ledger(app, &tx, pool, period(&rota), staff).await?;
    let before = assignments::of_rota(&tx, rota.id).await?;
    let places = places(app, &rota, &scene, &before);
    Ok(Some((rota, scene, places)))
}

/// The places of the draft: what the needs ask for, with whoever stood there before.
fn places(app: &App, rota: &Rota, scene: &Scene, before: &[Assignment]) -> Vec<Assignment> {
    let needs: Vec<Need> = scene.needs.clone();
    let slots = needs::slots(&needs, scene.period, scene.pool.zone, scene.pool.calendar);
    let slots = in_published_parts(slots, &scene.published);
    let mut shifts: Vec<&Shift> = scene.published.iter().collect();
    let mut left: Vec<&Assignment> = before.iter().collect();
    let all = slots.clone();
    let place = |slot: Slot| {
        let published = take_shift(&mut shifts, &slot);
        let old = take_old(&mut left, &slot, &all);
        let begun = slot.span.start() <= scene.now;
        Assignment {
            id: old.map_or_else(|| app.mint(), |old| old.id),
            rota: rota.id,
            person: if begun { published } else { old.map_or(published, |old| old.person) },
            // The past is read-only: whoever stood there then stays in the plan.
            pinned: begun || old.is_some_and(|old| old.pinned),
            slot,
        }
    };
    let mut places: Vec<Assignment> = slots.into_iter().map(place).collect();
    places.extend(learners(app, rota, scene, before, &all));
    places
}

/// Those who stand beside a lead: as the build before had them, or else as they are published. What has
/// begun stays; of the rest, whoever's lead is still needed.
fn learners(app: &App, rota: &Rota, scene: &Scene, before: &[Assignment], slots: &[Slot]) -> Vec<Assignment> {
    let begun = |slot: &Slot| slot.span.start() <= scene.now;
    let published = published_learners(scene).map(|(slot, person)| Assignment {
        id: app.mint(),
        rota: rota.id,
        slot,
        person: Some(person),
        pinned: true,
    });
    let first = before.is_empty();
    let drafted = before.iter().filter(|place| !place.slot.rung.covers() && !begun(&place.slot)).cloned();
    let needed = |place: &Assignment| {
        slots.iter().any(|slot| {
            slot.rung == Rung::Lead && slot.need == place.slot.need && slot.span.overlaps(&place.slot.span)
        })
    };
    published
        .filter(|place| first || begun(&place.slot))
        .chain(drafted)
        .filter(|place| begun(&place.slot) || needed(place))
        .collect()
}

fn published_learners(scene: &Scene) -> impl Iterator<Item = (Slot, PersonId)> {
    scene.published.iter().filter(|shift| !shift.rung.covers()).zip(0..).map(|(shift, place)| {
        let slot = Slot {
            need: shift.need,
            day: time::day(shift.span.start(), scene.pool.zone),
            span: shift.span,
            rung: shift.rung,
            place,
            languages: Vec::new(),
            skills: Skills::default(),
        };
        (slot, shift.person)
    })
}

/// Learners whose duty has begun, as they are published.
pub(super) fn begun_learners(scene: &Scene) -> impl Iterator<Item = (Slot, PersonId)> {
    published_learners(scene).filter(|(slot, _)| slot.span.start() <= scene.now)
}

/// Whether two slots are the same place, though its hours may have changed.
pub(super) fn is_same(one: &Slot, other: &Slot) -> bool {
    (one.need, one.day, one.rung, one.place) == (other.need, other.day, other.rung, other.place)
}

/// The old place of a slot, once: that of the same hours before one whose hours have changed.
fn take_old<'a>(old: &mut Vec<&'a Assignment>, slot: &Slot, slots: &[Slot]) -> Option<&'a Assignment> {
    let exact = old.iter().position(|old| is_same(&old.slot, slot) && old.slot.span == slot.span);
    let anothers = |old: &Slot| slots.iter().any(|other| is_same(other, old) && other.span == old.span);
    let changed = || old.iter().position(|old| is_same(&old.slot, slot) && !anothers(&old.slot));
    exact.or_else(changed).map(|at| old.remove(at))
}

/// The slots, where people published in them share the hours among themselves: in their parts. A part
/// keeps the day of its slot.
pub(super) fn in_published_parts(slots: Vec<Slot>, published: &[Shift]) -> Vec<Slot> {
    let mut left: Vec<&Shift> = published.iter().collect();
    let mut all = Vec::with_capacity(slots.len());
    // Whole duties first, so that no part is looked for where there is none.
    let whole: Vec<bool> = slots.iter().map(|slot| take_shift(&mut left, slot).is_some()).collect();
    for (slot, whole) in slots.into_iter().zip(whole) {
        match if whole { None } else { parts(&slot, &mut left) } {
            Some(spans) => all.extend(spans.into_iter().map(|span| Slot { span, ..slot.clone() })),
            None => all.push(slot),
        }
    }
    all.sort_by_key(|slot| (slot.span.start(), slot.span.end(), slot.rung, slot.need, slot.place));
    all
}

/// The hours of shifts that fill a slot from its beginning to its end, each after the other.
fn parts(slot: &Slot, left: &mut Vec<&Shift>) -> Option<Vec<Span>> {
    let mut spans: Vec<Span> = Vec::new();
    let mut at = slot.span.start();
    while at < slot.span.end() {
        let next = left.iter().find(|shift| {
            (shift.need, shift.rung, shift.span.start()) == (slot.need, slot.rung, at)
                && shift.span.end() <= slot.span.end()
        })?;
        spans.push(next.span);
        at = next.span.end();
    }
    for span in &spans {
        take_shift(left, &Slot { span: *span, ..slot.clone() });
    }
    Some(spans)
}

/// Who holds a published shift of that slot; each shift is taken once.
pub(super) fn take_shift(shifts: &mut Vec<&Shift>, slot: &Slot) -> Option<domain::PersonId> {
    let fits = |shift: &&Shift| (shift.need, shift.rung, shift.span) == (slot.need, slot.rung, slot.span);
    shifts.iter().position(fits).map(|at| shifts.remove(at).person)
}

/// Whether a build came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Saved {
    /// It is saved, or nobody wants it any more.
    Done,
    /// A duty of these days changed hands meanwhile, which saving it would undo: it is built again.
    Overtaken,
}

/// Saves what the solver said, unless the rota was discarded or another build was asked for.
async fn save(
    app: &App,
    scope: scope::Pool,
    rota: &Rota,
    scene: &Scene,
    mut places: Vec<Assignment>,
    problem: &Problem,
    thought: Thought,
) -> Result<Saved, Error> {
    let Thought { outcome, progress, tenths } = thought;
    for (place, person) in places.iter_mut().zip(&outcome.rota) {
        place.person = *person;
    }
    let built = Built {
        proved: outcome.status == Status::Optimal,
        stopped: outcome.status == Status::Stopped,
        tenths,
        holes: holes(problem, &outcome, &places),
        quality: progress.quality,
    };
    let tx = app.write(scope).await?;
    // Nobody hands a duty over between our look and the commit.
    pools::hold(&tx, scope.pool).await?;
    let Some(mut now) = rotas::by_id(&tx, rota.id).await? else { return Ok(Saved::Done) };
    if !is_wanted(&now, rota.seed) {
        return Ok(Saved::Done);
    }
    if scene::published(&tx, &scene.pool, scene.period).await? != scene.published {
        return Ok(Saved::Overtaken);
    }
    assignments::settle(&tx, rota.id, scope.pool, &places).await?;
    now.status = RotaStatus::Draft;
    now.stop_asked = false;
    now.progress = progress;
    now.outcome = Some(built);
    rotas::change(&tx, &now).await?;
    tell_board(&tx, scope.pool, rota.id);
    tell_today(&tx, scope.pool);
    tx.commit().await?;
    Ok(Saved::Done)
}

/// Leaves the draft as it was before a build that nobody goes on with; says whether there was one. A
/// first build leaves the places its needs ask for, with whoever was published there; where not even
/// those can be told, the rota is put aside, since a draft without places would empty the period.
///
/// # Errors
/// If the tables cannot be read or written.
pub(crate) async fn give_up(app: &App, pool: PoolId, rota: RotaId, seed: i64) -> Result<bool, Error> {
    let Some(scope) = board_scope(app, pool).await? else { return Ok(false) };
    let places = match read(app, scope, rota, seed).await {
        Ok(Some((_, _, places))) => places,
        Ok(None) => return Ok(false),
        Err(_what_the_build_failed_of) => Vec::new(),
    };
    let tx = app.write(scope).await?;
    let Some(mut now) = rotas::by_id(&tx, rota).await? else { return Ok(false) };
    if !is_wanted(&now, seed) {
        return Ok(false);
    }
    let first = assignments::of_rota(&tx, rota).await?.is_empty();
    if first && !places.is_empty() {
        assignments::settle(&tx, rota, pool, &places).await?;
    }
    now.status = if first && places.is_empty() { RotaStatus::Discarded } else { RotaStatus::Draft };
    now.stop_asked = false;
    // What it had found is not kept, and so nothing is said of it.
    now.progress = BuildProgress::default();
    let open = left_open(&assignments::of_rota(&tx, rota).await?);
    now.outcome = Some(Built { stopped: true, holes: open, ..Built::default() });
    rotas::change(&tx, &now).await?;
    tell_board(&tx, pool, rota);
    tell_today(&tx, pool);
    tx.commit().await?;
    Ok(true)
}

/// Places nobody fills, and why.
/// The places that nobody fills, without why: nobody has looked.
fn left_open(places: &[Assignment]) -> Vec<Hole> {
    let open = places.iter().filter(|place| place.person.is_none());
    let hole = |place: &Assignment| Hole {
        assignment: place.id,
        free: Vec::new(),
        blocked: Vec::new(),
        pinned: place.pinned,
    };
    open.map(hole).collect()
}

fn holes(problem: &Problem, outcome: &Outcome, places: &[Assignment]) -> Vec<Hole> {
    let open = places.iter().enumerate().filter(|(_, place)| place.person.is_none());
    open.map(|(at, place)| {
        let reason = scheduling::hole_reason(problem, &outcome.rota, at);
        Hole { assignment: place.id, free: reason.free, blocked: reason.blocked, pinned: reason.pinned }
    })
    .collect()
}
