//! Notices: dated proof that somebody was told of a publication or a handover.

use chrono::{DateTime, Utc};
use domain::{HandoverId, Notice, NoticeId, PersonId, PoolId, RotaId};
use sea_orm::{ActiveValue::Set, ColumnTrait, sea_query::ExprTrait};

use crate::{
    StoreError, Tx,
    entities::notice as table,
    scope::{Person, Pool, Scope},
};

/// Writes down that somebody is told; once for each publication or handover, and person.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add(tx: &Tx<Pool>, notice: &Notice) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(notice.id.0),
        pool_id: Set(notice.pool.0),
        rota_id: Set(notice.rota.0),
        handover_id: Set(notice.handover.map(Into::into)),
        person_id: Set(notice.person.0),
        told_at: Set(notice.told_at),
        clear_days: Set(notice.clear_days),
        seen_at: Set(notice.seen_at),
    };
    tx.add_once::<table::Entity, _>(row, "write down a notice").await.map(|_| ())
}

/// The notices of a publication; those of handovers in its rota are others.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_rota<S: Scope>(tx: &Tx<S>, rota: RotaId) -> Result<Vec<Notice>, StoreError> {
    let rows = tx
        .visible::<table::Entity>()
        .filter(table::Column::RotaId.eq(rota.0))
        .filter(table::Column::HandoverId.is_null());
    let rows = rows.order_by_asc(table::Column::Id).all("list the notices of a publication").await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// Somebody's notices that they have not seen, or saw after `since`.
///
/// # Errors
/// If the database cannot be read.
pub async fn fresh(
    tx: &Tx<Person>,
    person: PersonId,
    since: DateTime<Utc>,
) -> Result<Vec<Notice>, StoreError> {
    let seen = table::Column::SeenAt;
    let rows = tx
        .visible::<table::Entity>()
        .filter(table::Column::PersonId.eq(person.0))
        .filter(seen.is_null().or(seen.gt(since)));
    Ok(rows.all("list somebody's fresh notices").await?.into_iter().map(from_row).collect())
}

/// Writes down that somebody looked, if they had not yet; says how many notices they had not seen.
///
/// # Errors
/// If the database refuses.
pub async fn see(tx: &Tx<Person>, person: PersonId) -> Result<u64, StoreError> {
    let row = table::ActiveModel { seen_at: Set(Some(tx.now())), ..Default::default() };
    let unseen = table::Column::PersonId.eq(person.0).and(table::Column::SeenAt.is_null());
    tx.change_where::<table::Entity, _>(row, unseen, "write down that somebody looked").await
}

fn from_row(row: table::Model) -> Notice {
    Notice {
        id: NoticeId(row.id),
        pool: PoolId(row.pool_id),
        rota: RotaId(row.rota_id),
        handover: row.handover_id.map(HandoverId),
        person: PersonId(row.person_id),
        told_at: row.told_at,
        clear_days: row.clear_days,
        seen_at: row.seen_at,
    }
}
