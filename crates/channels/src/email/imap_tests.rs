//! Tests of `imap`.
