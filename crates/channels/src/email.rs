//! E-mail: mailboxes read by IMAP, answers sent by SMTP through the office's own account.
//!
//! [`inbound::parse`] turns the bytes of a mail into an [`inbound::Incoming`]; [`loops`] says whether a
//! person or a machine wrote it, so that we never answer a machine; [`threading`] says which
//! conversation it seems to continue; [`imap`] fetches, [`smtp`] sends.

mod html;
pub mod imap;
pub mod inbound;
pub mod loops;
pub mod outgoing;
mod quoted;
mod reach;
pub mod smtp;
pub mod threading;
mod wire;

use serde::{Deserialize, Serialize};

pub use inbound::{Incoming, headers_only, parse};
pub use loops::Origin;
pub use outgoing::Outgoing;
pub use reach::Reach;
pub use wire::{Security, certificates};

/// Marks every mail we send; its value is the id of the message. A mail that comes in with it is our own.
pub const OWN_MARK: &str = "X-Veilleuse-Message";

/// Somebody with an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The name shown beside the address, if there is one.
    pub name: Option<String>,
    /// The address, as written; compare with [`Contact::same_address`].
    pub address: String,
}

impl Contact {
    /// Somebody with this address and no name.
    pub fn address(address: impl Into<String>) -> Self {
        Self { name: None, address: address.into() }
    }

    /// Somebody with this name and address.
    pub fn named(name: impl Into<String>, address: impl Into<String>) -> Self {
        Self { name: Some(name.into()), address: address.into() }
    }

    /// Whether `other` is this address, capital letters or not.
    ///
    /// The part before the @ may by the letter of RFC 5321 differ in capitals; no mail system of today
    /// gives the two to different people.
    pub fn same_address(&self, other: &str) -> bool {
        self.address.to_lowercase() == other.trim().to_lowercase()
    }
}
