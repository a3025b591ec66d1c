//! Which open duties people were written to about, and who wants no such letters; and where an
//! intervention is known from: somebody said so, or what they answered on standby.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::sql::{created, reference, unique};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        openings(db).await?;
        let wanted = boolean("open_letters").default(true).to_owned();
        db.alter_table(Table::alter().table("people").add_column(wanted).to_owned()).await?;
        // Until now somebody said every one of them.
        let source = text("source").default("said").to_owned();
        db.alter_table(Table::alter().table("interventions").add_column(source).to_owned()).await?;
        if db.get_database_backend() == DbBackend::Postgres {
            db.get_connection().execute_unprepared(include_str!("m0025_openings.sql")).await?;
        }
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        db.alter_table(Table::alter().table("interventions").drop_column("source").to_owned()).await?;
        db.alter_table(Table::alter().table("people").drop_column("open_letters").to_owned()).await?;
        db.drop_table(Table::drop().table("openings").if_exists().to_owned()).await
    }
}

/// Hours that are open and that people were told of. The row goes once somebody has them.
async fn openings(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("openings");
    table
        .col(pk_uuid("id"))
        .col(uuid("pool_id"))
        .col(uuid("need_id"))
        .col(text("rung"))
        .col(timestamp_with_time_zone("starts_at"))
        .col(timestamp_with_time_zone("ends_at"))
        .col(timestamp_with_time_zone("told_at"))
        .foreign_key(&mut reference("openings", "pool_id", "pools"))
        .foreign_key(&mut reference("openings", "need_id", "needs"))
        .check(Expr::col("starts_at").lt(Expr::col("ends_at")));
    db.create_table(table).await?;
    db.create_index(unique("openings", &["pool_id", "need_id", "rung", "starts_at", "ends_at"])).await
}
