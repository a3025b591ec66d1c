//! The only way to the database. Every transaction is scoped: it sees certain rows and no others.
//!
//! [`Store`] opens it, [`scope`] names the six scopes, [`Tx`] is a transaction in one of them, and
//! each noun has a file with the queries about it. Rows never leave this crate: a function next to
//! the query turns them into values of `domain`.

pub mod arrivals;
pub mod sessions;
pub mod roles;
pub mod people;
pub mod organisations;
pub mod letters;
pub mod jobs;
pub mod codes;
pub mod clock;
pub mod audit;
pub mod wishes;
pub mod shifts;
pub mod rotas;
pub mod rota_changes;
pub mod pools;
pub mod opening_hours;
pub mod office_hours;
pub mod offers;
pub mod notices;
pub mod needs;
pub mod memberships;
pub mod feeds;
pub mod employments;
pub mod coverage;
pub mod assignments;
pub mod absences;
pub mod attachments;
pub mod channel_accounts;
pub mod conversations;
pub mod demand;
pub mod desks;
pub mod messages;
pub mod notes;
pub mod presence;
pub mod visitors;
pub mod waiting;
pub mod writers;
mod columns;
mod entities;
mod error;
#[doc(hidden)]
pub mod probe;
#[doc(hidden)]
pub mod resolve;
pub mod scope;
mod sight;
pub mod signals;
mod store;
mod tx;

pub use error::StoreError;
pub use signals::Signal;
pub use store::{Engine, Store};
pub use tx::Tx;
