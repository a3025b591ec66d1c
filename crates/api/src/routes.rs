//! Every route there is, once: its method, its path, who may ask for it, and its handler.
//!
//! A line here is the only way to register a handler, so no route is without an answer to "who may?".
//! The strangers test asks every line as everybody, and writes `docs/who-may-what.txt`.
//!
//! To add a page's route, add a line to [`PAGES`]. To add a folder of routes (the API has one), write
//! a table of its own with `table!` in that folder and name it in [`all`].

use actix_web::web::{self, ServiceConfig};
use domain::Role;

use crate::{backstage, live, pages::*};
use Who::*;

/// Who may ask for a route. Whose rows they are shown is another question: that of the scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Anybody, signed in or not.
    Everybody,
    /// Anybody, but only where the house is a demo; elsewhere the route leads nowhere.
    EverybodyInTheDemo,
    /// A visitor: what they may see hangs on the token their browser holds, and without one they
    /// may begin.
    Visitor,
    /// Whoever knows the secret in the address, and nobody else, signed in or not.
    HolderOfTheAddress,
    /// Anybody signed in, in whatever role.
    SignedIn,
    /// Those who hold one of these roles.
    Roles(&'static [Role]),
    /// Who runs the service.
    Operator,
    /// A bearer of an access token, or of an API token with this scope (`rotas:read`); the verb
    /// demands its role besides.
    Bearer(&'static str),
    /// The same, if they hold one of these roles.
    BearerAs(&'static str, &'static [Role]),
    /// The same, if they run the service.
    BearerWhoRunsTheService(&'static str),
}

/// One line of the table.
#[derive(Clone, Copy)]
pub struct Route {
    /// `GET`, `POST` …
    pub method: &'static str,
    /// As the router knows it, with names in braces.
    pub path: &'static str,
    /// Who may.
    pub who: Who,
    /// Which handler, by name.
    pub handler: &'static str,
    route: fn() -> actix_web::Route,
}

impl std::fmt::Debug for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} ({:?}) {}", self.method, self.path, self.who, self.handler)
    }
}

/// A table of routes: `GET "/path" may WHO => module::handler;`, a line a route.
macro_rules! table {
    ($($method:ident $path:literal may $who:expr => $handler:path;)*) => {
        &[$($crate::routes::Route::new(
            stringify!($method),
            $path,
            $who,
            stringify!($handler),
            || actix_web::web::method(actix_web::http::Method::$method).to($handler),
        )),*]
    };
}
/// For the folders that keep a table of their own.
pub(crate) use table;

impl Who {
    /// The scope an API token needs, where the route is one for programs.
    pub fn scope(self) -> Option<&'static str> {
        match self {
            Self::Bearer(scope) | Self::BearerAs(scope, _) | Self::BearerWhoRunsTheService(scope) => {
                Some(scope)
            }
            _ => None,
        }
    }
}

impl Route {
    /// For `table!` alone.
    pub(crate) const fn new(
        method: &'static str,
        path: &'static str,
        who: Who,
        handler: &'static str,
        route: fn() -> actix_web::Route,
    ) -> Self {
        Self { method, path, who, handler, route }
    }
}

const PLANNER: Who = Who::Roles(&[Role::Planner]);
const ADVISOR: Who = Who::Roles(&[Role::Advisor]);
const MANAGER: Who = Who::Roles(&[Role::Manager]);
/// At the desk: an advisor, or a manager, who looks and answers nobody.
const DESK: Who = Who::Roles(&[Role::Advisor, Role::Manager]);
/// Who decides on the people of an organisation.
const HEADS: Who = Who::Roles(&[Role::Planner, Role::Manager]);
/// Who sells coverage and who buys it; who keeps the files of their organisation.
const TRADE: Who = Who::Roles(&[Role::Planner, Role::Manager]);
/// Whoever works for an organisation, as anything.
const STAFF: Who = Who::Roles(&[Role::Advisor, Role::Planner, Role::Manager]);

