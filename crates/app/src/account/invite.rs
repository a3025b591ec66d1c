//! Inviting somebody by letter: once, again, and taking it back. Who accepts is another file's story.

use chrono::{Duration, NaiveDate};
use domain::{InvitationId, Language, Law, Minutes, Organisation, OrganisationId, PersonId, Role};
use serde_json::json;
use storage::{
    Tx, audit,
    invitations::{self, Invitation},
    organisations, people,
    scope::{Home, Scope},
};
use uuid::Uuid;

use super::sign_in::looks_like_an_address;
use crate::{
    App, Caller, Error, Manager, Planner,
    checks::{Checks, LONGEST_NAME, Wrong},
    letters,
    limits::HOUR,
    secrets::Purpose,
};

/// How many letters of invitation one person sends within an hour.
const MOST_BY_ONE: u32 = 60;
/// How many files one person brings in within an hour that invite somebody.
const MOST_FILES_BY_ONE: u32 = 10;
/// How many people one file invites at most.
pub(crate) const MOST_BY_FILE: u32 = 200;
/// How many letters of invitation one organisation sends to one address within an hour.
const MOST_TO_ONE: u32 = 5;
/// How many of them go to one address from all organisations: enough that no few of them keep others out.
const MOST_TO_ONE_IN_ALL: u32 = 50;
/// For how many days the link in a letter is good.
pub const GOOD_FOR_DAYS: u32 = 7;
/// The longest ordinary week anybody may have.
const LONGEST_WEEK: Minutes = Minutes(60 * 60);

/// Whoever decides on the people of an organisation: its planner, or its manager.
#[derive(Debug, Clone, Copy)]
pub struct Head {
    pub(super) person: PersonId,
    pub(super) organisation: OrganisationId,
    /// The role that is never left empty.
    pub(super) role: Role,
    /// What they may give.
    pub(super) gives: &'static [Role],
}

impl From<&Caller<Planner>> for Head {
    fn from(caller: &Caller<Planner>) -> Self {
        let (person, organisation) = (caller.person(), caller.organisation());
        Self { person, organisation, role: Role::Planner, gives: &[Role::Planner] }
    }
}

impl From<&Caller<Manager>> for Head {
    fn from(caller: &Caller<Manager>) -> Self {
        let (person, organisation) = (caller.person(), caller.organisation());
        Self { person, organisation, role: Role::Manager, gives: &[Role::Advisor, Role::Manager] }
    }
}

impl Head {
    /// What they may give to others.
    pub fn gives(&self) -> &'static [Role] {
        self.gives
    }
}

/// Somebody to be invited.
#[derive(Debug, Clone, PartialEq)]
pub struct Newcomer {
    /// Their address.
    pub email: String,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// The language they are written to in.
    pub language: Language,
    /// As what.
    pub roles: Vec<Role>,
    /// Under which law they will work.
    pub law: Law,
    /// How long in an ordinary week.
    pub weekly: Minutes,
    /// From which day on.
    pub from: NaiveDate,
}

impl Newcomer {
    /// The same without what stands around it, if everything in it can be.
    fn checked(self, gives: &[Role]) -> Result<Self, Error> {
        let mut checks = Checks::default();
        let (email, given_name, family_name) =
            check_who(&mut checks, &self.email, &self.given_name, &self.family_name);
        let roles: Vec<Role> = Role::ALL.into_iter().filter(|role| self.roles.contains(role)).collect();
        if roles.is_empty() {
            checks.refuse("roles", Wrong::Empty);
        } else if !roles.iter().all(|role| gives.contains(role)) {
            checks.refuse("roles", Wrong::Unknown);
        }
        if !(Minutes(0) < self.weekly && self.weekly <= LONGEST_WEEK) {
            checks
                .refuse("weekly_hours", Wrong::OutOfRange { least: 1, most: i64::from(LONGEST_WEEK.0 / 60) });
        }
        checks.days(self.from, None);
        checks.done()?;
        Ok(Self { email, given_name, family_name, roles, ..self })
    }
}

