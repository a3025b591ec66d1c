//! Undo restores exactly: after any changes by hand, taken back one by one, every place of a draft is as it
//! was before each, the pin too. What another saw, or what is not last any more, takes nothing back.

use acceptance::{
    on_both_engines,
    random::Chance,
    town::{Draft, Engine, Person, Town, day},
};
use app::{
    Error,
    kept::Seen,
    rota::change::{self, Put, Saw, Wanted},
};
use domain::{Assignment, AssignmentId, ChangeId, RotaId};
use storage::{assignments, rota_changes, scope};

on_both_engines! {
    whatever_was_changed_by_hand_undo_restores_it_exactly,
    undo_takes_back_the_change_that_was_seen_and_no_other,
}

async fn a_draft(engine: Engine) -> (Town, Vec<Person>, Draft) {
    let town = Town::at(engine, "2026-06-15T10:00+02:00").await;
    let mut people = Vec::new();
    for name in ["Ana", "Berta", "Carla"] {
        people.push(town.advisor(name).off_duty().await);
    }
    town.board.needs("18:00–22:00", 1, 1).await;
    let draft = town.board.drafts(day("2026-07-06"), day("2026-07-12")).await;
    (town, people, draft)
}

fn viewed(town: &Town) -> scope::Pool {
    scope::Pool { pool: town.pool, viewer: town.board.id }
}

async fn places(town: &Town, rota: RotaId) -> Vec<Assignment> {
    let tx = town.app.store.read(viewed(town), town.now()).await.unwrap();
    assignments::of_rota(&tx, rota).await.unwrap()
}

async fn last(town: &Town, rota: RotaId) -> Option<ChangeId> {
    let tx = town.app.store.read(viewed(town), town.now()).await.unwrap();
    rota_changes::last(&tx, rota).await.unwrap().map(|change| change.id)
}

async fn put(town: &Town, rota: RotaId, place: AssignmentId, wanted: Wanted) -> bool {
    let planner = town.board.caller().await;
    let done = change::put(&town.app, &planner, rota, place, &Seen::Any, wanted).await.unwrap();
    matches!(done, Put::Done(_))
}

async fn undo(town: &Town, rota: RotaId, saw: Saw) -> Result<bool, Error> {
    let planner = town.board.caller().await;
    Ok(change::undo(&town.app, &planner, rota, saw).await?.is_some())
}

async fn whatever_was_changed_by_hand_undo_restores_it_exactly(engine: Engine) {
    let (town, people, draft) = a_draft(engine).await;
    let planner = town.board.caller().await;
    for seed in 0..4 {
        let mut chance = Chance::of(seed, 11);
        let mut states = vec![places(&town, draft.rota).await];
        for _ in 0..30 {
            let now = states.last().unwrap();
            let place = &now[chance.below(now.len())];
            let person = people.get(chance.below(people.len() + 1)).map(|one| one.id);
            let (pinned, version) = (chance.below(2) == 0, draft.shown().await.version);
            if chance.below(4) == 0 {
                let version = i32::try_from(version).unwrap();
                change::pin(&town.app, &planner, draft.rota, place.id, pinned, version).await.unwrap();
            } else {
                put(&town, draft.rota, place.id, Wanted { person, pinned }).await;
            }
            town.put_clock_to(town.now() + chrono::Duration::seconds(1)).await;
            let after = places(&town, draft.rota).await;
            if after != *now {
                states.push(after);
            }
        }
        assert!(states.len() > 10, "much was changed");
        for before in states.iter().rev().skip(1) {
            let change = last(&town, draft.rota).await.unwrap();
            assert!(undo(&town, draft.rota, Saw::Change(change)).await.unwrap());
            assert_eq!(places(&town, draft.rota).await, *before);
        }
        assert!(!undo(&town, draft.rota, Saw::Anything).await.unwrap(), "nothing is left to take back");
    }
}

async fn undo_takes_back_the_change_that_was_seen_and_no_other(engine: Engine) {
    let (town, _, draft) = a_draft(engine).await;
    let before = places(&town, draft.rota).await;
    let open = Wanted { person: None, pinned: true };
    assert!(put(&town, draft.rota, before[0].id, open).await);
    let first = last(&town, draft.rota).await.unwrap();
    town.put_clock_to(town.now() + chrono::Duration::seconds(1)).await;
    assert!(put(&town, draft.rota, before[1].id, open).await);
    let now = places(&town, draft.rota).await;
    let stale = undo(&town, draft.rota, Saw::Change(first)).await;
    assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
    assert_eq!(places(&town, draft.rota).await, now);
    let second = last(&town, draft.rota).await.unwrap();
    undo(&town, draft.rota, Saw::Change(second)).await.unwrap();
    undo(&town, draft.rota, Saw::Change(first)).await.unwrap();
    assert_eq!(places(&town, draft.rota).await, before);
}
