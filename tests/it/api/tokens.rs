//! API tokens: what they may do, and when they may no more.

use acceptance::{on_both_engines, town::Engine};
use app::{
    Manager,
    account::{invite::Head, leave},
};
use domain::Role;
use reqwest::Method;
use serde_json::json;

use super::door::{Doors, Said};

on_both_engines! {
    a_token_is_shown_once_and_ends_when_it_is_revoked,
    a_token_runs_out,
    a_token_makes_none_that_reaches_further,
    a_token_makes_none_that_outlasts_it,
    a_token_takes_along_what_it_made,
    a_role_given_again_brings_no_old_token_back,
    a_token_acts_in_one_role_and_ends_with_it,
    an_access_token_lets_in_and_a_cookie_does_not,
}

async fn a_token_is_shown_once_and_ends_when_it_is_revoked(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let made = planner.post("/tokens", json!({ "name": " Wall display ", "scopes": ["needs:read"] })).await;
    let (secret, path) = (made.body["secret"].as_str().unwrap(), made.header("location").to_owned());
    assert!(secret.starts_with("veilleuse_"));
    let path = path.strip_prefix("/api/v1").unwrap();
    let shown = planner.get(path).await;
    assert_eq!(
        (&shown["name"], &shown["role"], &shown["used_at"]),
        (&json!("Wall display"), &json!("planner"), &json!(null))
    );
    assert!(
        !shown.to_string().contains(secret) && !planner.get("/tokens").await.to_string().contains(secret)
    );

    let display = doors.bearer(secret);
    display.get("/needs").await;
    assert_eq!(planner.get(path).await["used_at"], "2026-07-04T10:00:00Z");
    assert_eq!(Said::of(planner.ask(Method::DELETE, path)).await.status, 204);
    Said::of(display.ask(Method::GET, "/needs")).await.is_problem(401);
    Said::of(planner.ask(Method::DELETE, path)).await.is_problem(404);

    let ana = doors.town.advisor("Ana").off_duty().await;
    let stranger = doors.program(&ana, &[]).await;
    let own = planner.post("/tokens", json!({ "name": "Mine", "scopes": ["me:read"] })).await;
    let path = own.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    Said::of(stranger.ask(Method::GET, &path)).await.is_problem(404);
    Said::of(stranger.ask(Method::DELETE, &path)).await.is_problem(404);
}

async fn a_token_runs_out(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let body = json!({ "name": "Short", "scopes": ["me:read"], "expires_at": "2026-07-04T11:00:00Z" });
    let made = planner.post("/tokens", body).await;
    let short = doors.bearer(made.body["secret"].as_str().unwrap());
    short.get("/me").await;
    doors.town.clock_shows("13:00").await;
    Said::of(short.ask(Method::GET, "/me")).await.is_problem(401);
    let past = json!({ "name": "Late", "scopes": ["me:read"], "expires_at": "2026-07-04T11:00:00Z" });
    let said = Said::of(planner.ask(Method::POST, "/tokens").json(&past)).await;
    assert_eq!(said.is_problem(422), ["/expires_at"]);
}

async fn a_token_makes_none_that_reaches_further(engine: Engine) {
    let doors = Doors::open(engine).await;
    let maker = doors.program(&doors.town.board.planner, &["tokens:write", "me:read"]).await;
    let body = json!({ "name": "More", "scopes": ["me:read", "needs:write"] });
    let said = Said::of(maker.ask(Method::POST, "/tokens").json(&body)).await;
    assert_eq!(said.is_problem(422), ["/scopes"]);
    maker.post("/tokens", json!({ "name": "Less", "scopes": ["me:read"] })).await;
}

async fn a_token_makes_none_that_outlasts_it(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let token = |name: &str, end: Option<&str>| json!({ "name": name, "scopes": ["tokens:write", "me:read"], "expires_at": end });
    let made = planner.post("/tokens", token("Short", Some("2026-07-05T10:00:00Z"))).await;
    let short = doors.bearer(made.body["secret"].as_str().unwrap());
    for later in [None, Some("2026-07-05T10:00:01Z")] {
        let said = Said::of(short.ask(Method::POST, "/tokens").json(&token("Longer", later))).await;
        assert_eq!(said.is_problem(422), ["/expires_at"]);
    }
    short.post("/tokens", token("As long", Some("2026-07-05T10:00:00Z"))).await;
}

