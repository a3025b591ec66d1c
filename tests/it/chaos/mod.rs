//! Everything dies: the real program under a load of chats and mails, its nodes killed (`kill -9`) and
//! started again at random, PostgreSQL ended without a word in the middle, and two open pages on a node
//! that is gone. What was accepted is there once, what was answered is sent once, or shown as unknown,
//! and the pages catch up by themselves.
//!
//! Chance has a seed, which is printed; `VEILLEUSE_SEED` gives another, and `VEILLEUSE_CHAOS=10` ten
//! times as many rounds.

mod desk;
mod load;
mod mid_letter;
mod pages;
mod scene;
mod verdict;

use std::{env, time::Duration};

use acceptance::{
    nodes::Node,
    postgres::Cluster,
    random::Chance,
    town::{Engine, Rows},
};

use desk::Desk;
use load::Load;
use pages::Pages;
use scene::Scene;

/// Rounds of messages; in each of them something dies.
const ROUNDS: usize = 8;
/// Within how long of the beginning of a round a process dies: about as long as its messages take.
const WITHIN: Duration = Duration::from_millis(700);

/// How much is to happen, and by which chance.
#[derive(Clone, Copy, Debug)]
struct Extent {
    rounds: usize,
    seed: u64,
}

impl Extent {
    fn wanted() -> Self {
        let number = |name: &str| env::var(name).ok().and_then(|text| text.parse().ok());
        let times = number("VEILLEUSE_CHAOS").unwrap_or(1).clamp(1, 100);
        let seed = number("VEILLEUSE_SEED").unwrap_or(20_261_125);
        Self { rounds: ROUNDS * usize::try_from(times).unwrap(), seed }
    }
}

/// Kills a node at a random moment of the round, and starts it again.
async fn dies(node: &mut Node, moment: Duration) {
    tokio::time::sleep(moment).await;
    node.is_killed();
    node.starts_again().await;
}

fn moment(chance: &mut Chance) -> Duration {
    Duration::from_millis(chance.number() % u64::try_from(WITHIN.as_millis()).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn four_nodes_and_their_database_die_and_nothing_is_lost_or_doubled_and_open_pages_catch_up() {
    let extent = Extent::wanted();
    let mut chance = Chance::of(extent.seed, 1);
    let cluster = Cluster::durable();
    let scene = Scene::set(Rows::migrated_on(&cluster).await).await;
    let mut serving = [scene.serves(false).await, scene.serves(false).await];
    let mut working = [scene.works().await, scene.works().await];
    let load = Load::on(&scene, serving.iter().map(|node| node.front).collect(), extent.seed);
    let desk = Desk::of(&load.web, &scene.robot);
    scene.switch.points_at(&[serving[0].front, serving[1].front]);
    let pages = Pages::open(&scene, &load).await;

    let rounds = async {
        for round in 0..extent.rounds {
            if round == extent.rounds / 2 {
                tokio::join!(load.comes(round), cluster.restarts_at_once());
                for node in serving.iter_mut().chain(&mut working) {
                    node.is_ready().await;
                }
                continue;
            }
            let (door, hands) = (chance.below(2), chance.below(2));
            tokio::join!(
                load.comes(round),
                dies(&mut serving[door], moment(&mut chance)),
                dies(&mut working[hands], moment(&mut chance)),
            );
        }
    };
    desk.answers_during(rounds).await;
    pages.outlive_their_node(&scene, &mut serving, &load, &desk).await;
    verdict::comes_to_rest(&scene, &load, &desk).await;
    for node in serving.iter_mut().chain(&mut working) {
        node.is_asked_to_stop();
        assert!(node.ends().await.success(), "it stops in peace");
    }
    let kills = 2 * (extent.rounds - 1) + 1;
    let what = format!("{kills} kills of 4 nodes, PostgreSQL restarted once, seed {}", extent.seed);
    verdict::judge(&scene, &load, &desk, Engine::Postgres, &what).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_process_on_a_file_dies_again_and_again_and_nothing_is_lost_or_doubled() {
    let extent = Extent::wanted();
    let mut chance = Chance::of(extent.seed, 2);
    let scene = Scene::set(Rows::migrated(Engine::Sqlite).await).await;
    let mut node = scene.serves(true).await;
    let load = Load::on(&scene, vec![node.front], extent.seed);
    let desk = Desk::of(&load.web, &scene.robot);
    let rounds = async {
        for round in 0..extent.rounds {
            tokio::join!(load.comes(round), dies(&mut node, moment(&mut chance)));
        }
    };
    desk.answers_during(rounds).await;
    verdict::comes_to_rest(&scene, &load, &desk).await;
    node.is_asked_to_stop();
    assert!(node.ends().await.success(), "it stops in peace");
    let what = format!("{} kills of one process, seed {}", extent.rounds, extent.seed);
    verdict::judge(&scene, &load, &desk, Engine::Sqlite, &what).await;
}
