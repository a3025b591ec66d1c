//! What was read, remembered for a moment: as long as nothing changed that it hangs on
//! ([`Store::age`](crate::Store::age)), and some seconds at most, whatever is heard.

use std::{
    borrow::Borrow,
    collections::HashMap,
    fmt,
    hash::Hash,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};

/// How long anything is remembered at most, by the machine's clock and by the house's: a line to other
/// nodes may be silent for so long before somebody notices.
const AT_MOST: Duration = Duration::from_secs(5);
const AT_MOST_BY_THE_CLOCK: TimeDelta = TimeDelta::seconds(5);
/// More than this is not remembered: what is over goes first, then everything.
const MOST: usize = 10_000;

/// Values by what was asked. The key must say everything the answer hangs on, whose eyes included, and
/// name only what there is: made-up keys would fill it.
pub struct Memory<K, V>(Mutex<All<K, V>>);

struct All<K, V> {
    kept: HashMap<K, Kept<V>>,
    /// The age of the tables at which they were read, all of them.
    age: u64,
    /// When what is over was last swept out, by the house's clock and by the machine's.
    swept: (DateTime<Utc>, Instant),
}

struct Kept<V> {
    value: V,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    since: Instant,
}

impl<K, V> Default for Memory<K, V> {
    fn default() -> Self {
        let swept = (DateTime::UNIX_EPOCH, Instant::now());
        Self(Mutex::new(All { kept: HashMap::new(), age: 0, swept }))
    }
}

impl<K, V> fmt::Debug for Memory<K, V> {
    /// Without what is remembered.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").finish_non_exhaustive()
    }
}

impl<K: Eq + Hash, V: Clone> Memory<K, V> {
    /// What is remembered of `key` and still true, at this age of the tables and this instant.
    pub fn recall<Q>(&self, key: &Q, age: Option<u64>, now: DateTime<Utc>) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        // A panic elsewhere leaves values that are still whole.
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = all.kept.get(key).filter(|kept| age == Some(all.age) && kept.holds(now));
        kept.map(|kept| kept.value.clone())
    }

    /// Remembers `value`, read at `now`, until `until` at most. `age` was asked for before it was read.
    pub fn keep(&self, key: K, value: V, age: Option<u64>, now: DateTime<Utc>, until: Option<DateTime<Utc>>) {
        let Some(age) = age else { return };
        let most = now + AT_MOST_BY_THE_CLOCK;
        let until = until.map_or(most, |until| until.min(most));
        let kept = Kept { value, from: now, until, since: Instant::now() };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if age < all.age {
            // Something changed while it was read.
            return;
        }
        all.sweep(age, now);
        all.kept.insert(key, kept);
    }
}

impl<K, V> All<K, V> {
    /// Lets go of what is over: at another age at once, else every few seconds and when there is no room.
    fn sweep(&mut self, age: u64, now: DateTime<Utc>) {
        if self.age < age {
            self.kept.clear();
            self.age = age;
        }
        let (then, since) = self.swept;
        let lately = then <= now && now < then + AT_MOST_BY_THE_CLOCK && since.elapsed() < AT_MOST;
        if !lately || self.kept.len() >= MOST {
            self.kept.retain(|_, kept| kept.holds(now));
            self.swept = (now, Instant::now());
        }
        if self.kept.len() >= MOST {
            self.kept.clear();
        }
    }
}

impl<V> Kept<V> {
    fn holds(&self, now: DateTime<Utc>) -> bool {
        self.from <= now && now < self.until && self.since.elapsed() < AT_MOST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    fn remembering(until: Option<DateTime<Utc>>) -> Memory<String, u8> {
        let memory = Memory::default();
        memory.keep("one".to_owned(), 1, Some(7), at(100), until);
        memory
    }

    #[test]
    fn a_value_is_remembered_until_something_changes() {
        let memory = remembering(None);
        assert_eq!(memory.recall("one", Some(7), at(100)), Some(1));
        assert_eq!(memory.recall("one", Some(8), at(100)), None);
        assert_eq!(memory.recall("one", None, at(100)), None);
        assert_eq!(memory.recall("another", Some(7), at(100)), None);
    }

    #[test]
    fn a_value_is_forgotten_in_seconds_at_its_end_and_when_the_clock_goes_back() {
        let recalled = |until, second| remembering(until).recall("one", Some(7), at(second));
        assert_eq!(recalled(None, 104), Some(1));
        assert_eq!(recalled(None, 105), None);
        assert_eq!(recalled(Some(at(102)), 101), Some(1));
        assert_eq!(recalled(Some(at(102)), 102), None);
        assert_eq!(recalled(None, 99), None);
    }

    #[test]
    fn what_was_read_before_anybody_was_heard_is_not_kept() {
        let memory: Memory<String, u8> = Memory::default();
        memory.keep("one".to_owned(), 1, None, at(100), None);
        assert_eq!(memory.recall("one", Some(0), at(100)), None);
    }

    #[test]
    fn no_more_is_remembered_than_has_room() {
        let memory: Memory<usize, u8> = Memory::default();
        for key in 0..=MOST {
            memory.keep(key, 1, Some(0), at(100), None);
        }
        assert_eq!(memory.recall(&MOST, Some(0), at(100)), Some(1));
        assert!(count(&memory) <= MOST);
    }

    fn count<K, V>(memory: &Memory<K, V>) -> usize {
        memory.0.lock().unwrap().kept.len()
    }

    #[test]
    fn what_is_over_is_swept_out_while_there_is_room_still() {
        let memory = remembering(None);
        memory.keep("another".to_owned(), 2, Some(7), at(102), None);
        assert_eq!(count(&memory), 2);
        memory.keep("later".to_owned(), 3, Some(7), at(106), None);
        assert_eq!(count(&memory), 2, "one is over, another not yet");
        memory.keep("changed".to_owned(), 4, Some(8), at(106), None);
        assert_eq!(count(&memory), 1);
    }

    #[test]
    fn what_was_read_before_a_change_is_not_kept_after_it() {
        let memory = remembering(None);
        memory.keep("late".to_owned(), 2, Some(6), at(100), None);
        assert_eq!(memory.recall("late", Some(7), at(100)), None);
        assert_eq!(memory.recall("one", Some(7), at(100)), Some(1));
    }
}
