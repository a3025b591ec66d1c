//! Builds of rotas: whose turn it is, what an interruption leaves, and stopping what waits.

use acceptance::{
    on_both_engines,
    town::{Engine, Town, day},
};
use app::{
    jobs::{
        Job,
        claims::{self, Claimed},
    },
    rota::{board, build, draft},
};
use chrono::{Duration, NaiveDate};
use domain::{RotaId, RotaStatus};
use views::html::rota::{Model, View};

on_both_engines! {
    a_board_builds_one_rota_at_a_time_and_the_others_wait_in_order,
    nodes_that_look_at_once_never_build_two_rotas_of_one_board,
    a_build_that_waits_is_stopped_at_once_and_the_next_one_moves_up,
    a_build_that_was_interrupted_begins_again_and_says_when,
    a_finished_build_says_how_good_it_is,
}

/// A town with two advisors and a need for every evening.
async fn a_town(engine: Engine) -> Town {
    let town = Town::at(engine, "2026-06-15T18:00+02:00").await;
    furnish(&town, "Colmar").await;
    town
}

async fn furnish(town: &Town, office: &str) {
    let office = town.office(office).plain().await;
    for name in ["Ana", "Berta"] {
        town.advisor(name).working_at(&office).off_duty().await;
    }
    town.board.needs("18:00–22:00", 1, 0).await;
}

/// Asks for a week, and builds nothing.
async fn asks(town: &Town, from: &str) -> RotaId {
    let from: NaiveDate = day(from);
    let until = from + Duration::days(6);
    draft::ask(&town.app, &town.board.caller().await, town.pool, from, until).await.unwrap()
}

async fn page(town: &Town, rota: RotaId) -> Model {
    board::board(&town.app, &town.board.caller().await, rota, View::Advisor, None).await.unwrap()
}

/// How many builds are before it.
async fn before(town: &Town, rota: RotaId) -> Option<u32> {
    page(town, rota).await.progress.expect("it is being built").before
}

/// The builds a node takes in hand.
async fn takes(town: &Town, node: &str) -> Vec<Claimed> {
    let kinds = [app::jobs::builds::KIND];
    claims::claim_of_kinds(&town.app, node, &kinds, 10, Duration::seconds(60)).await.unwrap()
}

fn rota_of(claimed: &Claimed) -> RotaId {
    match claimed.job.as_ref().unwrap() {
        Job::BuildRota { rota, .. } => *rota,
        other => panic!("a build, not {other:?}"),
    }
}

/// Does what a node has in hand.
async fn does(town: &Town, node: &str, claimed: Claimed) {
    app::jobs::run(&town.app, claimed.job.as_ref().unwrap().clone()).await.unwrap();
    claims::finish(&town.app, node, &claimed).await.unwrap();
}

async fn a_board_builds_one_rota_at_a_time_and_the_others_wait_in_order(engine: Engine) {
    let town = a_town(engine).await;
    let other = town.stranger().await;
    furnish(&other, "Metz").await;
    let first = asks(&town, "2026-07-06").await;
    let second = asks(&town, "2026-07-13").await;
    let third = asks(&town, "2026-07-20").await;
    assert_eq!(before(&town, first).await, Some(0));
    assert_eq!(before(&town, third).await, Some(2));

    let mut one = takes(&town, "one").await;
    assert_eq!(one.iter().map(rota_of).collect::<Vec<_>>(), [first]);
    assert_eq!(takes(&town, "two").await.len(), 0, "the others wait, on whatever node");
    assert_eq!((before(&town, first).await, before(&town, second).await), (None, Some(1)));
    assert_eq!(before(&town, third).await, Some(2));

    // Another board waits for nobody of this one.
    let elsewhere = asks(&other, "2026-07-06").await;
    assert_eq!(takes(&town, "two").await.iter().map(rota_of).collect::<Vec<_>>(), [elsewhere]);

    does(&town, "one", one.remove(0)).await;
    assert_eq!(page(&town, first).await.status, RotaStatus::Draft);
    assert_eq!(takes(&town, "one").await.iter().map(rota_of).collect::<Vec<_>>(), [second]);
    town.work_until_idle().await;
    assert_eq!(before(&town, third).await, Some(2), "two are in hand, on other nodes");
}

