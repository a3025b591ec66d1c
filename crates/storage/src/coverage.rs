//! Coverage: what an office bought, from an instant to an instant.

use chrono::{DateTime, Utc};
use domain::{Cents, Coverage, CoverageId, OfferId, OrganisationId, PersonId, PoolId};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};

use crate::{
    StoreError, Tx, columns,
    entities::coverage as table,
    page::{self, Ask, Page},
    scope::Scope,
};

/// Adds what `by` ordered for their office.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add<S: Scope>(tx: &Tx<S>, coverage: &Coverage, by: PersonId) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(coverage.id.0),
        pool_id: Set(coverage.pool.0),
        organisation_id: Set(coverage.organisation.0),
        offer_id: Set(coverage.offer.0),
        windows: Set(columns::json(&coverage.windows)),
        channels: Set(columns::json(&coverage.channels)),
        monthly_cents: Set(coverage.monthly.0),
        starts_at: Set(coverage.from),
        ends_at: Set(coverage.until),
        ordered_by: Set(by.0),
        ordered_at: Set(tx.now()),
        version: Set(1),
    };
    tx.add::<table::Entity, _>(row, "order coverage").await
}

/// Ends a coverage at `instant`, unless it has an end; false if it has, or is out of sight.
///
/// # Errors
/// If the database refuses.
pub async fn end<S: Scope>(tx: &Tx<S>, id: CoverageId, instant: DateTime<Utc>) -> Result<bool, StoreError> {
    let row = table::ActiveModel { id: Set(id.0), ends_at: Set(Some(instant)), ..Default::default() };
    Ok(tx.change_where::<table::Entity, _>(row, table::Column::EndsAt.is_null(), "end coverage").await? > 0)
}

/// The coverage of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn by_id<S: Scope>(tx: &Tx<S>, id: CoverageId) -> Result<Option<Coverage>, StoreError> {
    let row = tx.visible::<table::Entity>().filter(table::Column::Id.eq(id.0)).one("read a coverage").await?;
    row.map(from_row).transpose()
}

/// Everything an office has or had, first begun first.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_organisation<S: Scope>(
    tx: &Tx<S>,
    office: OrganisationId,
) -> Result<Vec<Coverage>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::OrganisationId.eq(office.0));
    let rows = rows.order_by_asc(table::Column::StartsAt).order_by_asc(table::Column::Id);
    rows.all("list an office's coverage").await?.into_iter().map(from_row).collect()
}

/// Everything bought from a pool, first begun first.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_pool<S: Scope>(tx: &Tx<S>, pool: PoolId) -> Result<Vec<Coverage>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::PoolId.eq(pool.0));
    let rows = rows.order_by_asc(table::Column::StartsAt).order_by_asc(table::Column::Id);
    rows.all("list a pool's coverage").await?.into_iter().map(from_row).collect()
}

/// Which coverage a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Which {
    /// What this organisation bought …
    pub bought_by: OrganisationId,
    /// … or was bought from these pools; nothing else.
    pub or_from: Vec<PoolId>,
    /// From this pool alone.
    pub pool: Option<PoolId>,
    /// By this office alone.
    pub office: Option<OrganisationId>,
    /// What runs at this instant.
    pub at: Option<DateTime<Utc>>,
}

/// A page of it.
///
/// # Errors
/// If the database cannot be read.
pub async fn list<S: Scope>(tx: &Tx<S>, which: &Which, ask: &Ask) -> Result<Page<Coverage>, StoreError> {
    use table::Column;
    let theirs = Condition::any()
        .add(Column::OrganisationId.eq(which.bought_by.0))
        .add(Column::PoolId.is_in(which.or_from.iter().map(|pool| pool.0)));
    let mut rows = tx.visible::<table::Entity>().filter(theirs);
    if let Some(pool) = which.pool {
        rows = rows.filter(Column::PoolId.eq(pool.0));
    }
    if let Some(office) = which.office {
        rows = rows.filter(Column::OrganisationId.eq(office.0));
    }
    if let Some(at) = which.at {
        let goes_on = Condition::any().add(Column::EndsAt.is_null()).add(Column::EndsAt.gt(at));
        rows = rows.filter(Column::StartsAt.lte(at)).filter(goes_on);
    }
    page::of(rows, ask, "list coverage", from_row).await
}

fn from_row(row: table::Model) -> Result<Coverage, StoreError> {
    Ok(Coverage {
        id: CoverageId(row.id),
        pool: PoolId(row.pool_id),
        organisation: OrganisationId(row.organisation_id),
        offer: OfferId(row.offer_id),
        windows: columns::value("coverage", row.windows)?,
        channels: columns::value("coverage", row.channels)?,
        monthly: Cents(row.monthly_cents),
        from: row.starts_at,
        until: row.ends_at,
    })
}
