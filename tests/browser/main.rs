//! Everything that is tried in a real browser.

#![allow(clippy::unwrap_used, reason = "a story fails by panicking, and unwrapping says where")]

mod accounts;
mod board;
mod budgets;
mod coverage;
mod demo;
mod files;
mod harness;
mod mail;
mod pages;
mod privacy;
mod refusals;
mod settings;
mod shifts;
mod signing_in;
mod today;
mod visitor;
mod words;
