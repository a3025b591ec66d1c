//! Organisations: what its neighbours may know of one, and what its keepers change.

use domain::{Calendar, Language, Minutes, Organisation, OrganisationId, OrganisationKind, Tz};
use serde::Serialize;
use storage::{
    audit, organisations,
    page::{Ask, Page},
    scope,
};

use super::founding::{COLOURS, LONGEST_EMERGENCY, LONGEST_PROMISE};
use crate::{
    Anybody, App, Caller, Error, Keeper,
    checks::{Checks, LONGEST_NAME},
    kept::{Kept, Seen},
    topics,
};

/// An organisation, with what its page says to people in danger.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Whole {
    /// The organisation.
    pub organisation: Organisation,
    /// Such as "112".
    pub emergency: String,
}

/// What can be said of an organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Its name.
    pub name: String,
    /// Where its wall clocks hang.
    pub zone: Tz,
    /// Which public holidays it keeps.
    pub calendar: Calendar,
    /// The language it writes in.
    pub language: Language,
    /// Which of the office colours it wears.
    pub colour: u8,
    /// Within how many minutes it promises a first answer.
    pub promise: Minutes,
    /// What its page says to people in danger.
    pub emergency: String,
}

impl Said {
    fn checked(self, checks: &mut Checks, of: (OrganisationId, OrganisationKind, String)) -> Whole {
        let name = checks.name("name", &self.name, LONGEST_NAME);
        let emergency = checks.name("emergency", &self.emergency, LONGEST_EMERGENCY);
        checks.within("colour", self.colour, 0, i64::from(COLOURS) - 1);
        checks.within("promise_minutes", self.promise.0, 1, LONGEST_PROMISE);
        let (id, kind, slug) = of;
        let Self { zone, calendar, language, colour, promise, .. } = self;
        let organisation = Organisation { id, kind, name, slug, zone, calendar, language, colour, promise };
        Whole { organisation, emergency }
    }
}

/// Organisations in sight: one's own, boards, and members of pools one organises.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(app: &App, anybody: &Caller<Anybody>, ask: &Ask) -> Result<Page<Whole>, Error> {
    let tx = app.read(scope::Home(anybody.organisation())).await?;
    Ok(organisations::list(&tx, ask)
        .await?
        .map(|(organisation, emergency)| Whole { organisation, emergency }))
}

/// One of them.
///
/// # Errors
/// If there is none of that id in sight.
pub async fn get(app: &App, anybody: &Caller<Anybody>, id: OrganisationId) -> Result<Kept<Whole>, Error> {
    let tx = app.read(scope::Home(anybody.organisation())).await?;
    Ok(kept(organisations::whole(&tx, id).await?.ok_or(Error::NotFound("organisation"))?))
}

/// Changes what is said of one's own organisation. Others in sight are not one's own to change.
///
/// # Errors
/// If it is not theirs, a field is wrong, or somebody else changed it.
pub async fn change(
    app: &App,
    keeper: &Caller<Keeper>,
    id: OrganisationId,
    seen: &Seen,
    said: Said,
) -> Result<Kept<Whole>, Error> {
    if id != keeper.organisation() {
        return Err(Error::NotFound("organisation of yours"));
    }
    let tx = app.write(scope::Home(id)).await?;
    let (before, emergency) = organisations::held(&tx, id).await?;
    let before = seen.check(Whole { organisation: before, emergency })?.organisation;
    let mut checks = Checks::default();
    let whole = said.checked(&mut checks, (id, before.kind, before.slug));
    checks.done()?;
    organisations::change(&tx, &whole.organisation, &whole.emergency).await?;
    audit::add(&tx, entry(keeper, "change_organisation", id)).await?;
    tx.signal(topics::inbox(id));
    tx.commit().await?;
    Ok(Kept::of(whole))
}

pub(crate) fn kept((organisation, emergency): (Organisation, String)) -> Kept<Whole> {
    Kept::of(Whole { organisation, emergency })
}

fn entry<R>(caller: &Caller<R>, verb: &'static str, organisation: OrganisationId) -> audit::Entry {
    audit::Entry {
        organisation: Some(caller.organisation()),
        person: Some(caller.person()),
        verb,
        object_kind: "organisation",
        object: Some(organisation.0),
        detail: None,
    }
}
