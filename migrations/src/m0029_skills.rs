//! What a lead must bring beside languages: levels, destinations, channels. People's own stand in
//! `skills` already, a row each.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

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
        let connection = db.get_connection();
        // Policies show the owner no row of these.
        let hidden = ["skills", "acceptances"];
        let is_postgres = db.get_database_backend() == DbBackend::Postgres;
        for table in hidden.iter().filter(|_| is_postgres) {
            let lift = format!("alter table {table} no force row level security");
            connection.execute_unprepared(&lift).await?;
        }
        // Whoever knew languages alone knows neither levels nor other kinds, nor rules about them.
        let others = "delete from skills where kind <> 'language'";
        let levels = "update skills set value = substr(value, 1, 2) where kind = 'language'";
        let accepted = match is_postgres {
            true => "delete from acceptances where finding->>'rule' in ('destination', 'channel')",
            false => {
                "delete from acceptances where json_extract(finding, '$.rule') in ('destination', 'channel')"
            }
        };
        for plain in [others, levels, accepted] {
            connection.execute_unprepared(plain).await?;
        }
        for table in hidden.iter().filter(|_| is_postgres) {
            let force = format!("alter table {table} force row level security");
            connection.execute_unprepared(&force).await?;
        }
        for table in ["needs", "assignments"] {
            db.alter_table(Table::alter().table(table).drop_column("skills").to_owned()).await?;
        }
        Ok(())
    }
}
