//! From an access token to who asks, and which hat they wear.

use chrono::{DateTime, Utc};
use domain::{Language, Organisation, OrganisationKind, Person, PersonId, PoolId, Role, SessionId};
use storage::{
    Tx,
    api_tokens::StoredToken,
    memberships, organisations, people, pools, roles,
    scope::{self, System},
    sessions,
};

use super::{
    caller::{Advisor, Anybody, Caller, Keeper, Manager, Operator, Planner},
    tokens,
};
use crate::{App, Error, topics};

/// A role somebody holds in an organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct Hat {
    /// The role.
    pub role: Role,
    /// Where.
    pub organisation: Organisation,
    /// The pools that organisation organises, or is a member of now.
    pub pools: Vec<PoolId>,
    /// When the role was given to them.
    pub since: DateTime<Utc>,
}

impl Hat {
    /// How the session keeps which hat is worn.
    fn word(&self) -> String {
        format!("{}/{}", self.role.word(), self.organisation.id)
    }
}

/// Somebody signed in, in one browser.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Who.
    pub person: Person,
    /// The address codes go to.
    pub email: String,
    /// The language they chose, if they did.
    pub language: Option<Language>,
    /// The light they chose, if they did.
    pub theme: Option<String>,
    /// Whether they run the service.
    pub operator: bool,
    /// Every role they hold; none only where they run the service.
    pub hats: Vec<Hat>,
    /// Which of them they wear.
    worn: usize,
}

/// What makes `Caller<R>` out of a session: the roles, and anybody.
pub trait Worn: Sized {
    /// The roles that will do, in words.
    const WORDS: &'static str;

    /// Whether `role` will do.
    fn takes(role: Role) -> bool;
}

impl Worn for Planner {
    const WORDS: &'static str = "planner";

    fn takes(role: Role) -> bool {
        role == Role::Planner
    }
}
impl Worn for Advisor {
    const WORDS: &'static str = "advisor";

    fn takes(role: Role) -> bool {
        role == Role::Advisor
    }
}
impl Worn for Manager {
    const WORDS: &'static str = "manager";

    fn takes(role: Role) -> bool {
        role == Role::Manager
    }
}
impl Worn for Keeper {
    const WORDS: &'static str = "manager or planner";

    fn takes(role: Role) -> bool {
        matches!(role, Role::Manager | Role::Planner)
    }
}
impl Worn for Anybody {
    const WORDS: &'static str = "advisor, manager or planner";

    fn takes(_: Role) -> bool {
        true
    }
}

impl Session {
    /// The hat they wear; none where they run the service and hold no role.
    pub fn hat(&self) -> Option<&Hat> {
        self.hats.get(self.worn)
    }

    /// Proof that they run the service.
    ///
    /// # Errors
    /// [`Error::RoleMissing`] if they do not.
    pub fn as_operator(&self) -> Result<Operator, Error> {
        if self.operator { Ok(Operator::proven(self.person.id)) } else { Err(Error::RoleMissing("operator")) }
    }

    /// Each role they hold, once, in the order a page lists them.
    pub fn roles(&self) -> Vec<Role> {
        Role::ALL.into_iter().filter(|role| self.hats.iter().any(|hat| hat.role == *role)).collect()
    }

    /// Proof that they hold role `R`: under the hat they wear, else under the first that fits.
    ///
    /// # Errors
    /// [`Error::RoleMissing`] if they hold no such role.
    pub fn caller<R: Worn>(&self) -> Result<Caller<R>, Error> {
        let fits = |hat: &&Hat| R::takes(hat.role);
        let hat = self
            .hat()
            .filter(fits)
            .or_else(|| self.hats.iter().find(fits))
            .ok_or(Error::RoleMissing(R::WORDS))?;
        Ok(Caller::proven(self.person.id, hat.organisation.id, hat.pools.clone()))
    }
}

/// Who asks with this access token.
///
/// The session is looked up each time: one that ended is gone at once, everywhere. The account and the
/// roles may be remembered as long as nothing changed ([`storage::Memory`]): what is taken away is gone at
/// once on the node that did it, and on another as soon as it hears of it, in five seconds at most.
///
/// # Errors
/// [`Error::SignedOut`] if the token is not ours or has run out, or the session has ended.
pub async fn of(app: &App, access: &str) -> Result<Session, Error> {
    let (session, person) = tokens::read_access(&app.secrets, access, app.clock.now())?;
    let tx = app.read(System).await?;
    let stored = sessions::get(&tx, session).await?.ok_or(Error::SignedOut)?;
    if !stored.lives_at(tx.now()) || stored.person != person {
        return Err(Error::SignedOut);
    }
    let Known { account, hats } = known(app, &tx, person).await?;
    if hats.is_empty() && !account.operator {
        return Err(Error::SignedOut);
    }
    let worn = stored.hat.and_then(|word| hats.iter().position(|hat| hat.word() == word)).unwrap_or(0);
    Ok(Session {
        id: session,
        person: account.person,
        email: account.email,
        language: account.language,
        theme: account.theme,
        operator: account.operator,
        hats,
        worn,
    })
}