async fn nodes_that_look_at_once_never_build_two_rotas_of_one_board(engine: Engine) {
    let town = a_town(engine).await;
    for monday in ["2026-07-06", "2026-07-13", "2026-07-20", "2026-07-27"] {
        asks(&town, monday).await;
    }
    for round in 0..4 {
        let (one, two, three, four) =
            tokio::join!(takes(&town, "1"), takes(&town, "2"), takes(&town, "3"), takes(&town, "4"));
        let all = [("1", one), ("2", two), ("3", three), ("4", four)];
        let mut taken: Vec<(&str, Claimed)> =
            all.into_iter().flat_map(|(node, some)| some.into_iter().map(move |one| (node, one))).collect();
        assert_eq!(taken.len(), 1, "in round {round}");
        let (node, claimed) = taken.remove(0);
        claims::finish(&town.app, node, &claimed).await.unwrap();
    }
}

async fn a_build_that_waits_is_stopped_at_once_and_the_next_one_moves_up(engine: Engine) {
    let town = a_town(engine).await;
    let first = asks(&town, "2026-07-06").await;
    let second = asks(&town, "2026-07-13").await;
    let third = asks(&town, "2026-07-20").await;
    let one = takes(&town, "one").await.remove(0);
    assert_eq!(rota_of(&one), first);

    draft::stop(&town.app, &town.board.caller().await, second).await.unwrap();
    let stopped = page(&town, second).await;
    assert_eq!(stopped.status, RotaStatus::Draft, "it waits for nobody");
    assert_eq!(stopped.gaps.len(), 7, "its places are there, to be filled by hand");
    assert_eq!(before(&town, third).await, Some(1));

    let planner = town.board.caller().await;
    let version = i32::try_from(page(&town, third).await.version).unwrap();
    draft::discard(&town.app, &planner, third, version).await.unwrap();
    does(&town, "one", one).await;
    assert_eq!(takes(&town, "one").await.len(), 0, "nobody wants the others any more");
}

async fn a_build_that_was_interrupted_begins_again_and_says_when(engine: Engine) {
    let town = a_town(engine).await;
    let rota = asks(&town, "2026-07-06").await;
    // A node takes it in hand, begins, and is gone: its claim has run out already.
    let kinds = [app::jobs::builds::KIND];
    let gone = claims::claim_of_kinds(&town.app, "gone", &kinds, 1, Duration::seconds(-1)).await.unwrap();
    assert_eq!(gone.len(), 1);
    let begun = build::begin(&town.app, town.pool, rota, 1).await.unwrap().unwrap();
    assert_eq!((begun.started_at, begun.begun_again_at), (Some(town.now()), None));
    let interrupted = page(&town, rota).await.progress.unwrap();
    assert_eq!((interrupted.running, interrupted.begun_again_at), (true, None));

    town.clock_shows("18:04").await;
    town.work_until_idle().await;
    let built = page(&town, rota).await;
    assert_eq!(built.status, RotaStatus::Draft);
    assert!(built.places.iter().all(|place| place.person.is_some()));
    assert_eq!(built.progress.unwrap().begun_again_at, Some(town.now()));

    // Another build of it is not the one that was interrupted.
    let version = i32::try_from(built.version).unwrap();
    draft::rebuild(&town.app, &town.board.caller().await, rota, version).await.unwrap();
    town.work_until_idle().await;
    assert_eq!(page(&town, rota).await.progress.unwrap().begun_again_at, None);
}

async fn a_finished_build_says_how_good_it_is(engine: Engine) {
    let town = a_town(engine).await;
    let rota = asks(&town, "2026-07-06").await;
    town.work_until_idle().await;
    let progress = page(&town, rota).await.progress.unwrap();
    let quality = progress.quality.expect("the solver said it");
    assert!(progress.proved, "{quality:?}");
    assert_eq!(quality.known().map(|(_, _, known)| known.word()), ["best"; 4], "{quality:?}");
    assert_eq!((quality.cover.cost, quality.people), (0, 2));
}
