//! How fast visitors may write, and offices try mail servers.
//!
//! A limit against floods, not against people: a hotel's guests share one address.

use domain::OrganisationId;

use crate::{
    Error,
    limits::{Counts, MINUTE, line},
};

/// Messages a minute from one browser.
const BROWSER: u32 = 40;
/// Messages a minute from one address.
const ADDRESS: u32 = 240;
/// Conversations begun a minute from one address.
const BEGINNINGS: u32 = 30;
/// Tries a minute of an office's mail servers.
const TRIALS: u32 = 10;

/// Counts that mail servers are tried which somebody of `office` named.
pub(super) fn trial(counts: &Counts, office: OrganisationId) -> Result<(), Error> {
    counts.count(format!("trial {office}"), TRIALS, MINUTE).or_wait()
}

/// Counts a message of a visitor, by what is kept of their token if a conversation goes by it, and by
/// where they write from.
pub(crate) fn visitor(counts: &Counts, token_hash: Option<&str>, address: &str) -> Result<(), Error> {
    let address = line(address);
    if !address.is_empty() {
        counts.count(format!("writes from {address}"), ADDRESS, MINUTE).or_wait()?;
    }
    match token_hash {
        Some(hash) => counts.count(format!("writes {hash}"), BROWSER, MINUTE).or_wait(),
        None if !address.is_empty() => {
            counts.count(format!("begins from {address}"), BEGINNINGS, MINUTE).or_wait()
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_makes_up_tokens_begins_few_conversations_and_whoever_has_one_goes_on() {
        let (counts, from) = (Counts::default(), "2001:db8:77::1");
        for _ in 0..BEGINNINGS {
            visitor(&counts, None, from).unwrap();
        }
        assert!(matches!(visitor(&counts, None, "2001:db8:77::2"), Err(Error::TooMany { .. })));
        visitor(&counts, Some("known"), from).unwrap();
    }
}
