//! Memberships: which offices watch together, from a date to a date.

use domain::{KeyFigures, Membership, MembershipId, OrganisationId, PoolId};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::{
    StoreError, Tx,
    entities::membership as table,
    one,
    page::{self, Ask, Page},
    scope::{Pool, Scope},
};

/// Adds a membership; the house itself or the pool's board does.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add<S: Scope>(tx: &Tx<S>, membership: &Membership) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(membership.id.0),
        pool_id: Set(membership.pool.0),
        organisation_id: Set(membership.organisation.0),
        from_date: Set(membership.from),
        until_date: Set(membership.until),
        created_at: Set(tx.now()),
        ..Default::default()
    };
    tx.add::<table::Entity, _>(row, "add a membership").await
}

/// Every membership of a pool, oldest first, ended ones too.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_pool<S: Scope>(tx: &Tx<S>, pool: PoolId) -> Result<Vec<Membership>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::PoolId.eq(pool.0));
    Ok(rows
        .order_by_asc(table::Column::Id)
        .all("list a pool's members")
        .await?
        .into_iter()
        .map(from_row)
        .collect())
}

/// Every membership of an organisation, oldest first, ended ones too.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_organisation<S: Scope>(
    tx: &Tx<S>,
    office: OrganisationId,
) -> Result<Vec<Membership>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::OrganisationId.eq(office.0));
    let rows = rows.order_by_asc(table::Column::Id).all("list an office's memberships").await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// The memberships in sight, of one pool or of all, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list<S: Scope>(
    tx: &Tx<S>,
    pool: Option<PoolId>,
    ask: &Ask,
) -> Result<Page<Membership>, StoreError> {
    let mut rows = tx.visible::<table::Entity>();
    if let Some(pool) = pool {
        rows = rows.filter(table::Column::PoolId.eq(pool.0));
    }
    page::of(rows, ask, "list memberships", |row| Ok(from_row(row))).await
}

/// The membership of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn get<S: Scope>(tx: &Tx<S>, id: MembershipId) -> Result<Option<Membership>, StoreError> {
    one::get::<table::Entity, _>(tx, id.0, "read a membership", |row| Ok(from_row(row))).await
}

/// The membership of that id, held until the transaction ends.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none.
pub async fn hold(tx: &Tx<Pool>, id: MembershipId) -> Result<Membership, StoreError> {
    one::hold::<table::Entity, _>(tx, id.0, "hold a membership", |row| Ok(from_row(row))).await
}

/// What the board of a pool says of the size of each member, by membership, oldest first.
///
/// # Errors
/// If the database cannot be read.
pub async fn figures_of_pool<S: Scope>(
    tx: &Tx<S>,
    pool: PoolId,
) -> Result<Vec<(Membership, KeyFigures)>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::PoolId.eq(pool.0));
    let rows = rows.order_by_asc(table::Column::Id).all("read the size of a pool's members").await?;
    let figure = |kept: Option<i64>| kept.and_then(|figure| u32::try_from(figure).ok());
    let read = |row: table::Model| {
        let figures =
            KeyFigures { population: figure(row.population), overnight_stays: figure(row.overnight_stays) };
        (from_row(row), figures)
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Keeps what is said of a member's size.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none to be changed.
pub async fn say_figures(tx: &Tx<Pool>, id: MembershipId, figures: KeyFigures) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(id.0),
        population: Set(figures.population.map(i64::from)),
        overnight_stays: Set(figures.overnight_stays.map(i64::from)),
        ..Default::default()
    };
    one::change::<table::Entity, _>(tx, row, "say the size of a member").await
}

/// Keeps a membership's first and last day.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none to be changed.
pub async fn change(tx: &Tx<Pool>, membership: &Membership) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(membership.id.0),
        from_date: Set(membership.from),
        until_date: Set(membership.until),
        ..Default::default()
    };
    one::change::<table::Entity, _>(tx, row, "change a membership").await
}

fn from_row(row: table::Model) -> Membership {
    Membership {
        id: MembershipId(row.id),
        pool: PoolId(row.pool_id),
        organisation: OrganisationId(row.organisation_id),
        from: row.from_date,
        until: row.until_date,
    }
}
