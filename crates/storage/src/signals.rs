//! Signals: hints that something changed. Topic and number, never content.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryOrder,
    QuerySelect, Statement,
};
use uuid::Uuid;

use crate::{StoreError, Tx, entities::signal, error::Doing, jobs, line::Line, scope::System};

/// How much is read once more, because numbers commit out of order.
const OVERLAP: Duration = Duration::minutes(1);
/// For how long it is remembered what was said.
const KEPT: Duration = Duration::days(1);

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
    connection: &Line,
    topics: &[String],
    now: DateTime<Utc>,
) -> Result<Vec<Signal>, StoreError> {
    let mut said = Vec::with_capacity(topics.len());
    for topic in topics {
        // Workers look for themselves when they begin: nobody asks later whether there was work.
        if topic == jobs::TOPIC {
            said.push(Signal { id: 0, topic: topic.clone() });
            continue;
        }
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
async fn add(connection: &Line, row: signal::ActiveModel) -> Result<i64, sea_orm::DbErr> {
    match connection.get_database_backend() {
        DbBackend::Postgres => {
            signal::Entity::insert(row).exec_without_returning(connection).await?;
            let last = Statement::from_string(DbBackend::Postgres, "select lastval()");
            connection.query_one_raw(last).await?.map_or(Ok(0), |row| row.try_get_by_index(0))
        }
        _ => signal::Entity::insert(row).exec(connection).await.map(|done| done.last_insert_id),
    }
}

/// What a reader listens to.
#[derive(Debug, Clone, Copy)]
pub struct Heard<'a> {
    /// Whose business they hear of: organisations, pools, persons.
    pub whose: &'a [Uuid],
    /// Of all that, this topic alone.
    pub only: Option<&'a str>,
    /// Topics that are everybody's.
    pub everybodys: &'a [&'a str],
}

/// What a reader missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missed {
    /// Each topic once, with the number under which it was said last; the oldest first.
    Topics(Vec<Signal>),
    /// Nobody can tell any more, or it is more than was asked for.
    TooMuch,
}

/// What was said since number `after` of what is `heard`: at most so many topics. Reads what was said to
/// this reader, however much was said to others. Number 0 is the beginning.
pub async fn missed(
    tx: &Tx<System>,
    after: i64,
    heard: Heard<'_>,
    most: usize,
) -> Result<Missed, StoreError> {
    let Some(after) = floor(tx, after).await? else { return Ok(Missed::TooMuch) };
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let rows: Vec<(String, i64)> = tx
        .visible::<signal::Entity>()
        .filter(signal::Column::Id.gt(after))
        .filter(heard.condition())
        .limit(limit)
        .with(|rows| {
            rows.select_only()
                .column(signal::Column::Topic)
                .column_as(signal::Column::Id.max(), "id")
                .group_by(signal::Column::Topic)
                .order_by_asc(signal::Column::Id.max())
        })
        .tuples("read the signals a page missed")
        .await?;
    if rows.len() > most {
        return Ok(Missed::TooMuch);
    }
    Ok(Missed::Topics(rows.into_iter().map(|(topic, id)| Signal { id, topic }).collect()))
}

impl Heard<'_> {
    fn condition(self) -> Condition {
        let mut theirs =
            Condition::all().add(signal::Column::Whose.is_in(self.whose.iter().map(Uuid::to_string)));
        if let Some(only) = self.only {
            theirs = theirs.add(signal::Column::Topic.eq(only));
        }
        let everybodys = Condition::all()
            .add(signal::Column::Whose.eq(""))
            .add(signal::Column::Topic.is_in(self.everybodys.iter().copied()));
        Condition::any().add(theirs).add(everybodys)
    }
}

/// From which number on one reads so that nothing after `after` is missed: numbers commit out of order,
/// so the minute before it is read again. None if `after` is forgotten, or was never given.
async fn floor(tx: &Tx<System>, after: i64) -> Result<Option<i64>, StoreError> {
    let doing = "find where a page left off";
    if after == 0 {
        return Ok(Some(0));
    }
    let known = tx.visible::<signal::Entity>().filter(signal::Column::Id.eq(after)).one(doing).await?;
    let Some(known) = known else { return Ok(None) };
    if tx.connection.get_database_backend() == DbBackend::Sqlite {
        // One writer: numbers commit in order.
        return Ok(Some(after));
    }
    let minute = tx
        .visible::<signal::Entity>()
        .filter(signal::Column::At.lt(known.at - OVERLAP))
        .order_by_desc(signal::Column::At)
        .order_by_desc(signal::Column::Id)
        .one(doing)
        .await?;
    // A clock that was set back gives later signals an earlier time.
    Ok(Some(minute.map_or(0, |row| row.id.min(after))))
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

/// Forgets what was said more than a day before `now`; says how many. The newest stays: a page that has
/// seen it has missed nothing, however long ago it was.
pub async fn forget_old(tx: &Tx<System>) -> Result<u64, StoreError> {
    let old = Condition::all()
        .add(signal::Column::At.lt(tx.now() - KEPT))
        .add(signal::Column::Id.lt(newest(tx).await?));
    tx.remove::<signal::Entity>(old, "forget old signals").await
}
