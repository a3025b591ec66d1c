//! API tokens: a person lets a program act for them, in one of their roles and within some scopes.
//!
//! The secret is shown once. A token can never do more than its owner: roles are those of now, and one
//! that was taken and given again brings no older token back. A token makes none that reaches further or
//! lasts longer than itself, and takes along what it made when it is revoked. A token that was read may be
//! remembered for a moment, as long as nothing changed ([`storage::Memory`]).

use chrono::{DateTime, Duration, DurationRound, Utc};
use domain::{ApiTokenId, OrganisationId, Role};
use storage::{
    StoreError, api_tokens, audit,
    page::{Ask, Page},
    scope::{self, System},
};

pub use storage::api_tokens::StoredToken;

use super::{Hat, Session, callers};
use crate::{
    App, Error,
    checks::{Checks, LONGEST_NAME, Wrong},
    secrets::Purpose,
};

/// What every secret of ours begins with, so that whoever finds one knows what it is.
const MARK: &str = "veilleuse_";
/// How long a token may last at most.
const LONGEST_LIFE: Duration = Duration::days(3 * 366);

/// Every scope there is, in the order a page lists them.
pub const SCOPES: &[&str] = &[
    "me:read",
    "tokens:read",
    "tokens:write",
    "organisations:read",
    "organisations:write",
    "agreements:read",
    "agreements:write",
    "people:read",
    "people:write",
    "pools:read",
    "pools:write",
    "needs:read",
    "needs:write",
    "rotas:read",
    "rotas:write",
    "shifts:read",
    "notices:read",
    "notices:write",
    "handovers:read",
    "handovers:write",
    "offers:read",
    "offers:write",
    "coverage:read",
    "coverage:write",
    "ledger:read",
    "ledger:write",
    "statements:read",
    "statements:write",
    "absences:read",
    "absences:write",
    "wishes:read",
    "wishes:write",
    "hours:read",
    "hours:write",
    "channels:read",
    "channels:write",
    "conversations:read",
    "conversations:write",
    "notes:read",
    "notes:write",
    "files:read",
    "files:write",
    "jobs:read",
    "jobs:write",
];

/// Who asks through the API, and what they may ask for.
#[derive(Debug, Clone, PartialEq)]
pub struct Access {
    /// Who, with the roles they may use.
    pub session: Session,
    /// What is counted and what keys are kept by: the token, or the session.
    pub credential: String,
    /// The token; nothing where the person asks themselves, who may do all they may do.
    token: Option<StoredToken>,
}

impl Access {
    /// That of somebody who asks themselves.
    pub fn of_session(session: Session) -> Self {
        Self { credential: format!("session/{}", session.id), session, token: None }
    }

    /// Whether it reaches `scope`.
    pub fn reaches(&self, scope: &str) -> bool {
        self.token.as_ref().is_none_or(|token| token.scopes.iter().any(|one| one == scope))
    }

    /// Every scope it reaches.
    pub fn scopes(&self) -> Vec<String> {
        SCOPES.iter().filter(|scope| self.reaches(scope)).map(ToString::to_string).collect()
    }
}

/// Who bears `bearer`: the secret of an API token, or an access token of a session.
///
/// # Errors
/// [`Error::SignedOut`] if it is neither, or has run out.
pub async fn of(app: &App, bearer: &str) -> Result<Access, Error> {
    if !bearer.starts_with(MARK) {
        return Ok(Access::of_session(callers::of(app, bearer).await?));
    }
    let hash = app.secrets.hash(Purpose::ApiToken, bearer);
    let recalled = app.memory.tokens.recall(&hash, app.store.age(), app.clock.now());
    if let Some(token) = recalled
        && let Some(known) = callers::recalled(app, token.person)
    {
        return access(token, known);
    }
    let tx = app.read(System).await?;
    let age = tx.age();
    let token = api_tokens::by_hash(&tx, &hash).await?.ok_or(Error::SignedOut)?;
    let now = tx.now();
    if !token.lives_at(now) {
        return Err(Error::SignedOut);
    }
    let known = callers::known(app, &tx, token.person).await?;
    drop(tx);
    let access = access(token.clone(), known)?;
    if token.used_at == Some(hour_of(now)) {
        let next = hour_of(now) + Duration::hours(1);
        let until = token.expires_at.map_or(next, |end| end.min(next));
        app.memory.tokens.keep(hash, token, age, now, Some(until));
    } else {
        note_use(app, &token, now).await?;
    }
    Ok(access)
}

fn access(token: StoredToken, known: callers::Known) -> Result<Access, Error> {
    let session = callers::wearing(&token, known)?;
    Ok(Access { session, credential: format!("token/{}", token.id), token: Some(token) })
}

fn hour_of(now: DateTime<Utc>) -> DateTime<Utc> {
    now.duration_trunc(Duration::hours(1)).expect("an hour divides any day we live in")
}

/// Once an hour at most: reading stays reading.
async fn note_use(app: &App, token: &StoredToken, now: DateTime<Utc>) -> Result<(), Error> {
    let tx = app.write(System).await?;
    api_tokens::note_use(&tx, token.id, hour_of(now)).await?;
    Ok(tx.commit().await?)
}

