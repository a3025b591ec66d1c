//! What the operator decides.

/// All settings, checked.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `sqlite:path` or `postgres:…`.
    pub database: String,
    /// The master key, 32 bytes as 64 hexadecimal digits.
    pub key: String,
    /// Where browsers find us, such as `https://veilleuse.example`; no slash at the end.
    pub public_url: String,
    /// How letters of the house leave: through an SMTP relay, or into the demo's mailbox.
    pub post: Post,
    /// Whether this is the demo: doors without sign-in, a clock one can set.
    pub demo: bool,
}

/// How letters of the house leave.
#[derive(Debug, Clone)]
pub enum Post {
    /// Into the table that the demo's mailbox page shows.
    Mailbox,
    /// Through a relay.
    Smtp(channels::email::SmtpAccount),
}
