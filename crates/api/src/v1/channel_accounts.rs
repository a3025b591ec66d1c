//! Channel accounts: the mailboxes and web chats of an office. Passwords go in and never come out.

use std::fmt;

use actix_web::web::{Data, Path};
use app::{
    App, Ask, Manager,
    desk::{
        accounts::{ImapAccount, MailSettings, Reach, Secret, Security, SmtpAccount},
        keep_accounts::{self, Account, NewMailbox, Setup},
    },
};
use chrono::{DateTime, Utc};
use domain::ChannelAccountId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Problem,
    body::{Body, input},
    query::{Asked, IfMatch, Sorts},
    reply::{self, Listed},
    words::ChannelName,
};
use crate::{Answer, As};

/// How the list may be sorted.
pub const SORTS: Sorts = &[("created", "id"), ("address", "address")];

/// How the connection to a mail server is kept private.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Privacy {
    /// TLS from the first byte (ports 993 and 465).
    Tls,
    /// TLS on request, before anything is said (ports 143 and 587).
    StartTls,
    /// Plain, and therefore only to the machine the service runs on.
    PlainOnLoopback,
}

/// Where a mailbox is read (IMAP).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Imap {
    /// The server's name.
    #[schema(min_length = 1, max_length = 253)]
    pub host: String,
    /// Its port, such as 993.
    #[schema(minimum = 1)]
    pub port: u16,
    /// How the connection is kept private.
    pub security: Privacy,
    /// Who signs in.
    #[schema(min_length = 1, max_length = 253)]
    pub username: String,
    /// The folder that is read; `INBOX` if nothing is said.
    pub folder: Option<String>,
    /// A certificate (PEM) to trust besides the public ones.
    pub trust: Option<String>,
}

/// Where answers are sent (SMTP).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Smtp {
    /// The server's name.
    #[schema(min_length = 1, max_length = 253)]
    pub host: String,
    /// Its port, such as 465.
    #[schema(minimum = 1)]
    pub port: u16,
    /// How the connection is kept private.
    pub security: Privacy,
    /// Who signs in; null where the server asks for nobody.
    pub username: Option<String>,
    /// A certificate (PEM) to trust besides the public ones.
    pub trust: Option<String>,
}

/// A password on its way in.
#[derive(Clone, Deserialize)]
pub struct Password(String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// A channel account, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChannelAccountShown {
    /// Its id.
    pub id: Uuid,
    /// The office.
    pub organisation: Uuid,
    /// Mailbox or web chat.
    pub kind: ChannelName,
    /// The mail address, or the short name of the web chat's page.
    pub address: String,
    /// Whether it is in use.
    pub active: bool,
    /// Where a mailbox is read; null for a web chat.
    pub imap: Option<Imap>,
    /// Where answers are sent; null for a web chat.
    pub smtp: Option<Smtp>,
    /// Whether the mailbox takes `name+word@…`; null for a web chat.
    pub plus: Option<bool>,
    /// When a mailbox was last read, successfully or not.
    pub checked_at: Option<DateTime<Utc>>,
    /// What went wrong then, in the mail server's words.
    pub trouble: Option<String>,
    /// When it was set up.
    pub created_at: DateTime<Utc>,
}

input! {
    /// A mailbox to be opened.
    pub struct NewMailboxBody {
        /// The address visitors write to.
        #[schema(max_length = 254)]
        pub address: String,
        /// Where it is read.
        pub imap: Imap,
        /// Where answers are sent.
        pub smtp: Smtp,
        /// Whether the mailbox takes `name+word@…`: then an answer finds its conversation by address too.
        pub plus: Option<bool>,
        /// The password for both servers; it is sealed, and never shown.
        #[schema(value_type = String, format = Password, write_only)]
        pub password: Password,
    }
}

input! {
    /// A channel account as it shall be from now on.
    pub struct ChangedAccount {
        /// Whether it is in use: a paused mailbox is not read, a paused web chat is not there.
        pub active: bool,
        /// Where a mailbox is read; left out for a web chat.
        pub imap: Option<Imap>,
        /// Where answers are sent; left out for a web chat.
        pub smtp: Option<Smtp>,
        /// Whether the mailbox takes `name+word@…`.
        pub plus: Option<bool>,
        /// Another password for both servers; left out, it stays.
        #[schema(value_type = Option<String>, format = Password, write_only)]
        pub password: Option<Password>,
    }
}

impl From<Privacy> for Security {
    fn from(privacy: Privacy) -> Self {
        match privacy {
            Privacy::Tls => Self::Tls,
            Privacy::StartTls => Self::StartTls,
            Privacy::PlainOnLoopback => Self::PlainOnLoopback,
        }
    }
}

impl From<Security> for Privacy {
    fn from(security: Security) -> Self {
        match security {
            Security::Tls => Self::Tls,
            Security::StartTls => Self::StartTls,
            Security::PlainOnLoopback => Self::PlainOnLoopback,
        }
    }
}

fn settings(imap: Imap, smtp: Smtp, plus: Option<bool>) -> MailSettings {
    MailSettings {
        imap: ImapAccount {
            host: imap.host,
            port: imap.port,
            security: imap.security.into(),
            username: imap.username,
            mailbox: imap.folder.unwrap_or_else(|| "INBOX".to_owned()),
            not_before: None,
            trust: imap.trust,
            password: Secret::default(),
            reach: Reach::default(),
        },
        smtp: SmtpAccount {
            host: smtp.host,
            port: smtp.port,
            security: smtp.security.into(),
            username: smtp.username,
            trust: smtp.trust,
            password: Secret::default(),
            reach: Reach::default(),
        },
        plus: plus.unwrap_or(false),
    }
}