/// A token to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// What its owner calls it.
    pub name: String,
    /// In which of their roles it acts; in the one they wear if nothing is said.
    pub hat: Option<(Role, OrganisationId)>,
    /// What it may do.
    pub scopes: Vec<String>,
    /// Until when; without end if nothing is said.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A token just made, with the secret that is shown now and never again.
#[derive(Clone)]
pub struct Made {
    /// The token.
    pub token: StoredToken,
    /// What the program says to be let in.
    pub secret: String,
}

impl std::fmt::Debug for Made {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Made").field("token", &self.token).finish_non_exhaustive()
    }
}

/// Makes a token that may do no more than whoever asks for it, and lasts no longer.
///
/// # Errors
/// If a field is wrong, or they hold no such role.
pub async fn make(app: &App, access: &Access, new: NewToken) -> Result<Made, Error> {
    let tx = app.write(scope::Person(access.session.person.id)).await?;
    let now = tx.now();
    let token = checked(app, access, new, now)?;
    if let Some(parent) = token.parent {
        // It may have been revoked since it was read, and whoever revokes it takes what it made along.
        match api_tokens::hold(&tx, parent).await {
            Err(StoreError::OutOfSight(_)) => return Err(Error::SignedOut),
            held => held?,
        };
    }
    let secret = format!("{MARK}{}", app.secrets.random_token());
    api_tokens::add(&tx, &token, &app.secrets.hash(Purpose::ApiToken, &secret)).await?;
    audit::add(&tx, entry(&token, "make_api_token")).await?;
    tx.commit().await?;
    Ok(Made { token, secret })
}

fn checked(app: &App, access: &Access, new: NewToken, now: DateTime<Utc>) -> Result<StoredToken, Error> {
    let session = &access.session;
    let worn = session.hat().map(|hat| (hat.role, hat.organisation.id));
    let (role, organisation) = new.hat.or(worn).ok_or(Error::NotFound("role of yours"))?;
    let its = |hat: &&Hat| (hat.role, hat.organisation.id) == (role, organisation);
    let hat = session.hats.iter().find(its).ok_or(Error::NotFound("role of yours"))?;
    let mut checks = Checks::default();
    let name = checks.name("name", &new.name, LONGEST_NAME);
    let mut scopes = new.scopes;
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.is_empty() {
        checks.refuse("scopes", Wrong::Empty);
    }
    if !scopes.iter().all(|scope| SCOPES.contains(&scope.as_str()) && access.reaches(scope)) {
        checks.refuse("scopes", Wrong::Unknown);
    }
    let expires_at = new.expires_at.map(domain::time::to_micros);
    if let Some(end) = expires_at {
        if end <= now {
            checks.refuse("expires_at", Wrong::InThePast);
        } else if now + LONGEST_LIFE < end {
            checks.refuse("expires_at", Wrong::NotA("an end within three years"));
        }
    }
    let parent = access.token.as_ref();
    let longest = parent.and_then(|parent| parent.expires_at);
    if longest.is_some_and(|longest| expires_at.is_none_or(|end| longest < end)) {
        checks.refuse("expires_at", Wrong::NotA("within the life of the token it is made with"));
    }
    checks.done()?;
    let (id, person, parent) = (app.mint(), session.person.id, parent.map(|parent| parent.id));
    // The clock of another node may have been ahead when the role was given.
    let (created_at, used_at, ended_at) = (now.max(hat.since), None, None);
    Ok(StoredToken {
        id,
        person,
        organisation,
        role,
        name,
        scopes,
        created_at,
        expires_at,
        used_at,
        ended_at,
        parent,
    })
}

/// One's own tokens, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(app: &App, session: &Session, ask: &Ask) -> Result<Page<StoredToken>, Error> {
    let tx = app.read(scope::Person(session.person.id)).await?;
    Ok(api_tokens::list(&tx, ask).await?)
}

/// One of one's own tokens.
///
/// # Errors
/// If there is none of that id.
pub async fn get(app: &App, session: &Session, id: ApiTokenId) -> Result<StoredToken, Error> {
    let tx = app.read(scope::Person(session.person.id)).await?;
    api_tokens::get(&tx, id).await?.ok_or(Error::NotFound("token"))
}

/// Revokes one of one's own tokens, and what was made with it: whoever bears them is let in no more.
///
/// # Errors
/// If there is none of that id.
pub async fn revoke(app: &App, session: &Session, id: ApiTokenId) -> Result<(), Error> {
    let tx = app.write(scope::Person(session.person.id)).await?;
    let token = api_tokens::get(&tx, id).await?.ok_or(Error::NotFound("token"))?;
    if !api_tokens::end(&tx, id).await? {
        return Err(Error::NotFound("token"));
    }
    audit::add(&tx, entry(&token, "revoke_api_token")).await?;
    Ok(tx.commit().await?)
}

fn entry(token: &StoredToken, verb: &'static str) -> audit::Entry {
    audit::Entry {
        organisation: Some(token.organisation),
        person: Some(token.person),
        verb,
        object_kind: "api_token",
        object: Some(token.id.0),
        detail: Some(serde_json::json!({ "scopes": token.scopes })),
    }
}
