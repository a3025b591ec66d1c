//! The six scopes: what a transaction may see.
//!
//! A scope is resolved once, when the transaction begins, into sets of ids. Tables are compared
//! with those sets by `sight` and again by PostgreSQL's policies. A mistake shows too
//! little, never too much: a set nobody filled is empty.

use chrono::{DateTime, Utc};
use domain::{OrganisationId, PersonId, PoolId};
use uuid::Uuid;

use crate::{StoreError, resolve};

/// The sets a row's ids are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Set {
    /// Organisations whose own rows are all visible.
    Home,
    /// Organisations whose public face is visible.
    Members,
    /// Pools whose terms, needs and offers are visible.
    Pools,
    /// Pools whose drafts are visible and whose rota may be changed.
    Planned,
    /// Pools whose published shifts and coverage are visible.
    Watched,
    /// The person whose transaction it is.
    Own,
    /// People known by name and languages.
    People,
    /// People whose availability and wishes a planner sees, without reasons.
    Rostered,
    /// People employed by the organisation itself.
    Staff,
    /// Offices whose conversations are all visible: one's own.
    Desks,
    /// Offices whose notebooks are open: those one answers for.
    Notebooks,
    /// Single conversations.
    Conversations,
    /// Single visitors.
    Visitors,
}

impl Set {
    pub(crate) const ALL: [Self; 13] = [
        Self::Home,
        Self::Members,
        Self::Pools,
        Self::Planned,
        Self::Watched,
        Self::Own,
        Self::People,
        Self::Rostered,
        Self::Staff,
        Self::Desks,
        Self::Notebooks,
        Self::Conversations,
        Self::Visitors,
    ];

    /// Its name in PostgreSQL's settings, after `veilleuse.`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Members => "members",
            Self::Pools => "pools",
            Self::Planned => "planned",
            Self::Watched => "watched",
            Self::Own => "own",
            Self::People => "people",
            Self::Rostered => "rostered",
            Self::Staff => "staff",
            Self::Desks => "desks",
            Self::Notebooks => "notebooks",
            Self::Conversations => "conversations",
            Self::Visitors => "visitors",
        }
    }
}

/// What one transaction sees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sets {
    ids: [Vec<Uuid>; Set::ALL.len()],
    pub(crate) system: bool,
    /// The code compares nothing: PostgreSQL's policies stand alone. Only a test can set it.
    pub(crate) unlocked: bool,
}

impl Sets {
    pub(crate) fn of(&self, set: Set) -> &[Uuid] {
        &self.ids[set as usize]
    }

    pub(crate) fn put(&mut self, set: Set, ids: impl IntoIterator<Item = Uuid>) {
        let held = &mut self.ids[set as usize];
        held.extend(ids);
        held.sort_unstable();
        held.dedup();
    }
}

/// A scope whose sets may be remembered for a moment ([`crate::Memory`]).
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Remembered {
    /// [`Home`].
    Home(OrganisationId),
    /// [`Person`].
    Person(PersonId),
    /// [`Pool`].
    Pool(PoolId, OrganisationId),
}

/// One of the six ways to look at the tables.
#[allow(async_fn_in_trait, reason = "only used inside this workspace, never as a trait object")]
pub trait Scope: Copy + Send + Sync {
    /// Whether its sets are read off tables; the house itself has none.
    #[doc(hidden)]
    const LOOKS: bool = true;

    /// What its sets hang on besides tables whose changes are heard; none if they hang on others too.
    #[doc(hidden)]
    fn remembered(self) -> Option<Remembered> {
        None
    }

    /// Reads off the sets, on a transaction that may look at memberships, shifts and employments.
    #[doc(hidden)]
    fn resolve(
        self,
        look: resolve::Look<'_>,
        now: DateTime<Utc>,
    ) -> impl std::future::Future<Output = Result<resolve::Resolved, StoreError>> + Send;
}

/// An organisation's own rows: for its planners and managers, imports, settings, and its desk.
#[derive(Debug, Clone, Copy)]
pub struct Home(pub OrganisationId);

/// One person's employments, duties and wishes everywhere; of others nothing.
#[derive(Debug, Clone, Copy)]
pub struct Person(pub PersonId);

/// A pool, as one of its organisations sees it: the organiser plans, a member looks.
#[derive(Debug, Clone, Copy)]
pub struct Pool {
    /// The pool.
    pub pool: PoolId,
    /// The organisation that looks. If it is neither organiser nor member now, nothing is visible.
    pub viewer: OrganisationId,
}

/// The desk of a pool while somebody is on duty; after it, only conversations not yet handed over.
#[derive(Debug, Clone, Copy)]
pub struct Duty {
    /// The pool.
    pub pool: PoolId,
    /// Who is on duty.
    pub person: PersonId,
}

/// One visitor's conversation, by the hash of the token their browser holds.
#[derive(Debug, Clone, Copy)]
pub struct Visitor<'t>(pub &'t str);

/// The house itself: intake, worker, ticks, signing in, tenants. No conversation.
#[derive(Debug, Clone, Copy)]
pub struct System;

impl Scope for Home {
    fn remembered(self) -> Option<Remembered> {
        Some(Remembered::Home(self.0))
    }

    async fn resolve(
        self,
        look: resolve::Look<'_>,
        now: DateTime<Utc>,
    ) -> Result<resolve::Resolved, StoreError> {
        resolve::home(look, self.0, now).await
    }
}

impl Scope for Person {
    fn remembered(self) -> Option<Remembered> {
        Some(Remembered::Person(self.0))
    }

    async fn resolve(
        self,
        look: resolve::Look<'_>,
        now: DateTime<Utc>,
    ) -> Result<resolve::Resolved, StoreError> {
        resolve::person(look, self.0, now).await
    }
}

impl Scope for Pool {
    fn remembered(self) -> Option<Remembered> {
        Some(Remembered::Pool(self.pool, self.viewer))
    }

    async fn resolve(
        self,
        look: resolve::Look<'_>,
        now: DateTime<Utc>,
    ) -> Result<resolve::Resolved, StoreError> {
        resolve::pool(look, self.pool, self.viewer, now).await
    }
}

impl Scope for Duty {
    async fn resolve(
        self,
        look: resolve::Look<'_>,
        now: DateTime<Utc>,
    ) -> Result<resolve::Resolved, StoreError> {
        resolve::duty(look, self.pool, self.person, now).await
    }
}

impl Scope for Visitor<'_> {
    async fn resolve(
        self,
        look: resolve::Look<'_>,
        _now: DateTime<Utc>,
    ) -> Result<resolve::Resolved, StoreError> {
        resolve::visitor(look, self.0).await
    }
}

impl Scope for System {
    const LOOKS: bool = false;

    async fn resolve(
        self,
        _look: resolve::Look<'_>,
        _now: DateTime<Utc>,
    ) -> Result<resolve::Resolved, StoreError> {
        Ok(resolve::Resolved(Sets { system: true, ..Sets::default() }))
    }
}

/// The connection a scope is resolved on.
pub(crate) type Connection = crate::line::Line;
