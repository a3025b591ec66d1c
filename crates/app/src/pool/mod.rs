//! Pools: what a board offers, what an office orders, and how a pool is set up.

pub mod coverage;
pub mod found;
pub mod members;
pub mod needs;
pub mod offers;
pub mod one_day;
pub mod pools;
pub mod proposals;
pub mod provision;
pub mod read_coverage;
pub mod shares;

pub use coverage::{end, office_page, order, pool_page};
pub use offers::{NewOffer, close_offer, define_offer};
