//! When the holder of a duty was told of it, apart from when it was last changed; and whether a place was
//! pinned before and after a change by hand. And what an hour given counts for its office.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::sql::{created, reference};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const PINNED: [&str; 2] = ["from_pinned", "to_pinned"];

/// What came by a handover or was taken was agreed to: nobody had to be told of it in time.
const TOLD: &str = "update shifts set told_at = changed_at where not exists (
    select 1 from handovers where handovers.pool_id = shifts.pool_id
        and handovers.status = 'done' and handovers.settled_at = shifts.changed_at)
    and not exists (select 1 from takings where takings.shift_id = shifts.id and takings.status = 'done')";

/// Until now a change left the pin alone.
const LEFT_ALONE: &str = "update rota_changes set
    from_pinned = (select pinned from assignments where assignments.id = rota_changes.assignment_id),
    to_pinned = (select pinned from assignments where assignments.id = rota_changes.assignment_id)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let told = timestamp_with_time_zone_null("told_at");
        db.alter_table(Table::alter().table("shifts").add_column(told).to_owned()).await?;
        for column in PINNED {
            let pinned = boolean(column).default(false).to_owned();
            db.alter_table(Table::alter().table("rota_changes").add_column(pinned).to_owned()).await?;
        }
        db.get_connection().execute_unprepared(TOLD).await?;
        db.get_connection().execute_unprepared(LEFT_ALONE).await?;
        share_weights(db).await?;
        if db.get_database_backend() == DbBackend::Postgres {
            db.get_connection().execute_unprepared(include_str!("m0027_told.sql")).await?;
        }
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        db.drop_table(Table::drop().table("share_weights").if_exists().to_owned()).await?;
        for column in PINNED {
            db.alter_table(Table::alter().table("rota_changes").drop_column(column).to_owned()).await?;
        }
        db.alter_table(Table::alter().table("shifts").drop_column("told_at").to_owned()).await
    }
}

/// What an hour given counts; a pool that decided nothing has no row.
async fn share_weights(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("share_weights");
    table
        .col(pk_uuid("pool_id"))
        .col(integer("evening_bp"))
        .col(integer("saturday_bp"))
        .col(integer("sunday_bp"))
        .col(integer("holiday_bp"))
        .foreign_key(&mut reference("share_weights", "pool_id", "pools"));
    db.create_table(table).await
}
