//! HTTP: pages, live updates, calendar feeds. A request comes in, a verb is asked, a page goes out.
//!
//! What every request passes, from the outside in: [`trail`] gives it a name and writes one line of
//! log; [`shield`] sets the security headers; compression; [`visit`] finds out who asks, refuses
//! forms that are not ours, and turns problems into pages. Which routes there are, and who may ask for
//! them, stands in [`mod@routes`]; handlers are in [`pages`], a few lines each.

pub mod backstage;
pub mod caller;
mod cookies;
pub mod frame;
mod guard;
pub mod live;
pub mod pages;
pub mod problem;
pub mod reply;
pub mod routes;
mod serve;
mod shield;
mod trail;
pub mod v1;
mod visit;

use actix_web::{
    middleware::{Compress, from_fn},
    web,
};

pub use caller::{As, Signed};
pub use frame::Page;
pub use problem::Problem;
pub use reply::{Answer, html, see_other};
pub use serve::{Closing, serve};

/// What a form may weigh: a long message and its fields.
const LARGEST_FORM: usize = 256 * 1024;

/// Every route, with everything a request passes on its way there.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.app_data(web::PayloadConfig::new(LARGEST_FORM))
        .app_data(web::FormConfig::default().limit(LARGEST_FORM))
        .app_data(web::QueryConfig::default())
        .service(v1::scope())
        .service(
            web::scope("")
                .wrap(from_fn(visit::visit))
                .wrap(Compress::default())
                .wrap(from_fn(shield::shield))
                .wrap(from_fn(trail::trail))
                .configure(|cfg| routes::mount(cfg, routes::PAGES, ""))
                .default_service(web::to(nowhere)),
        );
}

/// What is not there.
async fn nowhere() -> Result<Answer, Problem> {
    Err(Problem::from(app::Error::NotFound("page")))
}
