//! A small town for one story: its database, on the engine the story is told on.

use std::path::PathBuf;

use crate::{keeper, postgres};

/// What a story's rows are kept in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file, in a folder of its own.
    Sqlite,
    /// A database of the server that the test process runs.
    Postgres,
}

/// Makes two tests of each story, one an engine; a story left out is dead code, and clippy says so.
///
/// ```text
/// on_both_engines! { a_town_is_founded }
///
/// async fn a_town_is_founded(engine: Engine) { … }
/// ```
#[macro_export]
macro_rules! on_both_engines {
    ($($story:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test]
            async fn $story() {
                super::$story($crate::town::Engine::Sqlite).await;
            })+
        }
        mod on_postgres {
            $(#[tokio::test]
            async fn $story() {
                super::$story($crate::town::Engine::Postgres).await;
            })+
        }
    };
}

/// Where a town keeps its rows. The folder of a file goes with it.
#[derive(Debug)]
pub struct Rows {
    /// As the program connects.
    pub url: String,
    /// As migrations connect.
    pub owner_url: String,
    folder: Option<PathBuf>,
}

impl Rows {
    /// An empty place, as the first migration finds it.
    ///
    /// # Panics
    /// When the engine does not give one.
    pub async fn empty(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => Self::file(),
            Engine::Postgres => {
                let database = postgres::cluster().empty_database().await;
                Self { url: database.url, owner_url: database.owner_url, folder: None }
            }
        }
    }

    fn file() -> Self {
        let folder = keeper::folder("town");
        let url = format!("sqlite://{}?mode=rwc", folder.join("town.sqlite").display());
        Self { owner_url: url.clone(), url, folder: Some(folder) }
    }
}

impl Drop for Rows {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}
