//! Statements of a month: what an employer gives for an hour of duty, and work during standby.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::sql::{created, index, reference};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        compensation(db).await?;
        interventions(db).await?;
        if db.get_database_backend() == DbBackend::Postgres {
            db.get_connection().execute_unprepared(include_str!("m0015_statements.sql")).await?;
        }
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        for table in ["interventions", "compensation"] {
            db.drop_table(Table::drop().table(table).if_exists().to_owned()).await?;
        }
        Ok(())
    }
}

/// What an hour gives. An employer that agreed on nothing has no row.
async fn compensation(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("compensation");
    table
        .col(pk_uuid("id"))
        .col(uuid("organisation_id"))
        .col(text("basis"))
        .col(text_null("category"))
        .col(integer("hourly_cents"))
        .col(integer("rest_minutes"))
        .col(date("from_date"))
        .col(text("source"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut reference("compensation", "organisation_id", "organisations"));
    db.create_table(table).await?;
    db.create_index(index("compensation", &["organisation_id"])).await
}

/// Work during standby: from accepting to the last answer.
async fn interventions(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("interventions");
    table
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(uuid("organisation_id"))
        .col(timestamp_with_time_zone("starts_at"))
        .col(timestamp_with_time_zone("ends_at"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut reference("interventions", "person_id", "people"))
        .foreign_key(&mut reference("interventions", "organisation_id", "organisations"))
        .check(Expr::col("starts_at").lt(Expr::col("ends_at")));
    db.create_table(table).await?;
    db.create_index(index("interventions", &["person_id", "starts_at"])).await?;
    db.create_index(index("interventions", &["organisation_id"])).await
}
