//! The pages: one file for each, with its routes and a few lines for each of them.

mod assets;
mod demo;
mod mailbox;
mod me;
mod sign_in;
mod welcome;

use actix_web::web::ServiceConfig;

/// The routes of every page.
pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.configure(welcome::routes)
        .configure(sign_in::routes)
        .configure(mailbox::routes)
        .configure(me::routes)
        .configure(demo::routes)
        .configure(assets::routes)
        .configure(crate::live::routes);
}
