//! The program as its operator meets it: the real binary, told by variables, asked by HTTP, stopped by
//! signals.

use std::{
    fs,
    net::SocketAddr,
    path::PathBuf,
    process::{Child, Command, ExitStatus, Output, Stdio},
};

use acceptance::{
    eventually::eventually,
    keeper,
    mail::{OFFICES, post_office},
    places::program,
    town::{Engine, Office, Person, Rows, Town},
};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

mod figures;
mod logs;
mod refusals;
mod stopping;

/// What one node is told.
struct Node {
    child: Child,
    folder: PathBuf,
    front: SocketAddr,
    backstage: SocketAddr,
}

/// The program with good settings for a house on `rows`, as the command `command`.
pub(crate) fn told(rows: &Rows, key: &str, command: &str) -> Command {
    let mut program = Command::new(program());
    program
        .arg(command)
        .env_clear()
        .env("VEILLEUSE_DATABASE", &rows.url)
        .env("VEILLEUSE_KEY", key)
        .env("VEILLEUSE_PUBLIC_URL", "http://localhost")
        .env("VEILLEUSE_SMTP", format!("smtp://127.0.0.1:{}", post_office().smtp_port))
        .env("VEILLEUSE_MAIL_FROM", format!("house@{OFFICES}"))
        .stdin(Stdio::null());
    program
}

/// Everything it said.
pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

impl Node {
    /// Starts `command` and waits until it is ready.
    async fn starts(rows: &Rows, key: &str, command: &str) -> Self {
        let folder = keeper::folder("node");
        let log = fs::File::create(folder.join("log")).unwrap();
        let at = |port: u16| SocketAddr::from(([127, 0, 0, 1], port));
        let (front, backstage) = (at(keeper::free_port()), at(keeper::free_port()));
        let mut program = told(rows, key, command);
        program.env("VEILLEUSE_BACKSTAGE", backstage.to_string()).env("VEILLEUSE_LOG", "debug").stderr(log);
        if command == "serve" {
            program.env("VEILLEUSE_LISTEN", front.to_string());
        }
        let node = Self { child: program.spawn().unwrap(), folder, front, backstage };
        eventually("the node is ready", async || {
            (node.asks_backstage("/readyz").await? == (200, "ready\n".to_owned())).then_some(())
        })
        .await;
        node
    }

    /// What a page of the operators' door says.
    async fn asks_backstage(&self, path: &str) -> Option<(u16, String)> {
        let answer = reqwest::get(format!("http://{}{path}", self.backstage)).await.ok()?;
        Some((answer.status().as_u16(), answer.text().await.ok()?))
    }

    fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.front)
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap()
    }

    /// SIGTERM: as systemd and containers ask.
    fn is_asked_to_stop(&self) {
        let asked = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(asked.success());
    }

    async fn ends(&mut self) -> ExitStatus {
        eventually("the node ends", async || self.child.try_wait().unwrap()).await
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A town whose house is closed again, but not for good: a row of the clock makes it a demo's, and the
/// program refuses demos.
async fn town_for_the_program(engine: Engine) -> (Rows, String, Office, Person) {
    let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
    let office = town.office("Riquewihr").covered("00:00–00:00").await;
    let ana = town.advisor("Ana").working_at(&office).off_duty().await;
    let key = town.app.settings.key.clone();
    let Town { app, rows, .. } = town;
    app.store.close().await;
    change(&rows, "delete from clock").await;
    (rows, key, office, ana)
}

/// Changes rows past the program.
async fn change(rows: &Rows, sql: &str) {
    let sql = AssertSqlSafe(sql.to_owned());
    match &rows.superuser_url {
        Some(url) => {
            let mut server = PgConnection::connect(url).await.unwrap();
            sqlx::query(sql).execute(&mut server).await.unwrap();
            server.close().await.unwrap();
        }
        None => {
            let mut file = SqliteConnection::connect(&rows.url).await.unwrap();
            sqlx::query(sql).execute(&mut file).await.unwrap();
            file.close().await.unwrap();
        }
    }
}
