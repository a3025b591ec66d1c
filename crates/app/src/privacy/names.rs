//! Who somebody was: colleagues of other offices and people who left have no name in an office's own
//! sight any more, and what they did keeps it.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Person, PersonId};
use storage::{people, scope::System};

use crate::{App, Error};

/// These people, whoever they are.
pub(super) async fn of(
    app: &App,
    ids: impl Iterator<Item = PersonId>,
) -> Result<BTreeMap<PersonId, Person>, Error> {
    let ids: Vec<PersonId> = ids.collect::<BTreeSet<_>>().into_iter().collect();
    let tx = app.read(System).await?;
    Ok(people::named(&tx, &ids).await?.into_iter().map(|person| (person.id, person)).collect())
}
