//! What the doctor looks at, one thing a function.

use std::{os::unix::fs::PermissionsExt, path::Path, time::Duration};

use app::{
    App, Database, Engine, house,
    key::{self, Standing},
    letters,
    settings::Post,
    told,
};
use chrono::TimeDelta;

use super::Finding;
use crate::{
    migrate,
    settings::{Checked, Told},
};

/// How long a relay may take to greet us.
const PATIENCE: Duration = Duration::from_secs(20);
/// Below so much free space there is trouble soon.
const LITTLE_SPACE: u64 = 1 << 30;
/// Below so much there is trouble now.
const NO_SPACE: u64 = 100 << 20;
/// So many seconds apart, two clocks disagree about who is on duty.
const SKEW_SECONDS: i64 = 2;
/// So many seconds a due job waits at most while somebody works.
const LATE_SECONDS: i64 = 60;
/// For so long we speak of a key that was changed.
const FORGIVEN: TimeDelta = TimeDelta::days(30);
/// The oldest PostgreSQL we promise to run on.
const OLDEST_POSTGRES: u32 = 15;

pub(super) fn settings(told: &Told, checked: &Checked) -> Vec<Finding> {
    let mut findings =
        vec![Finding::ok("settings", format!("the public address is {}", checked.house.public_url))];
    let url = &checked.house.public_url;
    let local = matches!(checked.house.host(), "localhost" | "127.0.0.1" | "[::1]");
    if !checked.house.https() && !local {
        let remedy = "serve it over TLS: cookies and codes go over the line in plain text";
        findings.push(Finding::warn("settings", format!("{url} is not https"), remedy));
    }
    if checked.backstage.is_none() {
        let remedy = "set VEILLEUSE_BACKSTAGE, such as 127.0.0.1:9090, and let Prometheus read it";
        findings.push(Finding::warn("settings", "nobody can read the figures", remedy));
    }
    if let Some(file) = told.file()
        && let Ok(data) = std::fs::metadata(file)
        && data.permissions().mode() & 0o007 != 0
    {
        let remedy = format!("chmod o= {}", file.display());
        let said = format!("everybody on this machine can open {}", file.display());
        findings.push(Finding::warn("settings", said, remedy));
    }
    findings
}

pub(super) async fn mail(post: &Post) -> Finding {
    let Post::Smtp { account, .. } = post else { return Finding::ok("mail", "goes into the demo's mailbox") };
    let place = format!("{}:{}", account.host, account.port);
    let who = if account.username.is_some() { "took our name and password" } else { "asks for no name" };
    match tokio::time::timeout(PATIENCE, letters::check_relay(post)).await {
        Ok(Ok(())) => {
            Finding::ok("mail", format!("{place} greeted us and {who} ({})", letters::privacy(post)))
        }
        Ok(Err(error)) => Finding::bad(
            "mail",
            told(&error),
            format!(
                "look at VEILLEUSE_SMTP, and whether {place} can be reached from here; nobody gets a code"
            ),
        ),
        Err(_) => Finding::bad(
            "mail",
            format!("{place} did not greet us within {} s", PATIENCE.as_secs()),
            "open the port in the firewall, or name another relay; nobody gets a code",
        ),
    }
}

pub(super) fn disk(database: &str) -> Finding {
    let Some(file) = Database::file(database) else {
        return Finding::ok("disk", "the rows lie on the database's machine: look there");
    };
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => Path::new(".").to_owned(),
    };
    match nix::sys::statvfs::statvfs(&folder) {
        Err(error) => {
            let said = format!("{} cannot be looked at: {error}", folder.display());
            Finding::bad("disk", said, "make the folder, and give it to this user")
        }
        Ok(disk) => space(&folder, disk.blocks_available() * disk.fragment_size()),
    }
}

fn space(folder: &Path, free: u64) -> Finding {
    let said = format!("{} MiB are free at {}", free >> 20, folder.display());
    let remedy = "make room or move to a larger disk: when it is full, nothing can be written";
    match free {
        ..NO_SPACE => Finding::bad("disk", said, remedy),
        NO_SPACE..LITTLE_SPACE => Finding::warn("disk", said, remedy),
        _ => Finding::ok("disk", said),
    }
}

/// What to do about a damaged file.
const RESTORE: &str =
    "stop the house and restore the last backup; keep the damaged file, something may be read out of it";

