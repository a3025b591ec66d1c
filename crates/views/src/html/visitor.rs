//! The visitor page.
