//! Accounts, jobs, signals, audit.

use sea_orm_migration::{prelude::*, schema::*};

use crate::sql::{created, index, reference};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        sessions(db).await?;
        sign_in_codes(db).await?;
        calendar_feeds(db).await?;
        jobs(db).await?;
        signals(db).await?;
        letters(db).await?;
        audit_log(db).await?;
        clock(db).await?;
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "clock",
            "audit_log",
            "letters",
            "signals",
            "jobs",
            "calendar_feeds",
            "sign_in_codes",
            "sessions",
        ] {
            db.drop_table(Table::drop().table(table).if_exists().to_owned()).await?;
        }
        Ok(())
    }
}

/// Signed-in browsers.
async fn sessions(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("sessions");
    table
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(text("refresh_hash").unique_key())
        .col(text_null("previous_hash"))
        .col(text("agent"))
        .col(text_null("hat"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("seen_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .foreign_key(&mut reference("sessions", "person_id", "people"));
    db.create_table(table).await?;
    db.create_index(index("sessions", &["person_id"])).await?;
    Ok(())
}

/// Codes sent by mail, kept as keyed hashes.
async fn sign_in_codes(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("sign_in_codes");
    table
        .col(pk_uuid("id"))
        .col(text("email"))
        .col(text("asked_from"))
        .col(text("code_hash"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(integer("tries"))
        .col(timestamp_with_time_zone_null("used_at"));
    db.create_table(table).await?;
    db.create_index(index("sign_in_codes", &["email", "created_at"])).await?;
    db.create_index(index("sign_in_codes", &["asked_from", "created_at"])).await?;
    Ok(())
}

/// Secret addresses of personal calendars.
async fn calendar_feeds(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("calendar_feeds");
    table
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .foreign_key(&mut reference("calendar_feeds", "person_id", "people"));
    db.create_table(table).await?;
    db.create_index(index("calendar_feeds", &["person_id"])).await?;
    Ok(())
}

/// Work to be done outside the transaction that asked for it.
async fn jobs(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("jobs");
    table
        .col(pk_uuid("id"))
        .col(text("key").unique_key())
        .col(text("kind"))
        .col(integer("version"))
        .col(json_binary("payload"))
        .col(timestamp_with_time_zone("run_at"))
        .col(integer("attempts"))
        .col(text("state"))
        .col(text_null("claimed_by"))
        .col(timestamp_with_time_zone_null("claimed_until"))
        .col(text_null("last_error"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("ended_at"));
    db.create_table(table).await?;
    db.create_index(index("jobs", &["state", "run_at"])).await?;
    Ok(())
}

/// Hints that something changed: topic and version, never content.
async fn signals(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("signals");
    table
        .col(big_pk_auto("id"))
        .col(text("topic"))
        .col(big_integer("version"))
        .col(timestamp_with_time_zone("at"));
    db.create_table(table).await?;
    db.create_index(index("signals", &["at"])).await?;
    Ok(())
}

/// The demo's mailbox: letters that would have left the house.
async fn letters(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("letters");
    table
        .col(pk_uuid("id"))
        .col(text("recipient"))
        .col(text("subject"))
        .col(text("text"))
        .col(text_null("html"))
        .col(timestamp_with_time_zone("at"));
    db.create_table(table).await?;
    db.create_index(index("letters", &["at"])).await?;
    Ok(())
}

/// Who did what, when. Only ever added to.
async fn audit_log(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("audit_log");
    table
        .col(pk_uuid("id"))
        .col(uuid_null("organisation_id"))
        .col(uuid_null("person_id"))
        .col(timestamp_with_time_zone("at"))
        .col(text("verb"))
        .col(text("object_kind"))
        .col(uuid_null("object_id"))
        .col(json_binary_null("detail"));
    db.create_table(table).await?;
    db.create_index(index("audit_log", &["organisation_id", "at"])).await?;
    Ok(())
}

/// The clock of demo and tests; production has no row here.
async fn clock(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("clock");
    table
        .col(integer("id").primary_key())
        .col(big_integer("offset_micros"))
        .col(timestamp_with_time_zone_null("frozen_at"));
    db.create_table(table).await?;
    Ok(())
}
