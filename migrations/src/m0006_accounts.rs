//! Accounts: invitations, which browser asked for a code, and whence a session began.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::sql::{created, index, reference};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        invitations(db).await?;
        // Codes asked for before the change belong to no browser: nobody can enter them any more.
        add(db, "sign_in_codes", "browser").await?;
        add(db, "sessions", "place").await?;
        if db.get_database_backend() == DbBackend::Postgres {
            db.get_connection().execute_unprepared(include_str!("m0006_accounts.sql")).await?;
        }
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        take_away(db, "sessions", "place").await?;
        take_away(db, "sign_in_codes", "browser").await?;
        db.drop_table(Table::drop().table("invitations").if_exists().to_owned()).await
    }
}

/// Who was invited to which organisation, as what, and what became of it.
async fn invitations(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("invitations");
    table
        .col(pk_uuid("id"))
        .col(uuid("organisation_id"))
        // The link holds it under a seal, and a link that is sent again holds another.
        .col(uuid("ticket").unique_key())
        .col(text("email"))
        .col(text("given_name"))
        .col(text("family_name"))
        .col(text("language"))
        .col(json_binary("roles"))
        .col(text("law"))
        .col(integer("weekly_minutes"))
        .col(date("from_date"))
        .col(uuid_null("created_by"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("accepted_at"))
        .col(timestamp_with_time_zone_null("withdrawn_at"))
        .foreign_key(&mut reference("invitations", "organisation_id", "organisations"))
        .foreign_key(&mut reference("invitations", "created_by", "people"));
    db.create_table(table).await?;
    db.create_index(index("invitations", &["organisation_id"])).await?;
    Ok(())
}

async fn add(db: &SchemaManager<'_>, table: &'static str, column: &'static str) -> Result<(), DbErr> {
    let column = text(column).default("").to_owned();
    db.alter_table(Table::alter().table(table).add_column(column).to_owned()).await
}

async fn take_away(db: &SchemaManager<'_>, table: &'static str, column: &'static str) -> Result<(), DbErr> {
    db.alter_table(Table::alter().table(table).drop_column(column).to_owned()).await
}
