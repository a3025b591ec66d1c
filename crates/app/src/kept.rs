//! Things as they are kept, with a tag that says which state somebody saw: whoever changes one names the
//! tag, and comes second if it is another by now.

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;

use crate::Error;

/// A thing and the tag of its state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept<T> {
    /// The thing.
    pub is: T,
    /// Another state has another tag.
    pub tag: String,
}

impl<T: Serialize> Kept<T> {
    /// `is`, with its tag.
    pub fn of(is: T) -> Self {
        Self { tag: tag(&is), is }
    }
}

impl<T> Kept<T> {
    /// `is`, whose state another value tells: its version, where it has one.
    pub(crate) fn told_by(state: &impl Serialize, is: T) -> Self {
        Self { tag: tag(state), is }
    }
}

fn tag(state: &impl Serialize) -> String {
    let json = serde_json::to_vec(state).expect("what is kept is plain data, so it is JSON");
    let hash = digest::digest(&digest::SHA256, &json);
    let (start, _) = hash.as_ref().split_at(12);
    URL_SAFE_NO_PAD.encode(start)
}

/// Which state somebody saw who wishes to change it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// Whatever it is.
    Any,
    /// One of these tags.
    Tags(Vec<String>),
}

impl Seen {
    /// Goes on if `now` is a state they saw.
    ///
    /// # Errors
    /// [`Error::Stale`] if somebody else changed it.
    pub(crate) fn check<T: Serialize>(&self, now: T) -> Result<T, Error> {
        let now = Kept::of(now);
        match self {
            Self::Any => Ok(now.is),
            Self::Tags(tags) if tags.contains(&now.tag) => Ok(now.is),
            Self::Tags(_) => Err(Error::Stale),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_state_has_another_tag_and_the_same_state_the_same() {
        assert_eq!(Kept::of(("a", 1)).tag, Kept::of(("a", 1)).tag);
        assert_ne!(Kept::of(("a", 1)).tag, Kept::of(("a", 2)).tag);
    }

    #[test]
    fn whoever_saw_an_older_state_comes_second() {
        let seen = Seen::Tags(vec![Kept::of(1).tag]);
        assert!(seen.check(1).is_ok());
        assert!(matches!(seen.check(2), Err(Error::Stale)));
        assert!(Seen::Any.check(2).is_ok());
    }
}
