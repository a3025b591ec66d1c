//! Strangers see nothing: for every table and each of the six scopes, whose rows come out.
//!
//! Two worlds that know nothing of each other stand side by side, each with one row in every table.
//! Once the code's own lock is asked (on SQLite, and on PostgreSQL too), and once plain `select`s run
//! past the code on PostgreSQL, where only its policies stand in the way. A new table without a line
//! in [`WHO_SEES`] fails. Then everything is asked again with each lock alone: with PostgreSQL's
//! policies switched off, and with the code's condition switched off.

use std::{cell::Cell, collections::BTreeSet};

use acceptance::{
    town::{Engine, Rows},
    worlds::{Seeder, World},
};
use chrono::{DateTime, Utc};
use domain::{OrganisationId, PersonId, PoolId};
use storage::{Store, Tx, probe, probe::Seen, scope};

/// Who sees the row of their own world: Home, Person, pOol, Duty, Visitor, System. Of another world: nobody.
const WHO_SEES: &[(&str, &str)] = &[
    ("absence_reasons", "HPD"),
    ("absences", "HPOD"),
    ("acceptances", "POD"),
    ("access_log", "HPD"),
    ("agreements", "HPODV"),
    ("answers", "PDS"),
    ("api_tokens", "PDS"),
    ("arrivals", "S"),
    ("assignments", "O"),
    ("attachments", "HDV"),
    ("audit_log", "HPDS"),
    ("calendar_feeds", "PDS"),
    ("channel_accounts", "HS"),
    ("compensation", "H"),
    ("conversations", "HDV"),
    ("coverage", "HOD"),
    ("employments", "HPODS"),
    ("erasures", "H"),
    ("exemptions", "HPOD"),
    ("handovers", "POD"),
    ("interventions", "HPOD"),
    ("invitations", "HS"),
    ("jobs", "S"),
    ("ledger_terms", "HPOD"),
    ("legal_holds", "H"),
    ("letters", "S"),
    ("memberships", "HPODS"),
    ("messages", "HDV"),
    ("needs", "HPOD"),
    ("note_texts", "HD"),
    ("notes", "HD"),
    ("notices", "POD"),
    ("offers", "HPOD"),
    ("office_hours", "HPOD"),
    ("opening_hours", "HPODVS"),
    ("openings", "O"),
    ("organisations", "HPODVS"),
    ("outside_hours", "HPOD"),
    ("people", "HPODVS"),
    ("pools", "HPODS"),
    ("presence", "HPODV"),
    ("register_lines", "HPD"),
    ("retention", "H"),
    ("roles", "HPODS"),
    ("rota_changes", "O"),
    ("rotas", "O"),
    ("school_holidays", "HPODV"),
    ("sessions", "PDS"),
    ("share_weights", "HPOD"),
    ("shifts", "HPOD"),
    ("sign_in_codes", "S"),
    ("signals", "S"),
    ("skills", "HPODVS"),
    ("takings", "POD"),
    ("visitors", "HDV"),
    ("waiting", "HPODVS"),
    ("wish_repeats", "POD"),
    ("wish_rounds", "HPOD"),
    ("wishes", "POD"),
    ("writers", "HDV"),
];

/// What a member whose hours are not covered shows a colleague on duty or the planner: never these.
const NEVER_OF_A_NEIGHBOUR: &[&str] = &[
    "absence_reasons",
    "access_log",
    "answers",
    "api_tokens",
    "arrivals",
    "attachments",
    "audit_log",
    "calendar_feeds",
    "channel_accounts",
    "compensation",
    "conversations",
    "erasures",
    "invitations",
    "legal_holds",
    "messages",
    "note_texts",
    "notes",
    "register_lines",
    "retention",
    "sessions",
    "visitors",
    "writers",
];

