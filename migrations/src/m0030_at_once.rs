//! Changes of a draft that were made at once, and are taken back at once.

use sea_orm_migration::{prelude::*, schema::*};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        // The first of them; nothing for a change of its own.
        let first = uuid_null("made_with");
        db.alter_table(Table::alter().table("rota_changes").add_column(first).to_owned()).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        db.alter_table(Table::alter().table("rota_changes").drop_column("made_with").to_owned()).await
    }
}
