//! The wishes page.
