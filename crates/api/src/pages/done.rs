//! What was just done, said once on the page one is sent to. The address carries a word, nothing of
//! what was sent.

use serde::Deserialize;
use views::html::{forms, shell::Toast};

use crate::{Answer, Page, see_other};

/// The word in the address.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}

impl Done {
    /// The page that says so; a word that nobody knows says nothing.
    pub(crate) fn said_on(&self, page: Page) -> Page {
        match self.done.as_deref().and_then(|word| forms::done(&page.reader, word)) {
            Some(text) => page.with_toast(Toast { text, undo: None }),
            None => page,
        }
    }
}

/// The way to `path`, which may ask for something already, where it is said that `what` was done.
pub(crate) fn done(path: &str, what: &str) -> Answer {
    let and = if path.contains('?') { '&' } else { '?' };
    see_other(format!("{path}{and}done={what}"))
}
