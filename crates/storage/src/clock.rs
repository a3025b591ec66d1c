//! The clock of demo and tests: one row that every node reads. Production has no row.
//!
//! The row belongs to nobody, so no scope guards it, and [`Store`] reads it outside transactions.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    EntityTrait,
};

use crate::{
    Store, StoreError, Tx,
    entities::clock::{ActiveModel, Entity},
    error::Doing,
    scope::System,
};

/// The only row's key.
const ROW: i32 = 1;
/// The signal that says the hands were moved.
pub const TOPIC: &str = "clock";

/// How the clock's hands stand against the machine's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hands {
    /// So far ahead of the machine's clock (behind, if negative), running with it.
    Ahead(Duration),
    /// Stopped at this instant.
    Stopped(DateTime<Utc>),
}

impl Store {
    /// How the clock's row says the hands stand; `None` without a row, as in production.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn clock_hands(&self) -> Result<Option<Hands>, StoreError> {
        let row = Entity::find_by_id(ROW).one(self.reading()).await.doing("read the clock's row")?;
        Ok(row.map(|row| match row.frozen_at {
            Some(at) => Hands::Stopped(at),
            None => Hands::Ahead(Duration::microseconds(row.offset_micros)),
        }))
    }
}

/// Moves the hands, and tells every node once the transaction is committed.
///
/// # Errors
/// If the database refuses.
pub async fn set(tx: &Tx<System>, hands: Hands) -> Result<(), StoreError> {
    let (offset, frozen_at) = match hands {
        Hands::Ahead(by) => (by.num_microseconds().unwrap_or(0), None),
        Hands::Stopped(at) => (0, Some(domain::time::to_micros(at))),
    };
    let doing = "set the clock's row";
    let known = Entity::find_by_id(ROW).one(&tx.connection).await.doing(doing)?.is_some();
    let row = ActiveModel {
        id: if known { Unchanged(ROW) } else { Set(ROW) },
        offset_micros: Set(offset),
        frozen_at: Set(frozen_at),
    };
    if known {
        row.update(&tx.connection).await.doing(doing)?;
    } else {
        Entity::insert(row).exec_without_returning(&tx.connection).await.doing(doing)?;
    }
    tx.signal(TOPIC);
    Ok(())
}
