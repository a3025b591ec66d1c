//! The tables, one numbered file per change, on both engines.
//!
//! Policies and constraints that only PostgreSQL can hold stand beside the change as `.sql`.
//! Changes only go forward in production; `down` exists for tests and for undoing a bad evening.

use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait};

mod m0001_tenants;
mod m0002_pools;
mod m0003_desk;
mod m0004_house;
mod m0005_locks;
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
        ]
    }
}

/// Tables that belong to nobody and carry no policy.
pub const NOBODYS: [&str; 2] = ["clock", "seaql_migrations"];
