//! What PostgreSQL can enforce by itself: who sees which rows, and nobody in two places at once.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        if db.get_database_backend() == DbBackend::Postgres {
            db.get_connection().execute_unprepared(include_str!("m0005_locks.sql")).await?;
            db.get_connection().execute_unprepared(include_str!("m0005_locks_desk_and_house.sql")).await?;
            db.get_connection().execute_unprepared(include_str!("m0005_double_booking.sql")).await?;
        }
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        if db.get_database_backend() == DbBackend::Postgres {
            db.get_connection().execute_unprepared(include_str!("m0005_down.sql")).await?;
        }
        Ok(())
    }
}
