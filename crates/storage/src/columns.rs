//! From columns to values: whatever this program never writes is an error, not a guess.

use chrono::{DateTime, Utc};
use domain::{Skills, Span, Tz, Window};
use serde::{Serialize, de::DeserializeOwned};

use crate::StoreError;

/// What `read` makes of `text`, a column of `table`.
pub(crate) fn word<T>(
    table: &'static str,
    text: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<T, StoreError> {
    read(text).ok_or_else(|| StoreError::Unreadable { table, what: format!("{text:?}") })
}

/// The zone named `text`.
pub(crate) fn zone(table: &'static str, text: &str) -> Result<Tz, StoreError> {
    word(table, text, |text| text.parse().ok())
}

/// A stretch of time; tables check that it ends after it starts.
pub(crate) fn span(
    table: &'static str,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
) -> Result<Span, StoreError> {
    Span::new(start, end).map_err(|_| StoreError::Unreadable { table, what: format!("{start} to {end}") })
}

/// A whole number that fits.
pub(crate) fn number<N, T: TryFrom<N>>(table: &'static str, number: N) -> Result<T, StoreError>
where
    N: Copy + std::fmt::Display,
{
    T::try_from(number).map_err(|_| StoreError::Unreadable { table, what: number.to_string() })
}

/// A value kept as JSON.
pub(crate) fn value<T: DeserializeOwned>(
    table: &'static str,
    json: serde_json::Value,
) -> Result<T, StoreError> {
    serde_json::from_value(json).map_err(|error| StoreError::Unreadable { table, what: error.to_string() })
}

/// `value` as JSON.
pub(crate) fn json(value: &impl Serialize) -> serde_json::Value {
    serde_json::to_value(value).expect("values of domain have string keys and no floats, so they are JSON")
}

/// What a lead must bring beside languages, from its column; empty where nothing more is asked.
pub(crate) fn skills(table: &'static str, json: Option<serde_json::Value>) -> Result<Skills, StoreError> {
    json.map_or_else(|| Ok(Skills::default()), |json| value(table, json))
}

/// The same for its column.
pub(crate) fn some_skills(skills: &Skills) -> Option<serde_json::Value> {
    (*skills != Skills::default()).then(|| json(skills))
}

/// A window from its three columns.
pub(crate) fn window(
    table: &'static str,
    days: i32,
    from: chrono::NaiveTime,
    until: chrono::NaiveTime,
) -> Result<Window, StoreError> {
    Ok(Window { days: domain::Days(number(table, days)?), from, until })
}
