//! Who may what: every route, asked by everybody, with ids of their own and of strangers.
//!
//! The questions come from the table of routes (`api::routes`), so that a new route is asked like the
//! others; one whose path or form holds a name that is not known here fails and says so. Each question
//! is put over HTTP to the real server:
//!
//! - with ids of one's own town, what each role is answered is written into `docs/who-may-what.txt`,
//!   to be read in review, and must be what the route's line says;
//! - with one id of a stranger's world among one's own, the answer must be the one to an id that
//!   nobody ever had, letter by letter, and carry nothing of that world;
//! - and the other way round: people of another town ask for the ids of this one;
//! - with ids of somebody who watches for the same pool and works for a neighbour, who may be seen,
//!   nothing is changed.
//!
//! Both are asked with both locks, with the code's alone and with PostgreSQL's alone.

mod cast;
mod colleague;
mod forms;
mod streams;
mod table;

use acceptance::{on_both_engines, town::Engine};
use api::routes::{self, Route};

use cast::{Cast, Locks};

on_both_engines! {
    every_route_answers_each_role_as_its_line_says,
    a_strangers_id_is_answered_like_one_that_nobody_ever_had,
}

async fn every_route_answers_each_role_as_its_line_says(engine: Engine) {
    let cast = Cast::assembles(engine, Locks::Both).await;
    let table = table::ask(&cast).await;
    table.agrees_with_the_lines();
    table.is_the_one_in_the_docs();
}

async fn a_strangers_id_is_answered_like_one_that_nobody_ever_had(engine: Engine) {
    let cast = Cast::assembles(engine, Locks::Both).await;
    strangers(&cast).await;
}

#[tokio::test]
async fn the_codes_lock_alone_shows_nothing_of_a_stranger_at_any_route() {
    let cast = Cast::assembles(Engine::Postgres, Locks::CodeAlone).await;
    strangers(&cast).await;
    table::ask(&cast).await.agrees_with_the_lines();
}

#[cfg(debug_assertions)]
#[tokio::test]
async fn postgresqls_lock_alone_shows_nothing_of_a_stranger_at_any_route() {
    let cast = Cast::assembles(Engine::Postgres, Locks::PoliciesAlone).await;
    strangers(&cast).await;
    table::ask(&cast).await.agrees_with_the_lines();
}

/// Asks every route as everybody, each of its ids once a stranger's and once made up.
async fn strangers(cast: &Cast) {
    let (mut asked, mut ids, mut wrong) = (0, 0, Vec::new());
    let before = cast.foreign_rows().await;
    for route in routes::all() {
        let question = forms::question(route);
        for asker in &cast.askers {
            let plain = cast.ask(asker, route, &question, None).await;
            asked += usize::from(plain.is_some());
            if let Some(answer) = plain.filter(|_| route.method == "GET") {
                wrong.extend(
                    cast.leaks(&answer.body, "")
                        .map(|what| complaint(route, asker.name, "its own ids", &what)),
                );
            }
            for name in question.ids() {
                ids += 1;
                let foreign = cast.foreign(name);
                let made_up = uuid::Uuid::now_v7().to_string();
                let to_foreign = cast.ask(asker, route, &question, Some((name, &foreign))).await;
                let to_nobodys = cast.ask(asker, route, &question, Some((name, &made_up))).await;
                let (Some(to_foreign), Some(to_nobodys)) = (to_foreign, to_nobodys) else { continue };
                asked += 2;
                let said = |what: &str| complaint(route, asker.name, name, what);
                if cast::blurred(&to_foreign) != cast::blurred(&to_nobodys) {
                    wrong.push(said(&format!("{to_foreign:?}\n is not {to_nobodys:?}")));
                }
                if question.in_path(name) && cast::may(route, asker) && to_foreign.status != 404 {
                    wrong.push(said(&format!("in the path: {}", to_foreign.status)));
                }
                if route.method != "GET" && cast::may(route, asker) && to_foreign.status < 400 {
                    wrong.push(said(&format!("was taken: {}", to_foreign.status)));
                }
                wrong.extend(cast.leaks(&to_foreign.body, &foreign).map(|what| said(&what)));
            }
        }
    }
    assert_eq!(cast.foreign_rows().await, before, "rows of the strangers changed");
    let (back, more) = asked_back(cast).await;
    wrong.extend(more);
    assert!(wrong.is_empty(), "{} answers tell something:\n{}", wrong.len(), wrong.join("\n"));
    println!(
        "{:?}, {:?}: {} routes × {} roles, {ids} foreign ids against made-up ones, {asked} requests; \
         {back} ids asked for by people of another town; \
         {} texts and ids of strangers looked for in each answer",
        cast.engine,
        cast.locks,
        routes::all().count(),
        cast.askers.len(),
        cast.marks.len(),
    );
}

/// People of another town ask for each id of this one; says how many, and what was wrong.
async fn asked_back(cast: &Cast) -> (usize, Vec<String>) {
    let (mut ids, mut wrong) = (0, Vec::new());
    for route in routes::all() {
        let question = forms::question(route);
        for asker in &cast.foreigners {
            for name in question.ids().into_iter().filter(|name| !asker.own.contains_key(name)) {
                ids += 1;
                let theirs = cast.own(name).to_owned();
                let made_up = uuid::Uuid::now_v7().to_string();
                let to_theirs = cast.ask(asker, route, &question, Some((name, &theirs))).await;
                let to_nobodys = cast.ask(asker, route, &question, Some((name, &made_up))).await;
                let (Some(to_theirs), Some(to_nobodys)) = (to_theirs, to_nobodys) else { continue };
                if cast::blurred(&to_theirs) != cast::blurred(&to_nobodys) {
                    let what = format!("{to_theirs:?}\n is not {to_nobodys:?}");
                    wrong.push(complaint(route, asker.name, name, &what));
                }
                if route.method != "GET" && cast::may(route, asker) && to_theirs.status < 400 {
                    let what = format!("was taken: {}", to_theirs.status);
                    wrong.push(complaint(route, asker.name, name, &what));
                }
            }
        }
    }
    (ids, wrong)
}

fn complaint(route: &Route, who: &str, name: &str, what: &str) -> String {
    format!("{} {} as {who}, {name}: {what}", route.method, route.path)
}
