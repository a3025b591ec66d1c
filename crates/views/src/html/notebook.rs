//! The notebook page.
