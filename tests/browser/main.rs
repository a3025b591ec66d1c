//! Everything that is tried in a real browser.

#![allow(clippy::unwrap_used, reason = "a story fails by panicking, and unwrapping says where")]

mod harness;
