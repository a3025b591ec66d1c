//! What the operator decides.

pub use channels::email::Reach;
use channels::{
    Secret,
    email::{Contact, Security, smtp::SmtpAccount},
};

/// All settings, checked. `Debug` shows neither the key nor the database's address, which may hold a
/// password.
#[derive(Clone)]
pub struct Settings {
    /// `sqlite:path` or `postgres:…`.
    pub database: String,
    /// The master key, 32 bytes as 64 hexadecimal digits.
    pub key: String,
    /// Keys that sign access tokens, newest first, as [`crate::secrets::Secrets::signing_with`] takes
    /// them. None: the one that hangs on the master key.
    pub signing_keys: Vec<String>,
    /// Where browsers find us, such as `https://veilleuse.example`; no slash at the end.
    pub public_url: String,
    /// How letters of the house leave: through an SMTP relay, or into the demo's mailbox.
    pub post: Post,
    /// Whether this is the demo: doors without sign-in, a clock one can set.
    pub demo: bool,
    /// Whether a proxy of ours stands before us and writes `X-Forwarded-For`; without one that header
    /// is anybody's word and is not read.
    pub behind_proxy: bool,
    /// Where the mail servers of offices may stand.
    pub mailboxes: Reach,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings")
            .field("public_url", &self.public_url)
            .field("post", &self.post)
            .field("demo", &self.demo)
            .field("behind_proxy", &self.behind_proxy)
            .field("mailboxes", &self.mailboxes)
            .finish_non_exhaustive()
    }
}

impl Settings {
    /// Whether browsers reach us over TLS: then cookies are `Secure` and HSTS is sent.
    pub fn https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The host browsers know us by, without the port.
    pub fn host(&self) -> &str {
        let rest = self.public_url.split_once("://").map_or(self.public_url.as_str(), |(_, rest)| rest);
        let host = rest.split('/').next().unwrap_or(rest);
        match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        }
    }
}

/// How letters of the house leave.
#[derive(Debug, Clone)]
pub enum Post {
    /// Into the table that the demo's mailbox page shows.
    Mailbox,
    /// Through a relay.
    Smtp {
        /// The relay.
        account: Box<SmtpAccount>,
        /// As whom.
        from: Contact,
    },
}

impl Post {
    /// The relay at `url`, writing as `from`.
    ///
    /// `smtps://name:password@host:465` keeps the connection private from the start,
    /// `smtp+starttls://…:587` after a greeting, `smtp://…:25` not at all (a relay on this machine).
    /// Characters that mean something in a URL are written as `%40`.
    ///
    /// # Errors
    /// With what is wrong, as the end of "the relay's address …".
    pub fn relay(url: &str, from: &str) -> Result<Self, &'static str> {
        let (scheme, rest) = url.split_once("://").ok_or("has no scheme such as smtps://")?;
        let (security, usual) = match scheme {
            "smtps" => (Security::Tls, 465),
            "smtp+starttls" => (Security::StartTls, 587),
            "smtp" => (Security::PlainOnLoopback, 25),
            _ => return Err("begins with none of smtps://, smtp+starttls://, smtp://"),
        };
        let (who, place) = rest
            .trim_end_matches('/')
            .rsplit_once('@')
            .map_or((None, rest), |(who, place)| (Some(who), place));
        let place = place.trim_end_matches('/');
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().map_err(|_| "has a port that is no number")?),
            None => (place, usual),
        };
        if host.is_empty() {
            return Err("names no host");
        }
        if !from.contains('@') {
            return Err("needs an address to write from");
        }
        let (username, password) = match who.map(|who| who.split_once(':').unwrap_or((who, ""))) {
            Some((name, password)) => (Some(decoded(name)?), decoded(password)?),
            None => (None, String::new()),
        };
        let account = SmtpAccount {
            host: host.to_owned(),
            port,
            security,
            username,
            trust: None,
            password: Secret::new(password),
            // The operator names it.
            reach: Reach::Anywhere,
        };
        Ok(Self::Smtp { account: Box::new(account), from: Contact::named("Veilleuse", from) })
    }

    /// The same, for a relay whose certificate comes from an authority of its own (PEM).
    #[must_use]
    pub fn trusting(mut self, authority: Option<String>) -> Self {
        if let Self::Smtp { account, .. } = &mut self {
            account.trust = authority;
        }
        self
    }
}

/// `text` with its percent signs read.
fn decoded(text: &str) -> Result<String, &'static str> {
    const WRONG: &str = "has a percent sign that two hexadecimal digits do not follow";
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [rest.next().ok_or(WRONG)?, rest.next().ok_or(WRONG)?];
        let digits = std::str::from_utf8(&digits).map_err(|_| WRONG)?;
        bytes.push(u8::from_str_radix(digits, 16).map_err(|_| WRONG)?);
    }
    String::from_utf8(bytes).map_err(|_| "is not UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(url: &str) -> SmtpAccount {
        match Post::relay(url, "veille@example.org").unwrap() {
            Post::Smtp { account, .. } => *account,
            Post::Mailbox => panic!("a relay is no mailbox"),
        }
    }

    #[test]
    fn a_relay_is_read_from_its_address() {
        let account = account("smtps://office%40example.org:p%3Aw@mail.example.org");
        assert_eq!((account.host.as_str(), account.port), ("mail.example.org", 465));
        assert_eq!(account.username.as_deref(), Some("office@example.org"));
        assert_eq!(account.password.reveal(), "p:w");
    }

    #[test]
    fn a_relay_on_this_machine_asks_for_no_name() {
        let account = account("smtp://127.0.0.1:2525");
        assert_eq!(
            (account.port, account.security, account.username),
            (2525, Security::PlainOnLoopback, None)
        );
    }

    #[test]
    fn an_address_that_is_none_is_refused_with_its_reason() {
        for (url, why) in [
            ("mail.example.org", "has no scheme such as smtps://"),
            ("https://mail.example.org", "begins with none of smtps://, smtp+starttls://, smtp://"),
            ("smtps://mail.example.org:mail", "has a port that is no number"),
            ("smtps://", "names no host"),
        ] {
            assert_eq!(Post::relay(url, "veille@example.org").unwrap_err(), why);
        }
        assert_eq!(Post::relay("smtps://mail", "").unwrap_err(), "needs an address to write from");
    }

    #[test]
    fn settings_do_not_tell_their_secrets() {
        let settings = Settings {
            database: "postgres://veilleuse:lantern@db".to_owned(),
            key: "00ff".repeat(16),
            signing_keys: vec!["00ff".repeat(16)],
            public_url: "https://veilleuse.example".to_owned(),
            post: Post::Mailbox,
            demo: false,
            behind_proxy: false,
            mailboxes: Reach::Anywhere,
        };
        let said = format!("{settings:?}");
        assert!(!said.contains("lantern") && !said.contains("00ff"), "{said}");
    }

    #[test]
    fn the_host_is_read_from_the_public_address() {
        let at = |url: &str| Settings {
            database: String::new(),
            key: String::new(),
            signing_keys: Vec::new(),
            public_url: url.to_owned(),
            post: Post::Mailbox,
            demo: true,
            behind_proxy: false,
            mailboxes: Reach::Anywhere,
        };
        assert_eq!(at("http://127.0.0.1:8080").host(), "127.0.0.1");
        assert_eq!(at("https://veilleuse.example").host(), "veilleuse.example");
        assert!(at("https://veilleuse.example").https());
    }
}
