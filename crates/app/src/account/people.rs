//! People: names and skills, as their colleagues know them. Whoever they are, or their employer's
//! keeper, changes them.

use std::collections::BTreeSet;

use domain::{ChannelKind, OrganisationId, Person, PersonId, Skills, Spoken};
use storage::{
    Tx, audit,
    page::{Ask, Page},
    people,
    scope::{self, Scope},
};

use super::{Session, skills};
use crate::{
    Anybody, App, Caller, Error, Keeper, Planner,
    checks::{Checks, LONGEST_NAME, Wrong},
    kept::{Kept, Seen},
    rota::planned,
};

/// The most languages somebody answers in.
const MOST_LANGUAGES: usize = 20;

/// What can be said of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The first name, which visitors may see.
    pub given_name: String,
    /// The family name, which visitors never see.
    pub family_name: String,
    /// The languages they answer in, best first.
    pub languages: Vec<Spoken>,
    /// Destinations they know besides those they work for; nothing leaves them as they are.
    pub destinations: Option<BTreeSet<OrganisationId>>,
    /// Channels they answer on, none of them meaning all; nothing leaves them as they are.
    pub channels: Option<BTreeSet<ChannelKind>>,
}

impl Said {
    /// The person as they are from now on. They may learn to know these offices, and keep knowing those they
    /// knew before, in whatever pool.
    fn checked(self, before: Person, offices: &BTreeSet<OrganisationId>) -> Result<Person, Error> {
        let mut checks = Checks::default();
        let given_name = checks.name("given_name", &self.given_name, LONGEST_NAME);
        let family_name = checks.name("family_name", &self.family_name, LONGEST_NAME);
        if self.languages.len() > MOST_LANGUAGES {
            checks.refuse("languages", Wrong::TooLong { most: MOST_LANGUAGES });
        }
        let known = before.skills.destinations;
        let mut destinations = self.destinations.unwrap_or_else(|| known.clone());
        if destinations.iter().any(|office| !known.contains(office) && !offices.contains(office)) {
            checks.refuse("destinations", Wrong::Unknown);
        }
        // Whoever says this does not see those of other pools, and takes none of them away.
        destinations.extend(known.difference(offices));
        checks.done()?;
        let channels = self.channels.unwrap_or(before.skills.channels);
        let (languages, Skills { levels, .. }) = Skills::of_spoken(self.languages);
        let skills = Skills { levels, destinations, channels };
        Ok(Person { id: before.id, given_name, family_name, languages, skills })
    }
}

/// Those who work for one's organisation, and colleagues of the watch.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(app: &App, anybody: &Caller<Anybody>, ask: &Ask) -> Result<Page<Person>, Error> {
    let tx = app.read(scope::Home(anybody.organisation())).await?;
    let mut page = people::list(&tx, ask).await?;
    drop(tx);
    show_what_is_in_sight(app, anybody, &mut page.items).await?;
    Ok(page)
}

/// Leaves out of others' skills the destinations of pools that are none of the reader's.
async fn show_what_is_in_sight<R>(app: &App, reader: &Caller<R>, people: &mut [Person]) -> Result<(), Error> {
    let mut others = people.iter_mut().filter(|one| one.id != reader.person()).peekable();
    if others.peek().is_none() {
        return Ok(());
    }
    let offices = skills::offices(app, reader.organisation(), reader.pools()).await?;
    for person in others {
        person.skills.destinations.retain(|known| offices.iter().any(|office| office.id == *known));
    }
    Ok(())
}

/// Those who may stand watch in a pool, for whoever plans it.
///
/// # Errors
/// If the pool is not theirs.
pub async fn list_pool(
    app: &App,
    planner: &Caller<Planner>,
    pool: domain::PoolId,
    ask: &Ask,
) -> Result<Page<Person>, Error> {
    let tx = app.read(planned(planner, pool)?).await?;
    let mut page = people::list(&tx, ask).await?;
    drop(tx);
    show_what_is_in_sight(app, planner, &mut page.items).await?;
    Ok(page)
}

/// One of them.
///
/// # Errors
/// If there is nobody of that id in sight.
pub async fn get(app: &App, session: &Session, id: PersonId) -> Result<Kept<Person>, Error> {
    let reader = session.caller::<Anybody>()?;
    let mut kept = Kept::of(found(app, session, id).await?);
    show_what_is_in_sight(app, &reader, std::slice::from_mut(&mut kept.is)).await?;
    Ok(kept)
}

async fn found(app: &App, session: &Session, id: PersonId) -> Result<Person, Error> {
    let viewer = session.caller::<Anybody>()?.organisation();
    let tx = app.read(scope::Home(viewer)).await?;
    if let Some(person) = people::get(&tx, id).await? {
        return Ok(person);
    }
    // Planners know the people of the pools they plan.
    for pool in session.caller::<Planner>().iter().flat_map(|planner| planner.pools().to_vec()) {
        let tx = app.read(scope::Pool { pool, viewer }).await?;
        if let Some(person) = people::get(&tx, id).await? {
            return Ok(person);
        }
    }
    Err(Error::NotFound("person"))
}

/// Changes somebody's names and skills: one's own, or those of one's staff.
///
/// # Errors
/// If they are not theirs to change, a field is wrong, or somebody else changed it.
pub async fn change(
    app: &App,
    session: &Session,
    id: PersonId,
    seen: &Seen,
    said: Said,
) -> Result<Kept<Person>, Error> {
    let anybody = session.caller::<Anybody>()?;
    if id == anybody.person() {
        let offices = known(app, &said, &anybody).await?;
        let tx = app.write(scope::Person(id)).await?;
        return change_in(tx, &anybody, id, seen, (said, &offices)).await;
    }
    let keeper = session.caller::<Keeper>().map_err(|_| Error::NotFound("person of yours"))?;
    let offices = known(app, &said, &keeper).await?;
    let tx = app.write(scope::Home(keeper.organisation())).await?;
    change_in(tx, &anybody, id, seen, (said, &offices)).await
}

/// The offices whose destinations can be said to be known, if any are.
async fn known<R>(app: &App, said: &Said, caller: &Caller<R>) -> Result<BTreeSet<OrganisationId>, Error> {
    if said.destinations.is_none() {
        return Ok(BTreeSet::new());
    }
    let offices = skills::offices(app, caller.organisation(), caller.pools()).await?;
    Ok(offices.into_iter().map(|office| office.id).collect())
}

async fn change_in<S: Scope>(
    tx: Tx<S>,
    caller: &Caller<Anybody>,
    id: PersonId,
    seen: &Seen,
    (said, offices): (Said, &BTreeSet<OrganisationId>),
) -> Result<Kept<Person>, Error> {
    let before = seen.check(people::held(&tx, id).await?)?;
    let person = said.checked(before, offices)?;
    people::rewrite(&tx, &person).await?;
    let entry = audit::Entry {
        organisation: Some(caller.organisation()),
        person: Some(caller.person()),
        verb: "change_person",
        object_kind: "person",
        object: Some(id.0),
        detail: None,
    };
    audit::add(&tx, entry).await?;
    tx.commit().await?;
    Ok(Kept::of(person))
}
