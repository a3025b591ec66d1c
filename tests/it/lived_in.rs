//! Migrations over data somebody lived in: what later versions change is changed under rows, not on
//! empty ground.
//!
//! No copy of an old database is kept: it would be as old as the day somebody made it. Instead rows are
//! brought to the tables of the first release, in two ways, and every change since then is made under
//! them, one after the other:
//!
//! - tables are made as of the first release and filled from their own catalogue, a row in each,
//!   whatever columns they had then;
//! - the demo lives its two months in today's tables, and every change since the first release is
//!   undone and made again.
//!
//! The constraints and policies of the first release count as changes too, so that they are laid over
//! rows as well. A new change is picked up by being in the list.

use std::collections::BTreeMap;

use acceptance::{
    on_both_engines,
    town::{Engine, Rows, instant},
    worlds::{Seeder, World},
};
use app::{
    Advisor, Planner,
    account::{Browser, callers},
    demo::{self, Door},
    desk::{self, Asked},
    settings::Post,
};
use migrations::Migrator;
use sea_orm_migration::{
    MigratorTrait,
    sea_orm::{ConnectionTrait, DbBackend, Statement},
};
use storage::Store;

on_both_engines! {
    every_change_since_the_first_release_is_made_under_rows_in_every_table,
    the_demos_two_months_outlive_every_change_since_the_first_release,
}

/// How many changes make the tables of the first release; what comes after them is made under rows.
const FIRST_TABLES: u32 = 4;

/// The changes since then.
fn later() -> u32 {
    u32::try_from(Migrator::migrations().len()).unwrap() - FIRST_TABLES
}

async fn every_change_since_the_first_release_is_made_under_rows_in_every_table(engine: Engine) {
    let rows = Rows::empty(engine).await;
    let owner = Store::open(&rows.owner_url).await.unwrap();
    Migrator::up(owner.for_migrations(), Some(FIRST_TABLES)).await.unwrap();
    let mut seeder = Seeder::connect(&rows).await;
    let now = instant("2026-12-04T19:00+01:00");
    for number in 1..=3 {
        seeder.found(&World::number(number), now).await;
    }
    let before = counts(&rows).await;
    assert!(before.len() > 30 && before.values().all(|count| *count >= 3), "{before:?}");
    for change in 1..=later() {
        Migrator::up(owner.for_migrations(), Some(1)).await.unwrap();
        kept(&before, &counts(&rows).await, change);
    }
    assert_eq!(migrations::missing(owner.for_migrations()).await.unwrap(), 0);
    owner.close().await;
    points_nowhere(&rows).await;
    let fresh = Rows::migrated(engine).await;
    assert_eq!(columns(&rows).await, columns(&fresh).await, "the tables are those of a new house");
    println!("{} changes made under rows", later());
}

async fn the_demos_two_months_outlive_every_change_since_the_first_release(engine: Engine) {
    let rows = Rows::migrated(engine).await;
    let key = app::secrets::random_key();
    let app = acceptance::town::open_house(&rows.url, &key, Post::Mailbox).await;
    demo::seed(&app, Some(instant("2026-12-04T19:00+01:00"))).await.unwrap();
    worker::run_until_idle(&app).await;
    let waiting = inbox_of_the_door(&app).await;
    app.store.close().await;

    let mut before = counts(&rows).await;
    let owner = Store::open(&rows.owner_url).await.unwrap();
    Migrator::down(owner.for_migrations(), Some(later())).await.unwrap();
    // The first release had not every table there is: what fills by itself today was not there to outlive.
    let first = counts(&rows).await;
    before.retain(|table, _| first.contains_key(table));
    for change in 1..=later() {
        Migrator::up(owner.for_migrations(), Some(1)).await.unwrap();
        kept(&before, &counts(&rows).await, change);
    }
    // And all at once, as an upgrade over several releases makes them.
    Migrator::down(owner.for_migrations(), Some(later())).await.unwrap();
    migrations::up(owner.for_migrations()).await.unwrap();
    kept(&before, &counts(&rows).await, later());
    owner.close().await;
    points_nowhere(&rows).await;

    let app = acceptance::town::open_house(&rows.url, &key, Post::Mailbox).await;
    assert_eq!(inbox_of_the_door(&app).await, waiting, "the advisor finds the inbox as it was");
    let planner = demo::enter(&app, Door::Planner, Browser::default()).await.unwrap();
    let planner = callers::of(&app, &planner.access).await.unwrap().caller::<Planner>().unwrap();
    let pool = planner.pool().unwrap();
    let rota = app::rota::draft::around_now(&app, &planner, pool).await.unwrap();
    let view = views::html::rota::View::Advisor;
    let board = app::rota::board::board(&app, &planner, rota.unwrap(), view, None).await.unwrap();
    assert!(!board.places.is_empty());
    worker::run_until_idle(&app).await;
    app.store.close().await;
    println!("{} rows outlived {} changes", before.values().sum::<i64>(), later());
}

