//! Building a draft: the job that reads what is known, lets the solver think, and saves the result.
//!
//! The solver runs on a thread of its own. Twice a second or more we say how it goes, and ask the
//! tables whether somebody stopped it, so that stopping works from any node. A build that crashed
//! starts again: its job is tried again, and nothing of it was saved. One that is given up leaves a
//! draft as it was before, so that nobody waits for it for ever.

use std::{
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use domain::{
    Assignment, BuildProgress, Built, Hole, Need, PersonId, PoolId, Rota, RotaId, RotaStatus, Rung, Shift,
    Skills, Slot, Span, time,
};
use scheduling::{Budget, Outcome, Penalty, Problem, Seed, Snapshot, Status, needs};
use storage::{assignments, pools, rotas, scope};
use tokio::sync::watch;

use super::{
    ledger::books::Staff,
    period,
    scene::{self, Scene},
    tell_board, tell_today,
};
use crate::{App, Error};

/// One thread looks for better rotas, the other for how good one could be.
const THREADS: usize = 2;
/// How long the solver may think.
const DEADLINE: Duration = Duration::from_secs(10);
/// How often we say how it goes, at most.
const BEAT: Duration = Duration::from_millis(300);

/// Builds the draft, unless somebody discarded it or asked for another build meanwhile.
///
/// # Errors
/// If the tables cannot be read or written; the job is then tried again.
pub async fn run(app: &App, pool: PoolId, rota: RotaId, seed: i64) -> Result<(), Error> {
    let Some(scope) = board_scope(app, pool).await? else { return Ok(()) };
    while let Some((rota, scene, places)) = read(app, scope, rota, seed).await? {
        let problem = scene.problem(&places);
        let thought = think(app, scope, &rota, problem.clone()).await?;
        if save(app, scope, &rota, &scene, places, &problem, thought).await? == Saved::Done {
            break;
        }
    }
    Ok(())
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
    let Some(rota) = rotas::by_id(&tx, rota).await? else { return Ok(None) };
    if rota.status != RotaStatus::Building || rota.seed != seed {
        return Ok(None);
    }
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

/// What the solver said, and for how long it thought.
struct Thought {
    outcome: Outcome,
    progress: BuildProgress,
    tenths: u32,
}

/// What is heard from the solver's thread.
#[derive(Debug, Clone, Default)]
struct Heard {
    curve: Vec<(u32, u8)>,
    work: u64,
    budget: u64,
}

async fn think(app: &App, scope: scope::Pool, rota: &Rota, problem: Problem) -> Result<Thought, Error> {
    let started_at = app.clock.now();
    let stop = Arc::new(AtomicBool::new(false));
    let (say, hear) = watch::channel(Heard::default());
    let mut solving = tokio::task::spawn_blocking({
        let (stop, seed) = (Arc::clone(&stop), Seed(rota.seed.unsigned_abs()));
        move || solve(&problem, seed, &stop, &say)
    });
    let mut said = 0;
    let (outcome, tenths) = loop {
        match tokio::time::timeout(BEAT, &mut solving).await {
            Ok(done) => {
                break done
                    .map_err(|error| Error::Outside { doing: "build a rota", because: error.to_string() })?;
            }
            Err(_still_thinking) => {
                let progress = progress(&hear.borrow(), started_at, app.clock.now());
                if !beat(app, scope, rota, &progress, &mut said).await? {
                    stop.store(true, Ordering::Relaxed);
                }
            }
        }
    };
    let progress = progress(&hear.borrow(), started_at, app.clock.now());
    Ok(Thought { outcome, progress, tenths })
}

/// Says how it goes if there is news; false if the build should end.
async fn beat(
    app: &App,
    scope: scope::Pool,
    rota: &Rota,
    progress: &BuildProgress,
    said: &mut u64,
) -> Result<bool, Error> {
    let tx = app.write(scope).await?;
    let goes_on = rotas::goes_on(&tx, rota.id, rota.seed).await?;
    if progress.work != *said {
        *said = progress.work;
        rotas::hear(&tx, rota.id, progress).await?;
        tell_board(&tx, scope.pool, rota.id);
    }
    tx.commit().await?;
    Ok(goes_on)
}

fn progress(heard: &Heard, started_at: DateTime<Utc>, now: DateTime<Utc>) -> BuildProgress {
    BuildProgress {
        started_at: Some(started_at),
        heard_at: Some(now),
        curve: heard.curve.clone(),
        work: heard.work,
        budget: heard.budget,
    }
}

/// On the solver's own thread: thinks until it is done, stopped or out of time.
fn solve(problem: &Problem, seed: Seed, stop: &AtomicBool, say: &watch::Sender<Heard>) -> (Outcome, u32) {
    let began = Instant::now();
    let tenths = || u32::try_from(began.elapsed().as_millis() / 100).unwrap_or(u32::MAX);
    let scale = Scale::of(problem);
    let mut watch = |snapshot: &Snapshot<'_>| {
        say.send_modify(|heard| {
            let score = scale.score(snapshot.penalty, snapshot.bound);
            if heard.curve.last().is_none_or(|(_, last)| *last < score) {
                heard.curve.push((tenths(), score));
            }
            heard.work = snapshot.work;
            heard.budget = snapshot.budget;
        });
        if stop.load(Ordering::Relaxed) || began.elapsed() >= DEADLINE {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let outcome = scheduling::solve_on(THREADS, problem, Budget::of(problem), seed, &mut watch);
    (outcome, tenths())
}

/// What a penalty is measured by, to say it as a score of 100.
struct Scale {
    cover: i64,
    share: i64,
    wishes: i64,
}

impl Scale {
    fn of(problem: &Problem) -> Self {
        let minutes = |place: &scheduling::Place| {
            let weight = if place.slot.rung == domain::Rung::Lead { 10 } else { 1 };
            weight * i64::from(place.slot.span.length().0)
        };
        let worth: i64 = problem.places.iter().map(|place| i64::from(place.worth.0)).sum();
        let people = i64::try_from(problem.candidates.len()).unwrap_or(i64::MAX).max(1);
        let wishes: usize = problem.candidates.iter().map(|candidate| candidate.wishes.len()).sum();
        Self {
            cover: problem.places.iter().map(minutes).sum::<i64>().max(1),
            share: (worth / people).max(1),
            wishes: i64::try_from(wishes).unwrap_or(i64::MAX).max(1),
        }
    }

    /// How near a rota comes to the best that is not yet excluded: cover counts 70, fairness 20,
    /// wishes 10. Nothing is decided by it; it draws a curve.
    fn score(&self, penalty: Penalty, bound: Penalty) -> u8 {
        let beyond = |of: fn(&Penalty) -> i64| (of(&penalty) - of(&bound)).max(0);
        let left = |missing: i64, whole: i64, weight: i64| {
            weight
                - (i128::from(missing) * i128::from(weight) / i128::from(whole)).min(i128::from(weight))
                    as i64
        };
        let cover = left(beyond(|one| one.cover), self.cover, 70);
        // Fairness is a sum of squares: its root is a distance in minutes, as people think of it.
        let unfair = i64::try_from(beyond(|one| one.fairness).unsigned_abs().isqrt()).unwrap_or(i64::MAX);
        let fairness = left(unfair, self.share.saturating_mul(2), 20);
        let wishes = left(beyond(|one| one.wishes), self.wishes, 10);
        u8::try_from(cover + fairness + wishes).unwrap_or(100)
    }
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
    };
    let tx = app.write(scope).await?;
    // Nobody hands a duty over between our look and the commit.
    pools::hold(&tx, scope.pool).await?;
    let Some(mut now) = rotas::by_id(&tx, rota.id).await? else { return Ok(Saved::Done) };
    if now.status != RotaStatus::Building || now.seed != rota.seed {
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
    if now.status != RotaStatus::Building || now.seed != seed {
        return Ok(false);
    }
    let first = assignments::of_rota(&tx, rota).await?.is_empty();
    if first && !places.is_empty() {
        assignments::settle(&tx, rota, pool, &places).await?;
    }
    now.status = if first && places.is_empty() { RotaStatus::Discarded } else { RotaStatus::Draft };
    now.stop_asked = false;
    now.outcome = Some(Built { stopped: true, ..Built::default() });
    rotas::change(&tx, &now).await?;
    tell_board(&tx, pool, rota);
    tell_today(&tx, pool);
    tx.commit().await?;
    Ok(true)
}

/// Places nobody fills, and why.
fn holes(problem: &Problem, outcome: &Outcome, places: &[Assignment]) -> Vec<Hole> {
    let open = places.iter().enumerate().filter(|(_, place)| place.person.is_none());
    open.map(|(at, place)| {
        let reason = scheduling::hole_reason(problem, &outcome.rota, at);
        Hole { assignment: place.id, free: reason.free, blocked: reason.blocked, pinned: reason.pinned }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: Scale = Scale { cover: 1_000, share: 600, wishes: 10 };

    fn penalty(cover: i64, fairness: i64, wishes: i64) -> Penalty {
        Penalty { cover, fairness, wishes, stability: 0 }
    }

    #[test]
    fn a_rota_that_meets_its_bound_scores_a_hundred() {
        assert_eq!(SCALE.score(penalty(200, 90_000, 3), penalty(200, 90_000, 3)), 100);
    }

    #[test]
    fn an_empty_rota_keeps_no_points_for_cover() {
        assert_eq!(SCALE.score(penalty(1_000, 0, 0), penalty(0, 0, 0)), 30);
    }

    #[test]
    fn better_cover_never_scores_less() {
        let scores: Vec<u8> =
            (0..=10).map(|tenth| SCALE.score(penalty(1_000 - tenth * 100, 0, 0), penalty(0, 0, 0))).collect();
        assert!(scores.is_sorted(), "{scores:?}");
    }

    #[test]
    fn the_worst_of_everything_scores_nothing() {
        assert_eq!(SCALE.score(penalty(9_000, i64::MAX, 99), penalty(0, 0, 0)), 0);
    }
}
