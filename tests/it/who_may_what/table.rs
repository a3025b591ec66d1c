//! What each role is answered at each route, as a table for people: `docs/who-may-what.txt`.

use std::{env, fmt::Write as _, fs};

use acceptance::{doors::Answer, places::repository};
use api::routes::{self, Route, Who};

use super::{
    cast::{Cast, may},
    forms,
};

/// Routes that end what others are asked about; they are asked last, in this order.
pub const ENDS_SOMETHING: [(&str, &str); 12] = [
    ("POST", "/privacy/erase"),
    ("POST", "/handovers/{handover}/withdraw"),
    ("POST", "/api/v1/handovers/{handover}/withdraw"),
    ("POST", "/sessions/{session}/end"),
    ("POST", "/sessions/end-others"),
    ("POST", "/coverage/offers/{offer}/close"),
    ("POST", "/coverage/{coverage}/end"),
    ("POST", "/api/v1/rotas/{rota}/build"),
    ("POST", "/api/v1/rotas/{rota}/publish"),
    ("DELETE", "/api/v1/rotas/{rota}"),
    ("DELETE", "/api/v1/coverage/{coverage}"),
    ("POST", "/sign-out"),
];

const FILE: &str = "docs/who-may-what.txt";

/// Set to write the file anew.
const RENEW: &str = "VEILLEUSE_RENEW";

/// The answers, a row a route, a column an asker.
pub struct Table {
    askers: Vec<(&'static str, Vec<bool>)>,
    rows: Vec<(&'static Route, Vec<&'static str>)>,
}

/// Asks every route as everybody, with ids of the town.
pub async fn ask(cast: &Cast) -> Table {
    let last = |route: &&Route| ENDS_SOMETHING.iter().position(|end| *end == (route.method, route.path));
    let mut order: Vec<&'static Route> = routes::all().collect();
    order.sort_by_key(|route| last(route).map_or(0, |place| place + 1));
    let mut rows = Vec::new();
    for route in order {
        let question = forms::question(route);
        let mut answers = Vec::new();
        for asker in &cast.askers {
            let answer = cast.really_ask(asker, route, &question, None).await;
            assert!(answer.status < 500, "{route:?} failed for {}: {answer:?}", asker.name);
            answers.push(word(&answer));
        }
        rows.push((route, answers));
    }
    rows.sort_by_key(|(route, _)| routes::all().position(|line| std::ptr::eq(line, *route)));
    let askers = cast
        .askers
        .iter()
        .map(|asker| (asker.name, rows.iter().map(|(route, _)| may(route, asker)).collect()))
        .collect();
    println!(
        "{:?}, {:?}: {} routes × {} roles answered",
        cast.engine,
        cast.locks,
        rows.len(),
        cast.askers.len()
    );
    Table { askers, rows }
}

/// An answer in a word.
fn word(answer: &Answer) -> &'static str {
    match answer.status {
        303 if answer.location == "/sign-in" && answer.body.is_empty() => "sign in",
        401 => "sign in",
        403 => "no",
        404 => "not there",
        _ => "yes",
    }
}

impl Table {
    /// Everybody whom a line lets in is let in, and nobody else.
    pub fn agrees_with_the_lines(&self) {
        let mut wrong = Vec::new();
        for (row, (route, answers)) in self.rows.iter().enumerate() {
            for ((name, may), answer) in self.askers.iter().zip(answers) {
                let signed_in = !matches!(*name, "stranger" | "visitor");
                let as_agreed = match (may[row], *answer) {
                    // What is somebody else's is not there, whatever one may do with one's own.
                    (true, "yes" | "not there") => true,
                    // The first page leads there.
                    (true, "sign in") => route.path == "/" && !signed_in,
                    (false, "no") => signed_in,
                    (false, "sign in") => !signed_in,
                    _ => false,
                };
                if !as_agreed {
                    wrong.push(format!("{route:?}: {name} is answered {answer:?}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// The file says the same.
    pub fn is_the_one_in_the_docs(&self) {
        let (path, text) = (repository().join(FILE), self.text());
        if env::var_os(RENEW).is_some() {
            fs::write(&path, &text).unwrap();
        }
        let there = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            there == text,
            "{FILE} is not what the routes answer. Read the difference, and renew it with\n    \
             {RENEW}=1 cargo test -p acceptance --test it who_may_what\n{}",
            difference(&there, &text)
        );
    }

    fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        let wide = self.rows.iter().map(|(route, _)| route.path.len()).max().unwrap_or(0);
        let mut line = format!("{:<6} {:<wide$}  {:<22}", "", "", "who may");
        for (name, _) in &self.askers {
            write!(line, " {name:<9}").unwrap();
        }
        writeln!(text, "{}", line.trim_end()).unwrap();
        for (route, answers) in &self.rows {
            let mut line = format!("{:<6} {:<wide$}  {:<22}", route.method, route.path, who(route.who));
            for answer in answers {
                write!(line, " {answer:<9}").unwrap();
            }
            writeln!(text, "{}", line.trim_end()).unwrap();
        }
        text
    }
}

const HEAD: &str = "\
Who may what: written by tests/it/who_may_what.rs, which asks every route as everybody.

All ids asked for belong to one office of a pool: a visitor of theirs waits, the advisor is on duty
for them, the planner plans their pool, the manager buys for them. The neighbour is the manager of
another office of the same pool. The operator runs the service and works nowhere.

  yes        let in (what the form then lacks is another matter)
  sign in    nobody is signed in
  no         the role is missing
  not there  as if the id had never been given to anything

An id of another pool, organisation or person is \"not there\" for everybody; that is asked of every
id in every path and form, from here and from there, and has no column here. Besides these routes
the door backstage (VEILLEUSE_BACKSTAGE) answers /healthz, /readyz and /metrics to whoever reaches it.

A file needs the scope of what it holds besides: people, hours, absences and notes with :read to take
it out, with :write to bring it in; duties shifts:read and rotas:write; school holidays needs:read and needs:write.

";

fn who(who: Who) -> String {
    match who {
        Who::Everybody => "everybody".to_owned(),
        Who::EverybodyInTheDemo => "everybody, in the demo".to_owned(),
        Who::Visitor => "visitors".to_owned(),
        Who::HolderOfTheAddress => "holder of the address".to_owned(),
        Who::SignedIn => "anybody signed in".to_owned(),
        Who::Roles(roles) => roles.iter().map(|role| role.word()).collect::<Vec<_>>().join(", "),
        Who::Operator => "operator".to_owned(),
        Who::Bearer(scope) => format!("bearer of {scope}"),
        Who::BearerWhoRunsTheService(scope) => format!("{scope}: operator"),
        Who::BearerAs(scope, roles) => {
            format!("{scope}: {}", roles.iter().map(|role| role.word()).collect::<Vec<_>>().join(", "))
        }
    }
}

/// The lines that stand in one of the two only.
fn difference(there: &str, here: &str) -> String {
    let gone = there
        .lines()
        .filter(|line| !here.lines().any(|other| other == *line))
        .map(|line| format!("- {line}"));
    let new = here
        .lines()
        .filter(|line| !there.lines().any(|other| other == *line))
        .map(|line| format!("+ {line}"));
    gone.chain(new).collect::<Vec<_>>().join("\n")
}
