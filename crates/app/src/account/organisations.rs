//! Organisations: what its neighbours may know of one, what its keepers change, and offices that a board
//! adds to its pool, with their web chat and the invitation of their first manager.

use chrono::NaiveDate;
use domain::{
    Calendar, Language, Membership, Minutes, Organisation, OrganisationId, OrganisationKind, PoolId, Role,
    Tz, time,
};
use serde::Serialize;
use storage::{
    Tx, audit, memberships, organisations,
    page::{Ask, Page},
    pools, scope,
};

use super::{
    house::{First, usual_law},
    invite::{self, Newcomer},
    sign_in::looks_like_an_address,
};
use crate::{
    Anybody, App, Caller, Error, Keeper, Planner,
    checks::{Checks, Wrong},
    desk::accounts,
    kept::{Kept, Seen},
    topics,
};

/// The longest name, in characters.
const LONGEST_NAME: usize = 80;
/// The longest short name.
const LONGEST_SLUG: usize = 60;
/// The longest emergency number.
const LONGEST_EMERGENCY: usize = 40;
/// The longest promise: a day.
const LONGEST_PROMISE: i64 = 24 * 60;
/// How many office colours there are.
const COLOURS: i64 = 8;

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
        checks.within("colour", self.colour, 0, COLOURS - 1);
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

/// Adds an office as a member of a pool that the board organises. Its web chat is open, and its first
/// manager is invited, if one is named.
///
/// # Errors
/// If the pool is not theirs, a field is wrong, or the short name is taken.
pub async fn add_office(
    app: &App,
    planner: &Caller<Planner>,
    (pool, from): (PoolId, NaiveDate),
    slug: &str,
    said: Said,
    manager: Option<First>,
) -> Result<Kept<Whole>, Error> {
    let tx = app.write(scope::System).await?;
    let known = pools::by_id(&tx, pool).await?.filter(|pool| pool.board == planner.organisation());
    known.ok_or(Error::NotFound("pool"))?;
    let mut checks = Checks::default();
    checks.days(from, None);
    if !is_slug(slug) {
        checks.refuse("slug", Wrong::NotA("small letters, digits and single hyphens, at most 60"));
    } else if organisations::by_slug(&tx, slug).await?.is_some() {
        checks.refuse("slug", Wrong::Taken);
    }
    let of = (app.mint(), OrganisationKind::Office, slug.to_owned());
    let whole = said.checked(&mut checks, of);
    let manager = manager.map(|manager| checked_first(manager, &mut checks));
    checks.done()?;
    let office = whole.organisation.id;
    organisations::add(&tx, &whole.organisation, &whole.emergency).await?;
    let member = Membership { id: app.mint(), pool, organisation: office, from, until: None };
    memberships::add(&tx, &member).await?;
    audit::add(&tx, entry(planner, "add_office", office)).await?;
    accounts::open_web_chat_in(app, &tx, office, slug).await?;
    if let Some(manager) = manager {
        invite_manager(app, &tx, planner, &whole.organisation, manager).await?;
    }
    tx.signal(topics::coverage(pool));
    tx.commit().await?;
    Ok(Kept::of(whole))
}

fn checked_first(first: First, checks: &mut Checks) -> First {
    let given_name = checks.name("manager/given_name", &first.given_name, LONGEST_NAME);
    let family_name = checks.name("manager/family_name", &first.family_name, LONGEST_NAME);
    let email = first.email.trim().to_lowercase();
    if !looks_like_an_address(&email) {
        checks.refuse("manager/email", Wrong::NotA("a mail address"));
    }
    First { given_name, family_name, email }
}

async fn invite_manager(
    app: &App,
    tx: &Tx<scope::System>,
    planner: &Caller<Planner>,
    office: &Organisation,
    manager: First,
) -> Result<(), Error> {
    let newcomer = Newcomer {
        email: manager.email,
        given_name: manager.given_name,
        family_name: manager.family_name,
        language: office.language,
        roles: vec![Role::Manager],
        law: usual_law(office.calendar),
        weekly: Minutes::hours(35),
        from: time::day(tx.now(), office.zone),
    };
    invite::invite_first(app, tx, office, Some(planner.person()), newcomer).await?;
    Ok(())
}

fn is_slug(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.len() <= LONGEST_SLUG && text.split('-').all(plain)
}

fn kept((organisation, emergency): (Organisation, String)) -> Kept<Whole> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_fits_into_a_link() {
        for right in ["riquewihr", "vieux-port", "a1-2"] {
            assert!(is_slug(right), "{right}");
        }
        for wrong in ["", "-a", "a-", "a--b", "Vieux", "é", "a b", "a/b"] {
            assert!(!is_slug(wrong), "{wrong}");
        }
    }
}
