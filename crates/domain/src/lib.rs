//! The words of Veilleuse: people, pools, shifts, conversations, time, and the reasons of decisions.
//!
//! No input or output, no clock, no randomness: whoever needs "now" or a new id hands it in.
//! Terms are those of `docs/GLOSSARY.md`.

pub mod acceptance;
pub mod agreement;
pub mod decision;
pub mod demand;
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
pub mod quality;
pub mod rota;
pub mod season;
pub mod shares;
pub mod skills;
pub mod statement;
pub mod taking;
pub mod term;
pub mod time;
pub mod wishes;

pub use acceptance::Acceptance;
pub use agreement::{Agreement, Latitude};
/// A zone of the IANA database. From here, because `domain` is the only home of chrono-tz.
pub use chrono_tz::{TZ_VARIANTS, Tz};
pub use decision::{Because, Considered, Decision, Held, Standing};
pub use demand::{DemandTerms, Outlook, Proposal, Reception};
pub use desk::{ChannelKind, ConversationStatus, Delivery, Direction};
pub use finding::{Cure, Finding, Gravity, Rule, Unit};
pub use handover::{Called, Eligibility, Handover, HandoverKind, HandoverStatus, Moved, WhyNot};
pub use holidays::{Calendar, Holiday, holiday_on};
pub use hours::{DutyDay, OfficeHours, OpeningHours, OutsideHours};
pub use ids::*;
pub use ledger::{Account, Category, Entry, Exemption, Feast, LedgerTerms, OfficeAccount, Part, Tally};
pub use money::Cents;
pub use organisation::{Organisation, OrganisationKind};
pub use person::{Absence, Employment, Language, Law, Person, Role, Wish, WishKind};
pub use pool::{Coverage, Membership, Need, Offer, Pool};
pub use quality::{Aim, Known, Quality};
pub use rota::{
    Assignment, BuildProgress, Built, DutyKind, Hole, Notice, Rota, RotaChange, RotaStatus, Rung, Shift, Slot,
};
pub use season::{NotAYearDay, SchoolHolidays, Season, YearDay, YearPart};
pub use shares::{HourBalance, HourWeights, KeyFigures, Payment, ShareKey, ShareLine, Sharing};
pub use skills::{Level, Skill, Skills, Spoken};
pub use statement::{
    Apart, Basis, DutyLine, Intervention, Month, Owed, Rate, Source, Statement, WorkedDay, WorkedWeek,
};
pub use taking::Taking;
pub use term::Term;
pub use time::{Days, Minutes, Span, Window, to_utc};
pub use wishes::{WishRepeat, WishRound};
