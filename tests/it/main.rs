//! Everything that is tried without a browser.

#![allow(clippy::unwrap_used, reason = "a story fails by panicking, and unwrapping says where")]

mod api;
mod backup;
mod broken_off;
mod cases;
mod chaos;
mod demo;
mod double_booking;
mod exchange;
mod feeds;
mod harness;
mod journeys;
mod live;
mod lived_in;
mod mail;
mod memory;
mod nothing_changed;
mod operation;
mod strangers;
mod tidy;
mod tour;
mod who_may_what;
