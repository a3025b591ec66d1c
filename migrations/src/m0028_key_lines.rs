//! The audit log's few lines about the key are found by their index, at every start.

use sea_orm_migration::prelude::*;

use crate::sql::index;

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        db.create_index(index("audit_log", &["object_kind", "at"])).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        db.drop_index(Index::drop().name("audit_log_by_object_kind_at").table("audit_log").to_owned()).await
    }
}
