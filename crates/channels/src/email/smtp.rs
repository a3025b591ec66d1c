//! Sending a mail through the office's own account, and knowing what became of it.
//!
//! lettre's transport says only that something failed. Whether the server may already have taken the
//! mail decides if we may try again, so we drive its connection command by command and look, when the
//! connection breaks, whether the mail's last byte had gone out: before that a server must not deliver
//! it (RFC 5321 §4.1.1.4), after it nobody knows until it answers.

use std::{
    future::Future,
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use lettre::transport::smtp::{
    authentication::{Credentials, Mechanism},
    client::{AsyncSmtpConnection, AsyncTokioStream},
    commands::{Data, Mail, Rcpt},
    extension::{ClientId, Extension, MailParameter},
    response::Response,
};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::timeout,
};

use super::{
    Outgoing,
    outgoing::{Letter, OutgoingError},
    reach::Reach,
    wire::{Place, Protocol, Security, Wire, told},
};
use crate::Secret;

/// An account to send from. The password is not part of its settings' JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmtpAccount {
    /// The server's name.
    pub host: String,
    /// Its port; usually 465 for [`Security::Tls`] and 587 for [`Security::StartTls`].
    pub port: u16,
    /// How the connection is kept private.
    #[serde(default)]
    pub security: Security,
    /// Who signs in; nobody where the server asks for nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// A certificate (PEM) to trust besides the public ones, for a server with an authority of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust: Option<String>,
    /// The password: kept apart, encrypted, and put here by whoever reads the settings.
    #[serde(skip)]
    pub password: Secret,
    /// Where the server may stand; put here by whoever reads the settings, as the operator decides.
    #[serde(skip)]
    pub reach: Reach,
}

/// The server took the mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// What it said; often with its own id of the mail.
    pub said: String,
}

/// Why a mail was not sent, or is not known to be.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SendError {
    /// No mail can be made of it; trying again is useless.
    #[error(transparent)]
    Invalid(#[from] OutgoingError),
    /// The server does not take our name and password. The account is ill, not the mail: keep the mail,
    /// tell a person, try again once it is mended.
    #[error("the mail server refuses our credentials: {said}")]
    Credentials {
        /// What the server said.
        said: String,
    },
    /// The server refuses the mail.
    #[error("the mail server refuses the mail: {said}")]
    Refused {
        /// For good (5xx); or else for now (4xx), and a later try may pass.
        permanent: bool,
        /// What the server said.
        said: String,
    },
    /// The server was not reached, or lost before it had the whole mail: it was not sent, and trying
    /// again is safe.
    #[error("the mail server cannot be reached: {why}")]
    Unreachable {
        /// What happened.
        why: String,
    },
    /// The server had the whole mail, and then we lost it before it answered. It may have been sent or
    /// not; a person decides.
    #[error("the connection was lost while the mail server was answering: {why}")]
    OutcomeUnknown {
        /// What happened.
        why: String,
    },
}

/// How long each step may take.
#[derive(Clone, Copy, Debug)]
struct Patience {
    connect: Duration,
    command: Duration,
    /// From the first byte of the mail to the answer after its last. Servers scan mails meanwhile;
    /// RFC 5321 §4.5.3.2.6 asks for ten minutes.
    data: Duration,
}

const PATIENCE: Patience = Patience {
    connect: Duration::from_secs(20),
    command: Duration::from_secs(60),
    data: Duration::from_secs(600),
};

/// Sends a mail.
pub async fn send(account: &SmtpAccount, outgoing: &Outgoing) -> Result<Accepted, SendError> {
    let outcome = send_within(account, outgoing, PATIENCE).await;
    metrics::counter!("veilleuse_mails_total", "outcome" => word(&outcome)).increment(1);
    outcome
}

/// The outcome as the figures call it.
fn word(outcome: &Result<Accepted, SendError>) -> &'static str {
    match outcome {
        Ok(_) => "sent",
        Err(SendError::Invalid(_)) => "invalid",
        Err(SendError::Credentials { .. }) => "credentials",
        Err(SendError::Refused { .. }) => "refused",
        Err(SendError::Unreachable { .. }) => "unreachable",
        Err(SendError::OutcomeUnknown { .. }) => "unknown",
    }
}

/// Signs in and leaves again, to see that the account works.
pub async fn check(account: &SmtpAccount) -> Result<(), SendError> {
    let mut conversation = Conversation::open(account, "localhost", PATIENCE).await?;
    conversation.leave().await;
    Ok(())
}

async fn send_within(
    account: &SmtpAccount,
    outgoing: &Outgoing,
    patience: Patience,
) -> Result<Accepted, SendError> {
    let letter = outgoing.letter()?;
    let mut conversation = Conversation::open(account, letter.from.domain(), patience).await?;
    let outcome = conversation.hand_over(&letter).await;
    if !matches!(outcome, Err(SendError::Unreachable { .. } | SendError::OutcomeUnknown { .. })) {
        conversation.leave().await;
    }
    outcome
}

struct Conversation {
    connection: AsyncSmtpConnection,
    whole_mail_written: Arc<AtomicBool>,
    patience: Patience,
}

