//! Stories of jobs: asked for, claimed, failed, taken up by another.

use chrono::{DateTime, Duration, Utc};
use storage::scope::System;
use uuid::Uuid;

use super::House;
use crate::{
    Error, clock,
    jobs::{self, Job, claims},
};

/// A job that is nobody's secret, to be claimed and failed.
async fn ask_for_work(house: &House, key: i64) -> Job {
    let job = Job::BuildRota { pool: house.pool, rota: Uuid::nil().into(), seed: key };
    let tx = house.app.write(System).await.unwrap();
    jobs::enqueue(&house.app, &tx, &job).await.unwrap();
    tx.commit().await.unwrap();
    job
}

async fn claim(house: &House, node: &str, lasts: Duration) -> Vec<claims::Claimed> {
    claims::claim(&house.app, node, 50, lasts).await.unwrap()
}

#[tokio::test]
async fn a_job_asked_for_twice_is_done_once() {
    let house = House::furnished().await;
    ask_for_work(&house, 1).await;
    ask_for_work(&house, 1).await;
    assert_eq!(claim(&house, "one", Duration::seconds(30)).await.len(), 1);
    assert_eq!(claim(&house, "two", Duration::seconds(30)).await.len(), 0, "it is in hand");
}

#[tokio::test]
async fn a_crashed_workers_jobs_are_taken_up_when_its_claims_run_out_and_its_late_word_does_not_count() {
    let house = House::furnished().await;
    ask_for_work(&house, 1).await;
    // A claim that has already run out, as after a crash.
    let crashed = claim(&house, "crashed", Duration::seconds(-1)).await.remove(0);
    let taken = claim(&house, "other", Duration::seconds(30)).await.remove(0);
    assert_eq!((taken.id, taken.attempt), (crashed.id, 2));
    claims::finish(&house.app, "crashed", &crashed).await.unwrap();
    let state = async || {
        let tx = house.app.read(System).await.unwrap();
        storage::jobs::by_key(&tx, &taken.key).await.unwrap().unwrap().state
    };
    assert_eq!(state().await, storage::jobs::JobState::Running);
    claims::finish(&house.app, "other", &taken).await.unwrap();
    assert_eq!(state().await, storage::jobs::JobState::Done);
}

#[tokio::test]
async fn a_job_that_fails_waits_and_after_twelve_tries_a_person_decides() {
    let house = House::furnished().await;
    ask_for_work(&house, 1).await;
    let error = Error::Outside { doing: "ring", because: "nobody answers".to_owned() };
    let mut waited: Option<DateTime<Utc>> = None;
    for attempt in 1..=storage::jobs::MOST_TRIES {
        let claimed = claim(&house, "one", Duration::seconds(30)).await.remove(0);
        assert_eq!(claimed.attempt, attempt);
        match claims::fail(&house.app, "one", &claimed, &error).await.unwrap() {
            claims::Fate::Again(at) => {
                assert!(claim(&house, "one", Duration::seconds(30)).await.is_empty(), "it waits");
                waited = Some(at);
                clock::stop_at(&house.app, at).await.unwrap();
            }
            claims::Fate::Dead => assert_eq!(attempt, storage::jobs::MOST_TRIES),
        }
    }
    assert!(waited.is_some());
    let dead = claims::list_dead(&house.app, 10).await.unwrap();
    assert_eq!(dead[0].last_error.as_deref(), Some("could not ring: nobody answers"));
    claims::replay(&house.app, dead[0].id).await.unwrap();
    assert_eq!(claim(&house, "one", Duration::seconds(30)).await[0].attempt, 1);
    assert!(matches!(claims::replay(&house.app, dead[0].id).await, Err(Error::NotFound(_))));
}

#[tokio::test]
async fn a_job_nobody_can_ever_do_is_not_tried_again() {
    let house = House::furnished().await;
    ask_for_work(&house, 1).await;
    let claimed = claim(&house, "one", Duration::seconds(30)).await.remove(0);
    let fate = claims::fail(&house.app, "one", &claimed, &Error::NotFound("rota")).await.unwrap();
    assert_eq!(fate, claims::Fate::Dead);
}
