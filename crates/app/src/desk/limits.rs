//! How fast visitors may write, and offices try mail servers: counted in memory, by real time, in each process for itself.
//!
//! A limit against floods, not against people: a hotel's guests share one address.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{LazyLock, Mutex},
    time::{Duration, Instant},
};

use domain::OrganisationId;

use crate::Error;

/// Messages a minute from one browser.
const BROWSER: u32 = 40;
/// Messages a minute from one address.
const ADDRESS: u32 = 240;
/// Conversations begun a minute from one address.
const BEGINNINGS: u32 = 30;
/// Tries a minute of an office's mail servers.
const TRIALS: u32 = 10;
const MINUTE: Duration = Duration::from_secs(60);
/// More keys than this are not remembered: the oldest minutes are forgotten first.
const MOST_KEYS: usize = 20_000;

static COUNTS: LazyLock<Mutex<Counts>> = LazyLock::new(Mutex::default);

#[derive(Debug, Default)]
struct Counts {
    by_key: HashMap<String, (Instant, u32)>,
}

impl Counts {
    /// Counts one more for `key`; refuses beyond `most` a minute.
    fn count(&mut self, key: String, most: u32, now: Instant) -> Result<(), Error> {
        if self.by_key.len() >= MOST_KEYS {
            self.by_key.retain(|_, (since, _)| now.duration_since(*since) < MINUTE);
        }
        let (since, count) = self.by_key.entry(key).or_insert((now, 0));
        let passed = now.duration_since(*since);
        if passed >= MINUTE {
            (*since, *count) = (now, 0);
        } else if *count >= most {
            return Err(Error::TooMany { seconds: (MINUTE - passed).as_secs() + 1 });
        }
        *count += 1;
        Ok(())
    }
}

/// Counts that mail servers are tried which somebody of `office` named.
pub(super) fn trial(office: OrganisationId) -> Result<(), Error> {
    let mut counts = COUNTS.lock().expect("nobody panics while holding this lock");
    counts.count(format!("trial {office}"), TRIALS, Instant::now())
}

/// Counts a message of a visitor, by what is kept of their token if a conversation goes by it, and by
/// where they write from.
pub(crate) fn visitor(token_hash: Option<&str>, address: &str) -> Result<(), Error> {
    let address = line(address);
    let mut counts = COUNTS.lock().expect("nobody panics while holding this lock");
    let now = Instant::now();
    if !address.is_empty() {
        counts.count(format!("address {address}"), ADDRESS, now)?;
    }
    match token_hash {
        Some(hash) => counts.count(format!("browser {hash}"), BROWSER, now),
        None if !address.is_empty() => counts.count(format!("begins {address}"), BEGINNINGS, now),
        None => Ok(()),
    }
}

/// What stands for one line to the Internet: an address, or of IPv6 the first half, within which
/// everybody may choose a new one for each message.
fn line(address: &str) -> String {
    match address.trim().parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(six)) => {
            let [a, b, c, d, ..] = six.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Ok(four) => four.to_string(),
        Err(_) => address.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_is_one_line_however_many_addresses_it_has() {
        assert_eq!(line("192.0.2.9"), "192.0.2.9");
        assert_eq!(line("::ffff:192.0.2.9"), "192.0.2.9");
        assert_eq!(line("2001:db8:1:2::1"), line("2001:db8:1:2:ffff:1:2:3"));
        assert_ne!(line("2001:db8:1:2::1"), line("2001:db8:1:3::1"));
        assert_eq!(line(""), "");
    }

    #[test]
    fn whoever_makes_up_tokens_begins_few_conversations_and_whoever_has_one_goes_on() {
        let from = "2001:db8:77::1";
        for _ in 0..BEGINNINGS {
            visitor(None, from).unwrap();
        }
        assert!(matches!(visitor(None, "2001:db8:77::2"), Err(Error::TooMany { .. })));
        visitor(Some("known"), from).unwrap();
    }

    #[test]
    fn the_next_minute_starts_from_nothing() {
        let mut counts = Counts::default();
        let start = Instant::now();
        for _ in 0..3 {
            counts.count("one".to_owned(), 3, start).unwrap();
        }
        let soon = start + Duration::from_secs(20);
        assert!(matches!(counts.count("one".to_owned(), 3, soon), Err(Error::TooMany { seconds: 41 })));
        counts.count("another".to_owned(), 3, soon).unwrap();
        counts.count("one".to_owned(), 3, start + MINUTE).unwrap();
    }
}
