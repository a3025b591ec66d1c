//! An office's own mailboxes and web chats, as its manager sets them up: opened, changed, paused, removed.
//!
//! A mailbox is tried before it is kept: whoever mistypes a password is told now, in the mail server's
//! words, and not by a visitor who waits.

use channels::{
    Secret,
    email::{
        imap::{self, UidMark},
        smtp,
    },
};
use chrono::{DateTime, Utc};
use domain::{ChannelAccountId, ChannelKind, OrganisationId, time};
use storage::{
    StoreError, audit,
    channel_accounts::{self, ChannelAccount, Sealed},
    organisations,
    page::{Ask, Page},
    scope::{Home, System},
};

use super::{
    accounts::{MailSettings, password, seal_of},
    limits,
    reach::is_address,
};
use crate::{
    App, Caller, Error, Manager,
    checks::{Checks, Fault, Wrong},
    kept::{Kept, Seen},
    topics,
};

/// The longest name of a server or of who signs in there.
const LONGEST_NAME: usize = 253;
/// The longest password.
const LONGEST_PASSWORD: usize = 1_000;
/// The longest certificate.
const LONGEST_TRUST: usize = 50_000;

/// A way to write to an office, without its password.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// Its id.
    pub id: ChannelAccountId,
    /// The office.
    pub organisation: OrganisationId,
    /// Mailbox or web chat.
    pub kind: ChannelKind,
    /// The mail address, or the web chat's short name.
    pub address: String,
    /// Whether it is in use.
    pub active: bool,
    /// How a mailbox is reached.
    pub mail: Option<MailSettings>,
    /// When it was last read.
    pub checked_at: Option<DateTime<Utc>>,
    /// What went wrong then.
    pub trouble: Option<String>,
    /// When it was set up.
    pub created_at: DateTime<Utc>,
}

/// A mailbox to be opened.
#[derive(Debug, Clone)]
pub struct NewMailbox {
    /// The address visitors write to.
    pub address: String,
    /// How it is reached.
    pub mail: MailSettings,
    /// The password for both servers.
    pub password: Secret,
}

/// How an account is to be set up from now on.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Whether it is in use: a paused mailbox is not read, a paused web chat is not there.
    pub active: bool,
    /// How a mailbox is reached.
    pub mail: Option<MailSettings>,
    /// Another password; nothing leaves it as it is.
    pub password: Option<Secret>,
}

/// The accounts of the manager's office, a page of them.
///
/// # Errors
/// If the database cannot be read.
pub async fn list(app: &App, manager: &Caller<Manager>, ask: &Ask) -> Result<Page<Account>, Error> {
    let tx = app.read(Home(manager.organisation())).await?;
    let page = channel_accounts::page(&tx, ask).await?;
    let items = page.items.into_iter().map(shown).collect::<Result<_, _>>()?;
    Ok(Page { items, next: page.next })
}

/// One of them.
///
/// # Errors
/// [`Error::NotFound`] if it is none of them.
pub async fn get(app: &App, manager: &Caller<Manager>, id: ChannelAccountId) -> Result<Kept<Account>, Error> {
    let tx = app.read(Home(manager.organisation())).await?;
    kept(channel_accounts::one(&tx, id).await?.ok_or(Error::NotFound("channel account"))?)
}

/// Opens a mailbox of the manager's office: what comes from now on is fetched and answered.
///
/// # Errors
/// [`Error::Invalid`] with every field that is wrong, or with what the mail servers said.
pub async fn open(app: &App, manager: &Caller<Manager>, new: NewMailbox) -> Result<Kept<Account>, Error> {
    let NewMailbox { address, mail, password } = new;
    let address = address.trim().to_lowercase();
    let mut checks = Checks::default();
    if !is_address(&address) {
        checks.refuse("address", Wrong::NotA("a mail address"));
    }
    let mut mail = checked(mail, &mut checks);
    checked_password(&password, &mut checks);
    checks.done()?;
    mail.imap.not_before = Some(today(app, manager.organisation()).await?);
    let mark = tried(app, manager.organisation(), &mail, &password).await?;
    let tx = app.write(System).await?;
    if channel_accounts::at(&tx, ChannelKind::Email, &address).await?.is_some() {
        return Err(address_taken());
    }
    let id: ChannelAccountId = app.mint();
    let account = ChannelAccount {
        id,
        organisation: manager.organisation(),
        kind: ChannelKind::Email,
        address,
        settings: json(&mail)?,
        secret: Some(sealed(app, id, &password)),
        active: true,
        mark: serde_json::to_value(mark).ok(),
        checked_at: None,
        trouble: None,
        version: 1,
        created_at: tx.now(),
    };
    channel_accounts::add(&tx, &account).await.map_err(taken)?;
    audit::add(&tx, entry(manager, "open_mailbox", id)).await?;
    tx.signal(topics::inbox(account.organisation));
    tx.commit().await?;
    kept(account)
}

