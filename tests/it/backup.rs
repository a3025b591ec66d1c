//! Backup while people write, destruction, restore: on both engines, by the commands an operator has.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use acceptance::{
    eventually::eventually,
    keeper,
    nodes::{said, told},
    on_both_engines,
    places::repository,
    postgres::{self, Cluster},
    town::{Engine, Office, Person, Rows, Town, open_house},
};
use app::settings::Post;
use domain::ConversationId;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection};
use uuid::Uuid;

on_both_engines! { a_house_that_burnt_down_is_restored_from_a_backup_made_while_people_wrote }

/// How many answers are there before the backup begins, at least.
const BEFORE: usize = 20;

async fn a_house_that_burnt_down_is_restored_from_a_backup_made_while_people_wrote(engine: Engine) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let office = town.office("Riquewihr").covered("18:00–22:00").await;
    let ana = town.advisor("Ana").on_duty_for(&office).await;
    let guest = office.receives_chat("Is the castle open tomorrow?").await;
    town.work_until_idle().await;
    let conversation = guest.conversation().await;
    let folder = keeper::folder("backup");
    let file = folder.join("house.backup");

    let writing = Writing::begins(&ana, conversation);
    eventually("some answers are written", async || (writing.so_far() >= BEFORE).then_some(())).await;
    let before = counts(&town.rows).await;
    back_up(&town.rows, &file).await;
    let at_least = writing.so_far() + 5;
    eventually("writing goes on after the backup", async || (writing.so_far() >= at_least).then_some(()))
        .await;
    let written = writing.ends().await;
    let after = counts(&town.rows).await;
    let locks = locks(&town.rows).await;

    let key = town.app.settings.key.clone();
    let Town { app, rows, .. } = town;
    app.store.close().await;
    burn(&rows).await;
    let fresh = restore(rows, &file).await;

    let restored = counts(&fresh.rows).await;
    for (table, count) in &restored {
        let between = before[table]..=after[table];
        assert!(between.contains(count), "{table}: {count} rows are back, and there were {between:?}");
    }
    assert_eq!(locks, self::locks(&fresh.rows).await, "policies, rights and constraints are the same");
    let kept = answers(&fresh.rows).await;
    assert!(kept >= BEFORE && kept <= written, "{kept} of {written}");
    let house = works_on(&fresh.rows, &key, &office, &ana, conversation).await;
    guest.in_house(&house).reads("It opens at nine.", "Ana").await;
    house.store.close().await;
    println!(
        "{engine:?}: {} tables with {} rows are back, {} policies, rights and constraints with them; {kept} of \
         {written} answers were written before the backup",
        restored.len(),
        restored.values().sum::<i64>(),
        locks.len(),
    );
    let _ = fs::remove_dir_all(&folder);
}

/// Somebody who answers again and again, each time with the next number.
struct Writing {
    stop: Arc<AtomicBool>,
    written: Arc<AtomicUsize>,
    task: tokio::task::JoinHandle<()>,
}

impl Writing {
    fn begins(ana: &Person, conversation: ConversationId) -> Self {
        let (stop, written) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let (ana, told, count) = (ana.clone(), stop.clone(), written.clone());
        let task = tokio::spawn(async move {
            while !told.load(Ordering::SeqCst) {
                let number = count.load(Ordering::SeqCst);
                let text = format!("Answer {number:05}");
                ana.replies(conversation, &text, &Uuid::new_v4().to_string()).await.unwrap();
                count.store(number + 1, Ordering::SeqCst);
            }
        });
        Self { stop, written, task }
    }

    fn so_far(&self) -> usize {
        assert!(!self.task.is_finished(), "writing went wrong");
        self.written.load(Ordering::SeqCst)
    }

    async fn ends(self) -> usize {
        self.stop.store(true, Ordering::SeqCst);
        self.task.await.unwrap();
        self.written.load(Ordering::SeqCst)
    }
}

/// By the command, or by the script.
async fn back_up(rows: &Rows, file: &Path) {
    let mut command = match &rows.superuser_url {
        None => {
            let mut command = told(rows, "", "backup");
            command.arg(file);
            command
        }
        Some(url) => script("backup-postgres.sh", [url.as_str(), file.to_str().unwrap()]),
    };
    runs(&mut command).await;
}

fn script<const N: usize>(name: &str, arguments: [&str; N]) -> Command {
    let mut command = Command::new(repository().join("deploy").join(name));
    let path = std::env::var("PATH").unwrap_or_default();
    command.args(arguments).env("PATH", format!("{}:{path}", postgres::binaries().display()));
    command
}