/// Whether these are SQLite's words for a page that cannot be, or for a file that is none of its own.
fn is_damage(said: &str) -> bool {
    ["(code: 11)", "(code: 26)"].iter().any(|code| said.contains(code))
}

/// What to do about a database that cannot be opened, for this reason.
pub(super) fn no_database(database: &str, why: &str) -> &'static str {
    if is_damage(why) {
        RESTORE
    } else if database.starts_with("sqlite") {
        "look at VEILLEUSE_DATABASE, and whether this is the service's user, who may write in that folder"
    } else {
        "look at VEILLEUSE_DATABASE, whether the server runs, and whether it lets this role in from here"
    }
}

/// That SQLite's file is not there, if so: nothing else can be asked then.
pub(super) fn no_file(database: &str) -> Option<Finding> {
    let file = Database::file(database).filter(|file| migrate::is_missing(file))?;
    let said = format!("there is no database at {}", file.display());
    Some(Finding::bad("database", said, migrate::NO_FILE))
}

/// That the database cannot be written, if so.
pub(super) async fn writing(app: &App) -> Option<Finding> {
    let error = app.store.try_writing().await.err()?;
    let said = format!("it cannot be written: {}", told(&error));
    let remedy = match app.store.engine() {
        Engine::Sqlite => "make room on the disk; look whether this user owns the file and its folder",
        Engine::Postgres => "let VEILLEUSE_DATABASE lead to the server that takes writes",
    };
    Some(Finding::bad("database", said, remedy))
}

/// What is damaged in SQLite's file, if anything is.
pub(super) async fn damage(app: &App) -> Option<Finding> {
    let remedy = RESTORE;
    match app.store.damage().await {
        Ok(None) => None,
        Ok(Some(damage)) => Some(Finding::bad("database", format!("its file is damaged: {damage}"), remedy)),
        // Whatever else keeps it from being read is no damage, and is said where the database is asked.
        Err(error) => {
            let said = told(&error);
            is_damage(&said).then(|| Finding::bad("database", format!("its file is damaged: {said}"), remedy))
        }
    }
}

pub(super) async fn database(app: &App) -> Finding {
    match app.store.version().await {
        Err(error) => {
            let why = told(&error);
            let remedy = no_database(&app.settings.database, &why);
            Finding::bad("database", why, remedy)
        }
        Ok(version) => {
            let number = version
                .strip_prefix("PostgreSQL ")
                .and_then(|rest| rest.split('.').next()?.parse::<u32>().ok());
            match number {
                Some(number) if number < OLDEST_POSTGRES => {
                    let remedy = format!("move to PostgreSQL {OLDEST_POSTGRES} or later");
                    Finding::bad("database", format!("{version} answers"), remedy)
                }
                _ => Finding::ok("database", format!("{version} answers")),
            }
        }
    }
}

/// Whether PostgreSQL holds what the program promises.
pub(super) async fn locks(app: &App) -> Vec<Finding> {
    if app.store.engine() == Engine::Sqlite {
        return Vec::new();
    }
    let mut findings = Vec::new();
    match app.store.role().await {
        Ok(Some(role)) if role.above_policies => findings.push(Finding::bad(
            "locks",
            format!("the role {} stands above the policies", role.name),
            "connect as the plain role that deploy/roles.sql makes",
        )),
        Ok(Some(role)) if role.owns_tables => findings.push(Finding::warn(
            "locks",
            format!("the role {} owns the tables, and could change them", role.name),
            "connect as the plain role that deploy/roles.sql makes; the owner is for `veilleuse migrate` alone",
        )),
        Ok(role) => {
            let name = role.map_or_else(String::new, |role| role.name);
            findings.push(Finding::ok("locks", format!("the role {name} is held by the policies")));
        }
        Err(error) => findings.push(unread("locks", &error)),
    }
    match app.store.without_policy(&migrations::NOBODYS).await {
        Ok(open) if open.is_empty() => findings.push(Finding::ok("locks", "every table has its policy")),
        Ok(open) => findings.push(Finding::bad(
            "locks",
            format!("without a policy that holds everybody: {}", open.join(", ")),
            "run `veilleuse migrate` as the owner; if that changes nothing, restore a backup",
        )),
        Err(error) => findings.push(unread("locks", &error)),
    }
    match app.store.lets_go().await {
        Ok(true) => {}
        Ok(false) => findings.push(Finding::warn(
            "locks",
            "PostgreSQL never lets go of what a node had in hand whose machine is gone",
            "run deploy/roles.sql again, as a superuser; then restart the nodes",
        )),
        Err(error) => findings.push(unread("locks", &error)),
    }
    findings
}

