//! Pages: one file each, holding its `Model` and its `render`.

pub mod agreements;
pub mod api_tokens;
pub mod beside;
pub mod compare;
pub mod components;
pub mod coverage;
pub mod dossier;
pub mod exchange;
pub mod first_rota;
pub mod forms;
pub mod hand_over;
pub mod handovers;
pub mod house;
pub mod icons;
pub mod inbox;
pub mod interventions;
pub mod invitation;
pub mod ledger;
pub mod mailbox;
pub mod me;
pub mod my_ledger;
pub mod my_shifts;
pub mod notebook;
pub mod notices;
pub mod open_duties;
pub mod outside;
pub mod pool;
pub mod privacy;
pub mod problem;
pub mod repair;
pub mod rota;
pub mod samples;
pub mod shares;
pub mod shell;
pub mod sign_in;
pub mod skills;
pub mod statements;
pub mod team;
pub mod today;
pub mod visitor;
pub mod welcome;
pub mod wishes;

#[cfg(test)]
mod desk_tests;
#[cfg(test)]
mod tests;