/// Runs a command beside whatever else this test does.
async fn runs(command: &mut Command) -> String {
    let child = command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn();
    let child = child.unwrap();
    let output = tokio::task::spawn_blocking(|| child.wait_with_output()).await.unwrap().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    said(&output)
}

/// Nothing of the database is left.
async fn burn(rows: &Rows) {
    match &rows.superuser_url {
        None => {
            for end in ["", "-wal", "-shm"] {
                let _ = fs::remove_file(format!("{}{end}", rows.file().display()));
            }
        }
        Some(url) => {
            let (server, name) = (url.replace(database_of(url), "/postgres?"), &database_of(url)[1..]);
            let mut server = PgConnection::connect(&server).await.unwrap();
            let name = name.trim_end_matches('?');
            let drop = AssertSqlSafe(format!("drop database {name} with (force)"));
            sqlx::query(drop).execute(&mut server).await.unwrap();
            assert!(PgConnection::connect(url).await.is_err(), "it is gone");
        }
    }
}

/// `/name?` of an address.
fn database_of(url: &str) -> &str {
    let end = url.find('?').unwrap();
    &url[url[..end].rfind('/').unwrap()..=end]
}

/// Where the rows are afterwards, and on PostgreSQL the new server.
struct Fresh {
    rows: Arc<Rows>,
    _server: Option<Cluster>,
}

async fn restore(rows: Arc<Rows>, file: &Path) -> Fresh {
    if rows.superuser_url.is_none() {
        let mut command = told(&rows, "", "restore");
        command.arg(file);
        runs(&mut command).await;
        let mut again = told(&rows, "", "restore");
        let refused = again.arg(file).output().unwrap();
        assert!(said(&refused).contains("add --replace"), "{}", said(&refused));
        return Fresh { rows, _server: None };
    }
    // Another server, on which nobody knows our roles.
    let server = tokio::task::spawn_blocking(Cluster::start).await.unwrap();
    let database = server.bare_database().await;
    let url = database.superuser_url.clone();
    runs(&mut script("restore-postgres.sh", [file.to_str().unwrap(), &url])).await;
    let refused = script("restore-postgres.sh", [file.to_str().unwrap(), &url]).output().unwrap();
    assert!(said(&refused).contains("restore into an empty one"), "{}", said(&refused));
    Fresh { rows: Arc::new(database.into()), _server: Some(server) }
}

/// The restored house answers, and works on: an answer written now reaches its visitor.
async fn works_on(
    rows: &Rows,
    key: &str,
    office: &Office,
    ana: &Person,
    conversation: ConversationId,
) -> app::App {
    let house = open_house(&rows.url, key, Post::Mailbox).await;
    let (office, ana) = (office.clone().in_house(&house), ana.clone().in_house(&house));
    worker::run_until_idle(&house).await;
    ana.replies(conversation, "It opens at nine.", &Uuid::new_v4().to_string()).await.unwrap();
    let new = office.receives_chat("And on Monday?").await;
    worker::run_until_idle(&house).await;
    ana.sees_in_inbox("And on Monday?").await;
    ana.answers("And on Monday?", "On Monday too.").await;
    worker::run_until_idle(&house).await;
    new.reads("On Monday too.", "Ana").await;
    house
}

/// How many answers are there: those from the first to the last, none missing.
async fn answers(rows: &Rows) -> usize {
    let bodies = asked(rows, "select body from messages where body like 'Answer %' order by body").await;
    let numbers: BTreeSet<usize> = bodies.iter().map(|body| body[7..].parse().unwrap()).collect();
    assert_eq!(numbers, (0..bodies.len()).collect(), "none is missing and none is there twice");
    numbers.len()
}

async fn counts(rows: &Rows) -> BTreeMap<String, i64> {
    let tables = match rows.superuser_url {
        None => "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'",
        Some(_) => "select tablename::text from pg_tables where schemaname = 'public'",
    };
    let mut counts = BTreeMap::new();
    for table in asked(rows, tables).await {
        let count = asked(rows, &format!("select cast(count(*) as text) from {table}")).await;
        counts.insert(table, count[0].parse().unwrap());
    }
    assert!(counts.len() > 30, "{counts:?}");
    counts
}

