//! Needs: how many people a pool wants in a window of local time.

use domain::{DutyKind, Need, NeedId, PoolId, Season, YearPart};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};

use crate::{
    StoreError, Tx, columns,
    entities::need as table,
    one,
    page::{self, Ask, Page},
    pools, school_holidays,
    scope::{Pool, Scope},
};

/// Adds a need; the pool's board does.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add(tx: &Tx<Pool>, need: &Need) -> Result<(), StoreError> {
    let row = table::ActiveModel { version: Set(1), ..to_row(need) };
    tx.add::<table::Entity, _>(row, "add a need").await
}

/// A need ends with `last`; false if there is none of that id in sight that would go on longer.
///
/// # Errors
/// If the database refuses.
pub async fn end(tx: &Tx<Pool>, id: NeedId, last: chrono::NaiveDate) -> Result<bool, StoreError> {
    let row = table::ActiveModel { id: Set(id.0), until_date: Set(Some(last)), ..Default::default() };
    let longer =
        Condition::any().add(table::Column::UntilDate.is_null()).add(table::Column::UntilDate.gt(last));
    Ok(tx.change_where::<table::Entity, _>(row, longer, "end a need").await? > 0)
}

/// Every need of a pool, oldest first, ended ones too.
///
/// # Errors
/// If the database cannot be read.
pub async fn of_pool<S: Scope>(tx: &Tx<S>, pool: PoolId) -> Result<Vec<Need>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::PoolId.eq(pool.0));
    let rows = rows.order_by_asc(table::Column::Id).all("list a pool's needs").await?;
    with_school(tx, rows.into_iter().map(from_row).collect::<Result<_, _>>()?).await
}

/// The needs in sight, of one pool or of all, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list<S: Scope>(tx: &Tx<S>, pool: Option<PoolId>, ask: &Ask) -> Result<Page<Need>, StoreError> {
    let mut rows = tx.visible::<table::Entity>();
    if let Some(pool) = pool {
        rows = rows.filter(table::Column::PoolId.eq(pool.0));
    }
    page::of(rows, ask, "list needs", from_row).await
}

/// The need of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn get<S: Scope>(tx: &Tx<S>, id: NeedId) -> Result<Option<Need>, StoreError> {
    one::get::<table::Entity, _>(tx, id.0, "read a need", from_row).await
}

/// The need of that id, held until the transaction ends, so that two changes come one after the other.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none.
pub async fn hold(tx: &Tx<Pool>, id: NeedId) -> Result<Need, StoreError> {
    one::hold::<table::Entity, _>(tx, id.0, "hold a need", from_row).await
}

/// Keeps what a need asks for from now on.
///
/// # Errors
/// [`StoreError::OutOfSight`] if there is none to be changed.
pub async fn change(tx: &Tx<Pool>, need: &Need) -> Result<(), StoreError> {
    one::change::<table::Entity, _>(tx, to_row(need), "change a need").await
}

/// Removes a need.
///
/// # Errors
/// [`StoreError::is_named_elsewhere`] if a rota was built from it.
pub async fn remove(tx: &Tx<Pool>, id: NeedId) -> Result<(), StoreError> {
    one::remove::<table::Entity>(tx, id.0, "remove a need").await
}

fn to_row(need: &Need) -> table::ActiveModel {
    table::ActiveModel {
        id: Set(need.id.0),
        pool_id: Set(need.pool.0),
        days: Set(i32::from(need.window.days.0)),
        from_time: Set(need.window.from),
        until_time: Set(need.window.until),
        leads: Set(i32::from(need.leads)),
        backups: Set(i32::from(need.backups)),
        languages: Set(columns::json(&need.languages)),
        skills: Set(columns::some_skills(&need.skills)),
        from_date: Set(need.from),
        until_date: Set(need.until),
        kind: Set(need.kind.word().to_owned()),
        season: Set((need.season != Season::default()).then(|| columns::json(&need.season))),
        ..Default::default()
    }
}

/// Puts beside needs for school holidays what their boards keep of these.
async fn with_school<S: Scope>(tx: &Tx<S>, mut needs: Vec<Need>) -> Result<Vec<Need>, StoreError> {
    for need in &mut needs {
        let YearPart::School { zone, known, .. } = &mut need.season.part else { continue };
        let Some(pool) = pools::by_id(tx, need.pool).await? else { continue };
        let kept = school_holidays::of_board(tx, pool.board).await?.into_iter();
        let of_zone = kept.filter(|(_, one)| one.zone == *zone).map(|(_, one)| (one.from, one.until));
        known.extend(of_zone);
    }
    Ok(needs)
}

fn from_row(row: table::Model) -> Result<Need, StoreError> {
    Ok(Need {
        id: NeedId(row.id),
        pool: PoolId(row.pool_id),
        window: columns::window("needs", row.days, row.from_time, row.until_time)?,
        leads: columns::number("needs", row.leads)?,
        backups: columns::number("needs", row.backups)?,
        languages: columns::value("needs", row.languages)?,
        skills: columns::skills("needs", row.skills)?,
        kind: columns::word("needs", &row.kind, DutyKind::from_word)?,
        from: row.from_date,
        until: row.until_date,
        season: row.season.map_or_else(|| Ok(Season::default()), |season| columns::value("needs", season))?,
    })
}
