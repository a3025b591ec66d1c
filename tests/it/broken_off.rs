//! Whoever asks may go away at any moment: a transaction that is broken off, wherever it stands, leaves
//! nothing behind on the connection that the next one begins on.

use acceptance::{
    broken_off::ends_within,
    eventually::eventually,
    on_both_engines,
    town::{Engine, Town},
};
use storage::{StoreError, jobs, scope::System};

on_both_engines! {
    a_transaction_broken_off_anywhere_leaves_its_connection_as_it_was,
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
        let (read, written) =
            (ends_within(times, reads(&town)).await, ends_within(times, writes(&town)).await);
        ended = read.transpose().unwrap().is_some() & written.transpose().unwrap().is_some();
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