/// What waits for the advisor behind the demo's door.
async fn inbox_of_the_door(app: &app::App) -> Vec<String> {
    let tokens = demo::enter(app, Door::Advisor, Browser::default()).await.unwrap();
    let advisor = callers::of(app, &tokens.access).await.unwrap().caller::<Advisor>().unwrap();
    let waiting = desk::inbox(app, &advisor, &Asked::default()).await.unwrap().waiting;
    assert!(!waiting.is_empty(), "the demo's evening has begun");
    waiting.into_iter().map(|row| row.preview).collect()
}

/// No table has lost a row. Whoever removes some on purpose says so here.
fn kept(before: &BTreeMap<String, i64>, after: &BTreeMap<String, i64>, change: u32) {
    for (table, count) in before {
        let now = after.get(table).copied().unwrap_or_default();
        assert!(
            now >= *count,
            "change {change} after the first tables left {now} of {count} rows in {table}"
        );
    }
}

/// Asks above all policies.
async fn asked(rows: &Rows, postgres: &str, sqlite: &str) -> Vec<Vec<String>> {
    let store = Store::open(rows.superuser_url.as_ref().unwrap_or(&rows.url)).await.unwrap();
    let connection = store.for_migrations();
    let backend = connection.get_database_backend();
    let sql = if backend == DbBackend::Postgres { postgres } else { sqlite };
    let found = connection.query_all_raw(Statement::from_string(backend, sql)).await.unwrap();
    let words =
        found.iter().map(|row| (0..row.column_names().len()).map(|at| word(row, at)).collect()).collect();
    store.close().await;
    words
}

fn word(row: &sea_orm_migration::sea_orm::QueryResult, at: usize) -> String {
    row.try_get_by_index::<String>(at)
        .or_else(|_| row.try_get_by_index::<i64>(at).map(|number| number.to_string()))
        .unwrap_or_default()
}

/// How many rows each table holds.
async fn counts(rows: &Rows) -> BTreeMap<String, i64> {
    let mut counts = BTreeMap::new();
    for table in tables(rows).await {
        let sql = format!("select cast(count(*) as bigint) from {table}");
        let count = asked(rows, &sql, &sql).await[0][0].parse().unwrap();
        if table != "seaql_migrations" && table != "clock" {
            counts.insert(table, count);
        }
    }
    counts
}

async fn tables(rows: &Rows) -> Vec<String> {
    let postgres =
        "select table_name::text from information_schema.tables where table_schema = 'public' order by 1";
    let sqlite =
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by 1";
    asked(rows, postgres, sqlite).await.into_iter().flatten().collect()
}

/// Every column: table, name, type, whether it may be null. In no order: a change adds at the end.
async fn columns(rows: &Rows) -> Vec<Vec<String>> {
    let postgres = "select table_name::text, column_name::text, data_type::text, is_nullable::text
        from information_schema.columns where table_schema = 'public' order by 1, 2";
    let sqlite = "select m.name, c.name, lower(c.type), cast(c.\"notnull\" as text)
        from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' order by 1, 2";
    asked(rows, postgres, sqlite).await
}

/// No row refers to one that is not there. PostgreSQL holds that itself; SQLite is asked.
async fn points_nowhere(rows: &Rows) {
    let nothing = "select 'nothing' where 1 = 0";
    let lost = asked(rows, nothing, "pragma foreign_key_check").await;
    assert!(lost.is_empty(), "{lost:?}");
}
