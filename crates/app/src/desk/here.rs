//! A sign of life of somebody at the desk.

use storage::{presence, scope};

use crate::{Advisor, App, Caller, Error};

/// Notes that the caller is there. `away`: whether they say they are away; unchanged if `None`.
///
/// # Errors
/// If the database fails.
pub async fn here(app: &App, caller: &Caller<Advisor>, away: Option<bool>) -> Result<(), Error> {
    let tx = app.write(scope::Person(caller.person())).await?;
    presence::seen(&tx, caller.person(), away).await?;
    Ok(tx.commit().await?)
}
