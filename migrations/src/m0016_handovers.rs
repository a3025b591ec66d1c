//! Handovers: what people ask of each other about published duties, and what came of it. A pool says
//! whether its planner has a word in it; a notice may be of a handover.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::sql::{created, index, reference};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        handovers(db).await?;
        let approval = boolean("approval").default(false).to_owned();
        db.alter_table(Table::alter().table("pools").add_column(approval).to_owned()).await?;
        let handover = uuid_null("handover_id");
        db.alter_table(Table::alter().table("notices").add_column(handover).to_owned()).await?;
        let connection = db.get_connection();
        // Once for each publication and person, and once for each handover and person.
        connection.execute_unprepared("drop index notices_one_rota_id_person_id").await?;
        connection
            .execute_unprepared(
                "create unique index notices_one_publication on notices (rota_id, person_id) \
                 where handover_id is null",
            )
            .await?;
        connection
            .execute_unprepared(
                "create unique index notices_one_handover on notices (handover_id, person_id) \
                 where handover_id is not null",
            )
            .await?;
        if db.get_database_backend() == DbBackend::Postgres {
            connection.execute_unprepared(include_str!("m0016_handovers.sql")).await?;
        }
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let connection = db.get_connection();
        connection.execute_unprepared("delete from notices where handover_id is not null").await?;
        connection.execute_unprepared("drop index notices_one_publication").await?;
        connection.execute_unprepared("drop index notices_one_handover").await?;
        connection
            .execute_unprepared(
                "create unique index notices_one_rota_id_person_id on notices (rota_id, person_id)",
            )
            .await?;
        db.alter_table(Table::alter().table("notices").drop_column("handover_id").to_owned()).await?;
        db.alter_table(Table::alter().table("pools").drop_column("approval").to_owned()).await?;
        db.drop_table(Table::drop().table("handovers").if_exists().to_owned()).await
    }
}

/// A duty offered by its holder, or on their behalf.
async fn handovers(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("handovers");
    table
        .col(pk_uuid("id"))
        .col(uuid("pool_id"))
        .col(uuid("shift_id"))
        .col(uuid("person_id"))
        .col(text("kind"))
        .col(timestamp_with_time_zone("starts_at"))
        .col(timestamp_with_time_zone("ends_at"))
        .col(uuid_null("counter_shift_id"))
        .col(uuid_null("to_person"))
        .col(uuid("asked_by"))
        .col(text("note"))
        .col(timestamp_with_time_zone("asked_at"))
        .col(text("status"))
        .col(uuid_null("taken_by"))
        .col(uuid_null("settled_by"))
        .col(timestamp_with_time_zone_null("settled_at"))
        .col(json_binary("moved"))
        .col(json_binary("called"))
        .col(boolean("all_called"))
        .col(uuid_null("gives_back_id"))
        .foreign_key(&mut reference("handovers", "pool_id", "pools"))
        .foreign_key(&mut reference("handovers", "shift_id", "shifts"))
        .foreign_key(&mut reference("handovers", "person_id", "people"))
        .foreign_key(&mut reference("handovers", "counter_shift_id", "shifts"))
        .foreign_key(&mut reference("handovers", "to_person", "people"))
        .foreign_key(&mut reference("handovers", "asked_by", "people"))
        .foreign_key(&mut reference("handovers", "taken_by", "people"))
        .foreign_key(&mut reference("handovers", "settled_by", "people"))
        .foreign_key(&mut reference("handovers", "gives_back_id", "handovers"));
    db.create_table(table).await?;
    db.create_index(index("handovers", &["pool_id", "status"])).await?;
    db.create_index(index("handovers", &["shift_id"])).await?;
    db.create_index(index("handovers", &["person_id"])).await?;
    db.create_index(index("handovers", &["to_person"])).await
}
