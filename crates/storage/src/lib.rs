//! The only way to the database. Every transaction is scoped: it sees certain rows and no others.
//!
//! [`Store`] opens it, [`scope`] names the six scopes, [`Tx`] is a transaction in one of them, and
//! each noun has a file with the queries about it. Rows never leave this crate: a function next to
//! the query turns them into values of `domain`.

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