/// Somebody for whom a program acts with `token`, in its one role, as long as they hold it. A role that was
/// taken and given again brings no older token back.
///
/// # Errors
/// [`Error::SignedOut`] if they do not.
pub(super) fn wearing(token: &StoredToken, known: Known) -> Result<Session, Error> {
    let Known { account, mut hats } = known;
    let its = |hat: &Hat| {
        (hat.role, hat.organisation.id) == (token.role, token.organisation) && hat.since <= token.created_at
    };
    hats.retain(its);
    if hats.is_empty() {
        return Err(Error::SignedOut);
    }
    let people::Account { person, email, language, theme, operator } = account;
    let id = token.id.0.into();
    // What an operator's token reaches of the service itself, its scopes say.
    Ok(Session { id, person, email, language, theme, operator, hats, worn: 0 })
}

/// An account, and the roles of whoever has it.
#[derive(Debug, Clone)]
pub struct Known {
    account: people::Account,
    hats: Vec<Hat>,
}

/// What is remembered of `person`, or else read and remembered.
///
/// # Errors
/// [`Error::SignedOut`] if there is no such person.
pub(super) async fn known(app: &App, tx: &Tx<System>, person: PersonId) -> Result<Known, Error> {
    if let Some(known) = recalled(app, person) {
        return Ok(known);
    }
    let account = people::account(tx, person).await?.ok_or(Error::SignedOut)?;
    let known = Known { account, hats: hats(tx, person).await? };
    app.memory.people.keep(person, known.clone(), tx.age(), tx.now(), None);
    Ok(known)
}

/// What is remembered of `person`.
pub(super) fn recalled(app: &App, person: PersonId) -> Option<Known> {
    app.memory.people.recall(&person, app.store.age(), app.clock.now())
}

/// The roles of `person` now, for streams that outlive their request; none where there is no such person.
///
/// # Errors
/// If the database cannot be read.
pub(crate) async fn hats_of(app: &App, person: PersonId) -> Result<Vec<Hat>, Error> {
    let tx = app.read(System).await?;
    match known(app, &tx, person).await {
        Ok(known) => Ok(known.hats),
        Err(Error::SignedOut) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Whether a session is still good, for streams that outlive their request.
///
/// # Errors
/// If the database cannot be read.
pub async fn lives(app: &App, session: SessionId) -> Result<bool, Error> {
    let tx = app.read(System).await?;
    let stored = sessions::get(&tx, session).await?;
    Ok(stored.is_some_and(|stored| stored.lives_at(tx.now())))
}

/// Puts on the hat with `role`: the next one, if they hold it in several organisations.
///
/// # Errors
/// If they hold no such role, or the database refuses.
pub async fn wear(app: &App, session: &Session, role: Role) -> Result<(), Error> {
    let count = session.hats.len();
    // After the worn hat first, so that pressing again walks through the organisations.
    let next = (1..=count)
        .map(|step| &session.hats[(session.worn + step) % count])
        .find(|hat| hat.role == role)
        .ok_or(Error::RoleMissing(role.word()))?;
    let tx = app.write(scope::Person(session.person.id)).await?;
    sessions::wear(&tx, session.id, &next.word()).await?;
    tx.signal(topics::session(session.id));
    Ok(tx.commit().await?)
}

async fn hats(tx: &Tx<System>, person: PersonId) -> Result<Vec<Hat>, Error> {
    let mut hats = Vec::new();
    for (held, since) in roles::granted_to(tx, person).await? {
        let Some(organisation) = organisations::get(tx, held.organisation).await? else { continue };
        // Only boards plan: a planner's role at an office is none, however it came about.
        if held.role == Role::Planner && organisation.kind != OrganisationKind::Board {
            continue;
        }
        let pools = pools_of(tx, &organisation).await?;
        hats.push(Hat { role: held.role, organisation, pools, since });
    }
    hats.sort_by_key(|hat| hat.role);
    Ok(hats)
}

/// The pools an organisation organises, then those it is a member of today.
async fn pools_of(tx: &Tx<System>, organisation: &Organisation) -> Result<Vec<PoolId>, Error> {
    let mut ids: Vec<PoolId> =
        pools::organised_by(tx, organisation.id).await?.into_iter().map(|pool| pool.id).collect();
    let today = domain::time::day(tx.now(), organisation.zone);
    for membership in memberships::of_organisation(tx, organisation.id).await? {
        let runs = membership.from <= today && membership.until.is_none_or(|last| today <= last);
        if runs && !ids.contains(&membership.pool) {
            ids.push(membership.pool);
        }
    }
    Ok(ids)
}

/// Proof for somebody who holds role `R`, without a session: for the demo's own hands.
///
/// # Errors
/// [`Error::RoleMissing`] if they hold no such role.
pub(crate) async fn caller_of<R: Worn>(app: &App, person: PersonId) -> Result<Caller<R>, Error> {
    let tx = app.read(System).await?;
    let hats = hats(&tx, person).await?;
    let fits = |hat: &&Hat| R::takes(hat.role);
    let hat = hats.iter().find(fits).ok_or(Error::RoleMissing(R::WORDS))?;
    Ok(Caller::proven(person, hat.organisation.id, hat.pools.clone()))
}
