//! Takings: open duties of a published rota, and who takes them.

use domain::{HandoverStatus, NeedId, PersonId, PoolId, RotaId, Rung, ShiftId, Taking, TakingId};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::{
    StoreError, Tx, columns,
    entities::taking as table,
    one,
    page::{self, Ask, Page},
    scope::{Pool, Scope},
};

/// Adds one.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add(tx: &Tx<Pool>, taking: &Taking) -> Result<(), StoreError> {
    tx.add::<table::Entity, _>(row(taking), "take an open duty").await
}

/// Keeps what became of one.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none of that id.
pub async fn change(tx: &Tx<Pool>, taking: &Taking) -> Result<(), StoreError> {
    one::change::<table::Entity, _>(tx, row(taking), "change a taking").await
}

/// The taking of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn get<S: Scope>(tx: &Tx<S>, id: TakingId) -> Result<Option<Taking>, StoreError> {
    one::get::<table::Entity, _>(tx, id.0, "read a taking", from_row).await
}

/// Those of a pool that stand so, oldest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_pool(tx: &Tx<Pool>, pool: PoolId, status: HandoverStatus) -> Result<Vec<Taking>, StoreError> {
    let rows = tx
        .visible::<table::Entity>()
        .filter(table::Column::PoolId.eq(pool.0))
        .filter(table::Column::Status.eq(status.word()))
        .order_by_asc(table::Column::Id);
    rows.all("list a pool's takings").await?.into_iter().map(from_row).collect()
}

/// Takings of a pool, of one person or of all, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(
    tx: &Tx<Pool>,
    pool: PoolId,
    person: Option<PersonId>,
    ask: &Ask,
) -> Result<Page<Taking>, StoreError> {
    let mut rows = tx.visible::<table::Entity>().filter(table::Column::PoolId.eq(pool.0));
    if let Some(person) = person {
        rows = rows.filter(table::Column::PersonId.eq(person.0));
    }
    page::of(rows, ask, "list takings", from_row).await
}

fn row(one: &Taking) -> table::ActiveModel {
    table::ActiveModel {
        id: Set(one.id.0),
        pool_id: Set(one.pool.0),
        rota_id: Set(one.rota.0),
        need_id: Set(one.need.0),
        rung: Set(one.rung.word().to_owned()),
        starts_at: Set(one.span.start()),
        ends_at: Set(one.span.end()),
        person_id: Set(one.person.0),
        asked_at: Set(one.asked_at),
        status: Set(one.status.word().to_owned()),
        shift_id: Set(one.shift.map(Into::into)),
        settled_by: Set(one.settled_by.map(Into::into)),
        settled_at: Set(one.settled_at),
    }
}

fn from_row(row: table::Model) -> Result<Taking, StoreError> {
    Ok(Taking {
        id: TakingId(row.id),
        pool: PoolId(row.pool_id),
        rota: RotaId(row.rota_id),
        need: NeedId(row.need_id),
        rung: columns::word("takings", &row.rung, Rung::from_word)?,
        span: columns::span("takings", row.starts_at, row.ends_at)?,
        person: PersonId(row.person_id),
        asked_at: row.asked_at,
        status: columns::word("takings", &row.status, HandoverStatus::from_word)?,
        shift: row.shift_id.map(ShiftId),
        settled_by: row.settled_by.map(PersonId),
        settled_at: row.settled_at,
    })
}
