//! The ledger of fairness: how a pool keeps it, and on which days somebody owes nothing.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::sql::{created, index, reference};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        ledger_terms(db).await?;
        exemptions(db).await?;
        if db.get_database_backend() == DbBackend::Postgres {
            db.get_connection().execute_unprepared(include_str!("m0014_ledger.sql")).await?;
        }
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        for table in ["exemptions", "ledger_terms"] {
            db.drop_table(Table::drop().table(table).if_exists().to_owned()).await?;
        }
        Ok(())
    }
}

/// How a pool keeps its ledger; one that decided nothing has no row.
async fn ledger_terms(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("ledger_terms");
    table
        .col(pk_uuid("pool_id"))
        .col(integer("backup_bp"))
        .col(integer("cap_minutes"))
        .foreign_key(&mut reference("ledger_terms", "pool_id", "pools"));
    db.create_table(table).await
}

/// Days on which somebody owes nothing; why is not said.
async fn exemptions(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("exemptions");
    table
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(uuid("organisation_id"))
        .col(date("from_date"))
        .col(date("until_date"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut reference("exemptions", "person_id", "people"))
        .foreign_key(&mut reference("exemptions", "organisation_id", "organisations"));
    db.create_table(table).await?;
    db.create_index(index("exemptions", &["person_id"])).await?;
    db.create_index(index("exemptions", &["organisation_id"])).await
}
