//! Everything that is tried without a browser.

mod harness;
mod strangers;
mod tidy;
