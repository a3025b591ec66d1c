//! The program as its operator meets it: the real binary, told by variables, asked by HTTP, stopped by
//! signals.

use std::{fs, sync::Arc};

use acceptance::{
    nodes::{Node, said, told},
    town::{Engine, Office, Person, Rows, Town},
};

mod deploy;
mod figures;
mod files;
mod logs;
mod lost_line;
mod refusals;
mod stopping;

/// A town whose house is closed again, but not for good: a row of the clock makes it a demo's, and the
/// program refuses demos.
async fn town_for_the_program(engine: Engine) -> (Arc<Rows>, String, Office, Person) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let office = town.office("Riquewihr").covered("00:00–00:00").await;
    let ana = town.advisor("Ana").working_at(&office).off_duty().await;
    let key = town.app.settings.key.clone();
    let Town { app, rows, .. } = town;
    app.store.close().await;
    rows.change("delete from clock").await;
    (rows, key, office, ana)
}
