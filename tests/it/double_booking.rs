//! Nobody is in two places at once: both engines refuse it, with the same error.

use acceptance::{
    on_both_engines,
    town::{Engine, Person, Town, hours, instant, span},
};
use app::{
    Error, Refusal,
    pool::provision::{self, NewShift},
};
use chrono::{DateTime, Utc};
use domain::{DutyKind, NeedId, Rung, Shift, ShiftId, Span};
use storage::{StoreError, Tx, scope, shifts};
use uuid::Uuid;

on_both_engines! {
    two_overlapping_shifts_of_one_person_are_refused,
    two_shifts_that_touch_are_not_in_two_places,
    of_two_writers_at_once_one_is_refused,
    a_swap_within_one_transaction_passes,
    a_cancelled_shift_is_in_nobodys_way,
    two_pools_share_one_person_but_not_one_hour,
}

fn new(need: NeedId, person: &Person, span: Span) -> NewShift {
    NewShift { need, person: person.id, rung: Rung::Lead, span }
}

/// What publishing an overlapping shift says, on either engine.
fn is_two_places(outcome: Result<ShiftId, Error>) -> bool {
    matches!(outcome, Err(Error::Refused(Refusal::RuleForbids)))
}

async fn town(engine: Engine) -> (Town, NeedId, Person) {
    let town = Town::at(engine, "2026-07-01T10:00+02:00").await;
    let need = town.board.needs("18:00–22:00", 1, 0).await;
    let ana = town.advisor("Ana").off_duty().await;
    (town, need, ana)
}

async fn of_the_pool(town: &Town) -> Vec<Shift> {
    let tx = town.app.store.read(viewed(town), town.now()).await.unwrap();
    let july = span("2026-07-01T00:00+02:00", "2026-08-01T00:00+02:00");
    shifts::of_pool(&tx, town.pool, july).await.unwrap()
}

fn viewed(town: &Town) -> scope::Pool {
    scope::Pool { pool: town.pool, viewer: town.board.id }
}

fn evening(day: u32) -> Span {
    span(&format!("2026-07-{day:02}T18:00+02:00"), &format!("2026-07-{day:02}T22:00+02:00"))
}

async fn two_overlapping_shifts_of_one_person_are_refused(engine: Engine) {
    let (town, need, ana) = town(engine).await;
    provision::publish_shift(&town.app, town.pool, new(need, &ana, evening(4))).await.unwrap();
    for (from, until) in [("18:00", "22:00"), ("21:59", "23:00"), ("17:00", "18:01"), ("19:00", "20:00")] {
        let overlapping = span(&format!("2026-07-04T{from}+02:00"), &format!("2026-07-04T{until}+02:00"));
        let outcome = provision::publish_shift(&town.app, town.pool, new(need, &ana, overlapping)).await;
        assert!(is_two_places(outcome), "{from}–{until} is refused");
    }
    assert_eq!(of_the_pool(&town).await.len(), 1, "nothing of what was refused is left");
}

async fn two_shifts_that_touch_are_not_in_two_places(engine: Engine) {
    let (town, need, ana) = town(engine).await;
    provision::publish_shift(&town.app, town.pool, new(need, &ana, evening(4))).await.unwrap();
    let after = span("2026-07-04T22:00+02:00", "2026-07-05T00:00+02:00");
    provision::publish_shift(&town.app, town.pool, new(need, &ana, after)).await.unwrap();
    assert_eq!(of_the_pool(&town).await.len(), 2);
}

async fn of_two_writers_at_once_one_is_refused(engine: Engine) {
    let (town, need, ana) = town(engine).await;
    for day in 1..=8 {
        let overlapping = Span::new(evening(day).start() + chrono::Duration::hours(1), evening(day).end());
        let (one, two) = tokio::join!(
            provision::publish_shift(&town.app, town.pool, new(need, &ana, evening(day))),
            provision::publish_shift(&town.app, town.pool, new(need, &ana, overlapping.unwrap()))
        );
        let saved = [&one, &two].iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(saved, 1, "one of both: {one:?} and {two:?}");
        let lost = if one.is_ok() { two } else { one };
        assert!(is_two_places(lost), "and the other is told why");
    }
    assert_eq!(of_the_pool(&town).await.len(), 8);
}

