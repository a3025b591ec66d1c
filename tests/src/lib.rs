//! The harness: a small town, and the real servers around it.
//!
//! Everything a story needs from outside is the real thing, started by the test process itself and
//! gone with it, however the process ends (`keeper`): a PostgreSQL on a private socket (`postgres`),
//! Postfix and Dovecot (`mail`), Chromium (`browser`), and the calendar readers other people use
//! (`python`). Each is started at most once in a process, the first time somebody asks. What tells
//! two tests apart is a fresh database, an address nobody else has, a fresh browser profile.
//!
//! `tests/run` installs what this needs; without it a test fails and says what is missing.

pub mod broken_off;
pub mod browser;
pub mod cases;
pub mod doors;
pub mod eventually;
pub mod keeper;
pub mod lines;
pub mod mail;
pub mod nodes;
pub mod places;
pub mod postgres;
pub mod python;
pub mod random;
pub mod town;
pub mod worlds;