pub(super) async fn tables(app: &App) -> Finding {
    let known = migrations::count() as u64;
    match app.store.changes_made().await {
        Err(error) => unread("tables", &error),
        Ok(made) if made < known => {
            let said = format!("{} of {known} changes are missing", known - made);
            Finding::bad("tables", said, migrate::remedy(&app.settings.database))
        }
        Ok(made) if made > known => {
            let said = format!("they are newer than this program (change {made}, it knows {known})");
            // On SQLite this program does not even start.
            match app.store.engine() {
                Engine::Sqlite => Finding::bad("tables", said, migrate::NEWER),
                Engine::Postgres => {
                    Finding::warn("tables", said, "finish the upgrade: put the new program here too")
                }
            }
        }
        Ok(made) => Finding::ok("tables", format!("all {made} changes are made")),
    }
}

pub(super) async fn clock(app: &App) -> Finding {
    let before = app.clock.machine_now();
    let asked = app.store.its_time().await;
    let after = app.clock.machine_now();
    match asked {
        Err(error) => unread("clock", &error),
        Ok(None) => Finding::ok("clock", format!("this machine has {}", before.format("%F %T UTC"))),
        Ok(Some(theirs)) => {
            // Between asking and hearing lies the way there and back; its middle is the fairest guess.
            let skew = (theirs - (before + (after - before) / 2)).num_milliseconds();
            let said = format!("the database's clock is {skew} ms away from this machine's");
            if skew.abs() > SKEW_SECONDS * 1000 {
                let remedy = "run NTP on both: by minutes apart they disagree about who is on duty";
                Finding::bad("clock", said, remedy)
            } else {
                Finding::ok("clock", said)
            }
        }
    }
}

pub(super) async fn key(app: &App) -> Finding {
    match key::standing(app).await {
        Err(error) => unread("key", &error),
        Ok(Standing::New) => Finding::ok("key", "nobody has opened this database yet"),
        Ok(Standing::Same) => Finding::ok("key", "it is the one this database was always opened with"),
        Ok(Standing::Changed(at)) if app.clock.machine_now() - at > FORGIVEN => Finding::ok(
            "key",
            format!("it is the one this database is opened with since {}", at.format("%F")),
        ),
        Ok(Standing::Changed(at)) => {
            let said = format!("until {} this database was opened with another key", at.format("%F %T UTC"));
            let remedy = "if this is the key of your backups, all is well; if it came by mistake, stop every \
                          node and put back the one your backups were made with";
            Finding::warn("key", said, remedy)
        }
        Ok(Standing::Earlier(until)) => {
            let said = format!(
                "it is a key this database was opened with before; since {} it was opened with another one",
                until.format("%F %T UTC")
            );
            let remedy = "if the other one came by mistake, start the nodes with this: what was sealed with \
                          it opens again; if the key was changed on purpose, put the new one into VEILLEUSE_KEY";
            Finding::warn("key", said, remedy)
        }
        Ok(Standing::Other) => {
            let said = "it is not the key this database was opened with: nothing sealed with that one opens";
            Finding::bad(
                "key",
                said,
                "look at VEILLEUSE_KEY; if the other one is lost, start the nodes with this",
            )
        }
    }
}

pub(super) async fn queue(app: &App) -> Finding {
    let figures = match house::figures(app).await {
        Ok(figures) => figures,
        Err(error) => return unread("queue", &error),
    };
    let dead = figures.dead_jobs();
    if figures.oldest_due > LATE_SECONDS {
        let said = format!("a job is {} s late, {dead} were given up", figures.oldest_due);
        return Finding::bad(
            "queue",
            said,
            "start `veilleuse work`, or `serve` without --no-worker; then read its log",
        );
    }
    if dead > 0 {
        let remedy = "`veilleuse jobs dead` says why; `veilleuse jobs replay all` tries them again";
        return Finding::warn("queue", format!("{dead} jobs were given up"), remedy);
    }
    Finding::ok("queue", format!("no job is late, none was given up; {} conversations wait", figures.waiting))
}

fn unread(check: &'static str, error: &dyn std::error::Error) -> Finding {
    Finding::bad(check, told(error), "look at the database's own log")
}
