//! Accounts: who somebody is, and what they may do.

pub mod caller;
pub mod callers;
pub mod forms;
pub mod me;
pub mod refresh;
pub mod sign_in;
#[cfg(test)]
mod stories;
pub mod surroundings;
mod tokens;

pub use callers::{Hat, Session};
pub use sign_in::Asker;
pub use tokens::{ACCESS_LASTS, Browser, SESSION_LASTS, Tokens};