/// What only the organiser of a pool sees, not its members.
const FOR_THE_ORGANISER: &[&str] = &[
    "absences",
    "acceptances",
    "assignments",
    "handovers",
    "openings",
    "rota_changes",
    "rotas",
    "takings",
    "wish_repeats",
    "wishes",
    "office_hours",
    "exemptions",
    "interventions",
    "outside_hours",
];

fn now() -> DateTime<Utc> {
    "2026-12-04T18:00:00Z".parse().unwrap()
}

/// Which of the two locks hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Locks {
    /// As in a real house.
    Both,
    /// PostgreSQL's policies are switched off.
    CodeAlone,
    /// The code's condition is switched off.
    #[cfg_attr(not(debug_assertions), allow(dead_code, reason = "a release has no such switch"))]
    PoliciesAlone,
}

/// One place with the given worlds in it, the program's store on it, and the tables there are.
struct Place {
    store: Store,
    locks: Locks,
    /// How often a table was asked.
    asked: Cell<usize>,
    tables: Vec<(String, String)>,
    /// What a foreign hand would try, a list a world.
    mischief: Vec<Vec<(String, String)>>,
    _rows: Rows,
}

impl Place {
    async fn with(engine: Engine, locks: Locks, all: &[World]) -> Self {
        let rows = Rows::migrated(engine).await;
        let mut owner = Seeder::connect(&rows).await;
        for world in all {
            owner.found(world, now()).await;
        }
        let tables = owner.tables().await;
        let mischief = all.iter().map(|world| owner.mischief(world, now())).collect();
        if locks == Locks::CodeAlone {
            owner.switches_policies_off().await;
        }
        let store = Store::open(&rows.url).await.unwrap();
        let store = match locks {
            #[cfg(debug_assertions)]
            Locks::PoliciesAlone => store.without_the_codes_lock(),
            _ => store,
        };
        Self { store, locks, asked: Cell::new(0), tables, mischief, _rows: rows }
    }

    /// The tables that show rows of `of`, by both ways of asking that the engine has.
    async fn shows<S: scope::Scope>(&self, scope: S, of: &World) -> Vec<BTreeSet<String>> {
        let tx = self.store.read(scope, now()).await.unwrap();
        let mut ways = vec![self.by_code(&tx, of).await];
        if self.has_policies() {
            ways.push(self.past_the_code(&tx, of).await);
        }
        ways
    }

    fn has_policies(&self) -> bool {
        self.store.engine() == storage::Engine::Postgres && self.locks != Locks::CodeAlone
    }

    fn counts(&self) {
        self.asked.set(self.asked.get() + 1);
    }

    async fn by_code<S: scope::Scope>(&self, tx: &Tx<S>, of: &World) -> BTreeSet<String> {
        let mut shown = BTreeSet::new();
        for (table, _) in &self.tables {
            self.counts();
            let seen = probe::seen(tx, table).await.unwrap();
            let seen = seen.unwrap_or_else(|| panic!("storage::probe does not know the table {table}"));
            if match seen {
                Seen::Ids(ids) => ids.contains(&of.key_of(table)),
                Seen::Count(count) => count > 0,
            } {
                shown.insert(table.clone());
            }
        }
        shown
    }

    async fn past_the_code<S: scope::Scope>(&self, tx: &Tx<S>, of: &World) -> BTreeSet<String> {
        let mut shown = BTreeSet::new();
        for (table, key) in &self.tables {
            self.counts();
            let ids = probe::select_past_the_code(tx, table, key).await.unwrap();
            let numbered = table == "signals" && !ids.is_empty();
            if numbered || ids.contains(&of.key_of(table).to_string()) {
                shown.insert(table.clone());
            }
        }
        shown
    }

    /// What each scope of `whose` shows of `of`, under the letter of the scope.
    async fn all_scopes(&self, whose: &World, of: &World) -> Vec<(char, Vec<BTreeSet<String>>)> {
        let (organisation, person, pool) = ids(whose);
        vec![
            ('H', self.shows(scope::Home(organisation), of).await),
            ('P', self.shows(scope::Person(person), of).await),
            ('O', self.shows(scope::Pool { pool, viewer: organisation }, of).await),
            ('D', self.shows(scope::Duty { pool, person }, of).await),
            ('V', self.shows(scope::Visitor(&whose.token_hash()), of).await),
            ('S', self.shows(scope::System, of).await),
        ]
    }
}

