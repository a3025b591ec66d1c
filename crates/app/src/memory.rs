//! What a node remembers for a moment, each by everything it hangs on: who asks, and who is on duty.

use domain::PersonId;
use storage::Memory;

use crate::{
    account::{api_tokens::StoredToken, callers::Known},
    rota::{
        ledger::closings::Closings,
        on_duty::{Question, Watch},
    },
};

/// The memories of a process.
#[derive(Debug, Default)]
pub struct Remembered {
    /// Accounts with their roles.
    pub(crate) people: Memory<PersonId, Known>,
    /// API tokens that are good, by the hash of their secret.
    pub(crate) tokens: Memory<String, StoredToken>,
    /// Who is on duty now, by who looks.
    pub(crate) watches: Memory<Question, Watch>,
    /// How years ended in the ledger.
    pub(crate) closings: Closings,
}
