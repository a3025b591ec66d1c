//! The pages: one file for each, a few lines for each route. Which routes there are, and who may ask
//! for them, stands in [`mod@crate::routes`].

pub(crate) mod agreements;
pub(crate) mod api_tokens;
pub(crate) mod assets;
pub(crate) mod calendar;
pub(crate) mod coverage;
pub(crate) mod demo;
pub(crate) mod done;
pub(crate) mod exchange;
pub(crate) mod fields;
pub(crate) mod handovers;
pub(crate) mod here;
pub(crate) mod house;
pub(crate) mod inbox;
pub(crate) mod interventions;
pub(crate) mod invitation;
pub(crate) mod learners;
pub(crate) mod ledger;
pub(crate) mod mailbox;
pub(crate) mod me;
pub(crate) mod notebook;
pub(crate) mod open_duties;
pub(crate) mod outside;
pub(crate) mod pool;
pub(crate) mod privacy;
pub(crate) mod rota;
pub(crate) mod shares;
pub(crate) mod shifts;
pub(crate) mod sign_in;
pub(crate) mod skills;
pub(crate) mod statements;
pub(crate) mod team;
pub(crate) mod today;
pub(crate) mod visitor;
pub(crate) mod welcome;
pub(crate) mod wishes;
