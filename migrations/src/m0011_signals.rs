//! Signals by whose they are: what a page missed is found without reading what was said to others.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::sql::index;

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// The first id in a topic, which says whose business it is; empty where it is everybody's. The database
/// works it out itself, also for what an older program writes.
const ON_POSTGRES: &str = "alter table signals add column whose text \
                           generated always as (split_part(topic, '/', 2)) stored";
/// SQLite adds such a column without keeping it; the index keeps it.
const ON_SQLITE: &str = "alter table signals add column whose text generated always as (case \
                         when instr(topic, '/') = 0 then '' \
                         when instr(substr(topic, instr(topic, '/') + 1), '/') = 0 \
                         then substr(topic, instr(topic, '/') + 1) \
                         else substr(topic, instr(topic, '/') + 1, \
                         instr(substr(topic, instr(topic, '/') + 1), '/') - 1) end) virtual";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let add = match db.get_database_backend() {
            DbBackend::Postgres => ON_POSTGRES,
            _ => ON_SQLITE,
        };
        db.get_connection().execute_unprepared(add).await?;
        db.create_index(index("signals", &["whose", "id"])).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let by_whose = Index::drop().name("signals_by_whose_id").table("signals").to_owned();
        db.drop_index(by_whose).await?;
        db.alter_table(Table::alter().table("signals").drop_column("whose").to_owned()).await
    }
}
