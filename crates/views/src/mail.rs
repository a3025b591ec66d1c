//! Text outside pages: mail.
