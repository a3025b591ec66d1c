//! Openings: hours of a pool that are open, and that people were told of.

use domain::{NeedId, PoolId, Rung, Span};
use sea_orm::{ActiveValue::Set, ColumnTrait, sea_query::ExprTrait};
use uuid::Uuid;

use crate::{
    StoreError, Tx, columns,
    entities::opening::{ActiveModel, Column, Entity, Model},
    scope::Pool,
};

/// Hours that somebody is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Opening {
    /// From when to when.
    pub span: Span,
    /// Lead or backup.
    pub rung: Rung,
    /// What asks for them.
    pub need: NeedId,
}

/// What people of a pool were told of, soonest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_pool(tx: &Tx<Pool>, pool: PoolId) -> Result<Vec<Opening>, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::PoolId.eq(pool.0)).order_by_asc(Column::StartsAt);
    let rows = rows.order_by_asc(Column::Id).all("list what people were told is open").await?;
    rows.iter().map(from_row).collect()
}

/// Notes that people are told of it; says whether they were not before.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn tell(tx: &Tx<Pool>, id: Uuid, pool: PoolId, one: Opening) -> Result<bool, StoreError> {
    let row = ActiveModel {
        id: Set(id),
        pool_id: Set(pool.0),
        need_id: Set(one.need.0),
        rung: Set(one.rung.word().to_owned()),
        starts_at: Set(one.span.start()),
        ends_at: Set(one.span.end()),
        told_at: Set(tx.now()),
    };
    tx.add_once::<Entity, _>(row, "note that people are told of an open duty").await
}

/// Forgets it: somebody has it, or it has begun. Opened again, it is told again.
///
/// # Errors
/// If the database refuses.
pub async fn forget(tx: &Tx<Pool>, pool: PoolId, one: Opening) -> Result<(), StoreError> {
    let which = Column::PoolId
        .eq(pool.0)
        .and(Column::NeedId.eq(one.need.0))
        .and(Column::Rung.eq(one.rung.word()))
        .and(Column::StartsAt.eq(one.span.start()))
        .and(Column::EndsAt.eq(one.span.end()));
    tx.remove::<Entity>(which, "forget that a duty was open").await.map(drop)
}

fn from_row(row: &Model) -> Result<Opening, StoreError> {
    Ok(Opening {
        span: columns::span("openings", row.starts_at, row.ends_at)?,
        rung: columns::word("openings", &row.rung, Rung::from_word)?,
        need: NeedId(row.need_id),
    })
}
