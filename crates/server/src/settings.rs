//! Settings from the command line, the environment and a file, checked all at once: every mistake is
//! named, with its place and what to do about it.

mod show;
mod told;
mod values;

use std::{net::SocketAddr, path::PathBuf};

use app::settings::{Post, Reach, Settings};
use clap::Args;

pub use show::{Options as ShowOptions, run as show};
pub use told::{Mistake, Told};

/// What every command that opens the database is told.
#[derive(Debug, Clone, Default, Args)]
pub struct Common {
    /// A file of settings (TOML): the names below in small letters, such as `public_url = "https://…"`.
    #[arg(long, env = "VEILLEUSE_SETTINGS", value_name = "FILE", global = true)]
    pub settings: Option<PathBuf>,
    /// Where the rows are: `sqlite:veilleuse.sqlite` or `postgres://…`.
    #[arg(long, env = "VEILLEUSE_DATABASE", hide_env_values = true, global = true)]
    pub database: Option<String>,
    /// The master key, 64 hexadecimal digits. Everything sealed or signed hangs on it.
    #[arg(long, env = "VEILLEUSE_KEY", hide_env_values = true)]
    pub key: Option<String>,
    /// Keys that sign access tokens, newest first and with commas between: 64 hexadecimal digits each, or
    /// `derived` for the one that hangs on the master key, which is used when there is none.
    #[arg(long, env = "VEILLEUSE_SIGNING_KEYS", hide_env_values = true)]
    pub signing_keys: Option<String>,
    /// Where browsers find us, such as `https://veilleuse.example`.
    #[arg(long, env = "VEILLEUSE_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// The relay for letters of the house: `smtps://name:password@host:465`.
    #[arg(long, env = "VEILLEUSE_SMTP", hide_env_values = true)]
    pub smtp: Option<String>,
    /// A file with the certificate (PEM) of the relay's own authority, where it is no public one.
    #[arg(long, env = "VEILLEUSE_SMTP_TRUST")]
    pub smtp_trust: Option<String>,
    /// As whom those letters are written.
    #[arg(long, env = "VEILLEUSE_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// A proxy of ours stands before us and writes `X-Forwarded-For`.
    #[arg(long, env = "VEILLEUSE_BEHIND_PROXY", num_args = 0..=1, default_missing_value = "true", require_equals = true)]
    pub behind_proxy: Option<String>,
    /// Offices' mailboxes may stand in private networks and on this machine, on any port.
    #[arg(long, env = "VEILLEUSE_PRIVATE_MAILBOXES", num_args = 0..=1, default_missing_value = "true", require_equals = true)]
    pub private_mailboxes: Option<String>,
    /// Where health and figures are shown (`/healthz`, `/readyz`, `/metrics`), such as `127.0.0.1:9090`:
    /// an address that only you can reach. Without it they are not.
    #[arg(long, env = "VEILLEUSE_BACKSTAGE")]
    pub backstage: Option<String>,
}

/// What `serve` is told besides.
#[derive(Debug, Clone, Default, Args)]
pub struct Doors {
    /// Where to listen; `127.0.0.1:8080` unless told otherwise.
    #[arg(long, env = "VEILLEUSE_LISTEN")]
    pub listen: Option<String>,
    /// Leave the jobs to `veilleuse work`.
    #[arg(long, env = "VEILLEUSE_NO_WORKER", num_args = 0..=1, default_missing_value = "true", require_equals = true)]
    pub no_worker: Option<String>,
}

/// Everything, checked.
#[derive(Debug, Clone)]
pub struct Checked {
    /// What the house itself needs.
    pub house: Settings,
    /// Where the front door is.
    pub listen: SocketAddr,
    /// Whether `serve` works too.
    pub works: bool,
    /// Where the door for operators is, if there is one.
    pub backstage: Option<SocketAddr>,
}

impl Common {
    /// What the house needs, or every mistake, a line each.
    ///
    /// # Errors
    /// With all mistakes.
    pub fn checked(self) -> Result<Settings, String> {
        checked(&self.told(Doors::default())).map(|all| all.house).map_err(|mistakes| list(&mistakes))
    }

