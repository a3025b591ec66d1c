//! Published duties, as programs read them.

use domain::{Shift, ShiftId};
use storage::{
    page::{Ask, Page},
    scope, shifts,
};

pub use storage::shifts::Which;

use crate::{Anybody, App, Caller, Error, kept::Kept};

/// The shifts of the pools an organisation organises or is a member of.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(
    app: &App,
    anybody: &Caller<Anybody>,
    which: &Which,
    ask: &Ask,
) -> Result<Page<Shift>, Error> {
    let tx = app.read(scope::Home(anybody.organisation())).await?;
    Ok(shifts::list(&tx, which, ask).await?)
}

/// One of them.
///
/// # Errors
/// If there is none of that id in sight.
pub async fn get(app: &App, anybody: &Caller<Anybody>, id: ShiftId) -> Result<Kept<Shift>, Error> {
    let tx = app.read(scope::Home(anybody.organisation())).await?;
    Ok(Kept::of(shifts::get(&tx, id).await?.ok_or(Error::NotFound("shift"))?))
}