/// What is refused by the unique index was taken by somebody who was faster.
fn taken(error: StoreError) -> Error {
    if error.is_conflict() { address_taken() } else { error.into() }
}

fn address_taken() -> Error {
    Error::Invalid(vec![Fault::new("address", Wrong::Taken)])
}

/// Changes how an account is set up, pauses it or takes it up again.
///
/// # Errors
/// As [`open`]; [`Error::Stale`] if somebody changed it.
pub async fn change(
    app: &App,
    manager: &Caller<Manager>,
    id: ChannelAccountId,
    seen: &Seen,
    setup: Setup,
) -> Result<Kept<Account>, Error> {
    let home = Home(manager.organisation());
    let before = channel_accounts::one(&app.read(home).await?, id).await?;
    let before = before.ok_or(Error::NotFound("channel account"))?;
    seen.check(state(&before))?;
    let after = changed(app, &before, setup).await?;
    let tx = app.write(home).await?;
    let held = channel_accounts::hold(&tx, id).await?.ok_or(Error::NotFound("channel account"))?;
    // The servers were asked meanwhile: whoever changed it since comes first.
    if Kept::of(state(&held)).tag != Kept::of(state(&before)).tag {
        return Err(Error::Stale);
    }
    let mark = after.mark.or(held.mark.clone());
    let trouble = if after.settings == held.settings { held.trouble.clone() } else { None };
    let (settings, secret, active) = (after.settings, after.secret, after.active);
    let account = ChannelAccount { settings, secret, active, mark, trouble, ..held };
    channel_accounts::change(&tx, &account).await?;
    audit::add(&tx, entry(manager, "change_channel_account", id)).await?;
    tx.signal(topics::inbox(account.organisation));
    tx.commit().await?;
    kept(account)
}

/// Removes an account through which nothing ever came; others are paused.
///
/// # Errors
/// [`Error::InUse`] if something came, [`Error::Stale`] if somebody changed it.
pub async fn remove(
    app: &App,
    manager: &Caller<Manager>,
    id: ChannelAccountId,
    seen: &Seen,
) -> Result<(), Error> {
    let tx = app.write(Home(manager.organisation())).await?;
    let held = channel_accounts::hold(&tx, id).await?.ok_or(Error::NotFound("channel account"))?;
    seen.check(state(&held))?;
    channel_accounts::remove(&tx, id).await.map_err(Error::in_use("channel account"))?;
    audit::add(&tx, entry(manager, "remove_channel_account", id)).await?;
    tx.signal(topics::inbox(held.organisation));
    Ok(tx.commit().await?)
}

/// What changes of an account; the mark only where it is another mailbox from now on.
struct Changed {
    settings: serde_json::Value,
    secret: Option<Sealed>,
    active: bool,
    mark: Option<serde_json::Value>,
}

async fn changed(app: &App, before: &ChannelAccount, setup: Setup) -> Result<Changed, Error> {
    let Setup { active, mail, password: new } = setup;
    let as_it_is =
        Changed { settings: before.settings.clone(), secret: before.secret.clone(), active, mark: None };
    let mut checks = Checks::default();
    if before.kind == ChannelKind::WebChat {
        if mail.is_some() || new.is_some() {
            checks.refuse("imap", Wrong::NotA("anything a web chat has"));
        }
        checks.done()?;
        return Ok(as_it_is);
    }
    let Some(mail) = mail else {
        return Err(Error::Invalid(vec![Fault::new("imap", Wrong::Empty)]));
    };
    let old = MailSettings::of(before)?;
    let mut mail = checked(mail, &mut checks);
    if let Some(new) = &new {
        checked_password(new, &mut checks);
    }
    checks.done()?;
    mail.imap.not_before = old.imap.not_before;
    // A password that is kept is told only to those it was given for.
    if new.is_none() && (doors(&mail) != doors(&old)) {
        return Err(Error::Invalid(vec![Fault::new("password", Wrong::Empty)]));
    }
    // Pausing must be possible while a server is down.
    if mail == old && new.is_none() {
        return Ok(as_it_is);
    }
    let same_mailbox = (&mail.imap.host, &mail.imap.username, &mail.imap.mailbox)
        == (&old.imap.host, &old.imap.username, &old.imap.mailbox);
    if !same_mailbox {
        mail.imap.not_before = Some(today(app, before.organisation).await?);
    }
    let plain = match &new {
        Some(new) => new.clone(),
        None => Secret::new(password(app, before)?),
    };
    let mark = tried(app, before.organisation, &mail, &plain).await?;
    let secret = match &new {
        Some(new) => Some(sealed(app, before.id, new)),
        None => before.secret.clone(),
    };
    let mark = if same_mailbox { None } else { serde_json::to_value(mark).ok() };
    Ok(Changed { settings: json(&mail)?, secret, active, mark })
}

