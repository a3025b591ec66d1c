//! For the strangers test: asks the first lock, table by table, which rows a transaction sees.

use sea_orm::{EntityName, EntityTrait, Iterable, PrimaryKeyToColumn, QuerySelect};
use uuid::Uuid;

use crate::{StoreError, Tx, entities, scope::Scope, sight::Scoped};

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
    };
}

probes!(
    absence,
    absence_reason,
    arrival,
    assignment,
    attachment,
    audit,
    calendar_feed,
    channel_account,
    conversation,
    coverage,
    employment,
    job,
    letter,
    membership,
    message,
    need,
    note,
    note_text,
    notice,
    offer,
    office_hours,
    opening_hours,
    organisation,
    person,
    pool,
    presence,
    role,
    rota,
    rota_change,
    session,
    shift,
    sign_in_code,
    skill,
    visitor,
    waiting,
    wish,
    writer,
);

async fn ids<S: Scope, E: Scoped>(tx: &Tx<S>) -> Result<Seen, StoreError> {
    let key = E::PrimaryKey::iter().next().expect("every table has a primary key").into_column();
    let mut ids: Vec<Uuid> =
        tx.visible::<E>().with(|rows| rows.select_only().column(key)).tuples("list the ids in sight").await?;
    ids.sort_unstable();
    Ok(Seen::Ids(ids))
}
