//! Text outside pages: ics.