async fn a_token_takes_along_what_it_made(engine: Engine) {
    let doors = Doors::open(engine).await;
    let planner = doors.program(&doors.town.board.planner, &[]).await;
    let token = |name: &str| json!({ "name": name, "scopes": ["tokens:write", "me:read"] });
    let first = planner.post("/tokens", token("First")).await;
    let second = doors.bearer(first.body["secret"].as_str().unwrap()).post("/tokens", token("Second")).await;
    let third = doors.bearer(second.body["secret"].as_str().unwrap()).post("/tokens", token("Third")).await;
    let third = doors.bearer(third.body["secret"].as_str().unwrap());
    third.get("/me").await;
    let path = first.header("location").strip_prefix("/api/v1").unwrap();
    assert_eq!(Said::of(planner.ask(Method::DELETE, path)).await.status, 204);
    Said::of(third.ask(Method::GET, "/me")).await.is_problem(401);
    planner.get("/me").await;
}

async fn a_role_given_again_brings_no_old_token_back(engine: Engine) {
    let doors = Doors::open(engine).await;
    let riquewihr = doors.town.office("Riquewihr").plain().await;
    let ana = doors.town.advisor("Ana").working_at(&riquewihr).off_duty().await;
    let program = doors.program(&ana, &[]).await;
    program.get("/me").await;
    let manager = Head::from(&riquewihr.manager.caller::<Manager>().await);
    leave::leave(&doors.town.app, &manager, ana.id).await.unwrap();
    Said::of(program.ask(Method::GET, "/me")).await.is_problem(401);

    doors.town.clock_shows("15:00").await;
    ana.is_given(riquewihr.id, Role::Advisor).await;
    Said::of(program.ask(Method::GET, "/me")).await.is_problem(401);
    let new = doors.program(&ana, &[]).await;
    assert_eq!(
        new.get("/tokens").await["items"].as_array().unwrap().len(),
        1,
        "the old one is listed no more"
    );

    // However a role was taken: an older token than the role is none.
    ana.loses_every_role().await;
    doors.town.clock_shows("16:00").await;
    ana.is_given(riquewihr.id, Role::Advisor).await;
    Said::of(new.ask(Method::GET, "/me")).await.is_problem(401);
}

async fn a_token_acts_in_one_role_and_ends_with_it(engine: Engine) {
    let doors = Doors::open(engine).await;
    let ana = doors.town.advisor("Ana").off_duty().await;
    let program = doors.program(&ana, &[]).await;
    let me = program.get("/me").await;
    assert_eq!((me["roles"].as_array().unwrap().len(), &me["roles"][0]["role"]), (1, &json!("advisor")));
    let foreign = json!({ "name": "x", "scopes": ["me:read"], "role": "planner",
        "organisation": doors.town.board.id.to_string() });
    Said::of(program.ask(Method::POST, "/tokens").json(&foreign)).await.is_problem(404);
    let half = json!({ "name": "x", "scopes": ["me:read"], "role": "advisor" });
    let said = Said::of(program.ask(Method::POST, "/tokens").json(&half)).await;
    assert_eq!(said.is_problem(422), ["/organisation"]);
    ana.loses_every_role().await;
    Said::of(program.ask(Method::GET, "/me")).await.is_problem(401);
}

async fn an_access_token_lets_in_and_a_cookie_does_not(engine: Engine) {
    let doors = Doors::open(engine).await;
    let tokens = doors.town.board.planner.signs_in().await.unwrap();
    let program = doors.bearer(&tokens.access);
    program.get("/needs").await;
    let cookie = format!("veilleuse-access={0}; __Host-veilleuse-access={0}", tokens.access);
    let with_cookie = doors.bearer("nothing").ask(Method::GET, "/needs").header("cookie", cookie);
    Said::of(with_cookie).await.is_problem(401);
}
