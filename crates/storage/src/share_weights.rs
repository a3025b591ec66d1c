//! What an hour given counts for an office, by when it was given.

use domain::{HourWeights, PoolId};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::{
    StoreError, Tx, columns,
    entities::share_weights::{ActiveModel, Column, Entity},
    scope::{Pool, Scope},
};

/// What the pool decided, or what holds where it decided nothing.
///
/// # Errors
/// If the database cannot be read.
pub async fn of<S: Scope>(tx: &Tx<S>, pool: PoolId) -> Result<HourWeights, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::PoolId.eq(pool.0));
    let Some(row) = rows.one("read what an hour given counts").await? else {
        return Ok(HourWeights::default());
    };
    let number = |number| columns::number("share_weights", number);
    Ok(HourWeights {
        evening: number(row.evening_bp)?,
        saturday: number(row.saturday_bp)?,
        sunday: number(row.sunday_bp)?,
        holiday: number(row.holiday_bp)?,
    })
}

/// Decides it; whoever plans the pool does.
///
/// # Errors
/// If the pool is not theirs to plan.
pub async fn decide(tx: &Tx<Pool>, pool: PoolId, weights: HourWeights) -> Result<(), StoreError> {
    let doing = "decide what an hour given counts";
    let number = |number: u32| Set(i32::try_from(number).unwrap_or(i32::MAX));
    let row = ActiveModel {
        pool_id: Set(pool.0),
        evening_bp: number(weights.evening),
        saturday_bp: number(weights.saturday),
        sunday_bp: number(weights.sunday),
        holiday_bp: number(weights.holiday),
    };
    if !tx.change::<Entity, _>(row.clone(), doing).await? {
        tx.add::<Entity, _>(row, doing).await?;
    }
    Ok(())
}
