//! A house for stories told with verbs alone: on SQLite, in a folder of its own, with a clock one can set.

use std::path::PathBuf;

use storage::Store;
use uuid::Uuid;

use crate::{
    App, Settings, secrets,
    settings::{Post, Reach},
};

/// A house with all tables and no row, and the folder to remove when its story is told.
pub(crate) async fn house() -> (App, PathBuf) {
    let folder = std::env::temp_dir().join(format!("veilleuse-story-{}", Uuid::now_v7()));
    std::fs::create_dir_all(&folder).unwrap();
    let database = format!("sqlite://{}", folder.join("house.sqlite").display());
    Store::make_file(&database).unwrap();
    let app = App::open(Settings {
        database,
        key: secrets::random_key(),
        signing_keys: Vec::new(),
        public_url: "http://localhost:8080".to_owned(),
        post: Post::Mailbox,
        demo: true,
        behind_proxy: false,
        mailboxes: Reach::Anywhere,
    });
    let app = app.await.unwrap();
    migrations::up(app.store.for_migrations()).await.unwrap();
    (app, folder)
}
