//! The description of the API: it covers every route, and `docs/openapi.json` is the newest.

use std::fs;

use acceptance::places::repository;
use serde_json::Value;

#[test]
fn the_description_in_the_docs_is_the_newest() {
    let place = repository().join("docs/openapi.json");
    let stands = fs::read_to_string(&place).unwrap_or_default();
    if stands != api::v1::openapi::written() {
        fs::write(&place, api::v1::openapi::written()).unwrap();
        panic!("docs/openapi.json was stale; it is written anew: look at the difference and commit it");
    }
}

#[test]
fn every_route_of_the_api_is_described_and_nothing_else_is() {
    let described: Value = serde_json::from_str(api::v1::openapi::written()).unwrap();
    let paths = described["paths"].as_object().unwrap();
    let mut count = 0;
    for route in api::v1::routes::ROUTES.iter().filter(|route| route.who.scope().is_some()) {
        let operation = &paths[route.path][route.method.to_ascii_lowercase()];
        assert!(operation.is_object(), "{route:?} is not described");
        count += 1;
    }
    let operations: usize = paths.values().map(|path| path.as_object().unwrap().len()).sum();
    assert_eq!(operations, count, "what is described is a route");
}

#[test]
fn every_scope_of_a_route_can_be_given_to_a_token() {
    for route in api::v1::routes::ROUTES {
        if let Some(scope) = route.who.scope() {
            assert!(app::account::api_tokens::SCOPES.contains(&scope), "{route:?}");
        }
    }
}
