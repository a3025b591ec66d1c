//! Rotas: plans of assignments for a period, seen by those who plan the pool and by nobody else.

use domain::{BuildProgress, PersonId, PoolId, Rota, RotaId, RotaStatus};
use sea_orm::{ActiveValue::Set, ColumnTrait, QuerySelect};

use crate::{
    StoreError, Tx, columns,
    entities::rota as table,
    page::{self, Ask, Page},
    scope::Pool,
};

/// Adds a rota, in its first version.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add(tx: &Tx<Pool>, rota: &Rota) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(rota.id.0),
        pool_id: Set(rota.pool.0),
        number: Set(i32::try_from(rota.number).unwrap_or(i32::MAX)),
        from_date: Set(rota.from),
        until_date: Set(rota.until),
        created_by: Set(rota.created_by.map(|person| person.0)),
        created_at: Set(rota.created_at),
        version: Set(rota.version),
        ..changing(rota)
    };
    tx.add::<table::Entity, _>(row, "add a rota").await
}

/// The rota of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn by_id(tx: &Tx<Pool>, id: RotaId) -> Result<Option<Rota>, StoreError> {
    let row = tx.visible::<table::Entity>().filter(table::Column::Id.eq(id.0)).one("read a rota").await?;
    row.map(from_row).transpose()
}

/// Every rota of a pool, the newest first, discarded ones too.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_pool(tx: &Tx<Pool>, pool: PoolId) -> Result<Vec<Rota>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::PoolId.eq(pool.0));
    let rows = rows.order_by_desc(table::Column::Number).all("list a pool's rotas").await?;
    rows.into_iter().map(from_row).collect()
}

/// The rotas of a pool, of one status or of all, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(
    tx: &Tx<Pool>,
    pool: PoolId,
    status: Option<RotaStatus>,
    ask: &Ask,
) -> Result<Page<Rota>, StoreError> {
    let mut rows = tx.visible::<table::Entity>().filter(table::Column::PoolId.eq(pool.0));
    if let Some(status) = status {
        rows = rows.filter(table::Column::Status.eq(status.word()));
    }
    page::of(rows, ask, "list rotas", from_row).await
}

/// The number the pool's next draft gets.
///
/// # Errors
/// If the database cannot be read.
pub async fn next_number(tx: &Tx<Pool>, pool: PoolId) -> Result<u32, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::PoolId.eq(pool.0));
    let newest = rows.order_by_desc(table::Column::Number).one("count a pool's rotas").await?;
    newest.map_or(Ok(1), |row| Ok(columns::number::<_, u32>("rotas", row.number)? + 1))
}

/// Saves what changes in a rota (status, seed, build, publication), if nobody changed it since
/// `rota` was read; says its new version.
///
/// # Errors
/// [`StoreError::Stale`] if somebody was faster.
pub async fn change(tx: &Tx<Pool>, rota: &Rota) -> Result<i32, StoreError> {
    let version = rota.version + 1;
    let row = table::ActiveModel { id: Set(rota.id.0), version: Set(version), ..changing(rota) };
    let seen = table::Column::Version.eq(rota.version);
    match tx.change_where::<table::Entity, _>(row, seen, "change a rota").await? {
        0 => Err(StoreError::Stale),
        _ => Ok(version),
    }
}

/// Saves how a build goes. No change that a planner could be too late for: the version stays.
///
/// # Errors
/// If the database refuses.
pub async fn hear(tx: &Tx<Pool>, id: RotaId, progress: &BuildProgress) -> Result<bool, StoreError> {
    let row =
        table::ActiveModel { id: Set(id.0), progress: Set(columns::json(progress)), ..Default::default() };
    tx.change::<table::Entity, _>(row, "save how a build goes").await
}

/// Asks the build to stop and keep what it has.
///
/// # Errors
/// If the database refuses.
pub async fn ask_to_stop(tx: &Tx<Pool>, id: RotaId) -> Result<bool, StoreError> {
    let row = table::ActiveModel { id: Set(id.0), stop_asked: Set(true), ..Default::default() };
    tx.change::<table::Entity, _>(row, "ask a build to stop").await
}

/// Whether the build of that number should go on: nobody stopped it, discarded it or began another.
///
/// # Errors
/// If the database cannot be read.
pub async fn goes_on(tx: &Tx<Pool>, id: RotaId, seed: i64) -> Result<bool, StoreError> {
    let rows: Vec<(String, i64, bool)> = tx
        .visible::<table::Entity>()
        .filter(table::Column::Id.eq(id.0))
        .with(|rows| {
            rows.select_only()
                .column(table::Column::Status)
                .column(table::Column::Seed)
                .column(table::Column::StopAsked)
        })
        .tuples("look whether a build goes on")
        .await?;
    Ok(rows
        .iter()
        .any(|(status, built, stop)| status == RotaStatus::Building.word() && *built == seed && !stop))
}

/// The columns that change while a rota lives.
fn changing(rota: &Rota) -> table::ActiveModel {
    table::ActiveModel {
        status: Set(rota.status.word().to_owned()),
        seed: Set(rota.seed),
        stop_asked: Set(rota.stop_asked),
        progress: Set(columns::json(&rota.progress)),
        outcome: Set(rota.outcome.as_ref().map(columns::json)),
        message: Set(rota.message.clone()),
        published_by: Set(rota.published_by.map(|person| person.0)),
        published_at: Set(rota.published_at),
        ..Default::default()
    }
}

fn from_row(row: table::Model) -> Result<Rota, StoreError> {
    Ok(Rota {
        id: RotaId(row.id),
        pool: PoolId(row.pool_id),
        number: columns::number("rotas", row.number)?,
        from: row.from_date,
        until: row.until_date,
        status: columns::word("rotas", &row.status, RotaStatus::from_word)?,
        seed: row.seed,
        stop_asked: row.stop_asked,
        progress: columns::value("rotas", row.progress)?,
        outcome: row.outcome.map(|outcome| columns::value("rotas", outcome)).transpose()?,
        message: row.message,
        created_by: row.created_by.map(PersonId),
        created_at: row.created_at,
        published_by: row.published_by.map(PersonId),
        published_at: row.published_at,
        version: row.version,
    })
}
