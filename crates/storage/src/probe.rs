//! For the strangers test: asks the first lock, table by table, which rows a transaction sees. It is in no
//! shipped program (docs/decisions/0003).

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityName, Iterable, PrimaryKeyToColumn, QuerySelect, Statement,
};
use uuid::Uuid;

use crate::{StoreError, Tx, entities, error::Doing, scope::Scope, sight::Scoped};

/// Which rows of a table a transaction sees through the code's own lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// The visible ids, smallest first.
    Ids(Vec<Uuid>),
    /// How many, where ids are numbers.
    Count(u64),
}

macro_rules! probes {
    ($($table:ident),* $(,)?) => {
        /// Which rows of `table` the transaction sees; `None` if the code knows no such table.
        ///
        /// # Errors
        /// If the database cannot be read.
        pub async fn seen<S: Scope>(tx: &Tx<S>, table: &str) -> Result<Option<Seen>, StoreError> {
            $(
                if entities::$table::Entity.table_name() == table {
                    return ids::<S, entities::$table::Entity>(tx).await.map(Some);
                }
            )*
            if entities::signal::Entity.table_name() == table {
                return tx.visible::<entities::signal::Entity>().count("count signals").await.map(|n| Some(Seen::Count(n)));
            }
            Ok(None)
        }

        /// Removes the row of `table` with key `id` through the code's own lock; says how many went.
        ///
        /// # Errors
        /// If the database refuses.
        pub async fn remove<S: Scope>(tx: &Tx<S>, table: &str, id: Uuid) -> Result<Option<u64>, StoreError> {
            $(
                if entities::$table::Entity.table_name() == table {
                    return gone::<S, entities::$table::Entity>(tx, id).await.map(Some);
                }
            )*
            Ok((table == entities::signal::Entity.table_name()).then_some(0))
        }
    };
}

probes!(
    absence,
    absence_reason,
    acceptance,
    access,
    agreement,
    answer,
    api_token,
    arrival,
    assignment,
    attachment,
    audit,
    calendar_feed,
    channel_account,
    compensation,
    conversation,
    coverage,
    employment,
    erasure,
    exemption,
    handover,
    intervention,
    invitation,
    job,
    ledger_terms,
    share_weights,
    legal_hold,
    letter,
    membership,
    message,
    need,
    note,
    note_text,
    notice,
    offer,
    office_hours,
    opening,
    opening_hours,
    organisation,
    outside_hours,
    person,
    pool,
    presence,
    register_line,
    retention,
    role,
    rota,
    rota_change,
    school_holidays,
    session,
    shift,
    sign_in_code,
    skill,
    taking,
    visitor,
    waiting,
    wish,
    wish_repeat,
    wish_round,
    writer,
);

async fn ids<S: Scope, E: Scoped>(tx: &Tx<S>) -> Result<Seen, StoreError> {
    let key = E::PrimaryKey::iter().next().expect("every table has a primary key").into_column();
    let mut ids: Vec<Uuid> =
        tx.visible::<E>().with(|rows| rows.select_only().column(key)).tuples("list the ids in sight").await?;
    ids.sort_unstable();
    Ok(Seen::Ids(ids))
}

/// What a plain `select` of `column` finds in `table`, as text, past the code's own lock: on
/// PostgreSQL only its policies stand in the way.
///
/// # Errors
/// If the database refuses.
pub async fn select_past_the_code<S: Scope>(
    tx: &Tx<S>,
    table: &str,
    column: &str,
) -> Result<Vec<String>, StoreError> {
    let doing = "select past the code";
    let sql = format!("select cast({column} as text) from {table} order by 1");
    let rows = tx.connection.query_all_raw(Statement::from_string(tx.connection.get_database_backend(), sql));
    rows.await.doing(doing)?.iter().map(|row| row.try_get_by_index(0).doing(doing)).collect()
}

/// Runs `sql` past the code's own lock; says how many rows it touched.
///
/// # Errors
/// If the database refuses.
pub async fn execute_past_the_code<S: Scope>(tx: &Tx<S>, sql: &str) -> Result<u64, StoreError> {
    let done = tx.connection.execute_unprepared(sql).await.doing("change rows past the code")?;
    Ok(done.rows_affected())
}

async fn gone<S: Scope, E: Scoped>(tx: &Tx<S>, id: Uuid) -> Result<u64, StoreError> {
    let key = E::PrimaryKey::iter().next().expect("every table has a primary key").into_column();
    tx.remove::<E>(key.eq(id), "remove a row").await
}
