//! Whoever asks may go away at any moment: a transaction that is broken off, wherever it stands, leaves
//! nothing behind on the connection that the next one begins on.

use std::{fmt::Debug, future::Future};

use acceptance::{
    broken_off::ends_within,
    eventually::eventually,
    on_both_engines,
    town::{Engine, Rows, Town},
};
use storage::{Store, StoreError, jobs, scope::System};

on_both_engines! {
    a_transaction_broken_off_anywhere_leaves_its_connection_as_it_was,
    changes_of_the_tables_broken_off_anywhere_are_made_by_the_next_start,
}

/// So many steps further changes of the tables are broken off each time.
const STRIDE: usize = 67;

/// Breaks `work` off once it has waited `times` times; true if it came to its end before.
async fn ends<E: Debug>(times: usize, work: impl Future<Output = Result<(), E>>) -> bool {
    ends_within(times, work).await.transpose().unwrap().is_some()
}

async fn reads(town: &Town) -> Result<(), StoreError> {
    let tx = town.app.store.read(System, town.now()).await?;
    jobs::heaps(&tx).await.map(drop)
}

async fn writes(town: &Town) -> Result<(), StoreError> {
    let tx = town.app.store.write(System, town.now()).await?;
    tx.signal("something");
    tx.commit().await
}

async fn a_transaction_broken_off_anywhere_leaves_its_connection_as_it_was(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T12:00+02:00").await;
    let (mut times, mut ended) = (0, false);
    while !ended {
        times += 1;
        ended = ends(times, reads(&town)).await & ends(times, writes(&town)).await;
        if engine == Engine::Postgres {
            eventually(&format!("nothing is open after {times} steps"), async || {
                let open = "select count(*) from pg_stat_activity
                    where datname = current_database() and state like 'idle in transaction%'";
                (town.rows.number(open).await.unwrap() == 0).then_some(())
            })
            .await;
        }
        reads(&town).await.unwrap();
        writes(&town).await.unwrap();
    }
    assert!(times > 1, "it was broken off on its way: {times}");
}

async fn changes_of_the_tables_broken_off_anywhere_are_made_by_the_next_start(engine: Engine) {
    let (mut times, mut ended) = (1, false);
    while !ended {
        let rows = Rows::empty(engine).await;
        let cut_short = Store::open(&rows.owner_url).await.unwrap();
        let made = async { migrations::up(cut_short.for_migrations()).await.map(drop) };
        ended = ends(times, made).await;
        drop(cut_short);

        let store = Store::open(&rows.owner_url).await.unwrap();
        let made = migrations::up(store.for_migrations()).await;
        made.unwrap_or_else(|error| panic!("broken off after {times} steps: {error}"));
        assert_eq!(migrations::missing(store.for_migrations()).await.unwrap(), 0);
        store.close().await;
        times += STRIDE;
    }
    assert!(times > 4 * STRIDE, "it was broken off on its way: {times}");
}
