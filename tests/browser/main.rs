//! Everything that is tried in a real browser.

mod harness;
