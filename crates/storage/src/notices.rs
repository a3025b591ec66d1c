//! Notices: dated proof that somebody was told of a publication, a handover or a single change, and that
//! they have seen it.

use chrono::{DateTime, Utc};
use domain::{ChangeId, HandoverId, Notice, NoticeId, PersonId, PoolId, RotaId};
use sea_orm::{ActiveValue::Set, ColumnTrait, sea_query::ExprTrait};

use crate::{
    StoreError, Tx,
    entities::notice as table,
    one,
    page::{self, Ask, Page},
    scope::{Person, Pool, Scope},
};

/// Writes down that somebody is told; once for each publication, handover or change, and person.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add(tx: &Tx<Pool>, notice: &Notice) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(notice.id.0),
        pool_id: Set(notice.pool.0),
        rota_id: Set(notice.rota.0),
        handover_id: Set(notice.handover.map(Into::into)),
        change_id: Set(notice.change.map(Into::into)),
        person_id: Set(notice.person.0),
        told_at: Set(notice.told_at),
        clear_days: Set(notice.clear_days),
        seen_at: Set(notice.seen_at),
        confirmed_at: Set(notice.confirmed_at),
    };
    tx.add_once::<table::Entity, _>(row, "write down a notice").await.map(|_| ())
}

/// The notices of a publication; those of handovers and of single changes in its rota are others.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_rota<S: Scope>(tx: &Tx<S>, rota: RotaId) -> Result<Vec<Notice>, StoreError> {
    let rows = tx
        .visible::<table::Entity>()
        .filter(table::Column::RotaId.eq(rota.0))
        .filter(table::Column::HandoverId.is_null())
        .filter(table::Column::ChangeId.is_null());
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

/// Every notice about a rota: of its publication, and of what changed in it since, oldest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn about(tx: &Tx<Pool>, rota: RotaId) -> Result<Vec<Notice>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::RotaId.eq(rota.0));
    let rows = rows.order_by_asc(table::Column::ToldAt).order_by_asc(table::Column::Id);
    Ok(rows.all("list the notices about a rota").await?.into_iter().map(from_row).collect())
}

/// The notices in sight, of one rota or of all, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list<S: Scope>(tx: &Tx<S>, rota: Option<RotaId>, ask: &Ask) -> Result<Page<Notice>, StoreError> {
    let mut rows = tx.visible::<table::Entity>();
    if let Some(rota) = rota {
        rows = rows.filter(table::Column::RotaId.eq(rota.0));
    }
    page::of(rows, ask, "list notices", |row| Ok(from_row(row))).await
}

/// The notice of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn get<S: Scope>(tx: &Tx<S>, id: NoticeId) -> Result<Option<Notice>, StoreError> {
    one::get::<table::Entity, _>(tx, id.0, "read a notice", |row| Ok(from_row(row))).await
}

/// Writes down that somebody confirmed these notices of theirs, where they had not yet; says how many.
/// Whoever confirms one has looked at it, and at no other.
///
/// # Errors
/// If the database refuses.
pub async fn confirm(tx: &Tx<Person>, person: PersonId, ids: &[NoticeId]) -> Result<u64, StoreError> {
    let these =
        || table::Column::PersonId.eq(person.0).and(table::Column::Id.is_in(ids.iter().map(|id| id.0)));
    let row = table::ActiveModel { seen_at: Set(Some(tx.now())), ..Default::default() };
    let unseen = these().and(table::Column::SeenAt.is_null());
    tx.change_where::<table::Entity, _>(row, unseen, "write down that somebody looked").await?;
    let row = table::ActiveModel { confirmed_at: Set(Some(tx.now())), ..Default::default() };
    let theirs = these().and(table::Column::ConfirmedAt.is_null());
    tx.change_where::<table::Entity, _>(row, theirs, "write down that somebody confirmed").await
}

/// Somebody's notices that they have not confirmed, oldest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn unconfirmed(tx: &Tx<Person>, person: PersonId) -> Result<Vec<Notice>, StoreError> {
    let rows = tx
        .visible::<table::Entity>()
        .filter(table::Column::PersonId.eq(person.0))
        .filter(table::Column::ConfirmedAt.is_null())
        .order_by_asc(table::Column::ToldAt)
        .order_by_asc(table::Column::Id);
    Ok(rows.all("list what somebody has not confirmed").await?.into_iter().map(from_row).collect())
}

fn from_row(row: table::Model) -> Notice {
    Notice {
        id: NoticeId(row.id),
        pool: PoolId(row.pool_id),
        rota: RotaId(row.rota_id),
        handover: row.handover_id.map(HandoverId),
        change: row.change_id.map(ChangeId),
        person: PersonId(row.person_id),
        told_at: row.told_at,
        clear_days: row.clear_days,
        seen_at: row.seen_at,
        confirmed_at: row.confirmed_at,
    }
}
