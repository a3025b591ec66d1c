//! The pages: one file for each, with its routes and a few lines for each of them.

mod assets;
mod wishes;
mod today;
mod shifts;
mod rota;
mod coverage;
mod calendar;
mod demo;
mod here;
mod inbox;
mod notebook;
mod visitor;
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
