//! One process a SQLite file: whoever opens doors or does jobs on it holds a lock, and a second one is
//! refused. The kernel takes the lock back however the process ends.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::PathBuf,
};

/// Held for as long as the process uses the file.
#[derive(Debug)]
pub struct Alone {
    _lock: Option<File>,
}

impl Alone {
    /// The only process on `database`; on PostgreSQL there may be any number.
    ///
    /// # Errors
    /// If there is another, or the lock's file cannot be made.
    pub fn on(database: &str) -> Result<Self, String> {
        let Some(file) = sqlite_file(database) else { return Ok(Self { _lock: None }) };
        let mut name = file.clone().into_os_string();
        name.push(".lock");
        let name = PathBuf::from(name);
        let told = |error: std::io::Error| format!("could not lock {}: {error}", name.display());
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(&name).map_err(told)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { _lock: Some(lock) }),
            Err(TryLockError::WouldBlock) => Err(format!(
                "another process uses {}: a SQLite file has one `serve` or `work` at a time; stop the other one, \
                 or move to PostgreSQL for several",
                file.display()
            )),
            Err(TryLockError::Error(error)) => Err(told(error)),
        }
    }
}

/// The file of a SQLite database; nothing for PostgreSQL, and for a database in memory.
pub fn sqlite_file(database: &str) -> Option<PathBuf> {
    let path = database.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path).split('?').next()?;
    (!path.is_empty() && path != ":memory:").then(|| PathBuf::from(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_process_on_one_file_is_refused_until_the_first_is_gone() {
        let file = std::env::temp_dir().join(format!("veilleuse-alone-{}.sqlite", std::process::id()));
        let database = format!("sqlite://{}?mode=rwc", file.display());
        let first = Alone::on(&database).unwrap();
        assert!(Alone::on(&database).unwrap_err().contains("another process uses"));
        drop(first);
        assert!(Alone::on(&database).is_ok());
        let _ = std::fs::remove_file(format!("{}.lock", file.display()));
    }

    #[test]
    fn a_database_that_is_no_file_has_no_lock() {
        assert_eq!(sqlite_file("postgres://db/veilleuse"), None);
        assert_eq!(sqlite_file("sqlite::memory:"), None);
        assert_eq!(sqlite_file("sqlite:a.sqlite?mode=rwc"), Some(PathBuf::from("a.sqlite")));
    }
}
