//! Following an invitation: what it says, and accepting it. Accepting proves the address.

use domain::{Employment, Language, Organisation, Person, PersonId, Role, Skills, time};
use storage::{
    Tx, audit, employments,
    invitations::{self, Invitation},
    organisations, people,
    roles::{self, Held},
    scope::System,
    sessions,
};

use super::{
    sign_in,
    tokens::{Browser, Tokens},
};
use crate::{App, Error, Refusal, secrets::Purpose, topics};

/// What an invitation says to whoever follows its link.
#[derive(Debug, Clone, PartialEq)]
pub struct Invited {
    /// To which organisation.
    pub organisation: String,
    /// As what.
    pub roles: Vec<Role>,
    /// To which address it went.
    pub email: String,
    /// Their given name.
    pub given_name: String,
    /// The language they are written to in.
    pub language: Language,
    /// Whether it can still be accepted.
    pub good: bool,
}

/// What stands behind the link with `token`.
///
/// # Errors
/// [`Error::NotFound`] if the link is not one of ours, or was replaced by a newer one.
pub async fn look(app: &App, token: &str) -> Result<Invited, Error> {
    let tx = app.read(System).await?;
    let (invitation, organisation) = behind(app, &tx, token).await?;
    Ok(Invited {
        organisation: organisation.name,
        good: invitation.is_good_at(tx.now()),
        roles: invitation.roles,
        email: invitation.email,
        given_name: invitation.given_name,
        language: invitation.language,
    })
}

/// Accepts: whoever has the address gets the roles and the employment, and is signed in here.
///
/// # Errors
/// [`Refusal::InvitationIsSpent`] if it was accepted, taken back, or is too old.
pub async fn accept(app: &App, token: &str, browser: Browser<'_>) -> Result<Tokens, Error> {
    match accept_once(app, token, browser).await {
        // Somebody else brought the same address in a moment ago: now it is there.
        Err(Error::Store(error)) if error.is_conflict() => accept_once(app, token, browser).await,
        other => other,
    }
}

async fn accept_once(app: &App, token: &str, browser: Browser<'_>) -> Result<Tokens, Error> {
    let tx = app.write(System).await?;
    let (invitation, organisation) = behind(app, &tx, token).await?;
    if !invitation.is_good_at(tx.now()) || !invitations::accept(&tx, invitation.id).await? {
        return Err(Refusal::InvitationIsSpent.into());
    }
    let person = person_of(app, &tx, &invitation).await?;
    for role in &invitation.roles {
        roles::grant(&tx, Held { person, organisation: organisation.id, role: *role }).await?;
    }
    employ(app, &tx, &invitation, &organisation, person).await?;
    for session in sessions::of_person(&tx, person).await? {
        tx.signal(topics::session(session.id));
    }
    let entry = audit::Entry {
        organisation: Some(organisation.id),
        person: Some(person),
        verb: "accept_invitation",
        object_kind: "invitation",
        object: Some(invitation.id.0),
        ..audit::Entry::default()
    };
    audit::add(&tx, entry).await?;
    let account = people::account(&tx, person).await?.ok_or(Error::NotFound("person"))?;
    let tokens = sign_in::begin(app, &tx, &account, browser, "sign_in").await?;
    tx.commit().await?;
    Ok(tokens)
}

async fn behind(app: &App, tx: &Tx<System>, token: &str) -> Result<(Invitation, Organisation), Error> {
    let ticket = app.secrets.id_in(Purpose::Invitation, token).ok_or(Error::NotFound("invitation"))?;
    let invitation = invitations::by_ticket(tx, ticket).await?.ok_or(Error::NotFound("invitation"))?;
    let organisation = organisations::get(tx, invitation.organisation).await?;
    Ok((invitation, organisation.ok_or(Error::NotFound("invitation"))?))
}

/// Whoever has the address already, or a new person.
async fn person_of(app: &App, tx: &Tx<System>, invitation: &Invitation) -> Result<PersonId, Error> {
    if let Some(known) = people::by_email(tx, &invitation.email).await? {
        return Ok(known.person.id);
    }
    let person = Person {
        id: app.mint(),
        given_name: invitation.given_name.clone(),
        family_name: invitation.family_name.clone(),
        languages: vec![invitation.language],
        skills: Skills::default(),
    };
    people::add(tx, &person, &invitation.email, Some(invitation.language)).await?;
    Ok(person.id)
}

/// The employment the invitation speaks of, unless they work there already or will. One that ended on the
/// day it would begin, or later, puts the beginning off to the day after.
async fn employ(
    app: &App,
    tx: &Tx<System>,
    invitation: &Invitation,
    organisation: &Organisation,
    person: PersonId,
) -> Result<(), Error> {
    // Whoever employs or brings in a file at the same moment comes before or after.
    organisations::hold(tx, organisation.id).await?;
    let today = time::day(tx.now(), organisation.zone);
    let mut here = employments::of_people(tx, &[person]).await?;
    here.retain(|employment| employment.organisation == organisation.id);
    if here.iter().any(|employment| employment.until.is_none_or(|last| today < last)) {
        return Ok(());
    }
    let last = here.iter().filter_map(|employment| employment.until).max();
    let free = last.and_then(|last| last.succ_opt()).unwrap_or(invitation.from);
    let employment = Employment {
        id: app.mint(),
        person,
        organisation: organisation.id,
        from: invitation.from.max(free),
        until: None,
        law: invitation.law,
        weekly: invitation.weekly,
        born: None,
    };
    Ok(employments::add(tx, &employment).await?)
}
