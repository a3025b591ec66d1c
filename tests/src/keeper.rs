//! Servers that live exactly as long as the test process that asked for them.
//!
//! A test process may end by panicking, by being killed, or by `exit`, and none of these drops what
//! stands in a static. So every server is started by a small shell, the *keeper*, which then reads
//! from a pipe whose other end is ours. When we are gone, however we went, the kernel closes our end;
//! the keeper wakes, stops the server and removes its folder.

use std::{
    env, fs,
    io::{BufRead, BufReader, Read},
    net::{Ipv4Addr, TcpListener},
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{self, Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

/// What the keeper runs. `START` and `STOP` are shell texts, run in `FOLDER`, with these words at hand:
/// `as_user COMMAND` runs it as an ordinary user (PostgreSQL and Dovecot want one), `as_root COMMAND`
/// as root (Postfix wants that), and `give PATH` hands a path to the ordinary user, called `$user`.
/// The daemons' output goes to files: one that inherited our pipe would keep it open for ever. What is
/// said to us is said in a subshell: should we be gone already, the broken pipe ends only that.
const KEEPER: &str = r#"
cd "$FOLDER" || exit 1
if [ "$(id -u)" = 0 ]; then
    user=postgres
    as_user() { runuser -u "$user" -- "$@"; }
    as_root() { "$@"; }
    give() { chown "$user" "$@"; }
else
    user=$(id -un)
    as_user() { "$@"; }
    as_root() { sudo -n "$@"; }
    give() { :; }
fi
( set -e; eval "$START" ) >keeper.log 2>&1 </dev/null
if [ $? = 0 ]; then
    (echo ready)
    cat >/dev/null
else
    (echo failed && cat keeper.log ./*.log | tail -n 60) 2>/dev/null
fi
( eval "$STOP" ) >>keeper.log 2>&1 </dev/null
cd / && as_root rm -rf "$FOLDER"
"#;

/// A private folder, readable by the ordinary user that servers run as.
///
/// Its path is short, because the path of a Unix socket in it must stay under 108 bytes.
///
/// # Panics
/// When the temporary folder of this machine cannot be written.
pub fn folder(name: &str) -> PathBuf {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    let folder = env::temp_dir().join(format!("veilleuse-{name}-{}-{number}", process::id()));
    // Left over from a process of the same number, long gone.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the temporary folder can be written");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("the folder is ours");
    folder
}

/// A port of the loopback that was free a moment ago.
///
/// # Panics
/// When this machine has no loopback.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("the loopback can be listened on");
    listener.local_addr().expect("a listener has an address").port()
}

/// A server and the folder it lives in. Dropping it, or ending the process, stops and removes both.
#[derive(Debug)]
pub struct Kept {
    folder: PathBuf,
    keeper: Child,
}

impl Kept {
    /// Starts a server in `folder`, from a shell text that returns once the server answers; `stop` is
    /// the text that ends it.
    ///
    /// # Panics
    /// When the server does not start; the message holds what it logged.
    pub fn start(folder: PathBuf, start: &str, stop: &str) -> Self {
        let mut keeper = Command::new("sh")
            .args(["-c", KEEPER])
            .env("FOLDER", &folder)
            .env("START", start)
            .env("STOP", stop)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // A group of its own, so that Ctrl-C ends us and leaves the keeper time to tidy up.
            .process_group(0)
            .spawn()
            .expect("every Unix has sh");
        let mut said = BufReader::new(keeper.stdout.take().expect("the keeper's output is piped"));
        let mut first = String::new();
        said.read_line(&mut first).expect("the keeper speaks UTF-8");
        if first.trim_end() != "ready" {
            let mut log = String::new();
            let _ = said.read_to_string(&mut log);
            panic!(
                "a server of the tests did not start in {} (tests/run installs it):\n{log}",
                folder.display()
            );
        }
        Self { folder, keeper }
    }

    /// Where it lives.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}