fn ids(world: &World) -> (OrganisationId, PersonId, PoolId) {
    let id = |table| world.key_of(table);
    (OrganisationId(id("organisations")), PersonId(id("people")), PoolId(id("pools")))
}

acceptance::on_both_engines! {
    every_scope_shows_its_own_world_as_far_as_agreed_and_nothing_of_another,
    a_foreign_hand_on_ones_own_pool_or_duty_finds_it_empty,
    a_neighbour_in_the_pool_shows_what_duty_needs_and_no_more,
    nobody_writes_under_a_foreign_organisation,
}

#[tokio::test]
async fn the_codes_lock_holds_alone_with_the_policies_switched_off() {
    all_of_it(Locks::CodeAlone).await;
}

#[cfg(debug_assertions)]
#[tokio::test]
async fn postgresqls_lock_holds_alone_with_the_codes_condition_switched_off() {
    all_of_it(Locks::PoliciesAlone).await;
}

async fn all_of_it(locks: Locks) {
    let engine = Engine::Postgres;
    let counts = [
        shows_its_own_world(engine, locks).await,
        foreign_hand(engine, locks).await,
        neighbour(engine, locks).await,
        no_foreign_writes(engine, locks).await,
    ];
    let (tables, asked) = (WHO_SEES.len(), counts.iter().sum::<usize>());
    println!(
        "{locks:?}: {tables} tables × 6 scopes, {asked} questions {counts:?}, nothing of strangers shown or changed"
    );
}

async fn every_scope_shows_its_own_world_as_far_as_agreed_and_nothing_of_another(engine: Engine) {
    shows_its_own_world(engine, Locks::Both).await;
}

async fn shows_its_own_world(engine: Engine, locks: Locks) -> usize {
    let (here, elsewhere) = (World::number(1), World::number(2));
    let place = Place::with(engine, locks, &[here.clone(), elsewhere.clone()]).await;

    let listed: BTreeSet<&str> = WHO_SEES.iter().map(|(table, _)| *table).collect();
    let there: BTreeSet<&str> = place.tables.iter().map(|(table, _)| table.as_str()).collect();
    assert_eq!(there, listed, "every table wants a line in WHO_SEES, or in migrations::NOBODYS");

    for (letter, ways) in place.all_scopes(&here, &here).await {
        let agreed: BTreeSet<String> = WHO_SEES
            .iter()
            .filter(|(_, who)| who.contains(letter))
            .map(|(table, _)| (*table).to_owned())
            .collect();
        for shown in ways {
            assert_eq!(shown, agreed, "what scope {letter} shows of its own world");
        }
    }
    for (letter, ways) in place.all_scopes(&here, &elsewhere).await {
        if letter != 'S' {
            for shown in ways {
                assert_eq!(shown, BTreeSet::new(), "what scope {letter} shows of another world");
            }
        }
    }
    place.asked.get()
}

async fn a_foreign_hand_on_ones_own_pool_or_duty_finds_it_empty(engine: Engine) {
    foreign_hand(engine, Locks::Both).await;
}

async fn foreign_hand(engine: Engine, locks: Locks) -> usize {
    let (here, elsewhere) = (World::number(1), World::number(2));
    let place = Place::with(engine, locks, &[here.clone(), elsewhere.clone()]).await;
    let (_, _, pool) = ids(&here);
    let (viewer, person, _) = ids(&elsewhere);
    for shown in place.shows(scope::Pool { pool, viewer }, &here).await {
        assert_eq!(shown, BTreeSet::new(), "a pool one is no member of");
    }
    for shown in place.shows(scope::Duty { pool, person }, &here).await {
        // The pool's own row is a name and a zone: a conversation kept after duty needs them.
        let left: BTreeSet<String> = shown
            .into_iter()
            .filter(|table| !["pools", "needs", "offers", "memberships"].contains(&table.as_str()))
            .collect();
        assert_eq!(left, BTreeSet::new(), "a duty that is not one's own");
    }
    for shown in place.shows(scope::Visitor("no such token"), &here).await {
        assert_eq!(shown, BTreeSet::new(), "a token nobody was given");
    }
    place.asked.get()
}

