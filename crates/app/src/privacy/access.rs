//! The access log: who opened, saved or exported what a visitor wrote.

use domain::{OrganisationId, PersonId};
use storage::{
    access_log::{self, Access},
    organisations,
    scope::Person,
};
use views::html::privacy::{Line, Looked};

use crate::{Anybody, App, Caller, Error};

/// How many lines a page shows.
pub(super) const MOST: u64 = 100;

/// Notes that somebody looked. The same within an hour is one line, so a page that refreshes itself
/// writes once.
///
/// # Errors
/// If the database fails.
pub async fn note(
    app: &App,
    organisation: OrganisationId,
    person: PersonId,
    access: Access,
) -> Result<(), Error> {
    let tx = app.read(Person(person)).await?;
    if access_log::is_noted(&tx, person, access).await? {
        return Ok(());
    }
    drop(tx);
    let tx = app.write(Person(person)).await?;
    access_log::note(&tx, organisation, person, access).await?;
    Ok(tx.commit().await?)
}

/// The caller's own lines, newest first, with the organisation in the place of a name.
///
/// # Errors
/// If the database fails.
pub async fn mine(app: &App, caller: &Caller<Anybody>) -> Result<Vec<Line>, Error> {
    let tx = app.read(Person(caller.person())).await?;
    let lines = access_log::newest(&tx, MOST).await?;
    drop(tx);
    let tx = app.read(storage::scope::System).await?;
    let mut shown = Vec::with_capacity(lines.len());
    for line in lines {
        let organisation = organisations::get(&tx, line.organisation).await?;
        let who = organisation.map(|organisation| organisation.name).unwrap_or_default();
        shown.push(Line { at: line.at, who, looked: looked(line.access) });
    }
    Ok(shown)
}

pub(super) fn looked(access: Access) -> Looked {
    match access {
        Access::Opened(conversation) => Looked::Opened(conversation),
        Access::Saved(conversation) => Looked::Saved(conversation),
        Access::Exported(visitor) => Looked::Exported(visitor),
    }
}
