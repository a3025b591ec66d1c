//! How often something may be asked: counted in memory, by real time, in each process for itself.
//!
//! There is room for so many keys. Whoever makes up more makes the counts of all begin anew: they take
//! neither memory nor time from others.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use crate::Error;

/// The time over which most is counted.
pub const MINUTE: Duration = Duration::from_secs(60);
/// The time over which letters are counted.
pub const HOUR: Duration = Duration::from_secs(60 * 60);
/// More keys than this are not counted at a time.
const MOST_KEYS: usize = 20_000;

/// What was asked lately, by key. The key says what is counted, and whose it is.
#[derive(Debug, Default)]
pub struct Counts(Mutex<HashMap<String, Count>>);

#[derive(Debug)]
struct Count {
    asked: u32,
    until: Instant,
}

/// Where a counter stands after one more request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// How much may be asked.
    pub most: u32,
    /// How much of it is left.
    pub left: u32,
    /// In how many seconds it begins anew, at least one.
    pub seconds: u64,
    /// Whether this request was one too many.
    pub refused: bool,
}

impl Standing {
    /// Goes on, unless it was one too many.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the seconds to wait.
    pub fn or_wait(self) -> Result<(), Error> {
        if self.refused { Err(Error::TooMany { seconds: self.seconds }) } else { Ok(()) }
    }
}

impl Counts {
    /// Counts one more for `key`, of which there may be `most` within `window`.
    pub fn count(&self, key: String, most: u32, window: Duration) -> Standing {
        self.count_at(key, (most, window), Instant::now())
    }

    fn count_at(&self, key: String, (most, window): (u32, Duration), now: Instant) -> Standing {
        // A panic elsewhere leaves counts that are still counts.
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= MOST_KEYS && !counts.contains_key(&key) {
            make_room(&mut counts, now);
        }
        let count = counts.entry(key).or_insert(Count { asked: 0, until: now + window });
        if count.until <= now {
            *count = Count { asked: 0, until: now + window };
        }
        let refused = most <= count.asked;
        count.asked += u32::from(!refused);
        let waits = count.until.saturating_duration_since(now).as_millis().div_ceil(1000);
        let seconds = u64::try_from(waits).unwrap_or(u64::MAX).max(1);
        Standing { most, left: most.saturating_sub(count.asked), seconds, refused }
    }
}

/// Forgets what is over; then, if that is not much, everything, so that the next ones cost nothing again.
fn make_room(counts: &mut HashMap<String, Count>, now: Instant) {
    counts.retain(|_, count| now < count.until);
    if counts.len() > MOST_KEYS / 2 {
        counts.clear();
    }
}

/// What stands for one line to the Internet: an address, or of IPv6 the first half, within which
/// everybody may choose a new one for each request.
pub fn line(address: &str) -> String {
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
    fn beyond_the_limit_one_waits_until_it_begins_anew() {
        let (counts, start) = (Counts::default(), Instant::now());
        let ask = |key: &str, second| {
            let at = start + Duration::from_secs(second);
            let Standing { left, seconds, refused, .. } = counts.count_at(key.to_owned(), (2, MINUTE), at);
            (left, seconds, refused)
        };
        assert_eq!(ask("one", 0), (1, 60, false));
        assert_eq!(ask("one", 1), (0, 59, false));
        assert_eq!(ask("one", 20), (0, 40, true));
        assert_eq!(ask("another", 20), (1, 60, false));
        assert_eq!(ask("one", 60), (1, 60, false));
    }

    #[test]
    fn made_up_keys_take_no_more_room_than_there_is() {
        let (counts, now) = (Counts::default(), Instant::now());
        for number in 0..=3 * MOST_KEYS {
            counts.count_at(number.to_string(), (9, MINUTE), now);
            let kept = counts.0.lock().unwrap().len();
            assert!(kept <= MOST_KEYS, "{kept} keys after {number}");
        }
    }

    #[test]
    fn what_is_over_makes_room_before_what_runs() {
        let (counts, start) = (Counts::default(), Instant::now());
        let later = start + Duration::from_secs(61);
        for number in 0..MOST_KEYS - 1 {
            counts.count_at(number.to_string(), (9, MINUTE), start);
        }
        counts.count_at("runs".to_owned(), (1, MINUTE), later);
        counts.count_at("comes".to_owned(), (1, MINUTE), later);
        assert!(counts.count_at("runs".to_owned(), (1, MINUTE), later).refused);
        assert_eq!(counts.0.lock().unwrap().len(), 2);
    }

    #[test]
    fn one_line_is_one_line_however_many_addresses_it_has() {
        assert_eq!(line("192.0.2.9"), "192.0.2.9");
        assert_eq!(line("::ffff:192.0.2.9"), "192.0.2.9");
        assert_eq!(line("2001:db8:1:2::1"), line("2001:db8:1:2:ffff:1:2:3"));
        assert_ne!(line("2001:db8:1:2::1"), line("2001:db8:1:3::1"));
        assert_eq!(line(""), "");
    }
}