async fn a_neighbour_in_the_pool_shows_what_duty_needs_and_no_more(engine: Engine) {
    neighbour(engine, Locks::Both).await;
}

async fn neighbour(engine: Engine, locks: Locks) -> usize {
    let (board, member) = (World::number(1), World::number(2).in_pool_of(&World::number(1)));
    let place = Place::with(engine, locks, &[board.clone(), member.clone()]).await;
    let (organiser, person, pool) = ids(&board);
    let (viewer, _, _) = ids(&member);

    for shown in place.shows(scope::Pool { pool, viewer: organiser }, &member).await {
        assert!(
            shown.contains("people") && shown.contains("wishes"),
            "the planner knows whom to plan: {shown:?}"
        );
        for table in NEVER_OF_A_NEIGHBOUR {
            assert!(!shown.contains(*table), "the planner sees {table} of a member");
        }
    }
    for shown in place.shows(scope::Duty { pool, person }, &member).await {
        for table in NEVER_OF_A_NEIGHBOUR {
            assert!(!shown.contains(*table), "somebody on duty sees {table} of an office nobody covers");
        }
    }
    for shown in place.shows(scope::Pool { pool, viewer }, &board).await {
        assert!(shown.contains("shifts") && shown.contains("people"), "a member sees who watches: {shown:?}");
        for table in FOR_THE_ORGANISER.iter().chain(NEVER_OF_A_NEIGHBOUR) {
            assert!(!shown.contains(*table), "a member sees {table} of the organiser");
        }
    }
    place.asked.get()
}

async fn nobody_writes_under_a_foreign_organisation(engine: Engine) {
    no_foreign_writes(engine, Locks::Both).await;
}

async fn no_foreign_writes(engine: Engine, locks: Locks) -> usize {
    let (here, elsewhere) = (World::number(1), World::number(2));
    let place = Place::with(engine, locks, &[here.clone(), elsewhere.clone()]).await;
    let (organisation, person, pool) = ids(&here);
    let token = here.token_hash();
    refuses_mischief(&place, scope::Home(organisation), &elsewhere).await;
    refuses_mischief(&place, scope::Person(person), &elsewhere).await;
    refuses_mischief(&place, scope::Pool { pool, viewer: organisation }, &elsewhere).await;
    refuses_mischief(&place, scope::Duty { pool, person }, &elsewhere).await;
    refuses_mischief(&place, scope::Visitor(&token), &elsewhere).await;
    place.asked.get()
}

/// On PostgreSQL the policies are tried past the code; on SQLite the code is the only lock, and is tried.
async fn refuses_mischief<S: scope::Scope>(place: &Place, scope: S, victim: &World) {
    if place.has_policies() {
        for (table, sql) in &place.mischief[usize::from(victim.number_of()) - 1] {
            let tx = place.store.write(scope, now()).await.unwrap();
            place.counts();
            let done = probe::execute_past_the_code(&tx, sql).await;
            assert!(
                done.is_err() || done.is_ok_and(|rows| rows == 0),
                "{table} of another world was changed: {sql}"
            );
        }
    }
    let tx = place.store.write(scope, now()).await.unwrap();
    for (table, _) in &place.tables {
        place.counts();
        let touched = probe::remove(&tx, table, victim.key_of(table)).await.unwrap();
        assert_eq!(touched, Some(0), "{table} of another world was removed through the code");
    }
}
