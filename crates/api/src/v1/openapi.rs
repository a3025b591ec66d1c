//! The description of the API (OpenAPI 3.1), made of the handlers themselves. What every operation has
//! in common is added once, here: who may ask, how pages go, which problems there are.

use std::sync::LazyLock;

use actix_web::{HttpResponse, http::header};
use serde_json::{Map, Value, json};
use utoipa::OpenApi;

use super::{
    UNDER, absences, acceptances, agreements, assignments, channel_accounts, compensation, conversations,
    coverage, employments, exemptions, explained, files, handovers, holidays, interventions, jobs, learners,
    ledger, me, memberships, messages, needs, notes, notices, offers, office_hours, on_duty, open_duties,
    opening_hours, organisations, outside_hours, people, pools, problem, proposals,
    query::{MOST, Sorts, USUAL},
    repair, rotas,
    routes::ROUTES,
    shares, shifts, side_by_side, statements, tokens, wish_repeats, wish_rounds, wishes, words,
};
use crate::Answer;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Veilleuse",
        description = "One watch for the tourist offices of a region: the API for programs."
    ),
    paths(
        me::show,
        tokens::list,
        tokens::show,
        tokens::make,
        tokens::revoke,
        needs::list,
        needs::show,
        needs::define,
        needs::change,
        needs::remove,
        proposals::list,
        rotas::list,
        rotas::ask,
        rotas::show,
        rotas::discard,
        rotas::build,
        rotas::stop,
        rotas::undo,
        repair::show,
        repair::repair,
        rotas::comparison,
        side_by_side::show,
        rotas::bring_back,
        rotas::publish,
        learners::add,
        learners::remove,
        open_duties::list,
        open_duties::eligible,
        open_duties::take,
        open_duties::takings,
        open_duties::show,
        open_duties::approve,
        open_duties::refuse,
        open_duties::give_back,
        notices::of_rota,
        notices::proof,
        notices::list,
        notices::confirm,
        assignments::list,
        assignments::show,
        assignments::change,
        explained::candidates,
        explained::what_if,
        explained::ways,
        shifts::list,
        shifts::show,
        handovers::eligible,
        handovers::swaps,
        on_duty::show,
        ledger::show,
        ledger::duties,
        ledger::terms,
        ledger::decide,
        shares::show,
        shares::file,
        shares::sizes,
        shares::say,
        shares::weights,
        shares::weigh,
        exemptions::list,
        exemptions::add,
        exemptions::show,
        exemptions::remove,
        agreements::list,
        agreements::add,
        agreements::show,
        agreements::change,
        agreements::remove,
        acceptances::list,
        statements::list,
        statements::pay,
        statements::register,
        statements::look,
        statements::check,
        compensation::list,
        compensation::add,
        compensation::show,
        compensation::remove,
        interventions::list,
        interventions::add,
        interventions::show,
        interventions::correct,
        interventions::remove,
        handovers::list,
        handovers::ask,
        handovers::show,
        handovers::withdraw,
        handovers::accept,
        handovers::refuse,
        handovers::approve,
        handovers::assign,
        handovers::give_back,
        offers::list,
        offers::define,
        offers::show,
        offers::change,
        coverage::list,
        coverage::order,
        coverage::show,
        coverage::end,
        organisations::list,
        organisations::add,
        organisations::show,
        organisations::change,
        organisations::invite_manager,
        people::list,
        people::show,
        people::change,
        employments::list,
        employments::employ,
        employments::show,
        employments::change,
        holidays::list,
        pools::list,
        pools::found,
        pools::show,
        pools::change,
        memberships::list,
        memberships::admit,
        memberships::show,
        memberships::change,
        absences::list,
        absences::add,
        absences::show,
        absences::change,
        absences::remove,
        wish_repeats::list,
        wish_repeats::add,
        wish_repeats::show,
        wish_repeats::remove,
        wish_rounds::list,
        wish_rounds::open,
        wish_rounds::show,
        wish_rounds::remove,
        wishes::list,
        wishes::show,
        wishes::say,
        wishes::take_back,
        office_hours::list,
        office_hours::add,
        office_hours::show,
        office_hours::change,
        office_hours::remove,
        outside_hours::list,
        outside_hours::add,
        outside_hours::show,
        outside_hours::change,
        outside_hours::remove,
        opening_hours::list,
        opening_hours::add,
        opening_hours::show,
        opening_hours::change,
        opening_hours::remove,
        channel_accounts::list,
        channel_accounts::open,
        channel_accounts::show,
        channel_accounts::change,
        channel_accounts::remove,
        conversations::list,
        conversations::show,
        conversations::take,
        conversations::give_back,
        conversations::close,
        conversations::reopen,
        messages::list,
        messages::answer,
        messages::show,
        messages::resend,
        notes::list,
        notes::write,
        notes::show,
        notes::change,
        notes::remove,
        files::import,
        files::export,
        jobs::list,
        jobs::show,
        jobs::replay,
    ),
    components(schemas(
        problem::Told,
        words::ConversationStatusName,
        words::ChannelName,
        words::FileKindName,
        files::FormatWord,
        files::HeaderLanguage
    ))
)]
struct Handlers;

