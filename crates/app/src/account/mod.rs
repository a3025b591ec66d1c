//! Accounts: who somebody is, and what they may do.

pub mod agreements;
pub mod api_tokens;
pub mod caller;
pub mod callers;
pub mod employments;
pub mod forms;
pub(crate) mod founding;
pub mod hours;
pub mod house;
pub mod invite;
pub mod join;
pub mod last_days;
pub mod leave;
pub mod me;
pub mod organisations;
pub mod outside;
pub mod people;
pub mod refresh;
pub mod sign_in;
pub mod skills;
#[cfg(test)]
mod stories;
pub mod surroundings;
pub mod team;
mod tokens;

pub use callers::{Hat, Session};
pub use sign_in::Asker;
pub use tokens::{ACCESS_LASTS, Browser, DEVICE_LASTS, SESSION_LASTS, Tokens};
