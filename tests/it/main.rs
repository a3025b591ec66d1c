//! Everything that is tried without a browser.

#![allow(clippy::unwrap_used, reason = "a story fails by panicking, and unwrapping says where")]

mod demo;
mod harness;
mod strangers;
mod tidy;
