//! The file of a SQLite database: where it lies, and how it comes to be. Opening a database never makes
//! one, so a mistyped path is told instead of taken for an empty house.

use std::{fs::OpenOptions, io::ErrorKind, os::unix::fs::OpenOptionsExt, path::PathBuf, str::FromStr};

use sqlx::sqlite::SqliteConnectOptions;

use crate::{Store, StoreError};

impl Store {
    /// Where the file of the database at `url` lies; nothing for PostgreSQL, and for a database in memory.
    pub fn file(url: &str) -> Option<PathBuf> {
        let path = url.strip_prefix("sqlite:")?.trim_start_matches("//").split('?').next()?;
        if path.is_empty() || path == ":memory:" {
            return None;
        }
        // By the same reading as when it is opened: percent signs stand for letters there.
        let options = SqliteConnectOptions::from_str(url).ok()?;
        Some(options.get_filename().to_owned())
    }

    /// Makes the file of the database at `url` where there is none yet: empty, and for this user alone.
    /// What SQLite keeps beside it gets the same rights. Nothing happens on PostgreSQL.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn make_file(url: &str) -> Result<(), StoreError> {
        let Some(file) = Self::file(url) else { return Ok(()) };
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file) {
            Ok(_) => Ok(()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(StoreError::Unusable(format!("could not make {}: {error}", file.display()))),
        }
    }
}

/// Says so where the file of a SQLite database is missing.
pub(crate) fn is_there(url: &str) -> Result<(), StoreError> {
    let Some(file) = Store::file(url) else { return Ok(()) };
    match file.metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Err(StoreError::Unusable(format!("there is no database at {}", file.display())))
        }
        // What else is wrong with it, SQLite says when it is opened.
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[tokio::test]
    async fn opening_makes_no_file_and_a_made_one_is_for_its_user_alone() {
        let file = std::env::temp_dir().join(format!("veilleuse file {}.sqlite", std::process::id()));
        let url = format!("sqlite://{}?mode=rwc", file.display().to_string().replace(' ', "%20"));
        assert_eq!(Store::file(&url), Some(file.clone()));
        let refused = Store::open(&url).await.unwrap_err();
        assert_eq!(refused.to_string(), format!("there is no database at {}", file.display()));
        assert!(!file.exists());
        Store::make_file(&url).unwrap();
        Store::make_file(&url).unwrap();
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        Store::open(&url).await.unwrap().close().await;
        std::fs::remove_file(&file).unwrap();
    }

    #[test]
    fn a_database_that_is_no_file_has_none() {
        assert_eq!(Store::file("postgres://db/veilleuse"), None);
        assert_eq!(Store::file("sqlite::memory:"), None);
        assert_eq!(Store::file("sqlite:a.sqlite?mode=rwc"), Some(PathBuf::from("a.sqlite")));
    }
}
