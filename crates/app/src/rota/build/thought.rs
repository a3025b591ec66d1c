//! While the solver thinks: it runs on a thread of its own, and we say how it goes and hear who stops it.
//!
//! Somebody who stops a build changes the tables and signals, on whatever node: the signal is heard at
//! once, and where it is lost the tables are asked with every beat. The solver looks at the flag between
//! any two of its marks, and hands over the best rota it has.

use std::{
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use domain::{BuildProgress, Quality, Rota, quality::Level};
use scheduling::{Budget, Outcome, Penalty, Problem, Progress, Seed, Snapshot};
use storage::{rotas, scope};
use tokio::sync::{
    broadcast::{Receiver, error::RecvError},
    watch,
};

use super::{THREADS, tell_board};
use crate::{App, Error, Signal, topics};

/// How long the solver may think.
const DEADLINE: Duration = Duration::from_secs(10);
/// How often we say how it goes, at most.
const BEAT: Duration = Duration::from_millis(300);

/// What the solver said, and for how long it thought.
pub(super) struct Thought {
    pub outcome: Outcome,
    pub progress: BuildProgress,
    pub tenths: u32,
}

/// What is heard from the solver's thread.
#[derive(Debug, Clone, Default)]
struct Heard {
    curve: Vec<(u32, u8)>,
    work: u64,
    budget: u64,
    quality: Option<Quality>,
}

/// Thinks about `problem`, as it was `begun`, until it is done, stopped or out of time.
pub(super) async fn think(
    app: &App,
    scope: scope::Pool,
    rota: &Rota,
    problem: Problem,
    begun: &BuildProgress,
) -> Result<Thought, Error> {
    let stop = Arc::new(AtomicBool::new(false));
    // Whatever ends this, nobody thinks on for nothing.
    let _stopped = Stopped(Arc::clone(&stop));
    let (say, hear) = watch::channel(Heard::default());
    let mut signals = app.store.listen();
    let mut solving = tokio::task::spawn_blocking({
        let (stop, seed) = (Arc::clone(&stop), Seed(rota.seed.unsigned_abs()));
        move || solve(&problem, seed, Watch::new(&problem, &stop, &say))
    });
    let mut beats = tokio::time::interval(BEAT);
    let mut said = 0;
    let (outcome, tenths) = loop {
        let goes_on = tokio::select! {
            done = &mut solving => {
                break done
                    .map_err(|error| Error::Outside { doing: "build a rota", because: error.to_string() })?;
            }
            _ = beats.tick() => {
                let progress = progress(&hear.borrow(), begun, app.clock.now());
                beat(app, scope, rota, &progress, &mut said).await?
            }
            () = news(&mut signals, rota) => {
                rotas::goes_on(&app.read(scope).await?, rota.id, rota.seed).await?
            }
        };
        if !goes_on {
            stop.store(true, Ordering::Relaxed);
        }
    };
    let progress = progress(&hear.borrow(), begun, app.clock.now());
    Ok(Thought { outcome, progress, tenths })
}

/// Stops the solver when it goes.
struct Stopped(Arc<AtomicBool>);

impl Drop for Stopped {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Returns when something is signalled of the rota, or when that may have been missed.
async fn news(signals: &mut Receiver<Signal>, rota: &Rota) {
    let topic = topics::rota(rota.pool, rota.id);
    loop {
        match signals.recv().await {
            Ok(signal) if signal.topic == topic || signal.topic == topics::RESYNC => return,
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => return,
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
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

fn progress(heard: &Heard, begun: &BuildProgress, now: DateTime<Utc>) -> BuildProgress {
    BuildProgress {
        heard_at: Some(now),
        curve: heard.curve.clone(),
        work: heard.work,
        budget: heard.budget,
        quality: heard.quality,
        ..begun.clone()
    }
}

/// On the solver's own thread.
fn solve(problem: &Problem, seed: Seed, mut watch: Watch<'_>) -> (Outcome, u32) {
    let outcome = scheduling::solve_on(THREADS, problem, Budget::of(problem), seed, &mut watch);
    (outcome, watch.tenths())
}

/// Looks on while the solver thinks: says what it has, and ends it when somebody stops it or its time is up.
struct Watch<'a> {
    began: Instant,
    scale: Scale,
    stop: &'a AtomicBool,
    say: &'a watch::Sender<Heard>,
}

impl<'a> Watch<'a> {
    fn new(problem: &Problem, stop: &'a AtomicBool, say: &'a watch::Sender<Heard>) -> Self {
        Self { began: Instant::now(), scale: Scale::of(problem), stop, say }
    }

    /// For how long, in tenths of a second.
    fn tenths(&self) -> u32 {
        u32::try_from(self.began.elapsed().as_millis() / 100).unwrap_or(u32::MAX)
    }
}

impl Progress for Watch<'_> {
    fn at(&mut self, snapshot: &Snapshot<'_>) -> ControlFlow<()> {
        self.say.send_modify(|heard| {
            let score = self.scale.score(snapshot.penalty, snapshot.bound);
            if heard.curve.last().is_none_or(|(_, last)| *last < score) {
                heard.curve.push((self.tenths(), score));
            }
            heard.work = snapshot.work;
            heard.budget = snapshot.budget;
            heard.quality = Some(self.scale.quality(snapshot.penalty, snapshot.bound));
        });
        if self.stop.load(Ordering::Relaxed) || self.began.elapsed() >= DEADLINE {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

/// What a penalty is measured by, to say it as a score of 100.
struct Scale {
    cover: i64,
    share: i64,
    wishes: i64,
    people: u32,
}

impl Scale {
    fn of(problem: &Problem) -> Self {
        let minutes = |place: &scheduling::Place| {
            let weight = if place.slot.rung == domain::Rung::Lead { 10 } else { 1 };
            weight * i64::from(place.slot.span.length().0)
        };
        let worth: i64 = problem.places.iter().map(|place| i64::from(place.worth.0)).sum();
        let people = i64::try_from(problem.candidates.len()).unwrap_or(i64::MAX).max(1);
        let sharing = problem.candidates.iter().filter(|candidate| candidate.share_bp > 0).count();
        let wishes: usize = problem.candidates.iter().map(|candidate| candidate.wishes.len()).sum();
        Self {
            cover: problem.places.iter().map(minutes).sum::<i64>().max(1),
            share: (worth / people).max(1),
            wishes: i64::try_from(wishes).unwrap_or(i64::MAX).max(1),
            people: u32::try_from(sharing).unwrap_or(u32::MAX),
        }
    }

    /// A rota's costs beside the least there can be.
    fn quality(&self, penalty: Penalty, bound: Penalty) -> Quality {
        let level = |of: fn(&Penalty) -> i64| Level { cost: of(&penalty), at_least: of(&bound) };
        Quality {
            cover: level(|one| one.cover),
            fairness: level(|one| one.fairness),
            wishes: level(|one| one.wishes),
            moves: level(|one| one.stability),
            asked: self.cover,
            people: self.people,
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

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: Scale = Scale { cover: 1_000, share: 600, wishes: 10, people: 2 };

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

    #[test]
    fn what_an_older_program_kept_of_a_build_is_still_read() {
        let progress =
            r#"{"started_at": "2026-07-01T10:00:00Z", "curve": [[3, 80]], "work": 5, "budget": 9}"#;
        let progress: BuildProgress = serde_json::from_str(progress).unwrap();
        assert_eq!((progress.curve, progress.quality), (vec![(3, 80)], None));
        assert_eq!(progress.begun_again_at, None);
        let built = r#"{"proved": true, "stopped": false, "tenths": 12, "holes": []}"#;
        let built: domain::Built = serde_json::from_str(built).unwrap();
        assert_eq!((built.proved, built.quality), (true, None));
    }

    /// Somebody who stops a build once it is better for the third time.
    struct Stopping<'a> {
        watch: Watch<'a>,
        better: u32,
        seen: Option<(u64, Penalty)>,
    }

    impl Progress for Stopping<'_> {
        fn at(&mut self, snapshot: &Snapshot<'_>) -> ControlFlow<()> {
            self.better += u32::from(snapshot.improved);
            if self.better == 3 && self.seen.is_none() {
                self.watch.stop.store(true, Ordering::Relaxed);
                self.seen = Some((snapshot.work, snapshot.penalty));
            }
            self.watch.at(snapshot)
        }
    }

    #[test]
    fn a_build_that_is_stopped_ends_at_the_same_mark_with_the_best_it_has() {
        let problem = scheduling::region::Region { offices: 4, advisors: 20, weeks: 6, seed: 7 }.problem();
        let (stop, (say, hear)) = (AtomicBool::new(false), watch::channel(Heard::default()));
        let mut stopping = Stopping { watch: Watch::new(&problem, &stop, &say), better: 0, seen: None };
        let outcome = scheduling::solve_on(THREADS, &problem, Budget::of(&problem), Seed(1), &mut stopping);
        let (work, penalty) = stopping.seen.expect("it gets better more than three times");
        assert_eq!((outcome.status, outcome.work), (scheduling::Status::Stopped, work));
        assert_eq!(outcome.penalty, penalty, "what it had is kept");
        assert!(outcome.rota.iter().any(Option::is_some));
        let told = hear.borrow().quality.expect("it was told");
        assert_eq!((told.cover.cost, told.fairness.cost), (penalty.cover, penalty.fairness));
    }
}
