//! The register of working time, kept line by line: what each person worked on a day, as it was known
//! then, each line sealed over the one before. What is known later is another line.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::sql::{created, index, reference, unique};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        register_lines(db).await?;
        // Until which day an organisation's register is written; one that was never written has none.
        let until = date_null("register_until");
        db.alter_table(Table::alter().table("organisations").add_column(until).to_owned()).await?;
        if db.get_database_backend() == DbBackend::Postgres {
            db.get_connection().execute_unprepared(include_str!("m0024_register.sql")).await?;
        }
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        db.alter_table(Table::alter().table("organisations").drop_column("register_until").to_owned())
            .await?;
        db.drop_table(Table::drop().table("register_lines").if_exists().to_owned()).await
    }
}

/// Lines are numbered within an organisation, and never changed.
async fn register_lines(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("register_lines");
    table
        .col(pk_uuid("id"))
        .col(uuid("organisation_id"))
        .col(big_integer("number"))
        .col(text("kind"))
        .col(uuid("person_id"))
        .col(date("day"))
        .col(integer("office_minutes"))
        .col(integer("duty_minutes"))
        .col(integer("total_minutes"))
        .col(big_integer_null("corrects"))
        .col(timestamp_with_time_zone("written_at"))
        .col(text("seal"))
        .foreign_key(&mut reference("register_lines", "organisation_id", "organisations"))
        .foreign_key(&mut reference("register_lines", "person_id", "people"));
    db.create_table(table).await?;
    db.create_index(unique("register_lines", &["organisation_id", "number"])).await?;
    db.create_index(index("register_lines", &["organisation_id", "day"])).await?;
    db.create_index(index("register_lines", &["person_id"])).await
}
