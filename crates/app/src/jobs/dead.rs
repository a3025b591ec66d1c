//! Dead jobs, for whoever runs the service: looked at, and tried again. What a job carries is not shown.

use domain::JobId;
use storage::{
    audit, jobs,
    page::{Ask, Page},
    scope::System,
};

pub use storage::jobs::StoredJob;

use crate::{App, Error, Operator};

/// The dead jobs, of one kind or of all, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(app: &App, _: &Operator, kind: Option<&str>, ask: &Ask) -> Result<Page<StoredJob>, Error> {
    let tx = app.read(System).await?;
    Ok(jobs::page_of_dead(&tx, kind, ask).await?)
}

/// One of them.
///
/// # Errors
/// [`Error::NotFound`] if it is none of them.
pub async fn get(app: &App, _: &Operator, id: JobId) -> Result<StoredJob, Error> {
    let tx = app.read(System).await?;
    jobs::dead_one(&tx, id).await?.ok_or(Error::NotFound("dead job"))
}

/// Tries a dead job again from the start, and notes who asked for it.
///
/// # Errors
/// [`Error::NotFound`] if it is none of them, or not any more.
pub async fn replay(app: &App, operator: &Operator, id: JobId) -> Result<(), Error> {
    let tx = app.write(System).await?;
    if !jobs::replay(&tx, id).await? {
        return Err(Error::NotFound("dead job"));
    }
    let entry = audit::Entry {
        person: operator.person(),
        verb: "replay_job",
        object_kind: "job",
        object: Some(id.0),
        ..audit::Entry::default()
    };
    audit::add(&tx, entry).await?;
    Ok(tx.commit().await?)
}