/// Lists, and how each may be sorted.
const LISTS: &[(&str, Sorts)] = &[
    ("/api/v1/tokens", tokens::SORTS),
    ("/api/v1/needs", needs::SORTS),
    ("/api/v1/rotas", rotas::SORTS),
    ("/api/v1/takings", open_duties::SORTS),
    ("/api/v1/rotas/{rota}/notices", notices::SORTS),
    ("/api/v1/notices", notices::SORTS),
    ("/api/v1/rotas/{rota}/assignments", assignments::SORTS),
    ("/api/v1/shifts", shifts::SORTS),
    ("/api/v1/ledger/duties", ledger::SORTS),
    ("/api/v1/exemptions", exemptions::SORTS),
    ("/api/v1/agreements", agreements::SORTS),
    ("/api/v1/acceptances", acceptances::SORTS),
    ("/api/v1/compensation", compensation::SORTS),
    ("/api/v1/interventions", interventions::SORTS),
    ("/api/v1/handovers", handovers::SORTS),
    ("/api/v1/offers", offers::SORTS),
    ("/api/v1/coverage", coverage::SORTS),
    ("/api/v1/organisations", organisations::SORTS),
    ("/api/v1/people", people::SORTS),
    ("/api/v1/employments", employments::SORTS),
    ("/api/v1/pools", pools::SORTS),
    ("/api/v1/memberships", memberships::SORTS),
    ("/api/v1/absences", absences::SORTS),
    ("/api/v1/wish-repeats", wish_repeats::SORTS),
    ("/api/v1/wish-rounds", wish_rounds::SORTS),
    ("/api/v1/wishes", wishes::SORTS),
    ("/api/v1/office-hours", office_hours::SORTS),
    ("/api/v1/outside-hours", outside_hours::SORTS),
    ("/api/v1/opening-hours", opening_hours::SORTS),
    ("/api/v1/channel-accounts", channel_accounts::SORTS),
    ("/api/v1/conversations", conversations::SORTS),
    ("/api/v1/conversations/{conversation}/messages", messages::SORTS),
    ("/api/v1/notes", notes::SORTS),
    ("/api/v1/jobs", jobs::SORTS),
];

/// What is posted to change a state that somebody saw.
const STEPS: &[&str] = &[
    "/api/v1/coverage",
    "/api/v1/rotas/{rota}/build",
    "/api/v1/rotas/{rota}/undo",
    "/api/v1/rotas/{rota}/repair",
    "/api/v1/rotas/{rota}/publish",
    "/api/v1/handovers/{handover}/withdraw",
    "/api/v1/handovers/{handover}/accept",
    "/api/v1/handovers/{handover}/refuse",
    "/api/v1/handovers/{handover}/approve",
    "/api/v1/handovers/{handover}/assign",
    "/api/v1/takings/{taking}/approve",
    "/api/v1/takings/{taking}/refuse",
    "/api/v1/takings/{taking}/give-back",
    "/api/v1/conversations/{conversation}/take",
    "/api/v1/conversations/{conversation}/give-back",
    "/api/v1/conversations/{conversation}/close",
    "/api/v1/conversations/{conversation}/reopen",
];

/// What can be shown of a draft alone.
const OF_DRAFTS: &[&str] = &["/api/v1/rotas/{rota}/repair"];

static WRITTEN: LazyLock<String> =
    LazyLock::new(|| serde_json::to_string_pretty(&description()).expect("a description is JSON") + "\n");

/// The description, as it stands in `docs/openapi.json`.
pub fn written() -> &'static str {
    &WRITTEN
}

/// Answers with the description.
pub async fn show() -> Answer {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .content_type("application/json")
        .body(written())
}

fn description() -> Value {
    let mut all = serde_json::to_value(Handlers::openapi()).expect("a description is JSON");
    all["openapi"] = json!("3.1.0");
    all["components"]["securitySchemes"] = json!({
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "description": "An API token, or the access token of a session.",
        }
    });
    all["components"]["responses"] = problems();
    if let Some(paths) = all["paths"].as_object_mut() {
        for (path, operations) in paths {
            for (method, operation) in operations.as_object_mut().into_iter().flatten() {
                complete(path, method, operation);
            }
        }
    }
    all
}

