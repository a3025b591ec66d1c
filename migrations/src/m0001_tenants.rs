//! Tenants and their people.

use sea_orm_migration::{prelude::*, schema::*};

use crate::sql::{created, index, reference, unique};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        organisations(db).await?;
        people(db).await?;
        skills(db).await?;
        employments(db).await?;
        roles(db).await?;
        office_hours(db).await?;
        opening_hours(db).await?;
        absences(db).await?;
        absence_reasons(db).await?;
        wishes(db).await?;
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "wishes",
            "absence_reasons",
            "absences",
            "opening_hours",
            "office_hours",
            "roles",
            "employments",
            "skills",
            "people",
            "organisations",
        ] {
            db.drop_table(Table::drop().table(table).if_exists().to_owned()).await?;
        }
        Ok(())
    }
}

/// The tenants: boards and offices.
async fn organisations(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("organisations");
    table
        .col(pk_uuid("id"))
        .col(text("kind"))
        .col(text("name"))
        .col(text("slug").unique_key())
        .col(text("zone"))
        .col(text("calendar"))
        .col(text("language"))
        .col(integer("colour"))
        .col(integer("promise_minutes"))
        .col(text("emergency"))
        .col(integer("version"))
        .col(timestamp_with_time_zone("created_at"));
    db.create_table(table).await?;
    Ok(())
}

/// Everybody who works here.
async fn people(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("people");
    table
        .col(pk_uuid("id"))
        .col(text("given_name"))
        .col(text("family_name"))
        .col(text("email").unique_key())
        .col(text_null("language"))
        .col(text_null("theme"))
        .col(boolean("operator"))
        .col(integer("version"))
        .col(timestamp_with_time_zone("created_at"));
    db.create_table(table).await?;
    Ok(())
}

/// The languages somebody answers in, best first, and later the destinations they know.
async fn skills(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("skills");
    table
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(text("kind"))
        .col(text("value"))
        .col(integer("rank"))
        .foreign_key(&mut reference("skills", "person_id", "people"));
    db.create_table(table).await?;
    db.create_index(index("skills", &["person_id"])).await?;
    Ok(())
}

/// Who works for whom, from a date to a date, under which law.
async fn employments(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("employments");
    table
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(uuid("organisation_id"))
        .col(date("from_date"))
        .col(date_null("until_date"))
        .col(text("law"))
        .col(integer("weekly_minutes"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut reference("employments", "person_id", "people"))
        .foreign_key(&mut reference("employments", "organisation_id", "organisations"));
    db.create_table(table).await?;
    db.create_index(index("employments", &["person_id"])).await?;
    db.create_index(index("employments", &["organisation_id"])).await?;
    Ok(())
}

/// What a person may do in an organisation.
async fn roles(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("roles");
    table
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(uuid("organisation_id"))
        .col(text("role"))
        .col(timestamp_with_time_zone("granted_at"))
        .foreign_key(&mut reference("roles", "person_id", "people"))
        .foreign_key(&mut reference("roles", "organisation_id", "organisations"));
    db.create_table(table).await?;
    db.create_index(unique("roles", &["person_id", "organisation_id", "role"])).await?;
    db.create_index(index("roles", &["organisation_id"])).await?;
    Ok(())
}

/// Somebody's ordinary hours at the office: a dated weekly pattern.
async fn office_hours(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("office_hours");
    table
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(uuid("employment_id"))
        .col(integer("days"))
        .col(time("from_time"))
        .col(time("until_time"))
        .col(integer("break_minutes"))
        .col(date("from_date"))
        .col(date_null("until_date"))
        .foreign_key(&mut reference("office_hours", "person_id", "people"))
        .foreign_key(&mut reference("office_hours", "employment_id", "employments"));
    db.create_table(table).await?;
    db.create_index(index("office_hours", &["person_id"])).await?;
    Ok(())
}

/// When an office's own desk is open: a dated weekly pattern.
async fn opening_hours(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("opening_hours");
    table
        .col(pk_uuid("id"))
        .col(uuid("organisation_id"))
        .col(integer("days"))
        .col(time("from_time"))
        .col(time("until_time"))
        .col(date("from_date"))
        .col(date_null("until_date"))
        .foreign_key(&mut reference("opening_hours", "organisation_id", "organisations"));
    db.create_table(table).await?;
    db.create_index(index("opening_hours", &["organisation_id"])).await?;
    Ok(())
}

/// When somebody is away. Why stands apart, in absence_reasons.
async fn absences(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("absences");
    table
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(timestamp_with_time_zone("starts_at"))
        .col(timestamp_with_time_zone("ends_at"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut reference("absences", "person_id", "people"));
    db.create_table(table).await?;
    db.create_index(index("absences", &["person_id", "ends_at"])).await?;
    Ok(())
}

/// Why somebody is away: for them and their employer only.
async fn absence_reasons(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("absence_reasons");
    table
        .col(pk_uuid("absence_id"))
        .col(uuid("person_id"))
        .col(uuid("organisation_id"))
        .col(text("reason"))
        .foreign_key(&mut reference("absence_reasons", "absence_id", "absences"))
        .foreign_key(&mut reference("absence_reasons", "person_id", "people"))
        .foreign_key(&mut reference("absence_reasons", "organisation_id", "organisations"));
    db.create_table(table).await?;
    Ok(())
}

/// What somebody says of a day before the rota is made.
async fn wishes(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("wishes");
    table
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(date("day"))
        .col(text("kind"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut reference("wishes", "person_id", "people"));
    db.create_table(table).await?;
    db.create_index(unique("wishes", &["person_id", "day"])).await?;
    Ok(())
}
