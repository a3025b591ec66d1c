//! The verbs: one file for each thing a person or the clock asks for.
//!
//! A verb is handed the [`App`] and a proof of who asks ([`Caller`]); it alone opens transactions,
//! lets the thinking crates decide, and saves their decision together with the jobs that follow.
//! No network call happens inside a transaction.

pub mod account;
pub mod answers;
pub mod checks;
pub mod clock;
pub mod demo;
pub mod desk;
mod error;
pub mod exchange;
pub mod house;
pub mod jobs;
pub mod kept;
pub mod key;
pub mod letters;
pub mod limits;
pub mod live;
pub mod memory;
pub mod pool;
pub mod privacy;
pub mod rota;
pub mod secrets;
pub mod settings;
#[cfg(test)]
mod story;
pub mod topics;

use std::sync::Arc;

use domain::PersonId;
use storage::{Store, StoreError, Tx, scope::Scope};
use uuid::Uuid;

pub use account::{
    caller::{Advisor, Anybody, Caller, Keeper, Manager, Operator, Planner},
    callers::{Hat, Session, Worn},
};
pub use clock::Clock;
pub use error::{Error, Refusal, told};
pub use settings::Settings;
pub use storage::{
    Engine, Signal, Store as Database,
    page::{Ask, Page, Sought},
};

/// Everything a verb needs. Cheap to clone; one a process.
#[derive(Debug, Clone)]
pub struct App {
    /// The only way to the database.
    pub store: Store,
    /// What time it is.
    pub clock: Clock,
    /// What the operator decided.
    pub settings: Arc<Settings>,
    /// Keys that come from the settings: sealing, hashing, signing.
    pub secrets: Arc<secrets::Secrets>,
    /// Whether this process may be asked.
    pub house: Arc<house::House>,
    /// What was read a moment ago.
    pub memory: Arc<memory::Remembered>,
    /// How often what was asked.
    pub counts: Arc<limits::Counts>,
}

impl App {
    /// Opens the database and makes everything ready. Makes no tables.
    ///
    /// # Errors
    /// If the database cannot be reached or the settings' key is no key.
    pub async fn open(settings: Settings) -> Result<Self, Error> {
        let store = Store::open(&settings.database).await?;
        let secrets = secrets::Secrets::from_key(&settings.key)?.signing_with(&settings.signing_keys)?;
        let clock = Clock::of(&settings, &store).await?;
        Ok(Self {
            store,
            clock,
            settings: Arc::new(settings),
            secrets: Arc::new(secrets),
            house: Arc::default(),
            memory: Arc::default(),
            counts: Arc::default(),
        })
    }

    /// Does what runs beside the verbs for as long as the process lives: follows the demo's clock, and
    /// hears what other nodes say. To be spawned once.
    pub async fn tend(self) {
        tokio::join!(self.store.relay(), self.clock.follow(&self.store));
    }

    /// Begins to read in `scope`, now.
    pub(crate) async fn read<S: Scope>(&self, scope: S) -> Result<Tx<S>, StoreError> {
        self.store.read(scope, self.clock.now()).await
    }

    /// Begins to write in `scope`, now.
    pub(crate) async fn write<S: Scope>(&self, scope: S) -> Result<Tx<S>, StoreError> {
        self.store.write(scope, self.clock.now()).await
    }

    /// A new id. They sort by the time they were minted.
    pub(crate) fn mint<I: From<Uuid>>(&self) -> I {
        I::from(Uuid::now_v7())
    }
}

/// Somebody signed in, as pages greet them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// Their id.
    pub person: PersonId,
    /// Given name.
    pub given_name: String,
    /// Initials.
    pub initials: String,
}