/// Adds what the operation has in common with others of its kind.
fn complete(path: &str, method: &str, operation: &mut Value) {
    let line = ROUTES.iter().find(|line| line.path == path && line.method.eq_ignore_ascii_case(method));
    if let Some(scope) = line.and_then(|line| line.who.scope()) {
        operation["security"] = json!([{ "bearer": [] }]);
        let about = operation["description"].as_str().unwrap_or_default();
        operation["description"] = json!(format!("{about}\n\nScope: `{scope}`.").trim());
    }
    let id = format!("{method}{}", path.trim_start_matches(UNDER).replace(['/', '{', '}', '-'], "_"));
    operation["operationId"] = json!(id.replace("__", "_").trim_end_matches('_'));
    let mut parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    if method == "get"
        && let Some((_, sorts)) = LISTS.iter().find(|(list, _)| *list == path)
    {
        parameters.extend(paging(sorts));
    }
    let is_kept = parameters.iter().any(|one| one["in"] == "path")
        && !["/api/v1/tokens", "/api/v1/wishes"].iter().any(|without| path.starts_with(without));
    let changes = matches!(method, "put" | "delete") && is_kept || method == "post" && STEPS.contains(&path);
    if changes {
        parameters.push(if_match(path));
    }
    if method == "post" {
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "Such as a UUID. Under one key the request is done once, and answered alike for a day.",
            "schema": { "type": "string", "pattern": "^[A-Za-z0-9._-]{16,255}$" },
        }));
    }
    if !parameters.is_empty() {
        operation["parameters"] = json!(parameters);
    }
    let mut statuses = vec![400, 401, 403, 404, 429, 500];
    if method == "get" && parameters.iter().any(|one| one["in"] == "query") {
        statuses.push(422);
    }
    if operation.get("requestBody").is_some() {
        statuses.extend([413, 415]);
    }
    if method != "get" {
        statuses.extend([409, 422]);
    } else if OF_DRAFTS.contains(&path) {
        statuses.push(409);
    }
    if changes {
        statuses.extend([412, 428]);
    }
    statuses.sort_unstable();
    let succeeds: Map<String, Value> = operation["responses"].as_object().cloned().unwrap_or_default();
    let mut responses = succeeds;
    for status in statuses {
        responses.insert(status.to_string(), json!({ "$ref": format!("#/components/responses/{status}") }));
    }
    operation["responses"] = Value::Object(responses);
}

/// Which state was seen: any, but where something is ordered.
fn if_match(path: &str) -> Value {
    let (about, pattern) = if path == "/api/v1/coverage" {
        ("The ETag of the offer you saw.", "^\"[A-Za-z0-9_-]{1,64}\"$")
    } else {
        ("The ETag of the state you saw, or * for whatever it is.", "^(\\*|\"[A-Za-z0-9_-]{1,64}\")$")
    };
    json!({
        "name": "If-Match", "in": "header", "required": true, "description": about,
        "schema": { "type": "string", "pattern": pattern },
    })
}

fn paging(sorts: Sorts) -> [Value; 3] {
    let words: Vec<String> =
        sorts.iter().flat_map(|(word, _)| [(*word).to_owned(), format!("-{word}")]).collect();
    [
        json!({
            "name": "limit", "in": "query", "required": false, "description": "How many a page holds.",
            "schema": { "type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL },
        }),
        json!({
            "name": "cursor", "in": "query", "required": false,
            "description": "Where the page begins: `next` of the page before, in the same order.",
            "schema": { "type": "string", "pattern": "^[A-Za-z0-9_-]{1,1000}$" },
        }),
        json!({
            "name": "sort", "in": "query", "required": false,
            "description": "In which order; with - before it the other way round.",
            "schema": { "type": "string", "enum": words, "default": words[0] },
        }),
    ]
}

/// Every problem there is, once.
fn problems() -> Value {
    let about = [
        (400, "The request cannot be read, or a parameter is wrong"),
        (401, "The token is none of ours, has run out or was revoked"),
        (403, "The token lacks the scope or the role"),
        (404, "There is none, or it is somebody else's"),
        (409, "Something stands against it"),
        (412, "Somebody else changed it first; `current` is its present state"),
        (413, "The body is larger than 256 KiB, a file larger than 4 MiB"),
        (415, "The body is of another kind than is read here"),
        (422, "Fields are wrong; `errors` names each of them"),
        (428, "If-Match is missing"),
        (429, "Too many requests; see Retry-After"),
        (500, "The server failed"),
    ];
    let content =
        json!({ "application/problem+json": { "schema": { "$ref": "#/components/schemas/Told" } } });
    let all = about
        .into_iter()
        .map(|(status, about)| (status.to_string(), json!({ "description": about, "content": content })));
    Value::Object(all.collect())
}
