//! What a node may remember of the tables, and when it must forget: a number that grows with every
//! commit that changes a remembered table, on this node at once and on the others by a notification.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{StoreError, error::Doing, line::Line, signals::CHANNEL};

/// The tables that answers are remembered of: who may ask, and who is on duty.
const REMEMBERED: [&str; 10] = [
    "organisations",
    "people",
    "skills",
    "employments",
    "roles",
    "pools",
    "memberships",
    "shifts",
    "coverage",
    "api_tokens",
];

/// What nodes tell each other. It is no signal: whoever missed it has forgotten everything meanwhile.
pub(crate) const GROWN: &str = "grown";

/// Whether a change of `table` makes what is remembered old.
pub(crate) fn ages(table: &str) -> bool {
    REMEMBERED.contains(&table)
}

/// Tells the other nodes, once the transaction is committed.
pub(crate) async fn tell(connection: &Line) -> Result<(), StoreError> {
    if connection.get_database_backend() == DbBackend::Postgres {
        let words = [CHANNEL.into(), GROWN.into()];
        let notify = Statement::from_sql_and_values(DbBackend::Postgres, "select pg_notify($1, $2)", words);
        connection.execute_raw(notify).await.doing("tell the other nodes of a change")?;
    }
    Ok(())
}

/// The number of a store, and whether it can be believed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ages {
    age: Arc<AtomicU64>,
    hears: Arc<AtomicBool>,
}

impl Ages {
    /// Of a store that has no other nodes.
    pub(crate) fn hearing() -> Self {
        let ages = Self::default();
        ages.hears.store(true, Ordering::SeqCst);
        ages
    }

    /// Of a store that does not hear its other nodes yet.
    pub(crate) fn deaf() -> Self {
        Self::default()
    }

    /// The number now; none while other nodes are not heard.
    pub(crate) fn now(&self) -> Option<u64> {
        self.hears.load(Ordering::SeqCst).then(|| self.age.load(Ordering::SeqCst))
    }

    /// Something changed.
    pub(crate) fn grow(&self) {
        self.age.fetch_add(1, Ordering::SeqCst);
    }

    /// Grows when dropped: also where whoever waited for a commit went away before its end.
    pub(crate) fn growing(&self) -> Growing {
        Growing(self.clone())
    }

    /// Other nodes are heard until this is dropped.
    pub(crate) fn hear(&self) -> Hearing {
        self.grow();
        self.hears.store(true, Ordering::SeqCst);
        Hearing(self.clone())
    }
}

/// See [`Ages::growing`].
#[derive(Debug)]
pub(crate) struct Growing(Ages);

impl Drop for Growing {
    fn drop(&mut self) {
        self.0.grow();
    }
}

/// See [`Ages::hear`].
#[derive(Debug)]
pub(crate) struct Hearing(Ages);

impl Drop for Hearing {
    fn drop(&mut self) {
        self.0.hears.store(false, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_grows_old_with_each_change() {
        let ages = Ages::hearing();
        let before = ages.now();
        drop(ages.growing());
        assert!(before.is_some() && ages.now().is_some() && before != ages.now());
    }

    #[test]
    fn a_node_that_does_not_hear_the_others_remembers_nothing() {
        let ages = Ages::deaf();
        assert_eq!(ages.now(), None);
        let hearing = ages.hear();
        let heard = ages.now();
        assert!(heard.is_some());
        drop(hearing);
        assert_eq!(ages.now(), None);
        // Whatever was said meanwhile was missed.
        let _hearing = ages.hear();
        assert_ne!(ages.now(), heard);
    }
}
