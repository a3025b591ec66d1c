//! What a lead must bring beside languages: levels, destinations, channels. People's own stand in
//! `skills` already, a row each.

use sea_orm_migration::{prelude::*, schema::*};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        for table in ["needs", "assignments"] {
            let skills = json_binary_null("skills");
            db.alter_table(Table::alter().table(table).add_column(skills).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        // Whoever knew languages alone knows neither levels nor other kinds.
        let others = "delete from skills where kind <> 'language'";
        let levels = "update skills set value = substr(value, 1, 2) where kind = 'language'";
        for plain in [others, levels] {
            db.get_connection().execute_unprepared(plain).await?;
        }
        for table in ["needs", "assignments"] {
            db.alter_table(Table::alter().table(table).drop_column("skills").to_owned()).await?;
        }
        Ok(())
    }
}
