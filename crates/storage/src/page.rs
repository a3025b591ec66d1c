//! Long lists, a page at a time: sorted by one column, and among equals by id, so that whoever reads on
//! from the last row of a page misses nothing and sees nothing twice, whatever was added meanwhile.

use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{PersonId, time::YEARS};
use sea_orm::{ColumnTrait, ColumnType, Condition, EntityTrait, ModelTrait, Value, sea_query::ExprTrait};
use uuid::Uuid;

use crate::{StoreError, tx::Rows};

/// Which page is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The column it is sorted by, as the table calls it.
    pub sort: &'static str,
    /// Greatest first.
    pub descending: bool,
    /// After which row: its value in that column, and its id.
    pub after: Option<(String, Uuid)>,
    /// How many at most.
    pub limit: u64,
}

/// Which rows of people's time are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sought {
    /// Of this person alone.
    pub person: Option<PersonId>,
    /// What ends after this instant.
    pub from: Option<DateTime<Utc>>,
    /// What begins before this one.
    pub until: Option<DateTime<Utc>>,
}

/// A page, and where the next one begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// What [`Ask::after`] must say for the next page; nothing on the last one.
    pub next: Option<(String, Uuid)>,
}

impl<T> Page<T> {
    /// The same page with each item turned into another.
    pub fn map<U>(self, turn: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(turn).collect(), next: self.next }
    }
}

/// Reads a page of `rows`, whose ids stand in the column `id`.
pub(crate) async fn of<E, T>(
    rows: Rows<'_, E>,
    ask: &Ask,
    doing: &'static str,
    read: impl Fn(E::Model) -> Result<T, StoreError>,
) -> Result<Page<T>, StoreError>
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E>,
{
    let column = |name: &'static str| {
        E::Column::from_str(name)
            .map_err(|_| StoreError::Unusable(format!("there is no column {name} to sort by")))
    };
    let (sort, id) = (column(ask.sort)?, column("id")?);
    let rows = match &ask.after {
        Some((text, last)) => rows.filter(after(sort, id, ask.descending, value(sort, text)?, *last)),
        None => rows,
    };
    let rows = match ask.descending {
        true => rows.order_by_desc(sort).order_by_desc(id),
        false => rows.order_by_asc(sort).order_by_asc(id),
    };
    // One more than asked says whether there is a next page.
    let mut found = rows.limit(ask.limit + 1).all(doing).await?;
    let more = found.len() as u64 > ask.limit;
    found.truncate(usize::try_from(ask.limit).unwrap_or(usize::MAX));
    let last = found.last().filter(|_| more);
    let next = last.and_then(|row| Some((text(row.get(sort))?, key(row.get(id))?)));
    let items = found.into_iter().map(read).collect::<Result<_, _>>()?;
    Ok(Page { items, next })
}

fn after<C: ColumnTrait>(sort: C, id: C, descending: bool, value: Value, last: Uuid) -> Condition {
    let (beyond, beside) = match descending {
        true => (sort.lt(value.clone()), id.lt(last)),
        false => (sort.gt(value.clone()), id.gt(last)),
    };
    Condition::any().add(beyond).add(sort.eq(value).and(beside))
}

/// What stands in a row, as a cursor carries it.
fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => text,
        Value::Int(number) => number.map(|number| number.to_string()),
        Value::Uuid(id) => id.map(|id| id.to_string()),
        Value::ChronoDate(day) => day.map(|day| day.to_string()),
        Value::ChronoDateTimeUtc(at) => at.map(|at| at.to_rfc3339()),
        _ => None,
    }
}

fn key(value: Value) -> Option<Uuid> {
    match value {
        Value::Uuid(id) => id,
        _ => None,
    }
}

/// A cursor's text as a value of that column. No page of ours carried an instant or a day of years in which
/// nobody lives; PostgreSQL cannot even read some of them.
fn value<C: ColumnTrait>(column: C, text: &str) -> Result<Value, StoreError> {
    let value: Option<Value> = match column.def().get_column_type() {
        ColumnType::Text | ColumnType::String(_) => Some(text.into()),
        ColumnType::Integer => text.parse::<i32>().ok().map(Into::into),
        ColumnType::Uuid => text.parse::<Uuid>().ok().map(Into::into),
        ColumnType::Date => lived_in(text.parse::<NaiveDate>()).map(Into::into),
        ColumnType::TimestampWithTimeZone => lived_in(text.parse::<DateTime<Utc>>()).map(Into::into),
        _ => None,
    };
    value.ok_or(StoreError::NoSuchPage)
}

fn lived_in<T: Datelike, E>(read: Result<T, E>) -> Option<T> {
    read.ok().filter(|when| YEARS.contains(&when.year()))
}
