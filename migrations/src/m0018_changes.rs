//! Changes to a published rota and what leads to one: who confirmed having seen it, open duties that
//! somebody takes, wishes that come again each week, and until when they are taken.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::sql::{created, index, reference};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        notices(db).await?;
        takings(db).await?;
        wish_repeats(db).await?;
        wish_rounds(db).await?;
        if db.get_database_backend() == DbBackend::Postgres {
            db.get_connection().execute_unprepared(include_str!("m0018_changes.sql")).await?;
        }
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        for table in ["wish_rounds", "wish_repeats", "takings"] {
            db.drop_table(Table::drop().table(table).if_exists().to_owned()).await?;
        }
        let connection = db.get_connection();
        // Policies show the owner no row of it, and a row that stays stands in the way of the index below.
        let is_postgres = db.get_database_backend() == DbBackend::Postgres;
        if is_postgres {
            connection.execute_unprepared("alter table notices no force row level security").await?;
        }
        connection.execute_unprepared("delete from notices where change_id is not null").await?;
        if is_postgres {
            connection.execute_unprepared("alter table notices force row level security").await?;
        }
        connection.execute_unprepared("drop index notices_one_change").await?;
        connection.execute_unprepared("drop index notices_one_publication").await?;
        connection
            .execute_unprepared(
                "create unique index notices_one_publication on notices (rota_id, person_id) \
                 where handover_id is null",
            )
            .await?;
        db.alter_table(Table::alter().table("notices").drop_column("change_id").to_owned()).await?;
        db.alter_table(Table::alter().table("notices").drop_column("confirmed_at").to_owned()).await
    }
}

/// When somebody confirmed it; and a notice may be of a single change to a published rota.
async fn notices(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let confirmed = timestamp_with_time_zone_null("confirmed_at");
    db.alter_table(Table::alter().table("notices").add_column(confirmed).to_owned()).await?;
    let change = uuid_null("change_id");
    db.alter_table(Table::alter().table("notices").add_column(change).to_owned()).await?;
    let connection = db.get_connection();
    connection.execute_unprepared("drop index notices_one_publication").await?;
    connection
        .execute_unprepared(
            "create unique index notices_one_publication on notices (rota_id, person_id) \
             where handover_id is null and change_id is null",
        )
        .await?;
    connection
        .execute_unprepared(
            "create unique index notices_one_change on notices (change_id, person_id) \
             where change_id is not null",
        )
        .await?;
    Ok(())
}

/// An open duty that somebody takes. The place may go with a later build: what it was stands here.
async fn takings(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("takings");
    table
        .col(pk_uuid("id"))
        .col(uuid("pool_id"))
        .col(uuid("rota_id"))
        .col(uuid("need_id"))
        .col(text("rung"))
        .col(timestamp_with_time_zone("starts_at"))
        .col(timestamp_with_time_zone("ends_at"))
        .col(uuid("person_id"))
        .col(timestamp_with_time_zone("asked_at"))
        .col(text("status"))
        .col(uuid_null("shift_id"))
        .col(uuid_null("settled_by"))
        .col(timestamp_with_time_zone_null("settled_at"))
        .foreign_key(&mut reference("takings", "pool_id", "pools"))
        .foreign_key(&mut reference("takings", "rota_id", "rotas"))
        .foreign_key(&mut reference("takings", "need_id", "needs"))
        .foreign_key(&mut reference("takings", "person_id", "people"))
        .foreign_key(&mut reference("takings", "shift_id", "shifts"))
        .foreign_key(&mut reference("takings", "settled_by", "people"));
    db.create_table(table).await?;
    db.create_index(index("takings", &["pool_id", "status"])).await?;
    db.create_index(index("takings", &["person_id"])).await
}

/// What somebody says of a weekday.
async fn wish_repeats(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("wish_repeats");
    table
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(integer("weekday"))
        .col(text("kind"))
        .col(date("from_date"))
        .col(date("until_date"))
        .col(json_binary("left_out"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut reference("wish_repeats", "person_id", "people"));
    db.create_table(table).await?;
    db.create_index(index("wish_repeats", &["person_id"])).await
}

/// Until when wishes of some days are taken.
async fn wish_rounds(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("wish_rounds");
    table
        .col(pk_uuid("id"))
        .col(uuid("pool_id"))
        .col(date("from_date"))
        .col(date("until_date"))
        .col(date("closes_on"))
        .col(uuid("created_by"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut reference("wish_rounds", "pool_id", "pools"))
        .foreign_key(&mut reference("wish_rounds", "created_by", "people"));
    db.create_table(table).await?;
    db.create_index(index("wish_rounds", &["pool_id"])).await
}