/// Address and names as they are kept; what is wrong goes into `checks`.
pub(super) fn check_who(
    checks: &mut Checks,
    email: &str,
    given_name: &str,
    family_name: &str,
) -> (String, String, String) {
    let email = people::small(email);
    if email.is_empty() {
        checks.refuse("email", Wrong::Empty);
    } else if !looks_like_an_address(&email) {
        checks.refuse("email", Wrong::NotA("an e-mail address, such as ana@office.example"));
    }
    let given_name = checks.name("given_name", given_name, LONGEST_NAME);
    let family_name = checks.name("family_name", family_name, LONGEST_NAME);
    (email, given_name, family_name)
}

/// Invites somebody; an open invitation to the same address is taken back.
///
/// # Errors
/// [`Error::Invalid`] with every field that is wrong; [`Error::TooMany`] where many letters went lately.
pub async fn invite(app: &App, head: &Head, new: Newcomer) -> Result<InvitationId, Error> {
    let new = new.checked(head.gives)?;
    let tx = app.write(Home(head.organisation)).await?;
    let organisation = organisations::get(&tx, head.organisation).await?;
    let organisation = organisation.ok_or(Error::NotFound("organisation"))?;
    let id = invite_one(app, &tx, &organisation, Some(head.person), new).await?;
    tx.commit().await?;
    Ok(id)
}

/// The same for the first of an organisation, whom its founder invites.
pub(crate) async fn invite_first<S: Scope>(
    app: &App,
    tx: &Tx<S>,
    organisation: &Organisation,
    by: Option<PersonId>,
    new: Newcomer,
) -> Result<InvitationId, Error> {
    let new = new.checked(&Role::ALL)?;
    invite_one(app, tx, organisation, by, new).await
}

/// The same for all whom a file names, whose every field was looked at: at most [`MOST_BY_FILE`].
///
/// # Errors
/// [`Error::TooMany`] where many files, or letters to one of the addresses, went lately.
pub(crate) async fn invite_all<S: Scope>(
    app: &App,
    tx: &Tx<S>,
    organisation: &Organisation,
    by: PersonId,
    all: Vec<Newcomer>,
) -> Result<(), Error> {
    if !all.is_empty() {
        app.counts.count(format!("invites by file {by}"), MOST_FILES_BY_ONE, HOUR).or_wait()?;
    }
    for new in all {
        invite_in(app, tx, organisation, Some(by), new).await?;
    }
    Ok(())
}

async fn invite_one<S: Scope>(
    app: &App,
    tx: &Tx<S>,
    organisation: &Organisation,
    by: Option<PersonId>,
    new: Newcomer,
) -> Result<InvitationId, Error> {
    not_too_many_by(app, by)?;
    invite_in(app, tx, organisation, by, new).await
}

async fn invite_in<S: Scope>(
    app: &App,
    tx: &Tx<S>,
    organisation: &Organisation,
    by: Option<PersonId>,
    new: Newcomer,
) -> Result<InvitationId, Error> {
    for old in invitations::open_of(tx, organisation.id).await? {
        if old.email == new.email {
            invitations::withdraw(tx, old.id).await?;
        }
    }
    let now = tx.now();
    let invitation = Invitation {
        id: app.mint(),
        organisation: organisation.id,
        ticket: Uuid::new_v4(),
        email: new.email,
        given_name: new.given_name,
        family_name: new.family_name,
        language: new.language,
        roles: new.roles,
        law: new.law,
        weekly: new.weekly,
        from: new.from,
        created_by: by,
        created_at: now,
        expires_at: now + Duration::days(i64::from(GOOD_FOR_DAYS)),
        accepted_at: None,
        withdrawn_at: None,
    };
    invitations::add(tx, &invitation).await?;
    write(app, tx, organisation, &invitation).await?;
    audit::add(tx, entry(&invitation, by, "invite")).await?;
    Ok(invitation.id)
}

