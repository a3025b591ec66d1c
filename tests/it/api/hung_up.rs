//! Programs that hang up before they are answered: what was asked under a key is done and told all the same.

use acceptance::{eventually::eventually, town::Engine};
use reqwest::Method;
use serde_json::json;
use storage::{pools, scope};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use super::door::{Doors, Said};

const KEY: &str = "hung-up-0123456789abcdef";

/// SQLite has one writer: nobody could take the key while somebody else holds the pool.
#[tokio::test]
async fn whoever_hung_up_asks_again_under_the_same_key_and_is_told_what_was_done() {
    let doors = Doors::open(Engine::Postgres).await;
    let town = &doors.town;
    let planner = doors.program(&town.board.planner, &[]).await;
    town.board.needs("18:00–22:00", 1, 0).await;
    let week = json!({ "pool": town.pool.0, "from": "2026-07-06", "until": "2026-07-12" });

    let board = scope::Pool { pool: town.pool, viewer: town.board.id };
    let holding = town.app.store.write(board, town.now()).await.unwrap();
    pools::hold(&holding, town.pool).await.unwrap();
    let line = asks_by_a_line_of_its_own(&doors, &planner.secret, &week.to_string()).await;
    eventually("the request waits for the pool", async || {
        let waiting = "select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'";
        (town.rows.number(waiting).await.unwrap() == 1).then_some(())
    })
    .await;
    hangs_up(line);
    for _ in 0..3 {
        planner.get("/needs").await; // Meanwhile the server hears that nobody listens any more.
    }
    drop(holding);

    let asked = || planner.ask(Method::POST, "/rotas").header("Idempotency-Key", KEY).json(&week);
    let told = eventually("the answer is told", async || {
        let said = Said::of(asked()).await;
        (said.status != 409).then_some(said)
    })
    .await;
    assert_eq!((told.status, told.header("idempotency-replayed")), (201, "true"), "{told:?}");
    assert_eq!(
        planner.get(&format!("/rotas?pool={}", town.pool)).await["items"].as_array().unwrap().len(),
        1,
        "it was done once"
    );
}

async fn asks_by_a_line_of_its_own(doors: &Doors, secret: &str, body: &str) -> TcpStream {
    let host = doors.host();
    let mut line = TcpStream::connect(host).await.unwrap();
    let head = format!(
        "POST /api/v1/rotas HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {secret}\r\nidempotency-key: {KEY}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    line.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    line
}

/// Without a farewell, as a machine does that is gone.
fn hangs_up(line: TcpStream) {
    line.set_zero_linger().unwrap();
}
