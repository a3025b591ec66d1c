//! Offices' mailboxes in the real post.

use app::{
    App,
    desk::accounts::{self, MailSettings},
};
use channels::{
    Secret,
    email::{Reach, Security, imap::ImapAccount, smtp::SmtpAccount},
};
use domain::{ChannelAccountId, OrganisationId};

use super::Office;
use crate::mail::{Mailbox, OFFICES, PASSWORD, post_office};

/// How the house reaches the post.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// Where it reads.
    pub imap_port: u16,
    /// Where it sends.
    pub smtp_port: u16,
    /// Whether answers come back to `name+conversation@…`.
    pub plus: bool,
}

impl Line {
    /// Straight to the servers of this process, answers to the plain address.
    pub fn direct() -> Self {
        let post = post_office();
        Self { imap_port: post.imap_port, smtp_port: post.smtp_port, plus: false }
    }
}

impl Office {
    /// Opens a mailbox of this office with the post of this process.
    ///
    /// # Panics
    /// When that is refused.
    pub async fn opens_mailbox(&self) -> Mailbox {
        self.opens_mailbox_by(Line::direct()).await.0
    }

    /// The same by a line of one's own.
    ///
    /// # Panics
    /// When that is refused.
    pub async fn opens_mailbox_by(&self, line: Line) -> (Mailbox, ChannelAccountId) {
        opened(&self.app, self.id, &self.slug, line).await
    }
}

/// A mailbox of `office`, opened with the post of this process by `line`.
///
/// # Panics
/// When that is refused.
pub async fn opened(
    app: &App,
    office: OrganisationId,
    slug: &str,
    line: Line,
) -> (Mailbox, ChannelAccountId) {
    let mailbox = post_office().mailbox(&post_office().address(slug, OFFICES));
    let (host, username) = ("127.0.0.1".to_owned(), mailbox.address.clone());
    let imap = ImapAccount {
        host: host.clone(),
        port: line.imap_port,
        security: Security::PlainOnLoopback,
        username: username.clone(),
        mailbox: "INBOX".to_owned(),
        not_before: None,
        trust: None,
        password: Secret::default(),
        reach: Reach::default(),
    };
    let smtp = SmtpAccount {
        host,
        port: line.smtp_port,
        security: Security::PlainOnLoopback,
        username: Some(username),
        trust: None,
        password: Secret::default(),
        reach: Reach::default(),
    };
    let settings = MailSettings { imap, smtp, plus: line.plus };
    let password = Secret::new(PASSWORD);
    let account = accounts::open_mailbox(app, office, &mailbox.address, settings, &password).await;
    (mailbox, account.expect("no other office has this address"))
}
