//! The house rules that a machine can keep: who imports whom, what lies where, how files begin.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::Path,
    process::Command,
};

use acceptance::places::repository;
use serde_json::Value;

/// Who may import whom among our crates, as docs/ARCHITECTURE.md draws it; every arrow points down.
/// A new arrow is a decision, and this is where it is seen. The tests stand outside and may use any.
const ARROWS: [(&str, &[&str]); 12] = [
    ("domain", &[]),
    ("scheduling", &["domain"]),
    ("routing", &["domain"]),
    ("membership", &["domain"]),
    ("views", &["domain"]),
    ("storage", &["domain"]),
    ("channels", &["domain"]),
    ("migrations", &[]),
    ("app", &["channels", "domain", "membership", "routing", "scheduling", "storage", "views"]),
    ("api", &["app", "domain", "views"]),
    ("worker", &["app"]),
    ("server", &["api", "app", "migrations", "worker"]),
];

/// Libraries that have one home, so that the rest of the house does not depend on the choice.
const HOMES: [(&str, &[&str]); 13] = [
    ("sea-orm", &["storage"]),
    ("sea-orm-migration", &["migrations"]),
    ("sqlx", &["storage"]),
    ("maud", &["views"]),
    ("fluent-bundle", &["views"]),
    ("lettre", &["channels"]),
    ("async-imap", &["channels"]),
    ("mail-parser", &["channels"]),
    ("reqwest", &["channels"]),
    ("jsonwebtoken", &["app"]),
    ("zip", &["app"]),
    ("actix-web", &["api"]),
    ("clap", &["server"]),
];

/// The visible top level; small dotfiles may stand beside it.
const TOP_LEVEL: [&str; 9] = [
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "crates",
    "deploy",
    "docs",
    "migrations",
];

/// How long a source file may grow before it is two.
const LONGEST: usize = 500;

/// Files that are longer, and by how much at most. This list may only shrink.
const TOO_LONG: [(&str, usize); 0] = [];

/// The files that register routes: the table, and what wraps it.
const REGISTERS: [&str; 2] = ["crates/api/src/routes.rs", "crates/api/src/lib.rs"];

/// The only file that may ask the machine for the time.
const CLOCK: &str = "crates/app/src/clock.rs";

/// The only file in which wall clocks become instants, because the question has two answers or none
/// twice a year.
const BRIDGE: &str = "crates/domain/src/time.rs";

#[test]
fn every_arrow_between_crates_is_in_the_table() {
    let table: BTreeMap<_, BTreeSet<_>> = ARROWS
        .iter()
        .map(|(from, to)| (from.to_string(), to.iter().map(ToString::to_string).collect()))
        .collect();
    let drawn: BTreeMap<_, BTreeSet<_>> = our_packages()
        .iter()
        .map(|package| {
            let ours = dependencies(package).into_iter().filter(|name| table.contains_key(name)).collect();
            (name(package), ours)
        })
        .collect();
    for (from, to) in &drawn {
        assert_eq!(
            Some(to),
            table.get(from),
            "the arrows from `{from}` (left: Cargo.toml, right: the table)"
        );
    }
    assert_eq!(drawn.len(), table.len(), "a crate of the table is gone");
}

#[test]
fn a_library_with_one_home_is_used_nowhere_else() {
    for package in our_packages() {
        let used = dependencies(&package);
        for (library, homes) in HOMES {
            let at_home = homes.contains(&name(&package).as_str());
            assert!(
                at_home || !used.contains(library),
                "`{}` uses {library}, at home in {homes:?}",
                name(&package)
            );
        }
    }
}

#[test]
fn there_is_one_program() {
    let programs: Vec<_> = packages()
        .iter()
        .flat_map(|package| package["targets"].as_array().cloned().unwrap_or_default())
        .filter(|target| target["kind"][0] == "bin")
        .map(|target| target["name"].clone())
        .collect();
    assert_eq!(programs, ["veilleuse"]);
    let manifest = fs::read_to_string(repository().join("Cargo.toml")).unwrap();
    assert!(!manifest.contains("default-members"), "`cargo test` means all of it");
}

#[test]
fn the_top_level_is_as_the_architecture_says() {
    let found: BTreeSet<_> =
        files().into_iter().filter_map(|file| Some(file.split('/').next()?.to_owned())).collect();
    let foreign: Vec<_> = found
        .iter()
        .filter(|name| !name.starts_with('.') && *name != "tests" && !TOP_LEVEL.contains(&name.as_str()))
        .collect();
    assert!(foreign.is_empty(), "beside the agreed top level: {foreign:?}");
    let ci = fs::read_to_string(repository().join(".ci/run")).unwrap();
    assert!(ci.contains("tests/run"), ".ci/run calls tests/run");
}

#[test]
fn every_handler_is_registered_by_a_line_in_a_table_of_routes() {
    let ways = [".route(", "resource(", ".service(", "web::get()", "web::post()", "#[get(", "#[post("];
    let strays: Vec<_> = files_ending([".rs"])
        .filter(|file| file.starts_with("crates/api/src/") && !REGISTERS.contains(&file.as_str()))
        .flat_map(|file| {
            let text = read(&file);
            let found = ways.into_iter().filter(|way| text.contains(way)).map(|way| format!("{file}: {way}"));
            found.collect::<Vec<_>>()
        })
        .collect();
    assert!(strays.is_empty(), "a route outside `table!` has no answer to who may ask for it: {strays:#?}");
}

