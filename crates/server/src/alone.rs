//! One process a SQLite file: whoever opens doors or does jobs on it holds a lock, and a second one is
//! refused. The kernel takes the lock back however the process ends.

use std::{
    fs::{File, OpenOptions, TryLockError},
    os::unix::fs::OpenOptionsExt,
    path::PathBuf,
};

use app::Database;

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
        let Some(file) = Database::file(database) else { return Ok(Self { _lock: None }) };
        let mut name = file.clone().into_os_string();
        name.push(".lock");
        let name = PathBuf::from(name);
        let told = |error: std::io::Error| format!("could not lock {}: {error}", name.display());
        let mut lock = OpenOptions::new();
        let lock = lock.create(true).truncate(false).write(true).mode(0o600).open(&name).map_err(told)?;
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
}