impl From<ImapAccount> for Imap {
    fn from(imap: ImapAccount) -> Self {
        let ImapAccount { host, port, security, username, mailbox, trust, .. } = imap;
        Self { host, port, security: security.into(), username, folder: Some(mailbox), trust }
    }
}

impl From<SmtpAccount> for Smtp {
    fn from(smtp: SmtpAccount) -> Self {
        let SmtpAccount { host, port, security, username, trust, .. } = smtp;
        Self { host, port, security: security.into(), username, trust }
    }
}

impl From<Account> for ChannelAccountShown {
    fn from(account: Account) -> Self {
        let plus = account.mail.as_ref().map(|mail| mail.plus);
        let (imap, smtp) = account.mail.map(|mail| (mail.imap.into(), mail.smtp.into())).unzip();
        Self {
            id: account.id.0,
            organisation: account.organisation.0,
            kind: ChannelName(account.kind),
            address: account.address,
            active: account.active,
            imap,
            smtp,
            plus,
            checked_at: account.checked_at,
            trouble: account.trouble,
            created_at: account.created_at,
        }
    }
}

/// The mailboxes and web chats of your office.
#[utoipa::path(get, path = "/api/v1/channel-accounts", tag = "channel accounts",
    responses((status = 200, description = "A page of accounts", body = Listed<ChannelAccountShown>)))]
pub async fn list(app: Data<App>, As(manager): As<Manager>, asked: Asked) -> Result<Answer, Problem> {
    let list = async |ask: &Ask| keep_accounts::list(&app, &manager, ask).await;
    asked.list::<ChannelAccountShown, _>(SORTS, list).await
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/channel-accounts/{channel_account}", tag = "channel accounts",
    params(("channel_account" = Uuid, Path)),
    responses((status = 200, description = "The account", body = ChannelAccountShown)))]
pub async fn show(
    app: Data<App>,
    As(manager): As<Manager>,
    id: Path<ChannelAccountId>,
) -> Result<Answer, Problem> {
    Ok(reply::kept::<ChannelAccountShown, _>(keep_accounts::get(&app, &manager, *id).await?))
}

/// Opens a mailbox of your office: what comes from now on is fetched, answered from the desk, and the
/// past is left alone. Both servers are asked first; what they say against it is in `errors`.
#[utoipa::path(post, path = "/api/v1/channel-accounts", tag = "channel accounts",
    request_body = NewMailboxBody,
    responses((status = 201, description = "The account", body = ChannelAccountShown)))]
pub async fn open(
    app: Data<App>,
    As(manager): As<Manager>,
    Body(new): Body<NewMailboxBody>,
) -> Result<Answer, Problem> {
    let NewMailboxBody { address, imap, smtp, plus, password } = new;
    let mail = settings(imap, smtp, plus);
    let new = NewMailbox { address, mail, password: Secret::new(password.0) };
    let made = keep_accounts::open(&app, &manager, new).await?;
    Ok(reply::made::<ChannelAccountShown, _>(&format!("/api/v1/channel-accounts/{}", made.is.id), made))
}

/// Changes how an account is set up, pauses it (`active: false`) or takes it up again. Mail servers are
/// asked first if anything about them changes.
#[utoipa::path(put, path = "/api/v1/channel-accounts/{channel_account}", tag = "channel accounts",
    params(("channel_account" = Uuid, Path)), request_body = ChangedAccount,
    responses((status = 200, description = "The account", body = ChannelAccountShown)))]
pub async fn change(
    app: Data<App>,
    As(manager): As<Manager>,
    id: Path<ChannelAccountId>,
    IfMatch(seen): IfMatch,
    Body(body): Body<ChangedAccount>,
) -> Result<Answer, Problem> {
    let ChangedAccount { active, imap, smtp, plus, password } = body;
    if let (Some(_), None) | (None, Some(_)) = (&imap, &smtp) {
        let (missing, other) = if imap.is_none() { ("imap", "smtp") } else { ("smtp", "imap") };
        let said = format!("is missing: it is said together with `{other}`");
        return Err(Problem::fields(vec![super::problem::Faulty::at(format!("/{missing}"), said)]));
    }
    let mail = imap.zip(smtp).map(|(imap, smtp)| settings(imap, smtp, plus));
    let setup = Setup { active, mail, password: password.map(|password| Secret::new(password.0)) };
    let done = keep_accounts::change(&app, &manager, *id, &seen, setup).await;
    reply::changed::<ChannelAccountShown, _>(done, keep_accounts::get(&app, &manager, *id)).await
}

/// Removes an account through which nothing ever came. Others are paused.
#[utoipa::path(delete, path = "/api/v1/channel-accounts/{channel_account}", tag = "channel accounts",
    params(("channel_account" = Uuid, Path)), responses((status = 204, description = "Removed")))]
pub async fn remove(
    app: Data<App>,
    As(manager): As<Manager>,
    id: Path<ChannelAccountId>,
    IfMatch(seen): IfMatch,
) -> Result<Answer, Problem> {
    let done = keep_accounts::remove(&app, &manager, *id, &seen).await;
    reply::removed::<ChannelAccountShown, _>(done, keep_accounts::get(&app, &manager, *id)).await
}
