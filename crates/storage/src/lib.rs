//! The only way to the database. Every transaction is scoped: it sees certain rows and no others.
//!
//! [`Store`] opens it, [`scope`] names the six scopes, [`Tx`] is a transaction in one of them, and
//! each noun has a file with the queries about it. Rows never leave this crate: a function next to
//! the query turns them into values of `domain`.

pub mod absences;
pub mod acceptances;
pub mod access_log;
mod age;
pub mod agreements;
pub mod answers;
pub mod api_tokens;
pub mod arrivals;
pub mod assignments;
pub mod attachments;
pub mod audit;
pub mod channel_accounts;
pub mod clock;
pub mod codes;
mod columns;
pub mod compensation;
pub mod conversations;
pub mod coverage;
pub mod demand;
pub mod desks;
pub mod employments;
mod entities;
pub mod erasures;
mod error;
pub mod exemptions;
pub mod feeds;
mod file;
pub mod forgetting;
pub mod handovers;
pub mod house;
pub mod interventions;
pub mod invitations;
pub mod jobs;
pub mod ledger_terms;
pub mod legal_holds;
pub mod letters;
mod line;
pub mod memberships;
mod memory;
pub mod messages;
pub mod needs;
pub mod notes;
pub mod notices;
pub mod offers;
pub mod office_hours;
mod one;
pub mod opening_hours;
pub mod openings;
pub mod organisations;
pub mod outside_hours;
pub mod page;
pub mod people;
pub mod pools;
pub mod presence;
#[cfg(all(feature = "one-lock", debug_assertions))]
pub mod probe;
pub mod register;
#[doc(hidden)]
pub mod resolve;
pub mod retention;
pub mod roles;
pub mod rota_changes;
pub mod rotas;
pub mod school_holidays;
pub mod scope;
pub mod sessions;
pub mod share_weights;
pub mod shifts;
mod sight;
pub mod signals;
mod skills;
mod store;
pub mod takings;
mod tx;
pub mod visitors;
pub mod waiting;
pub mod wish_repeats;
pub mod wish_rounds;
pub mod wishes;
pub mod writers;

pub use error::StoreError;
pub use memory::Memory;
pub use signals::Signal;
pub use store::{Engine, Store};
pub use tx::Tx;
