//! What becomes of a build that cannot be done.

use super::*;

/// Asks for a draft whose job a worker takes in hand, and fails at.
async fn failed(town: &Town, error: &Error) -> (RotaId, jobs::claims::Fate) {
    let rota =
        draft::ask(&town.app, &town.maud, town.pool, day("2026-11-23"), day("2026-11-29")).await.unwrap();
    let claimed =
        jobs::claims::claim(&town.app, "test", 1, chrono::Duration::minutes(1)).await.unwrap().remove(0);
    (rota, jobs::claims::fail(&town.app, "test", &claimed, error).await.unwrap())
}

#[tokio::test]
async fn a_build_that_is_given_up_leaves_a_draft_to_build_again() {
    let town = Town::new().await;
    let error = Error::Hopeless { doing: "build a rota", because: "the solver broke".to_owned() };
    let (rota, fate) = failed(&town, &error).await;
    assert_eq!(fate, jobs::claims::Fate::Dead);
    let draft = town.rota(rota).await;
    assert_eq!((draft.status, draft.outcome.unwrap().stopped), (RotaStatus::Draft, true));
    assert_eq!(town.places(rota).await.len(), 7, "the places are there, to be filled by hand");
    draft::rebuild(&town.app, &town.maud, rota, draft.version).await.unwrap();
    town.work().await;
    assert!(town.places(rota).await.iter().all(|place| place.person.is_some()));
    assert_eq!(town.rota(rota).await.status, RotaStatus::Draft);
}

#[tokio::test]
async fn stopping_ends_a_build_that_failed_or_waits_and_leaves_one_that_runs_to_its_worker() {
    let town = Town::new().await;
    let error = Error::Outside { doing: "build a rota", because: "the disk is full".to_owned() };
    let (rota, fate) = failed(&town, &error).await;
    assert!(matches!(fate, jobs::claims::Fate::Again(_)));
    assert_eq!(town.rota(rota).await.status, RotaStatus::Building, "it is tried again");
    draft::stop(&town.app, &town.maud, rota).await.unwrap();
    let stopped = town.rota(rota).await;
    assert_eq!((stopped.status, stopped.stop_asked), (RotaStatus::Draft, false));

    draft::rebuild(&town.app, &town.maud, rota, stopped.version).await.unwrap();
    draft::stop(&town.app, &town.maud, rota).await.unwrap();
    let waited = town.rota(rota).await;
    assert_eq!((waited.status, waited.stop_asked), (RotaStatus::Draft, false));
    let lasts = chrono::Duration::minutes(1);
    assert_eq!(jobs::claims::claim(&town.app, "test", 1, lasts).await.unwrap().len(), 0, "nothing is left");

    draft::rebuild(&town.app, &town.maud, rota, waited.version).await.unwrap();
    assert_eq!(jobs::claims::claim(&town.app, "test", 1, lasts).await.unwrap().len(), 1);
    draft::stop(&town.app, &town.maud, rota).await.unwrap();
    let running = town.rota(rota).await;
    assert_eq!((running.status, running.stop_asked), (RotaStatus::Building, true), "it is in hand");
}
