//! A mail we send, as the office: its name and address, in the thread, marked as ours.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use domain::MessageId;
use lettre::{
    Address,
    message::{
        Mailbox, Message, MultiPart, SinglePart,
        header::{HeaderName, HeaderValue},
    },
};
use thiserror::Error;

use super::{Contact, OWN_MARK, inbound::one_line};

/// How many ids of a thread are repeated in `References`: the first, which began it, and the newest.
const REFERENCES: usize = 20;

/// A mail to one visitor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Its Message-ID, from [`super::threading::message_id`]. The same on every try, so that a mail that
    /// went out twice can be recognised.
    pub message_id: String,
    /// When it was written.
    pub date: DateTime<Utc>,
    /// The office's name and address.
    pub from: Contact,
    /// Where answers shall go if not to `from`, such as [`super::threading::reply_address`].
    pub reply_to: Option<Contact>,
    /// The visitor.
    pub to: Contact,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same text as HTML, if it has a form.
    pub html: Option<String>,
    /// The id of the mail it answers.
    pub in_reply_to: Option<String>,
    /// The ids of the thread, oldest first.
    pub references: Vec<String>,
    /// Whether a machine says it (our automatic answer): then it says so, and no machine answers.
    pub auto_submitted: bool,
    /// Our message, so that we recognise it when it comes back.
    pub x_veilleuse_message: MessageId,
}

/// Why no mail can be made of this.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum OutgoingError {
    /// Not an address.
    #[error("{0:?} is not a mail address")]
    Address(String),
    /// Something else about it.
    #[error("no mail can be made of this: {0}")]
    Build(String),
}

/// A mail in bytes, and its envelope.
pub(super) struct Letter {
    pub(super) from: Address,
    pub(super) to: Address,
    pub(super) bytes: Vec<u8>,
}

impl Outgoing {
    pub(super) fn letter(&self) -> Result<Letter, OutgoingError> {
        let (from, to) = (mailbox(&self.from)?, mailbox(&self.to)?);
        let mut builder = Message::builder()
            .from(from.clone())
            .to(to.clone())
            .subject(one_line(&self.subject))
            .date(SystemTime::from(self.date))
            .message_id(Some(bracketed(&self.message_id)));
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(mailbox(reply_to)?);
        }
        if let Some(answered) = &self.in_reply_to {
            builder = builder.in_reply_to(bracketed(answered));
        }
        let thread = self.thread();
        if !thread.is_empty() {
            builder = builder.references(thread);
        }
        for (name, value) in self.marks() {
            builder = builder.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(name), value));
        }
        let text = SinglePart::plain(network_lines(&self.text));
        let message = match &self.html {
            Some(html) => builder.multipart(
                MultiPart::alternative().singlepart(text).singlepart(SinglePart::html(network_lines(html))),
            ),
            None => builder.singlepart(text),
        };
        let message = message.map_err(|error| OutgoingError::Build(error.to_string()))?;
        Ok(Letter { from: from.email, to: to.email, bytes: message.formatted() })
    }

    /// The mail as it goes out.
    pub fn bytes(&self) -> Result<Vec<u8>, OutgoingError> {
        Ok(self.letter()?.bytes)
    }

    fn thread(&self) -> String {
        let mut ids: Vec<&String> = self.references.iter().collect();
        if let Some(answered) = &self.in_reply_to
            && !ids.contains(&answered)
        {
            ids.push(answered);
        }
        if ids.len() > REFERENCES {
            ids.drain(1..=ids.len() - REFERENCES);
        }
        ids.into_iter().map(|id| bracketed(id)).collect::<Vec<_>>().join(" ")
    }

    fn marks(&self) -> Vec<(&'static str, String)> {
        let mut marks = vec![(OWN_MARK, self.x_veilleuse_message.to_string())];
        if self.auto_submitted {
            // RFC 3834: replied where it answers a mail, generated where nobody wrote before.
            let how = if self.in_reply_to.is_some() { "auto-replied" } else { "auto-generated" };
            marks.push(("Auto-Submitted", how.to_owned()));
            marks.push(("X-Auto-Response-Suppress", "All".to_owned()));
        }
        marks
    }
}

/// Line breaks as mail has them. lettre would do it too, but moves the rest of the text for each line.
fn network_lines(text: &str) -> String {
    text.replace('\0', "").replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n")
}

/// The id in angle brackets, without anything that could end the header early.
fn bracketed(id: &str) -> String {
    let bare: String =
        id.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !"<>".contains(*c)).collect();
    format!("<{bare}>")
}

fn mailbox(contact: &Contact) -> Result<Mailbox, OutgoingError> {
    let address: Address =
        contact.address.trim().parse().map_err(|_| OutgoingError::Address(contact.address.clone()))?;
    let name = contact.name.as_deref().map(one_line).filter(|name| !name.is_empty());
    Ok(Mailbox::new(name, address))
}

#[cfg(test)]
#[path = "outgoing_tests.rs"]
pub(super) mod tests;