#[test]
fn nobody_but_the_tests_can_open_the_codes_lock() {
    let names = [["without_the", "_codes_lock"], ["past_the", "_code"], ["storage::", "probe"]]
        .map(|name| name.concat());
    let homes = ["crates/storage/src/store.rs", "crates/storage/src/probe.rs"];
    let callers: Vec<_> = files_ending([".rs"])
        .filter(|file| !file.starts_with("tests/") && !homes.contains(&file.as_str()))
        .filter(|file| names.iter().any(|name| read(file).contains(name)))
        .collect();
    let storage = read("crates/storage/src/lib.rs");
    let shipped = storage.split_once("pub mod probe;").unwrap().0.trim_end();
    assert!(shipped.ends_with("#[cfg(all(feature = \"one-lock\", debug_assertions))]"), "probe is shipped");
    assert!(callers.is_empty(), "docs/decisions/0003 says why not: {callers:?}");
    let asked: Vec<_> =
        files_ending(["Cargo.toml"]).filter(|file| read(file).contains("\"one-lock\"")).collect();
    assert_eq!(asked, ["tests/Cargo.toml"], "only the tests may ask for the switch");
}

#[test]
fn every_source_file_opens_by_saying_what_it_is_for() {
    let silent: Vec<_> = files_ending([".rs"])
        .filter(|file| {
            let text = read(file);
            let first = text.lines().next().unwrap_or_default();
            first.strip_prefix("//! ").unwrap_or_default().split_whitespace().count() < 2
        })
        .collect();
    assert!(silent.is_empty(), "these files do not open with a sentence: {silent:#?}");
}

#[test]
fn no_source_file_is_longer_than_two_screens_of_thought() {
    let lengths: BTreeMap<_, _> = files_ending([".rs", ".js", ".css", ".sql", ".sh"])
        .map(|file| (file.clone(), read(&file).lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .collect();
    let allowed: BTreeMap<_, _> = TOO_LONG.iter().map(|(file, lines)| (file.to_string(), *lines)).collect();
    for (file, lines) in &lengths {
        let most = allowed.get(file).copied().unwrap_or(LONGEST);
        assert!(*lines <= most, "{file} has {lines} lines, and may have {most}: is it still one job?");
    }
    for file in allowed.keys() {
        assert!(lengths.contains_key(file), "{file} is short now: take it off the list");
    }
}

#[test]
fn nobody_but_the_clock_asks_the_machine_for_the_time() {
    let asks = ["Utc", "Local", "SystemTime"].map(|clock| format!("{clock}::now"));
    for file in files_ending([".rs"]).filter(|file| file != CLOCK) {
        let text = read(&file);
        for ask in &asks {
            assert!(!text.contains(ask.as_str()), "{file} asks {ask}; time is handed in");
        }
        let lint = concat!("clippy::disallowed", "_methods");
        assert!(!text.contains(lint), "{file} excuses itself from asking the clock");
    }
}

#[test]
fn wall_clocks_become_instants_in_one_place() {
    let crossings = ["from_local_datetime", "from_local_date", "and_local_timezone", "with_ymd_and_hms"];
    for file in files_ending([".rs"]).filter(|file| file.starts_with("crates/") && file != BRIDGE) {
        // What tests write down by hand is theirs.
        if file.contains("/tests") {
            continue;
        }
        let text = read(&file);
        let program = text.split("#[cfg(test)]").next().unwrap_or_default();
        for crossing in crossings {
            assert!(!program.contains(crossing), "{file} calls {crossing}; domain::time has the answer");
        }
    }
}

#[test]
fn the_page_on_privacy_names_every_table() {
    let page = read("docs/PRIVACY.md");
    let entities = files().into_iter().filter(|file| file.starts_with("crates/storage/src/entities/"));
    let tables = entities.filter_map(|file| {
        let text = read(&file);
        let name = text.split_once("table_name = \"")?.1;
        Some(name.split('"').next().unwrap_or_default().to_owned())
    });
    let missing: Vec<String> = tables.filter(|table| !page.contains(&format!("`{table}`"))).collect();
    assert_eq!(missing, Vec::<String>::new(), "tables that docs/PRIVACY.md does not speak of");
}

#[test]
fn no_test_is_skipped_and_nothing_is_left_for_later() {
    let marks = [
        concat!("#[ig", "nore"),
        concat!("to", "do!("),
        concat!("unimp", "lemented!("),
        concat!("FIX", "ME"),
    ];
    for file in files_ending([".rs", ".js", ".css", ".sql"]) {
        let text = read(&file);
        for mark in marks {
            assert!(!text.contains(mark), "{file} contains {mark}");
        }
    }
}

/// The packages of the workspace, as Cargo understands them.
fn packages() -> Vec<Value> {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(repository())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().cloned().unwrap()
}

/// The packages the program is made of.
fn our_packages() -> Vec<Value> {
    packages().into_iter().filter(|package| name(package) != "acceptance").collect()
}

fn name(package: &Value) -> String {
    package["name"].as_str().unwrap().to_owned()
}

/// What a package needs to run; what only its tests or its build need is its own business.
fn dependencies(package: &Value) -> BTreeSet<String> {
    let all = package["dependencies"].as_array().unwrap();
    all.iter().filter(|dependency| dependency["kind"].is_null()).map(name).collect()
}

/// Every file that is, or is about to be, in the repository.
fn files() -> Vec<String> {
    let output = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(repository())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let listed = String::from_utf8(output.stdout).unwrap();
    // A file that was deleted and not yet committed is listed all the same.
    listed.lines().filter(|file| repository().join(file).exists()).map(Into::into).collect()
}

fn files_ending<const N: usize>(endings: [&'static str; N]) -> impl Iterator<Item = String> {
    files().into_iter().filter(move |file| endings.iter().any(|ending| file.ends_with(ending)))
}

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(repository()).join(file)).unwrap()
}
