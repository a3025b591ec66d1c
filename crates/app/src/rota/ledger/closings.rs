//! Ends of years, remembered by everything they were reckoned from: what is past is reckoned once, and
//! again only where somebody changed it.
//!
//! Nothing here grows old: another past, other terms or other contracts have another key.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Mutex, PoisonError},
};

use chrono::NaiveDate;
use domain::{LedgerTerms, Need, NeedId, PoolId};
use scheduling::ledger::{Balances, Party};
use storage::shifts::Mark;

/// More than this is not remembered: then all of it goes.
const MOST: usize = 1_000;

/// The end of a year in one pool, as it follows from what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Closing {
    pool: PoolId,
    /// The day after it.
    until: NaiveDate,
    /// Of all it hangs on.
    fingerprint: u64,
}

impl Closing {
    /// The end before `until` that these shifts, terms, people and needs make.
    pub(crate) fn of(
        (pool, until): (PoolId, NaiveDate),
        mark: &Mark,
        terms: &LedgerTerms,
        parties: &[Party],
        needs: &BTreeMap<NeedId, Need>,
    ) -> Self {
        let mut hasher = DefaultHasher::new();
        (mark, terms.backup_bp, terms.cap.0, parties).hash(&mut hasher);
        for (id, need) in needs {
            (id, &need.languages, &need.skills).hash(&mut hasher);
        }
        Self { pool, until, fingerprint: hasher.finish() }
    }
}

/// The ends a process remembers.
#[derive(Debug, Default)]
pub(crate) struct Closings(Mutex<HashMap<Closing, Balances>>);

impl Closings {
    /// How that year ended, if it was reckoned from the same.
    pub(crate) fn recall(&self, closing: &Closing) -> Option<Balances> {
        // A panic elsewhere leaves ends that are still whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(closing).cloned()
    }

    /// Remembers how it ended.
    pub(crate) fn keep(&self, closing: Closing, balances: Balances) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(closing, balances);
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use domain::{Minutes, PersonId};
    use uuid::Uuid;

    use super::*;

    fn mark(changes: i64) -> Mark {
        let first = DateTime::<Utc>::UNIX_EPOCH;
        Mark { shifts: 3, changes, changed_at: first, first }
    }

    fn closing(mark: &Mark, terms: &LedgerTerms, parties: &[Party]) -> Closing {
        let pool = PoolId(Uuid::nil());
        Closing::of((pool, NaiveDate::default()), mark, terms, parties, &BTreeMap::new())
    }

    #[test]
    fn an_end_is_known_again_until_something_it_hangs_on_is_changed() {
        let closings = Closings::default();
        let terms = LedgerTerms::default();
        let balances = Balances::from([(PersonId(Uuid::nil()), 60)]);
        closings.keep(closing(&mark(1), &terms, &[]), balances.clone());
        assert_eq!(closings.recall(&closing(&mark(1), &terms, &[])), Some(balances));
        assert_eq!(closings.recall(&closing(&mark(2), &terms, &[])), None, "a duty was changed");
        let other = LedgerTerms { cap: Minutes(1), ..terms };
        assert_eq!(closings.recall(&closing(&mark(1), &other, &[])), None, "the cap was changed");
        let (person, employer) = (PersonId(Uuid::nil()), None);
        let party = Party {
            person,
            employer,
            languages: Vec::new(),
            skills: domain::Skills::default(),
            stretches: Vec::new(),
            excused: Vec::new(),
        };
        assert_eq!(closings.recall(&closing(&mark(1), &terms, &[party])), None, "somebody was hired");
    }
}