/// Sends an open invitation again, with another link that is good from now on: the old one leads nowhere.
///
/// # Errors
/// [`Error::NotFound`] if there is no open invitation of that id in the organisation.
pub async fn send_again(app: &App, head: &Head, id: InvitationId) -> Result<(), Error> {
    let tx = app.write(Home(head.organisation)).await?;
    let invitation = invitations::get(&tx, id).await?.ok_or(Error::NotFound("invitation"))?;
    let organisation = organisations::get(&tx, invitation.organisation).await?;
    let organisation = organisation.ok_or(Error::NotFound("organisation"))?;
    let expires_at = tx.now() + Duration::days(i64::from(GOOD_FOR_DAYS));
    let renewed = Invitation { ticket: Uuid::new_v4(), expires_at, ..invitation };
    if !invitations::renew(&tx, id, renewed.ticket, renewed.expires_at).await? {
        return Err(Error::NotFound("invitation"));
    }
    not_too_many_by(app, Some(head.person))?;
    write(app, &tx, &organisation, &renewed).await?;
    audit::add(&tx, entry(&renewed, Some(head.person), "invite_again")).await?;
    Ok(tx.commit().await?)
}

/// Takes an open invitation back: its link leads nowhere.
///
/// # Errors
/// [`Error::NotFound`] if there is no open invitation of that id in the organisation.
pub async fn withdraw(app: &App, head: &Head, id: InvitationId) -> Result<(), Error> {
    let tx = app.write(Home(head.organisation)).await?;
    let invitation = invitations::get(&tx, id).await?.ok_or(Error::NotFound("invitation"))?;
    if !invitations::withdraw(&tx, id).await? {
        return Err(Error::NotFound("invitation"));
    }
    audit::add(&tx, entry(&invitation, Some(head.person), "withdraw_invitation")).await?;
    Ok(tx.commit().await?)
}

/// The letter, in the language of whoever is invited.
async fn write<S: Scope>(
    app: &App,
    tx: &Tx<S>,
    organisation: &Organisation,
    invitation: &Invitation,
) -> Result<(), Error> {
    not_too_many_to(app, organisation.id, &invitation.email)?;
    let by = match invitation.created_by {
        Some(person) => people::get(tx, person).await?.map(|person| person.full_name()),
        None => None,
    };
    let token = app.secrets.token_of(Purpose::Invitation, invitation.ticket);
    let address = format!("{}/invitation/{token}", app.settings.public_url);
    let said = views::mail::Invitation {
        organisation: &organisation.name,
        by: by.as_deref(),
        roles: &invitation.roles,
        address: &address,
        days: GOOD_FOR_DAYS,
    };
    letters::send(app, tx, &invitation.email, views::mail::invitation(invitation.language, said)).await
}

/// Nobody floods through us.
fn not_too_many_by(app: &App, sender: Option<PersonId>) -> Result<(), Error> {
    let Some(sender) = sender else { return Ok(()) };
    app.counts.count(format!("invites {sender}"), MOST_BY_ONE, HOUR).or_wait()
}

/// Nobody's mailbox is flooded with letters of ours; and one organisation's letters do not keep another
/// from writing.
fn not_too_many_to(app: &App, organisation: OrganisationId, email: &str) -> Result<(), Error> {
    let email = app.secrets.hash(Purpose::Invitation, email);
    app.counts.count(format!("invited {organisation} {email}"), MOST_TO_ONE, HOUR).or_wait()?;
    app.counts.count(format!("invited {email}"), MOST_TO_ONE_IN_ALL, HOUR).or_wait()
}

fn entry(invitation: &Invitation, by: Option<PersonId>, verb: &'static str) -> audit::Entry {
    let roles: Vec<&str> = invitation.roles.iter().map(|role| role.word()).collect();
    audit::Entry {
        organisation: Some(invitation.organisation),
        person: by,
        verb,
        object_kind: "invitation",
        object: Some(invitation.id.0),
        detail: Some(json!({ "roles": roles })),
    }
}
