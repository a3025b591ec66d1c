//! Privacy: how long an organisation keeps what visitors wrote, what a hold keeps longer, who looked,
//! and proof of what was erased.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::sql::{created, index, reference, unique};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        retention(db).await?;
        legal_holds(db).await?;
        access_log(db).await?;
        erasures(db).await?;
        let column = timestamp_with_time_zone_null("anonymised_at");
        db.alter_table(Table::alter().table("conversations").add_column(column).to_owned()).await?;
        if db.get_database_backend() == DbBackend::Postgres {
            db.get_connection().execute_unprepared(include_str!("m0008_privacy.sql")).await?;
        }
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        for table in ["erasures", "access_log", "legal_holds", "retention"] {
            db.drop_table(Table::drop().table(table).if_exists().to_owned()).await?;
        }
        db.alter_table(Table::alter().table("conversations").drop_column("anonymised_at").to_owned()).await
    }
}

/// How long an organisation keeps; one that said nothing has no row.
async fn retention(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("retention");
    table
        .col(pk_uuid("organisation_id"))
        .col(integer("conversation_months"))
        .col(integer("attachment_days"))
        .col(uuid("person_id"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(&mut reference("retention", "organisation_id", "organisations"))
        .foreign_key(&mut reference("retention", "person_id", "people"));
    db.create_table(table).await
}

/// Conversations that are kept until somebody says otherwise: a quarrel, a request of an authority.
async fn legal_holds(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("legal_holds");
    table
        .col(pk_uuid("conversation_id"))
        .col(uuid("organisation_id"))
        .col(uuid("person_id"))
        .col(text("reason"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(&mut reference("legal_holds", "conversation_id", "conversations"))
        .foreign_key(&mut reference("legal_holds", "organisation_id", "organisations"))
        .foreign_key(&mut reference("legal_holds", "person_id", "people"));
    db.create_table(table).await?;
    db.create_index(index("legal_holds", &["organisation_id"])).await
}

/// Who opened, saved or exported what a visitor wrote. One line an hour for each conversation opened.
async fn access_log(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("access_log");
    table
        .col(pk_uuid("id"))
        .col(uuid("organisation_id"))
        .col(uuid("person_id"))
        .col(timestamp_with_time_zone("at"))
        .col(timestamp_with_time_zone("hour"))
        .col(text("verb"))
        .col(uuid_null("conversation_id"))
        .col(uuid_null("visitor_id"))
        .foreign_key(&mut reference("access_log", "organisation_id", "organisations"))
        .foreign_key(&mut reference("access_log", "person_id", "people"));
    db.create_table(table).await?;
    db.create_index(unique("access_log", &["person_id", "conversation_id", "verb", "hour"])).await?;
    db.create_index(index("access_log", &["organisation_id", "at"])).await
}

/// Certificates: what was removed of a visitor, when and by whom.
async fn erasures(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("erasures");
    table
        .col(pk_uuid("id"))
        .col(uuid("organisation_id"))
        .col(uuid("person_id"))
        .col(timestamp_with_time_zone("at"))
        .col(json_binary("certificate"))
        .col(text("hash"))
        .foreign_key(&mut reference("erasures", "organisation_id", "organisations"))
        .foreign_key(&mut reference("erasures", "person_id", "people"));
    db.create_table(table).await?;
    db.create_index(index("erasures", &["organisation_id", "at"])).await
}
