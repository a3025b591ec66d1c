//! Callers: proof that somebody holds a role. They are made here and nowhere else.

use std::marker::PhantomData;

use domain::{OrganisationId, PersonId, PoolId};

/// Plans the rota of a pool, at its board.
#[derive(Debug, Clone, Copy)]
pub struct Planner;
/// Stands watch and answers, employed by an office.
#[derive(Debug, Clone, Copy)]
pub struct Advisor;
/// Buys coverage and sees what it brought, at an office.
#[derive(Debug, Clone, Copy)]
pub struct Manager;
/// Keeps an organisation's own affairs, its people and hours: a manager of an office, or a planner at a
/// board.
#[derive(Debug, Clone, Copy)]
pub struct Keeper;
/// Anybody signed in.
#[derive(Debug, Clone, Copy)]
pub struct Anybody;

/// Somebody who runs the service. Only this folder can make one.
#[derive(Debug, Clone, Copy)]
pub struct Operator {
    person: Option<PersonId>,
}

impl Operator {
    pub(in crate::account) fn proven(person: PersonId) -> Self {
        Self { person: Some(person) }
    }

    /// Whoever may run the program on its settings: they have the master key.
    pub fn at_the_console() -> Self {
        Self { person: None }
    }

    /// Who; nobody at the console.
    pub fn person(self) -> Option<PersonId> {
        self.person
    }
}

/// Somebody signed in who holds role `R` at `organisation`. Only this folder can make one.
#[derive(Debug, Clone)]
pub struct Caller<R> {
    person: PersonId,
    organisation: OrganisationId,
    pools: Vec<PoolId>,
    role: PhantomData<R>,
}

impl<R> Caller<R> {
    pub(in crate::account) fn proven(
        person: PersonId,
        organisation: OrganisationId,
        pools: Vec<PoolId>,
    ) -> Self {
        Self { person, organisation, pools, role: PhantomData }
    }

    /// Somebody whom a test lets in without signing in.
    #[cfg(test)]
    pub(crate) fn in_a_story(person: PersonId, organisation: OrganisationId, pools: Vec<PoolId>) -> Self {
        Self::proven(person, organisation, pools)
    }

    /// Who.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// For which organisation they act: the one of the role they wear now.
    pub fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// The pools that organisation organises (a board) or is a member of now (an office).
    pub fn pools(&self) -> &[PoolId] {
        &self.pools
    }

    /// The first of those pools, which pages show when none is named.
    pub fn pool(&self) -> Option<PoolId> {
        self.pools.first().copied()
    }
}
