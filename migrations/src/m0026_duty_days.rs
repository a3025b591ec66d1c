//! The office hours of a day on which somebody also has a duty, where they are others than usual; and a
//! part-timer's extra hours in basis points, so that a third can be written.

use sea_orm_migration::{prelude::*, schema::*};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        // No length of a break, no other hours; a length and no hours, time off in lieu.
        let columns = [time_null("duty_from"), time_null("duty_until"), integer_null("duty_break_minutes")];
        for column in columns {
            db.alter_table(Table::alter().table("office_hours").add_column(column).to_owned()).await?;
        }
        let finer = "update agreements set amount = amount * 100 where term = 'extra_hours'";
        db.get_connection().execute_unprepared(finer).await.map(drop)
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let coarser = "update agreements set amount = amount / 100 where term = 'extra_hours'";
        db.get_connection().execute_unprepared(coarser).await?;
        for column in ["duty_from", "duty_until", "duty_break_minutes"] {
            db.alter_table(Table::alter().table("office_hours").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
