//! What keeps a look-up as short in a house of ten thousand organisations as in a house of ten: the pools
//! of a board are found by an index.

use sea_orm_migration::prelude::*;

use crate::sql::index;

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        db.create_index(index("pools", &["organisation_id"])).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        db.drop_index(Index::drop().name("pools_by_organisation_id").table("pools").to_owned()).await
    }
}
