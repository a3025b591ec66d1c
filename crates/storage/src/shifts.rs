//! Shifts: published duties. Nobody is in two places at once, on either engine.

use chrono::{DateTime, Utc};
use domain::{DutyKind, NeedId, PersonId, PoolId, RotaId, Rung, Shift, ShiftId, Span};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, QuerySelect, Statement};

use crate::{
    StoreError, Tx, columns,
    entities::shift as table,
    error::Doing,
    one,
    page::{self, Ask, Page},
    scope::{Pool, Scope},
    tx::Rows,
};

/// Adds shifts. Call [`refuse_two_places`] when all changes of a publication are made.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add_all(tx: &Tx<Pool>, shifts: &[Shift]) -> Result<(), StoreError> {
    tx.add_all::<table::Entity, _>(shifts.iter().map(row).collect(), "add shifts").await
}

/// Saves a changed or cancelled shift.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is no such shift.
pub async fn change(tx: &Tx<Pool>, shift: &Shift) -> Result<(), StoreError> {
    one::change::<table::Entity, _>(tx, row(shift), "change a shift").await
}

/// Refuses the whole transaction if one of `people` is on duty in two places at once, in whichever
/// pools. PostgreSQL asks its exclusion constraint; SQLite, with its single writer, a query.
///
/// # Errors
/// [`StoreError::TwoPlaces`] if somebody is.
pub async fn refuse_two_places(tx: &Tx<Pool>, people: &[PersonId]) -> Result<(), StoreError> {
    let doing = "look whether somebody is in two places";
    if tx.connection.get_database_backend() == DbBackend::Postgres {
        let now = "set constraints shifts_one_place_at_a_time immediate";
        return match tx.connection.execute_unprepared(now).await {
            Ok(_) => Ok(()),
            Err(error) if error.to_string().contains("shifts_one_place_at_a_time") => {
                Err(StoreError::TwoPlaces)
            }
            Err(error) => Err(error).doing(doing),
        };
    }
    for some in people.chunks(500) {
        let places = vec!["?"; some.len()].join(", ");
        let sql = format!(
            "select 1 from shifts one join shifts other on one.person_id = other.person_id and one.id < other.id \
             and one.starts_at < other.ends_at and other.starts_at < one.ends_at \
             where one.cancelled_at is null and other.cancelled_at is null and one.person_id in ({places}) limit 1"
        );
        let values = some.iter().map(|person| person.0.into());
        let query = Statement::from_sql_and_values(DbBackend::Sqlite, sql, values);
        if tx.connection.query_one_raw(query).await.doing(doing)?.is_some() {
            return Err(StoreError::TwoPlaces);
        }
    }
    Ok(())
}

/// Who is on duty in a pool at `instant`, leads first; learners cover nothing and are left out.
///
/// # Errors
/// If the database cannot be read.
pub async fn running_at<S: Scope>(
    tx: &Tx<S>,
    pool: PoolId,
    instant: DateTime<Utc>,
) -> Result<Vec<Shift>, StoreError> {
    let rows = live(tx)
        .filter(table::Column::PoolId.eq(pool.0))
        .filter(table::Column::StartsAt.lte(instant))
        .filter(table::Column::EndsAt.gt(instant));
    let mut shifts = read(rows, "list the shifts running now").await?;
    shifts.retain(|shift| shift.rung.covers());
    shifts.sort_by_key(|shift| (shift.rung, shift.span, shift.id));
    Ok(shifts)
}

/// Shifts of a pool that share time with `span`, soonest first; cancelled ones are left out.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_pool<S: Scope>(tx: &Tx<S>, pool: PoolId, span: Span) -> Result<Vec<Shift>, StoreError> {
    let rows = live(tx).filter(table::Column::PoolId.eq(pool.0));
    read(sharing(rows, span), "list a pool's shifts").await
}

/// What tells one state of a pool's past from another without reading it: every change of a shift is
/// another mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mark {
    /// How many shifts there are, cancelled ones too.
    pub shifts: i64,
    /// How often they were changed, all together.
    pub changes: i64,
    /// When one of them was last changed.
    pub changed_at: DateTime<Utc>,
    /// When the first of them starts.
    pub first: DateTime<Utc>,
}

/// The mark of a pool's shifts that start before `instant`; nothing if there is none.
///
/// # Errors
/// If the database cannot be read.
pub async fn mark<S: Scope>(
    tx: &Tx<S>,
    pool: PoolId,
    instant: DateTime<Utc>,
) -> Result<Option<Mark>, StoreError> {
    type Row = (i64, Option<i64>, Option<DateTime<Utc>>, Option<DateTime<Utc>>);
    let rows = tx
        .visible::<table::Entity>()
        .filter(table::Column::PoolId.eq(pool.0))
        .filter(table::Column::StartsAt.lt(instant))
        .with(|rows| {
            rows.select_only()
                .column_as(table::Column::Id.count(), "shifts")
                .column_as(table::Column::Sequence.sum(), "changes")
                .column_as(table::Column::ChangedAt.max(), "changed_at")
                .column_as(table::Column::StartsAt.min(), "first")
        });
    let rows: Vec<Row> = rows.tuples("mark a pool's past shifts").await?;
    Ok(rows.into_iter().next().and_then(|(shifts, changes, changed_at, first)| {
        Some(Mark { shifts, changes: changes?, changed_at: changed_at?, first: first? })
    }))
}

