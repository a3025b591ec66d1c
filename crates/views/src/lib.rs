//! Values in, text out: pages, mails and calendars, in the reader's language.
//!
//! Nothing here knows a database or a request. A door fills a page's `Model` and calls its
//! `render`; every sentence comes from [`words`], whose texts live in `locales/`.

pub mod assets;
pub mod html;
pub mod ics;
pub mod mail;
pub mod reader;
pub mod words;

pub use reader::{Reader, Theme};
pub use words::Words;
