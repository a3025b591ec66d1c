//! The words of Veilleuse: people, pools, shifts, conversations, time, and the reasons of decisions.
//!
//! No input or output, no clock, no randomness: whoever needs "now" or a new id hands it in.
//! Terms are those of `docs/GLOSSARY.md`.

pub mod decision;
pub mod desk;
pub mod exchange;
pub mod finding;
pub mod handover;
pub mod holidays;
pub mod hours;
pub mod ids;
pub mod ledger;
pub mod money;
pub mod organisation;
pub mod person;
pub mod pool;
pub mod rota;
pub mod statement;
pub mod taking;
pub mod time;
pub mod wishes;

/// A zone of the IANA database. From here, because `domain` is the only home of chrono-tz.
pub use chrono_tz::{TZ_VARIANTS, Tz};
pub use decision::{Because, Considered, Decision, Held, Standing};
pub use desk::{ChannelKind, ConversationStatus, Delivery, Direction};
pub use finding::{Cure, Finding, Gravity, Rule, Unit};
pub use handover::{Called, Eligibility, Handover, HandoverKind, HandoverStatus, Moved, WhyNot};
pub use holidays::{Calendar, Holiday, holiday_on};
pub use hours::{OfficeHours, OpeningHours};
pub use ids::*;
pub use ledger::{Account, Category, Entry, Exemption, Feast, LedgerTerms, OfficeAccount, Part, Tally};
pub use money::Cents;
pub use organisation::{Organisation, OrganisationKind};
pub use person::{Absence, Employment, Language, Law, Person, Role, Wish, WishKind};
pub use pool::{Coverage, Membership, Need, Offer, Pool};
pub use rota::{
    Assignment, BuildProgress, Built, DutyKind, Hole, Notice, Rota, RotaChange, RotaStatus, Rung, Shift, Slot,
};
pub use statement::{Basis, DutyLine, Intervention, Month, Owed, Rate, Statement, WorkedDay, WorkedWeek};
pub use taking::Taking;
pub use time::{Days, Minutes, Span, Window, to_utc};
pub use wishes::{WishRepeat, WishRound};