async fn a_swap_within_one_transaction_passes(engine: Engine) {
    let (town, need, ana) = town(engine).await;
    let bruno = town.advisor("Bruno").off_duty().await;
    provision::publish_shift(&town.app, town.pool, new(need, &ana, evening(4))).await.unwrap();
    provision::publish_shift(&town.app, town.pool, new(need, &bruno, evening(4))).await.unwrap();
    let before = of_the_pool(&town).await;
    let [one, two] = &before[..] else { panic!("two shifts") };

    let tx = town.app.store.write(viewed(&town), town.now()).await.unwrap();
    shifts::change(&tx, &Shift { person: two.person, ..one.clone() }).await.unwrap();
    shifts::change(&tx, &Shift { person: one.person, ..two.clone() }).await.unwrap();
    shifts::refuse_two_places(&tx, &[ana.id, bruno.id]).await.unwrap();
    tx.commit().await.unwrap();
    let after = of_the_pool(&town).await;
    let holder = |shifts: &[Shift], id| shifts.iter().find(|shift| shift.id == id).unwrap().person;
    assert_eq!(holder(&after, one.id), two.person);
    assert_eq!(holder(&after, two.id), one.person);

    // Half a swap is none: the whole transaction is refused.
    let tx = town.app.store.write(viewed(&town), town.now()).await.unwrap();
    shifts::change(&tx, &Shift { person: two.person, ..two.clone() }).await.unwrap();
    let refused = shifts::refuse_two_places(&tx, &[ana.id, bruno.id]).await.unwrap_err();
    assert!(matches!(refused, StoreError::TwoPlaces), "{refused}");
    drop(tx);
    assert_eq!(of_the_pool(&town).await, after);
}

async fn a_cancelled_shift_is_in_nobodys_way(engine: Engine) {
    let (town, need, ana) = town(engine).await;
    provision::publish_shift(&town.app, town.pool, new(need, &ana, evening(4))).await.unwrap();
    let published = of_the_pool(&town).await.remove(0);
    let tx = town.app.store.write(viewed(&town), town.now()).await.unwrap();
    shifts::change(&tx, &Shift { cancelled_at: Some(tx.now()), ..published }).await.unwrap();
    tx.commit().await.unwrap();
    provision::publish_shift(&town.app, town.pool, new(need, &ana, evening(4))).await.unwrap();
}

async fn two_pools_share_one_person_but_not_one_hour(engine: Engine) {
    let (town, need, ana) = town(engine).await;
    provision::publish_shift(&town.app, town.pool, new(need, &ana, evening(4))).await.unwrap();
    let other =
        provision::create_pool(&town.app, town.board.id, "Another", town.zone, town.calendar).await.unwrap();
    let there = provision::NewNeed {
        window: hours("18:00–22:00"),
        leads: 1,
        backups: 0,
        languages: Vec::new(),
        from: acceptance::town::day("2026-01-01"),
    };
    let there = provision::add_need(&town.app, other, there).await.unwrap();
    let outcome = provision::publish_shift(&town.app, other, new(there, &ana, evening(4))).await;
    assert!(is_two_places(outcome), "wherever the other duty is");
    provision::publish_shift(&town.app, other, new(there, &ana, evening(5))).await.unwrap();
}

/// On PostgreSQL the constraint stands by itself: also for whoever forgets to ask.
#[tokio::test]
async fn on_postgresql_a_commit_without_the_question_is_refused_too() {
    let (town, need, ana) = town(Engine::Postgres).await;
    provision::publish_shift(&town.app, town.pool, new(need, &ana, evening(4))).await.unwrap();
    let rota = of_the_pool(&town).await[0].rota;
    let tx: Tx<scope::Pool> = town.app.store.write(viewed(&town), town.now()).await.unwrap();
    let at: DateTime<Utc> = instant("2026-07-01T10:00+02:00");
    let second = Shift {
        id: ShiftId(Uuid::now_v7()),
        pool: town.pool,
        rota,
        need,
        person: ana.id,
        rung: Rung::Backup,
        kind: DutyKind::Active,
        span: evening(4),
        sequence: 0,
        changed_at: at,
        told_at: Some(at),
        cancelled_at: None,
    };
    shifts::add_all(&tx, &[second]).await.unwrap();
    tx.commit().await.unwrap_err();
    assert_eq!(of_the_pool(&town).await.len(), 1);
}
