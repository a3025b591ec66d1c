//! Privacy: how long is kept what visitors wrote, who looked at it, and what a visitor may ask for.
//!
//! [`enforce`] forgets what is old enough. A manager decides how long ([`decide`]), keeps a
//! conversation longer ([`keep`]), and answers a visitor who asks for what we have ([`export()`]) or
//! wants it gone ([`erase()`]). Whoever opens a conversation leaves a line ([`note`]).

mod access;
mod erase;
mod export;
mod find;
mod forget;
mod names;
mod page;
mod retention;

pub use access::{mine, note};
pub(crate) use erase::carry_out;
pub use erase::{Certificate, Order, certificate, erase};
pub use export::{Dossier, Said, Thread, export};
pub use find::{Found, chosen, found};
pub use page::page;
pub use retention::{decide, enforce, keep, release};
pub use storage::access_log::Access;
