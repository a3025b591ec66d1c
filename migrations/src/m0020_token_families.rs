//! Tokens know which token made them: whoever revokes one ends what came of it too.

use sea_orm_migration::{prelude::*, schema::uuid_null};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let parent = uuid_null("parent_id");
        db.alter_table(Table::alter().table("api_tokens").add_column(parent).to_owned()).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        db.alter_table(Table::alter().table("api_tokens").drop_column("parent_id").to_owned()).await
    }
}
