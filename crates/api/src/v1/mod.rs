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
//! 2. handlers of a few lines with `#[utoipa::path]`: [`query::Asked`] for lists, [`body::Body`] for
//!    what comes in, [`query::IfMatch`] where a state is changed, [`crate::As`] for the role, and
//!    [`reply`] for what goes out; the verb in `app` decides, refuses and writes the audit log;
//! 3. a line a handler in [`routes::ROUTES`], the handlers' names in [`openapi`], for a list its path
//!    and sorts in `openapi::LISTS`, and new scopes in `app::account::api_tokens::SCOPES`.
//!
//! `tests/it/api` then says that `docs/openapi.json` is stale, and writes it anew.

pub mod absences;
pub mod body;
pub mod employments;
mod gate;
mod keys;
mod limits;
pub mod me;
pub mod memberships;
pub mod needs;
pub mod office_hours;
pub mod on_duty;
pub mod openapi;
pub mod opening_hours;
pub mod organisations;
pub mod people;
pub mod pools;
pub mod problem;
pub mod query;
pub mod reply;
pub mod routes;
pub mod time;
pub mod tokens;
pub mod viewer;
pub mod wishes;
pub mod words;

use actix_web::{
    dev::HttpServiceFactory,
    middleware::{Compress, from_fn},
    web,
};

pub use limits::{Counts, Limits};
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
