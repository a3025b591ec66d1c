//! What it brings and what it costs: offers, entitlements, prices in whole cents.

pub mod fraction;
pub mod netting;
pub mod offers;
pub mod prices;
pub mod shares;
pub mod sharing;
pub mod time_bank;
pub mod watched;

pub use fraction::Fraction;
pub use offers::{Ordered, Refusal, order, running};
pub use prices::{month_price, monthly_total};
pub use watched::{Place, Unwatched, unwatched};
