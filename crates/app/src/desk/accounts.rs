//! Setting up ways to write to an office: its web chat, its mailbox.

use channels::email::imap::{self, UidMark};
pub use channels::{
    Secret,
    email::{Reach, Security, imap::ImapAccount, smtp::SmtpAccount},
};
use domain::{ChannelAccountId, ChannelKind, OrganisationId, time};
use serde::{Deserialize, Serialize};
use storage::{
    Tx, audit,
    channel_accounts::{self, ChannelAccount, Sealed},
    organisations,
    scope::System,
};

use crate::{App, Error, Refusal};

/// What a mailbox needs besides its address and password; kept as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailSettings {
    /// Where mails are fetched.
    pub imap: ImapAccount,
    /// Where answers are sent.
    pub smtp: SmtpAccount,
    /// Whether the mailbox takes `name+token@…`: then an answer finds its conversation by address too.
    #[serde(default)]
    pub plus: bool,
}

impl MailSettings {
    /// The settings with what is kept apart from them: the password, and where servers may stand.
    pub(super) fn completed(mut self, app: &App, password: &Secret) -> Self {
        self.imap.password = password.clone();
        self.smtp.password = password.clone();
        (self.imap.reach, self.smtp.reach) = (app.settings.mailboxes, app.settings.mailboxes);
        self
    }

    pub(crate) fn of(account: &ChannelAccount) -> Result<Self, Error> {
        serde_json::from_value(account.settings.clone()).map_err(|error| Error::Outside {
            doing: "read a mailbox's settings",
            because: error.to_string(),
        })
    }
}

/// Opens the web chat of an office under `slug`; the same again if it is open already.
///
/// # Errors
/// [`Refusal::FieldIsWrong`] if another office has the name.
pub async fn open_web_chat(app: &App, office: OrganisationId, slug: &str) -> Result<ChannelAccountId, Error> {
    open(app, office, (ChannelKind::WebChat, slug), serde_json::json!({}), None, None).await
}

/// The same in a transaction that does more.
pub(crate) async fn open_web_chat_in(
    app: &App,
    tx: &Tx<System>,
    office: OrganisationId,
    slug: &str,
) -> Result<ChannelAccountId, Error> {
    open_in(app, tx, office, (ChannelKind::WebChat, slug), serde_json::json!({}), None, None).await
}

/// Opens a mailbox of an office: what comes to `address` from now on is fetched and answered.
///
/// # Errors
/// [`Refusal::FieldIsWrong`] if another office has the address.
pub async fn open_mailbox(
    app: &App,
    office: OrganisationId,
    address: &str,
    settings: MailSettings,
    password: &Secret,
) -> Result<ChannelAccountId, Error> {
    let (settings, mark) = from_now_on(app, office, settings, password).await?;
    let json = serde_json::to_value(&settings).map_err(|_| Refusal::FieldIsWrong)?;
    open(app, office, (ChannelKind::Email, &address.trim().to_lowercase()), json, Some(password), mark).await
}

/// Leaves a mailbox's past alone: nobody is answered today what they asked last year. Where its mails
/// end now, the server says; if it cannot be asked, or numbers its mails anew one day, whatever came
/// before today is left alone.
async fn from_now_on(
    app: &App,
    office: OrganisationId,
    mut settings: MailSettings,
    password: &Secret,
) -> Result<(MailSettings, Option<UidMark>), Error> {
    // Mail servers go by the machine's time, and count days in a zone nobody knows: the earlier of two.
    let now = app.clock.machine_now();
    let tx = app.read(System).await?;
    let office = organisations::get(&tx, office).await?.ok_or(Error::NotFound("office"))?;
    drop(tx);
    let today = time::day(now, office.zone).min(now.date_naive());
    settings.imap.not_before = settings.imap.not_before.or(Some(today));
    let mark = imap::check(&settings.clone().completed(app, password).imap).await;
    if let Err(error) = &mark {
        tracing::warn!(%error, "could not see where a mailbox ends, its past goes by days");
    }
    Ok((settings, mark.ok()))
}

async fn open(
    app: &App,
    organisation: OrganisationId,
    which: (ChannelKind, &str),
    settings: serde_json::Value,
    password: Option<&Secret>,
    mark: Option<UidMark>,
) -> Result<ChannelAccountId, Error> {
    let tx = app.write(System).await?;
    let id = open_in(app, &tx, organisation, which, settings, password, mark).await?;
    tx.commit().await?;
    Ok(id)
}

async fn open_in(
    app: &App,
    tx: &Tx<System>,
    organisation: OrganisationId,
    (kind, address): (ChannelKind, &str),
    settings: serde_json::Value,
    password: Option<&Secret>,
    mark: Option<UidMark>,
) -> Result<ChannelAccountId, Error> {
    if let Some(there) = channel_accounts::at(tx, kind, address).await? {
        return if there.organisation == organisation {
            Ok(there.id)
        } else {
            Err(Refusal::FieldIsWrong.into())
        };
    }
    let id: ChannelAccountId = app.mint();
    let sealed =
        password.map(|password| Sealed(app.secrets.seal(password.reveal().as_bytes(), &seal_of(id))));
    let account = ChannelAccount {
        id,
        organisation,
        kind,
        address: address.to_owned(),
        settings,
        secret: sealed,
        active: true,
        mark: mark.and_then(|mark| serde_json::to_value(mark).ok()),
        checked_at: None,
        trouble: None,
        version: 1,
        created_at: tx.now(),
    };
    channel_accounts::add(tx, &account).await?;
    let entry = audit::Entry {
        organisation: Some(organisation),
        verb: match kind {
            ChannelKind::WebChat => "open_web_chat",
            ChannelKind::Email => "open_mailbox",
        },
        object_kind: "channel_account",
        object: Some(id.0),
        ..audit::Entry::default()
    };
    audit::add(tx, entry).await?;
    Ok(id)
}

/// The password of a mailbox, opened.
pub(crate) fn password(app: &App, account: &ChannelAccount) -> Result<String, Error> {
    let Some(sealed) = &account.secret else { return Ok(String::new()) };
    let plain = app.secrets.open(&sealed.0, &seal_of(account.id))?;
    String::from_utf8(plain).map_err(|_| Error::Secret("a mailbox's password is not text"))
}

/// A sealed password opens for its own account only.
pub(super) fn seal_of(account: ChannelAccountId) -> String {
    format!("channel_account/{account}")
}
