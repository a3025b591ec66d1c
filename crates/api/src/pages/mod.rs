//! The pages: one file for each, with its routes and a few lines for each of them.

mod assets;
mod calendar;
mod coverage;
mod demo;
mod here;
mod inbox;
mod mailbox;
mod me;
mod notebook;
mod rota;
mod shifts;
mod sign_in;
mod today;
mod visitor;
mod welcome;
mod wishes;

use actix_web::web::ServiceConfig;

/// The routes of every page.
pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.configure(welcome::routes)
        .configure(sign_in::routes)
        .configure(mailbox::routes)
        .configure(me::routes)
        .configure(demo::routes)
        .configure(calendar::routes)
        .configure(coverage::routes)
        .configure(rota::routes)
        .configure(shifts::routes)
        .configure(today::routes)
        .configure(wishes::routes)
        .configure(assets::routes)
        .configure(here::routes)
        .configure(inbox::routes)
        .configure(notebook::routes)
        .configure(visitor::routes)
        .configure(crate::live::routes);
}
