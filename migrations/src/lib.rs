//! The tables, one numbered file per change, on both engines.
//!
//! Policies and constraints that only PostgreSQL can hold stand beside the change as `.sql`.
//! Changes only go forward in production; `down` exists for tests and for undoing a bad evening.

use sea_orm_migration::{
    MigrationTrait, MigratorTrait, async_trait,
    sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement, TransactionTrait},
};

mod m0001_tenants;
mod m0002_pools;
mod m0003_desk;
mod m0004_house;
mod m0005_locks;
mod m0006_accounts;
mod m0007_api;
mod m0008_privacy;
mod m0011_signals;
mod m0012_growth;
mod m0014_ledger;
mod m0015_statements;
mod m0016_handovers;
mod m0017_law;
mod m0018_changes;
mod m0019_needs;
mod m0020_token_families;
mod m0022_one_place;
mod m0024_register;
mod m0025_openings;
mod m0026_duty_days;
mod m0027_told;
mod m0028_key_lines;
mod m0029_skills;
mod m0030_at_once;
mod sql;

/// All changes, in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_tenants::Migration),
            Box::new(m0002_pools::Migration),
            Box::new(m0003_desk::Migration),
            Box::new(m0004_house::Migration),
            Box::new(m0005_locks::Migration),
            Box::new(m0006_accounts::Migration),
            Box::new(m0007_api::Migration),
            Box::new(m0008_privacy::Migration),
            Box::new(m0011_signals::Migration),
            Box::new(m0012_growth::Migration),
            Box::new(m0014_ledger::Migration),
            Box::new(m0015_statements::Migration),
            Box::new(m0016_handovers::Migration),
            Box::new(m0017_law::Migration),
            Box::new(m0018_changes::Migration),
            Box::new(m0019_needs::Migration),
            Box::new(m0020_token_families::Migration),
            Box::new(m0022_one_place::Migration),
            Box::new(m0024_register::Migration),
            Box::new(m0025_openings::Migration),
            Box::new(m0026_duty_days::Migration),
            Box::new(m0027_told::Migration),
            Box::new(m0028_key_lines::Migration),
            Box::new(m0029_skills::Migration),
            Box::new(m0030_at_once::Migration),
        ]
    }
}

/// Tables that belong to nobody and carry no policy.
pub const NOBODYS: [&str; 2] = ["clock", "seaql_migrations"];

/// A number that stands for "the tables of Veilleuse are being changed".
const LOCK: i64 = 0x5645_494c;

/// Makes all changes that are missing, or none of them if it is cut short; one node at a time. Says how many
/// were made.
///
/// # Errors
/// If the database refuses.
pub async fn up(db: &DatabaseConnection) -> Result<usize, DbErr> {
    // In one transaction: changes of SQLite's tables are not wrapped in any otherwise, and one that was cut
    // short could never be made again.
    let all = db.begin().await?;
    if all.get_database_backend() == DbBackend::Postgres {
        // Two nodes that start together would make them twice.
        all.execute_unprepared(&format!("select pg_advisory_xact_lock({LOCK})")).await?;
    }
    let missing = Migrator::get_pending_migrations(&all).await?.len();
    Migrator::up(&all, None).await?;
    all.commit().await?;
    Ok(missing)
}

/// How many changes there are.
pub fn count() -> usize {
    Migrator::migrations().len()
}

/// How many changes are missing.
///
/// # Errors
/// If the database cannot be read.
pub async fn missing(db: &DatabaseConnection) -> Result<usize, DbErr> {
    // Read with plain SQL: the program's own role may not make the table of changes, and has not to.
    let counting = Statement::from_string(db.get_database_backend(), "select count(*) from seaql_migrations");
    let known = match db.query_one_raw(counting).await {
        Ok(Some(row)) => usize::try_from(row.try_get_by_index::<i64>(0)?).unwrap_or(0),
        Ok(None) => 0,
        // No such table: nothing was changed yet. Anything else fails again, and is told, further on.
        Err(_) => 0,
    };
    Ok(count().saturating_sub(known))
}
