//! How a pool keeps its ledger.

use domain::{LedgerTerms, Minutes, PoolId};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::{
    StoreError, Tx, columns,
    entities::ledger_terms::{ActiveModel, Column, Entity},
    scope::{Pool, Scope},
};

/// What the pool decided, or what holds where it decided nothing.
///
/// # Errors
/// If the database cannot be read.
pub async fn of<S: Scope>(tx: &Tx<S>, pool: PoolId) -> Result<LedgerTerms, StoreError> {
    let rows = tx.visible::<Entity>().filter(Column::PoolId.eq(pool.0));
    let Some(row) = rows.one("read how a pool keeps its ledger").await? else {
        return Ok(LedgerTerms::default());
    };
    Ok(LedgerTerms {
        backup_bp: columns::number("ledger_terms", row.backup_bp)?,
        cap: Minutes(columns::number("ledger_terms", row.cap_minutes)?),
    })
}

/// Decides it; whoever plans the pool does.
///
/// # Errors
/// If the pool is not theirs to plan.
pub async fn decide(tx: &Tx<Pool>, pool: PoolId, terms: LedgerTerms) -> Result<(), StoreError> {
    let doing = "decide how a pool keeps its ledger";
    let number = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let row = ActiveModel {
        pool_id: Set(pool.0),
        backup_bp: Set(number(terms.backup_bp)),
        cap_minutes: Set(number(terms.cap.0)),
    };
    if !tx.change::<Entity, _>(row.clone(), doing).await? {
        tx.add::<Entity, _>(row, doing).await?;
    }
    Ok(())
}