/// The soonest shifts of a pool that start after `instant`: all of those that start together, without
/// learners.
///
/// # Errors
/// If the database cannot be read.
pub async fn next_after<S: Scope>(
    tx: &Tx<S>,
    pool: PoolId,
    instant: DateTime<Utc>,
) -> Result<Vec<Shift>, StoreError> {
    let learners = Rung::ALL.into_iter().filter(|rung| !rung.covers()).map(|rung| rung.word());
    let not_learners = table::Column::Rung.is_not_in(learners);
    let coming = || live(tx).filter(table::Column::PoolId.eq(pool.0)).filter(not_learners.clone());
    let first = coming().filter(table::Column::StartsAt.gt(instant)).order_by_asc(table::Column::StartsAt);
    let Some(first) = first.one("find the next shift").await? else { return Ok(Vec::new()) };
    let mut next =
        read(coming().filter(table::Column::StartsAt.eq(first.starts_at)), "find the next shifts").await?;
    next.sort_by_key(|shift| (shift.rung, shift.span, shift.id));
    Ok(next)
}

/// Shifts of these people, in whichever pools are in sight, that share time with `span`, soonest
/// first; cancelled ones are left out.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_people<S: Scope>(
    tx: &Tx<S>,
    people: &[PersonId],
    span: Span,
) -> Result<Vec<Shift>, StoreError> {
    let rows = live(tx).filter(table::Column::PersonId.is_in(people.iter().map(|person| person.0)));
    read(sharing(rows, span), "list people's shifts").await
}

/// Somebody's shifts that end after `instant`, cancelled ones too, soonest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn told<S: Scope>(
    tx: &Tx<S>,
    person: PersonId,
    instant: DateTime<Utc>,
) -> Result<Vec<Shift>, StoreError> {
    let rows = tx
        .visible::<table::Entity>()
        .filter(table::Column::PersonId.eq(person.0))
        .filter(table::Column::EndsAt.gt(instant))
        .order_by_asc(table::Column::StartsAt)
        .order_by_asc(table::Column::Id);
    read(rows, "list somebody's shifts").await
}

/// Which shifts a list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Which {
    /// Those of this pool.
    pub pool: Option<PoolId>,
    /// Those of this person.
    pub person: Option<PersonId>,
    /// Those that end after this instant.
    pub from: Option<DateTime<Utc>>,
    /// Those that start before this instant.
    pub until: Option<DateTime<Utc>>,
    /// Cancelled ones too.
    pub cancelled: bool,
}

/// The shifts in sight, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list<S: Scope>(tx: &Tx<S>, which: &Which, ask: &Ask) -> Result<Page<Shift>, StoreError> {
    let mut rows = if which.cancelled { tx.visible::<table::Entity>() } else { live(tx) };
    if let Some(pool) = which.pool {
        rows = rows.filter(table::Column::PoolId.eq(pool.0));
    }
    if let Some(person) = which.person {
        rows = rows.filter(table::Column::PersonId.eq(person.0));
    }
    if let Some(from) = which.from {
        rows = rows.filter(table::Column::EndsAt.gt(from));
    }
    if let Some(until) = which.until {
        rows = rows.filter(table::Column::StartsAt.lt(until));
    }
    page::of(rows, ask, "list shifts", from_row).await
}

/// The shift of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn get<S: Scope>(tx: &Tx<S>, id: ShiftId) -> Result<Option<Shift>, StoreError> {
    one::get::<table::Entity, _>(tx, id.0, "read a shift", from_row).await
}

/// Those that are not cancelled.
fn live<S: Scope>(tx: &Tx<S>) -> Rows<'_, table::Entity> {
    tx.visible::<table::Entity>().filter(table::Column::CancelledAt.is_null())
}

fn sharing(rows: Rows<'_, table::Entity>, span: Span) -> Rows<'_, table::Entity> {
    rows.filter(table::Column::StartsAt.lt(span.end()))
        .filter(table::Column::EndsAt.gt(span.start()))
        .order_by_asc(table::Column::StartsAt)
        .order_by_asc(table::Column::Id)
}

async fn read(rows: Rows<'_, table::Entity>, doing: &'static str) -> Result<Vec<Shift>, StoreError> {
    rows.all(doing).await?.into_iter().map(from_row).collect()
}

fn row(shift: &Shift) -> table::ActiveModel {
    table::ActiveModel {
        id: Set(shift.id.0),
        pool_id: Set(shift.pool.0),
        rota_id: Set(shift.rota.0),
        need_id: Set(shift.need.0),
        person_id: Set(shift.person.0),
        rung: Set(shift.rung.word().to_owned()),
        kind: Set(shift.kind.word().to_owned()),
        starts_at: Set(shift.span.start()),
        ends_at: Set(shift.span.end()),
        sequence: Set(i32::try_from(shift.sequence).unwrap_or(i32::MAX)),
        changed_at: Set(shift.changed_at),
        told_at: Set(shift.told_at),
        cancelled_at: Set(shift.cancelled_at),
    }
}

fn from_row(row: table::Model) -> Result<Shift, StoreError> {
    Ok(Shift {
        id: ShiftId(row.id),
        pool: PoolId(row.pool_id),
        rota: RotaId(row.rota_id),
        need: NeedId(row.need_id),
        person: PersonId(row.person_id),
        rung: columns::word("shifts", &row.rung, Rung::from_word)?,
        kind: columns::word("shifts", &row.kind, DutyKind::from_word)?,
        span: columns::span("shifts", row.starts_at, row.ends_at)?,
        sequence: columns::number("shifts", row.sequence)?,
        changed_at: row.changed_at,
        told_at: row.told_at,
        cancelled_at: row.cancelled_at,
    })
}