    /// The same for `serve`.
    ///
    /// # Errors
    /// With all mistakes.
    pub fn checked_with(self, doors: Doors) -> Result<Checked, String> {
        checked(&self.told(doors)).map_err(|mistakes| list(&mistakes))
    }

    /// The database alone, for commands that need nothing else.
    ///
    /// # Errors
    /// If it is no database's address.
    pub fn database(self) -> Result<String, String> {
        let told = self.told(Doors::default());
        told.read("database", values::database)
            .filter(|_| told.mistakes().is_empty())
            .ok_or_else(|| list(&told.mistakes()))
    }

    /// Everything that was said, from wherever.
    pub fn told(self, doors: Doors) -> Told {
        let said = [
            ("database", self.database),
            ("key", self.key),
            ("signing_keys", self.signing_keys),
            ("public_url", self.public_url),
            ("smtp", self.smtp),
            ("smtp_trust", self.smtp_trust),
            ("mail_from", self.mail_from),
            ("behind_proxy", self.behind_proxy),
            ("private_mailboxes", self.private_mailboxes),
            ("backstage", self.backstage),
            ("listen", doors.listen),
            ("no_worker", doors.no_worker),
        ];
        Told::gather(self.settings, said)
    }
}

/// The database's address as the owner of its tables, for `migrate`.
///
/// # Errors
/// If nobody said it, or it is none.
pub fn owner_database(file: Option<PathBuf>, said: Option<String>) -> Result<String, String> {
    let told = Told::gather(file, [("owner_database", said)]);
    let read = told.read("owner_database", values::database).filter(|_| told.mistakes().is_empty());
    read.ok_or_else(|| list(&told.mistakes()))
}

/// The settings, or every mistake.
///
/// # Errors
/// With all mistakes.
pub fn checked(told: &Told) -> Result<Checked, Vec<Mistake>> {
    let database = told.read("database", values::database);
    let key = told.read("key", values::key);
    let signing_keys = told.read_if_said("signing_keys", values::signing_keys);
    let public_url = told.read("public_url", values::public_url);
    let post = post(told);
    let behind_proxy = told.read("behind_proxy", values::switch);
    let private_mailboxes = told.read("private_mailboxes", values::switch);
    let no_worker = told.read("no_worker", values::switch);
    let listen = told.read("listen", values::address);
    let backstage = told.read_if_said("backstage", values::address);
    match (
        database,
        key,
        signing_keys,
        public_url,
        post,
        behind_proxy,
        private_mailboxes,
        no_worker,
        listen,
        backstage,
    ) {
        (
            Some(database),
            Some(key),
            Some(signing_keys),
            Some(public_url),
            Some(post),
            Some(behind_proxy),
            Some(private_mailboxes),
            Some(no_worker),
            Some(listen),
            Some(backstage),
        ) if told.mistakes().is_empty() => Ok(Checked {
            house: Settings {
                database,
                key,
                signing_keys: signing_keys.unwrap_or_default(),
                public_url,
                post,
                demo: false,
                behind_proxy,
                mailboxes: if private_mailboxes { Reach::Anywhere } else { Reach::Public },
            },
            listen,
            works: !no_worker,
            backstage,
        }),
        _ => Err(told.mistakes()),
    }
}

fn post(told: &Told) -> Option<Post> {
    let from = told.read("mail_from", values::writer);
    // With a sender of its own, so that a sender that is wrong is named once and in its own place.
    let relay = told.read("smtp", |url| {
        Post::relay(url, from.as_deref().unwrap_or("nobody@localhost")).map_err(|why| {
            (format!("the relay's address {why}"), "write it as smtps://name:password@host:465".to_owned())
        })
    });
    let authority = told.read_if_said("smtp_trust", values::certificate);
    from.and(relay).zip(authority).map(|(relay, authority)| relay.trusting(authority))
}

/// Mistakes as a person reads them.
pub fn list(mistakes: &[Mistake]) -> String {
    let lines: Vec<String> = mistakes.iter().map(|mistake| format!("\n  - {mistake}")).collect();
    format!("the settings want mending:{}", lines.concat())
}

#[cfg(test)]
mod tests;
