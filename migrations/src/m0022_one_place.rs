//! Nobody in two places at once, as before, in a way that leaves look-ups to their own index.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        if db.get_database_backend() == DbBackend::Postgres {
            db.get_connection().execute_unprepared(include_str!("m0022_one_place.sql")).await?;
        }
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        if db.get_database_backend() == DbBackend::Postgres {
            db.get_connection().execute_unprepared(include_str!("m0022_down.sql")).await?;
        }
        Ok(())
    }
}
