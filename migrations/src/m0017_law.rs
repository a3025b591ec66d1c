//! What the law needs to know of people and organisations: agreements, findings that somebody accepted,
//! hours for other employers, birth dates, and whether a need is watched on standby.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::sql::{created, index, reference};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        agreements(db).await?;
        acceptances(db).await?;
        outside_hours(db).await?;
        let born = date_null("born");
        db.alter_table(Table::alter().table("employments").add_column(born).to_owned()).await?;
        let kind = text("kind").default("active").to_owned();
        db.alter_table(Table::alter().table("needs").add_column(kind).to_owned()).await?;
        if db.get_database_backend() == DbBackend::Postgres {
            db.get_connection().execute_unprepared(include_str!("m0017_law.sql")).await?;
        }
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        if db.get_database_backend() == DbBackend::Postgres {
            db.get_connection().execute_unprepared(include_str!("m0017_law_down.sql")).await?;
        }
        db.alter_table(Table::alter().table("needs").drop_column("kind").to_owned()).await?;
        db.alter_table(Table::alter().table("employments").drop_column("born").to_owned()).await?;
        for table in ["outside_hours", "acceptances", "agreements"] {
            db.drop_table(Table::drop().table(table).if_exists().to_owned()).await?;
        }
        Ok(())
    }
}

/// What an organisation's agreements and permits change of the law.
async fn agreements(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("agreements");
    table
        .col(pk_uuid("id"))
        .col(uuid("organisation_id"))
        .col(text_null("law"))
        .col(text("term"))
        .col(integer("amount"))
        .col(text("document"))
        .col(date("from_date"))
        .col(date_null("until_date"))
        .col(uuid("entered_by"))
        .col(timestamp_with_time_zone("entered_at"))
        .foreign_key(&mut reference("agreements", "organisation_id", "organisations"))
        .foreign_key(&mut reference("agreements", "entered_by", "people"));
    db.create_table(table).await?;
    db.create_index(index("agreements", &["organisation_id"])).await
}

/// Findings that a named person accepted, with the reason they wrote down.
async fn acceptances(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("acceptances");
    table
        .col(pk_uuid("id"))
        .col(uuid("pool_id"))
        .col(uuid("rota_id"))
        .col(uuid_null("handover_id"))
        .col(uuid("person_id"))
        .col(timestamp_with_time_zone("starts_at"))
        .col(timestamp_with_time_zone("ends_at"))
        .col(json_binary("finding"))
        .col(text("reason"))
        .col(uuid("accepted_by"))
        .col(timestamp_with_time_zone("accepted_at"))
        .foreign_key(&mut reference("acceptances", "pool_id", "pools"))
        .foreign_key(&mut reference("acceptances", "rota_id", "rotas"))
        .foreign_key(&mut reference("acceptances", "handover_id", "handovers"))
        .foreign_key(&mut reference("acceptances", "person_id", "people"))
        .foreign_key(&mut reference("acceptances", "accepted_by", "people"));
    db.create_table(table).await?;
    db.create_index(index("acceptances", &["pool_id", "starts_at"])).await?;
    db.create_index(index("acceptances", &["person_id"])).await
}

/// Hours somebody works for employers who are not here, as they say: dated weekly patterns.
async fn outside_hours(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("outside_hours");
    table
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(integer("days"))
        .col(time("from_time"))
        .col(time("until_time"))
        .col(date("from_date"))
        .col(date_null("until_date"))
        .foreign_key(&mut reference("outside_hours", "person_id", "people"));
    db.create_table(table).await?;
    db.create_index(index("outside_hours", &["person_id"])).await
}
