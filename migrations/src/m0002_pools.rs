//! Pools, their needs and rotas, and what offices buy.

use sea_orm_migration::{prelude::*, schema::*};

use crate::sql::{created, index, reference, unique};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        pools(db).await?;
        memberships(db).await?;
        needs(db).await?;
        rotas(db).await?;
        assignments(db).await?;
        rota_changes(db).await?;
        shifts(db).await?;
        notices(db).await?;
        offers(db).await?;
        coverage(db).await?;
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "coverage",
            "offers",
            "notices",
            "shifts",
            "rota_changes",
            "assignments",
            "rotas",
            "needs",
            "memberships",
            "pools",
        ] {
            db.drop_table(Table::drop().table(table).if_exists().to_owned()).await?;
        }
        Ok(())
    }
}

/// Co-operations of offices under one organising board.
async fn pools(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("pools");
    table
        .col(pk_uuid("id"))
        .col(uuid("organisation_id"))
        .col(text("name"))
        .col(text("zone"))
        .col(text("calendar"))
        .col(integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut reference("pools", "organisation_id", "organisations"));
    db.create_table(table).await?;
    Ok(())
}

/// An office's place in a pool.
async fn memberships(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("memberships");
    table
        .col(pk_uuid("id"))
        .col(uuid("pool_id"))
        .col(uuid("organisation_id"))
        .col(date("from_date"))
        .col(date_null("until_date"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut reference("memberships", "pool_id", "pools"))
        .foreign_key(&mut reference("memberships", "organisation_id", "organisations"));
    db.create_table(table).await?;
    db.create_index(index("memberships", &["pool_id"])).await?;
    db.create_index(index("memberships", &["organisation_id"])).await?;
    Ok(())
}

/// How many people a pool wants in a window of local time.
async fn needs(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("needs");
    table
        .col(pk_uuid("id"))
        .col(uuid("pool_id"))
        .col(integer("days"))
        .col(time("from_time"))
        .col(time("until_time"))
        .col(integer("leads"))
        .col(integer("backups"))
        .col(json_binary("languages"))
        .col(date("from_date"))
        .col(date_null("until_date"))
        .col(integer("version"))
        .foreign_key(&mut reference("needs", "pool_id", "pools"));
    db.create_table(table).await?;
    db.create_index(index("needs", &["pool_id"])).await?;
    Ok(())
}

/// Plans of assignments for a period.
async fn rotas(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("rotas");
    table
        .col(pk_uuid("id"))
        .col(uuid("pool_id"))
        .col(integer("number"))
        .col(date("from_date"))
        .col(date("until_date"))
        .col(text("status"))
        .col(big_integer("seed"))
        .col(boolean("stop_asked"))
        .col(json_binary("progress"))
        .col(json_binary_null("outcome"))
        .col(text_null("message"))
        .col(uuid_null("created_by"))
        .col(timestamp_with_time_zone("created_at"))
        .col(uuid_null("published_by"))
        .col(timestamp_with_time_zone_null("published_at"))
        .col(integer("version"))
        .foreign_key(&mut reference("rotas", "pool_id", "pools"));
    db.create_table(table).await?;
    db.create_index(index("rotas", &["pool_id", "from_date"])).await?;
    Ok(())
}

/// Places in a rota: a person, or nobody yet, in a slot.
async fn assignments(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("assignments");
    table
        .col(pk_uuid("id"))
        .col(uuid("rota_id"))
        .col(uuid("pool_id"))
        .col(uuid("need_id"))
        .col(date("day"))
        .col(timestamp_with_time_zone("starts_at"))
        .col(timestamp_with_time_zone("ends_at"))
        .col(text("rung"))
        .col(integer("place"))
        .col(json_binary("languages"))
        .col(uuid_null("person_id"))
        .col(boolean("pinned"))
        .col(integer("version"))
        .foreign_key(&mut reference("assignments", "rota_id", "rotas"))
        .foreign_key(&mut reference("assignments", "pool_id", "pools"))
        .foreign_key(&mut reference("assignments", "need_id", "needs"))
        .foreign_key(&mut reference("assignments", "person_id", "people"));
    db.create_table(table).await?;
    db.create_index(index("assignments", &["rota_id"])).await?;
    Ok(())
}

/// What was changed by hand in a draft, so that it can be undone.
async fn rota_changes(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("rota_changes");
    table
        .col(pk_uuid("id"))
        .col(uuid("rota_id"))
        .col(uuid("pool_id"))
        .col(uuid("assignment_id"))
        .col(uuid_null("from_person"))
        .col(uuid_null("to_person"))
        .col(uuid("changed_by"))
        .col(timestamp_with_time_zone("changed_at"))
        .col(timestamp_with_time_zone_null("undone_at"))
        .foreign_key(&mut reference("rota_changes", "rota_id", "rotas"))
        .foreign_key(&mut reference("rota_changes", "pool_id", "pools"))
        .foreign_key(&mut reference("rota_changes", "assignment_id", "assignments"))
        .foreign_key(&mut reference("rota_changes", "changed_by", "people"));
    db.create_table(table).await?;
    db.create_index(index("rota_changes", &["rota_id", "changed_at"])).await?;
    Ok(())
}

/// Published duties.
async fn shifts(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("shifts");
    table
        .col(pk_uuid("id"))
        .col(uuid("pool_id"))
        .col(uuid("rota_id"))
        .col(uuid("need_id"))
        .col(uuid("person_id"))
        .col(text("rung"))
        .col(text("kind"))
        .col(timestamp_with_time_zone("starts_at"))
        .col(timestamp_with_time_zone("ends_at"))
        .col(integer("sequence"))
        .col(timestamp_with_time_zone("changed_at"))
        .col(timestamp_with_time_zone_null("cancelled_at"))
        .foreign_key(&mut reference("shifts", "pool_id", "pools"))
        .foreign_key(&mut reference("shifts", "rota_id", "rotas"))
        .foreign_key(&mut reference("shifts", "need_id", "needs"))
        .foreign_key(&mut reference("shifts", "person_id", "people"));
    db.create_table(table).await?;
    db.create_index(index("shifts", &["pool_id", "ends_at"])).await?;
    db.create_index(index("shifts", &["person_id", "ends_at"])).await?;
    db.create_index(index("shifts", &["rota_id"])).await?;
    Ok(())
}

/// Proof that somebody was told of a publication.
async fn notices(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("notices");
    table
        .col(pk_uuid("id"))
        .col(uuid("pool_id"))
        .col(uuid("rota_id"))
        .col(uuid("person_id"))
        .col(timestamp_with_time_zone("told_at"))
        .col(integer("clear_days"))
        .col(timestamp_with_time_zone_null("seen_at"))
        .foreign_key(&mut reference("notices", "pool_id", "pools"))
        .foreign_key(&mut reference("notices", "rota_id", "rotas"))
        .foreign_key(&mut reference("notices", "person_id", "people"));
    db.create_table(table).await?;
    db.create_index(unique("notices", &["rota_id", "person_id"])).await?;
    db.create_index(index("notices", &["rota_id"])).await?;
    db.create_index(index("notices", &["person_id"])).await?;
    Ok(())
}

/// What a board sells to its offices.
async fn offers(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("offers");
    table
        .col(pk_uuid("id"))
        .col(uuid("pool_id"))
        .col(text("name"))
        .col(text("summary"))
        .col(json_binary("windows"))
        .col(json_binary("channels"))
        .col(big_integer("monthly_cents"))
        .col(boolean("open"))
        .col(integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut reference("offers", "pool_id", "pools"));
    db.create_table(table).await?;
    db.create_index(index("offers", &["pool_id"])).await?;
    Ok(())
}

/// What an office bought, from an instant to an instant.
async fn coverage(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("coverage");
    table
        .col(pk_uuid("id"))
        .col(uuid("pool_id"))
        .col(uuid("organisation_id"))
        .col(uuid("offer_id"))
        .col(json_binary("windows"))
        .col(json_binary("channels"))
        .col(big_integer("monthly_cents"))
        .col(timestamp_with_time_zone("starts_at"))
        .col(timestamp_with_time_zone_null("ends_at"))
        .col(uuid("ordered_by"))
        .col(timestamp_with_time_zone("ordered_at"))
        .col(integer("version"))
        .foreign_key(&mut reference("coverage", "pool_id", "pools"))
        .foreign_key(&mut reference("coverage", "organisation_id", "organisations"))
        .foreign_key(&mut reference("coverage", "offer_id", "offers"))
        .foreign_key(&mut reference("coverage", "ordered_by", "people"));
    db.create_table(table).await?;
    db.create_index(index("coverage", &["pool_id"])).await?;
    db.create_index(index("coverage", &["organisation_id"])).await?;
    // Two clicks at once order once.
    db.get_connection()
        .execute_unprepared(
            "create unique index coverage_one_running on coverage (organisation_id, offer_id) where ends_at is null",
        )
        .await?;
    Ok(())
}
