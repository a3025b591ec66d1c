//! What a pool's planning rests on: the season of each need, school holidays by zone, and the size of
//! its offices, by which costs may be shared.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::sql::{created, reference, unique};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const FIGURES: [&str; 2] = ["population", "overnight_stays"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        for figure in FIGURES {
            let column = big_integer_null(figure);
            db.alter_table(Table::alter().table("memberships").add_column(column).to_owned()).await?;
        }
        // A need that says nothing of it runs all the year.
        let season = json_binary_null("season");
        db.alter_table(Table::alter().table("needs").add_column(season).to_owned()).await?;
        school_holidays(db).await?;
        if db.get_database_backend() == DbBackend::Postgres {
            db.get_connection().execute_unprepared(include_str!("m0019_needs.sql")).await?;
        }
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        db.drop_table(Table::drop().table("school_holidays").if_exists().to_owned()).await?;
        db.alter_table(Table::alter().table("needs").drop_column("season").to_owned()).await?;
        for figure in FIGURES {
            db.alter_table(Table::alter().table("memberships").drop_column(figure).to_owned()).await?;
        }
        Ok(())
    }
}

/// What a board keeps of them.
async fn school_holidays(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("school_holidays");
    table
        .col(pk_uuid("id"))
        .col(uuid("organisation_id"))
        .col(text("zone"))
        .col(text("name"))
        .col(date("from_date"))
        .col(date("until_date"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut reference("school_holidays", "organisation_id", "organisations"));
    db.create_table(table).await?;
    db.create_index(unique("school_holidays", &["organisation_id", "zone", "from_date"])).await
}