/// The routes of the pages.
pub const PAGES: &[Route] = table! {
    // The way in.
    GET  "/" may Everybody => welcome::show;
    GET  "/sign-in" may Everybody => sign_in::show;
    POST "/sign-in" may Everybody => sign_in::ask;
    POST "/sign-in/code" may Everybody => sign_in::enter;
    GET  "/sign-in/code" may Everybody => sign_in::show;
    POST "/sign-out" may SignedIn => sign_in::leave;
    GET  "/home" may SignedIn => me::go_home;
    GET  "/mailbox" may EverybodyInTheDemo => mailbox::show;
    POST "/demo/enter/{door}" may EverybodyInTheDemo => demo::enter;
    POST "/demo/clock" may EverybodyInTheDemo => demo::set_clock;

    // Me.
    GET  "/me" may SignedIn => me::show;
    POST "/me/language" may SignedIn => me::language;
    POST "/me/theme" may SignedIn => me::theme;
    POST "/me/letters" may SignedIn => me::letters;
    POST "/me/role" may SignedIn => me::role;
    GET  "/me/skills" may STAFF => skills::own;
    POST "/me/skills" may STAFF => skills::say_own;
    POST "/me/tokens" may SignedIn => api_tokens::make;
    // Where a form's answer is shown, the page itself is there too: a browser asks again for the address
    // it stands at, by hand or for its live parts. So it is with every page below that has forms.
    GET  "/me/tokens" may SignedIn => me::show;
    POST "/me/tokens/{api_token}/revoke" may SignedIn => api_tokens::revoke;
    POST "/sessions/end-others" may SignedIn => me::end_others;
    POST "/sessions/{session}/end" may SignedIn => me::end;

    // People: who works for whom, and who is invited.
    GET  "/team" may HEADS => team::show;
    POST "/team/invitations" may HEADS => team::invite;
    POST "/team/invitations/{invitation}/again" may HEADS => team::again;
    POST "/team/invitations/{invitation}/withdraw" may HEADS => team::withdraw;
    POST "/team/leave" may HEADS => team::leave;
    GET  "/team/{person}/skills" may HEADS => skills::of_staff;
    POST "/team/{person}/skills" may HEADS => skills::say_of_staff;
    GET  "/agreements" may HEADS => agreements::show;
    POST "/agreements" may HEADS => agreements::enter;
    POST "/agreements/{agreement}/end" may HEADS => agreements::end;
    GET  "/team/invitations" may HEADS => team::show;
    GET  "/team/leave" may HEADS => team::show;
    GET  "/invitation/{token}" may HolderOfTheAddress => invitation::show;
    POST "/invitation/{token}" may HolderOfTheAddress => invitation::accept;

    // What a board sets up, and what the operator does.
    GET  "/pool" may PLANNER => pool::show;
    POST "/pool" may PLANNER => pool::make;
    POST "/pool/needs" may PLANNER => pool::want;
    POST "/pool/needs/{need}/end" may PLANNER => pool::end;
    POST "/pool/needs/{need}/as-usual" may PLANNER => pool::as_usual;
    GET  "/pool/day" may PLANNER => pool::show;
    POST "/pool/day" may PLANNER => pool::day;
    POST "/pool/offices" may PLANNER => pool::add_office;
    POST "/pool/managers" may PLANNER => pool::invite_manager;
    POST "/pool/approval" may PLANNER => pool::approval;
    POST "/pool/calendar" may PLANNER => pool::calendar;
    GET  "/pool/needs" may PLANNER => pool::show;
    GET  "/pool/offices" may PLANNER => pool::show;
    GET  "/pool/managers" may PLANNER => pool::show;
    GET  "/house" may Operator => house::show;
    POST "/house/boards" may Operator => house::found;
    POST "/house/planners" may Operator => house::invite_planner;
    GET  "/house/boards" may Operator => house::show;
    GET  "/house/planners" may Operator => house::show;

    // The rota, and what comes of it.
    GET  "/today" may PLANNER => today::show;
    GET  "/rota" may PLANNER => rota::around_now;
    POST "/rota" may PLANNER => rota::ask;
    GET  "/rota/{rota}" may PLANNER => rota::show;
    POST "/rota/{rota}/build" may PLANNER => rota::build;
    POST "/rota/{rota}/stop" may PLANNER => rota::stop;
    POST "/rota/{rota}/discard" may PLANNER => rota::discard;
    POST "/rota/{rota}/assign" may PLANNER => rota::assign;
    POST "/rota/{rota}/pin" may PLANNER => rota::pin;
    POST "/rota/{rota}/undo" may PLANNER => rota::undo;
    GET  "/rota/{rota}/preview" may PLANNER => rota::preview;
    GET  "/rota/{rota}/repair" may PLANNER => repair::show;
    POST "/rota/{rota}/repair" may PLANNER => repair::repair;
    GET  "/rota/{rota}/compare" may PLANNER => rota::show_compare;
    POST "/rota/{rota}/bring-back" may PLANNER => rota::bring_back;
    POST "/rota/{rota}/publish" may PLANNER => rota::publish;
    GET  "/rota/{rota}/publish" may PLANNER => rota::show_compare;
    GET  "/rota/{rota}/proof" may PLANNER => rota::proof;
    POST "/rota/{rota}/learners" may PLANNER => learners::add;
    GET  "/rota/{rota}/learners" may PLANNER => rota::show;
    POST "/rota/{rota}/learners/{assignment}/remove" may PLANNER => learners::remove;
    GET  "/shifts" may ADVISOR => shifts::show;
    GET  "/shifts/ledger" may ADVISOR => shifts::ledger;
    POST "/shifts/seen" may ADVISOR => shifts::seen;
    POST "/shifts/feed" may ADVISOR => shifts::make_feed;
    POST "/shifts/feed/revoke" may ADVISOR => shifts::revoke_feed;
    GET  "/shifts/outside" may ADVISOR => shifts::show;
    POST "/shifts/outside" may ADVISOR => outside::say;
    POST "/shifts/outside/{outside_hours}/remove" may ADVISOR => outside::take_back;
    GET  "/shifts/{shift}/change" may STAFF => handovers::show;
    POST "/shifts/{shift}/change" may STAFF => handovers::ask;
    POST "/handovers/{handover}/accept" may ADVISOR => handovers::accept;
    POST "/handovers/{handover}/refuse" may STAFF => handovers::refuse;
    POST "/handovers/{handover}/withdraw" may STAFF => handovers::withdraw;
    POST "/handovers/{handover}/give-back" may STAFF => handovers::give_back;
    POST "/handovers/{handover}/approve" may PLANNER => handovers::approve;
    POST "/handovers/{handover}/assign" may PLANNER => handovers::assign;
    POST "/open-duties/{assignment}/take" may ADVISOR => open_duties::take;
    POST "/takings/{taking}/give-back" may ADVISOR => open_duties::give_back;
    POST "/takings/{taking}/approve" may PLANNER => open_duties::approve;
    POST "/takings/{taking}/refuse" may PLANNER => open_duties::refuse;
    GET  "/calendar/{token}.ics" may HolderOfTheAddress => calendar::show;
    GET  "/wishes" may ADVISOR => wishes::show;
    POST "/wishes" may ADVISOR => wishes::say;
    POST "/wishes/repeats" may ADVISOR => wishes::repeat;
    POST "/wishes/repeats/{wish_repeat}/remove" may ADVISOR => wishes::stop_repeating;
    POST "/rota/{rota}/wishes" may PLANNER => wishes::set_round;
    POST "/wish-rounds/{wish_round}/remove" may PLANNER => wishes::end_round;

    // Coverage.
    GET  "/coverage" may TRADE => coverage::show;
    POST "/coverage/order" may MANAGER => coverage::order;
    GET  "/coverage/order" may TRADE => coverage::show;
    POST "/coverage/offers" may PLANNER => coverage::define;
    GET  "/coverage/offers" may TRADE => coverage::show;
    POST "/coverage/offers/{offer}/close" may PLANNER => coverage::close;
    POST "/coverage/{coverage}/end" may MANAGER => coverage::end;
    GET  "/shares" may TRADE => shares::show;
    GET  "/shares/file" may TRADE => shares::take;
    GET  "/shares/figures" may TRADE => shares::show;
    POST "/shares/figures" may PLANNER => shares::say;

    // Files in and out.
    GET  "/exchange" may TRADE => exchange::show;
    POST "/exchange" may TRADE => exchange::bring;
    GET  "/exchange/{file}" may TRADE => exchange::take;

    // Statements of a month, and its files.
    GET  "/statements" may TRADE => statements::show;
    GET  "/statements/{month_file}" may TRADE => statements::take;

    // Work during standby; how duties are counted, and what they give.
    GET  "/interventions" may STAFF => interventions::show;
    POST "/interventions" may STAFF => interventions::add;
    POST "/interventions/correct" may STAFF => interventions::correct;
    GET  "/interventions/correct" may STAFF => interventions::show;
    POST "/interventions/{intervention}/remove" may STAFF => interventions::remove;
    GET  "/ledger" may HEADS => ledger::show;
    POST "/ledger/terms" may PLANNER => ledger::decide;
    GET  "/ledger/terms" may HEADS => ledger::show;
    POST "/ledger/exemptions" may HEADS => ledger::exempt;
    GET  "/ledger/exemptions" may HEADS => ledger::show;
    POST "/ledger/exemptions/{exemption}/remove" may HEADS => ledger::exempt_no_more;
    POST "/ledger/rates" may HEADS => ledger::agree;
    GET  "/ledger/rates" may HEADS => ledger::show;
    POST "/ledger/rates/{rate}/remove" may HEADS => ledger::remove_rate;

    // The desk.
    GET  "/inbox" may DESK => inbox::list;
    GET  "/inbox/{conversation}" may DESK => inbox::open;
    GET  "/inbox/{conversation}/attachments/{file}" may DESK => inbox::attachment;
    POST "/inbox/{conversation}/reply" may ADVISOR => inbox::answer;
    POST "/inbox/{conversation}/note" may ADVISOR => inbox::note;
    POST "/inbox/{conversation}/take" may ADVISOR => inbox::take;
    POST "/inbox/{conversation}/done" may ADVISOR => inbox::done;
    POST "/inbox/{conversation}/reopen" may ADVISOR => inbox::reopen;
    POST "/inbox/{conversation}/resend" may ADVISOR => inbox::resend;
    POST "/inbox/{conversation}/drop" may ADVISOR => inbox::leave;
    POST "/inbox/{conversation}/writing" may ADVISOR => inbox::writing;
    GET  "/notebook" may DESK => notebook::show;
    POST "/notebook" may ADVISOR => notebook::add;
    POST "/notebook/{note}/checked" may ADVISOR => notebook::checked;
    POST "/here" may ADVISOR => here::here;

    // Privacy: what an office keeps of its visitors, and who looked.
    GET  "/privacy" may MANAGER => privacy::show;
    POST "/privacy/visitors" may MANAGER => privacy::find;
    POST "/privacy/retention" may MANAGER => privacy::retention;
    POST "/privacy/export" may MANAGER => privacy::export;
    POST "/privacy/erase" may MANAGER => privacy::erase;
    POST "/privacy/holds" may MANAGER => privacy::keep;
    POST "/privacy/holds/{conversation}/release" may MANAGER => privacy::release;
    GET  "/privacy/erasures/{erasure}" may MANAGER => privacy::certificate;
    GET  "/privacy/mine" may STAFF => privacy::mine;
    GET  "/privacy/visitors" may MANAGER => privacy::show;
    GET  "/privacy/retention" may MANAGER => privacy::show;
    GET  "/privacy/export" may MANAGER => privacy::show;
    GET  "/privacy/erase" may MANAGER => privacy::show;
    GET  "/privacy/holds" may MANAGER => privacy::show;

    // A visitor's page.
    GET  "/c/{slug}" may Visitor => visitor::show;
    POST "/c/{slug}/messages" may Visitor => visitor::write;
    POST "/c/{slug}/reach" may Visitor => visitor::reach;
    POST "/c/{slug}/writing" may Visitor => visitor::writing;
    GET  "/c/{slug}/live" may Visitor => visitor::listen;

    // News, and what every page is made of.
    GET  "/live" may Everybody => live::listen;
    GET  "/assets/{name}" may Everybody => assets::asset;
    GET  "/healthz" may Everybody => backstage::healthz;
    GET  "/readyz" may Everybody => backstage::readyz;
};

/// Every route of the house.
pub fn all() -> impl Iterator<Item = &'static Route> {
    [PAGES, crate::v1::routes::ROUTES].into_iter().flatten()
}

/// Registers a table, whose paths begin with `under` where it stands in a scope of that name.
///
/// Lines with one path become one resource: a method it does not know is 405.
pub(crate) fn mount(cfg: &mut ServiceConfig, table: &'static [Route], under: &str) {
    let mut mounted: Vec<&str> = Vec::new();
    for Route { path, .. } in table {
        if mounted.contains(path) {
            continue;
        }
        mounted.push(path);
        let lines = table.iter().filter(|line| line.path == *path);
        let resource = web::resource(path.strip_prefix(under).unwrap_or(path));
        cfg.service(lines.fold(resource, |resource, line| resource.route((line.route)())));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_route_stands_twice_in_the_table() {
        let mut seen = BTreeSet::new();
        for route in all() {
            assert!(seen.insert((route.method, route.path)), "{route:?} stands there twice");
        }
    }
}