/// Everything the database itself holds people to: policies, rights, constraints, indexes, triggers.
async fn locks(rows: &Rows) -> Vec<String> {
    let all = match rows.superuser_url {
        None => "select coalesce(sql, name) from sqlite_master order by 1",
        Some(_) => {
            "select pg_policies::text from pg_policies where schemaname = 'public' \
             union all select relname || relrowsecurity || relforcerowsecurity || coalesce(relacl::text, '') \
             || relowner::regrole::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'S') \
             union all select conrelid::regclass || pg_get_constraintdef(oid) from pg_constraint \
             where connamespace = 'public'::regnamespace \
             union all select indexdef from pg_indexes where schemaname = 'public' \
             union all select pg_get_functiondef(p.oid) || coalesce(proacl::text, '') from pg_proc p \
             where pronamespace = 'public'::regnamespace and prolang <> 13 \
             order by 1"
        }
    };
    let locks = asked(rows, all).await;
    assert!(locks.len() > 60, "{}", locks.len());
    locks
}

/// The first column of what is answered to whoever stands above the policies.
async fn asked(rows: &Rows, sql: &str) -> Vec<String> {
    let sql = AssertSqlSafe(sql.to_owned());
    match &rows.superuser_url {
        None => {
            let mut file = SqliteConnection::connect(&rows.url).await.unwrap();
            let found = sqlx::query(sql).fetch_all(&mut file).await.unwrap();
            file.close().await.unwrap();
            found.iter().map(|row| row.get(0)).collect()
        }
        Some(url) => {
            let mut server = PgConnection::connect(url).await.unwrap();
            let found = sqlx::query(sql).fetch_all(&mut server).await.unwrap();
            server.close().await.unwrap();
            found.iter().map(|row| row.get(0)).collect()
        }
    }
}

#[tokio::test]
async fn a_second_restore_keeps_what_the_first_put_aside() {
    let rows = Rows::migrated(Engine::Sqlite).await;
    let folder = rows.file().parent().unwrap().to_owned();
    let backup = folder.join("house.backup");
    runs(told(&rows, "", "backup").arg(&backup)).await;
    for mark in [1, 2, 3] {
        rows.change(&format!("pragma user_version = {mark}")).await;
        let aside = match mark {
            1 => "town.sqlite.replaced".to_owned(),
            more => format!("town.sqlite.replaced.{more}"),
        };
        let words = runs(told(&rows, "", "restore").arg("--replace").arg(&backup)).await;
        assert!(words.contains(&format!("{aside} now")), "{words}");
        assert_eq!(rows.number("pragma user_version").await.unwrap(), 0, "the backup is in place");
    }
    for (name, mark) in [("replaced", 1), ("replaced.2", 2), ("replaced.3", 3)] {
        let url = format!("sqlite://{}", folder.join(format!("town.sqlite.{name}")).display());
        let mut aside = SqliteConnection::connect(&url).await.unwrap();
        let version: i64 = sqlx::query_scalar("pragma user_version").fetch_one(&mut aside).await.unwrap();
        assert_eq!(version, mark, "{name} is what it was");
    }
}

#[tokio::test]
async fn a_backup_or_restore_that_was_cut_short_is_begun_again_and_never_taken_for_a_whole_one() {
    let rows = Rows::migrated(Engine::Sqlite).await;
    let (place, folder) = (rows.file(), rows.file().parent().unwrap().to_owned());
    let (backup, part) = (folder.join("house.backup"), folder.join("house.backup.part"));
    fs::write(&part, "half of a backup").unwrap();
    runs(told(&rows, "", "backup").arg(&backup)).await;
    assert!(!part.exists(), "it has its name");
    let again = told(&rows, "", "backup").arg(&backup).output().unwrap();
    assert!(said(&again).contains("is there already") && !again.status.success(), "{}", said(&again));

    // The old database is put aside, the new one not yet in its place.
    fs::rename(&place, folder.join("town.sqlite.replaced")).unwrap();
    let fresh = folder.join("town.sqlite.restoring");
    fs::copy(&backup, &fresh).unwrap();
    for command in ["serve", "work"] {
        let mut starts = told(&rows, &app::secrets::random_key(), command);
        let refused = starts.env("VEILLEUSE_LISTEN", "127.0.0.1:0").output().unwrap();
        assert!(said(&refused).contains("a restore was cut short"), "{command}: {}", said(&refused));
        assert!(!place.exists(), "{command}: no empty house is made");
    }
    runs(told(&rows, "", "restore").arg(&backup)).await;
    assert!(place.exists() && !fresh.exists());
}
