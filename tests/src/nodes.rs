//! The real binary as its operator meets it: told by variables, asked by HTTP, stopped or killed by signals.

use std::{
    fs::{self, OpenOptions},
    net::SocketAddr,
    path::PathBuf,
    process::{Child, Command, ExitStatus, Output, Stdio},
    time::Duration,
};

use serde::Deserialize;

use crate::{
    eventually::{eventually, eventually_within},
    keeper,
    mail::{OFFICES, post_office},
    places::program,
    town::Rows,
};

/// How long a node may take to open while the machine is busy.
const OPENING: Duration = Duration::from_secs(60);

/// The program with good settings for a house on `rows`, as the command `command`.
pub fn told(rows: &Rows, key: &str, command: &str) -> Command {
    let mut program = Command::new(program());
    program
        .arg(command)
        .env_clear()
        .env("VEILLEUSE_DATABASE", &rows.url)
        .env("VEILLEUSE_KEY", key)
        .env("VEILLEUSE_PUBLIC_URL", "http://localhost")
        .env("VEILLEUSE_SMTP", format!("smtp://127.0.0.1:{}", post_office().smtp_port))
        .env("VEILLEUSE_MAIL_FROM", format!("house@{OFFICES}"))
        .env("VEILLEUSE_PRIVATE_MAILBOXES", "true")
        .stdin(Stdio::null());
    program
}

/// Everything it said.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

/// A line of the doctor's.
#[derive(Debug, Deserialize)]
pub struct Finding {
    /// What was looked at.
    pub check: String,
    /// `ok`, `warn` or `bad`.
    pub state: String,
    /// What was found.
    pub said: String,
    /// What to do, where it is not `ok`.
    pub remedy: Option<String>,
}

/// What the doctor says to machines.
///
/// # Panics
/// When it says something else, or finds something ill and names no remedy.
pub fn findings(doctor: &mut Command) -> Vec<Finding> {
    let output = doctor.output().expect("the program can be started");
    let found: Vec<Finding> =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", said(&output)));
    let silent = found.iter().find(|finding| finding.state != "ok" && finding.remedy.is_none());
    assert!(silent.is_none(), "no remedy: {silent:?}");
    found
}

/// A process of the program, with ports of its own that stay the same when it is started again.
#[derive(Debug)]
pub struct Node {
    /// Where pages are asked for, if it serves.
    pub front: SocketAddr,
    /// The door for operators.
    pub backstage: SocketAddr,
    /// The process that lives, or lived last.
    pub child: Child,
    program: Command,
    folder: PathBuf,
}

impl Node {
    /// Starts `command` on a house and waits until it is ready.
    ///
    /// # Panics
    /// When it does not become ready in time.
    pub async fn starts(rows: &Rows, key: &str, command: &str) -> Self {
        Self::starts_told(told(rows, key, command)).await
    }

    /// Starts a program that was told more, and waits until it is ready.
    ///
    /// # Panics
    /// When it does not become ready in time.
    pub async fn starts_told(mut program: Command) -> Self {
        let folder = keeper::folder("node");
        let log = OpenOptions::new().create(true).append(true).open(folder.join("log"));
        let at = |port: u16| SocketAddr::from(([127, 0, 0, 1], port));
        let (front, backstage) = (at(keeper::free_port()), at(keeper::free_port()));
        program
            .env("VEILLEUSE_BACKSTAGE", backstage.to_string())
            .env("VEILLEUSE_LOG", "debug")
            .stderr(log.expect("the folder is ours"));
        if program.get_args().next().is_some_and(|command| command == "serve") {
            program.env("VEILLEUSE_LISTEN", front.to_string());
        }
        let child = program.spawn().expect("the program can be started");
        let mut node = Self { front, backstage, child, program, folder };
        node.is_ready().await;
        node
    }

    /// Starts it again after it ended, at the same ports, and waits until it is ready.
    ///
    /// # Panics
    /// When it does not become ready in time.
    pub async fn starts_again(&mut self) {
        self.child = self.program.spawn().expect("the program can be started");
        self.is_ready().await;
    }

    /// Waits until it says that it is ready.
    ///
    /// # Panics
    /// When it does not in time, or ends instead.
    pub async fn is_ready(&mut self) {
        let what = format!("the node in {} is ready", self.folder.display());
        eventually_within(OPENING, &what, async || {
            if let Ok(Some(status)) = self.child.try_wait() {
                panic!("the node ended by itself ({status}): {}", self.last_words());
            }
            (self.asks_backstage("/readyz").await? == (200, "ready\n".to_owned())).then_some(())
        })
        .await;
    }

    /// What a page of the operators' door says.
    pub async fn asks_backstage(&self, path: &str) -> Option<(u16, String)> {
        let answer = reqwest::get(format!("http://{}{path}", self.backstage)).await.ok()?;
        Some((answer.status().as_u16(), answer.text().await.ok()?))
    }

    /// The address of a page.
    pub fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.front)
    }

    /// Everything it logged, in all its lives.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    fn last_words(&self) -> String {
        let log = self.log();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }

    /// SIGKILL: nothing of it runs any more, no buffer is flushed, no answer is read.
    ///
    /// # Panics
    /// When it had ended by itself before.
    pub fn is_killed(&mut self) {
        assert!(self.lives(), "the node ended by itself: {}", self.last_words());
        self.child.kill().expect("the process is ours");
        self.child.wait().expect("the process is ours");
    }

    /// Whether the process lives.
    pub fn lives(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// SIGTERM: as systemd and containers ask.
    ///
    /// # Panics
    /// When there is no such process.
    pub fn is_asked_to_stop(&self) {
        let asked = Command::new("kill").arg(self.child.id().to_string()).status();
        assert!(asked.expect("every Unix has kill").success());
    }

    /// Waits until it ends by itself.
    ///
    /// # Panics
    /// When it does not in time.
    pub async fn ends(&mut self) -> ExitStatus {
        eventually("the node ends", async || self.child.try_wait().expect("the process is ours")).await
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
