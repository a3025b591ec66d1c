//! Settings from the command line and the environment, checked all at once: every mistake is named.

use app::settings::{Post, Settings};
use clap::Args;

/// What every command that opens the database is told.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// Where the rows are: `sqlite:veilleuse.sqlite` or `postgres://…`.
    #[arg(long, env = "VEILLEUSE_DATABASE", default_value = "sqlite:veilleuse.sqlite?mode=rwc")]
    pub database: String,
    /// The master key, 64 hexadecimal digits. Everything sealed or signed hangs on it.
    #[arg(long, env = "VEILLEUSE_KEY", hide_env_values = true)]
    pub key: Option<String>,
    /// Where browsers find us, such as `https://veilleuse.example`.
    #[arg(long, env = "VEILLEUSE_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// The relay for letters of the house: `smtps://name:password@host:465`.
    #[arg(long, env = "VEILLEUSE_SMTP", hide_env_values = true)]
    pub smtp: Option<String>,
    /// As whom those letters are written.
    #[arg(long, env = "VEILLEUSE_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// A proxy of ours stands before us and writes `X-Forwarded-For`.
    #[arg(long, env = "VEILLEUSE_BEHIND_PROXY")]
    pub behind_proxy: bool,
}

impl Common {
    /// The settings, or every mistake, a line each.
    pub fn checked(self) -> Result<Settings, String> {
        let mut mistakes = Vec::new();
        let key = self.key.unwrap_or_default();
        if key.len() != 64 || !key.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            mistakes.push(
                "VEILLEUSE_KEY must be 64 hexadecimal digits: make one with `openssl rand -hex 32`"
                    .to_owned(),
            );
        }
        let public_url = self.public_url.unwrap_or_default().trim_end_matches('/').to_owned();
        if !(public_url.starts_with("https://") || public_url.starts_with("http://")) {
            mistakes.push(
                "VEILLEUSE_PUBLIC_URL must be the address browsers use, such as https://veilleuse.example"
                    .to_owned(),
            );
        }
        if !(self.database.starts_with("sqlite:") || self.database.starts_with("postgres")) {
            mistakes.push("VEILLEUSE_DATABASE must begin with sqlite: or postgres://".to_owned());
        }
        let post = match &self.smtp {
            None => {
                mistakes.push("VEILLEUSE_SMTP must name a relay, such as smtps://name:password@host:465: without one nobody can sign in".to_owned());
                Post::Mailbox
            }
            Some(url) => {
                Post::relay(url, self.mail_from.as_deref().unwrap_or_default()).unwrap_or_else(|why| {
                    mistakes.push(format!(
                        "VEILLEUSE_SMTP (with VEILLEUSE_MAIL_FROM): the relay's address {why}"
                    ));
                    Post::Mailbox
                })
            }
        };
        if !mistakes.is_empty() {
            return Err(format!("the settings want mending:\n  - {}", mistakes.join("\n  - ")));
        }
        Ok(Settings {
            database: self.database,
            key,
            public_url,
            post,
            demo: false,
            behind_proxy: self.behind_proxy,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_mistakes_are_named_at_once() {
        let nothing = Common {
            database: "mysql://x".to_owned(),
            key: None,
            public_url: None,
            smtp: None,
            mail_from: None,
            behind_proxy: false,
        };
        let said = nothing.checked().unwrap_err();
        for name in ["VEILLEUSE_KEY", "VEILLEUSE_PUBLIC_URL", "VEILLEUSE_DATABASE", "VEILLEUSE_SMTP"] {
            assert!(said.contains(name), "{name} is not named: {said}");
        }
    }
}