impl Conversation {
    /// Connects, greets and signs in.
    async fn open(account: &SmtpAccount, hello: &str, patience: Patience) -> Result<Self, SendError> {
        let place = Place {
            host: &account.host,
            port: account.port,
            security: account.security,
            trust: account.trust.as_deref(),
            reach: account.reach,
        };
        let wire = timeout(patience.connect, place.connect(Protocol::Smtp))
            .await
            .map_err(|_| unreachable("it took too long to connect"))?
            .map_err(|error| unreachable(&told(&error)))?;
        let whole_mail_written = Arc::new(AtomicBool::new(false));
        let watched = Watched {
            wire,
            // lettre waits for a greeting; after STARTTLS it has been read already.
            greeting: if account.security == Security::StartTls { b"220 private now\r\n" } else { b"" },
            last: [0; 5],
            whole_mail_written: whole_mail_written.clone(),
        };
        let hello = ClientId::Domain(hello.to_owned());
        let greeted = AsyncSmtpConnection::connect_with_transport(Box::new(watched), &hello);
        let connection = within(patience.command, greeted).await.map_err(Broken::before_the_mail)?;
        let mut conversation = Self { connection, whole_mail_written, patience };
        conversation.sign_in(account).await?;
        Ok(conversation)
    }

    async fn sign_in(&mut self, account: &SmtpAccount) -> Result<(), SendError> {
        let Some(username) = &account.username else { return Ok(()) };
        let credentials = Credentials::new(username.clone(), account.password.reveal().to_owned());
        let signing_in = self.connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials);
        match within(self.patience.command, signing_in).await {
            Ok(_) => Ok(()),
            Err(Broken::Said { permanent: true, said }) => Err(SendError::Credentials { said }),
            Err(broken) => Err(broken.before_the_mail()),
        }
    }

    /// MAIL, RCPT, DATA, the mail.
    async fn hand_over(&mut self, letter: &Letter) -> Result<Accepted, SendError> {
        let mut parameters = Vec::new();
        let international =
            !AsRef::<str>::as_ref(&letter.to).is_ascii() || !AsRef::<str>::as_ref(&letter.from).is_ascii();
        if international {
            if !self.connection.server_info().supports_feature(Extension::SmtpUtfEight) {
                let said = "the server takes no addresses with letters beyond ASCII".to_owned();
                return Err(SendError::Refused { permanent: true, said });
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        let command = self.patience.command;
        let before = Broken::before_the_mail;
        within(command, self.connection.command(Mail::new(Some(letter.from.clone()), parameters)))
            .await
            .map_err(before)?;
        within(command, self.connection.command(Rcpt::new(letter.to.clone(), Vec::new())))
            .await
            .map_err(before)?;
        within(command, self.connection.command(Data)).await.map_err(before)?;
        match within(self.patience.data, self.connection.message(&letter.bytes)).await {
            Ok(response) => Ok(Accepted { said: words(&response) }),
            Err(Broken::Said { permanent, said }) => Err(SendError::Refused { permanent, said }),
            Err(Broken::Lost(why)) if self.whole_mail_written.load(Ordering::SeqCst) => {
                Err(SendError::OutcomeUnknown { why })
            }
            Err(Broken::Lost(why)) => Err(SendError::Unreachable { why }),
        }
    }

    /// Says goodbye; whatever happens now changes nothing.
    async fn leave(&mut self) {
        let _ = timeout(Duration::from_secs(5), self.connection.quit()).await;
    }
}

fn words(response: &Response) -> String {
    let lines: Vec<&str> = response.message().map(str::trim).collect();
    format!("{} {}", response.code(), lines.join(" ")).trim().to_owned()
}

fn unreachable(why: &str) -> SendError {
    SendError::Unreachable { why: why.to_owned() }
}

/// A step that did not succeed: the server said no, or there is no telling.
enum Broken {
    Said { permanent: bool, said: String },
    Lost(String),
}

impl Broken {
    fn before_the_mail(self) -> SendError {
        match self {
            Self::Said { permanent, said } => SendError::Refused { permanent, said },
            Self::Lost(why) => SendError::Unreachable { why },
        }
    }
}

async fn within<T>(
    limit: Duration,
    step: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
) -> Result<T, Broken> {
    match timeout(limit, step).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(match error.status() {
            Some(code) => {
                let said = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
                let said = format!("{code} {}", super::inbound::one_line(&said));
                Broken::Said { permanent: error.is_permanent(), said: said.trim().to_owned() }
            }
            None => Broken::Lost(told(&error)),
        }),
        Err(_) => Err(Broken::Lost(format!("no answer within {} s", limit.as_secs_f32()))),
    }
}

/// A connection that remembers whether the end of a mail was written: a dot alone on its line, which
/// within a mail is always doubled.
struct Watched {
    wire: Wire,
    greeting: &'static [u8],
    last: [u8; 5],
    whole_mail_written: Arc<AtomicBool>,
}

impl Watched {
    fn note(&mut self, written: &[u8]) {
        for byte in &written[written.len().saturating_sub(5)..] {
            self.last.rotate_left(1);
            self.last[4] = *byte;
        }
        if &self.last == b"\r\n.\r\n" {
            self.whole_mail_written.store(true, Ordering::SeqCst);
        }
    }
}

impl std::fmt::Debug for Watched {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.wire.fmt(f)
    }
}

impl AsyncTokioStream for Watched {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.wire.peer())
    }
}

impl AsyncRead for Watched {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.greeting.is_empty() {
            return Pin::new(&mut this.wire).poll_read(cx, buf);
        }
        let (now, later) = this.greeting.split_at(this.greeting.len().min(buf.remaining()));
        buf.put_slice(now);
        this.greeting = later;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Watched {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.wire).poll_write(cx, buf);
        if let Poll::Ready(Ok(count)) = &written {
            this.note(&buf[..*count]);
        }
        written
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().wire).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().wire).poll_shutdown(cx)
    }
}

#[cfg(test)]
#[path = "smtp_tests.rs"]
mod tests;
