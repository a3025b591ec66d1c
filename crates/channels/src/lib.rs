//! Each provider's quirks: what came in is verified and parsed, what goes out is sent.
//!
//! Nothing here knows a database, a conversation's state or the clock. A channel turns bytes into
//! values (`email::inbound::parse`), says what it can tell about them (who wrote: a person or a
//! machine; which conversation it seems to continue), and carries values out, telling apart the ways
//! that may fail: refused, never reached, or *unknown*.

pub mod email;
pub mod secret;
pub mod web_chat;

pub use secret::Secret;
