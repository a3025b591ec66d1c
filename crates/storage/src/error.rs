//! What can go wrong with the tables, and while doing what.

use sea_orm::{DbErr, SqlErr};

/// The database's answer, with what we were doing.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused, or could not be reached.
    #[error("could not {doing}")]
    Database {
        /// What was being done, as in "could not …".
        doing: &'static str,
        /// Its own words.
        #[source]
        source: DbErr,
    },
    /// The transaction's scope does not reach the row: there is none as far as it can tell.
    #[error("could not {0}: there is no such row in sight")]
    OutOfSight(&'static str),
    /// A column holds what this program never writes.
    #[error("{table} holds {what}, which this program cannot read")]
    Unreadable {
        /// The table.
        table: &'static str,
        /// The value and its column.
        what: String,
    },
    /// Somebody else changed the row first.
    #[error("somebody else changed it first")]
    Stale,
    /// A place to read on from that no page of this list ended at.
    #[error("no page of this list ends there")]
    NoSuchPage,
    /// A text holds a character that nobody types and PostgreSQL does not keep: NUL.
    #[error("could not {0}: a text holds a character that cannot be kept")]
    Unkeepable(&'static str),
    /// Somebody would be on duty in two places at once.
    #[error("somebody would be on duty in two places at once")]
    TwoPlaces,
    /// The database is there but cannot be used, for the reason given.
    #[error("{0}")]
    Unusable(String),
}

impl StoreError {
    /// Whether other rows name the row that was to be removed.
    pub fn is_named_elsewhere(&self) -> bool {
        match self {
            Self::Database { source, .. } => {
                matches!(source.sql_err(), Some(SqlErr::ForeignKeyConstraintViolation(_)))
                    // SQLite says of `on delete restrict` only this much.
                    || source.to_string().contains("FOREIGN KEY constraint failed")
            }
            _ => false,
        }
    }

    /// Whether a unique index or the double-booking constraint refused the row.
    pub fn is_conflict(&self) -> bool {
        match self {
            Self::Database { source, .. } => {
                matches!(source.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
                    || source.to_string().contains("shifts_one_place_at_a_time")
            }
            Self::Stale | Self::TwoPlaces => true,
            _ => false,
        }
    }
}

/// Says what was being done when the database refused.
pub(crate) trait Doing<T> {
    fn doing(self, doing: &'static str) -> Result<T, StoreError>;
}

impl<T> Doing<T> for Result<T, DbErr> {
    fn doing(self, doing: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| match source {
            // PostgreSQL's lock says the same as ours, and as little.
            refused if refused.to_string().contains("violates row-level security policy") => {
                StoreError::OutOfSight(doing)
            }
            source => StoreError::Database { doing, source },
        })
    }
}

/// Says that `column` of `table` holds what this program never writes.
pub(crate) fn unreadable(table: &'static str, column: &str, value: impl std::fmt::Display) -> StoreError {
    StoreError::Unreadable { table, what: format!("{column} {value:?}", value = value.to_string()) }
}
