//! The API for programs, `/api/v1`: what the pages do, as JSON.
//!
//! A request passes [`gate`]: it finds the line of [`routes::ROUTES`], who asks and whether their token
//! reaches that far, counts, and keeps the answers of requests that may be sent again. Whatever goes
//! wrong leaves as `application/problem+json` ([`problem`]).
//!
//! **To add a resource**, write a file of its own here, like [`needs`]:
//!
//! 1. types of what comes in (`input!`, which names every faulty field at once) and what goes out
//!    (`Serialize`, `ToSchema`), apart from those of `domain`;
//! 2. handlers of a few lines with `#[utoipa::path]`: [`query::Asked`] takes the filters of a list and
//!    answers with its page, [`body::Body`] is what comes in, [`query::IfMatch`] the state that was seen,
//!    [`crate::As`] the role, and [`reply`] says what is kept, was made, changed or removed; the verb in
//!    `app` decides, refuses and writes the audit log;
//! 3. a line a handler in [`routes::ROUTES`], the handlers' names in [`openapi`], for a list its path
//!    and sorts in `openapi::LISTS`, and new scopes in `app::account::api_tokens::SCOPES`.
//!
//! `tests/it/api` then says that `docs/openapi.json` is stale, and writes it anew.

pub mod absences;
pub mod acceptances;
pub mod agreements;
pub mod assignments;
pub mod body;
pub mod channel_accounts;
pub mod comparison;
pub mod compensation;
pub mod conversations;
pub mod coverage;
pub mod employments;
pub mod exemptions;
pub mod explained;
pub mod files;
mod gate;
pub mod handovers;
pub mod holidays;
pub mod interventions;
pub mod jobs;
mod keys;
pub mod learners;
pub mod ledger;
mod limits;
pub mod me;
pub mod memberships;
pub mod messages;
pub mod needs;
pub mod notes;
pub mod notices;
pub mod offers;
pub mod office_hours;
pub mod on_duty;
pub mod open_duties;
pub mod openapi;
pub mod opening_hours;
pub mod organisations;
pub mod outside_hours;
pub mod people;
pub mod pools;
pub mod problem;
pub mod proposals;
pub mod query;
pub mod repair;
pub mod reply;
pub mod rotas;
pub mod routes;
pub mod shares;
pub mod shifts;
pub mod side_by_side;
pub mod skills;
pub mod statements;
pub mod time;
pub mod tokens;
pub mod viewer;
pub mod wish_repeats;
pub mod wish_rounds;
pub mod wishes;
pub mod words;

use actix_web::{
    dev::HttpServiceFactory,
    middleware::{Compress, from_fn},
    web,
};

pub use problem::Problem;

use crate::{routes::mount, shield, trail};

/// Where the API stands.
pub const UNDER: &str = "/api/v1";

/// Every route of the API, with everything a request passes on its way there.
pub(crate) fn scope() -> impl HttpServiceFactory {
    web::scope(UNDER)
        .wrap(from_fn(gate::gate))
        .wrap(Compress::default())
        .wrap(from_fn(shield::shield))
        .wrap(from_fn(trail::trail))
        .configure(|cfg| mount(cfg, routes::ROUTES, UNDER))
}
