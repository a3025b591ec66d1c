//! The my_shifts page.