/// Whom a password is told, as whom, and how that is kept private.
fn doors(mail: &MailSettings) -> impl PartialEq {
    let (imap, smtp) = (mail.imap.clone(), mail.smtp.clone());
    (
        (imap.host, imap.port, imap.security, imap.trust, imap.username),
        (smtp.host, smtp.port, smtp.security, smtp.trust, smtp.username),
    )
}

/// The settings without what stands around them.
fn checked(mut mail: MailSettings, checks: &mut Checks) -> MailSettings {
    mail.imap.host = checks.name("imap/host", &mail.imap.host, LONGEST_NAME);
    mail.imap.username = checks.name("imap/username", &mail.imap.username, LONGEST_NAME);
    mail.imap.mailbox = checks.name("imap/folder", &mail.imap.mailbox, LONGEST_NAME);
    mail.smtp.host = checks.name("smtp/host", &mail.smtp.host, LONGEST_NAME);
    if let Some(username) = &mail.smtp.username {
        mail.smtp.username = Some(checks.name("smtp/username", username, LONGEST_NAME));
    }
    checks.within("imap/port", mail.imap.port, 1, u16::MAX.into());
    checks.within("smtp/port", mail.smtp.port, 1, u16::MAX.into());
    for (field, trust) in [("imap/trust", &mail.imap.trust), ("smtp/trust", &mail.smtp.trust)] {
        if trust.as_ref().is_some_and(|trust| trust.len() > LONGEST_TRUST) {
            checks.refuse(field, Wrong::TooLong { most: LONGEST_TRUST });
        }
    }
    mail
}

fn checked_password(password: &Secret, checks: &mut Checks) {
    if password.is_empty() {
        checks.refuse("password", Wrong::Empty);
    } else if password.reveal().chars().count() > LONGEST_PASSWORD {
        checks.refuse("password", Wrong::TooLong { most: LONGEST_PASSWORD });
    }
}

/// Signs in at both servers, and says where the mailbox ends now.
async fn tried(
    app: &App,
    office: OrganisationId,
    mail: &MailSettings,
    password: &Secret,
) -> Result<UidMark, Error> {
    limits::trial(&app.counts, office)?;
    let mail = mail.clone().completed(app, password);
    let (read, sent) = tokio::join!(imap::check(&mail.imap), smtp::check(&mail.smtp));
    let mut checks = Checks::default();
    if let Err(error) = &read {
        checks.refuse("imap", Wrong::Fails(error.to_string()));
    }
    if let Err(error) = &sent {
        checks.refuse("smtp", Wrong::Fails(error.to_string()));
    }
    checks.done()?;
    read.map_err(|error| Error::Outside { doing: "look into a mailbox", because: error.to_string() })
}

/// Mails of earlier days are left alone. Mail servers go by the machine's time, and count days in a zone
/// nobody knows: the earlier of two.
async fn today(app: &App, office: OrganisationId) -> Result<chrono::NaiveDate, Error> {
    let now = app.clock.machine_now();
    let tx = app.read(Home(office)).await?;
    let office = organisations::get(&tx, office).await?.ok_or(Error::NotFound("office"))?;
    Ok(time::day(now, office.zone).min(now.date_naive()))
}

fn sealed(app: &App, id: ChannelAccountId, password: &Secret) -> Sealed {
    Sealed(app.secrets.seal(password.reveal().as_bytes(), &seal_of(id)))
}

fn json(mail: &MailSettings) -> Result<serde_json::Value, Error> {
    serde_json::to_value(mail).map_err(|_| Error::Secret("could not write a mailbox's settings down"))
}

/// What a manager sets: not how far a mailbox was read, which moves by itself. The settings are read,
/// because PostgreSQL gives the fields of its JSON back in an order of its own.
fn state(account: &ChannelAccount) -> (bool, Option<MailSettings>, Option<Vec<u8>>) {
    let secret = account.secret.as_ref().map(|sealed| sealed.0.clone());
    (account.active, MailSettings::of(account).ok(), secret)
}

fn kept(account: ChannelAccount) -> Result<Kept<Account>, Error> {
    let tag = Kept::of(state(&account)).tag;
    Ok(Kept { is: shown(account)?, tag })
}

fn shown(account: ChannelAccount) -> Result<Account, Error> {
    let mail = match account.kind {
        ChannelKind::Email => Some(MailSettings::of(&account)?),
        ChannelKind::WebChat => None,
    };
    let ChannelAccount { id, organisation, kind, address, active, checked_at, trouble, created_at, .. } =
        account;
    Ok(Account { id, organisation, kind, address, active, mail, checked_at, trouble, created_at })
}

fn entry(manager: &Caller<Manager>, verb: &'static str, account: ChannelAccountId) -> audit::Entry {
    audit::Entry {
        organisation: Some(manager.organisation()),
        person: Some(manager.person()),
        verb,
        object_kind: "channel_account",
        object: Some(account.0),
        detail: None,
    }
}
