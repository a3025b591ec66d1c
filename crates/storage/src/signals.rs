//! Signals: hints that something changed. Topic and number, never content.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, Statement,
    sea_query::ExprTrait,
};

use crate::{StoreError, Tx, entities::signal, error::Doing, scope::System};

/// One hint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// Its number. Numbers commit out of order: a replay overlaps a minute.
    pub id: i64,
    /// What changed, such as `inbox/{organisation}`.
    pub topic: String,
}

/// PostgreSQL's channel for them.
pub(crate) const CHANNEL: &str = "veilleuse";

pub(crate) async fn write(
    connection: &DatabaseTransaction,
    topics: &[String],
    now: DateTime<Utc>,
) -> Result<Vec<Signal>, StoreError> {
    let mut said = Vec::with_capacity(topics.len());
    for topic in topics {
        let row = signal::ActiveModel {
            topic: Set(topic.clone()),
            version: Set(now.timestamp_micros()),
            at: Set(now),
            ..Default::default()
        };
        let id = add(connection, row).await.doing("write a signal")?;
        said.push(Signal { id, topic: topic.clone() });
    }
    if connection.get_database_backend() == DbBackend::Postgres {
        for signal in &said {
            let words = [CHANNEL.into(), format!("{} {}", signal.id, signal.topic).into()];
            let notify =
                Statement::from_sql_and_values(DbBackend::Postgres, "select pg_notify($1, $2)", words);
            connection.execute_raw(notify).await.doing("notify of a signal")?;
        }
    }
    Ok(said)
}

/// Adds the row and returns its number. PostgreSQL may not return columns of a row the scope
/// cannot read, so its sequence is asked instead.
async fn add(connection: &DatabaseTransaction, row: signal::ActiveModel) -> Result<i64, sea_orm::DbErr> {
    match connection.get_database_backend() {
        DbBackend::Postgres => {
            signal::Entity::insert(row).exec_without_returning(connection).await?;
            let last = Statement::from_string(DbBackend::Postgres, "select lastval()");
            connection.query_one_raw(last).await?.map_or(Ok(0), |row| row.try_get_by_index(0))
        }
        _ => signal::Entity::insert(row).exec(connection).await.map(|done| done.last_insert_id),
    }
}

/// What was said after number `last`, with the minute before it: ids commit out of order.
pub async fn since(tx: &Tx<System>, last: i64, most: u64) -> Result<Vec<Signal>, StoreError> {
    let doing = "read the signals since a number";
    let known = tx.visible::<signal::Entity>().filter(signal::Column::Id.eq(last)).one(doing).await?;
    let rows = match known {
        Some(known) => {
            // By number as well: a clock that was set back gives later signals an earlier time.
            let lately = signal::Column::At.gte(known.at - Duration::minutes(1));
            tx.visible::<signal::Entity>().filter(lately.or(signal::Column::Id.gt(last)))
        }
        None => tx.visible::<signal::Entity>().filter(signal::Column::Id.gt(last)),
    };
    let rows = rows.order_by_asc(signal::Column::Id).limit(most).all(doing).await?;
    Ok(rows.into_iter().map(|row| Signal { id: row.id, topic: row.topic }).collect())
}

/// The newest number, 0 if nothing was ever said.
pub async fn newest(tx: &Tx<System>) -> Result<i64, StoreError> {
    let newest = tx
        .visible::<signal::Entity>()
        .order_by_desc(signal::Column::Id)
        .one("read the newest signal")
        .await?;
    Ok(newest.map_or(0, |row| row.id))
}

/// Forgets what was said more than a day before `now`; says how many.
pub async fn forget_old(tx: &Tx<System>) -> Result<u64, StoreError> {
    tx.remove::<signal::Entity>(signal::Column::At.lt(tx.now() - Duration::days(1)), "forget old signals")
        .await
}
