//! Programs that act for somebody: their tokens, and the answers kept for requests sent again.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::sql::{created, index, reference, unique};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        api_tokens(db).await?;
        answers(db).await?;
        if db.get_database_backend() == DbBackend::Postgres {
            db.get_connection().execute_unprepared(include_str!("m0007_api.sql")).await?;
        }
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        for table in ["answers", "api_tokens"] {
            db.drop_table(Table::drop().table(table).if_exists().to_owned()).await?;
        }
        Ok(())
    }
}

/// A program's right to act for a person, in one role, within some scopes.
async fn api_tokens(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("api_tokens");
    table
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(uuid("organisation_id"))
        .col(text("role"))
        .col(text("name"))
        .col(json_binary("scopes"))
        .col(text("secret_hash").unique_key())
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("expires_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .foreign_key(&mut reference("api_tokens", "person_id", "people"))
        .foreign_key(&mut reference("api_tokens", "organisation_id", "organisations"));
    db.create_table(table).await?;
    db.create_index(index("api_tokens", &["person_id"])).await?;
    Ok(())
}

/// What was answered to a request with an Idempotency-Key; no status while it is being answered.
async fn answers(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("answers");
    table
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(text("key_hash"))
        .col(text("fingerprint"))
        .col(integer_null("status"))
        .col(text_null("sealed"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut reference("answers", "person_id", "people"));
    db.create_table(table).await?;
    db.create_index(unique("answers", &["person_id", "key_hash"])).await?;
    db.create_index(index("answers", &["created_at"])).await?;
    Ok(())
}
