//! A furnished house with its doors open, and a token of each role: what `tests/schemathesis` asks.
//!
//! `cargo run -p acceptance --example api_house -- sqlite` (or `postgres`) prints the address and the
//! tokens, a word and a value a line, and closes when its standard input does.

#![allow(clippy::unwrap_used, reason = "a program for tests fails by panicking")]

use std::{io::Read, net::TcpListener};

use acceptance::town::{Engine, Rows};
use app::{
    App,
    account::{
        Browser,
        api_tokens::{self, NewToken, SCOPES},
    },
    demo::{self, Door},
    settings::{Post, Reach, Settings},
};

#[tokio::main]
async fn main() {
    let engine = match std::env::args().nth(1).as_deref() {
        Some("sqlite") => Engine::Sqlite,
        Some("postgres") => Engine::Postgres,
        _ => panic!("say sqlite or postgres"),
    };
    let rows = Rows::migrated(engine).await;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let settings = Settings {
        database: rows.url.clone(),
        key: app::secrets::random_key(),
        signing_keys: Vec::new(),
        public_url: address.clone(),
        post: Post::Mailbox,
        demo: true,
        behind_proxy: false,
        mailboxes: Reach::Anywhere,
    };
    let app = App::open(settings).await.unwrap();
    demo::seed(&app, None).await.unwrap();
    println!("address {address}");
    for door in ["planner", "advisor", "manager"] {
        println!("{door} {}", token_of(&app, door).await);
    }
    let closed = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
    api::serve(app, listener, async { drop(closed.await) }).await.unwrap();
}

/// A token with every scope, of who is behind that door.
async fn token_of(app: &App, door: &str) -> String {
    let entered = demo::enter(app, Door::from_word(door).unwrap(), Browser::default()).await.unwrap();
    let access = api_tokens::of(app, &entered.access).await.unwrap();
    let new = NewToken {
        name: format!("schemathesis, {door}"),
        hat: None,
        scopes: SCOPES.iter().map(ToString::to_string).collect(),
        expires_at: None,
    };
    api_tokens::make(app, &access, new).await.unwrap().secret
}
