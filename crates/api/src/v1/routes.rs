//! The routes of the API, a line each: the scope a token needs stands beside the path.

use domain::Role;

use crate::{
    routes::{Route, Who::*, table},
    v1::*,
};

const PLANNER: &[Role] = &[Role::Planner];
const MANAGER: &[Role] = &[Role::Manager];
const ADVISOR: &[Role] = &[Role::Advisor];
/// At the desk: an advisor, or a manager, who looks and answers nobody.
const DESK: &[Role] = &[Role::Advisor, Role::Manager];
/// Who stands watch, and who plans it.
const WATCH: &[Role] = &[Role::Advisor, Role::Planner];
/// Who keeps an organisation's own affairs.
const KEEPERS: &[Role] = &[Role::Planner, Role::Manager];

/// The routes of the API.
pub const ROUTES: &[Route] = table! {
    GET    "/api/v1/openapi.json" may Everybody => openapi::show;
    GET    "/api/v1/docs" may Everybody => viewer::open;
    GET    "/api/v1/docs/{name}" may Everybody => viewer::file;

    GET    "/api/v1/me" may Bearer("me:read") => me::show;
    GET    "/api/v1/tokens" may Bearer("tokens:read") => tokens::list;
    POST   "/api/v1/tokens" may Bearer("tokens:write") => tokens::make;
    GET    "/api/v1/tokens/{api_token}" may Bearer("tokens:read") => tokens::show;
    DELETE "/api/v1/tokens/{api_token}" may Bearer("tokens:write") => tokens::revoke;

    GET    "/api/v1/needs" may Bearer("needs:read") => needs::list;
    POST   "/api/v1/needs" may BearerAs("needs:write", PLANNER) => needs::define;
    GET    "/api/v1/needs/{need}" may Bearer("needs:read") => needs::show;
    PUT    "/api/v1/needs/{need}" may BearerAs("needs:write", PLANNER) => needs::change;
    DELETE "/api/v1/needs/{need}" may BearerAs("needs:write", PLANNER) => needs::remove;
    GET    "/api/v1/pools/{pool}/proposals" may BearerAs("needs:read", PLANNER) => proposals::list;

    GET    "/api/v1/rotas" may BearerAs("rotas:read", PLANNER) => rotas::list;
    POST   "/api/v1/rotas" may BearerAs("rotas:write", PLANNER) => rotas::ask;
    GET    "/api/v1/rotas/{rota}" may BearerAs("rotas:read", PLANNER) => rotas::show;
    DELETE "/api/v1/rotas/{rota}" may BearerAs("rotas:write", PLANNER) => rotas::discard;
    POST   "/api/v1/rotas/{rota}/build" may BearerAs("rotas:write", PLANNER) => rotas::build;
    POST   "/api/v1/rotas/{rota}/stop" may BearerAs("rotas:write", PLANNER) => rotas::stop;
    POST   "/api/v1/rotas/{rota}/undo" may BearerAs("rotas:write", PLANNER) => rotas::undo;
    GET    "/api/v1/rotas/{rota}/repair" may BearerAs("rotas:read", PLANNER) => repair::show;
    POST   "/api/v1/rotas/{rota}/repair" may BearerAs("rotas:write", PLANNER) => repair::repair;
    GET    "/api/v1/rotas/{rota}/comparison" may BearerAs("rotas:read", PLANNER) => rotas::comparison;
    GET    "/api/v1/rotas/{rota}/side-by-side" may BearerAs("rotas:read", PLANNER) => side_by_side::show;
    POST   "/api/v1/rotas/{rota}/bring-back" may BearerAs("rotas:write", PLANNER) => rotas::bring_back;
    POST   "/api/v1/rotas/{rota}/publish" may BearerAs("rotas:write", PLANNER) => rotas::publish;
    POST   "/api/v1/rotas/{rota}/learners" may BearerAs("rotas:write", PLANNER) => learners::add;
    DELETE "/api/v1/rotas/{rota}/learners/{assignment}" may BearerAs("rotas:write", PLANNER) => learners::remove;
    GET    "/api/v1/rotas/{rota}/notices" may BearerAs("notices:read", PLANNER) => notices::of_rota;
    GET    "/api/v1/rotas/{rota}/proof" may BearerAs("notices:read", PLANNER) => notices::proof;
    GET    "/api/v1/open-duties" may Bearer("handovers:read") => open_duties::list;
    GET    "/api/v1/open-duties/{assignment}/eligible" may Bearer("handovers:read") => open_duties::eligible;
    POST   "/api/v1/open-duties/{assignment}/take" may BearerAs("handovers:write", WATCH) => open_duties::take;
    GET    "/api/v1/takings" may Bearer("handovers:read") => open_duties::takings;
    GET    "/api/v1/takings/{taking}" may Bearer("handovers:read") => open_duties::show;
    POST   "/api/v1/takings/{taking}/approve" may BearerAs("handovers:write", PLANNER) => open_duties::approve;
    POST   "/api/v1/takings/{taking}/refuse" may BearerAs("handovers:write", PLANNER) => open_duties::refuse;
    POST   "/api/v1/takings/{taking}/give-back" may Bearer("handovers:write") => open_duties::give_back;
    GET    "/api/v1/notices" may BearerAs("notices:read", ADVISOR) => notices::list;
    POST   "/api/v1/notices/{notice}/confirm" may BearerAs("notices:write", ADVISOR) => notices::confirm;
    GET    "/api/v1/rotas/{rota}/assignments" may BearerAs("rotas:read", PLANNER) => assignments::list;
    GET    "/api/v1/rotas/{rota}/assignments/{assignment}" may BearerAs("rotas:read", PLANNER) => assignments::show;
    PUT    "/api/v1/rotas/{rota}/assignments/{assignment}" may BearerAs("rotas:write", PLANNER) => assignments::change;
    GET    "/api/v1/rotas/{rota}/assignments/{assignment}/candidates" may BearerAs("rotas:read", PLANNER) => explained::candidates;
    GET    "/api/v1/rotas/{rota}/assignments/{assignment}/what-if" may BearerAs("rotas:read", PLANNER) => explained::what_if;
    GET    "/api/v1/rotas/{rota}/assignments/{assignment}/ways" may BearerAs("rotas:read", PLANNER) => explained::ways;

    GET    "/api/v1/shifts" may Bearer("shifts:read") => shifts::list;
    GET    "/api/v1/shifts/{shift}" may Bearer("shifts:read") => shifts::show;
    GET    "/api/v1/shifts/{shift}/eligible" may Bearer("handovers:read") => handovers::eligible;
    GET    "/api/v1/shifts/{shift}/swaps" may Bearer("handovers:read") => handovers::swaps;
    GET    "/api/v1/on-duty" may Bearer("shifts:read") => on_duty::show;

    GET    "/api/v1/ledger" may Bearer("ledger:read") => ledger::show;
    GET    "/api/v1/ledger/duties" may Bearer("ledger:read") => ledger::duties;
    GET    "/api/v1/pools/{pool}/ledger-terms" may Bearer("ledger:read") => ledger::terms;
    PUT    "/api/v1/pools/{pool}/ledger-terms" may BearerAs("ledger:write", PLANNER) => ledger::decide;
    GET    "/api/v1/pools/{pool}/shares" may BearerAs("statements:read", KEEPERS) => shares::show;
    GET    "/api/v1/pools/{pool}/shares/file" may BearerAs("statements:read", KEEPERS) => shares::file;
    GET    "/api/v1/pools/{pool}/key-figures" may BearerAs("statements:read", KEEPERS) => shares::sizes;
    PUT    "/api/v1/pools/{pool}/key-figures" may BearerAs("statements:write", PLANNER) => shares::say;
    GET    "/api/v1/pools/{pool}/share-weights" may BearerAs("statements:read", KEEPERS) => shares::weights;
    PUT    "/api/v1/pools/{pool}/share-weights" may BearerAs("statements:write", PLANNER) => shares::weigh;
    GET    "/api/v1/exemptions" may Bearer("ledger:read") => exemptions::list;
    POST   "/api/v1/exemptions" may BearerAs("ledger:write", KEEPERS) => exemptions::add;
    GET    "/api/v1/exemptions/{exemption}" may Bearer("ledger:read") => exemptions::show;
    DELETE "/api/v1/exemptions/{exemption}" may BearerAs("ledger:write", KEEPERS) => exemptions::remove;

    GET    "/api/v1/agreements" may BearerAs("agreements:read", KEEPERS) => agreements::list;
    POST   "/api/v1/agreements" may BearerAs("agreements:write", KEEPERS) => agreements::add;
    GET    "/api/v1/agreements/{agreement}" may BearerAs("agreements:read", KEEPERS) => agreements::show;
    PUT    "/api/v1/agreements/{agreement}" may BearerAs("agreements:write", KEEPERS) => agreements::change;
    DELETE "/api/v1/agreements/{agreement}" may BearerAs("agreements:write", KEEPERS) => agreements::remove;
    GET    "/api/v1/acceptances" may BearerAs("rotas:read", PLANNER) => acceptances::list;

    GET    "/api/v1/statements" may Bearer("statements:read") => statements::list;
    GET    "/api/v1/statements/pay" may BearerAs("statements:read", KEEPERS) => statements::pay;
    GET    "/api/v1/statements/register" may BearerAs("statements:read", KEEPERS) => statements::register;
    GET    "/api/v1/statements/register/seals" may BearerAs("statements:read", KEEPERS) => statements::look;
    POST   "/api/v1/statements/register/check" may BearerAs("statements:read", KEEPERS) => statements::check;
    GET    "/api/v1/compensation" may BearerAs("statements:read", KEEPERS) => compensation::list;
    POST   "/api/v1/compensation" may BearerAs("statements:write", KEEPERS) => compensation::add;
    GET    "/api/v1/compensation/{rate}" may BearerAs("statements:read", KEEPERS) => compensation::show;
    DELETE "/api/v1/compensation/{rate}" may BearerAs("statements:write", KEEPERS) => compensation::remove;
    GET    "/api/v1/interventions" may Bearer("statements:read") => interventions::list;
    POST   "/api/v1/interventions" may Bearer("statements:write") => interventions::add;
    GET    "/api/v1/interventions/{intervention}" may Bearer("statements:read") => interventions::show;
    PUT    "/api/v1/interventions/{intervention}" may Bearer("statements:write") => interventions::correct;
    DELETE "/api/v1/interventions/{intervention}" may Bearer("statements:write") => interventions::remove;

    GET    "/api/v1/handovers" may Bearer("handovers:read") => handovers::list;
    POST   "/api/v1/handovers" may Bearer("handovers:write") => handovers::ask;
    GET    "/api/v1/handovers/{handover}" may Bearer("handovers:read") => handovers::show;
    POST   "/api/v1/handovers/{handover}/withdraw" may Bearer("handovers:write") => handovers::withdraw;
    POST   "/api/v1/handovers/{handover}/accept" may BearerAs("handovers:write", ADVISOR) => handovers::accept;
    POST   "/api/v1/handovers/{handover}/refuse" may Bearer("handovers:write") => handovers::refuse;
    POST   "/api/v1/handovers/{handover}/approve" may BearerAs("handovers:write", PLANNER) => handovers::approve;
    POST   "/api/v1/handovers/{handover}/assign" may BearerAs("handovers:write", PLANNER) => handovers::assign;
    POST   "/api/v1/handovers/{handover}/give-back" may Bearer("handovers:write") => handovers::give_back;

    GET    "/api/v1/offers" may BearerAs("offers:read", KEEPERS) => offers::list;
    POST   "/api/v1/offers" may BearerAs("offers:write", PLANNER) => offers::define;
    GET    "/api/v1/offers/{offer}" may BearerAs("offers:read", KEEPERS) => offers::show;
    PUT    "/api/v1/offers/{offer}" may BearerAs("offers:write", PLANNER) => offers::change;

    GET    "/api/v1/coverage" may BearerAs("coverage:read", KEEPERS) => coverage::list;
    POST   "/api/v1/coverage" may BearerAs("coverage:write", MANAGER) => coverage::order;
    GET    "/api/v1/coverage/{coverage}" may BearerAs("coverage:read", KEEPERS) => coverage::show;
    DELETE "/api/v1/coverage/{coverage}" may BearerAs("coverage:write", MANAGER) => coverage::end;

    GET    "/api/v1/organisations" may Bearer("organisations:read") => organisations::list;
    POST   "/api/v1/organisations" may BearerAs("organisations:write", PLANNER) => organisations::add;
    GET    "/api/v1/organisations/{organisation}" may Bearer("organisations:read") => organisations::show;
    POST   "/api/v1/organisations/{organisation}/manager" may BearerAs("organisations:write", PLANNER) => organisations::invite_manager;
    PUT    "/api/v1/organisations/{organisation}" may BearerAs("organisations:write", KEEPERS) => organisations::change;

    GET    "/api/v1/people" may Bearer("people:read") => people::list;
    GET    "/api/v1/people/{person}" may Bearer("people:read") => people::show;
    PUT    "/api/v1/people/{person}" may Bearer("people:write") => people::change;

    GET    "/api/v1/employments" may BearerAs("people:read", KEEPERS) => employments::list;
    POST   "/api/v1/employments" may BearerAs("people:write", KEEPERS) => employments::employ;
    GET    "/api/v1/employments/{employment}" may BearerAs("people:read", KEEPERS) => employments::show;
    PUT    "/api/v1/employments/{employment}" may BearerAs("people:write", KEEPERS) => employments::change;

    GET    "/api/v1/holidays" may Bearer("pools:read") => holidays::list;
    GET    "/api/v1/pools" may Bearer("pools:read") => pools::list;
    POST   "/api/v1/pools" may BearerAs("pools:write", PLANNER) => pools::found;
    GET    "/api/v1/pools/{pool}" may Bearer("pools:read") => pools::show;
    PUT    "/api/v1/pools/{pool}" may BearerAs("pools:write", PLANNER) => pools::change;

    GET    "/api/v1/memberships" may Bearer("pools:read") => memberships::list;
    POST   "/api/v1/memberships" may BearerAs("pools:write", PLANNER) => memberships::admit;
    GET    "/api/v1/memberships/{membership}" may Bearer("pools:read") => memberships::show;
    PUT    "/api/v1/memberships/{membership}" may BearerAs("pools:write", PLANNER) => memberships::change;

    GET    "/api/v1/absences" may Bearer("absences:read") => absences::list;
    POST   "/api/v1/absences" may Bearer("absences:write") => absences::add;
    GET    "/api/v1/absences/{absence}" may Bearer("absences:read") => absences::show;
    PUT    "/api/v1/absences/{absence}" may Bearer("absences:write") => absences::change;
    DELETE "/api/v1/absences/{absence}" may Bearer("absences:write") => absences::remove;

    GET    "/api/v1/wish-repeats" may BearerAs("wishes:read", ADVISOR) => wish_repeats::list;
    POST   "/api/v1/wish-repeats" may BearerAs("wishes:write", ADVISOR) => wish_repeats::add;
    GET    "/api/v1/wish-repeats/{wish_repeat}" may BearerAs("wishes:read", ADVISOR) => wish_repeats::show;
    DELETE "/api/v1/wish-repeats/{wish_repeat}" may BearerAs("wishes:write", ADVISOR) => wish_repeats::remove;
    GET    "/api/v1/wish-rounds" may Bearer("wishes:read") => wish_rounds::list;
    POST   "/api/v1/wish-rounds" may BearerAs("wishes:write", PLANNER) => wish_rounds::open;
    GET    "/api/v1/wish-rounds/{wish_round}" may Bearer("wishes:read") => wish_rounds::show;
    DELETE "/api/v1/wish-rounds/{wish_round}" may BearerAs("wishes:write", PLANNER) => wish_rounds::remove;
    GET    "/api/v1/wishes" may BearerAs("wishes:read", ADVISOR) => wishes::list;
    GET    "/api/v1/wishes/{day}" may BearerAs("wishes:read", ADVISOR) => wishes::show;
    PUT    "/api/v1/wishes/{day}" may BearerAs("wishes:write", ADVISOR) => wishes::say;
    DELETE "/api/v1/wishes/{day}" may BearerAs("wishes:write", ADVISOR) => wishes::take_back;

    GET    "/api/v1/office-hours" may Bearer("hours:read") => office_hours::list;
    POST   "/api/v1/office-hours" may BearerAs("hours:write", KEEPERS) => office_hours::add;
    GET    "/api/v1/office-hours/{office_hours}" may Bearer("hours:read") => office_hours::show;
    PUT    "/api/v1/office-hours/{office_hours}" may BearerAs("hours:write", KEEPERS) => office_hours::change;
    DELETE "/api/v1/office-hours/{office_hours}" may BearerAs("hours:write", KEEPERS) => office_hours::remove;

    GET    "/api/v1/outside-hours" may Bearer("hours:read") => outside_hours::list;
    POST   "/api/v1/outside-hours" may BearerAs("hours:write", ADVISOR) => outside_hours::add;
    GET    "/api/v1/outside-hours/{outside_hours}" may Bearer("hours:read") => outside_hours::show;
    PUT    "/api/v1/outside-hours/{outside_hours}" may BearerAs("hours:write", ADVISOR) => outside_hours::change;
    DELETE "/api/v1/outside-hours/{outside_hours}" may BearerAs("hours:write", ADVISOR) => outside_hours::remove;

    GET    "/api/v1/opening-hours" may Bearer("hours:read") => opening_hours::list;
    POST   "/api/v1/opening-hours" may BearerAs("hours:write", KEEPERS) => opening_hours::add;
    GET    "/api/v1/opening-hours/{opening_hours}" may Bearer("hours:read") => opening_hours::show;
    PUT    "/api/v1/opening-hours/{opening_hours}" may BearerAs("hours:write", KEEPERS) => opening_hours::change;
    DELETE "/api/v1/opening-hours/{opening_hours}" may BearerAs("hours:write", KEEPERS) => opening_hours::remove;

    GET    "/api/v1/channel-accounts" may BearerAs("channels:read", MANAGER) => channel_accounts::list;
    POST   "/api/v1/channel-accounts" may BearerAs("channels:write", MANAGER) => channel_accounts::open;
    GET    "/api/v1/channel-accounts/{channel_account}" may BearerAs("channels:read", MANAGER) => channel_accounts::show;
    PUT    "/api/v1/channel-accounts/{channel_account}" may BearerAs("channels:write", MANAGER) => channel_accounts::change;
    DELETE "/api/v1/channel-accounts/{channel_account}" may BearerAs("channels:write", MANAGER) => channel_accounts::remove;

    GET    "/api/v1/conversations" may BearerAs("conversations:read", DESK) => conversations::list;
    GET    "/api/v1/conversations/{conversation}" may BearerAs("conversations:read", DESK) => conversations::show;
    POST   "/api/v1/conversations/{conversation}/take" may BearerAs("conversations:write", ADVISOR) => conversations::take;
    POST   "/api/v1/conversations/{conversation}/give-back" may BearerAs("conversations:write", ADVISOR) => conversations::give_back;
    POST   "/api/v1/conversations/{conversation}/close" may BearerAs("conversations:write", ADVISOR) => conversations::close;
    POST   "/api/v1/conversations/{conversation}/reopen" may BearerAs("conversations:write", ADVISOR) => conversations::reopen;

    GET    "/api/v1/conversations/{conversation}/messages" may BearerAs("conversations:read", DESK) => messages::list;
    POST   "/api/v1/conversations/{conversation}/messages" may BearerAs("conversations:write", ADVISOR) => messages::answer;
    GET    "/api/v1/conversations/{conversation}/messages/{message}" may BearerAs("conversations:read", DESK) => messages::show;
    POST   "/api/v1/conversations/{conversation}/messages/{message}/resend" may BearerAs("conversations:write", ADVISOR) => messages::resend;

    GET    "/api/v1/notes" may BearerAs("notes:read", DESK) => notes::list;
    POST   "/api/v1/notes" may BearerAs("notes:write", ADVISOR) => notes::write;
    GET    "/api/v1/notes/{note}" may BearerAs("notes:read", DESK) => notes::show;
    PUT    "/api/v1/notes/{note}" may BearerAs("notes:write", ADVISOR) => notes::change;
    DELETE "/api/v1/notes/{note}" may BearerAs("notes:write", ADVISOR) => notes::remove;

    POST   "/api/v1/imports/{kind}" may BearerAs("files:write", KEEPERS) => files::import;
    GET    "/api/v1/exports/{kind}" may BearerAs("files:read", KEEPERS) => files::export;

    GET    "/api/v1/jobs" may BearerWhoRunsTheService("jobs:read") => jobs::list;
    GET    "/api/v1/jobs/{job}" may BearerWhoRunsTheService("jobs:read") => jobs::show;
    POST   "/api/v1/jobs/{job}/replay" may BearerWhoRunsTheService("jobs:write") => jobs::replay;
};
