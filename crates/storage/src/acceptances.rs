//! Acceptances: findings that a named person accepted, with the reason they wrote down. They are
//! records: nothing changes or removes one.

use domain::{Acceptance, AcceptanceId, HandoverId, PersonId, PoolId, RotaId, Span};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::{
    StoreError, Tx, columns,
    entities::acceptance as table,
    page::{self, Ask, Page},
    scope::{Pool, Scope},
};

/// Writes down what was accepted.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add_all(tx: &Tx<Pool>, all: &[Acceptance]) -> Result<(), StoreError> {
    tx.add_all::<table::Entity, _>(all.iter().map(row).collect(), "write down what was accepted").await
}

/// What was accepted in a pool of findings that share time with `span`, oldest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn within<S: Scope>(tx: &Tx<S>, pool: PoolId, span: Span) -> Result<Vec<Acceptance>, StoreError> {
    let rows = tx
        .visible::<table::Entity>()
        .filter(table::Column::PoolId.eq(pool.0))
        .filter(table::Column::StartsAt.lt(span.end()))
        .filter(table::Column::EndsAt.gt(span.start()))
        .order_by_asc(table::Column::Id);
    rows.all("list what was accepted").await?.into_iter().map(from_row).collect()
}

/// What was accepted in a pool, of one rota or of all, a page of it.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(tx: &Tx<Pool>, rota: Option<RotaId>, ask: &Ask) -> Result<Page<Acceptance>, StoreError> {
    let mut rows = tx.visible::<table::Entity>();
    if let Some(rota) = rota {
        rows = rows.filter(table::Column::RotaId.eq(rota.0));
    }
    page::of(rows, ask, "list what was accepted", from_row).await
}

fn row(one: &Acceptance) -> table::ActiveModel {
    table::ActiveModel {
        id: Set(one.id.0),
        pool_id: Set(one.pool.0),
        rota_id: Set(one.rota.0),
        handover_id: Set(one.handover.map(Into::into)),
        person_id: Set(one.finding.person.0),
        starts_at: Set(one.finding.span.start()),
        ends_at: Set(one.finding.span.end()),
        finding: Set(columns::json(&one.finding)),
        reason: Set(one.reason.clone()),
        accepted_by: Set(one.by.0),
        accepted_at: Set(one.at),
    }
}

fn from_row(row: table::Model) -> Result<Acceptance, StoreError> {
    Ok(Acceptance {
        id: AcceptanceId(row.id),
        pool: PoolId(row.pool_id),
        rota: RotaId(row.rota_id),
        handover: row.handover_id.map(HandoverId),
        finding: columns::value("acceptances", row.finding)?,
        reason: row.reason,
        by: PersonId(row.accepted_by),
        at: row.accepted_at,
    })
}
